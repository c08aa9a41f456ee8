//! Where each party stands on each issue on a day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use pourparler_text::Stance;
use serde::Serialize;

use crate::Cited;

/// Parties by issues.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// The day as of which it holds; `None` for the whole record.
    pub on: Option<Date>,
    /// The issues, the one with most statements first.
    pub issues: Vec<Column>,
    /// The parties that take up any issue, the one with most statements first.
    pub rows: Vec<Row>,
}

/// An issue of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Id of the issue.
    pub id: String,
    /// The statements of all parties that take it up.
    pub statements: Vec<usize>,
}

/// A party of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The party.
    pub party: String,
    /// Its statements that take up any issue.
    pub statements: Vec<usize>,
    /// Its position on each issue, in the order of [`Matrix::issues`]. `None`: it is *silent*, it has not spoken on
    /// the issue at all, which is neither *open* nor *unclear*.
    pub cells: Vec<Option<Cell>>,
}

/// A party's position on an issue. Every statement of the party on the issue is in one of its three lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Where the party stands.
    pub stance: Stance,
    /// The latest day on which it said so; `None` where no statement has a day.
    pub day: Option<Date>,
    /// The statement of that day that weighs most for the stance.
    pub lead: usize,
    /// The statements of that day that take the stance.
    pub statements: Vec<usize>,
    /// The statements of that day that take another.
    pub dissent: Vec<usize>,
    /// The others: of earlier days, or without a clear stance.
    pub other: Vec<usize>,
}

impl Cell {
    /// How many statements the party has made on the issue.
    #[must_use]
    pub fn count(&self) -> usize {
        self.statements.len() + self.dissent.len() + self.other.len()
    }
}

impl Matrix {
    /// The position of a party on an issue; `None` where it is silent.
    #[must_use]
    pub fn cell(&self, party: &str, issue: &str) -> Option<&Cell> {
        let column = self.issues.iter().position(|c| c.id == issue)?;
        self.rows.iter().find(|r| r.party == party)?.cells.get(column)?.as_ref()
    }
}

/// Where the parties stand, over all statements or over those up to a day.
///
/// Only statements with a party and a position count. A party's position is what it said on its latest day; among
/// the statements of that day the stance that weighs most, where words in quotation marks, a named person and words
/// that nobody relayed each add to a statement's weight (at a tie, the stance of the last of them). What was said
/// without a stance counts only where nothing clearer was ever said. Statements without any day count as the
/// earliest, and not at all as of a day.
#[must_use]
pub fn matrix(statements: &[Cited], on: Option<Date>) -> Matrix {
    let held = held(statements, on);
    let mut of_party: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut of_issue: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (&(party, issue), all) in &held {
        of_party.entry(party).or_default().extend(all.iter().map(|h| h.cited.number));
        of_issue.entry(issue).or_default().extend(all.iter().map(|h| h.cited.number));
    }
    let issues: Vec<_> =
        by_size(of_issue).into_iter().map(|(id, statements)| Column { id: id.to_owned(), statements }).collect();
    let rows = by_size(of_party)
        .into_iter()
        .map(|(party, statements)| Row {
            party: party.to_owned(),
            statements,
            cells: issues.iter().map(|c| held.get(&(party, c.id.as_str())).and_then(|all| position(all))).collect(),
        })
        .collect();
    Matrix { on, issues, rows }
}

/// Sorts the lists and takes out what is in them twice; the longest first, at a tie in alphabetical order.
fn by_size(lists: BTreeMap<&str, Vec<usize>>) -> Vec<(&str, Vec<usize>)> {
    let mut lists: Vec<_> = lists.into_iter().collect();
    for (_, numbers) in &mut lists {
        numbers.sort_unstable();
        numbers.dedup();
    }
    lists.sort_by_key(|(_, numbers)| std::cmp::Reverse(numbers.len()));
    lists
}

/// One statement's stance on an issue.
#[derive(Clone, Copy)]
pub(crate) struct Held<'a> {
    pub(crate) stance: Stance,
    pub(crate) cited: &'a Cited,
}

/// Every stance that a party took, by party and issue, in the order of the statements.
pub(crate) fn held(statements: &[Cited], on: Option<Date>) -> BTreeMap<(&str, &str), Vec<Held<'_>>> {
    let mut out: BTreeMap<_, Vec<Held<'_>>> = BTreeMap::new();
    for cited in statements {
        let in_time = on.is_none_or(|on| cited.day.is_some_and(|day| day <= on));
        let Some(party) = cited.party().filter(|_| in_time) else { continue };
        for position in &cited.entry.statement.positions {
            let of_issue = out.entry((party, position.issue.as_str())).or_default();
            if of_issue.last().is_none_or(|h| h.cited.number != cited.number) {
                of_issue.push(Held { stance: position.stance, cited });
            }
        }
    }
    out
}

/// The stance that weighs most.
pub(crate) fn weightiest<'a>(held: impl IntoIterator<Item = Held<'a>>) -> Option<Stance> {
    let mut weights: BTreeMap<Stance, (u32, usize)> = BTreeMap::new();
    for h in held {
        let (weight, last) = weights.entry(h.stance).or_default();
        *weight += h.cited.weight();
        *last = (*last).max(h.cited.number);
    }
    weights.into_iter().max_by_key(|&(_, weight)| weight).map(|(stance, _)| stance)
}

fn position(all: &[Held<'_>]) -> Option<Cell> {
    let clear = all.iter().filter(|h| h.stance != Stance::Unclear);
    // An undated statement has no day, which sorts before every day.
    let (day, counts_unclear) = match clear.map(|h| h.cited.day).max() {
        Some(day) => (day, false),
        None => (all.iter().map(|h| h.cited.day).max()?, true),
    };
    let of_day = |h: &&Held<'_>| h.cited.day == day && (counts_unclear || h.stance != Stance::Unclear);
    let stance = weightiest(all.iter().filter(of_day).copied())?;
    let lead = all.iter().filter(of_day).filter(|h| h.stance == stance);
    let lead = lead.max_by_key(|h| (h.cited.weight(), h.cited.number))?.cited.number;

    let mut cell = Cell { stance, day, lead, statements: Vec::new(), dissent: Vec::new(), other: Vec::new() };
    for h in all {
        let list = match (of_day(&h), h.stance == stance) {
            (true, true) => &mut cell.statements,
            (true, false) => &mut cell.dissent,
            (false, _) => &mut cell.other,
        };
        list.push(h.cited.number);
    }
    Some(cell)
}
