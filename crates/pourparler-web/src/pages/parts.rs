//! Pieces that the pages of analysis share: ways to parties and issues, counts, time, pages of lists.

use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::{Cited, Move, excerpt};
use pourparler_text::Stance;

use crate::talks::Talks;
use crate::view::View;
use crate::widgets::{day, decided, segment, speaker, stance, statement_address, words};
use pourparler_brief::said;

/// The way to what a party said.
pub fn party(name: &str) -> Markup {
    html! { a href={ "/search?party=" (segment(name)) } { (words(name)) } }
}

/// The way to an issue's page.
pub fn issue(talks: &Talks, id: &str) -> Markup {
    html! { a href={ "/issues/" (segment(id)) } { (words(talks.label(id))) } }
}

/// `1 statement`, `12 statements`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// How many days lie between two days.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// An address with a query; what is empty is left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let pairs = query.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", segment(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
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
