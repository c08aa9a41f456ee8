#![no_main]
pourparler_fuzz::target!(pourparler_fuzz::check_spans);
