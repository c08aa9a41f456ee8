//! Lists of articles: all of them, and a page of those that pass a filter.

use jiff::Timestamp;
use jiff::civil::Date;
use pourparler_text::Source;

use crate::filter::added_since;
use crate::store::{Dialect, Store, ToValue, Value};
use crate::words::Words;
use crate::{Ledger, LedgerError, Page, Paging, Problem, row};

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
        self.told(self.db.rows(&sql, &[], row::head))
    }

    /// A page of the articles that pass the filter, those published last first, those of no known day last.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn article_page(&self, filter: &ArticleFilter, paging: Paging) -> Result<Page<ArticleHead>, LedgerError> {
        let Some((terms, values)) = conditions(filter, self.db.dialect()) else { return Ok(Page::empty()) };
        // One view, so that the total is that of this list.
        self.told(self.db.view(|view| {
            let total = view.one(&format!("SELECT count(*) FROM article a WHERE {terms}"), &values)?;
            // SQLite would walk the index of days through half of the articles for a few that pass.
            let day = match view.dialect() {
                Dialect::Sqlite if !values.is_empty() => "+a.published",
                _ => "a.published",
            };
            let sql = format!(
                "SELECT a.key FROM article a WHERE {terms} ORDER BY {day} DESC NULLS LAST, a.key DESC {}",
                paging.sql()
            );
            let keys: Vec<i64> = view.rows(&sql, &values, |row| row.get(0))?;
            Ok(Page { items: heads(view, &keys)?, total })
        }))
    }
}

/// What must hold of an article `a`, and the values of the question marks; `None` where words are asked for and none are given.
fn conditions(filter: &ArticleFilter, dialect: Dialect) -> Option<(String, Vec<Value<'static>>)> {
    let mut terms = vec!["TRUE"];
    let mut values = Vec::new();
    if let Some(plain) = &filter.words {
        terms.push(dialect.article_has_words());
        values.push(dialect.query(&Words::text(plain)?).to_value().owned());
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
            values.push(value.to_value().owned());
        }
    }
    Some((terms.join(" AND "), values))
}

fn heads(db: &dyn Store, keys: &[i64]) -> Result<Vec<ArticleHead>, Problem> {
    let columns = format!("a.key, {}", row::HEAD);
    row::by_keys(db, &columns, "article a JOIN extraction e ON e.article = a.key", "a.key", keys, |row| {
        row::head_in(&mut row::Columns::after(row, 1))
    })
}
