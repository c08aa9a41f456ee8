#![no_main]
pourparler_fuzz::target!(|data| pourparler_fuzz::check_feed(b"", data));
