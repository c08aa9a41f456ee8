//! From files, folders and addresses to articles with statements.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use pourparler_dossier::Dossier;
use pourparler_extract::{Extractor, Model};
use pourparler_ledger::Ledger;
use pourparler_read::{Problem, ProblemKind, ReadArticle, ReadOptions};
use pourparler_text::{Article, ArticleStatements, Byte, Span};
use rayon::prelude::*;

use crate::args::Reading;
use crate::commands::Usage;
use crate::web::Web;

/// An input's bytes under the name that messages give it.
pub struct Input {
    pub name: String,
    pub bytes: Vec<u8>,
    /// What is known of this input alone.
    pub options: ReadOptions,
}

impl Input {
    /// An input of which no more is known.
    pub fn new(name: String, bytes: Vec<u8>) -> Self {
        Self { name, bytes, options: ReadOptions::default() }
    }
}

/// The files that the sources name: a folder stands for the files below it, in order of their names; hidden ones are
/// left out.
pub fn files(sources: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for source in sources {
        if source.is_dir() {
            let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
            for entry in walkdir::WalkDir::new(source).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
                match entry {
                    Ok(e) if e.file_type().is_file() => out.push(e.into_path()),
                    Ok(_) => {}
                    Err(e) => eprintln!("pourparler: {e}"),
                }
            }
        } else {
            // Also what is not there: loading it says so, and the others go on.
            out.push(source.clone());
        }
    }
    out
}

/// Reads a file, or standard input where it is `-`.
fn load(path: &Path) -> std::io::Result<Input> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(Input::new("standard input".into(), bytes));
    }
    Ok(Input::new(path.display().to_string(), std::fs::read(path)?))
}

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

    /// Reads a file, standard input where it is `-`, or gets what lies at an address.
    ///
    /// # Errors
    /// Why that could not be done; the message does not name the input.
    pub fn load(&self, source: &Path) -> anyhow::Result<Input> {
        match source.to_str().filter(|source| pourparler_fetch::is_address(source)) {
            Some(address) => Ok(self.web.load(address)?),
            None => Ok(load(source)?),
        }
    }

    /// How many articles are worked on at the same time.
    pub fn jobs(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// The articles of an input, and whether something of it was lost; what was is named on standard error.
    pub fn read(&self, input: &Input) -> (Vec<ReadArticle>, bool) {
        let ReadOptions { published, charset, url } = input.options.clone();
        let options = ReadOptions { published: published.or(self.options.published), charset, url };
        let reading = pourparler_read::read(&input.bytes, &input.name, &options);
        for problem in &reading.problems {
            eprintln!("pourparler: {problem}");
        }
        (reading.articles, reading.problems.iter().any(loses))
    }

    /// The statements of a stored article, found anew. The bytes that it came from, with the input's name, tell which of its lines
    /// are page furniture.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn again(&self, article: &Article, snapshot: Option<(Vec<u8>, String)>) -> anyhow::Result<ArticleStatements> {
        let read = snapshot.map(|(bytes, name)| pourparler_read::read(&bytes, &name, &self.options).articles);
        let same = read.into_iter().flatten().find(|r| r.article.text == article.text);
        let furniture = same.map_or_else(Vec::new, |r| r.furniture);
        self.find(article, &furniture)
    }

    fn find(&self, article: &Article, furniture: &[Span<Byte>]) -> anyhow::Result<ArticleStatements> {
        let found = self.extractor.extract(article, furniture)?;
        Ok(ArticleStatements {
            article: article.clone(),
            statements: found.statements.into_iter().map(|s| s.to_code_points(&article.text)).collect(),
            rounds: found.rounds.into_iter().map(|r| r.to_code_points(&article.text)).collect(),
        })
    }

    /// The statements of articles, in their order. Articles in a language that is not read have none.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn extract(&self, articles: Vec<ReadArticle>) -> anyhow::Result<Vec<Extracted>> {
        let one = |read: ReadArticle| -> anyhow::Result<Extracted> {
            let article = &read.article;
            let english = article.language.as_deref().is_none_or(|l| l.split('-').next() == Some("en"));
            let statements = match english {
                true => self.find(article, &read.furniture)?,
                false => ArticleStatements::new(article.clone(), Vec::new()),
            };
            Ok(Extracted { read, statements })
        };
        self.pool.install(|| articles.into_par_iter().map(one).collect())
    }
}

/// Whether something of the input was lost; an undated article, a mended character, a teaser or a withdrawn item is only worth
/// a word.
pub fn loses(problem: &Problem) -> bool {
    use ProblemKind::{Date, Encoding, Partial, Teaser, Withdrawn};
    !matches!(problem.kind, Date | Encoding | Partial | Teaser | Withdrawn)
}

/// Reads sources in order and gives every article with its statements to `each`. Returns whether an input failed.
///
/// # Errors
/// Where the model or `each` fails.
pub fn work_through(
    workshop: &Workshop,
    sources: &[PathBuf],
    mut each: impl FnMut(Extracted) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    let mut failed = false;
    let mut waiting = Vec::new();
    // A few articles for every core at a time, so that memory stays bounded.
    let some = workshop.jobs() * 4;
    let mut flush = |articles: Vec<ReadArticle>| -> anyhow::Result<()> {
        workshop.extract(articles)?.into_iter().try_for_each(&mut each)
    };
    for path in files(sources) {
        match workshop.load(&path) {
            Ok(input) => {
                let (articles, lost) = workshop.read(&input);
                failed |= lost;
                for article in articles {
                    waiting.push(article);
                    if waiting.len() >= some {
                        flush(std::mem::take(&mut waiting))?;
                    }
                }
            }
            Err(e) => {
                eprintln!("pourparler: {}: {e}", path.display());
                failed = true;
            }
        }
    }
    flush(waiting)?;
    Ok(failed)
}
