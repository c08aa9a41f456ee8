//! Words that were searched for, marked in what was found: case and accents do not count, as in the search itself.

use std::ops::Range;

use maud::{Markup, html};
use pourparler_brief::plain;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What is marked: words, and words that must follow one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(Vec<Vec<String>>);

/// A word without case and accents, with its place.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(inside)?;
        let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |length| start + length);
        rest = end;
        let folded: String = text[start..end].nfkd().filter(|c| !is_combining_mark(*c)).collect();
        Some((start..end, folded.to_lowercase()))
    })
}

impl Terms {
    /// The words that queries ask for. Those joined by punctuation must follow one another.
    pub fn of<'a>(queries: impl IntoIterator<Item = &'a str>) -> Self {
        let pieces = queries.into_iter().flat_map(str::split_whitespace);
        let phrases = pieces.map(|piece| words(piece).map(|(_, word)| word).collect::<Vec<_>>());
        Self(phrases.filter(|phrase| !phrase.is_empty()).collect())
    }

    /// Where they stand, in order; places that touch are one.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let text: Vec<_> = words(text).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in 0..text.len() {
            for phrase in &self.0 {
                let Some(there) = text.get(at..at + phrase.len()) else { continue };
                if there.iter().map(|(_, word)| word).eq(phrase) {
                    let place = there[0].0.start..there[there.len() - 1].0.end;
                    match found.last_mut().filter(|last| last.end >= place.start) {
                        Some(last) => last.end = last.end.max(place.end),
                        None => found.push(place),
                    }
                }
            }
        }
        found
    }

    /// Whether any of them stands in a text.
    pub fn are_in(&self, text: &str) -> bool {
        !self.places(&plain(text)).is_empty()
    }

    /// A text from an article with these marked.
    pub fn mark(&self, text: &str) -> Markup {
        self.passage(text, usize::MAX)
    }

    /// About `most` characters of a text with these marked: its beginning, or what stands around the first of them.
    pub fn passage(&self, text: &str, most: usize) -> Markup {
        let text = plain(text);
        let places = self.places(&text);
        let shown = window(&text, places.first(), most);
        let mut pieces: Vec<(&str, bool)> = Vec::new();
        let mut at = shown.start;
        for place in places.iter().filter(|p| p.start >= shown.start && p.end <= shown.end) {
            pieces.push((&text[at..place.start], false));
            pieces.push((&text[place.clone()], true));
            at = place.end;
        }
        pieces.push((&text[at..shown.end], false));
        html! {
            bdi {
                @if shown.start > 0 { "… " }
                @for (piece, hit) in pieces { @if hit { mark { (piece) } } @else { (piece) } }
                @if shown.end < text.len() { " …" }
            }
        }
    }
}

/// The part of a text that is shown: about `most` characters, cut between words.
fn window(text: &str, hit: Option<&Range<usize>>, most: usize) -> Range<usize> {
    if text.chars().nth(most).is_none() {
        return 0..text.len();
    }
    let forth = |from: usize, by: usize| text[from..].char_indices().nth(by).map_or(text.len(), |(at, _)| from + at);
    let back = |from: usize, by: usize| text[..from].char_indices().rev().take(by).last().map_or(from, |(at, _)| at);
    let start = match hit {
        // A hit near the beginning needs no cut before it.
        Some(hit) if hit.end > forth(0, most * 2 / 3) => {
            let start = back(hit.start, most / 3);
            text[start..hit.start].find(' ').map_or(start, |space| start + space + 1)
        }
        _ => 0,
    };
    let end = forth(start, most);
    let least = hit.map_or(start, |hit| hit.end.max(start)).min(end);
    let end = if end == text.len() { end } else { text[least..end].rfind(' ').map_or(end, |space| least + space) };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_as_the_search_finds_them() {
        let cases = [
            ("talks", "The Talks, talked-about talks.", "The <mark>Talks</mark>, talked-about <mark>talks</mark>."),
            (
                "ete",
                "L’Été e\u{301}te\u{301} été.",
                "L’<mark>Été</mark> <mark>e\u{301}te\u{301}</mark> <mark>été</mark>.",
            ),
            ("cease-fire", "a cease fire, a fire, a ceasefire", "a <mark>cease fire</mark>, a fire, a ceasefire"),
            ("dam dam's", "the dam's gates", "the <mark>dam&#39;s</mark> gates"),
            ("<b>", "<b>bold</b> & more", "&lt;<mark>b</mark>&gt;bold&lt;/<mark>b</mark>&gt; &amp; more"),
            ("", "nothing asked", "nothing asked"),
            ("%_*\"", "only * signs", "only * signs"),
            ("停火", "停火 now", "<mark>停火</mark> now"),
        ];
        for (query, text, wanted) in cases {
            let got = Terms::of([query]).mark(text).into_string().replace("&#39;", "'");
            assert_eq!(got, format!("<bdi>{}</bdi>", wanted.replace("&#39;", "'")), "{query}");
        }
    }

    #[test]
    fn a_passage_stands_around_the_first_hit() {
        let long = format!("{} the dam gates {}", "water ".repeat(60).trim_end(), "river ".repeat(60).trim_end());
        let got = Terms::of(["dam"]).passage(&long, 80).into_string();
        assert!(
            got.starts_with("<bdi>… water") && got.contains("<mark>dam</mark>") && got.ends_with(" …</bdi>"),
            "{got}"
        );
        assert!(got.chars().count() < 120, "{got}");
        let got = Terms::default().passage(&long, 20).into_string();
        assert_eq!(got, "<bdi>water water water …</bdi>");
        let glued = "停".repeat(100);
        assert!(Terms::default().passage(&glued, 20).into_string().chars().count() < 40);
    }
}
