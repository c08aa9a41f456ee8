#![no_main]
pourparler_fuzz::reader!(b"{\"text\":\"\",");
