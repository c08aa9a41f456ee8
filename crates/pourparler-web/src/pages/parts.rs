//! Pieces that the pages of analysis share: ways to parties and issues, counts, time, pages of lists.

use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::{Cited, Move, excerpt};
use pourparler_text::Stance;

use crate::talks::Talks;
use crate::view::View;
use crate::widgets::{day, decided, query, segment, speaker, stance, statement_address, words};
use pourparler_brief::said;

/// The way to what a party said.
pub fn party(name: &str) -> Markup {
    html! { a href={ "/search?party=" (segment(name)) } { (words(name)) } }
}

/// The way to an issue's page.
pub fn issue(talks: &Talks, id: &str) -> Markup {
    html! { a href={ "/issues/" (segment(id)) } { (words(talks.label(id))) } }
}

/// How many days lie between two days.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// An address with a query; what is empty is left out.
pub fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    format!("{path}{}", query(pairs.iter().copied()))
}

/// Statements as numbers that open them; at most `most`.
pub fn figures(view: &View, numbers: &[usize], most: usize) -> Markup {
    html! {
        span.figures {
            @for cited in numbers.iter().take(most).filter_map(|n| view.statement(*n)) {
                a href=(statement_address(&cited.entry)) title=(excerpt(&cited.entry.content, 90)) { (cited.number) } " "
            }
            @if numbers.len() > most { span.aside { "+" (numbers.len() - most) } }
        }
    }
}

/// The ways to the pages before and after one of a list that is counted in pages; modules find them by their ids.
pub fn numbered(what: &str, number: usize, last: usize, to: impl Fn(usize) -> String) -> Markup {
    html! {
        @if last > 1 {
            nav.pager aria-label={ "Pages of " (what) } {
                @if number > 1 { a #previous-page rel="prev" href=(to((number - 1).min(last))) { "Previous" } }
                span.quiet { "page " (number) " of " (last) }
                @if number < last { a #next-page rel="next" href=(to(number + 1)) { "Next" } }
            }
        }
    }
}

/// Parts of a list: which is shown, and the ways to those before and after it. `to` gives the address of the part that begins at an offset.
pub fn pager(what: &str, offset: usize, limit: usize, total: usize, to: impl Fn(usize) -> String) -> Markup {
    html! {
        @if total > limit || offset > 0 {
            nav.pager aria-label={ "Parts of the list of " (what) } {
                @if offset > 0 { a href=(to(offset.saturating_sub(limit))) rel="prev" { "Before" } }
                span.quiet { (offset + 1) "–" (total.min(offset + limit)) " of " (total) " " (what) }
                @if offset + limit < total { a href=(to(offset + limit)) rel="next" { "After" } }
            }
        }
    }
}

/// A statement on an issue as a line: day, stance, who, words, where it was read, and who decided.
pub fn statement_on(cited: &Cited, issue: &str) -> Markup {
    let outlets = cited.appearances.len();
    html! {
        a.line href=(statement_address(&cited.entry)) {
            (day(cited.day)) " "
            @if let Some(held) = cited.stance_on(issue) { (stance(held)) " " }
            (speaker(&cited.entry)) ": " span.said { (words(&said(cited, 200))) } " "
            span.aside {
                @if let Some(outlet) = &cited.entry.outlet { (words(outlet)) }
                @if outlets > 1 { " and " (outlets - 1) " more" }
                " · " (decided(&cited.entry))
            }
        }
    }
}

/// A change of position, in words.
pub fn moved(change: &Move) -> Markup {
    html! {
        strong { "Moved" } " from " (stance(change.from)) " to " (stance(change.to))
        @if !change.cautions.is_empty() {
            span.quiet { "; perhaps not: " (change.cautions.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ")) }
        }
    }
}

/// What the signs mean.
pub fn legend() -> Markup {
    html! {
        p.legend {
            @for held in Stance::ALL { span.of { (stance(*held)) } " " }
            span.of { span.silent { "silent" } " has not spoken on it" }
        }
    }
}
