//! An article: what was published, where and when, and its frozen text.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Byte, CodePoint, Round, Span, Statement, Text, sentences, sha256_hex};

/// One published text. `text` is the body that all offsets point into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Stable name, derived from the content unless the input brought its own.
    pub id: String,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub byline: Option<String>,
    /// Day of publication.
    #[serde(default)]
    pub published: Option<Date>,
    /// Canonical address.
    #[serde(default)]
    pub url: Option<String>,
    /// BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
    /// The body. It is never changed after the article is made.
    #[serde(serialize_with = "text_out", deserialize_with = "text_in")]
    pub text: Text,
}

fn text_out<S: Serializer>(text: &Text, s: S) -> Result<S::Ok, S::Error> {
    text.as_str().serialize(s)
}

fn text_in<'de, D: Deserializer<'de>>(d: D) -> Result<Text, D::Error> {
    String::deserialize(d).map(Text::new)
}

impl Article {
    /// An article that has nothing but its text; its id is made from the text's hash.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = Text::new(text);
        Self {
            id: Self::id_of(text.as_str()),
            title: None,
            outlet: None,
            byline: None,
            published: None,
            url: None,
            language: None,
            text,
        }
    }

    /// The id of an article with this text: the first 16 hexadecimal digits of its SHA-256.
    #[must_use]
    pub fn id_of(text: &str) -> String {
        sha256_hex(text.as_bytes())[..16].to_owned()
    }
}

/// An article with its statements: one object of the exchange form (`statements.schema.json`), offsets in code
/// points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleStatements {
    /// The article.
    pub article: Article,
    /// Its statements in the order of the text.
    pub statements: Vec<Statement<CodePoint>>,
    /// The rounds of talks that it tells of, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<Round<CodePoint>>,
}

/// One line of the record: a statement with the particulars of its article and the words that show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the article.
    pub article: String,
    /// Headline of the article.
    pub title: Option<String>,
    /// Outlet of the article.
    pub outlet: Option<String>,
    /// Day on which the article was published.
    pub published: Option<Date>,
    /// Address of the article.
    pub url: Option<String>,
    /// The statement; spans in code points of the article's text.
    pub statement: Statement<CodePoint>,
    /// The sentence or sentences of the article in which the statement stands.
    pub sentence: String,
    /// The words of the content, pieces joined by ` … `.
    pub content: String,
}

impl Entry {
    /// The day on which the statement counts: the last day on which it was said, else the day of publication.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.statement.day(self.published)
    }
}

/// An article as a list of what was read names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Id of the article.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// How many statements were found in it.
    pub statements: usize,
}

/// A round of talks with the particulars of the article that tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundEntry {
    /// Id of the article.
    pub article: String,
    /// Outlet of the article.
    pub outlet: Option<String>,
    /// Day on which the article was published.
    pub published: Option<Date>,
    /// Address of the article.
    pub url: Option<String>,
    /// The round; its span in code points of the article's text.
    pub round: Round<CodePoint>,
    /// The sentence that tells of it.
    pub sentence: String,
}

impl ArticleStatements {
    /// An article with its statements, and with no rounds of talks.
    #[must_use]
    pub fn new(article: Article, statements: Vec<Statement<CodePoint>>) -> Self {
        Self { article, statements, rounds: Vec::new() }
    }

    /// The article as a list of what was read names it.
    #[must_use]
    pub fn source(&self) -> Source {
        Source {
            article: self.article.id.clone(),
            title: self.article.title.clone(),
            outlet: self.article.outlet.clone(),
            published: self.article.published,
            url: self.article.url.clone(),
            statements: self.statements.len(),
        }
    }

    /// The rounds of talks with the particulars of the article.
    #[must_use]
    pub fn round_entries(&self) -> Vec<RoundEntry> {
        let text = &self.article.text;
        let entry = |round: &Round<CodePoint>| RoundEntry {
            article: self.article.id.clone(),
            outlet: self.article.outlet.clone(),
            published: self.article.published,
            url: self.article.url.clone(),
            sentence: text.get(text.to_bytes(round.sentence)).to_owned(),
            round: round.clone(),
        };
        self.rounds.iter().map(entry).collect()
    }

    /// The statements as lines of the record.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let text = &self.article.text;
        let sentences = sentences(text.as_str());
        self.statements
            .iter()
            .map(|statement| {
                let bytes = statement.clone().to_bytes(text);
                let mut spans: Vec<_> = bytes.source.iter().chain(&bytes.cue).chain(&bytes.content).copied().collect();
                spans.sort();
                Entry {
                    article: self.article.id.clone(),
                    title: self.article.title.clone(),
                    outlet: self.article.outlet.clone(),
                    published: self.article.published,
                    url: self.article.url.clone(),
                    content: Statement::words(&bytes.content, text),
                    sentence: around(&spans, &sentences, text),
                    statement: statement.clone(),
                }
            })
            .collect()
    }
}

/// The sentences that the spans touch, joined by a space where other words stand between them.
fn around(spans: &[Span<Byte>], sentences: &[Span<Byte>], text: &Text) -> String {
    let (start, end) = (spans.first().map_or(0, |s| s.start), spans.iter().map(|s| s.end).max().unwrap_or(0));
    let near = sentences.partition_point(|s| s.end <= start)..sentences.partition_point(|s| s.start < end);
    let near = sentences.get(near).unwrap_or_default().iter();
    near.filter(|sentence| spans.iter().any(|s| s.overlaps(**sentence)))
        .map(|&s| text.get(s))
        .collect::<Vec<_>>()
        .join(" ")
}
