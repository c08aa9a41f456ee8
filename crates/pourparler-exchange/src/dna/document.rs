//! What a document's notes tell of the article, so that it comes back as it was.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use pourparler_text::{Article, CodePoint, Round, Span, Text};
use serde::{Deserialize, Serialize};

use super::entities::short;
use crate::ArticleRecord;

/// How the line of the notes begins that is ours.
const MARK: &str = r#"{"pourparler":"#;

/// What stands in the notes, as one line of JSON. People may write other lines around it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Notes {
    pourparler: u32,
    sha256: String,
    id: String,
    title: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    published: Option<Date>,
    url: Option<String>,
    language: Option<String>,
    /// What made the statements.
    pub extractor: String,
    /// Who decided on which statement.
    pub reviewers: BTreeMap<String, String>,
    /// The rounds of talks that the article tells of.
    pub rounds: Vec<Round<CodePoint>>,
    /// Its lines that are page furniture.
    pub furniture: Vec<Span<CodePoint>>,
}

/// The columns of a document, apart from its text and notes.
#[derive(Debug, PartialEq)]
pub struct Columns {
    pub title: String,
    pub author: String,
    pub source: String,
    /// In seconds since 1970, UTC; 0 where it is not known.
    pub date: i64,
}

impl Columns {
    /// Those of an article, before anything is cut. One without a title stands under its id.
    pub fn of(article: &Article) -> Self {
        let plain = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            title: article.title.clone().filter(|t| !t.is_empty()).unwrap_or_else(|| article.id.clone()),
            author: plain(&article.byline),
            source: plain(&article.outlet),
            date: article.published.map_or(0, seconds),
        }
    }

    /// An article from a document that has no notes of ours.
    pub fn article(self, id: String, text: Text) -> Article {
        let told = |text: String| Some(text).filter(|t| !t.trim().is_empty());
        Article {
            id,
            title: told(self.title),
            outlet: told(self.source),
            byline: told(self.author),
            published: day(self.date),
            url: None,
            language: None,
            text,
        }
    }
}

impl Notes {
    /// The notes of an article.
    pub fn of(record: &ArticleRecord) -> Self {
        let article = &record.read.article;
        Self {
            pourparler: 1,
            sha256: article.text.sha256(),
            id: article.id.clone(),
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            byline: article.byline.clone(),
            published: article.published,
            url: article.url.clone(),
            language: article.language.clone(),
            extractor: record.extractor.clone(),
            reviewers: record.reviewers.clone(),
            rounds: record.read.rounds.clone(),
            furniture: record.furniture.clone(),
        }
    }

    /// What is ours in a document's notes.
    pub fn read(notes: &str) -> Option<Self> {
        let line = notes.lines().map(str::trim).find(|line| line.starts_with(MARK))?;
        serde_json::from_str(line).ok().filter(|notes: &Self| notes.pourparler == 1)
    }

    /// Whether the document still holds the text that was written.
    pub fn fits(&self, text: &Text) -> bool {
        self.sha256 == text.sha256()
    }

    fn article(&self, text: Text) -> Article {
        Article {
            id: self.id.clone(),
            title: self.title.clone(),
            outlet: self.outlet.clone(),
            byline: self.byline.clone(),
            published: self.published,
            url: self.url.clone(),
            language: self.language.clone(),
            text,
        }
    }

    /// The article as it was, with what people changed in the columns since.
    pub fn restored(&self, columns: Columns, text: Text) -> Article {
        let was = self.article(text);
        let written = Columns::of(&was);
        let now = |written: &str, column: String, was: Option<String>| match short(written) == column {
            true => was,
            false => Some(column).filter(|c| !c.is_empty()),
        };
        Article {
            title: now(&written.title, columns.title, was.title),
            byline: now(&written.author, columns.author, was.byline),
            outlet: now(&written.source, columns.source, was.outlet),
            published: if written.date == columns.date { was.published } else { day(columns.date) },
            ..was
        }
    }
}

/// A day as DNA keeps it: the seconds from the beginning of 1970 to its midnight, UTC.
fn seconds(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_secs()
}

/// The day of a date of DNA's, UTC; none for 0, which stands for dates that are not known, and for what no calendar holds.
pub fn day(seconds: i64) -> Option<Date> {
    if seconds == 0 {
        return None;
    }
    let at = Timestamp::from_duration(SignedDuration::from_secs(seconds)).ok()?;
    Some(TimeZone::UTC.to_datetime(at).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_midnights_of_utc() {
        assert_eq!(seconds(date(2005, 1, 26)), 1_106_697_600);
        assert_eq!(day(1_106_697_600 + 86_399), Some(date(2005, 1, 26)));
        assert_eq!(day(seconds(date(1914, 7, 28))), Some(date(1914, 7, 28)));
        assert_eq!((day(0), day(i64::MAX), day(i64::MIN)), (None, None, None));
    }
}
