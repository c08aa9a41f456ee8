//! `pourparler statements`: lines of the record that pass a filter.

use std::io::{BufWriter, Write};

use pourparler_ledger::{Filter, Ledger};

use super::Outcome;
use crate::args::{EntryFormat, Statements};
use crate::output;

pub fn run(args: &Statements) -> anyhow::Result<Outcome> {
    let filter = Filter {
        speaker: args.speaker.clone(),
        party: args.party.clone(),
        issue: args.issue.clone(),
        stance: args.stance,
        act: args.act,
        since: args.since,
        until: args.until,
        text: args.text.clone(),
        min_score: args.min_score,
        limit: args.limit,
        ..Filter::default()
    };
    let entries = Ledger::open_existing(&args.ledger.ledger)?.statements(&filter)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        EntryFormat::Table => output::entries(&mut out, &entries)?,
        EntryFormat::Jsonl => {
            for entry in &entries {
                serde_json::to_writer(&mut out, entry)?;
                writeln!(out)?;
            }
        }
        EntryFormat::Csv => output::Csv::default().write(&mut out, &entries)?,
    }
    out.flush()?;
    Ok(if entries.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
