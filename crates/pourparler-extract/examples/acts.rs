//! What the words of statements tell of their act: for each line `QUOTATION<tab>CUE<tab>CONTENT` the rules' act.

use std::io::{BufRead, Result, Write, stdin, stdout};

fn main() -> Result<()> {
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        let mut parts = line.splitn(3, '\t');
        let (quotation, cue, content) =
            (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let quotation = match quotation {
            Some("direct") => pourparler_text::Quotation::Direct,
            Some("mixed") => pourparler_text::Quotation::Mixed,
            _ => pourparler_text::Quotation::Indirect,
        };
        writeln!(out, "{}", format!("{:?}", pourparler_extract::act(cue, content, quotation)).to_lowercase())?;
    }
    Ok(())
}
