//! Parties by issues as of any day: stance by colour and sign, how old and how heavy the evidence is, who is silent. Every cell opens its
//! history.

mod history;
mod table;

use axum::extract::State;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::counted;
use serde::Deserialize;

use super::Answer;
use super::parts::{address, legend};
use crate::App;
use crate::app::Current;
use crate::ask::Asked;
use crate::order;
use crate::shell::{Page, Reader};
use crate::widgets::{day, words};

pub use history::page as history;
use table::Table;

/// So many parties stand beside one another where none are chosen, …
const PARTIES: usize = 12;
/// … and at most so many where some are.
const MOST_PARTIES: usize = 16;
/// So many issues stand below one another.
const ISSUES: usize = 40;
/// So many parties can be chosen by a click; others by their name in the address.
const CHOICE: usize = 60;

/// What is shown.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    /// As of this day.
    on: Option<Date>,
    /// These parties.
    #[serde(default)]
    party: Vec<String>,
    /// The issues of this group.
    group: Option<String>,
    /// How many issues to pass over.
    skip: Option<usize>,
}

impl Query {
    /// The address of the same for another day or further issues.
    fn address(&self, on: Option<Date>, skip: usize) -> String {
        let (on, skip) =
            (on.map(|d| d.to_string()).unwrap_or_default(), if skip > 0 { skip.to_string() } else { String::new() });
        let mut query: Vec<(&str, &str)> = vec![("on", &on)];
        query.extend(self.party.iter().map(|party| ("party", party.as_str())));
        query.extend([("group", self.group.as_deref().unwrap_or_default()), ("skip", &skip)]);
        address("/matrix", &query)
    }
}

/// `GET /matrix`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<Query>) -> Answer {
    let current = app.view().await?;
    let at_day = query.on.map(|on| current.standings.matrix(Some(on)));
    let matrix = at_day.as_ref().unwrap_or(&current.matrix);

    let all_parties = order::parties(&current, &current.talks);
    let parties: Vec<&str> = if query.party.is_empty() {
        all_parties.iter().copied().take(PARTIES).collect()
    } else {
        query.party.iter().map(String::as_str).take(MOST_PARTIES).collect()
    };
    let all_issues = order::issues(&current, &current.talks, query.group.as_deref());
    let skip = query.skip.unwrap_or(0).min(all_issues.len());
    let issues: Vec<&str> = all_issues.iter().copied().skip(skip).take(ISSUES).collect();
    let left_out = if query.party.is_empty() { all_parties.len().saturating_sub(PARTIES) } else { 0 };
    let table = Table::new(&current, matrix, &parties, &issues);

    let body = html! {
        h1 { "Where they stand" }
        @if all_issues.is_empty() {
            p { "No party has taken up any issue yet" @if query.group.is_some() { " of this group" } ". " a href="/add" { "Add articles" } " to begin with." }
        } @else {
            (days(&current, &query))
            (choice(&current, &query, &all_parties, &parties))
            (legend())
            div #positions {
                p.as-of data-as-of { (as_of(&current, query.on)) }
                (table.render())
                @if skip > 0 || skip + ISSUES < all_issues.len() {
                    nav.pager aria-label="Further issues" {
                        @if skip > 0 { a href=(query.address(query.on, skip.saturating_sub(ISSUES))) { "Issues before" } }
                        span.quiet { "Issues " (skip + 1) "–" (skip + issues.len()) " of " (all_issues.len()) }
                        @if skip + ISSUES < all_issues.len() { a href=(query.address(query.on, skip + ISSUES)) { "Issues after" } }
                    }
                }
                @if left_out > 0 { p.quiet { "and " (counted(left_out, "party", "parties")) " more: choose them above." } }
            }
            p.hidden-label role="status" data-told {}
            dialog.history #history aria-labelledby="history-title" {
                form method="dialog" { button.close { "Close" } }
                h2 #history-title { "History" }
                div #history-of {}
            }
        }
    };
    Ok(Page::new("Matrix").module("matrix.js").of(&current).with(&reader, &body))
}

/// What the table holds, in words.
fn as_of(current: &Current, on: Option<Date>) -> Markup {
    html! {
        @match (on, current.days()) {
            (Some(on), _) => { "As of " (day(Some(on))) ". Only what has a day by then counts." }
            (None, Some((first, last))) => { "Over the whole record, " (day(Some(first))) " to " (day(Some(last))) "; ages are counted from its last day." }
            (None, None) => "No statement has a day.",
        }
    }
}

/// The day as of which it is to be, with steps of one day.
fn days(current: &Current, query: &Query) -> Markup {
    let Some((first, last)) = current.days() else { return html! {} };
    let on = query.on.unwrap_or(last);
    let step = |by: i64| query.address(Some(on.saturating_add(by.days()).clamp(first, last)), query.skip.unwrap_or(0));
    html! {
        form.asks.day-of method="get" action="/matrix" data-first=(first) data-last=(last) {
            @for party in &query.party { input type="hidden" name="party" value=(party); }
            @if let Some(group) = &query.group { input type="hidden" name="group" value=(group); }
            @if let Some(skip) = query.skip { input type="hidden" name="skip" value=(skip); }
            label { span { "As of" } input type="date" name="on" min=(first) max=(last) value=(on); }
            button { "Show the day" }
            span.steps {
                a.button href=(step(-1)) data-step="-1" aria-label="A day earlier" { "‹ day" }
                a.button href=(step(1)) data-step="1" aria-label="A day later" { "day ›" }
                a.button href=(query.address(None, query.skip.unwrap_or(0))) data-whole { "whole record" }
            }
        }
    }
}

/// Which parties and which group of issues.
fn choice(current: &Current, query: &Query, all: &[&str], shown: &[&str]) -> Markup {
    let groups = order::groups(&current.talks, &order::issues(current, &current.talks, None));
    let count =
        |party: &str| current.matrix.rows.iter().find(|row| row.party == party).map_or(0, |row| row.statements.len());
    html! {
        details.choose open[query.group.is_some() || !query.party.is_empty()] {
            summary { "Choose parties and issues" }
            form.asks method="get" action="/matrix" {
                input type="hidden" name="on" value=(query.on.map(|on| on.to_string()).unwrap_or_default());
                fieldset {
                    legend { "Parties" }
                    @for party in all.iter().take(CHOICE) {
                        label { input type="checkbox" name="party" value=(party) checked[shown.contains(party)]; " " (words(party)) " " span.aside { (count(party)) } }
                    }
                    @if all.len() > CHOICE { p.quiet { "and " (all.len() - CHOICE) " more" } }
                }
                label { span { "Issues" } select name="group" {
                    option value="" { "of all groups" }
                    @for group in groups.iter().filter(|group| !group.is_empty()) {
                        option value=(group) selected[query.group.as_deref() == Some(group)] { (group) }
                    }
                } }
                button.first { "Show" }
                a href="/matrix" { "Back to all" }
            }
        }
    }
}
