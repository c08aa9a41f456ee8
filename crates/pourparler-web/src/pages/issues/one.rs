//! One issue: what it is, who stands where and came to stand there how, what was said on it, and who never spoke.

use axum::extract::{Path, State};
use maud::{Markup, html};
use pourparler_brief::counted;
use serde::Deserialize;

use super::{drawings, stands};
use crate::app::Current;
use crate::ask::Asked;
use crate::issue::Facts;
use crate::pages::Answer;
use crate::pages::parts::{address, figures, issue, pager, party, statement_on};
use crate::shell::{Page, Reader};
use crate::widgets::{day, segment, stance, statement_address, words};
use crate::{App, WebError};

/// So many statements stand on one page, …
const STATEMENTS: usize = 50;
/// … so many conditions, …
const CONDITIONS: usize = 12;
/// … pairs of parties, …
const PAIRS: usize = 10;
/// … other issues, …
const LINKED: usize = 8;
/// … and changes of position.
const CHANGES: usize = 60;

/// Which part of the statements.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    /// Only this party's.
    party: Option<String>,
    /// How many to pass over; where it is not said, the last part is shown.
    from: Option<usize>,
}

/// `GET /issues/{id}`
pub async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    reader: Reader,
    Asked(query): Asked<Query>,
) -> Answer {
    let current = app.view().await?;
    let facts = Facts::of(&current, &id)
        .ok_or_else(|| WebError::Missing(format!("Neither the record nor the dossier has an issue `{id}`.")))?;
    let talks = &current.talks;
    let body = html! {
        p.aside { a href="/issues" { "Issues" } @if !crate::order::group(talks, &id).is_empty() { " · " (crate::order::group(talks, &id)) } }
        h1 { (words(talks.label(&id))) }
        (definition(&current, &facts))
        @if facts.numbers.is_empty() {
            p { span.silent { "Silent" } ": nobody has spoken on this issue." }
        } @else {
            (stands(&current, &crate::order::rows(&current, talks), &id))
            (drawings::positions(&current, &facts))
            (changes(&current, &facts))
            (convergence(&current, &facts))
            (conditions(&current, &facts))
        }
        (silence(&current, &facts))
        (together(&current, &facts))
        @if !facts.numbers.is_empty() { (statements(&current, &facts, &query)) }
    };
    Ok(Page::new(pourparler_brief::plain(talks.label(&id))).of(&current).with(&reader, &body))
}

fn definition(current: &Current, facts: &Facts) -> Markup {
    let Some(defined) = facts.defined else {
        return html! { p.quiet { "The dossier does not know this issue; statements in the record name it." } };
    };
    let naming = |option: &str| {
        let all = facts.numbers.iter().filter_map(|n| current.statement(*n));
        let names = |c: &&pourparler_brief::Cited| {
            c.entry.statement.positions.iter().any(|p| p.issue == facts.id && p.option.as_deref() == Some(option))
        };
        all.filter(names).count()
    };
    html! {
        @if defined.label != current.talks.label(facts.id) { p.definition { (words(&defined.label)) } }
        @if !defined.options.is_empty() {
            p { "Options: " @for (i, option) in defined.options.iter().enumerate() {
                @if i > 0 { "; " }
                (words(if option.label.is_empty() { &option.id } else { &option.label })) " " span.aside { "(" (naming(&option.id)) ")" }
            } }
        }
        details { summary.quiet { "Words that show it" } p.aside { (words(&defined.words.join(" · "))) } }
    }
}

/// How the parties came to stand where they stand, for those who do not see the drawing.
fn changes(current: &Current, facts: &Facts) -> Markup {
    html! {
        details.changes {
            summary { "The same as a table" }
            div.scroll role="region" aria-label="Positions over time" tabindex="0" {
                table {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "Party" } th scope="col" { "Position" } th scope="col" { "Statement" } } }
                    tbody { @for change in facts.changes.iter().rev().take(CHANGES) { tr {
                        td { (day(Some(change.day))) }
                        th scope="row" { (words(change.party)) }
                        td { @if let Some(from) = change.from { (stance(from)) " to " } (stance(change.to)) }
                        td { (figures(current, &[change.statement], 1)) }
                    } } }
                }
            }
            @if facts.changes.len() > CHANGES { p.quiet { "and " (facts.changes.len() - CHANGES) " earlier" } }
        }
    }
}

fn convergence(current: &Current, facts: &Facts) -> Markup {
    let first = facts.distances.iter().filter_map(|pair| pair.points.first()).map(|point| point.day).min();
    let (Some(first), Some((_, last))) = (first, current.days()) else { return html! {} };
    html! {
        h2 { "How far apart" }
        p.quiet { "0 where two parties stand together, 1 where one is for it and the other against; drawn from " (day(Some(first))) " on." }
        ul.lines.pairs { @for pair in facts.distances.iter().take(PAIRS) {
            li {
                (drawings::distance(first, last, pair))
                span {
                    (words(&pair.parties[0])) " and " (words(&pair.parties[1])) ": " (format!("{:.2}", pair.now))
                    @if let Some(since) = pair.points.last() { " since " (day(Some(since.day))) }
                    @match pair.before {
                        Some(before) if pair.points.len() > 1 => { ", at first " (format!("{before:.2}")) ": " strong { (pair.trend()) } },
                        _ => {},
                    }
                    " " (figures(current, &pair.statements, 2))
                }
            }
        } }
        @if facts.distances.len() > PAIRS { p.quiet { "and " (counted(facts.distances.len() - PAIRS, "pair", "pairs")) " more, standing no further apart" } }
    }
}

fn conditions(current: &Current, facts: &Facts) -> Markup {
    let conditions = facts.conditions(current);
    if conditions.is_empty() {
        return html! {};
    }
    html! {
        h2 { "On what terms" }
        ul.lines { @for (cited, terms) in conditions.iter().take(CONDITIONS) {
            li { a.line href=(statement_address(&cited.entry)) {
                (day(cited.day)) " "
                strong { (words(cited.party().unwrap_or("no party"))) } ": "
                @if terms.is_empty() { span.said { (words(&pourparler_brief::said(cited, 160))) } }
                @for (i, term) in terms.iter().enumerate() { @if i > 0 { " … " } span.said { (words(&pourparler_brief::excerpt(term, 200))) } }
            } }
        } }
        @if conditions.len() > CONDITIONS {
            p { a href=(address("/search", &[("issue", facts.id), ("stance", "conditional")])) { "and " (conditions.len() - CONDITIONS) " more" } }
        }
    }
}

/// Who never spoke on it, and who raises it alone.
fn silence(current: &Current, facts: &Facts) -> Markup {
    let list = |parties: &[&str]| html! { @for (i, name) in parties.iter().take(20).enumerate() { @if i > 0 { ", " } (party(name)) } };
    let nobody = facts.unheard_sides.is_empty() && facts.unheard_others.is_empty();
    html! {
        h2 { "Who never spoke on it" }
        @if nobody { p { "Every side of the talks has spoken on it." } }
        @if !facts.unheard_sides.is_empty() { p { span.silent { "Silent" } " sides of the talks: " (list(&facts.unheard_sides)) } }
        @if !facts.unheard_others.is_empty() { p { "Heard on other issues and never on this: " (list(&facts.unheard_others)) } }
        @if let Some(one) = facts.one_sided {
            p { "Raised by " @for (i, (name, numbers)) in one.raised.iter().take(6).enumerate() {
                @if i > 0 { "; " } (party(name)) " " (figures(current, numbers, 4))
            } }
        }
    }
}

fn together(current: &Current, facts: &Facts) -> Markup {
    if facts.linked.is_empty() {
        return html! {};
    }
    let other = |issues: &'_ [String; 2]| if issues[0] == facts.id { issues[1].clone() } else { issues[0].clone() };
    html! {
        h2 { "Issues that go together with it" }
        ul.lines.linked { @for linked in facts.linked.iter().take(LINKED) {
            li { p {
                (issue(&current.talks, &other(&linked.issues)))
                @if !linked.together.is_empty() {
                    ": " (counted(linked.together.len(), "statement takes", "statements take")) " up both " (figures(current, &linked.together, 4))
                }
                @if !linked.moved.is_empty() {
                    "; moved on the same day: "
                    @for (i, (name, on)) in linked.moved.iter().take(4).enumerate() { @if i > 0 { ", " } (words(name)) " " (day(Some(*on))) }
                    @if linked.moved.len() > 4 { " and " (linked.moved.len() - 4) " more" }
                }
            } }
        } }
    }
}

fn statements(current: &Current, facts: &Facts, query: &Query) -> Markup {
    let of_party = |n: &&usize| match &query.party {
        Some(party) => current.statement(**n).and_then(|cited| cited.party()) == Some(party),
        None => true,
    };
    let numbers: Vec<usize> = facts.numbers.iter().filter(of_party).copied().collect();
    let last_part = numbers.len().saturating_sub(1) / STATEMENTS * STATEMENTS;
    let offset = query.from.unwrap_or(last_part).min(last_part);
    let path = format!("/issues/{}", segment(facts.id));
    let here = |offset: usize| {
        let query = [("party", query.party.as_deref().unwrap_or_default()), ("from", &offset.to_string())];
        format!("{}#said", address(&path, &query))
    };
    html! {
        h2 #said { "What was said" }
        form.asks method="get" action=(path) {
            label { span { "By" } select name="party" {
                option value="" { "everybody" }
                @for (name, cell) in &facts.held { option value=(name) selected[query.party.as_deref() == Some(name)] { (words(name)) " (" (cell.count()) ")" } }
            } }
            button { "Show" }
        }
        ol.lines.history {
            @for cited in numbers.iter().skip(offset).take(STATEMENTS).filter_map(|n| current.statement(*n)) { li { (statement_on(cited, facts.id)) } }
        }
        (pager("statements", offset, STATEMENTS, numbers.len(), here))
    }
}
