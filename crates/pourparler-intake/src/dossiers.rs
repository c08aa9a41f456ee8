//! The dossier that inputs are read with: the built-in one, the user's, and what people decided in a ledger.

use std::io;
use std::path::{Path, PathBuf};

use pourparler_dossier::{Dossier, DossierError};
use pourparler_ledger::{Ledger, LedgerError};
use thiserror::Error;

/// A dossier that cannot be used: a mistake in what the user gave.
#[derive(Debug, Error)]
#[error("{}: {problem}", path.display())]
pub struct DossierFault {
    /// Where it should be.
    pub path: PathBuf,
    /// What is wrong.
    pub problem: DossierProblem,
}

/// What is wrong with a dossier.
#[derive(Debug, Error)]
pub enum DossierProblem {
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(io::Error),
    /// The file is no dossier.
    #[error("{0}")]
    Wrong(DossierError),
}

/// The built-in dossier, with the user's added to it: a file, or a topic that the program has a dossier of.
///
/// # Errors
/// Where the file cannot be read or is no dossier.
pub fn dossier(path: Option<&Path>) -> Result<Dossier, DossierFault> {
    let general = Dossier::general();
    let Some(path) = path else { return Ok(general) };
    let fault = |problem| DossierFault { path: path.to_owned(), problem };
    // A file of that name comes first, so that whoever has one called `trade` gets it.
    let built_in = path.to_str().and_then(Dossier::built_in).filter(|_| !path.exists());
    let text = match built_in {
        Some(text) => text.to_owned(),
        None => std::fs::read_to_string(path).map_err(|e| fault(DossierProblem::Unreadable(e)))?,
    };
    let own = Dossier::parse(&text).map_err(|e| fault(DossierProblem::Wrong(e)))?;
    Ok(general.extended_by(own))
}

/// So many decisions about issues are learnt from.
const LEARNT: usize = 500;

/// Gives a dossier what people decided in a ledger: statements that they put under an issue are examples of it from now on.
///
/// # Errors
/// Where the ledger fails.
pub fn learn(dossier: &mut Dossier, ledger: &Ledger) -> Result<(), LedgerError> {
    for (id, words) in ledger.decided_issues(LEARNT)? {
        if let Some(issue) = dossier.issues.iter_mut().find(|i| i.id == id)
            && !issue.examples.contains(&words)
        {
            issue.examples.push(words);
        }
    }
    Ok(())
}
