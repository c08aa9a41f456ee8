//! From inputs to articles with statements.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use jiff::civil::Date;
use pourparler_dossier::Dossier;
use pourparler_extract::{Extractor, LEAST_CONFIDENCE, Model};
use pourparler_ledger::Ledger;
use pourparler_read::{Found, Problem, ProblemKind, ReadArticle, ReadOptions};
use pourparler_text::{Article, ArticleStatements, Byte, CodePoint, Span};

use crate::{Input, IntakeError, Listener, Unopened, Web};

/// How inputs are read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingOptions {
    /// Day of publication of articles that have none.
    pub published: Option<Date>,
    /// Statements less likely to be right than this are left out, from 0 to 1.
    pub min_score: f32,
    /// Which model reads.
    pub model: Model,
    /// Articles to work on at the same time; 0 is one for each core.
    pub jobs: usize,
}

impl Default for ReadingOptions {
    fn default() -> Self {
        Self { published: None, min_score: LEAST_CONFIDENCE, model: Model::default(), jobs: 0 }
    }
}

/// An article that was read, and the statements in it.
pub struct Extracted {
    /// The article as it was read.
    pub read: ReadArticle,
    /// Its statements, in the exchange form.
    pub statements: ArticleStatements,
}

/// A stored article, with what was found in it then and what is found now.
pub struct Again {
    /// What the ledger holds of the extractor's, without what people decided.
    pub before: ArticleStatements,
    /// What the workshop finds in the same text.
    pub after: ArticleStatements,
}

/// Reads inputs and extracts their statements. The model is loaded once; several threads can work in one workshop.
pub struct Workshop {
    extractor: Extractor,
    /// What reads, as the ledger keeps it.
    pub made_by: &'static str,
    options: ReadOptions,
    jobs: usize,
    web: Arc<Web>,
}

impl Workshop {
    /// Loads the model and the dossier.
    ///
    /// # Errors
    /// Where the dossier or the model cannot be used.
    pub fn new(reading: &ReadingOptions, dossier: &Dossier) -> Result<Self, IntakeError> {
        let jobs = match reading.jobs {
            0 => thread::available_parallelism().map_or(1, NonZero::get),
            jobs => jobs,
        };
        let extractor = Extractor::new(dossier, reading.model)?.with_least_confidence(reading.min_score);
        let options = ReadOptions { published: reading.published, ..ReadOptions::default() };
        Ok(Self { extractor, made_by: reading.model.extractor(), options, jobs, web: Arc::default() })
    }

    /// Gets addresses by this way.
    #[must_use]
    pub fn with_web(self, web: Web) -> Self {
        Self { web: Arc::new(web), ..self }
    }

    /// A workshop that reads with another dossier and shares all else with this one, so that it is made in no time.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn with_dossier(&self, dossier: &Dossier) -> Result<Self, IntakeError> {
        let extractor = self.extractor.with_dossier(dossier)?;
        let (options, web) = (self.options.clone(), Arc::clone(&self.web));
        Ok(Self { extractor, made_by: self.made_by, options, jobs: self.jobs, web })
    }

    /// Opens a file, standard input where it is `-`, or gets what lies at an address.
    ///
    /// # Errors
    /// Why that could not be done; the message does not name the input.
    pub fn open(&self, source: &Path) -> Result<Input, Unopened> {
        match source.to_str().filter(|source| pourparler_fetch::is_address(source)) {
            Some(address) => self.fetch(address),
            None => Ok(Input::open(source)?),
        }
    }

    /// Gets what lies at an address, and never a file.
    ///
    /// # Errors
    /// Why that could not be done; the message does not name the address.
    pub fn fetch(&self, address: &str) -> Result<Input, Unopened> {
        Ok(self.web.load(address)?)
    }

    /// How many articles are worked on at the same time.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.jobs
    }

    /// Reads an input and hands over what is found in it.
    pub fn read(&self, input: Input, each: impl FnMut(Found) -> ControlFlow<()>) -> ControlFlow<()> {
        let ReadOptions { published, charset, url } = input.options.clone();
        let options = ReadOptions { published: published.or(self.options.published), charset, url };
        let name = input.name.clone();
        pourparler_read::read_from(input, &name, &options, each)
    }

    /// All articles of an input; what is wrong with it is told.
    pub fn read_all(&self, input: Input, listener: &dyn Listener) -> Vec<ReadArticle> {
        let mut articles = Vec::new();
        let _ = self.read(input, |found| {
            match found {
                Found::Article(article) => articles.push(*article),
                Found::Problem(problem) => listener.problem(&problem.to_string()),
            }
            ControlFlow::Continue(())
        });
        articles
    }

    /// Finds the statements of a stored article anew, without those lines of it that are page furniture. Nothing is replaced:
    /// that is [`Ledger::replace`]. `None` where there is no such article.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn again(&self, ledger: &Ledger, id: &str) -> Result<Option<Again>, IntakeError> {
        let Some(before) = ledger.as_extracted(id)? else { return Ok(None) };
        let article = &before.article;
        let furniture = match ledger.furniture(id)? {
            Some(furniture) => furniture,
            None => self.furniture(article, ledger.snapshot(id)?),
        };
        let furniture: Vec<_> = furniture.iter().map(|&span| article.text.to_bytes(span)).collect();
        let after = self.find(article, &furniture)?;
        Ok(Some(Again { before, after }))
    }

    /// Which lines of a stored article are page furniture, read anew from the bytes that it came from, with the input's name.
    fn furniture(&self, article: &Article, snapshot: Option<(Vec<u8>, String)>) -> Vec<Span<CodePoint>> {
        let read = snapshot.map(|(bytes, name)| pourparler_read::read(&bytes, &name, &self.options).articles);
        let same = read.into_iter().flatten().find(|r| r.article.text == article.text);
        same.map_or_else(Vec::new, |r| code_points(&r))
    }

    /// The statements of an article; one in a language that is not read has none.
    fn find(&self, article: &Article, furniture: &[Span<Byte>]) -> Result<ArticleStatements, IntakeError> {
        if article.language.as_deref().is_some_and(|tag| !pourparler_read::is_english(tag)) {
            return Ok(ArticleStatements::new(article.clone(), Vec::new()));
        }
        let found = self.extractor.extract(article, furniture)?;
        Ok(ArticleStatements {
            article: article.clone(),
            statements: found.statements.into_iter().map(|s| s.to_code_points(&article.text)).collect(),
            rounds: found.rounds.into_iter().map(|r| r.to_code_points(&article.text)).collect(),
        })
    }

    /// The statements of articles, in their order.
    ///
    /// # Errors
    /// Where the model fails, or the machine has no more threads.
    pub fn extract(&self, articles: Vec<ReadArticle>) -> Result<Vec<Extracted>, IntakeError> {
        let jobs = self.jobs.min(articles.len());
        // No pool: its threads take up one more article each time they wait for the encoder, one inside the other, until a stack is full.
        let queue = Mutex::new(articles.into_iter().enumerate());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || -> Result<Vec<(usize, Extracted)>, IntakeError> {
            let mut done = Vec::new();
            while let Some((place, read)) = next() {
                let statements = self.find(&read.article, &read.furniture)?;
                done.push((place, Extracted { read, statements }));
            }
            Ok(done)
        };
        let mut done = Vec::new();
        thread::scope(|scope| -> Result<(), IntakeError> {
            let workers: Vec<_> = (0..jobs).map(|_| thread::Builder::new().spawn_scoped(scope, work)).collect();
            for worker in workers {
                let worker = worker.map_err(|e| IntakeError::Threads(e.to_string()))?;
                done.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            Ok(())
        })?;
        done.sort_unstable_by_key(|(place, _)| *place);
        Ok(done.into_iter().map(|(_, extracted)| extracted).collect())
    }
}

/// Lines of an article that are page furniture, as they leave the house.
#[must_use]
pub fn code_points(read: &ReadArticle) -> Vec<Span<CodePoint>> {
    read.furniture.iter().map(|&span| read.article.text.to_code_points(span)).collect()
}

/// Whether something of the input was lost. An undated article, a mended character, a teaser or a withdrawn item is only worth a
/// word; and an article in another language is kept as it is.
#[must_use]
pub fn loses(problem: &Problem) -> bool {
    use ProblemKind::{Date, Encoding, OtherLanguage, Partial, Teaser, Withdrawn};
    !matches!(problem.kind, Date | Encoding | OtherLanguage | Partial | Teaser | Withdrawn)
}

/// Reads inputs in order and gives every article with its statements to `each`. Returns whether an input failed; how is told.
///
/// # Errors
/// Where the model or `each` fails.
pub fn work_through<E: From<IntakeError>>(
    workshop: &Workshop,
    paths: &[PathBuf],
    listener: &dyn Listener,
    mut each: impl FnMut(Extracted) -> Result<(), E>,
) -> Result<bool, E> {
    let mut lost = false;
    let mut waiting = Vec::new();
    // A few articles for every core at a time, so that memory stays bounded.
    let some = workshop.jobs() * 4;
    let mut flush = |articles: Vec<ReadArticle>| -> Result<(), E> {
        workshop.extract(articles)?.into_iter().try_for_each(&mut each)
    };
    for path in paths {
        let input = match workshop.open(path) {
            Ok(input) => input,
            Err(e) => {
                listener.problem(&format!("{}: {e}", path.display()));
                lost = true;
                continue;
            }
        };
        let mut result = Ok(());
        let _ = workshop.read(input, |found| {
            match found {
                Found::Problem(problem) => {
                    listener.problem(&problem.to_string());
                    lost |= loses(&problem);
                }
                Found::Article(article) => waiting.push(*article),
            }
            if waiting.len() >= some {
                result = flush(std::mem::take(&mut waiting));
            }
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        result?;
    }
    flush(waiting)?;
    Ok(lost)
}
