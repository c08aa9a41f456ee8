//! Ledgers in PostgreSQL for the tests, each in a schema of its own; `tests/it/store.rs` is its counterpart.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use pourparler_ledger::Ledger;

use crate::server::Server;

/// Whether the ledgers are SQLite files.
pub const IS_SQLITE: bool = false;

/// The server of this test run.
fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(Server::start)
}

/// A ledger in a schema of its own.
pub fn fresh() -> Ledger {
    Place::new().open()
}

/// A place for a ledger, where nothing is yet.
pub struct Place {
    /// What to open.
    pub name: String,
}

impl Place {
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let schema = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut client = postgres::Client::connect(&server().address(), postgres::NoTls).expect("connected");
        client.batch_execute(&format!("CREATE SCHEMA {schema}")).expect("made");
        Self { name: format!("{}?options=-csearch_path%3D{schema}", server().address()) }
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
        let mut client = postgres::Client::connect(&self.name, postgres::NoTls).expect("connected");
        client.batch_execute(sql).map_err(|e| e.to_string())
    }
}

/// A text as the database can hold it: without a NUL.
pub fn holdable(text: String) -> String {
    text.replace('\0', "").replace("\\u0000", "")
}
