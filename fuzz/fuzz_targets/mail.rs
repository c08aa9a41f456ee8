#![no_main]
pourparler_fuzz::reader!(b"From: a@b.c\nSubject: x\nMIME-Version: 1.0\n");
