//! Inputs into a ledger, each article in one transaction, the known ones passed over.

use std::rc::Rc;

use pourparler_ledger::{Added, Ledger, LedgerError, Origin, Problem};
use pourparler_read::ReadArticle;
use pourparler_read::copies::Kinship;
use pourparler_text::sha256_hex;

use crate::corpus::{Input, Workshop};

/// What became of what was added.
#[derive(Default)]
pub struct Report {
    pub new: usize,
    pub known: usize,
    pub statements: usize,
    pub failed: usize,
    pub copies: usize,
    pub updates: usize,
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

/// A ledger that articles are added to.
pub struct Adding {
    pub ledger: Ledger,
    pub workshop: Workshop,
    /// Articles that are new and not yet extracted: one for every core.
    waiting: Vec<(Record, ReadArticle)>,
    pub report: Report,
}

impl Adding {
    pub fn new(ledger: Ledger, workshop: Workshop) -> Self {
        Self { ledger, workshop, waiting: Vec::new(), report: Report::default() }
    }

    /// Reads an input; its articles are stored when there are enough of them to keep every core at work.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn input(&mut self, input: Input) -> anyhow::Result<()> {
        if self.ledger.knows(&sha256_hex(&input.bytes))? {
            self.report.known += 1;
            return Ok(());
        }
        let (articles, lost) = self.workshop.read(&input);
        self.report.failed += usize::from(lost);
        let (whole, source): (Rc<[u8]>, Rc<str>) = (input.bytes.into(), input.name.into());
        let alone = articles.len() == 1;
        for mut article in articles {
            // Of a file of many articles, what is kept of each is its own record.
            let snapshot = match article.record.take() {
                Some(record) => record.into(),
                None if alone => whole.clone(),
                None => serde_json::to_vec(&article.article)?.into(),
            };
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

    /// Stores what is waiting for that.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn store_waiting(&mut self) -> anyhow::Result<()> {
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
