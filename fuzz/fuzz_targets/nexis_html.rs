#![no_main]
pourparler_fuzz::reader!(b"<html><!-- <DOC NUMBER=1> --><div>1 of 2 DOCUMENTS</div>");
