#![no_main]
pourparler_fuzz::target!(|data| pourparler_fuzz::check_feed(
    b"{\"version\":\"https://jsonfeed.org/version/1.1\",",
    data
));
