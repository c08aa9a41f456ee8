#![no_main]
pourparler_fuzz::reader!(b"PAR1");
