#![no_main]
pourparler_fuzz::reader!(b"%PDF-1.4\n");
