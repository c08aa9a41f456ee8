//! Joins what the tagger leaves apart: quotations that no cue claims go to the speaker of the turn or to who signs
//! them, to the words that lead up to them, or to the quotation that they go on with.
//!
//! The tagger links words within one window; these joins follow the conventions of print instead, across windows.

use pourparler_text::{Byte, Span, paragraphs};

use crate::decode::Attribution;
use crate::transcript::{label, of_name};

/// A name that signs a quotation is at most this long, in bytes.
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
        // A quotation may run over several paragraphs: a turn stands in its first, a signature in its last.
        let line_at = |at: usize| lines.partition_point(|l| l.end <= at);
        let (line, last) = (line_at(part.start), line_at(part.end - 1));
        // Question and answer by letter name nobody.
        let named = |name: &Span<Byte>| name.end - name.start > 1;
        let spoken = label(text, lines[line])
            .filter(|(name, colon)| named(name) && part.start <= name.end + 1 && part.end > colon.end);
        if let Some((name, colon)) = spoken {
            let after = text[colon.end..part.end].trim_start();
            if !after.is_empty() {
                attribution.content[0] = Span::new(part.end - after.len(), part.end);
            }
            attribution.name_speaker(name, colon);
            out.push(attribution);
            continue;
        }
        if let Some((dash, name)) = signature(text, part.end, lines[last].end) {
            attribution.name_speaker(name, dash);
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
        let turn = text[cue.start..cue.end] == *":";
        let left_open = |s: &Span<Byte>| {
            in_before(s) && !text[s.end..before.end].contains(char::is_alphanumeric) && (turn || quoted(text, *s))
        };
        return speaker.content.last().is_some_and(left_open) && !last.ends_with(CLOSING);
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

    /// What becomes of a quotation that no cue claims: its source and content.
    fn joined(text: &str, start: usize, end: usize) -> (Vec<&str>, Vec<&str>) {
        let alone = Attribution {
            source: vec![],
            cue: vec![],
            content: vec![Span::new(start, end)],
            signals: [0.0; crate::SIGNALS],
            verbatim: false,
        };
        let found = join(text, vec![alone]).pop().expect("nothing is lost");
        let part = |spans: Vec<Span<Byte>>| spans.iter().map(|s| &text[s.start..s.end]).collect();
        (part(found.source), part(found.content))
    }

    #[test]
    fn a_quotation_may_end_before_the_colon_or_after_its_paragraph() {
        let text = "ANA MAE LIV OREN: We go.";
        assert_eq!(joined(text, 0, 16), (vec![], vec!["ANA MAE LIV OREN"]));
        assert_eq!(joined(text, 0, text.len()), (vec!["ANA MAE LIV OREN"], vec!["We go."]));
        let text = "“We go now.\n\n“We do not wait.” — Ana Oren";
        let end = text.find(" —").expect("it is there");
        assert_eq!(joined(text, 0, end), (vec!["Ana Oren"], vec![&text[..end]]));
        assert_eq!(joined(text, 0, text.len()), (vec![], vec![text]));
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
