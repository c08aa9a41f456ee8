//! Ledgers in SQLite for the tests; `tests/postgres/store.rs` is its counterpart.

use pourparler_ledger::Ledger;
use tempfile::TempDir;

/// Whether the ledgers are SQLite files.
pub const IS_SQLITE: bool = true;

/// A ledger that lasts as long as this value.
pub fn fresh() -> Ledger {
    Ledger::in_memory().expect("a ledger")
}

/// A place for a ledger, where nothing is yet.
pub struct Place {
    _folder: TempDir,
    /// What to open.
    pub name: String,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let name = folder.path().join("talks.db").to_str().expect("a name").to_owned();
        Self { _folder: folder, name }
    }

    /// Opens the ledger, or makes it.
    pub fn open(&self) -> Ledger {
        Ledger::open(&self.name).expect("a ledger")
    }

    /// Does something behind the ledger's back.
    pub fn tamper(&self, sql: &str) {
        self.try_to_tamper(sql).expect(sql);
    }

    /// The same where it may be refused.
    pub fn try_to_tamper(&self, sql: &str) -> Result<(), String> {
        rusqlite::Connection::open(&self.name).and_then(|db| db.execute_batch(sql)).map_err(|e| e.to_string())
    }
}

/// A text as the database can hold it: as it is.
pub fn holdable(text: String) -> String {
    text
}
