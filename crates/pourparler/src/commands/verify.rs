//! `pourparler verify`: do hashes and spans of a ledger still fit?

use pourparler_ledger::Ledger;

use super::Outcome;
use crate::args::Verify;

pub fn run(args: &Verify) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let faults = ledger.verify()?;
    for fault in &faults {
        println!("{fault}");
    }
    if faults.is_empty() {
        let counts = ledger.counts()?;
        println!("{} articles and {} statements, all as they were stored", counts.articles, counts.statements);
        return Ok(Outcome::Done);
    }
    anyhow::bail!("{}: {} faults; restore it from a backup", args.ledger.ledger.display(), faults.len())
}
