//! Inputs into a ledger, each article in one transaction, the known ones passed over.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use pourparler_ledger::{Added, Ledger, LedgerError, Origin, Problem};
use pourparler_read::copies::Kinship;
use pourparler_read::{Found, ReadArticle};
use pourparler_text::{CodePoint, Span};

use crate::{Became, Input, IntakeError, Listener, Report, Stop, Workshop, code_points, loses};

/// The bytes that an article came from, and under what name.
struct Record {
    snapshot: Vec<u8>,
    source: Arc<str>,
    decoding: String,
    modified: Option<jiff::civil::Date>,
    furniture: Vec<Span<CodePoint>>,
}

impl Record {
    fn origin(&self) -> Origin<'_> {
        let Self { snapshot, source, decoding, modified, furniture } = self;
        Origin { snapshot, source, decoding, modified: *modified, furniture }
    }
}

/// An input that was read to its end with nothing lost.
struct Finished {
    sha256: String,
    source: Arc<str>,
    articles: usize,
}

/// A ledger that articles are added to.
pub struct Adding {
    /// The ledger, which can be asked meanwhile.
    pub ledger: Ledger,
    /// What became of everything so far.
    pub report: Report,
    workshop: Arc<Workshop>,
    listener: Arc<dyn Listener>,
    stop: Stop,
    /// Articles that are new and not yet extracted: a few for every core.
    waiting: Vec<(Record, ReadArticle)>,
    /// Inputs whose articles are stored or wait for that.
    finished: Vec<Finished>,
}

impl Adding {
    /// Nothing is added yet. Nobody listens, and nothing stops it.
    #[must_use]
    pub fn new(ledger: Ledger, workshop: Arc<Workshop>) -> Self {
        let (report, listener, stop) = (Report::default(), Arc::new(()), Stop::default());
        Self { ledger, report, workshop, listener, stop, waiting: Vec::new(), finished: Vec::new() }
    }

    /// Tells how it goes.
    #[must_use]
    pub fn heard_by(self, listener: Arc<dyn Listener>) -> Self {
        Self { listener, ..self }
    }

    /// Ends the reading between two articles when that is wanted.
    #[must_use]
    pub fn ended_by(self, stop: Stop) -> Self {
        Self { stop, ..self }
    }

    pub(crate) fn listener(&self) -> &dyn Listener {
        &*self.listener
    }

    pub(crate) fn is_to_stop(&self) -> bool {
        self.stop.is_wanted()
    }

    /// Adds files, addresses and standard input, one after the other; what cannot be opened is told, and the others go on.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn sources(&mut self, sources: &[PathBuf]) -> Result<(), IntakeError> {
        for source in sources {
            if self.is_to_stop() {
                break;
            }
            match self.workshop.open(source) {
                Ok(input) => _ = self.input(input)?,
                Err(e) => self.lost(&source.display().to_string(), e.to_string()),
            }
        }
        self.store_waiting()
    }

    /// Adds what lies at an address, which is never taken for a file; one that cannot be fetched is told.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn address(&mut self, address: &str) -> Result<(), IntakeError> {
        match self.workshop.fetch(address) {
            Ok(input) => _ = self.input(input)?,
            Err(e) => self.lost(address, e.to_string()),
        }
        self.store_waiting()
    }

    /// Reads an input; its articles are stored when there are enough of them to keep every core at work, and the rest by
    /// [`Adding::store_waiting`]. One that was read to its end before is passed over. It is broken off after the article in hand
    /// where the work is to stop, and has then to be given again.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn input(&mut self, mut input: Input) -> Result<ControlFlow<()>, IntakeError> {
        let source: Arc<str> = input.name.as_str().into();
        let sha256 = match input.sha256() {
            Ok(sha256) => sha256,
            Err(error) => {
                self.lost(&source, error.to_string());
                return Ok(ControlFlow::Continue(()));
            }
        };
        if let Some(sha256) = &sha256 {
            let known = match self.ledger.finished(sha256)? {
                Some(articles) => Some(articles),
                None => self.ledger.knows(sha256)?.then_some(1),
            };
            if let Some(articles) = known {
                self.report.read += articles;
                self.report.known += articles;
                for id in self.ledger.held_by(sha256)? {
                    self.report.list(id, Became::Known);
                }
                return Ok(ControlFlow::Continue(()));
            }
        }
        let (workshop, listener) = (Arc::clone(&self.workshop), Arc::clone(&self.listener));
        let (mut articles, mut whole, mut broken_off, mut result) = (0, true, false, Ok(()));
        let _ = workshop.read(input.heard_by(listener), |found| {
            // What was begun with a first article is at least that far worth keeping.
            if articles > 0 && self.is_to_stop() {
                broken_off = true;
                return ControlFlow::Break(());
            }
            match found {
                Found::Problem(problem) => {
                    self.listener.problem(&problem.to_string());
                    if loses(&problem) {
                        whole = false;
                        let place = problem.place.map_or_else(String::new, |place| format!("{place}: "));
                        self.report.fail(&source, place + &problem.reason);
                    }
                }
                Found::Article(article) => {
                    articles += 1;
                    result = self.article(&source, *article);
                }
            }
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        result?;
        if broken_off {
            return Ok(ControlFlow::Break(()));
        }
        if let (Some(sha256), true) = (sha256, whole) {
            self.finished.push(Finished { sha256, source, articles });
        }
        Ok(ControlFlow::Continue(()))
    }

    fn article(&mut self, source: &Arc<str>, mut article: ReadArticle) -> Result<(), IntakeError> {
        self.report.read += 1;
        self.listener.articles(self.report.read);
        let record = Record {
            snapshot: std::mem::take(&mut article.record),
            source: Arc::clone(source),
            decoding: format!("{}, {}", article.kind, article.decoding),
            modified: article.modified,
            furniture: code_points(&article),
        };
        match self.ledger.appeared(&record.origin(), &article.article) {
            Ok(Some(id)) => self.report.count(id, Became::Known),
            Ok(None) => self.waiting.push((record, article)),
            Err(e) => self.refused(&record, e)?,
        }
        if self.waiting.len() >= 4 * self.workshop.jobs() {
            self.store()?;
        }
        Ok(())
    }

    /// Stores what is waiting for that, and keeps which inputs are finished.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn store_waiting(&mut self) -> Result<(), IntakeError> {
        self.store()?;
        for Finished { sha256, source, articles } in std::mem::take(&mut self.finished) {
            self.ledger.finish(&sha256, &source, articles)?;
        }
        Ok(())
    }

    fn store(&mut self) -> Result<(), IntakeError> {
        let (records, articles): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting).into_iter().unzip();
        for (record, article) in records.into_iter().zip(self.workshop.extract(articles)?) {
            match self.ledger.add(&record.origin(), &article.statements, self.workshop.made_by) {
                Ok(Added::New) => self.added(&article.read, article.statements.statements.len())?,
                Ok(Added::Known { id }) => self.report.count(id, Became::Known),
                Err(e) => self.refused(&record, e)?,
            }
        }
        Ok(())
    }

    fn added(&mut self, read: &ReadArticle, statements: usize) -> Result<(), IntakeError> {
        self.report.statements += statements;
        if let Some(tag) = read.article.language.as_deref().filter(|tag| !pourparler_read::is_english(tag)) {
            *self.report.languages.entry(tag.to_owned()).or_default() += 1;
        }
        let became = match self.ledger.kin(&read.article.id)?.first().map(|kin| kin.kinship) {
            Some(Kinship::Copy) => Became::Copy,
            Some(Kinship::Update) => Became::Update,
            None => Became::New,
        };
        self.report.count(read.article.id.clone(), became);
        Ok(())
    }

    /// Something of an input was lost: it is told, and kept for the report.
    fn lost(&mut self, source: &str, reason: String) {
        self.listener.problem(&format!("{source}: {reason}"));
        self.report.fail(source, reason);
    }

    /// An article that cannot be stored is named and the others go on; a ledger that fails ends the work.
    fn refused(&mut self, record: &Record, error: LedgerError) -> Result<(), IntakeError> {
        match error.problem {
            Problem::IdTaken { .. } | Problem::Unfit { .. } => {
                self.lost(&record.source, error.to_string());
                // Read to its end, and yet not finished.
                self.finished.retain(|input| input.source != record.source);
                Ok(())
            }
            _ => Err(error.into()),
        }
    }
}
