//! Where each party stands on each issue on a day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use pourparler_text::Stance;
use serde::Serialize;

use crate::standing::weightiest;
use crate::{Cited, Standing, Standings};

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

/// Where the parties stand, over all statements or over those up to a day; see [`Standings::matrix`].
#[must_use]
pub fn matrix(statements: &[Cited], on: Option<Date>) -> Matrix {
    Standings::of(statements).matrix(on)
}

impl Standings {
    /// Where the parties stand, over all statements or over those up to a day.
    ///
    /// Only statements with a party and a position count. A party's position is what it said on its latest day; among
    /// the statements of that day the stance that weighs most ([`Cited::weight`]; at a tie, the stance of the last of them). What
    /// was said without a stance counts only where nothing clearer was ever said. Statements without any day count as the
    /// earliest, and not at all as of a day.
    #[must_use]
    pub fn matrix(&self, on: Option<Date>) -> Matrix {
        let mut held: BTreeMap<(&str, &str), Vec<Standing>> = BTreeMap::new();
        let mut of_party: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut of_issue: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for ((party, issue), rows) in self.groups() {
            let in_time = |r: &&Standing| on.is_none_or(|on| r.day.is_some_and(|day| day <= on));
            let rows: Vec<Standing> = rows.iter().filter(in_time).copied().collect();
            if rows.is_empty() {
                continue;
            }
            of_party.entry(party).or_default().extend(rows.iter().map(|r| r.statement));
            of_issue.entry(issue).or_default().extend(rows.iter().map(|r| r.statement));
            held.insert((party, issue), rows);
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

/// A party's position, from all its rows on an issue.
pub(crate) fn position(all: &[Standing]) -> Option<Cell> {
    let clear = all.iter().filter(|r| r.is_clear());
    // An undated statement has no day, which sorts before every day.
    let (day, counts_unclear) = match clear.map(|r| r.day).max() {
        Some(day) => (day, false),
        None => (all.iter().map(|r| r.day).max()?, true),
    };
    let of_day = |r: &&Standing| r.day == day && (counts_unclear || r.is_clear());
    let stance = weightiest(all.iter().filter(of_day))?;
    let lead = all.iter().filter(of_day).filter(|r| r.stance == stance);
    let lead = lead.max_by_key(|r| (r.weight, r.statement))?.statement;

    let mut cell = Cell { stance, day, lead, statements: Vec::new(), dissent: Vec::new(), other: Vec::new() };
    for row in all {
        let list = match (of_day(&row), row.stance == stance) {
            (true, true) => &mut cell.statements,
            (true, false) => &mut cell.dissent,
            (false, _) => &mut cell.other,
        };
        list.push(row.statement);
    }
    Some(cell)
}
