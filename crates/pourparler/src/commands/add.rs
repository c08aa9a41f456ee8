//! `pourparler add`: articles into a ledger, each in one transaction, the known ones passed over.

use std::rc::Rc;

use indicatif::{ProgressBar, ProgressStyle};
use pourparler_ledger::{Added, Ledger, LedgerError, Origin, Problem};
use pourparler_read::ReadArticle;
use pourparler_read::copies::Kinship;
use pourparler_text::sha256_hex;

use super::Outcome;
use crate::args::Add;
use crate::corpus::{Workshop, dossier, files, learn, load};

pub fn run(args: &Add) -> anyhow::Result<Outcome> {
    let mut dossier = dossier(args.inputs.reading.dossier.as_deref())?;
    let ledger = Ledger::open(&args.ledger.ledger)?;
    learn(&mut dossier, &ledger)?;
    let paths = files(&args.inputs.sources);
    let mut adding = Adding {
        ledger,
        workshop: Workshop::new(&args.inputs.reading, &dossier)?,
        waiting: Vec::new(),
        report: Report::default(),
    };
    let bar = ProgressBar::new(paths.len() as u64)
        .with_style(ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left  {msg}")?);
    for path in paths {
        bar.set_message(path.display().to_string());
        match load(&path) {
            // Messages go above the bar, not through it.
            Ok(input) => bar.suspend(|| adding.input(&input.name, input.bytes))?,
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

#[derive(Default)]
struct Report {
    new: usize,
    known: usize,
    statements: usize,
    failed: usize,
    copies: usize,
    updates: usize,
}

/// The bytes that an article came from, and under what name.
struct Record {
    snapshot: Rc<[u8]>,
    source: Rc<str>,
    decoding: String,
}

impl Record {
    fn origin(&self) -> Origin<'_> {
        Origin { snapshot: &self.snapshot, source: &self.source, decoding: &self.decoding }
    }
}

struct Adding {
    ledger: Ledger,
    workshop: Workshop,
    /// Articles that are new and not yet extracted: one for every core.
    waiting: Vec<(Record, ReadArticle)>,
    report: Report,
}

impl Adding {
    fn input(&mut self, name: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        if self.ledger.knows(&sha256_hex(&bytes))? {
            self.report.known += 1;
            return Ok(());
        }
        let input = crate::corpus::Input { name: name.to_owned(), bytes };
        let (articles, lost) = self.workshop.read(&input);
        self.report.failed += usize::from(lost);
        let (whole, source): (Rc<[u8]>, Rc<str>) = (input.bytes.into(), name.into());
        let alone = articles.len() == 1;
        for article in articles {
            // Of a file of many articles, what is kept of each is its own record.
            let snapshot = if alone { whole.clone() } else { serde_json::to_vec(&article.article)?.into() };
            let decoding = format!("{}, {}", article.kind, article.decoding);
            let record = Record { snapshot, source: source.clone(), decoding };
            match self.ledger.appeared(&record.origin(), &article.article) {
                Ok(Some(_)) => self.report.known += 1,
                Ok(None) => self.waiting.push((record, article)),
                Err(e) => self.refused(&record, e)?,
            }
            if self.waiting.len() >= self.workshop.jobs() {
                self.store_waiting()?;
            }
        }
        Ok(())
    }

    fn store_waiting(&mut self) -> anyhow::Result<()> {
        let (records, articles): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting).into_iter().unzip();
        for (record, article) in records.into_iter().zip(self.workshop.extract(articles)?) {
            match self.ledger.add(&record.origin(), &article.statements, self.workshop.made_by) {
                Ok(Added::New) => {
                    self.report.new += 1;
                    self.report.statements += article.statements.statements.len();
                    match self.ledger.kin(&article.statements.article.id)?.first().map(|k| k.kinship) {
                        Some(Kinship::Copy) => self.report.copies += 1,
                        Some(Kinship::Update) => self.report.updates += 1,
                        None => {}
                    }
                }
                Ok(Added::Known { .. }) => self.report.known += 1,
                Err(e) => self.refused(&record, e)?,
            }
        }
        Ok(())
    }

    /// An article that cannot be stored is named and the others go on; a ledger that fails ends the work.
    fn refused(&mut self, record: &Record, error: LedgerError) -> anyhow::Result<()> {
        match error.problem {
            Problem::IdTaken { .. } | Problem::Unfit { .. } => {
                eprintln!("pourparler: {}: {error}", record.source);
                self.report.failed += 1;
                Ok(())
            }
            _ => Err(error.into()),
        }
    }
}
