//! What rules of words tell of statements: for each JSON object `{"cue", "content", "quotation", "context"}` on a line of standard
//! input, `{"act", "issues": [[id, how, stance], …]}`. Training weighs it beside what the tagger tells.

use std::io::{BufRead, Result, Write, stdin, stdout};

use pourparler_dossier::{Dossier, IssueMatcher};
use pourparler_extract::{act_by_words, stance_by_words};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let matcher = IssueMatcher::new(&Dossier::general());
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let object: Value = serde_json::from_str(&line?)?;
        let words = |name: &str| object[name].as_str().unwrap_or_default();
        let quotation = words("quotation").parse().map_err(std::io::Error::other)?;
        let act = act_by_words(words("cue"), words("content"), quotation);
        let issues: Vec<Value> = matcher
            .issues(words("content"), words("context"))
            .into_iter()
            .map(|hit| {
                let stance = stance_by_words(&hit.issue, act, words("cue"), words("content"), hit.words.clone());
                json!([hit.issue, hit.by, stance])
            })
            .collect();
        writeln!(out, "{}", json!({ "act": act, "issues": issues }))?;
    }
    Ok(())
}
