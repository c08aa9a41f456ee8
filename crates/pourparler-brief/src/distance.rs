//! How far apart two parties stand on an issue, over time.
//!
//! The measure: a stance is a place on a line, *opposes* −1, *open* 0, *conditional* ½, *supports* 1; *unclear* has none. The
//! distance of two parties on a day is half the difference of the places of their positions as of that day: 0 where they stand
//! together, 1 where one is for it and the other against.

use std::collections::BTreeMap;

use jiff::civil::Date;
use pourparler_text::Stance;
use serde::Serialize;

use crate::standing::weightiest;
use crate::{Standing, Standings};

/// So many parties of an issue are compared: those with most statements on it.
const PARTIES: usize = 8;
/// A difference below this is no change.
const STILL: f64 = 1e-9;

/// Two parties on one issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Distance {
    /// Id of the issue.
    pub issue: String,
    /// The parties, in alphabetical order.
    pub parties: [String; 2],
    /// The days on which either took another position, with the distance from then on.
    pub points: Vec<Point>,
    /// The distance at the end.
    pub now: f64,
    /// What it was before the period that was asked for; `None` where one of the two had not spoken.
    pub before: Option<f64>,
    /// The latest statements from which it follows, of each party.
    pub statements: [usize; 2],
}

impl Distance {
    /// By how much the distance grew in the period: below zero where it shrank, zero where nothing is known of before.
    #[must_use]
    pub fn change(&self) -> f64 {
        self.before.map_or(0.0, |before| self.now - before)
    }

    /// *shrinking*, *growing* or *unchanged*.
    #[must_use]
    pub fn trend(&self) -> &'static str {
        match self.change() {
            c if c < -STILL => "shrinking",
            c if c > STILL => "growing",
            _ => "unchanged",
        }
    }
}

/// A distance from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// The distance.
    pub distance: f64,
}

/// The place of a stance on the line.
#[must_use]
pub fn place(stance: Stance) -> Option<f64> {
    match stance {
        Stance::Supports => Some(1.0),
        Stance::Conditional => Some(0.5),
        Stance::Open => Some(0.0),
        Stance::Opposes => Some(-1.0),
        Stance::Unclear => None,
    }
}

/// A party's place from a day on, and the statement that it follows from.
#[derive(Clone, Copy)]
struct Step {
    day: Date,
    place: f64,
    statement: usize,
}

impl Standings {
    /// The distances of the parties that speak most on each issue, the greatest first; `since` begins the period whose change is
    /// told, `on` ends it.
    #[must_use]
    pub fn distances(&self, since: Option<Date>, on: Option<Date>) -> Vec<Distance> {
        // Of each issue: the parties with the number of their statements and their places.
        type Placed<'a> = (&'a str, usize, Vec<Step>);
        let mut of_issue: BTreeMap<&str, Vec<Placed<'_>>> = BTreeMap::new();
        for ((party, issue), rows) in self.groups() {
            let steps = steps(rows, on);
            if !steps.is_empty() {
                of_issue.entry(issue).or_default().push((party, rows.len(), steps));
            }
        }
        let mut out = Vec::new();
        for (issue, mut parties) in of_issue {
            parties.sort_by_key(|(name, statements, _)| (std::cmp::Reverse(*statements), *name));
            parties.truncate(PARTIES);
            parties.sort_by_key(|(name, ..)| *name);
            for (i, (first, _, a)) in parties.iter().enumerate() {
                for (second, _, b) in &parties[i + 1..] {
                    out.extend(distance(issue, [first, second], a, b, since));
                }
            }
        }
        out.sort_by(|a, b| b.now.total_cmp(&a.now).then_with(|| b.change().abs().total_cmp(&a.change().abs())));
        out
    }
}

/// The places of a party on each day on which it took a clear stance.
fn steps(rows: &[Standing], on: Option<Date>) -> Vec<Step> {
    let clear: Vec<Standing> = rows
        .iter()
        .filter(|r| r.is_clear() && r.day.is_some_and(|day| on.is_none_or(|on| day <= on)))
        .copied()
        .collect();
    let mut out: Vec<Step> = Vec::new();
    for of_day in clear.chunk_by(|a, b| a.day == b.day) {
        let Some((stance, day)) = weightiest(of_day).zip(of_day[0].day) else { continue };
        let Some(place) = place(stance) else { continue };
        let statement = of_day.iter().filter(|r| r.stance == stance).map(|r| r.statement).max().unwrap_or_default();
        out.push(Step { day, place, statement });
    }
    out
}

fn distance(issue: &str, parties: [&str; 2], a: &[Step], b: &[Step], since: Option<Date>) -> Option<Distance> {
    let at = |steps: &[Step], day: Date| steps.partition_point(|s| s.day <= day).checked_sub(1).map(|i| steps[i]);
    let mut days: Vec<Date> = a.iter().chain(b).map(|s| s.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut points: Vec<Point> = Vec::new();
    for day in days {
        let (Some(a), Some(b)) = (at(a, day), at(b, day)) else { continue };
        let distance = (a.place - b.place).abs() / 2.0;
        if points.last().is_none_or(|p| (p.distance - distance).abs() > STILL) {
            points.push(Point { day, distance });
        }
    }
    let before = since.and_then(|since| points.iter().rev().find(|p| p.day < since)).map(|p| p.distance);
    Some(Distance {
        issue: issue.to_owned(),
        parties: parties.map(str::to_owned),
        now: points.last()?.distance,
        before: if since.is_some() { before } else { points.first().map(|p| p.distance) },
        statements: [a.last()?.statement, b.last()?.statement],
        points,
    })
}
