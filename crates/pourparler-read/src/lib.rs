//! News in: the bytes of a file, whatever they are, become [`Article`]s.
//!
//! [`read`] finds out by content what it was given (plain text, JSON article objects or an HTML page), in which
//! encoding, and hands back the articles with everything that can be known of them without understanding what they
//! say: headline, byline, outlet, day, language, and which lines are page furniture and no part of the story.
//!
//! Reading never fails as a whole. What could not be read is a [`Problem`] with its place and with what to do about
//! it, and the rest goes on. This crate opens no files and knows no models and no SQL.

mod date;
mod decode;
mod furniture;
mod html;
mod json;
mod language;
mod plain;
mod problem;
mod teaser;

use std::fmt;

use jiff::civil::Date;
use pourparler_text::{Article, Byte, Span};

use problem::Report;
pub use problem::{Problem, ProblemKind};

/// Most bytes of one article's text: some ten times the longest that any newspaper prints.
const LARGEST: usize = 1 << 20;

/// What the caller knows of an input and the input may not tell.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// Day of publication for articles that have none of their own.
    pub published: Option<Date>,
}

/// The form in which an article came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Plain text.
    Text,
    /// A JSON object, in an array of them or one a line.
    Json,
    /// An HTML page.
    Html,
}

impl fmt::Display for InputKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Text => "text",
            Self::Json => "JSON",
            Self::Html => "HTML",
        })
    }
}

/// An article and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadArticle {
    /// The article.
    pub article: Article,
    /// Lines of the article's text that are page furniture, in order: no statement may come from them.
    pub furniture: Vec<Span<Byte>>,
    /// The encoding of the input, with `(declared)` or `(detected)` where its bytes alone do not tell.
    pub decoding: String,
    /// The form of the input.
    pub kind: InputKind,
}

/// What came of reading one input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The articles, in the order of the input.
    pub articles: Vec<ReadArticle>,
    /// What could not be read, or not as it should be.
    pub problems: Vec<Problem>,
}

/// An article as a format gives it, before language and furniture are known.
struct Draft {
    article: Article,
    /// Furniture that only the format could see: byline and date lines at the head of a plain text.
    head: Vec<Span<Byte>>,
    /// Where in the input the article stands, if the input may hold several.
    place: Option<String>,
}

/// Reads the articles in an input; `source` is the input's name in problems.
#[must_use]
pub fn read(bytes: &[u8], source: &str, options: &ReadOptions) -> Reading {
    let mut report = Report::new(source);
    let articles = read_into(bytes, options, &mut report);
    Reading { articles, problems: report.finish() }
}

fn read_into(bytes: &[u8], options: &ReadOptions, report: &mut Report<'_>) -> Vec<ReadArticle> {
    let Some(decoded) = decode::decode(bytes, report) else { return Vec::new() };
    if decoded.text.trim().is_empty() {
        report.add(ProblemKind::Empty, None, "it holds no text; give an article as text, HTML or JSON");
        return Vec::new();
    }
    let (kind, drafts) = if json::looks_like(&decoded.text) {
        (InputKind::Json, json::read(&decoded.text, report))
    } else if html::looks_like(&decoded.text) {
        (InputKind::Html, html::read(decoded.text, report).into_iter().collect())
    } else if let Some(what) = decode::other_markup(&decoded.text) {
        report.add(
            ProblemKind::Unsupported,
            None,
            format!("it is {what}, which is not read; give its articles as text, HTML or JSON"),
        );
        return Vec::new();
    } else {
        (InputKind::Text, vec![plain::read(decoded.text.into_owned(), options.published)])
    };
    drafts
        .into_iter()
        .filter(|draft| {
            let size = draft.article.text.as_str().len();
            if size > LARGEST {
                let reason =
                    format!("its text has {:.1} MB, which no article has; cut it into articles", size as f64 / 1e6);
                report.add(ProblemKind::TooLarge, draft.place.clone(), reason);
            }
            size <= LARGEST
        })
        .collect::<Vec<_>>()
        .into_iter()
        .map(|draft| {
            let Draft { mut article, head, place } = draft;
            article.published = article.published.or(options.published);
            let tag = article.language.get_or_insert_with(|| language::detect(article.text.as_str()).to_owned());
            if !language::is_english(tag) {
                let reason = format!(
                    "it is in {}; only English is read, so no statements are taken from it",
                    language::name(tag)
                );
                report.add(ProblemKind::OtherLanguage, place, reason);
            }
            let mut furniture = furniture::find(article.text.as_str());
            furniture.extend(head);
            furniture.sort();
            furniture.dedup();
            ReadArticle { article, furniture, decoding: decoded.decoding.clone(), kind }
        })
        .collect()
}
