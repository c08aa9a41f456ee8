//! An article's words with source, cue and content marked.
//!
//! What a browser shows has one character for each code point of the text, no more and no less, so that a selection can be counted
//! back: characters that would act instead of being read (controls, overrides of the writing direction), or that browsers drop or
//! change when they read a page (a null byte, a carriage return), are shown as signs that stand for them.

use maud::{Markup, html};
use pourparler_text::{CodePoint, Span, Statement};

/// What words are in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Source,
    Cue,
    Content,
}

/// Words that are to be marked.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    pub span: Span<CodePoint>,
    pub role: Role,
}

/// The marks of a statement.
pub fn marks(statement: &Statement<CodePoint>) -> impl Iterator<Item = Mark> {
    let all = [(&statement.source, Role::Source), (&statement.cue, Role::Cue), (&statement.content, Role::Content)];
    all.into_iter().flat_map(|(spans, role)| spans.iter().map(move |&span| Mark { span, role }))
}

/// The character that is shown for one of the text.
pub fn shown(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        '\u{2028}' | '\u{2029}' => '\u{2424}',
        _ => c,
    }
}

/// How deep the words are in sources, cues and contents.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Depth([u16; 3]);

impl Depth {
    fn class(self) -> Option<&'static str> {
        // s: source, u: cue, c: content, d: content inside another's content.
        Some(match (self.0[0] > 0, self.0[1] > 0, self.0[2].min(2)) {
            (false, false, 0) => return None,
            (true, false, 0) => "s",
            (false, true, 0) => "u",
            (true, true, 0) => "s u",
            (false, false, 1) => "c",
            (true, false, 1) => "s c",
            (false, true, 1) => "u c",
            (true, true, 1) => "s u c",
            (false, false, _) => "c d",
            (true, false, _) => "s c d",
            (false, true, _) => "u c d",
            (true, true, _) => "s u c d",
        })
    }
}

/// Words that begin at the code point `start` of their text, with what is marked in them. Each piece tells in `data-at` where it begins.
pub fn marked(words: &str, start: usize, marks: &[Mark]) -> Markup {
    let end = start + words.chars().count();
    let mut edges: Vec<(usize, usize, bool)> = Vec::new();
    for mark in marks.iter().filter(|m| m.span.start < end && m.span.end > start && !m.span.is_empty()) {
        edges.push((mark.span.start.max(start), mark.role as usize, true));
        edges.push((mark.span.end.min(end), mark.role as usize, false));
    }
    edges.sort_unstable_by_key(|edge| edge.0);
    let mut pieces: Vec<(usize, Option<&str>, String)> = Vec::new();
    let (mut depth, mut next, mut chars) = (Depth::default(), 0, words.chars());
    let mut at = start;
    while at < end {
        while let Some(&(place, role, opens)) = edges.get(next).filter(|edge| edge.0 <= at) {
            debug_assert!(place <= at);
            let count = &mut depth.0[role];
            *count = if opens { count.saturating_add(1) } else { count.saturating_sub(1) };
            next += 1;
        }
        let stop = edges.get(next).map_or(end, |edge| edge.0);
        pieces.push((at, depth.class(), chars.by_ref().take(stop - at).map(shown).collect()));
        at = stop;
    }
    html! { @for (at, class, words) in &pieces { span data-at=(at) class=[class] { (words) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, role: Role) -> Mark {
        Mark { span: Span::new(start, end), role }
    }

    #[test]
    fn pieces_begin_where_marks_do() {
        let text = "Ana said Oren vowed peace.";
        let all = [
            mark(0, 3, Role::Source),
            mark(4, 8, Role::Cue),
            mark(9, 25, Role::Content),
            mark(9, 13, Role::Source),
            mark(14, 19, Role::Cue),
            mark(20, 25, Role::Content),
        ];
        let expected = "<span data-at=\"0\" class=\"s\">Ana</span><span data-at=\"3\"> </span>\
            <span data-at=\"4\" class=\"u\">said</span><span data-at=\"8\"> </span>\
            <span data-at=\"9\" class=\"s c\">Oren</span><span data-at=\"13\" class=\"c\"> </span>\
            <span data-at=\"14\" class=\"u c\">vowed</span><span data-at=\"19\" class=\"c\"> </span>\
            <span data-at=\"20\" class=\"c d\">peace</span><span data-at=\"25\">.</span>";
        assert_eq!(marked(text, 0, &all).into_string(), expected);
        // A part of it, counted on from where it begins.
        assert_eq!(marked("vowed", 14, &all).into_string(), "<span data-at=\"14\" class=\"u c\">vowed</span>");
    }

    /// Every code point of the text has one on the page, whatever it is.
    #[test]
    fn one_character_stands_for_one() {
        let hostile = "<script>alert(1)</script>&\u{202e}evil\u{2066}\0\r\u{8}\u{2028}e\u{301}👩‍👩‍👧 שלום \u{85}\t\"'";
        for cut in 0..hostile.chars().count() {
            let html = marked(hostile, 7, &[mark(7, 7 + cut, Role::Content), mark(9, 12, Role::Cue)]).into_string();
            assert!(
                !html.contains("<script") && !html.contains(['\0', '\r', '\u{202e}', '\u{2066}', '\u{2028}']),
                "{html}"
            );
            let mut at = 7;
            for piece in html.split("<span data-at=\"").skip(1) {
                let (place, rest) = piece.split_once('"').expect("a place");
                let words = rest.split_once('>').expect("a start tag").1.trim_end_matches("</span>");
                assert_eq!(place.parse::<usize>().expect("a number"), at);
                let read =
                    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
                at += read.chars().count();
            }
            assert_eq!(at, 7 + hostile.chars().count());
        }
    }
}
