//! What happened, the latest first: rounds of talks, moves, claims and answers, promises.

use pourparler_brief::counted;
use std::collections::BTreeMap;

use axum::extract::State;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::{Commitment, Meeting, said};
use pourparler_text::Act;
use serde::Deserialize;

use super::Answer;
use super::parts::{address, days_between, figures, issue, moved, pager, party};
use crate::App;
use crate::app::Current;
use crate::ask::Asked;
use crate::chart::{Time, place};
use crate::happenings::{Happening, Kind, Wanted};
use crate::order;
use crate::shell::{Page, Reader};
use crate::widgets::{article_address, day, line, speaker, statement_address, words};

/// So many happenings stand on one page, …
const LIMIT: usize = 60;
/// … so many answers to one claim, …
const ANSWERS: usize = 5;
/// … and so many bars in the drawing.
const BARS: i32 = 130;
/// So many parties can be chosen.
const CHOICE: usize = 100;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    party: Option<String>,
    issue: Option<String>,
    #[serde(default)]
    kind: Vec<Kind>,
    since: Option<Date>,
    until: Option<Date>,
    from: Option<usize>,
}

impl Query {
    fn wanted(&self) -> Wanted {
        Wanted {
            party: self.party.clone(),
            issue: self.issue.clone(),
            kinds: self.kind.clone(),
            since: self.since,
            until: self.until,
        }
    }

    fn address(&self, since: Option<Date>, until: Option<Date>, from: usize) -> String {
        let written = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (since, until) = (written(since), written(until));
        let from = if from > 0 { from.to_string() } else { String::new() };
        let mut query = vec![
            ("party", self.party.as_deref().unwrap_or_default()),
            ("issue", self.issue.as_deref().unwrap_or_default()),
            ("since", &since),
            ("until", &until),
            ("from", &from),
        ];
        query.extend(self.kind.iter().map(|kind| ("kind", kind.as_str())));
        address("/timeline", &query)
    }
}

/// `GET /timeline`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<Query>) -> Answer {
    let current = app.view().await?;
    let wanted = query.wanted();
    let found = wanted.of(&current);
    let offset = query.from.unwrap_or(0).min(found.len().saturating_sub(1) / LIMIT * LIMIT);
    let shown = found.get(offset..).unwrap_or_default();
    let shown = &shown[..shown.len().min(LIMIT)];
    let months: Vec<&[&Happening]> = shown.chunk_by(|a, b| a.day.first_of_month() == b.day.first_of_month()).collect();
    let undated = current.rounds.iter().filter(|round| round.days.is_none()).count();
    let body = html! {
        h1 { "Timeline" }
        (overview(&current, &query, &wanted))
        (choice(&current, &query))
        @if found.is_empty() { p { "Nothing of this is on record." } }
        @for month in months {
            h2 { (month[0].day.strftime("%B %Y").to_string()) }
            ol.lines.happenings { @for happening in month {
                li class=(happening.kind) { (day(Some(happening.day))) " " div.what { (told(&current, happening)) } }
            } }
        }
        (pager("happenings", offset, LIMIT, found.len(), |offset| query.address(query.since, query.until, offset)))
        @if undated > 0 { p.quiet { (counted(undated, "round of talks has", "rounds of talks have")) " no day on record and cannot stand here." } }
    };
    Ok(Page::new("Timeline").of(&current).with(&reader, &body))
}

fn choice(current: &Current, query: &Query) -> Markup {
    let issues = order::issues(current, &current.talks, None);
    html! {
        form.asks method="get" action="/timeline" {
            label { span { "Party" } select name="party" {
                option value="" { "all" }
                @for name in order::parties(current, &current.talks).iter().take(CHOICE) {
                    option value=(name) selected[query.party.as_deref() == Some(name)] { (words(name)) }
                }
            } }
            label { span { "Issue" } select name="issue" {
                option value="" { "all" }
                @for id in issues { option value=(id) selected[query.issue.as_deref() == Some(id)] { (words(current.talks.label(id))) } }
            } }
            label { span { "From" } input type="date" name="since" value=[query.since]; }
            label { span { "to" } input type="date" name="until" value=[query.until]; }
            fieldset.kinds {
                legend.hidden-label { "What happened" }
                @for kind in Kind::ALL {
                    label { input type="checkbox" name="kind" value=(kind) checked[query.kind.contains(&kind)]; " " (kind.many()) }
                }
            }
            button.first { "Show" }
            @if query.address(None, None, 0) != "/timeline" || query.since.is_some() || query.until.is_some() { a href="/timeline" { "All" } }
        }
    }
}

/// What happened, in words that open their statements.
fn told(current: &Current, happening: &Happening) -> Markup {
    match happening.kind {
        Kind::Round => round(current, &current.rounds[happening.at]),
        Kind::Move => {
            let change = &current.moves[happening.at];
            html! {
                (party(&change.party)) " on " (issue(&current.talks, &change.issue)) ": " (moved(change)) " "
                (figures(current, &change.before, 3)) " → " (figures(current, &change.after, 3))
            }
        }
        Kind::Claim => {
            let answered = &current.claims.answered[happening.at];
            html! {
                span.kind { "Claim" } (statement(current, answered.claim))
                ol.answers { @for cited in answered.answers.iter().take(ANSWERS).filter_map(|n| current.statement(*n)) {
                    li { span.kind { (met(cited.entry.statement.act)) } (line(cited)) }
                } }
                @if answered.answers.len() > ANSWERS { p.quiet { "and " (counted(answered.answers.len() - ANSWERS, "answer", "answers")) " more" } }
            }
        }
        Kind::Unanswered => {
            html! { span.kind { "No answer on record" } (statement(current, current.claims.unanswered[happening.at])) }
        }
        Kind::Promise => promise(current, &current.commitments[happening.at], "Promise"),
        Kind::Due => promise(current, &current.commitments[happening.at], "Falls due"),
    }
}

/// How a claim was met.
fn met(act: Act) -> &'static str {
    match act {
        Act::Deny => "Denied",
        Act::Reject => "Rejected",
        Act::Accept => "Accepted",
        _ => "Accused in turn",
    }
}

/// A statement without its day, which stands before it already.
fn statement(current: &Current, number: usize) -> Markup {
    let Some(cited) = current.statement(number) else { return html! {} };
    html! {
        a.line href=(statement_address(&cited.entry)) {
            (speaker(&cited.entry)) ": " span.said { (words(&said(cited, 180))) }
        }
    }
}

fn promise(current: &Current, promise: &Commitment, kind: &str) -> Markup {
    let on = current.days().map(|(_, last)| last);
    html! {
        span.kind { (kind) } (statement(current, promise.statement))
        p.aside {
            @if let Some(to) = &promise.to { "to " (words(to)) " · " }
            @match &promise.due {
                Some(due) if due.from == due.to => { "due " (day(Some(due.to))) " · " },
                Some(due) => { "due " (day(Some(due.from))) " to " (day(Some(due.to))) " · " },
                None => {},
            }
            (promise.status(on))
            @if let Some(word) = promise.done.or(promise.broken) { " " (figures(current, &[word], 1)) }
        }
    }
}

fn round(current: &Current, meeting: &Meeting) -> Markup {
    let written = |day: Date| day.strftime("%-d %b").to_string();
    let [before, during, after] = &meeting.said;
    html! {
        strong { (words(&meeting.title())) }
        @if let Some(when) = meeting.when(written) { " · " (when) }
        @if !meeting.parties.is_empty() {
            " · " @for (i, name) in meeting.parties.iter().take(8).enumerate() { @if i > 0 { ", " } (party(name)) }
        }
        @if let Some(mediator) = &meeting.mediator { " · mediated by " (words(mediator)) }
        @if let Some(level) = &meeting.level { " · " (words(level)) }
        p.aside {
            (counted(meeting.reports.len(), "report", "reports")) ": "
            @for report in meeting.reports.iter().take(4).filter_map(|at| current.round_reports.get(*at)) {
                a href=(article_address(&report.article)) title=(pourparler_brief::excerpt(&report.sentence, 120)) {
                    (words(report.outlet.as_deref().unwrap_or(&report.article)))
                } " "
            }
            " · said in the days before " (figures(current, before, 3)) ", during " (figures(current, during, 3)) ", after " (figures(current, after, 3))
        }
    }
}

/// How many statements there are in each week, or in longer stretches where weeks are too many.
fn overview(current: &Current, query: &Query, wanted: &Wanted) -> Markup {
    let Some((first, last)) = current.days() else { return html! {} };
    let step = 7 * (days_between(first, last) / 7 / BARS + 1);
    // Weeks begin on Mondays.
    let begin = first.saturating_sub(i64::from(first.weekday().to_monday_zero_offset()).days());
    let mut bars: BTreeMap<i32, usize> = BTreeMap::new();
    for cited in current.statements.iter().filter(|cited| wanted.takes(cited)) {
        if let Some(day) = cited.day {
            *bars.entry(days_between(begin, day) / step).or_default() += 1;
        }
    }
    let most = bars.values().copied().max().unwrap_or(1).max(1);
    let day_of = |bar: i32| begin.saturating_add(i64::from(bar * step).days());
    let end = day_of(days_between(begin, last) / step + 1);
    let time = Time::new(begin, end, 0.0, 900.0);
    let what = if step == 7 { "a week".to_owned() } else { format!("in {} weeks", step / 7) };
    html! {
        figure.overview {
            div.scroll role="region" aria-label="Statements over time, drawn" tabindex="0" {
            svg viewBox="0 0 900 70" role="group" aria-label={ "Statements " (what) } {
                    (time.axis(2, 52))
                    @for (bar, count) in &bars {
                        @let (from, to) = (day_of(*bar), day_of(bar + 1).saturating_sub(1.day()));
                        @let (x, next) = (time.x(from), time.x(day_of(bar + 1)));
                        @let height = (count * 46).div_ceil(most);
                        a href=(query.address(Some(from), Some(to), 0)) tabindex="-1" {
                            title { (from.strftime("%-d %b %Y").to_string()) ": " (counted(*count, "statement", "statements")) }
                            rect.hit x=(place(x)) y="0" width=(place(next - x)) height="52" {}
                            rect.bar.chosen[wanted.in_time(from) && wanted.in_time(to)] x=(place(x + 0.5)) y=(52 - height) width=(place((next - x - 1.0).max(1.0))) height=(height) {}
                        }
                    }
                }
            }
            figcaption { "Statements " (what) ", at most " (most) "; each bar opens its days." }
        }
    }
}
