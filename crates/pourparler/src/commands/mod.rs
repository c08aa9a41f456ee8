//! One module a command.

pub mod actors;
pub mod add;
pub mod ask;
pub mod brief;
pub mod copies;
pub mod dossier;
pub mod eval;
pub mod positions;
pub mod read;
pub mod reextract;
pub mod review;
pub mod statements;
pub mod verify;
pub mod watch;

use pourparler_brief::IssueLabel;
use pourparler_dossier::Dossier;

/// The dossier's issues, under the first words of their labels.
pub fn labels(dossier: &Dossier) -> Vec<IssueLabel> {
    dossier
        .issues
        .iter()
        .map(|issue| IssueLabel {
            id: issue.id.clone(),
            label: issue.label.split([',', ':']).next().unwrap_or_default().trim().to_owned(),
            group: issue.group.clone(),
        })
        .collect()
}

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
