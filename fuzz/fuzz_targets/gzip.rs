#![no_main]
pourparler_fuzz::reader!(b"\x1f\x8b\x08");
