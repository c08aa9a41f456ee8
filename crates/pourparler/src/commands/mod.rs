//! One module a command.

pub mod actors;
pub mod add;
mod archive;
pub mod ask;
pub mod brief;
pub mod completions;
pub mod copies;
pub mod dossier;
pub mod eval;
pub mod export;
pub mod import;
pub mod keeping;
pub mod man;
pub mod mcp;
pub mod people;
pub mod positions;
pub mod read;
pub mod reextract;
pub mod review;
pub mod serve;
pub mod statements;
pub mod verify;
pub mod watch;

/// How a command ended, where it ended as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// There was nothing to find, or a check found faults.
    NothingFound,
    /// Some inputs could not be read; they were named on standard error.
    SomeFailed,
}

/// A mistake in what the user gave: exit code 2.
#[derive(Debug)]
pub struct Usage(pub String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// No statement is called so.
fn unknown_statement(name: &str) -> Usage {
    Usage(format!("no statement is called `{name}`; `pourparler statements` shows their names"))
}
