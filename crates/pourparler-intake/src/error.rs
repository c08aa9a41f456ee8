//! What can go wrong with the whole of the work. What is wrong with one input is no error: it is told, and the others go on.

use std::io;
use std::path::PathBuf;

use pourparler_extract::TaggerError;
use pourparler_ledger::{LedgerError, Problem};
use thiserror::Error;

/// A failure that ends the work. What was stored by then stays.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The ledger fails.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The model fails.
    #[error(transparent)]
    Model(#[from] TaggerError),
    /// The system gives no threads.
    #[error("no threads to work with: {0}")]
    Threads(String),
    /// A list of inputs cannot be read.
    #[error("{}: the list of inputs: {error}", path.display())]
    List {
        /// File of the list.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
}

impl IntakeError {
    /// Whether it may be over in a while: the ledger is kept busy by others, or the disk is full.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Ledger(e) if matches!(e.problem, Problem::Locked | Problem::DiskFull | Problem::Unreachable(_)))
    }
}

/// Why an input could not be opened; the message does not name it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Unopened {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] io::Error),
    /// The address cannot be fetched.
    #[error(transparent)]
    Address(#[from] pourparler_fetch::Problem),
}
