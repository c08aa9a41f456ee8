#![no_main]
pourparler_fuzz::reader!(b"title,text\n");
