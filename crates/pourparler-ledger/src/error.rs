//! What can go wrong with a ledger, in words that say what to do about it.

use std::path::PathBuf;

use thiserror::Error;

/// A failure, with the ledger that it happened to. Nothing of the failed call was stored.
#[derive(Debug, Error)]
#[error("{}: {problem}", ledger.display())]
pub struct LedgerError {
    /// File of the ledger, or its address.
    pub ledger: PathBuf,
    /// What went wrong.
    pub problem: Problem,
}

/// What went wrong. [`Problem::is_of_input`] tells the article's faults from the ledger's.
#[derive(Debug, Error)]
pub enum Problem {
    /// There is no such file.
    #[error("there is no ledger here; `pourparler add` makes one")]
    Missing,
    /// The file can be neither opened nor made.
    #[error("cannot be opened: {0}; check that the folder exists and that you may read and write in it")]
    CannotOpen(String),
    /// The file is no SQLite database; it was left as it is.
    #[error(
        "this file is no ledger, or it is encrypted and POURPARLER_KEY_FILE does not name the file with its key, or its beginning is \
         destroyed; it was left as it is"
    )]
    NotSqlite,
    /// The file is a database of some other program; it was left as it is.
    #[error("this is another program's database (application id {application_id:#010x}); it was left as it is")]
    Foreign {
        /// The other program's mark; 0 where it has none.
        application_id: i32,
    },
    /// The ledger was written by a newer version of this program.
    #[error("the ledger has format {found}, this program knows up to {known}; use a newer pourparler")]
    Newer {
        /// Format of the ledger.
        found: i64,
        /// Newest format that this program knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("the ledger is damaged: {0}; restore it from a copy, `pourparler verify` tells what is affected")]
    Damaged(String),
    /// A stored value is not of the vocabulary.
    #[error("the ledger holds something that cannot be read: {0}; `pourparler verify` tells where")]
    Unreadable(String),
    /// Another program kept the ledger locked for longer than this one waits.
    #[error("the ledger is in use by another program; try again when it has finished")]
    Locked,
    /// The file with the key of a ledger gives none.
    #[error("no key is in this file: {0}")]
    NoKey(String),
    /// The server of a ledger does not answer, or went away.
    #[error("the database server cannot be reached: {0}; what was not finished is undone, try again when it runs")]
    Unreachable(String),
    /// No room is left to write.
    #[error("no room is left where the ledger is; free some and do the same again")]
    DiskFull,
    /// The ledger may be read but not written.
    #[error("the ledger cannot be written: make the file and its folder writable, or copy it")]
    ReadOnly,
    /// The article's id already stands for another text.
    #[error("the id `{id}` already stands for another text here; give this article another id")]
    IdTaken {
        /// The id.
        id: String,
    },
    /// No article has this id.
    #[error("there is no article `{id}` here; add it first")]
    UnknownArticle {
        /// The id.
        id: String,
    },
    /// An article has no statement of this id.
    #[error("there is no statement `{article}/{statement}` (any longer)")]
    UnknownStatement {
        /// Id of the article.
        article: String,
        /// Id of the statement.
        statement: String,
    },
    /// No comment that stands has this number.
    #[error("there is no comment {number} that stands; it may have been withdrawn")]
    NoComment {
        /// The number.
        number: i64,
    },
    /// A comment is somebody else's.
    #[error("comment {number} is {author}'s, and only they may withdraw it")]
    OthersComment {
        /// Its number.
        number: i64,
        /// Who wrote it.
        author: String,
    },
    /// What was to be settled is no longer what reviewers differ in.
    #[error(
        "these are no longer the decisions that differ here: somebody decided in the meantime, or settled it; look again"
    )]
    Overtaken,
    /// An article is not assigned to somebody.
    #[error("article `{article}` is not assigned to {reviewer} (any longer)")]
    NotAssigned {
        /// Id of the article.
        article: String,
        /// Who does not have to read it.
        reviewer: String,
    },
    /// What was given cannot be kept; the words say why.
    #[error("{0}")]
    Unsuited(String),
    /// A text holds a character that this database cannot.
    #[error(
        "PostgreSQL cannot hold the character U+0000, which is in this text; take it out, or keep the record in a SQLite file"
    )]
    HoldsNul,
    /// The text was erased, and is not to come in again.
    #[error("the text of article `{id}` was erased on {erased_at} ({because}) and does not come in again")]
    Erased {
        /// The id that it had.
        id: String,
        /// When, RFC 3339 in UTC.
        erased_at: String,
        /// Why.
        because: String,
    },
    /// A ledger that was to be empty is not.
    #[error("something is in this ledger already, and it was left as it is; name one that is empty or not there yet")]
    NotEmpty,
    /// What was copied is not what arrived.
    #[error("row {row} of `{table}` did not arrive as it was; nothing was copied")]
    CopyDiffers {
        /// The table.
        table: &'static str,
        /// Which of its rows, from 1 on.
        row: usize,
    },
    /// No decision that holds has this number.
    #[error("there is no decision {number} that holds; `pourparler review --log` lists them")]
    NoReview {
        /// The number.
        number: i64,
    },
    /// A statement does not fit its article.
    #[error("statement `{statement}` of article `{article}` does not fit: {detail}")]
    Unfit {
        /// Id of the article.
        article: String,
        /// Id of the statement.
        statement: String,
        /// What does not fit.
        detail: String,
    },
    /// No decision about actors has this number, or it is undone already.
    #[error("no decision {number} is there to undo; `pourparler actors log` lists them")]
    NoDecision {
        /// The number.
        number: i64,
    },
    /// Anything else that the database says.
    #[error("the database failed: {0}")]
    Database(String),
}

impl Problem {
    /// Whether the article that was given is at fault, so that others can still be added, and not the ledger.
    #[must_use]
    pub fn is_of_input(&self) -> bool {
        matches!(
            self,
            Self::IdTaken { .. }
                | Self::UnknownArticle { .. }
                | Self::Unfit { .. }
                | Self::Erased { .. }
                | Self::HoldsNul
        )
    }
}

#[cfg(test)]
mod tests {
    use pourparler_text::{Article, ArticleStatements};

    use super::*;
    use crate::{Added, Ledger, Origin};

    fn add(ledger: &mut Ledger, text: &str) -> Result<Added, LedgerError> {
        let origin =
            Origin { snapshot: text.as_bytes(), source: "wire/1.txt", decoding: "text, utf-8", ..Origin::default() };
        let read = ArticleStatements::new(Article::from_text(text), Vec::new());
        ledger.add(&origin, &read, "model 1")
    }

    /// What hinders writing has a name, leaves the ledger as it was, and when it is gone writing goes on.
    #[test]
    fn what_hinders_writing_is_told_apart() {
        type Fits = fn(&Problem) -> bool;
        // What this connection is told, what another one is, and what takes it back.
        let cases: [([&str; 2], [&str; 2], Fits); 3] = [
            (["", "BEGIN IMMEDIATE"], ["", "ROLLBACK"], |p| matches!(p, Problem::Locked)),
            (["PRAGMA max_page_count = 1", ""], ["PRAGMA max_page_count = 100000", ""], |p| {
                matches!(p, Problem::DiskFull)
            }),
            (["PRAGMA query_only = on", ""], ["PRAGMA query_only = off", ""], |p| matches!(p, Problem::ReadOnly)),
        ];
        for (hinder, stop, fits) in cases {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("talks.db");
            let mut ledger = Ledger::open(&path).expect("a ledger");
            ledger.db.batch("PRAGMA busy_timeout = 0").expect("set");
            let other = rusqlite::Connection::open(&path).expect("opened");
            let tell = |ledger: &Ledger, [own, others]: [&str; 2]| {
                ledger.db.batch(own).expect("done");
                other.execute_batch(others).expect("done");
            };
            add(&mut ledger, "small").expect("added");
            let large = "The talks went on. ".repeat(50_000);
            tell(&ledger, hinder);
            let error = add(&mut ledger, &large).expect_err("hindered");
            assert!(fits(&error.problem) && !error.problem.is_of_input(), "{error}");
            assert_eq!(ledger.counts().expect("counts").articles, 1);
            tell(&ledger, stop);
            assert_eq!(add(&mut ledger, &large).expect("added"), Added::New);
            assert_eq!(ledger.verify().expect("looked"), []);
        }
    }
}
