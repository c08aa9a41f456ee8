#![no_main]
pourparler_fuzz::reader!(b"<html><div class=\"article enArticle\"><span class=\"enHeadline\">Talks</span>");
