//! What people decide about actors: the log, and the dialogs in which they do.

use std::collections::{HashMap, HashSet};

use maud::{Markup, html};
use pourparler_brief::excerpt;
use pourparler_ledger::{Actor, Decision, Logged};

use crate::app::Current;
use crate::widgets::{day, grouped, words};

/// So many decisions are shown.
const LOGGED: usize = 50;
/// So many names and articles can be chosen from to split by.
const CHOICES: usize = 150;

/// Decisions, the latest first, each with a way to undo it.
pub fn log(log: &[&Logged], title: &str) -> Markup {
    // What undoes and holds is told with what it undoes.
    let shown: Vec<_> = log.iter().rev().filter(|logged| !matches!(logged.decision, Decision::Undo(_))).collect();
    let undoing = |number: i64| log.iter().rev().find(|l| !l.undone && l.decision == Decision::Undo(number));
    html! {
        @if !shown.is_empty() {
            section.decisions aria-labelledby="decisions" {
                h2 #decisions { (title) }
                ol.lines { @for logged in shown.iter().take(LOGGED) { li.undone[logged.undone] {
                    span.aside { (logged.number) " · " (when(logged)) " · " } span.human { (logged.decision.name()) } " "
                    (words(&excerpt(&told(&logged.decision), 220)))
                    @if logged.undone {
                        span.aside { " · undone" }
                        @if let Some(undo) = undoing(logged.number) {
                            " " button.plain type="button" data-undo=(undo.number) aria-label={ "Do again decision " (logged.number) } { "Do again" }
                        }
                    } @else {
                        " " button.plain type="button" data-undo=(logged.number) aria-label={ "Undo decision " (logged.number) } { "Undo" }
                    }
                } } }
                @if shown.len() > LOGGED { p.quiet { "and " (grouped(shown.len() - LOGGED)) " earlier; " code { "pourparler actors log" } " tells all" } }
            }
        }
    }
}

fn when(logged: &Logged) -> Markup {
    let at = logged.made_at.parse::<jiff::Timestamp>().ok();
    day(at.map(|at| jiff::tz::TimeZone::system().to_datetime(at).date()))
}

/// A decision without its own name before it.
fn told(decision: &Decision) -> String {
    let text = decision.to_string();
    text.strip_prefix(decision.name()).unwrap_or(&text).trim_start().to_owned()
}

/// Headlines of articles by their ids.
fn titles<'a>(current: &'a Current, articles: &[&str]) -> HashMap<&'a str, &'a str> {
    let wanted: HashSet<&str> = articles.iter().copied().collect();
    let sources = current.sources.iter().filter(|source| wanted.contains(source.article.as_str()));
    sources.filter_map(|source| Some((source.article.as_str(), source.title.as_deref()?))).collect()
}

/// The buttons and dialogs of one actor.
pub fn dialogs(current: &Current, actor: &Actor) -> Markup {
    let buttons = |label: &str| html! { p.buttons { button.first value="do" { (label) } button value="" formnovalidate { "Cancel" } } };
    let articles: Vec<&str> = actor.articles.iter().take(CHOICES).map(String::as_str).collect();
    let titles = titles(current, &articles);
    let can_split = actor.articles.len() > 1 || actor.names.len() > 1;
    html! {
        p.deciding data-actor=(actor.id) {
            button type="button" data-decide="merge" { "Merge…" }
            @if can_split { " " button type="button" data-decide="split" { "Split…" } }
            " " button type="button" data-decide="rename" { "Rename…" }
            " " button type="button" data-decide="alias" { "Add a name…" }
        }
        dialog #merge aria-labelledby="merge-title" { form method="dialog" {
            h2 #merge-title { "Who else is " (words(&actor.name)) "?" }
            p { label { "Find by name " input #merge-find type="search" autocomplete="off"; } }
            fieldset.choices { legend.hidden-label { "Actors" } div #merge-found {} }
            p.aside { "Their statements count as one actor's. It can be undone." }
            (buttons("Merge"))
        } }
        dialog #split aria-labelledby="split-title" { form method="dialog" {
            h2 #split-title { "What is not " (words(&actor.name)) "?" }
            @if actor.names.len() > 1 {
                fieldset.choices { legend { "By name" }
                    @for name in actor.names.iter().take(CHOICES) { label { input type="checkbox" name="names" value=(name); " " (words(name)) } }
                }
            }
            @if actor.articles.len() > 1 {
                fieldset.choices { legend { "By article" }
                    @for id in &articles { label { input type="checkbox" name="articles" value=(id); " " (words(titles.get(id).copied().unwrap_or(id))) } }
                    @if actor.articles.len() > articles.len() { p.aside { (grouped(actor.articles.len() - articles.len())) " further articles are not listed" } }
                }
            }
            p.aside { "What is chosen becomes an actor of its own. It can be undone." }
            (buttons("Split"))
        } }
        dialog #rename aria-labelledby="rename-title" { form method="dialog" {
            h2 #rename-title { "Rename " (words(&actor.name)) }
            p { label { "Name " input name="name" value=(actor.name) required maxlength="200"; } }
            (buttons("Rename"))
        } }
        dialog #alias aria-labelledby="alias-title" { form method="dialog" {
            h2 #alias-title { "Another name of " (words(&actor.name)) }
            p { label { "Name " input name="name" required maxlength="200"; } }
            p.aside { "Speakers of this name in any article are this actor. It can be undone." }
            (buttons("Add"))
        } }
    }
}
