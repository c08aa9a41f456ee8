//! From inputs to articles with statements.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Context;
use pourparler_dossier::Dossier;
use pourparler_extract::{Extractor, Model};
use pourparler_ledger::Ledger;
use pourparler_read::{Found, Problem, ProblemKind, ReadArticle, ReadOptions};
use pourparler_text::{Article, ArticleStatements, Byte, CodePoint, Span};
use rayon::prelude::*;

use crate::args::Reading;
use crate::commands::Usage;
use crate::inputs::Input;
use crate::web::Web;

/// The built-in dossier, with the user's added to it: a file, or a topic that the program has a dossier of.
///
/// # Errors
/// A file that cannot be read or is no dossier is a [`Usage`] error.
pub fn dossier(path: Option<&Path>) -> anyhow::Result<Dossier> {
    let general = Dossier::general();
    let Some(path) = path else { return Ok(general) };
    let name = path.display();
    // A file of that name comes first, so that whoever has one called `trade` gets it.
    let built_in = path.to_str().and_then(Dossier::built_in).filter(|_| !path.exists());
    let text = match built_in {
        Some(text) => text.to_owned(),
        None => std::fs::read_to_string(path).map_err(|e| Usage(format!("{name}: {e}")))?,
    };
    let own = Dossier::parse(&text).map_err(|e| Usage(format!("{name}: {e}")))?;
    Ok(general.extended_by(own))
}

/// So many decisions about issues are learnt from.
const LEARNT: usize = 500;

/// Gives a dossier what people decided in a ledger: statements that they put under an issue are examples of it from now on.
///
/// # Errors
/// Where the ledger fails.
pub fn learn(dossier: &mut Dossier, ledger: &Ledger) -> anyhow::Result<()> {
    for (id, words) in ledger.decided_issues(LEARNT)? {
        if let Some(issue) = dossier.issues.iter_mut().find(|i| i.id == id)
            && !issue.examples.contains(&words)
        {
            issue.examples.push(words);
        }
    }
    Ok(())
}

/// An article that was read, and the statements in it.
pub struct Extracted {
    /// The article as it was read.
    pub read: ReadArticle,
    /// Its statements, in the exchange form.
    pub statements: ArticleStatements,
}

/// Reads inputs and extracts their statements.
pub struct Workshop {
    extractor: Extractor,
    /// What reads, as the ledger keeps it.
    pub made_by: &'static str,
    options: ReadOptions,
    pool: rayon::ThreadPool,
    web: Web,
}

impl Workshop {
    /// Loads the model and the dossier.
    ///
    /// # Errors
    /// Where the dossier or the model cannot be used.
    pub fn new(reading: &Reading, dossier: &Dossier) -> anyhow::Result<Self> {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(reading.jobs).build().context("no threads to work with")?;
        let options = ReadOptions { published: reading.published, ..ReadOptions::default() };
        let model = Model::from(reading.model);
        let extractor = Extractor::new(dossier, model)?.with_least_confidence(reading.min_score);
        Ok(Self { extractor, made_by: model.extractor(), options, pool, web: Web::default() })
    }

    /// Gets addresses by this way.
    pub fn with_web(self, web: Web) -> Self {
        Self { web, ..self }
    }

    /// Opens a file, standard input where it is `-`, or gets what lies at an address.
    ///
    /// # Errors
    /// Why that could not be done; the message does not name the input.
    pub fn open(&self, source: &Path) -> anyhow::Result<Input> {
        match source.to_str().filter(|source| pourparler_fetch::is_address(source)) {
            Some(address) => Ok(self.web.load(address)?),
            None => Ok(Input::open(source)?),
        }
    }

    /// How many articles are worked on at the same time.
    pub fn jobs(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// Reads an input and hands over what is found in it.
    pub fn read(&self, input: Input, each: impl FnMut(Found) -> ControlFlow<()>) -> ControlFlow<()> {
        let ReadOptions { published, charset, url } = input.options.clone();
        let options = ReadOptions { published: published.or(self.options.published), charset, url };
        let name = input.name.clone();
        pourparler_read::read_from(input, &name, &options, each)
    }

    /// All articles of an input; what is wrong with it is named on standard error.
    pub fn read_all(&self, input: Input) -> Vec<ReadArticle> {
        let mut articles = Vec::new();
        let _ = self.read(input, |found| {
            match found {
                Found::Article(article) => articles.push(*article),
                Found::Problem(problem) => eprintln!("pourparler: {problem}"),
            }
            ControlFlow::Continue(())
        });
        articles
    }

    /// The statements of a stored article, found anew, without those lines of it that are page furniture.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn again(&self, article: &Article, furniture: &[Span<CodePoint>]) -> anyhow::Result<ArticleStatements> {
        let furniture: Vec<_> = furniture.iter().map(|&span| article.text.to_bytes(span)).collect();
        self.find(article, &furniture)
    }

    /// Which lines of a stored article are page furniture, read anew from the bytes that it came from, with the input's name.
    pub fn furniture(&self, article: &Article, snapshot: Option<(Vec<u8>, String)>) -> Vec<Span<CodePoint>> {
        let read = snapshot.map(|(bytes, name)| pourparler_read::read(&bytes, &name, &self.options).articles);
        let same = read.into_iter().flatten().find(|r| r.article.text == article.text);
        same.map_or_else(Vec::new, |r| code_points(&r))
    }

    /// The statements of an article; one in a language that is not read has none.
    fn find(&self, article: &Article, furniture: &[Span<Byte>]) -> anyhow::Result<ArticleStatements> {
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
    /// Where the model fails.
    pub fn extract(&self, articles: Vec<ReadArticle>) -> anyhow::Result<Vec<Extracted>> {
        let one = |read: ReadArticle| -> anyhow::Result<Extracted> {
            let statements = self.find(&read.article, &read.furniture)?;
            Ok(Extracted { read, statements })
        };
        self.pool.install(|| articles.into_par_iter().map(one).collect())
    }
}

/// Lines of an article that are page furniture, as they leave the house.
pub fn code_points(read: &ReadArticle) -> Vec<Span<CodePoint>> {
    read.furniture.iter().map(|&span| read.article.text.to_code_points(span)).collect()
}

/// Whether something of the input was lost. An undated article, a mended character, a teaser or a withdrawn item is only worth a
/// word; and an article in another language is kept as it is.
pub fn loses(problem: &Problem) -> bool {
    use ProblemKind::{Date, Encoding, OtherLanguage, Partial, Teaser, Withdrawn};
    !matches!(problem.kind, Date | Encoding | OtherLanguage | Partial | Teaser | Withdrawn)
}

/// Reads inputs in order and gives every article with its statements to `each`. Returns whether an input failed.
///
/// # Errors
/// Where the model or `each` fails.
pub fn work_through(
    workshop: &Workshop,
    paths: &[PathBuf],
    mut each: impl FnMut(Extracted) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    let mut lost = false;
    let mut waiting = Vec::new();
    // A few articles for every core at a time, so that memory stays bounded.
    let some = workshop.jobs() * 4;
    let mut flush = |articles: Vec<ReadArticle>| -> anyhow::Result<()> {
        workshop.extract(articles)?.into_iter().try_for_each(&mut each)
    };
    for path in paths {
        let input = match workshop.open(path) {
            Ok(input) => input,
            Err(e) => {
                eprintln!("pourparler: {}: {e}", path.display());
                lost = true;
                continue;
            }
        };
        let mut result = Ok(());
        let _ = workshop.read(input, |found| {
            match found {
                Found::Problem(problem) => {
                    eprintln!("pourparler: {problem}");
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
