//! `pourparler import`: articles with their statements, from other programs and other ledgers.

use std::io::Write as _;

use anyhow::Context;
use pourparler_intake::{Bringing, bring};
use pourparler_ledger::Ledger;

use super::Outcome;
use crate::args::Import;

pub fn run(args: &Import) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open(&args.ledger.ledger)?;
    let mut told = Bringing::default();
    for source in &args.sources {
        bring(&mut ledger, source, &mut told)?;
    }
    tell(&ledger.name().display().to_string(), &told);
    if let Some(path) = &args.dossier_out {
        let mut file = std::fs::File::create_new(path).with_context(|| format!("{}: the dossier", path.display()))?;
        file.write_all(told.dossier.to_toml().as_bytes())
            .with_context(|| format!("{}: the dossier", path.display()))?;
    }
    Ok(match (told.wrong, told.new + told.known) {
        (1.., _) => Outcome::SomeFailed,
        (0, 0) => Outcome::NothingFound,
        (0, _) => Outcome::Done,
    })
}

/// What was brought in, and what was wrong, on standard error.
pub fn tell(ledger: &str, told: &Bringing) {
    let Bringing { new, known, statements, decisions, wrong, reasons, left_out, .. } = told;
    eprintln!("{ledger}: {new} new articles with {statements} statements brought in, {known} known already");
    if *decisions > 0 {
        eprintln!("  {decisions} decisions of people came with them");
    }
    if !left_out.is_empty() {
        eprintln!("  what has no place in a ledger, or has another one:");
    }
    for what in left_out {
        eprintln!("    {what}");
    }
    for reason in reasons {
        eprintln!("  {reason}");
    }
    if *wrong > reasons.len() {
        eprintln!("  and {} more", wrong - reasons.len());
    }
}
