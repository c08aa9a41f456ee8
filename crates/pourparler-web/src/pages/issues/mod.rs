//! The issues: all of them in the order of an agenda, and each with its history.

mod drawings;
mod one;

use pourparler_brief::counted;
use std::collections::BTreeMap;

use axum::extract::State;
use maud::{Markup, html};
use pourparler_brief::{AgendaPoint, Row, symbol};
use pourparler_text::Stance;
use serde::Deserialize;

use super::Answer;
use super::parts::{issue, legend};
use crate::App;
use crate::app::Current;
use crate::ask::Asked;
use crate::order;
use crate::shell::{Page, Reader};
use crate::widgets::{day, segment, words};

pub use one::page as one;

/// So many parties are named for each stance.
const NAMED: usize = 8;
/// So many issues stand on the page.
const ISSUES: usize = 100;

/// Which issues.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    group: Option<String>,
}

/// `GET /issues`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<Query>) -> Answer {
    let current = app.view().await?;
    let talks = &current.talks;
    let rows = order::rows(&current, talks);
    let of_group = |id: &str| query.group.as_deref().is_none_or(|group| order::group(talks, id) == group);
    let points: Vec<&AgendaPoint> = current.agenda().iter().filter(|point| of_group(&point.issue)).collect();
    let heard = |id: &str| current.agenda().iter().any(|point| point.issue == id);
    let unheard: Vec<&str> =
        talks.issues.iter().map(|l| l.id.as_str()).filter(|id| of_group(id) && !heard(id)).collect();
    let groups = order::groups(talks, &current.agenda().iter().map(|p| p.issue.as_str()).collect::<Vec<_>>());
    let body = html! {
        h1 { "Issues" }
        p.quiet { "In the order of an agenda: what is much spoken of, and on what the parties stand far apart, comes first." }
        @if groups.len() > 1 {
            form.asks method="get" action="/issues" {
                label { span { "Group" } select name="group" {
                    option value="" { "all" }
                    @for group in groups.iter().filter(|group| !group.is_empty()) {
                        option value=(group) selected[query.group.as_deref() == Some(group)] { (group) }
                    }
                } }
                button { "Show" }
            }
        }
        (legend())
        @if points.is_empty() { p { "No party has taken up any issue yet." } }
        ol.lines.issues {
            @for point in points.iter().take(ISSUES) { li { (summary(&current, &rows, point)) } }
        }
        @if points.len() > ISSUES { p.quiet { "and " (points.len() - ISSUES) " more" } }
        @if !unheard.is_empty() {
            h2 { "On which nobody has spoken" }
            p.unheard { @for id in unheard.iter().take(ISSUES) { span.of { (issue(talks, id)) } " " } }
        }
    };
    Ok(Page::new("Issues").of(&current).with(&reader, &body))
}

fn summary(current: &Current, rows: &[(&str, Option<&Row>)], point: &AgendaPoint) -> Markup {
    let talks = &current.talks;
    let latest = current.statement(point.latest).and_then(|cited| cited.day);
    html! {
        p.name {
            strong { a data-line href={ "/issues/" (segment(&point.issue)) } { (words(talks.label(&point.issue))) } } " "
            span.aside { (order::group(talks, &point.issue)) }
        }
        p.aside {
            (counted(point.statements, "statement", "statements")) " by " (counted(point.parties.len(), "party", "parties"))
            @if let Some(distance) = point.distance { " · " (apart(distance)) }
            " · latest " (day(latest))
        }
        (stands(current, rows, &point.issue))
    }
}

/// A distance in words: 0 together, 1 one for it and the other against.
fn apart(distance: f64) -> String {
    match distance {
        d if d < 0.01 => "the parties stand together".to_owned(),
        d if d > 0.99 => "the parties stand opposed".to_owned(),
        d => format!("the parties stand {d:.2} apart"),
    }
}

/// Who stands where, by stance; sides that are silent come last.
fn stands(current: &Current, rows: &[(&str, Option<&Row>)], issue: &str) -> Markup {
    let column = current.matrix.issues.iter().position(|column| column.id == issue);
    let mut by_stance: BTreeMap<Stance, Vec<&str>> = BTreeMap::new();
    let mut silent = Vec::new();
    for (at, (party, row)) in rows.iter().enumerate() {
        match row.and_then(|row| row.cells.get(column?)?.as_ref()) {
            Some(cell) => by_stance.entry(cell.stance).or_default().push(party),
            // The sides come first.
            None if at < current.talks.dossier.sides.len() => silent.push(*party),
            None => {}
        }
    }
    let names = |parties: &[&str]| {
        html! {
            @for (i, party) in parties.iter().take(NAMED).enumerate() { @if i > 0 { ", " } (words(party)) }
            @if parties.len() > NAMED { " and " (parties.len() - NAMED) " more" }
        }
    };
    html! {
        p.stands {
            @for (stance, parties) in &by_stance {
                span.of { span class={ "stance " (stance) } { (symbol(Some(*stance))) span.hidden-label { (stance) ": " } } (names(parties)) } " "
            }
            @if !silent.is_empty() { span.of { span.silent { "silent: " } (names(&silent)) } }
        }
    }
}
