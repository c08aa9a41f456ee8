//! `pourparler add`: articles into a ledger, each in one transaction, the known ones passed over.

use indicatif::{ProgressBar, ProgressStyle};
use pourparler_ledger::Ledger;

use super::Outcome;
use crate::adding::{Adding, Report};
use crate::args::Add;
use crate::corpus::{Workshop, dossier, files, learn};
use crate::web::Web;

pub fn run(args: &Add) -> anyhow::Result<Outcome> {
    let mut dossier = dossier(args.inputs.reading.dossier.as_deref())?;
    let ledger = Ledger::open(&args.ledger.ledger)?;
    learn(&mut dossier, &ledger)?;
    let paths = files(&args.inputs.sources);
    let workshop = Workshop::new(&args.inputs.reading, &dossier)?.with_web(Web::new(&args.inputs.allow_host));
    let mut adding = Adding::new(ledger, workshop);
    let bar = ProgressBar::new(paths.len() as u64)
        .with_style(ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left  {msg}")?);
    for path in paths {
        bar.set_message(path.display().to_string());
        match adding.workshop.load(&path) {
            // Messages go above the bar, not through it.
            Ok(input) => bar.suspend(|| adding.input(input))?,
            Err(e) => {
                bar.suspend(|| eprintln!("pourparler: {}: {e}", path.display()));
                adding.report.failed += 1;
            }
        }
        bar.inc(1);
    }
    adding.store_waiting()?;
    bar.finish_and_clear();
    let Report { new, known, statements, failed, copies, updates } = adding.report;
    let name = args.ledger.ledger.display();
    eprintln!("{name}: {new} new articles with {statements} statements, {known} known already, {failed} inputs failed");
    if copies + updates > 0 {
        eprintln!("of the new, {copies} are copies and {updates} updates; `pourparler copies` shows of what");
    }
    Ok(if failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}
