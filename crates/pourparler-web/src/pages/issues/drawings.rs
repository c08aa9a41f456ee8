//! The drawings of an issue's page: positions over time, a lane for each party, and distances of two parties.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::{Cited, Distance, excerpt, plain};
use pourparler_text::Stance;

use crate::app::Current;
use crate::chart::{Time, place};
use crate::issue::{Change, Facts};
use crate::widgets::statement_address;
use pourparler_brief::counted;

/// So many parties have a lane.
const LANES: usize = 7;
/// So many marks stand in one lane at most.
const COLUMNS: i32 = 36;
/// Where the lanes begin, and how wide and high they are.
const LEFT: f64 = 150.0;
const WIDTH: f64 = 720.0;
const LANE: i32 = 34;

/// The statements of one party in one column of days.
struct Mark<'a> {
    column: i32,
    lead: &'a Cited,
    stance: Stance,
    count: usize,
    /// What others in the column hold, where it is another stance.
    other: Option<Stance>,
}

/// A lane for each party that speaks most, with marks by stance.
pub fn positions(current: &Current, facts: &Facts) -> Markup {
    let mut parties: Vec<(&str, usize)> = facts.held.iter().map(|(party, cell)| (*party, cell.count())).collect();
    // The order of the page among those that speak most.
    let mut counts: Vec<usize> = parties.iter().map(|(_, n)| *n).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let least = counts.get(LANES - 1).copied().unwrap_or(0);
    parties.retain(|(_, n)| *n >= least);
    parties.truncate(LANES);
    let days = facts.numbers.iter().filter_map(|n| current.statement(*n)?.day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return html! {} };
    let time = Time::new(first, last, LEFT, WIDTH);
    let bottom = LANE * i32::try_from(parties.len()).unwrap_or(0) + 6;
    html! {
        figure.lanes {
            div.scroll role="region" aria-label="Positions over time, drawn" tabindex="0" {
                svg width="900" height=(bottom + 18) viewBox={ "0 0 900 " (bottom + 18) } role="group" aria-label="Positions over time; the table below says the same" {
                    (time.axis(2, bottom))
                    @for ((party, _), top) in parties.iter().zip((4..).step_by(34)) {
                        text x="0" y=(top + 18) { (excerpt(party, 20)) }
                        (held(&time, facts, party, last, top))
                        @for mark in marks(current, &time, facts.id, party) { (drawn(&time, &mark, top)) }
                    }
                }
            }
            figcaption {
                "A mark stands for what a party said in one stretch of days, by the stance of most of it; it opens the statement. The band below shows the position held."
                @if facts.held.len() > parties.len() { " The " (parties.len()) " of " (counted(facts.held.len(), "party", "parties")) " that speak most." }
            }
        }
    }
}

/// The position that a party holds, as a band from change to change.
fn held(time: &Time, facts: &Facts, party: &str, last: Date, top: i32) -> Markup {
    let changes: Vec<&Change> = facts.changes.iter().filter(|change| change.party == party).collect();
    html! {
        @for (i, change) in changes.iter().enumerate() {
            @let from = time.x(change.day);
            @let to = changes.get(i + 1).map_or(time.x(last) + 14.0, |next| time.x(next.day));
            rect class={ "band " (change.to) } x=(place(from)) y=(top + 25) width=(place((to - from).max(2.0))) height="3" {}
        }
    }
}

/// What a party said, by columns of days.
fn marks<'a>(current: &'a Current, time: &Time, issue: &str, party: &str) -> Vec<Mark<'a>> {
    let mut columns: BTreeMap<i32, Vec<(&Cited, Stance)>> = BTreeMap::new();
    for row in current.standings.rows_of(party, issue) {
        let (Some(day), Some(cited)) = (row.day, current.statement(row.statement)) else { continue };
        columns.entry(time.column(day, COLUMNS)).or_default().push((cited, row.stance));
    }
    let mark = |(column, said): (i32, Vec<(&'a Cited, Stance)>)| {
        let mut weights: BTreeMap<(bool, Stance), u32> = BTreeMap::new();
        for (cited, stance) in &said {
            *weights.entry((*stance != Stance::Unclear, *stance)).or_default() += cited.weight();
        }
        let mut by_weight: Vec<((bool, Stance), u32)> = weights.into_iter().collect();
        // What takes no stance counts only where nothing else was said.
        by_weight.sort_by_key(|((clear, _), weight)| std::cmp::Reverse((*clear, *weight)));
        let stance = by_weight.first()?.0.1;
        let other = by_weight.get(1).filter(|((clear, _), _)| *clear).map(|((_, stance), _)| *stance);
        let lead = said.iter().rev().filter(|(_, held)| *held == stance).max_by_key(|(cited, _)| cited.weight())?.0;
        Some(Mark { column, lead, stance, count: said.len(), other })
    };
    columns.into_iter().filter_map(mark).collect()
}

fn drawn(time: &Time, mark: &Mark, top: i32) -> Markup {
    let Some(day) = mark.lead.day else { return html! {} };
    let x = time.column_x(mark.column, COLUMNS);
    html! {
        a href=(statement_address(&mark.lead.entry)) tabindex="-1" {
            title { (day.strftime("%-d %b %Y").to_string()) ": " (mark.stance) @if mark.count > 1 { ", " (mark.count) " statements about then" } }
            rect.hit x=(place(x - 5.0)) y=(top) width="24" height="24" {}
            use class=(mark.stance) href={ "#mark-" (mark.stance) } x=(place(x)) y=(top + 6) width="13" height="13" {}
            @if let Some(other) = mark.other { use class=(other) href={ "#mark-" (other) } x=(place(x + 13.0)) y=(top + 3) width="7" height="7" {} }
        }
    }
}

/// The distance of two parties as a small line between two days; high is far apart.
pub fn distance(from: Date, to: Date, pair: &Distance) -> Markup {
    let Some(begin) = pair.points.first() else { return html! {} };
    let time = Time::new(from, to, 2.0, 116.0);
    let height = |distance: f64| place(22.0 - 18.0 * distance);
    let mut path = format!("M{} {}", place(time.x(begin.day)), height(begin.distance));
    // A line of many steps is drawn by its last ones.
    for point in pair.points.iter().skip(1.max(pair.points.len().saturating_sub(80))) {
        path.push_str(&format!("H{}V{}", place(time.x(point.day)), height(point.distance)));
    }
    path.push_str("H118");
    let name = format!("Distance of {} and {} over time", plain(&pair.parties[0]), plain(&pair.parties[1]));
    html! {
        svg.distance width="120" height="24" viewBox="0 0 120 24" role="img" aria-label=(name) {
            path.rule d="M2 22.5H118" {}
            path.line d=(path) {}
        }
    }
}
