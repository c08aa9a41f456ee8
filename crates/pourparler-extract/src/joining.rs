//! Joins what the tagger leaves apart: quotations that no cue claims go to the speaker of the turn or to who signs
//! them, to the words that lead up to them, or to the quotation that they go on with.
//!
//! The tagger links words within one window; these joins follow the conventions of print instead, across windows.

use pourparler_text::{Byte, Span, paragraphs};

use crate::decode::Attribution;

/// A speaker's name before a colon is at most this long, in bytes.
const NAME: usize = 40;
const CLOSING: [char; 3] = ['”', '"', '»'];

/// Attributions with every quotation where it belongs; cues that are left without content are dropped.
pub(crate) fn join(text: &str, found: Vec<Attribution>) -> Vec<Attribution> {
    let lines = paragraphs(text);
    let mut out: Vec<Attribution> = Vec::with_capacity(found.len());
    for mut attribution in found {
        let (true, Some(&part)) = (attribution.cue.is_empty(), attribution.content.first()) else {
            out.push(attribution);
            continue;
        };
        let line = lines.partition_point(|l| l.end <= part.start);
        if let Some((name, colon)) = turn(text, lines[line]).filter(|(name, _)| part.start <= name.end + 1) {
            let after = text[colon.end..part.end].trim_start();
            if !after.is_empty() {
                attribution.content[0] = Span::new(part.end - after.len(), part.end);
            }
            (attribution.source, attribution.cue) = (vec![name], vec![colon]);
            attribution.name_speaker();
            out.push(attribution);
            continue;
        }
        if let Some((dash, name)) = signature(text, part.end, lines[line].end) {
            (attribution.source, attribution.cue) = (vec![name], vec![dash]);
            attribution.name_speaker();
            out.push(attribution);
            continue;
        }
        let before = line.checked_sub(1).map(|l| lines[l]);
        match out.iter_mut().rev().take(4).find(|b| takes(text, b, part, lines[line], before)) {
            Some(speaker) => speaker.take(attribution),
            None => out.push(attribution),
        }
    }
    out.retain(|a| !a.content.is_empty());
    out
}

/// The name and the colon of a transcript's turn: "WALLACE: If I may …". Question and answer by letter name nobody.
fn turn(text: &str, line: Span<Byte>) -> Option<(Span<Byte>, Span<Byte>)> {
    let whole = &text[line.start..line.end];
    let start = line.start + (whole.len() - whole.trim_start_matches(['“', '"', '«', ' ']).len());
    let colon = start + text[start..line.end].find(':').filter(|&at| (2..=NAME).contains(&at))?;
    let name = &text[start..colon];
    (name.split(' ').count() <= 4 && name.split(' ').all(of_name))
        .then(|| (Span::new(start, colon), Span::new(colon, colon + 1)))
}

/// Whether a word could be one of a name's.
fn of_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c))
}

/// The dash and the name that sign a quotation, at the end of its paragraph: “…” — Ana Oren.
fn signature(text: &str, from: usize, to: usize) -> Option<(Span<Byte>, Span<Byte>)> {
    let rest = text[from..to].trim_start_matches(|c: char| c.is_whitespace() || CLOSING.contains(&c));
    let name = rest.trim_start_matches(['―', '—', '–', '-']);
    let dash = Span::new(to - rest.len(), to - name.len());
    let name = name.trim();
    let start = dash.end + text[dash.end..to].find(name)?;
    let name = name.trim_end_matches('.');
    let fits = dash.end > dash.start && name.len() <= NAME && (2..=4).contains(&name.split(' ').count());
    (fits && name.split(' ').all(of_name)).then(|| (dash, Span::new(start, start + name.len())))
}

/// Whether a quotation goes to an attribution before it: its cue ends the paragraph before with a colon; its own quotation
/// was left open at the end of that paragraph; or its cue interrupts a quotation in the same paragraph.
fn takes(text: &str, speaker: &Attribution, part: Span<Byte>, line: Span<Byte>, before: Option<Span<Byte>>) -> bool {
    let Some(cue) = speaker.cue.last() else { return false };
    let starts_line = !text[line.start..part.start].contains(char::is_alphanumeric);
    if let Some(before) = before.filter(|_| starts_line) {
        let last = text[before.start..before.end].trim_end();
        let in_before = |s: &Span<Byte>| s.start >= before.start && s.end <= before.end;
        if last.ends_with(':') && in_before(cue) {
            return true;
        }
        let goes_on = |s: &Span<Byte>| in_before(s) && !text[s.end..before.end].contains(char::is_alphanumeric);
        return speaker.content.last().is_some_and(goes_on)
            && (text[cue.start..cue.end] == *":" || speaker.content.last().is_some_and(|s| quoted(text, *s)))
            && !last.ends_with(CLOSING);
    }
    let inside = cue.start >= line.start && cue.end <= part.start;
    inside && speaker.content.iter().any(|s| s.start >= line.start && s.end <= cue.start && quoted(text, *s))
}

fn quoted(text: &str, span: Span<Byte>) -> bool {
    text[span.start..span.end].contains(['“', '”', '"', '«', '»', '„'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_of_transcripts() {
        for (text, name) in [
            ("WALLACE: Let’s start.", Some("WALLACE")),
            ("\"ANA OREN: Let’s start.", Some("ANA OREN")),
            ("Mr. Oren: yes", Some("Mr. Oren")),
            ("Q: Will it?", None),
            ("He said: no", None),
            ("At noon: the talks", None),
            ("no colon", None),
        ] {
            let found = turn(text, Span::new(0, text.len())).map(|(name, _)| &text[name.start..name.end]);
            assert_eq!(found, name, "{text}");
        }
    }

    #[test]
    fn signatures_of_quotations() {
        for (text, name) in [
            ("“No.” ― Ana Oren\u{a0}", Some("Ana Oren")),
            ("“No.” — Ana Oren.", Some("Ana Oren")),
            ("“No.” — and then he left", None),
            ("“No.” Ana Oren", None),
            ("“No.”", None),
            ("“No.” — Moscow", None),
        ] {
            let quotation = text.find('”').map_or(0, |at| at + '”'.len_utf8());
            let found = signature(text, quotation, text.len()).map(|(_, name)| &text[name.start..name.end]);
            assert_eq!(found, name, "{text}");
        }
    }
}
