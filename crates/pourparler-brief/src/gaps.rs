//! What the record does not cover, and where it is thin.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::words::counted;
use crate::{Brief, Cell, Cited, IssueLabel, Matrix, Source};

/// What is missing or weak. Lists of numbers are statements.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Gaps {
    /// The outlets read; a record of one outlet is one view.
    pub outlets: Vec<String>,
    /// Parties that have not spoken on issues that others raise.
    pub silences: Vec<Silence>,
    /// Groups of issues on which there is no statement.
    pub groups: Vec<String>,
    /// Statements of which no article tells when they were made.
    pub undated: Vec<usize>,
    /// Statements of speakers that are not named.
    pub unnamed: Vec<usize>,
    /// Statements that someone relayed.
    pub relayed: Vec<usize>,
    /// Statements whose speaker speaks for no known party.
    pub no_party: Vec<usize>,
    /// Statements that take up no issue.
    pub no_issue: Vec<usize>,
    /// Ids of articles in which no statement was found.
    pub empty: Vec<String>,
    /// Lines left out as page furniture.
    pub furniture: usize,
}

/// A party's silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// The party.
    pub party: String,
    /// Ids of the issues that others raise and it does not.
    pub issues: Vec<String>,
}

/// What is missing or weak in a record. The groups that `issues` name are held against the statements; `furniture` is how many lines
/// were left out of the articles.
#[must_use]
pub fn gaps(
    statements: &[Cited],
    matrix: &Matrix,
    sources: &[Source],
    issues: &[IssueLabel],
    furniture: usize,
) -> Gaps {
    let which = |test: fn(&Cited) -> bool| statements.iter().filter(|c| test(c)).map(|c| c.number).collect();
    let silent = |cells: &[Option<Cell>]| -> Vec<String> {
        let silent = matrix.issues.iter().zip(cells).filter(|(_, cell)| cell.is_none());
        silent.map(|(column, _)| column.id.clone()).collect()
    };
    let mut groups: Vec<String> = Vec::new();
    for label in issues.iter().filter(|l| !l.group.is_empty()) {
        let spoken =
            issues.iter().filter(|l| l.group == label.group).any(|l| statements.iter().any(|c| c.takes_up(&l.id)));
        if !spoken && !groups.contains(&label.group) {
            groups.push(label.group.clone());
        }
    }
    Gaps {
        outlets: sources.iter().filter_map(|s| s.outlet.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
        silences: matrix
            .rows
            .iter()
            .map(|row| Silence { party: row.party.clone(), issues: silent(&row.cells) })
            .filter(|s| !s.issues.is_empty())
            .collect(),
        groups,
        undated: which(|c| !c.is_dated()),
        unnamed: which(|c| !c.is_named()),
        relayed: which(Cited::is_relayed),
        no_party: which(|c| c.party().is_none()),
        no_issue: which(|c| c.entry.statement.positions.is_empty()),
        empty: sources.iter().filter(|s| s.statements == 0).map(|s| s.article.clone()).collect(),
        furniture,
    }
}

/// One line on what is not covered, with the statements that it speaks of.
pub(crate) struct GapLine {
    pub(crate) text: String,
    pub(crate) statements: Vec<usize>,
}

impl Brief {
    /// The gaps in sentences; of the silences those of the parties that speak most, `parties` of them.
    pub(crate) fn gap_lines(&self, parties: usize) -> Vec<GapLine> {
        let gaps = &self.gaps;
        let mut texts = vec![match gaps.outlets.as_slice() {
            [] => "No outlet is known.".to_owned(),
            [one] => format!("One outlet only: {one}."),
            several => format!("{} outlets: {}.", several.len(), several.join(", ")),
        }];
        for silence in gaps.silences.iter().take(parties) {
            let issues: Vec<_> = silence.issues.iter().map(|i| self.label(i)).collect();
            texts.push(format!("{} is silent on what others raise: {}.", silence.party, issues.join(", ")));
        }
        if !gaps.groups.is_empty() {
            texts.push(format!("No statement in this brief on: {}.", gaps.groups.join(", ")));
        }
        if !gaps.empty.is_empty() {
            texts.push(format!("No statement was found in {}.", counted(gaps.empty.len(), "article", "articles")));
        }
        texts.push(format!("Lines left out as page furniture: {}.", gaps.furniture));

        let all = self.statements.len();
        let shares = [
            ("by a speaker who is not named", &gaps.unnamed),
            ("relayed by someone else", &gaps.relayed),
            ("dated by publication only", &gaps.undated),
            ("for no known party", &gaps.no_party),
            ("on none of the issues", &gaps.no_issue),
        ];
        let lines = texts.into_iter().map(|text| GapLine { text, statements: Vec::new() });
        let shares = shares.into_iter().filter(|(_, numbers)| !numbers.is_empty()).map(|(what, numbers)| GapLine {
            text: format!("{} of {} {what}", numbers.len(), counted(all, "statement", "statements")),
            statements: numbers.clone(),
        });
        lines.chain(shares).collect()
    }
}
