//! Small pieces that many pages show: stances, days, statements as one line, ways to their sentences.

use jiff::civil::Date;
use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use pourparler_brief::{Cited, plain, said, symbol};
use pourparler_text::{Entry, Stance};

/// What may stand in a segment of a path or in a value of a query as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Text as one segment of a path or one value of a query.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// The query of an address, with its question mark; what is empty is left out.
pub fn query<'a, V: AsRef<str>>(pairs: impl IntoIterator<Item = (&'a str, V)>) -> String {
    let given = pairs.into_iter().filter(|(_, value)| !value.as_ref().is_empty());
    let pairs: Vec<String> = given.map(|(name, value)| format!("{name}={}", segment(value.as_ref()))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// The query that asks for these, with some of it changed: set anew, or taken away.
pub fn changed(mut pairs: Vec<(&'static str, String)>, changes: &[(&'static str, Option<&str>)]) -> String {
    pairs.retain(|(name, _)| changes.iter().all(|(of, _)| of != name));
    pairs.extend(changes.iter().filter_map(|(name, value)| Some((*name, (*value)?.to_owned()))));
    query(pairs)
}

/// The address of an article's page.
pub fn article_address(article: &str) -> String {
    format!("/articles/{}", segment(article))
}

/// The address of a statement in its article.
pub fn statement_address(entry: &Entry) -> String {
    address_in(&entry.article, &entry.statement.id)
}

/// The address of the statement of an article with an id.
pub fn address_in(article: &str, id: &str) -> String {
    let (article, id) = (article_address(article), segment(id));
    // `at` lets the server send the part of a long article in which the statement stands.
    format!("{article}?at={id}#{id}")
}

/// Text from an article: cleaned, and set apart in its writing direction.
pub fn words(text: &str) -> Markup {
    html! { bdi { (plain(text)) } }
}

/// A stance as sign and word.
pub fn stance(stance: Stance) -> Markup {
    html! { span class={ "stance " (stance) } { (symbol(Some(stance))) (stance) } }
}

/// A day, or that there is none.
pub fn day(day: Option<Date>) -> Markup {
    match day {
        Some(day) => html! { time.day datetime=(day) { (day.strftime("%-d %b %Y").to_string()) } },
        None => html! { span.day { "undated" } },
    }
}

/// Who speaks and for whom: *Nara Ishkenti, Foreign Minister · Karveth*.
pub fn speaker(entry: &Entry) -> Markup {
    let speaker = &entry.statement.speaker;
    html! {
        span.who {
            @match &speaker.name {
                Some(name) => strong { (words(name)) },
                None => em { "no source named" },
            }
            @if let Some(role) = &speaker.role { ", " (words(role)) }
            @if let Some(party) = speaker.party.as_ref().filter(|p| speaker.name.as_ref() != Some(p)) { " · " (words(party)) }
        }
    }
}

/// Whether a person or the machine says so: a human decision bears a mark, the machine's a score.
pub fn decided(entry: &Entry) -> Markup {
    match entry.statement.confidence {
        None => html! { span.human title="A person decided on this" { "reviewed" } },
        Some(score) => {
            html! { span.machine title="Found by the program; so likely is it right" { (percent(f64::from(score))) } }
        }
    }
}

/// `87 %`
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A number as people read it: `12,345`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A statement as one line that opens its sentence.
pub fn line(cited: &Cited) -> Markup {
    html! {
        a.line href=(statement_address(&cited.entry)) {
            (day(cited.day)) " " (speaker(&cited.entry)) ": " span.said { (words(&said(cited, 160))) }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_set_apart() {
        for (number, wanted) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(super::grouped(number), wanted);
        }
    }
}
