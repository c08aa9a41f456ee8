//! News in: the bytes of a file, whatever they are, become [`Article`]s.
//!
//! [`read`] finds out by content what it was given, in which encoding, and hands back the articles with everything that
//! can be known of them without understanding what they say: headline, byline, outlet, day, language, the agency that
//! they come from, and which lines are page furniture and no part of the story. [`read_from`] does the same with a
//! stream and hands the articles over one by one, so that an archive of any size is read in bounded memory.
//!
//! Reading never fails as a whole. What could not be read is a [`Problem`] with its place and with what to do about
//! it, and the rest goes on. This crate opens no files and no connections and knows no models and no SQL.

mod blocks;
mod body;
mod budget;
mod columns;
pub mod copies;
mod csv;
mod date;
mod decode;
mod docx;
mod export;
mod feed;
mod fragment;
mod furniture;
mod gzip;
mod html;
mod http;
mod json;
mod language;
mod mail;
mod mojibake;
mod open;
mod origin;
mod outlets;
mod page_meta;
#[cfg(feature = "parquet")]
mod parquet;
mod pdf;
mod plain;
mod problem;
mod purpose;
mod record;
mod skim;
mod story;
mod teaser;
mod tree;
mod warc;
mod zip;

use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;

use jiff::civil::Date;
use pourparler_text::{Article, Byte, Span};

pub use feed::FeedEntry;
pub use language::{is_english, name as language_name};
pub use origin::origin;
pub use problem::{Problem, ProblemKind};

/// Name of the threads in which libraries work that may give up by a panic. It is caught and becomes a [`Problem`]; a
/// program that prints the messages of panics may leave out those of threads with this name.
pub const WORKER: &str = "pourparler-read";

/// What the caller knows of an input and the input may not tell.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Day of publication for articles that have none of their own.
    pub published: Option<Date>,
    /// Character set that whoever sent the input declared, such as a web server: a label like `iso-8859-2`.
    pub charset: Option<String>,
    /// Address from which the input was fetched, for articles that name none.
    pub url: Option<String>,
}

/// The form in which an article came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputKind {
    /// Plain text.
    Text,
    /// A JSON object, in an array of them or one a line.
    Json,
    /// An HTML page.
    Html,
    /// A row of a table: CSV, Parquet.
    Table,
    /// A mail message.
    Mail,
    /// A PDF document.
    Pdf,
    /// An article of a Nexis export, in any of its layouts.
    Nexis,
    /// An article of a Factiva export.
    Factiva,
    /// A news item in IPTC's ninjs.
    Ninjs,
    /// An entry of a feed: RSS, Atom or JSON Feed.
    Feed,
}

impl fmt::Display for InputKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Text => "text",
            Self::Json => "JSON",
            Self::Html => "HTML",
            Self::Table => "table",
            Self::Mail => "mail",
            Self::Pdf => "PDF",
            Self::Nexis => "Nexis",
            Self::Factiva => "Factiva",
            Self::Ninjs => "ninjs",
            Self::Feed => "feed",
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
    /// How bytes became text: the containers that were opened, then the encoding, with `(declared)` or `(detected)` where
    /// the bytes alone do not tell.
    pub decoding: String,
    /// The form of the input.
    pub kind: InputKind,
    /// Day of the last change that the input tells of.
    pub modified: Option<Date>,
    /// The agency that the text comes from, by its usual short name; `None` where the article credits none, or several.
    pub origin: Option<String>,
    /// The bytes that hold this article and no other. Read alone they give the article again, but for what only their
    /// container told, such as its address.
    pub record: Vec<u8>,
}

/// What reading a stream comes upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An article.
    Article(Box<ReadArticle>),
    /// Something that could not be read, or not as it should be.
    Problem(Problem),
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
    /// Day of the last change.
    modified: Option<Date>,
    /// The article's own part of an input that may hold several.
    record: Option<Vec<u8>>,
    /// The form, where it is another than that of the record's other articles.
    kind: Option<InputKind>,
}

impl Draft {
    /// An article of which nothing is known beyond its own particulars.
    fn new(article: Article) -> Self {
        Self { article, head: Vec::new(), place: None, modified: None, record: None, kind: None }
    }
}

/// Reads the articles in an input; `source` is the input's name in problems.
#[must_use]
pub fn read(bytes: &[u8], source: &str, options: &ReadOptions) -> Reading {
    let mut reading = Reading::default();
    let each = |found| {
        match found {
            Found::Article(article) => reading.articles.push(*article),
            Found::Problem(problem) => reading.problems.push(problem),
        }
        ControlFlow::Continue(())
    };
    // Nothing breaks off here.
    let _ = read_from(bytes, source, options, each);
    reading
}

/// Reads the articles in a stream and hands over each as soon as it is read, and each problem; `source` is the input's
/// name in problems. Archives and files of many articles are never in memory as a whole.
///
/// `Break` is given back where `each` gave it, and then the rest of the stream is left unread. A stream that fails is a
/// problem of kind [`ProblemKind::Broken`].
pub fn read_from(
    input: impl Read,
    source: &str,
    options: &ReadOptions,
    mut each: impl FnMut(Found) -> ControlFlow<()>,
) -> ControlFlow<()> {
    open::Opener::new(source, options, &mut each).open_input(input)
}

/// The entries of a feed, whatever its kind, with what is wrong with it; `source` is the feed's name in problems, and
/// `options.url` the address against which its links are resolved. What is no feed has no entries and a problem of kind
/// [`ProblemKind::Unsupported`].
#[must_use]
pub fn feed_entries(bytes: &[u8], source: &str, options: &ReadOptions) -> (Vec<FeedEntry>, Vec<Problem>) {
    let mut report = problem::Report::new(source);
    let decoded = decode::decode(bytes, options.charset.as_deref(), &mut report);
    let entries = decoded.map_or_else(Vec::new, |d| feed::entries(&d.text, options.url.as_deref(), &mut report));
    (entries, report.take())
}
