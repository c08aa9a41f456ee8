//! Whether the ledger still holds what was put into it.

use pourparler_text::{Article, Entry, Statement, Text, names, sha256_hex};
use thiserror::Error;

use crate::add::beyond;
use crate::chain;
use crate::row;
use crate::store::{Damage, Row, Store, values};
use crate::{Ledger, LedgerError, Problem};

/// Something in the ledger that is not as it was put there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// The file itself is damaged.
    #[error("the file is damaged: {0}")]
    File(String),
    /// A row belongs to another that is not there.
    #[error("row {row} of `{table}` belongs to a row of `{parent}` that is not there")]
    Orphan {
        /// Table of the row.
        table: String,
        /// The row's key; 0 where its table has none.
        row: i64,
        /// Table of the row that is missing.
        parent: String,
    },
    /// The bytes of an input are not those that came in.
    #[error("the snapshot recorded as {recorded} hashes to {found}")]
    Snapshot {
        /// The hash when it came in.
        recorded: String,
        /// The hash now.
        found: String,
    },
    /// The text of an article is not the one that was frozen.
    #[error("the text of article `{article}`, recorded as {recorded}, hashes to {found}")]
    Text {
        /// Id of the article.
        article: String,
        /// The hash when it was added.
        recorded: String,
        /// The hash now.
        found: String,
    },
    /// A span of a statement is not inside the text.
    #[error(
        "article `{article}`, statement `{statement}`: {part} {span} is not inside the text of {length} code points"
    )]
    Span {
        /// Id of the article.
        article: String,
        /// Id of the statement.
        statement: String,
        /// `source`, `cue` or `content`.
        part: &'static str,
        /// The span, in code points.
        span: String,
        /// Length of the text, in code points.
        length: usize,
    },
    /// What is recorded of a statement is not what its text, its names or its dates give.
    #[error("article `{article}`, statement `{statement}`: {column} is {recorded:?} and should be {found:?}")]
    Differs {
        /// Id of the article.
        article: String,
        /// Id of the statement.
        statement: String,
        /// Which column.
        column: &'static str,
        /// What is recorded.
        recorded: Option<String>,
        /// What the ground gives.
        found: Option<String>,
    },
    /// An entry of the log is not as it was made.
    #[error("entry {number} of the log: {what}")]
    Log {
        /// Number of the entry.
        number: i64,
        /// What is wrong with it.
        what: String,
    },
    /// A row came in past the log.
    #[error("row {row} of `{table}` came in past the log")]
    Unlogged {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: i64,
    },
    /// A row is not what the log says of it.
    #[error("row {row} of `{table}` is not what entry {number} of the log says")]
    Altered {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: i64,
        /// The entry.
        number: i64,
    },
    /// A row that the log tells of is gone.
    #[error("row {row} of `{table}`, which entry {number} of the log tells of, is gone")]
    Gone {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: i64,
        /// The entry.
        number: i64,
    },
    /// What is made anew from the log is not what is there.
    #[error("`{table}`, row {row} where {piece}: made anew from the log it is another")]
    NotRebuilt {
        /// The table.
        table: &'static str,
        /// Which part of it, in SQL.
        piece: String,
        /// Which row of that part, from 1 on.
        row: usize,
    },
    /// A value is not of the vocabulary.
    #[error("article `{article}`{}: {detail}", .statement.as_ref().map_or(String::new(), |s| format!(", statement `{s}`")))]
    Unreadable {
        /// Id of the article.
        article: String,
        /// Id of the statement, where it is a statement's value.
        statement: Option<String>,
        /// The column, and what is wrong with its value.
        detail: String,
    },
}

impl Ledger {
    /// Everything that is not as it was put there: in the file, the hashes of snapshots and texts, the spans of
    /// statements and the words under them, the log and whatever it tells of. Where the file itself is damaged, only that is told.
    ///
    /// # Errors
    /// Where the ledger fails before it can be looked through.
    pub fn verify(&self) -> Result<Vec<Fault>, LedgerError> {
        self.told(self.db.view(|view| {
            let mut faults: Vec<Fault> = view.damage()?.into_iter().map(Fault::from).collect();
            if !faults.iter().any(|fault| matches!(fault, Fault::File(_))) {
                snapshots(view, &mut faults)?;
                articles(view, &mut faults)?;
                chain::check(view, &mut faults)?;
            }
            Ok(faults)
        }))
    }
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Said(what) => Self::File(what),
            Damage::Orphan(table, row, parent) => Self::Orphan { table, row, parent },
        }
    }
}

fn snapshots(db: &dyn Store, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    // One at a time: what came in may be large.
    let keys: Vec<i64> = db.rows("SELECT key FROM snapshot ORDER BY key", &[], |row| row.get(0))?;
    for key in keys {
        db.each("SELECT sha256, bytes FROM snapshot WHERE key = ?", values![key], |row| {
            let recorded: String = row.get(0)?;
            let found = sha256_hex(&row.get::<Vec<u8>>(1)?);
            if found != recorded {
                faults.push(Fault::Snapshot { recorded, found });
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn articles(db: &dyn Store, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let keys: Vec<i64> = db.rows("SELECT key FROM article ORDER BY key", &[], |row| row.get(0))?;
    let sql = format!("SELECT {}, text_sha256 FROM article WHERE key = ?", row::ARTICLE);
    for key in keys {
        db.each(&sql, values![key], |row| {
            let article = match row::article(row) {
                Ok(article) => article,
                Err(Problem::Unreadable(detail)) => {
                    faults.push(Fault::Unreadable { article: row.get(0)?, statement: None, detail });
                    return Ok(());
                }
                Err(problem) => return Err(problem),
            };
            let (recorded, found): (String, _) = (row.get(row.len() - 1)?, article.text.sha256());
            if recorded != found {
                faults.push(Fault::Text { article: article.id.clone(), recorded, found });
            }
            statements(db, key, &article, faults)
        })?;
    }
    Ok(())
}

fn statements(db: &dyn Store, key: i64, article: &Article, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let length = article.text.as_str().chars().count();
    let sql = format!(
        "SELECT {}, {}, s.speaker_key, s.party_key, s.day FROM statement s JOIN article a ON a.key = s.article
         WHERE s.article = ? ORDER BY s.ordinal",
        row::statement_columns(db.dialect()),
        row::ENTRY,
    );
    db.each(&sql, values![key], |row| match row::entry(row) {
        Ok(entry) => statement(row, &entry, &article.text, length, faults),
        Err(Problem::Unreadable(detail)) => {
            let statement = Some(row.get(0)?);
            faults.push(Fault::Unreadable { article: article.id.clone(), statement, detail });
            Ok(())
        }
        Err(problem) => Err(problem),
    })
}

/// Holds one statement against its text, and what is recorded for filters against the statement.
fn statement(row: &Row, entry: &Entry, text: &Text, length: usize, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let s = &entry.statement;
    let (article, id) = (&entry.article, &s.id);
    if let Some((part, span)) = beyond(s, length) {
        let (article, statement, span) = (article.clone(), id.clone(), format!("{span:?}"));
        faults.push(Fault::Span { article, statement, part, span, length });
        return Ok(());
    }
    let words = Statement::words_at(&s.content, text);
    // What filters compare comes last.
    let last = row.len();
    for (column, recorded, found) in [
        ("content", Some(entry.content.clone()), Some(words)),
        ("speaker_key", row.get(last - 3)?, s.speaker.name.as_deref().map(names::key)),
        ("party_key", row.get(last - 2)?, s.speaker.party.as_deref().map(names::key)),
        ("day", row.get(last - 1)?, entry.day().map(|day| day.to_string())),
    ] {
        if recorded != found {
            let (article, statement) = (article.clone(), id.clone());
            faults.push(Fault::Differs { article, statement, column, recorded, found });
        }
    }
    Ok(())
}
