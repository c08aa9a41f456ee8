//! `pourparler positions`: where each party stands on each issue.

use std::io::{BufWriter, Write};

use pourparler_brief::{distinct, matrix};
use pourparler_ledger::{Filter, Ledger};

use super::Outcome;
use crate::args::Positions;
use crate::output;

pub fn run(args: &Positions) -> anyhow::Result<Outcome> {
    let entries = Ledger::open_existing(&args.ledger.ledger)?.statements(&Filter::default())?;
    let matrix = matrix(&distinct(&entries), args.on);
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, &matrix)?;
        writeln!(out)?;
    } else {
        output::matrix(&mut out, &matrix)?;
    }
    out.flush()?;
    Ok(if matrix.rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
