#![no_main]
pourparler_fuzz::reader!(b"1 of 2 DOCUMENTS\n\nThe Sarn Times\n\nMarch 16, 2031 Monday\n\nLENGTH: 9 words\n");
