//! Whether the ledger still holds what was put into it.

use pourparler_text::{Article, Entry, Statement, Text, names, sha256_hex};
use rusqlite::{Connection, Row};
use thiserror::Error;

use crate::add::beyond;
use crate::row;
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
    /// statements and the words under them. Where the file itself is damaged, only that is told.
    ///
    /// # Errors
    /// Where the ledger fails before it can be looked through.
    pub fn verify(&self) -> Result<Vec<Fault>, LedgerError> {
        let look = || {
            let view = self.db.unchecked_transaction()?;
            let mut faults = file(&view)?;
            if faults.is_empty() {
                orphans(&view, &mut faults)?;
                snapshots(&view, &mut faults)?;
                articles(&view, &mut faults)?;
            }
            Ok(faults)
        };
        self.told(look())
    }
}

fn file(db: &Connection) -> Result<Vec<Fault>, Problem> {
    let mut check = db.prepare("PRAGMA integrity_check")?;
    let said = check.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(said.into_iter().filter(|line| line != "ok").map(Fault::File).collect())
}

fn orphans(db: &Connection, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let mut check = db.prepare("PRAGMA foreign_key_check")?;
    let found = check.query_map([], |row| {
        let key: Option<i64> = row.get(1)?;
        Ok(Fault::Orphan { table: row.get(0)?, row: key.unwrap_or(0), parent: row.get(2)? })
    })?;
    for fault in found {
        faults.push(fault?);
    }
    Ok(())
}

fn snapshots(db: &Connection, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let mut select = db.prepare("SELECT sha256, bytes FROM snapshot ORDER BY key")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let recorded: String = row.get(0)?;
        let found = sha256_hex(row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?);
        if found != recorded {
            faults.push(Fault::Snapshot { recorded, found });
        }
    }
    Ok(())
}

fn articles(db: &Connection, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let mut select = db.prepare(&format!("SELECT {}, text_sha256, key FROM article ORDER BY key", row::ARTICLE))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let article = match row::article(row) {
            Ok(article) => article,
            Err(Problem::Unreadable(detail)) => {
                faults.push(Fault::Unreadable { article: row.get("id")?, statement: None, detail });
                continue;
            }
            Err(problem) => return Err(problem),
        };
        let (recorded, found): (String, _) = (row.get("text_sha256")?, article.text.sha256());
        if recorded != found {
            faults.push(Fault::Text { article: article.id.clone(), recorded, found });
        }
        statements(db, row.get("key")?, &article, faults)?;
    }
    Ok(())
}

fn statements(db: &Connection, key: i64, article: &Article, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let length = article.text.as_str().chars().count();
    let mut select = db.prepare_cached(&format!(
        "SELECT {}, {}, s.speaker_key, s.party_key, s.day FROM statement s JOIN article a ON a.key = s.article
         WHERE s.article = ? ORDER BY s.ordinal",
        row::STATEMENT,
        row::ENTRY,
    ))?;
    let mut rows = select.query([key])?;
    while let Some(row) = rows.next()? {
        match row::entry(row) {
            Ok(entry) => statement(row, &entry, &article.text, length, faults)?,
            Err(Problem::Unreadable(detail)) => {
                let statement = Some(row.get("id")?);
                faults.push(Fault::Unreadable { article: article.id.clone(), statement, detail });
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
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
    for (column, recorded, found) in [
        ("content", Some(entry.content.clone()), Some(words)),
        ("speaker_key", row.get("speaker_key")?, s.speaker.name.as_deref().map(names::key)),
        ("party_key", row.get("party_key")?, s.speaker.party.as_deref().map(names::key)),
        ("day", row.get("day")?, entry.day().map(|day| day.to_string())),
    ] {
        if recorded != found {
            let (article, statement) = (article.clone(), id.clone());
            faults.push(Fault::Differs { article, statement, column, recorded, found });
        }
    }
    Ok(())
}
