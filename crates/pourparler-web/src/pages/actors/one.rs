//! One actor: offices, party, authority, through whom the words come, where they depart from the party, and all of the words.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::Cited;
use pourparler_ledger::{Actor, Ledger};
use serde::Deserialize;

use super::deciding;
use crate::App;
use crate::api::actor_place;
use crate::app::Current;
use crate::ask::Asked;
use crate::pages::Answer;
use crate::pages::parts::numbered;
use crate::profile::{Met, Profile, Which};
use crate::shell::{Page, Reader};
use crate::widgets::{article_address, changed, day, decided, grouped, segment, stance, statement_address, words};

/// So many statements are on a page.
const SAID: usize = 40;
/// So many values of each kind are shown, and articles.
const VALUES: usize = 12;
const ARTICLES: usize = 30;

/// Which part of the statements is shown.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    /// From 1 on.
    page: Option<usize>,
}

/// `GET /actors/{id}`
pub async fn page(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Asked(which): Asked<Which>,
    Asked(query): Asked<Query>,
) -> Answer {
    let current = app.view().await?;
    let place = actor_place(&current, &id)?;
    let actor = &current.actors[place];
    if actor.id != id {
        return Ok(Redirect::temporary(&format!("/actors/{}", segment(&actor.id))).into_response());
    }
    let log = app.read(Ledger::actor_log).await?;
    // Undoings are about nobody; they are needed to do things again.
    let undoes = |l: &&pourparler_ledger::Logged| l.decision.about().is_empty();
    let about: Vec<_> = log.iter().filter(|l| undoes(l) || actor.is_meant_by(&l.decision)).collect();
    let shown = Shown { current: &current, place, actor, which: &which, profile: Profile::of(&current, place) };
    let body = html! {
        div.actor {
            h1 { (words(&actor.name)) }
            (shown.particulars())
            (deciding::dialogs(&current, actor))
            div.columns {
                div {
                    (shown.said(query.page.unwrap_or(1).max(1)))
                }
                div {
                    (shown.offices())
                    (shown.dissent())
                    (shown.values("issues", "Speaks on", "issue", &shown.profile.issues))
                    (shown.values("outlets", "Appears in", "outlet", &shown.profile.outlets))
                    (shown.values("via", "Relayed by", "via", &shown.profile.via))
                    (shown.articles())
                }
            }
            (deciding::log(&about, "Decisions about this actor"))
            p.way { a href="/actors" { "All actors" } }
        }
    };
    Ok(Page::new(actor.name.as_str()).module("actors.js").of(&current).with(&reader, &body))
}

/// What the parts of the page are made from.
struct Shown<'a> {
    current: &'a Current,
    place: usize,
    actor: &'a Actor,
    which: &'a Which,
    profile: Profile<'a>,
}

/// Days in which something was met.
fn span(days: Option<(Date, Date)>) -> Markup {
    html! {
        @match days {
            Some((first, last)) if first == last => (day(Some(first))),
            Some((first, last)) => { (day(Some(first))) " to " (day(Some(last))) },
            None => (day(None)),
        }
    }
}

impl Shown<'_> {
    /// The address of this actor with one more of its statements' particulars asked for, or without it.
    fn address(&self, changes: &[(&'static str, Option<&str>)]) -> String {
        let query = changed(self.which.pairs(), changes);
        format!("/actors/{}{query}#said", segment(&self.actor.id))
    }

    /// A number that leads to the statements that it counts.
    fn count(&self, name: &'static str, met: &Met) -> Markup {
        html! { a href=(self.address(&[(name, Some(&met.value))])) { (grouped(met.count)) } }
    }

    fn particulars(&self) -> Markup {
        let (actor, profile) = (self.actor, &self.profile);
        let others: Vec<&String> = actor.names.iter().filter(|name| **name != actor.name).collect();
        html! {
            dl.facts {
                dt { "Kind" } dd { (actor.kind) @if actor.decided { " · " span.human { "decided by a person" } } }
                dt { "Speaks for" }
                dd {
                    @if let Some(party) = profile.party { span { (words(party)) " " span.human { "by the dossier" } } }
                    @for (at, met) in profile.parties.iter().take(VALUES).enumerate() {
                        @if at > 0 || profile.party.is_some() { " · " }
                        span { (words(&met.value)) " " span.machine { "by the text, in " (self.count("party", met)) } }
                    }
                    @if profile.party.is_none() && profile.parties.is_empty() { span.quiet { "nobody, as far as is known" } }
                }
                dt { "Authority" }
                dd {
                    @for (at, met) in profile.authority.iter().enumerate() {
                        @if at > 0 { " · " }
                        (met.value) " " (self.count("authority", met))
                    }
                    @if profile.authority.is_empty() { span.quiet { "nothing said" } }
                }
                @if !others.is_empty() {
                    dt { "Other names" }
                    dd {
                        @for (at, name) in others.iter().take(VALUES).enumerate() { @if at > 0 { ", " } (words(name)) }
                        @if others.len() > VALUES { " and " (grouped(others.len() - VALUES)) " more" }
                    }
                }
                @if let Some(item) = profile.wikidata {
                    dt { "Wikidata" } dd { a href={ "https://www.wikidata.org/wiki/" (segment(item)) } rel="noreferrer" { (item) } " " span.human { "by the dossier" } }
                }
            }
        }
    }

    fn offices(&self) -> Markup {
        let (offices, roles) = (self.profile.offices(), &self.profile.roles);
        html! {
            @if !offices.is_empty() || !roles.is_empty() {
                section {
                    h2 #offices { "Offices" }
                    div.scroll role="region" aria-labelledby="offices" tabindex="0" { table {
                        thead { tr { th scope="col" { "Office" } th scope="col" { "When" } th.number scope="col" { "Statements" } } }
                        tbody {
                            @for office in offices { tr {
                                th scope="row" { (words(&office.title)) " " span.human { "dossier" } }
                                td {
                                    @match office.from { Some(from) => (day(Some(from))), None => span.day { "before" } }
                                    " to " @match office.to { Some(to) => (day(Some(to))), None => span.day { "now" } }
                                }
                                td.number { span.quiet { "–" } }
                            } }
                            @for met in roles.iter().take(VALUES) { tr {
                                th scope="row" { (words(&met.value)) " " span.machine { "text" } }
                                td { (span(met.days)) }
                                td.number { (self.count("role", met)) }
                            } }
                        }
                    } }
                    @if roles.len() > VALUES { p.aside { "and " (grouped(roles.len() - VALUES)) " more descriptions" } }
                }
            }
        }
    }

    fn dissent(&self) -> Markup {
        let all: Vec<_> = self.profile.dissent.iter().rev().flat_map(|n| self.current.dissents_of(*n)).collect();
        html! {
            @if !all.is_empty() {
                section aria-labelledby="dissent" {
                    h2 #dissent { "Departs from the party line" }
                    ol.lines { @for dissent in all.iter().take(VALUES) {
                        @if let Some(cited) = self.current.statement(dissent.statement) { li {
                            a.line href=(statement_address(&cited.entry)) {
                                (day(cited.day)) " " (words(self.current.talks.label(&dissent.issue))) ": " (stance(dissent.stance))
                            }
                            @if let Some(lead) = self.current.statement(dissent.lead) {
                                p.particulars { "where " (words(cited.party().unwrap_or_default())) " that day " a href=(statement_address(&lead.entry)) { (stance(dissent.line)) } }
                            }
                        } }
                    } }
                    p { a href=(self.address(&[("dissent", Some("true"))])) { "All " (grouped(self.profile.dissent.len())) " in the list" } }
                }
            }
        }
    }

    /// Values of one kind, each with a number that leads to its statements.
    fn values(&self, id: &str, title: &str, name: &'static str, all: &[Met]) -> Markup {
        let label =
            |met: &Met| if name == "issue" { words(self.current.talks.label(&met.value)) } else { words(&met.value) };
        let row = |met: &Met| {
            html! { tr {
                th scope="row" { (label(met)) } td { (span(met.days)) } td.number { (self.count(name, met)) }
            } }
        };
        let head = match name {
            "issue" => "Issue",
            "outlet" => "Outlet",
            _ => "Carrier",
        };
        html! {
            @if !all.is_empty() {
                section {
                    h2 id=(id) { (title) }
                    div.scroll role="region" aria-labelledby=(id) tabindex="0" { table {
                        thead { tr { th scope="col" { (head) } th scope="col" { "When" } th.number scope="col" { "Statements" } } }
                        tbody { @for met in all.iter().take(VALUES) { (row(met)) } }
                    } }
                    @if all.len() > VALUES { p.aside { "and " (grouped(all.len() - VALUES)) " more" } }
                }
            }
        }
    }

    fn articles(&self) -> Markup {
        let source = |id: &String| self.current.sources.iter().find(|source| source.article == *id);
        html! {
            section #articles aria-labelledby="articles-title" {
                h2 #articles-title { "Articles" }
                ul.lines { @for id in self.actor.articles.iter().rev().take(ARTICLES) {
                    @let source = source(id);
                    li { a.line href=(article_address(id)) {
                        @if let Some(source) = source { (day(source.published)) " " }
                        (words(source.and_then(|s| s.title.as_deref()).unwrap_or(id)))
                        @if let Some(outlet) = source.and_then(|s| s.outlet.as_deref()) { span.aside { " · " (words(outlet)) } }
                    } }
                } }
                @if self.actor.articles.len() > ARTICLES { p.aside { "and " (grouped(self.actor.articles.len() - ARTICLES)) " more" } }
            }
        }
    }

    fn said(&self, number: usize) -> Markup {
        let all = self.current.statements_of(self.place).iter().rev().filter_map(|n| self.current.statement(*n));
        let found: Vec<&Cited> = all.filter(|cited| self.which.passes(self.current, cited)).collect();
        let last = found.len().div_ceil(SAID).max(1);
        let set = self.which.pairs();
        let page = |page: usize| self.address(&[("page", Some(&page.to_string()))]);
        html! {
            section #said aria-labelledby="said-title" {
                h2 #said-title { "What is said " span.count { (grouped(found.len())) } }
                @if !set.is_empty() {
                    ul.chips aria-label="Asked for" { @for (name, value) in &set {
                        @let shown = if *name == "issue" { self.current.talks.label(value) } else { value };
                        li { a href=(self.address(&[(*name, None)])) title="Take it away" {
                            span.hidden-label { "Take away: " }
                            @if *name == "dissent" { "departs from the party line" } @else { (name) " " strong { (words(shown)) } }
                            span.cross aria-hidden="true" { "×" }
                        } }
                    } }
                }
                @if found.is_empty() {
                    p { "Nothing that passes all of this. " @if !set.is_empty() { a href={ "/actors/" (segment(&self.actor.id)) "#said" } { "Everything said" } } }
                }
                ol.lines { @for cited in found.iter().skip((number - 1).saturating_mul(SAID)).take(SAID) { li { (self.line(cited)) } } }
                (numbered("statements", number, last, page))
            }
        }
    }

    fn line(&self, cited: &Cited) -> Markup {
        let statement = &cited.entry.statement;
        let outlet = cited.entry.outlet.as_deref().unwrap_or("no outlet");
        html! {
            a.line href=(statement_address(&cited.entry)) {
                (day(cited.day)) " " span.said { (words(&pourparler_brief::said(cited, 280))) }
            }
            p.particulars {
                (statement.act)
                @for position in &statement.positions {
                    " · " (stance(position.stance)) " " a href=(self.address(&[("issue", Some(&position.issue))])) { (words(self.current.talks.label(&position.issue))) }
                }
                " · " (words(outlet)) @if cited.appearances.len() > 1 { " and " (cited.appearances.len() - 1) " more" }
                @if !statement.via.is_empty() { " · through " (words(&statement.via.join(", "))) }
                " · " (decided(&cited.entry))
            }
        }
    }
}
