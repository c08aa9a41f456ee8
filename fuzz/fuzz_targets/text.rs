#![no_main]
pourparler_fuzz::reader!(b"Talks go on\n\n");
