//! Why a call is not answered, in words that say what to do about it.

use pourparler_ledger::LedgerError;
use thiserror::Error;

/// Why a call is not answered: told to the assistant, which can correct its call.
#[derive(Debug, Error)]
pub enum Refusal {
    /// An argument cannot be used.
    #[error("{argument}: {problem}")]
    Argument {
        /// Its name.
        argument: &'static str,
        /// What is wrong with it and what to do.
        problem: String,
    },
    /// The arguments are not those of the tool.
    #[error("{0}")]
    Arguments(String),
    /// The ledger is at fault.
    #[error("the ledger cannot be asked: {0}")]
    Ledger(#[from] LedgerError),
}

impl Refusal {
    /// That an argument cannot be used.
    pub fn of(argument: &'static str, problem: impl Into<String>) -> Self {
        Self::Argument { argument, problem: problem.into() }
    }
}
