//! Joins what the tagger leaves apart: quotations that no cue claims go to the speaker of the turn or to who signs
//! them, to the words that lead up to them, or to the quotation that they go on with.
//!
//! The tagger links words within one window; these joins follow the conventions of print instead, across windows.

use pourparler_text::{Byte, Span, paragraphs};

use crate::decode::Attribution;
use crate::turn_label::{label, of_name};
use crate::view::{Quoted, quotation_marks, quotation_states};

/// A name that signs a quotation is at most this long, in bytes.
const NAME: usize = 40;
/// A paragraph that is a quotation has at least so many words.
const WORDS: usize = 4;
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
    for attribution in &mut out {
        complete_block(text, &lines, attribution);
    }
    out.retain(|a| !a.content.is_empty());
    for pair in lines.windows(2) {
        go_on(text, pair[0], pair[1], &mut out);
    }
    out
}

/// A paragraph that is nothing but a quotation goes on with the quotation in the paragraph before it, where nobody else
/// claims it.
fn go_on(text: &str, before: Span<Byte>, line: Span<Byte>, out: &mut [Attribution]) {
    let claimed = |a: &Attribution| a.content.iter().any(|s| s.overlaps(line));
    if !is_quotation(text, line) || label(text, line).is_some() || out.iter().any(claimed) {
        return;
    }
    let there = |a: &&mut Attribution| {
        a.content.last().is_some_and(|s| s.start >= before.start && s.end <= before.end && quoted(text, *s))
            && !a.source.is_empty()
    };
    if let Some(speaker) = out.iter_mut().filter(there).max_by_key(|a| a.content.last().map(|s| s.end)) {
        speaker.content.push(line);
    }
}

/// Whether all words of a paragraph, and enough of them, stand between quotation marks.
fn is_quotation(text: &str, line: Span<Byte>) -> bool {
    let body = &text[line.start..line.end];
    let chars: Vec<(usize, char)> = body.char_indices().collect();
    let states = quotation_states(&quotation_marks(&chars));
    let outside = |(&(_, c), state): (&(usize, char), &Quoted)| c.is_alphanumeric() && *state == Quoted::Outside;
    body.split_whitespace().count() >= WORDS && !chars.iter().zip(&states).any(outside)
}

/// A paragraph that a colon leads up to, with no marks of its own, is quoted as a whole where its beginning is, or where
/// the cue before the colon has no content: nothing in such a paragraph tells the tagger that it is a quotation.
fn complete_block(text: &str, lines: &[Span<Byte>], attribution: &mut Attribution) {
    let Some(cue) = attribution.cue.last() else { return };
    let at = lines.partition_point(|l| l.end <= cue.start);
    let (Some(line), Some(&block)) = (lines.get(at), lines.get(at + 1)) else { return };
    let body = &text[block.start..block.end];
    let leads = text[line.start..line.end].trim_end().ends_with(':') && line.start <= cue.start;
    let begins = |s: &Span<Byte>| {
        s.start >= block.start && s.start < block.end && !text[block.start..s.start].contains(char::is_alphanumeric)
    };
    let waits = attribution.content.is_empty()
        && !attribution.source.is_empty()
        && !text[cue.end..line.end.max(cue.end)].contains(char::is_alphanumeric);
    if leads && !quoted(text, block) && (waits || attribution.content.iter().any(begins)) {
        if waits {
            attribution.signals[8] = (body.split_whitespace().count().max(1) as f32).ln();
            attribution.signals[9] = 1.0;
        }
        attribution.content.retain(|s| s.start < block.start || s.start >= block.end);
        attribution.content.push(Span::new(block.start, block.start + body.trim_end().len()));
        attribution.content.sort_by_key(|s| s.start);
    }
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
        let alone =
            Attribution { source: vec![], cue: vec![], content: vec![Span::new(start, end)], ..Attribution::default() };
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
    fn a_quotation_goes_on_in_the_next_paragraph() {
        for (next, goes_on) in [
            ("“We do not wait for you.”", true),
            ("“We do not wait for you,” said Kesk.", false),
            ("“No.”", false),
            ("The talks went on for days.", false),
        ] {
            let text = format!("“We go now,” Oren said.\n\n{next}");
            let found = Attribution {
                source: vec![Span::new(17, 21)],
                cue: vec![Span::new(22, 26)],
                content: vec![Span::new(0, 16)],
                ..Attribution::default()
            };
            assert_eq!(&text[17..26], "Oren said");
            let content = join(&text, vec![found]).remove(0).content;
            assert_eq!(content.get(1).map(|s| &text[s.start..s.end]), goes_on.then_some(next), "{next}");
        }
    }

    #[test]
    fn a_block_behind_a_colon_is_one_quotation() {
        for (text, whole) in [
            ("Oren added:\n\nWe go now. We do not wait.\n\nHe left.", true),
            ("Oren added.\n\nWe go now. We do not wait.\n\nHe left.", false),
            ("Oren added:\n\n“We go now.” He did not wait.\n\nHe left.", false),
        ] {
            let place = |words: &str| {
                let at = text.find(words).expect("it is there");
                Span::new(at, at + words.len())
            };
            let (source, cue, content) = (vec![place("Oren")], vec![place("added")], vec![place("We go now")]);
            let found = Attribution { source, cue, content, ..Attribution::default() };
            let content = join(text, vec![found]).remove(0).content;
            let expected = if whole { "We go now. We do not wait." } else { "We go now" };
            assert_eq!(content.iter().map(|s| &text[s.start..s.end]).collect::<Vec<_>>(), [expected], "{text}");
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
