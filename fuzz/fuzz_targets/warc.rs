#![no_main]
pourparler_fuzz::reader!(b"WARC/1.0\r\n");
