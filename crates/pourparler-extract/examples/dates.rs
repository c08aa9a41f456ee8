//! The days that time words name: for each line `DAY<tab>WORDS` of standard input, first and last day, or nothing.

use std::io::{BufRead, Result, Write, stdin, stdout};

fn main() -> Result<()> {
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        let (day, words) = line.split_once('\t').unwrap_or_default();
        match pourparler_extract::days_named(words, day.parse().ok()) {
            Some((from, to)) => writeln!(out, "{from}\t{to}")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}
