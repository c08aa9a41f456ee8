//! Lists of articles: all of them, and a page of those that pass a filter.

use jiff::Timestamp;
use jiff::civil::Date;
use pourparler_text::Source;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::filter::added_since;
use crate::{Ledger, LedgerError, Page, Paging, Problem, row, words};

/// An article without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleHead {
    /// Its id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Canonical address.
    pub url: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// SHA-256 of its text.
    pub sha256: String,
    /// When it was stored.
    pub added_at: Timestamp,
    /// Name and version of what found its statements.
    pub extractor: String,
    /// How many statements it has.
    pub statements: usize,
}

impl From<ArticleHead> for Source {
    fn from(head: ArticleHead) -> Self {
        let ArticleHead { id, title, outlet, published, url, statements, .. } = head;
        Self { article: id, title, outlet, published, url, statements }
    }
}

/// Which articles are asked for: those that pass everything that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    /// Words that all stand in the headline or the text, as [`Filter::text`](crate::Filter::text) has them.
    pub words: Option<String>,
    /// Who published it, to the letter.
    pub outlet: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// First day of publication; articles of no known day do not pass.
    pub since: Option<Date>,
    /// Last day of publication, inclusive; articles of no known day do not pass.
    pub until: Option<Date>,
    /// Only those that were stored after this instant.
    pub added_since: Option<Timestamp>,
}

impl Ledger {
    /// All articles, by day of publication, those of no known day last.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn articles(&self) -> Result<Vec<ArticleHead>, LedgerError> {
        let sql = format!(
            "SELECT {} FROM article a JOIN extraction e ON e.article = a.key ORDER BY a.published NULLS LAST, a.id",
            row::HEAD
        );
        let read = || self.db.prepare(&sql)?.query_and_then([], row::head)?.collect();
        self.told(read())
    }

    /// A page of the articles that pass the filter, those published last first, those of no known day last.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn article_page(&self, filter: &ArticleFilter, paging: Paging) -> Result<Page<ArticleHead>, LedgerError> {
        let read = || -> Result<_, Problem> {
            let Some((terms, values)) = conditions(filter) else { return Ok(Page::empty()) };
            // One view, so that the total is that of this list.
            let view = self.db.unchecked_transaction()?;
            let sql = format!("SELECT count(*) FROM article a WHERE {terms}");
            let total = view.prepare_cached(&sql)?.query_row(params_from_iter(&values), |row| row.get(0))?;
            let plus = if values.is_empty() { "" } else { "+" };
            let sql = format!(
                "SELECT a.key FROM article a WHERE {terms} ORDER BY {plus}a.published DESC NULLS LAST, a.key DESC {}",
                paging.sql()
            );
            let keys: Vec<i64> = view
                .prepare_cached(&sql)?
                .query_map(params_from_iter(&values), |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(Page { items: heads(&view, &keys)?, total })
        };
        self.told(read())
    }
}

/// What must hold of an article `a`, and the values of the question marks; `None` where words are asked for and none are given.
fn conditions(filter: &ArticleFilter) -> Option<(String, Vec<Value>)> {
    let mut terms = vec!["TRUE"];
    let mut values: Vec<Value> = Vec::new();
    if let Some(plain) = &filter.words {
        terms.push("a.key IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)");
        values.push(words::text(plain)?.into());
    }
    let rest = [
        ("a.outlet = ?", filter.outlet.clone()),
        ("a.language = ?", filter.language.clone()),
        ("a.published >= ?", filter.since.map(|day| day.to_string())),
        ("a.published <= ?", filter.until.map(|day| day.to_string())),
        (added_since!(), filter.added_since.map(|instant| instant.to_string())),
    ];
    for (term, value) in rest {
        if let Some(value) = value {
            terms.push(term);
            values.push(value.into());
        }
    }
    Some((terms.join(" AND "), values))
}

fn heads(db: &Connection, keys: &[i64]) -> Result<Vec<ArticleHead>, Problem> {
    let sql = format!("SELECT {} FROM article a JOIN extraction e ON e.article = a.key WHERE a.key = ?", row::HEAD);
    let mut select = db.prepare_cached(&sql)?;
    keys.iter().map(|key| select.query_row([key], |row| Ok(row::head(row)))?).collect()
}
