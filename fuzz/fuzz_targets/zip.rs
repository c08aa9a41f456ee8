#![no_main]
pourparler_fuzz::reader!(b"PK\x03\x04");
