//! `pourparler import`: articles with their statements, from other programs and other ledgers.

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
    tell(&args.ledger.ledger.display().to_string(), &told);
    Ok(match (told.wrong, told.new + told.known) {
        (1.., _) => Outcome::SomeFailed,
        (0, 0) => Outcome::NothingFound,
        (0, _) => Outcome::Done,
    })
}

/// What was brought in, and what was wrong, on standard error.
pub fn tell(ledger: &str, told: &Bringing) {
    let Bringing { new, known, statements, decisions, wrong, reasons } = told;
    eprintln!("{ledger}: {new} new articles with {statements} statements brought in, {known} known already");
    if *decisions > 0 {
        eprintln!("  {decisions} decisions of people came with them");
    }
    for reason in reasons {
        eprintln!("  {reason}");
    }
    if *wrong > reasons.len() {
        eprintln!("  and {} more", wrong - reasons.len());
    }
}
