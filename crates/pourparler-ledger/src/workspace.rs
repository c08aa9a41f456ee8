//! What a workspace asks besides the record: whether the record changed, and what a reader has seen of it.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use crate::{Ledger, LedgerError, Problem};

impl Ledger {
    /// A number that grows with every change of the record, by whichever program: articles and where they appeared, statements and
    /// rounds, decisions about both statements and actors, and which articles are copies. What is remembered of feeds, inputs and
    /// readers leaves it alone. Asked before something is made from the record, it tells later whether that still holds.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn version(&self) -> Result<i64, LedgerError> {
        let read = || -> Result<i64, Problem> {
            let sql = "SELECT version FROM record_version";
            Ok(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        self.told(read())
    }

    /// A number that is another one after any change by another connection, in this program or another, also of what is remembered of
    /// feeds and readers.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn touched(&self) -> Result<i64, LedgerError> {
        let touched = self.db.pragma_query_value(None, "data_version", |row| row.get(0));
        self.told(touched.map_err(Problem::from))
    }

    /// Up to when a reader has seen what came in; `None` where they never said so.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn looked(&self, reader: &str) -> Result<Option<Timestamp>, LedgerError> {
        let read = || -> Result<Option<Timestamp>, Problem> {
            let sql = "SELECT at FROM looked WHERE reader = ?";
            let at: Option<String> = self.db.prepare_cached(sql)?.query_row([reader], |row| row.get(0)).optional()?;
            at.map(|at| at.parse()).transpose().map_err(|e| Problem::Unreadable(format!("at: {e}")))
        };
        self.told(read())
    }

    /// Keeps that a reader has seen what came in up to an instant.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn set_looked(&mut self, reader: &str, at: Timestamp) -> Result<(), LedgerError> {
        let sql = "INSERT INTO looked (reader, at) VALUES (?1, ?2) ON CONFLICT (reader) DO UPDATE SET at = ?2";
        let done = self.db.execute(sql, [reader, &at.to_string()]);
        self.told(done.map(drop).map_err(Problem::from))
    }

    /// Forgets that a reader ever looked, which undoes the first time that they said so.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn forget_looked(&mut self, reader: &str) -> Result<(), LedgerError> {
        let done = self.db.execute("DELETE FROM looked WHERE reader = ?", [reader]);
        self.told(done.map(drop).map_err(Problem::from))
    }
}
