//! Actors: who speaks over all articles, as a list; each has a page of its own.

mod deciding;
mod one;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use axum::extract::State;
use maud::{Markup, html};
use pourparler_ledger::Ledger;
use pourparler_text::SpeakerKind;
use serde::Deserialize;

use super::Answer;
use super::parts::{address, numbered};
use crate::App;
use crate::app::Current;
use crate::ask::Asked;
use crate::profile::Those;
use crate::shell::{Page, Reader};
use crate::widgets::{day, grouped, segment, statement_address, words};

pub use one::page as one;

/// So many actors are on a page.
const MOST: usize = 50;

/// Which part of the list is shown.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    /// From 1 on.
    page: Option<usize>,
}

/// `GET /actors`
pub async fn page(
    State(app): State<App>,
    reader: Reader,
    Asked(those): Asked<Those>,
    Asked(query): Asked<Query>,
) -> Answer {
    let current = app.view().await?;
    let log = app.read(Ledger::actor_log).await?;
    let found = those.among(&current);
    let number = query.page.unwrap_or(1).max(1);
    let shown: Vec<usize> = found.iter().skip((number - 1).saturating_mul(MOST)).take(MOST).copied().collect();
    let body = html! {
        div.actors {
            h1 { "Actors" }
            (form(&current, &those))
            @if current.actors.is_empty() {
                p { "Nobody is on record yet: " a href="/add" { "add articles" } "." }
            } @else if found.is_empty() {
                p { "No actor passes all of this. " a href="/actors" { "All actors" } }
            } @else {
                p.aside { (grouped(found.len())) @if found.len() == 1 { " actor" } @else { " actors, those with most statements first" } }
                (table(&current, &shown))
                (pager(&those, number, found.len()))
            }
            (deciding::log(&log.iter().collect::<Vec<_>>(), "Decisions about actors"))
        }
    };
    Ok(Page::new("Actors").module("actors.js").of(&current).with(&reader, &body))
}

fn form(current: &Current, those: &Those) -> Markup {
    let mut parties: BTreeMap<&str, usize> = BTreeMap::new();
    for actor in &current.actors {
        if let Some(party) = &actor.party {
            *parties.entry(party).or_default() += actor.statements;
        }
    }
    let mut parties: Vec<_> = parties.into_iter().collect();
    parties.sort_by_key(|(_, statements)| std::cmp::Reverse(*statements));
    html! {
        form.asks action="/actors" role="search" aria-label="Find actors" {
            label { span { "Name" } input #name type="search" name="name" value=[&those.name] autocomplete="off"; }
            label { span { "Kind" } select name="kind" {
                option value="" { "any" }
                @for kind in SpeakerKind::ALL { option value=(kind) selected[those.kind.as_deref() == Some(kind.as_str())] { (kind) } }
            } }
            label { span { "For" } input name="party" value=[&those.party] list="actor-parties" autocomplete="off"; }
            datalist #actor-parties { @for (party, _) in parties.iter().take(100) { option value=(party) {} } }
            button { "Find" }
        }
    }
}

fn table(current: &Current, places: &[usize]) -> Markup {
    html! {
        div.scroll role="region" aria-label="Actors" tabindex="0" {
            table {
                thead { tr {
                    th scope="col" { "Actor" } th scope="col" { "For" } th scope="col" { "Offices" }
                    th.number scope="col" { "Statements" } th.number scope="col" { "Articles" } th scope="col" { "Last heard" }
                } }
                tbody { @for &place in places {
                    @let actor = &current.actors[place];
                    @let said = current.statements_of(place);
                    @let last = said.last().and_then(|number| current.statement(*number));
                    @let address = format!("/actors/{}", segment(&actor.id));
                    tr {
                        th scope="row" {
                            a href=(address) data-line { (words(&actor.name)) }
                            @if actor.decided { " " span.human title="A person decided about this actor" { "decided" } }
                            @if actor.kind != "person" { " " span.aside { (actor.kind) } }
                        }
                        td { @if let Some(party) = &actor.party { (words(party)) } @else { span.quiet { "–" } } }
                        td.aside { (words(&actor.roles.iter().take(2).cloned().collect::<Vec<_>>().join("; "))) @if actor.roles.len() > 2 { " …" } }
                        td.number { a href={ (address) "#said" } { (grouped(said.len())) } }
                        td.number { a href={ (address) "#articles" } { (grouped(actor.articles.len())) } }
                        td { @if let Some(cited) = last { a href=(statement_address(&cited.entry)) { (day(cited.day)) } } @else { span.quiet { "–" } } }
                    }
                } }
            }
        }
    }
}

fn pager(those: &Those, number: usize, total: usize) -> Markup {
    let to = |page: usize| {
        let [name, kind, party] = [&those.name, &those.kind, &those.party].map(|v| v.as_deref().unwrap_or_default());
        address("/actors", &[("name", name), ("kind", kind), ("party", party), ("page", &page.to_string())])
    };
    numbered("actors", number, total.div_ceil(MOST).max(1), to)
}
