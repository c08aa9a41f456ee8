#![no_main]
pourparler_fuzz::reader!(b"{\"uri\":\"x\",\"type\":\"text\",");
