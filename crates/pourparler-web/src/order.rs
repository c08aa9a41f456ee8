//! In which order parties and issues stand on pages: the same on every day, so that nothing jumps about while days go by.

use std::collections::{HashMap, HashSet};

use pourparler_brief::{IssueLabel, Row};

use crate::talks::Talks;
use crate::view::View;

/// The parties with their rows of the whole record's matrix: the sides of the dossier first, be they heard or not, then the others, the
/// one with most statements first.
pub fn rows<'a>(view: &'a View, talks: &'a Talks) -> Vec<(&'a str, Option<&'a Row>)> {
    let rows: HashMap<&str, &Row> = view.matrix.rows.iter().map(|row| (row.party.as_str(), row)).collect();
    let sides = talks.dossier.sides.iter().map(|side| side.name.as_str());
    let known: HashSet<&str> = sides.clone().collect();
    let others = view.matrix.rows.iter().filter(|row| !known.contains(row.party.as_str()));
    let sides = sides.map(|side| (side, rows.get(side).copied()));
    sides.chain(others.map(|row| (row.party.as_str(), Some(row)))).collect()
}

/// The parties, in the same order.
pub fn parties<'a>(view: &'a View, talks: &'a Talks) -> Vec<&'a str> {
    rows(view, talks).into_iter().map(|(party, _)| party).collect()
}

/// Whether a party is a side of the talks.
pub fn is_side(talks: &Talks, party: &str) -> bool {
    talks.dossier.sides.iter().any(|side| side.name == party)
}

/// The issues that are taken up, the one with most statements first; of one group where one is named.
pub fn issues<'a>(view: &'a View, talks: &Talks, of: Option<&str>) -> Vec<&'a str> {
    let all = view.matrix.issues.iter().map(|column| column.id.as_str());
    all.filter(|issue| of.is_none_or(|of| group(talks, issue) == of)).collect()
}

/// The group that an issue belongs to; empty where it has none.
pub fn group<'a>(talks: &'a Talks, issue: &str) -> &'a str {
    IssueLabel::group_in(&talks.issues, issue)
}

/// The groups of the issues that are taken up, in the order in which issues first fall into them.
pub fn groups<'a>(talks: &'a Talks, issues: &[&str]) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    issues.iter().map(|issue| group(talks, issue)).filter(|group| seen.insert(*group)).collect()
}
