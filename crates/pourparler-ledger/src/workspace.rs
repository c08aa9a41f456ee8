//! What a workspace asks besides the record: whether the record changed, and what a reader has seen of it.

use jiff::Timestamp;

use crate::store::values;
use crate::{Ledger, LedgerError, Problem};

impl Ledger {
    /// A number that grows with every change of the record, by whichever program: articles and where they appeared, statements and
    /// rounds, decisions about both statements and actors, and which articles are copies. What is remembered of feeds, inputs and
    /// readers leaves it alone. Asked before something is made from the record, it tells later whether that still holds.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn version(&self) -> Result<i64, LedgerError> {
        self.told(self.db.one("SELECT version FROM record_version", &[]))
    }

    /// A number that is another one after any change by another connection, in this program or another, also of what is remembered of
    /// feeds and readers.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn touched(&self) -> Result<i64, LedgerError> {
        self.told(self.db.touched())
    }

    /// Up to when a reader has seen what came in; `None` where they never said so.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn looked(&self, reader: &str) -> Result<Option<Timestamp>, LedgerError> {
        let read = || -> Result<Option<Timestamp>, Problem> {
            let at: Option<String> = self.db.value("SELECT at FROM looked WHERE reader = ?", values![reader])?;
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
        self.told(self.db.execute(sql, values![reader, at.to_string()]).map(drop))
    }

    /// Forgets that a reader ever looked, which undoes the first time that they said so.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn forget_looked(&mut self, reader: &str) -> Result<(), LedgerError> {
        self.told(self.db.execute("DELETE FROM looked WHERE reader = ?", values![reader]).map(drop))
    }
}
