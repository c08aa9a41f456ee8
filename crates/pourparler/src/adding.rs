//! Inputs into a ledger, each article in one transaction, the known ones passed over.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use indicatif::ProgressBar;
use pourparler_ledger::{Added, Ledger, LedgerError, Origin, Problem};
use pourparler_read::copies::Kinship;
use pourparler_read::{Found, ReadArticle};
use pourparler_text::{CodePoint, Span};

use crate::corpus::{Workshop, code_points, loses};
use crate::inputs::Input;

/// What became of what was added.
#[derive(Default)]
pub struct Report {
    /// Articles that were read, or known before they had to be.
    pub read: usize,
    pub new: usize,
    pub known: usize,
    pub statements: usize,
    pub copies: usize,
    pub updates: usize,
    /// Articles in languages that are not read, by BCP 47 tag.
    pub languages: BTreeMap<String, usize>,
    /// Inputs of which something was lost, with the reasons.
    pub failed: Vec<(String, Vec<String>)>,
}

/// So many reasons are kept of an input; standard error had all that were told.
const REASONS: usize = 20;

impl Report {
    /// Something of an input was lost.
    pub fn fail(&mut self, source: &str, reason: String) {
        if self.failed.last().is_none_or(|(last, _)| last != source) {
            self.failed.push((source.to_owned(), Vec::new()));
        }
        if let Some((_, reasons)) = self.failed.last_mut()
            && reasons.len() < REASONS
        {
            reasons.push(reason);
        }
    }
}

/// The bytes that an article came from, and under what name.
struct Record {
    snapshot: Vec<u8>,
    source: Rc<str>,
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
    source: Rc<str>,
    articles: usize,
}

/// A ledger that articles are added to.
pub struct Adding {
    pub ledger: Ledger,
    pub workshop: Rc<Workshop>,
    pub report: Report,
    /// What is shown meanwhile; messages go above it, not through it.
    pub progress: ProgressBar,
    /// Articles that are new and not yet extracted: a few for every core.
    waiting: Vec<(Record, ReadArticle)>,
    /// Inputs whose articles are stored or wait for that.
    finished: Vec<Finished>,
}

impl Adding {
    pub fn new(ledger: Ledger, workshop: Workshop) -> Self {
        let (workshop, progress) = (Rc::new(workshop), ProgressBar::hidden());
        Self { ledger, workshop, report: Report::default(), progress, waiting: Vec::new(), finished: Vec::new() }
    }

    /// Reads an input; its articles are stored when there are enough of them to keep every core at work. One that was read to its
    /// end before is passed over.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn input(&mut self, mut input: Input) -> anyhow::Result<()> {
        let source: Rc<str> = input.name.as_str().into();
        let sha256 = match input.sha256() {
            Ok(sha256) => sha256,
            Err(error) => {
                self.lost(&source, error.to_string());
                return Ok(());
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
                return Ok(());
            }
        }
        let (workshop, progress) = (Rc::clone(&self.workshop), self.progress.clone());
        let (mut articles, mut whole, mut result) = (0, true, Ok(()));
        let _ = workshop.read(input.counted_by(&progress), |found| {
            match found {
                Found::Problem(problem) => {
                    self.progress.suspend(|| eprintln!("pourparler: {problem}"));
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
        if let (Some(sha256), true) = (sha256, whole) {
            self.finished.push(Finished { sha256, source, articles });
        }
        Ok(())
    }

    fn article(&mut self, source: &Rc<str>, mut article: ReadArticle) -> anyhow::Result<()> {
        self.report.read += 1;
        if self.report.read.is_multiple_of(10) {
            let seconds = self.progress.elapsed().as_secs_f64().max(0.001);
            self.progress.set_message(format!(
                "{} articles, {:.0}/s",
                self.report.read,
                self.report.read as f64 / seconds
            ));
        }
        let record = Record {
            snapshot: std::mem::take(&mut article.record),
            source: Rc::clone(source),
            decoding: format!("{}, {}", article.kind, article.decoding),
            modified: article.modified,
            furniture: code_points(&article),
        };
        match self.ledger.appeared(&record.origin(), &article.article) {
            Ok(Some(_)) => self.report.known += 1,
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
    pub fn store_waiting(&mut self) -> anyhow::Result<()> {
        self.store()?;
        for Finished { sha256, source, articles } in std::mem::take(&mut self.finished) {
            self.ledger.finish(&sha256, &source, articles)?;
        }
        Ok(())
    }

    fn store(&mut self) -> anyhow::Result<()> {
        let (records, articles): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting).into_iter().unzip();
        for (record, article) in records.into_iter().zip(self.workshop.extract(articles)?) {
            match self.ledger.add(&record.origin(), &article.statements, self.workshop.made_by) {
                Ok(Added::New) => self.added(&article.read, article.statements.statements.len())?,
                Ok(Added::Known { .. }) => self.report.known += 1,
                Err(e) => self.refused(&record, e)?,
            }
        }
        Ok(())
    }

    fn added(&mut self, read: &ReadArticle, statements: usize) -> anyhow::Result<()> {
        self.report.new += 1;
        self.report.statements += statements;
        if let Some(tag) = read.article.language.as_deref().filter(|tag| !pourparler_read::is_english(tag)) {
            *self.report.languages.entry(tag.to_owned()).or_default() += 1;
        }
        match self.ledger.kin(&read.article.id)?.first().map(|kin| kin.kinship) {
            Some(Kinship::Copy) => self.report.copies += 1,
            Some(Kinship::Update) => self.report.updates += 1,
            None => {}
        }
        Ok(())
    }

    /// Something of an input was lost: it is told, and kept for the report.
    pub fn lost(&mut self, source: &str, reason: String) {
        self.progress.suspend(|| eprintln!("pourparler: {source}: {reason}"));
        self.report.fail(source, reason);
    }

    /// An article that cannot be stored is named and the others go on; a ledger that fails ends the work.
    fn refused(&mut self, record: &Record, error: LedgerError) -> anyhow::Result<()> {
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
