//! What can go wrong with a file of another program's form, in words that say what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A failure, with the file or folder that it happened to.
#[derive(Debug, Error)]
#[error("{}: {problem}", file.display())]
pub struct ExchangeError {
    /// The file or folder.
    pub file: PathBuf,
    /// What went wrong.
    pub problem: Problem,
}

/// What went wrong.
#[derive(Debug, Error)]
pub enum Problem {
    /// It cannot be read or written.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Something stands where the export should go, and it was left as it is.
    #[error("is there already and was left as it is; name another place or take it away")]
    Taken,
    /// What was to be imported is not what it should be.
    #[error("{0}")]
    Damaged(String),
    /// SQLite failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// JSON could not be written or read.
    #[error("JSON failed: {0}")]
    Json(#[from] serde_json::Error),
}

impl ExchangeError {
    /// Names the file of a problem.
    #[must_use]
    pub fn new(file: &Path, problem: impl Into<Problem>) -> Self {
        Self { file: file.to_owned(), problem: problem.into() }
    }

    /// What kind of failure of reading or writing it is, where it is one.
    #[must_use]
    pub fn io_error_kind(&self) -> Option<io::ErrorKind> {
        match &self.problem {
            Problem::Io(error) => Some(error.kind()),
            Problem::Json(error) => error.io_error_kind(),
            _ => None,
        }
    }
}
