//! Rounds of talks: what several articles tell of one meeting put together, and what each side said before, during and after.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use pourparler_text::{RoundEntry, RoundState};
use serde::Serialize;

use crate::{Cited, Period};

/// So many days before and after a round statements belong to it.
const AROUND: i64 = 3;
/// A counted round is the same in reports so many days apart.
const COUNTED: i32 = 28;
/// Two reports without days of their own may be of one round when published so many days apart.
const REPORTED: i32 = 2;

/// A round of talks, from all reports of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meeting {
    /// Which round it is, where some article counts.
    pub number: Option<u32>,
    /// Its first and last day; the days of publication stand in where no article tells.
    pub days: Option<Period>,
    /// Whether an article tells its day.
    pub dated: bool,
    /// Where.
    pub place: Option<String>,
    /// Whether it was held by video or telephone.
    pub remote: bool,
    /// Who took part.
    pub parties: Vec<String>,
    /// Leaders, ministers, negotiators, experts.
    pub level: Option<String>,
    /// Who mediated.
    pub mediator: Option<String>,
    /// How far it had come by the latest report.
    pub state: RoundState,
    /// The reports, as indices of what was given.
    pub reports: Vec<usize>,
    /// What the parties said in the days before, during it, and in the days after: numbers of statements.
    pub said: [Vec<usize>; 3],
}

impl Meeting {
    /// Its days, each as `written` gives it, with *about* where only publication tells; `None` where nothing does.
    #[must_use]
    pub fn when(&self, written: impl Fn(Date) -> String) -> Option<String> {
        let Period { from, to } = self.days?;
        let days = if from == to { written(from) } else { format!("{} to {}", written(from), written(to)) };
        Some(if self.dated { days } else { format!("about {days}") })
    }

    /// What it is called: *second round*, *talks*; with its place and state.
    #[must_use]
    pub fn title(&self) -> String {
        const COUNTED: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
        let what = match self.number {
            None => "talks".to_owned(),
            Some(n) => match COUNTED.get((n as usize).wrapping_sub(1)) {
                Some(word) => format!("{word} round"),
                None => format!("round {n}"),
            },
        };
        let place = match (&self.place, self.remote) {
            (Some(place), _) => format!(" in {place}"),
            (None, true) => " at a distance".to_owned(),
            (None, false) => String::new(),
        };
        format!("{what}{place}, {}", self.state)
    }
}

/// Puts reports of rounds together. Two are of one round where their days touch, and neither places, numbers nor parties tell
/// them apart.
#[must_use]
pub fn meetings(reports: &[RoundEntry], statements: &[Cited]) -> Vec<Meeting> {
    let mut found: Vec<Meeting> = Vec::new();
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&i| (days(&reports[i]).is_none(), days(&reports[i]).map(|d| d.from)));
    for i in order {
        let report = &reports[i];
        match found.iter_mut().rev().find(|m| is_of(report, m)) {
            Some(meeting) => add(meeting, report, i),
            None => found.push(Meeting {
                number: report.round.number,
                days: days(report),
                dated: report.round.when.is_some(),
                place: report.round.place.clone(),
                remote: report.round.remote,
                parties: report.round.parties.clone(),
                level: report.round.level.clone(),
                mediator: report.round.mediator.clone(),
                state: report.round.state,
                reports: vec![i],
                said: Default::default(),
            }),
        }
    }
    // By day, so that each round is held beside the statements of its days only.
    let mut by_day: Vec<(Date, &Cited)> = statements.iter().filter_map(|c| Some((c.day?, c))).collect();
    by_day.sort_by_key(|(day, _)| *day);
    for meeting in &mut found {
        meeting.said = said(meeting, &by_day);
    }
    found
}

/// The days that a report gives its round, else that of publication.
fn days(report: &RoundEntry) -> Option<Period> {
    let told = report.round.when.as_ref().map(|d| Period { from: d.from, to: d.to });
    // What is planned does not happen on the day of the report.
    told.or_else(|| {
        report.published.filter(|_| report.round.state != RoundState::Planned).map(|d| Period { from: d, to: d })
    })
}

fn is_of(report: &RoundEntry, meeting: &Meeting) -> bool {
    let round = &report.round;
    let slack = if round.when.is_some() && meeting.dated { 0 } else { REPORTED };
    let touch = match (days(report), meeting.days) {
        (Some(a), Some(b)) => apart(a.from, b.to) <= slack && apart(b.from, a.to) <= slack,
        _ => false,
    };
    let same = |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| a == b);
    let number = round.number.zip(meeting.number).is_none_or(|(a, b)| a == b);
    let common = round.parties.iter().filter(|p| meeting.parties.contains(p)).count();
    let parties = common >= 2 || round.parties.len() < 2 && common == round.parties.len() || meeting.parties.len() < 2;
    // *The second round* is the same for weeks, also where nobody says when it was.
    let counted = round.number.is_some() && round.number == meeting.number && near(days(report), meeting.days);
    (touch && number || counted) && same(&round.place, &meeting.place) && parties
}

/// Whether two stretches of days lie within weeks of one another.
fn near(a: Option<Period>, b: Option<Period>) -> bool {
    a.zip(b).is_none_or(|(a, b)| apart(a.from, b.to) <= COUNTED && apart(b.from, a.to) <= COUNTED)
}

/// By how many days `a` comes after `b`; below zero where it comes before.
fn apart(a: Date, b: Date) -> i32 {
    b.until(a).map_or(i32::MAX, |span| span.get_days())
}

fn add(meeting: &mut Meeting, report: &RoundEntry, index: usize) {
    let round = &report.round;
    meeting.number = meeting.number.or(round.number);
    if let (Some(told), Some(known)) = (days(report).filter(|_| round.when.is_some() || !meeting.dated), meeting.days) {
        let whole = Period { from: told.from.min(known.from), to: told.to.max(known.to) };
        // Days that an article tells count for more than those of publication.
        meeting.days = Some(if round.when.is_some() && !meeting.dated { told } else { whole });
    }
    meeting.dated |= round.when.is_some();
    meeting.place = meeting.place.take().or_else(|| round.place.clone());
    meeting.remote |= round.remote;
    meeting.level = meeting.level.take().or_else(|| round.level.clone());
    meeting.mediator = meeting.mediator.take().or_else(|| round.mediator.clone());
    meeting.parties.extend(round.parties.iter().filter(|p| !meeting.parties.contains(p)).cloned().collect::<Vec<_>>());
    meeting.state = round.state;
    meeting.reports.push(index);
}

fn said(meeting: &Meeting, by_day: &[(Date, &Cited)]) -> [Vec<usize>; 3] {
    let mut out: [Vec<usize>; 3] = Default::default();
    let Some(days) = meeting.days else { return out };
    let around: Span = AROUND.days();
    let (Ok(first), Ok(last)) = (days.from.checked_sub(around), days.to.checked_add(around)) else { return out };
    let near = by_day.partition_point(|(day, _)| *day < first)..by_day.partition_point(|(day, _)| *day <= last);
    for &(day, cited) in by_day.get(near).unwrap_or_default() {
        if cited.party().is_some_and(|p| meeting.parties.is_empty() || meeting.parties.iter().any(|m| m == p)) {
            let when = if day < days.from { 0 } else { usize::from(day > days.to) + 1 };
            out[when].push(cited.number);
        }
    }
    out
}
