//! Today: what is new since the reader last looked, and what waits for somebody, each line a way to its sentence.

#[cfg(test)]
mod tests;

use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};
use pourparler_brief::{Cited, said};
use pourparler_ledger::FeedFailure;

use super::Answer;
use crate::App;
use crate::app::Current;
use crate::fresh::Fresh;
use crate::shell::{Page, Reader};
use crate::widgets::{article_address, day, grouped, line, segment, speaker, stance, statement_address, words};

/// So many articles with new statements are shown, and so many statements of each.
const ARTICLES: usize = 12;
const OF_ARTICLE: usize = 3;
/// So many lines of each other kind are shown at once, …
const LINES: usize = 6;
/// … and so many more where one asks for the rest.
const REST: usize = 40;

/// `GET /`
pub async fn page(State(app): State<App>, reader: Reader) -> Answer {
    let current = app.view().await?;
    let fresh = Fresh::of(&app, &current, &reader.name, None).await?;
    let body = html! {
        div.today {
            @if current.sources.is_empty() { (beginning(&fresh)) } @else { (news(&current, &fresh)) }
        }
    };
    Ok(Page::new("Today").module("today.js").of(&current).with(&reader, &body))
}

/// What to do where nothing is on record yet.
fn beginning(fresh: &Fresh) -> Markup {
    html! {
        div data-until="" hidden {}
        p.arrived.note role="status" hidden { span {} " " button type="button" data-show { "Show" } }
        h1 { "Nothing is on record yet" }
        p { "Pourparler reads articles and keeps who said what, for whom, on which issue, when, and through whom." }
        ol.first-steps {
            li { a.button.first href="/add" { "Add articles" } " files, addresses, feeds or text; what is said in them is found at once." }
            li { a href="/dossier" { "Say what the talks are about" } ": the sides, the people and their offices, the issues. It can come later, and makes the rest exact." }
            li { a href="/review" { "Review" } " what the program doubts. Your decisions are kept apart from what it found." }
        }
        (failures(fresh))
    }
}

fn news(current: &Current, fresh: &Fresh) -> Markup {
    let unread: Vec<_> = current.arrivals.unread(fresh.since).collect();
    let anything = fresh.statements > 0 || !fresh.moves.is_empty() || !fresh.actors.is_empty() || !unread.is_empty();
    html! {
        div data-until=(fresh.until.map(|at| at.to_string()).unwrap_or_default()) hidden {}
        div.head {
            h1 { "Today" }
            @if anything {
                button type="button" data-seen { "Mark all as seen" }
            }
        }
        p.arrived.note role="status" hidden { span {} " " button type="button" data-show { "Show" } }
        p.quiet.up-to { (up_to(fresh, anything)) }
        p.quiet.seen-all role="status" hidden { "All of it is marked as seen." }
        div.columns {
            div {
                div.new-things {
                    @if fresh.statements > 0 { (statements(current, fresh)) }
                }
                (unanswered(current, fresh))
            }
            div {
                div.new-things {
                    @if !fresh.moves.is_empty() { (moves(current, fresh)) }
                    @if !fresh.actors.is_empty() { (actors(current, fresh)) }
                    @if !unread.is_empty() {
                        (section("unread", "In languages that are not read", unread.len(), &unread, |article| html! {
                            a.line href=(article_address(&article.article)) {
                                (words(article.title.as_deref().unwrap_or("no headline")))
                                span.aside { " · " (article.language) @if let Some(outlet) = &article.outlet { " · " (words(outlet)) } }
                            }
                        }, &html! {}))
                    }
                }
                (waiting(fresh))
                (promises(current, "due", "Due within two weeks", &fresh.due))
                (promises(current, "overdue", "Overdue, with no word of it", &fresh.overdue))
                (failures(fresh))
            }
        }
    }
}

fn up_to(fresh: &Fresh, anything: bool) -> Markup {
    html! {
        @match (fresh.first, fresh.since) {
            (false, Some(since)) => {
                @if anything { "New since you last looked, " } @else { "Nothing is new since you last looked, " }
                (instant(since)) "."
            }
            (_, Some(since)) => { "You have not marked anything as seen yet: this is what came in after " (instant(since)) "." }
            (_, None) => { "You have not marked anything as seen yet: this is all that is on record." }
        }
    }
}

fn instant(at: Timestamp) -> Markup {
    let here = jiff::tz::TimeZone::system().to_datetime(at);
    html! { time datetime=(at) { (here.strftime("%-d %b %Y, %H:%M").to_string()) } }
}

/// A list under a heading, cut, with the rest to unfold.
fn section<T>(id: &str, title: &str, total: usize, all: &[T], shown: impl Fn(&T) -> Markup, after: &Markup) -> Markup {
    let (first, rest) = all.split_at(all.len().min(LINES));
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) " " span.count { (grouped(total)) } }
            ol.lines { @for one in first { li { (shown(one)) } } }
            @if !rest.is_empty() {
                details {
                    summary { (grouped(total - first.len())) " more" }
                    ol.lines { @for one in rest.iter().take(REST) { li { (shown(one)) } } }
                    @if rest.len() > REST { p.quiet { "and " (grouped(rest.len() - REST)) " more" } }
                }
            }
            (after)
        }
    }
}

fn statements(current: &Current, fresh: &Fresh) -> Markup {
    let search = match fresh.since {
        Some(since) => format!("/search?added_since={}", segment(&since.to_string())),
        None => "/search".to_owned(),
    };
    html! {
        section aria-labelledby="statements" {
            h2 #statements { "New statements " span.count { (grouped(fresh.statements)) } }
            @for numbers in fresh.articles.iter().take(ARTICLES) { (of_article(current, numbers)) }
            p {
                @if fresh.articles.len() > ARTICLES { "and " (grouped(fresh.articles.len() - ARTICLES)) " more articles · " }
                a href=(search) { "All of them in search" }
            }
        }
    }
}

fn of_article(current: &Current, numbers: &[usize]) -> Markup {
    let cited: Vec<&Cited> = numbers.iter().take(OF_ARTICLE).filter_map(|number| current.statement(*number)).collect();
    html! {
        @if let Some(first) = cited.first() {
            div.of-article {
                h3 {
                    a href=(article_address(&first.entry.article)) { (words(first.entry.title.as_deref().unwrap_or("no headline"))) }
                    span.aside {
                        " " (words(first.entry.outlet.as_deref().unwrap_or("no outlet"))) ", " (day(first.entry.published))
                        @if first.appearances.len() > 1 { " · also in " (first.appearances.len() - 1) " more" }
                    }
                }
                ol.lines { @for cited in &cited { li { (said_here(cited)) } } }
                @if numbers.len() > cited.len() {
                    p.aside.more.way { a href=(article_address(&first.entry.article)) { (numbers.len() - cited.len()) " more in this article" } }
                }
            }
        }
    }
}

/// A statement under its article, whose day stands above it.
fn said_here(cited: &Cited) -> Markup {
    html! {
        a.line href=(statement_address(&cited.entry)) {
            @if let Some(mark) = cited.mark() { (stance(mark)) " " }
            (speaker(&cited.entry)) ": " span.said { (words(&said(cited, 200))) }
        }
    }
}

fn moves(current: &Current, fresh: &Fresh) -> Markup {
    section(
        "moves",
        "Moves",
        fresh.moves.len(),
        &fresh.moves,
        |place| {
            let moved = &current.moves[*place];
            let first = moved.after.first().and_then(|number| current.statement(*number));
            html! {
                @if let Some(cited) = first {
                    a.line href=(statement_address(&cited.entry)) {
                        (day(Some(moved.day))) " " strong { (words(&moved.party)) } " on " (words(current.talks.label(&moved.issue))) ": "
                        (stance(moved.from)) " → " (stance(moved.to))
                        @if !moved.is_firm() { span.aside { " · perhaps: " (moved.cautions.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ")) } }
                    }
                }
            }
        },
        &html! {},
    )
}

fn actors(current: &Current, fresh: &Fresh) -> Markup {
    section(
        "actors",
        "New actors",
        fresh.actors.len(),
        &fresh.actors,
        |place| {
            let actor = &current.actors[*place];
            html! {
                a.line href={ "/actors/" (segment(&actor.id)) } {
                    strong { (words(&actor.name)) }
                    @if let Some(role) = actor.roles.first() { ", " (words(role)) }
                    @if let Some(party) = actor.party.as_ref().filter(|p| **p != actor.name) { " · " (words(party)) }
                }
            }
        },
        &html! {},
    )
}

fn unanswered(current: &Current, fresh: &Fresh) -> Markup {
    html! {
        @if !fresh.unanswered.is_empty() {
            (section("unanswered", "Unanswered", fresh.unanswered.len(), &fresh.unanswered, |number| html! {
                @if let Some(cited) = current.statement(*number) { (line(cited)) }
            }, &html! {}))
        }
    }
}

fn promises(current: &Current, id: &str, title: &str, places: &[usize]) -> Markup {
    html! {
        @if !places.is_empty() {
            (section(id, title, places.len(), places, |place| {
                let promise = &current.commitments[*place];
                html! {
                    @if let Some(cited) = current.statement(promise.statement) {
                        a.line href=(statement_address(&cited.entry)) {
                            "by " (day(promise.due.as_ref().map(|due| due.to))) " " (speaker(&cited.entry)) ": " span.said { (words(&said(cited, 140))) }
                        }
                    }
                }
            }, &html! {}))
        }
    }
}

fn waiting(fresh: &Fresh) -> Markup {
    html! {
        @if fresh.doubtful > 0 {
            section aria-labelledby="waiting" {
                h2 #waiting { "Waiting for review" }
                p { a href="/review" { (grouped(fresh.doubtful)) @if fresh.doubtful == 1 { " doubtful line" } @else { " doubtful lines" } } }
            }
        }
    }
}

fn failures(fresh: &Fresh) -> Markup {
    html! {
        @if !fresh.failures.is_empty() {
            (section("failures", "Sources that failed", fresh.failures.len(), &fresh.failures, |failure| {
                let (of, error) = match failure {
                    FeedFailure::Feed(feed) => (&feed.url, &feed.last_error),
                    FeedFailure::Entry { entry, .. } => (entry.link.as_ref().unwrap_or(&entry.entry), &entry.last_error),
                };
                html! { div.line { (words(of)) @if let Some(error) = error { span.aside { " · " (words(error)) } } } }
            }, &html! { p { a href="/add" { "To the sources" } } }))
        }
    }
}
