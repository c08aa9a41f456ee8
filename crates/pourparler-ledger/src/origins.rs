//! What a reader of one article asks besides its words: where it came from, and which others tell the same.

use jiff::Timestamp;
use jiff::civil::Date;
use pourparler_read::copies::Kinship;

use crate::row::{self, Columns};
use crate::store::values;
use crate::{ArticleHead, FacetValue, Ledger, LedgerError, Problem};

/// An input that held an article, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppearanceHead {
    /// Name of the input.
    pub source: String,
    /// How its bytes were made into text.
    pub decoding: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Day of the last change that it tells of.
    pub modified: Option<Date>,
    /// When it was stored.
    pub added_at: Timestamp,
}

/// An article that is a copy or an update of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// The other.
    pub article: ArticleHead,
    /// Copy or update.
    pub kinship: Kinship,
    /// Whether the other was stored later.
    pub later: bool,
    /// Share of words in common, from 0 to 1.
    pub score: f32,
}

/// Which outlets and languages articles have, those of most articles first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleValues {
    /// Outlets.
    pub outlets: Vec<FacetValue>,
    /// BCP 47 tags.
    pub languages: Vec<FacetValue>,
}

impl Ledger {
    /// An article without its text.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn article_head(&self, id: &str) -> Result<Option<ArticleHead>, LedgerError> {
        let sql = format!("SELECT {} FROM article a JOIN extraction e ON e.article = a.key WHERE a.id = ?", row::HEAD);
        self.told(self.db.row(&sql, values![id], row::head))
    }

    /// The text of an article.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn article_text(&self, id: &str) -> Result<Option<String>, LedgerError> {
        self.told(self.db.value("SELECT text FROM article WHERE id = ?", values![id]))
    }

    /// The inputs in which an article was seen, the first first, at most `most`.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn appearances(&self, id: &str, most: usize) -> Result<Vec<AppearanceHead>, LedgerError> {
        let sql = "SELECT p.source, p.decoding, s.sha256, p.modified, p.added_at FROM appearance p JOIN snapshot s ON s.key = p.snapshot
                   WHERE p.article = (SELECT key FROM article WHERE id = ?) ORDER BY p.key LIMIT ?";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.told(self.db.rows(sql, values![id, most], |row| {
            let c = &mut Columns::of(row);
            Ok(AppearanceHead {
                source: c.get()?,
                decoding: c.get()?,
                sha256: c.get()?,
                modified: c.parse_some()?,
                added_at: c.parse()?,
            })
        }))
    }

    /// The articles that are copies or updates of this one, and those of which it is one; the closest first, at most `most`.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn relatives(&self, id: &str, most: usize) -> Result<Vec<Relative>, LedgerError> {
        let sql = format!(
            "SELECT k.kinship, k.later, k.score, {} FROM (
                 SELECT earlier AS other, kinship, score, FALSE AS later FROM kin WHERE article = ?1
                 UNION ALL SELECT article, kinship, score, TRUE FROM kin WHERE earlier = ?1) k
             JOIN article a ON a.key = k.other JOIN extraction e ON e.article = a.key
             ORDER BY k.score DESC, a.key LIMIT ?2",
            row::HEAD
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let read = || -> Result<Vec<Relative>, Problem> {
            let key: Option<i64> = self.db.value("SELECT key FROM article WHERE id = ?", values![id])?;
            self.db.rows(&sql, values![key, most], |row| {
                let c = &mut Columns::of(row);
                let (kinship, later, score) = (c.parse()?, c.get()?, c.get()?);
                Ok(Relative { kinship, later, score, article: row::head_in(c)? })
            })
        };
        self.told(read())
    }

    /// Which outlets and languages articles have.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn article_values(&self) -> Result<ArticleValues, LedgerError> {
        let values = |column: &str| -> Result<Vec<FacetValue>, Problem> {
            let sql = format!(
                "SELECT {column}, count(*) AS n FROM article WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1"
            );
            self.db.rows(&sql, &[], |row| Ok(FacetValue { value: row.get(0)?, count: row.get(1)? }))
        };
        let read = || Ok(ArticleValues { outlets: values("outlet")?, languages: values("language")? });
        self.told(read())
    }
}
