//! The table itself: a row for each issue, a column for each party. In a narrow window its cells stand below one another.

use std::collections::HashMap;

use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::{Cell, Matrix, plain, symbol};
use pourparler_text::Stance;

use crate::app::Current;
use crate::order;
use crate::pages::parts::{address, days_between, issue};
use crate::widgets::words;

/// With more columns than this, stances are shown by their signs alone.
const WORDED: usize = 7;

/// What stands in the table.
pub struct Table<'a> {
    current: &'a Current,
    parties: &'a [&'a str],
    issues: &'a [&'a str],
    /// The day from which ages are counted.
    from: Option<Date>,
    cells: HashMap<(&'a str, &'a str), &'a Cell>,
}

impl<'a> Table<'a> {
    /// The cells of some parties and issues.
    pub fn new(current: &'a Current, matrix: &'a Matrix, parties: &'a [&'a str], issues: &'a [&'a str]) -> Self {
        let rows = matrix.rows.iter().filter(|row| parties.contains(&row.party.as_str()));
        let cells = rows.flat_map(|row| {
            let named = matrix.issues.iter().zip(&row.cells);
            named.filter_map(|(column, cell)| Some(((row.party.as_str(), column.id.as_str()), cell.as_ref()?)))
        });
        let from = matrix.on.or_else(|| Some(current.days()?.1));
        Self { current, parties, issues, from, cells: cells.collect() }
    }

    /// The table, with a heading for each group of issues.
    pub fn render(&self) -> Markup {
        let talks = &self.current.talks;
        let groups = order::groups(talks, self.issues);
        let sides = self.parties.iter().filter(|party| order::is_side(talks, party)).count();
        html! {
            div.scroll.positions role="region" aria-label="Positions of parties on issues" tabindex="0" {
                table.matrix.dense[self.parties.len() > WORDED] {
                    thead { tr {
                        th scope="col" { "Issue" }
                        @for (i, party) in self.parties.iter().enumerate() {
                            th.first-other[i == sides && sides > 0] scope="col" { (words(party)) }
                        }
                    } }
                    @for group in &groups {
                        tbody {
                            @if groups.len() > 1 {
                                tr.group { th scope="rowgroup" colspan=(self.parties.len() + 1) { @if group.is_empty() { "other" } @else { (group) } } }
                            }
                            @for id in self.issues.iter().filter(|id| order::group(talks, id) == *group) { tr {
                                th scope="row" { (issue(talks, id)) }
                                @for party in self.parties { (self.cell(party, id)) }
                            } }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, party: &str, issue: &str) -> Markup {
        let name = plain(party);
        let Some(cell) = self.cells.get(&(party, issue)) else {
            return html! { td data-party=(name) { span.silent { "silent" } } };
        };
        let dissent = self.dissent(cell, issue);
        let reviewed = self.current.statement(cell.lead).is_some_and(pourparler_brief::Cited::is_reviewed);
        html! {
            td class=(cell.stance) data-party=(name) {
                a href=(address("/matrix/history", &[("party", party), ("issue", issue)])) {
                    (symbol(Some(cell.stance))) b { (cell.stance) } " "
                    @if !dissent.is_empty() {
                        span.dissent title="Others of the party, the same day" {
                            span.hidden-label { " against " }
                            @for other in dissent { (symbol(Some(other))) span.hidden-label { (other) " " } }
                        }
                    }
                    small {
                        (self.age(cell)) " · " (cell.count())
                        @if reviewed { " " span.human title="A person decided on the leading statement" { "r" } }
                    }
                }
            }
        }
    }

    /// How old the evidence is.
    fn age(&self, cell: &Cell) -> String {
        match (cell.day, self.from) {
            (Some(day), Some(from)) => match days_between(day, from) {
                0 => "same day".to_owned(),
                n if n < 0 => format!("in {} d", -n),
                n => format!("{n} d ago"),
            },
            _ => "undated".to_owned(),
        }
    }

    /// What others of the party held on the day of its position.
    fn dissent(&self, cell: &Cell, issue: &str) -> Vec<Stance> {
        let held = cell.dissent.iter().filter_map(|n| self.current.statement(*n)?.stance_on(issue));
        let mut held: Vec<Stance> = held.collect();
        held.sort_unstable();
        held.dedup();
        held
    }
}
