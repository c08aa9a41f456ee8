//! `pourparler verify`: do hashes, spans and the log of a ledger still fit?

use pourparler_ledger::Ledger;

use super::Outcome;
use crate::args::Verify;

pub fn run(args: &Verify) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let mut faults: Vec<String> = ledger.verify()?.iter().map(ToString::to_string).collect();
    if let Some(noted) = &args.noted
        && !ledger.still_holds(noted)?
    {
        faults
            .push(format!("entry {} of the log is not the one that was noted: it was cut or made anew", noted.number));
    }
    if args.rebuild {
        let mut anew = Ledger::in_memory()?;
        faults.extend(ledger.rebuild_into(&mut anew)?.iter().map(ToString::to_string));
    }
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        anyhow::bail!("{}: {} faults; restore it from a backup", ledger.name().display(), faults.len());
    }
    let counts = ledger.counts()?;
    println!("{} articles and {} statements, all as they were stored", counts.articles, counts.statements);
    if let Some(head) = ledger.head()? {
        println!("the log is whole, {} entries; its end, to be noted elsewhere: {head}", head.number);
    }
    if args.rebuild {
        println!("made anew from its log, the record is the same");
    }
    Ok(Outcome::Done)
}
