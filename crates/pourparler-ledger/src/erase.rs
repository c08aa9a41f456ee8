//! Erasing an article with its traces, where the law asks for it.

use serde_json::json;

use crate::store::{Dialect, Store, values};
use crate::{Ledger, LedgerError, Problem, log, review, tables};

/// What went with an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// SHA-256 of its text, which stays in the tombstone.
    pub text_sha256: String,
    /// Statements.
    pub statements: usize,
    /// Decisions about them.
    pub reviews: usize,
    /// Inputs that held nothing else.
    pub snapshots: usize,
    /// Whether nothing of it is left on the disk: not while another program still reads a SQLite file as it was before, and not where
    /// PostgreSQL keeps what is deleted until its next `VACUUM FULL`.
    pub overwritten: bool,
}

/// What belongs to an article besides what goes with it by itself, by the column that names it.
const BELONGING: &[&str] = &["comment", "settlement", "assignment", "review", "appearance", "extraction", "compared"];

impl Ledger {
    /// Erases an article: its text, the inputs that held nothing else, its statements, the decisions about them and all that the log
    /// says of them. A tombstone stays, with the article's id, the hash of its text and the reason; the same text does not come in
    /// again. In a SQLite file what is erased is overwritten. Copies that were made of the ledger are not reached.
    ///
    /// # Errors
    /// [`Problem::UnknownArticle`], or where the ledger fails.
    pub fn erase(&mut self, article: &str, because: &str) -> Result<Erased, LedgerError> {
        let mut erased = self.told(self.db.write(|tx| erase(tx, article, because, &self.actor)))?;
        if self.db.dialect() == Dialect::Sqlite {
            // What was there is still in the free places of the file, and in its write-ahead log until that is cut.
            self.told(self.db.batch("VACUUM"))?;
            let busy: Option<i64> = self.told(self.db.value("PRAGMA wal_checkpoint(TRUNCATE)", &[]))?;
            erased.overwritten = busy == Some(0);
        }
        Ok(erased)
    }
}

fn erase(tx: &dyn Store, id: &str, because: &str, actor: &str) -> Result<Erased, Problem> {
    let key = review::article_key(tx, id)?;
    let text_sha256: String = tx.one("SELECT text_sha256 FROM article WHERE key = ?", values![key])?;
    let url: Option<String> = tx.one("SELECT url FROM article WHERE key = ?", values![key])?;
    let statements = tx.one("SELECT count(*) FROM statement WHERE article = ?", values![key])?;
    let reviews = tx.one("SELECT count(*) FROM review WHERE article = ?", values![key])?;
    let own = "SELECT snapshot FROM appearance GROUP BY snapshot HAVING min(article) = ?1 AND max(article) = ?1";
    let own: Vec<i64> = tx.rows(own, values![key], |row| row.get(0))?;
    // From here on the log lets go of what it says of this article.
    tx.execute(
        "INSERT INTO tombstone (article, id, text_sha256, erased_at, because) VALUES (?, ?, ?, ?, ?)",
        values![key, id, text_sha256, log::now(tx)?, because],
    )?;
    for table in BELONGING {
        tx.execute(&format!("DELETE FROM {table} WHERE article = ?"), values![key])?;
    }
    tx.execute("DELETE FROM article WHERE key = ?", values![key])?;
    for snapshot in &own {
        tx.execute("DELETE FROM snapshot WHERE key = ?", values![snapshot])?;
    }
    if let Some(url) = url {
        tx.execute("UPDATE watched_entry SET link = NULL WHERE link = ?", values![url])?;
    }
    tx.execute("UPDATE event SET before = NULL, after = NULL WHERE article = ?", values![key])?;
    let after = json!({ "tombstone": tables::logged_row(tx, "tombstone", key)? });
    log::record(tx, actor, "erase", &format!("article {id}"), None, Some(&after))?;
    Ok(Erased { text_sha256, statements, reviews, snapshots: own.len(), overwritten: false })
}
