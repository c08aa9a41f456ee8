//! Transcripts and interviews: texts whose turns open with the speaker's label and a colon.
//!
//! What is said there stands in no quotation marks and has no verb of saying, so that a tagger of reports sees little
//! of it. The labels are surer: every turn of a speaker with a name is one attribution. What its words report of others, or of
//! the speaker's own promises, is kept beside it.

use pourparler_text::{Byte, Span, paragraphs};

use crate::decode::{Attribution, SIGNALS};

/// A label is at most this long, in bytes.
const LABEL: usize = 40;
/// A transcript has at least so many turns.
const TURNS: usize = 3;
/// Labels that name nobody: what stands behind them is nobody's statement as a whole.
const NAMELESS: [&str; 7] = ["q", "question", "interviewer", "reporter", "a", "answer", "moderator"];
/// What stands before colons in lists and boxes, which name no speaker.
const NO_SPEAKERS: [&str; 36] = [
    "also",
    "analysis",
    "breaking",
    "claim",
    "conclusion",
    "cons",
    "correction",
    "date",
    "editor's note",
    "exclusive",
    "fact",
    "facts",
    "listen",
    "more",
    "myth",
    "note",
    "opinion",
    "photo",
    "photos",
    "place",
    "pros",
    "rating",
    "read",
    "read also",
    "read more",
    "related",
    "rumor",
    "rumour",
    "see",
    "see also",
    "source",
    "time",
    "update",
    "verdict",
    "video",
    "watch",
];

/// Adds the turns of a transcript to what was found in its paragraphs, less what was found of the turns themselves. Only
/// paragraphs that `keep` admits are read. A text that is no transcript stays as it is.
pub(crate) fn read(text: &str, keep: impl Fn(Span<Byte>) -> bool, found: Vec<Attribution>) -> Vec<Attribution> {
    let lines: Vec<Span<Byte>> = paragraphs(text).into_iter().filter(|&line| keep(line)).collect();
    let turns = turns(text, &lines);
    if !is_transcript(text, &turns) {
        return found;
    }
    let turns: Vec<(Turn, Attribution)> =
        turns.into_iter().filter_map(|turn| turn.attribution(text).map(|attribution| (turn, attribution))).collect();
    let named = |turn: &Turn| !NAMELESS.contains(&&*folded(text, turn.label));
    let of_turn = |a: &Attribution| turns.iter().any(|(turn, whole)| turn.is_part(a, named(turn).then_some(whole)));
    let mut out: Vec<Attribution> = found.into_iter().filter(|a| !of_turn(a)).collect();
    out.extend(turns.into_iter().filter(|(turn, _)| named(turn)).map(|(_, whole)| whole));
    out.sort_by_key(|a| a.source.iter().chain(&a.cue).chain(&a.content).map(|s| s.start).min());
    out
}

/// One speaker's words, from a label to the next.
struct Turn {
    label: Span<Byte>,
    colon: Span<Byte>,
    /// The paragraphs of the turn; the first holds the label.
    lines: Vec<Span<Byte>>,
}

impl Turn {
    fn attribution(&self, text: &str) -> Option<Attribution> {
        let content: Vec<Span<Byte>> = self
            .lines
            .iter()
            .map(|line| Span::new(line.start.max(self.colon.end), line.end))
            .map(|span| trimmed(text, span))
            .filter(|span| span.start < span.end)
            .collect();
        let words: usize = content.iter().map(|s| text[s.start..s.end].split_whitespace().count()).sum();
        // Everything is sure but the length, of which the signs tell by logarithm, and the number of its parts.
        let mut signals = [1.0; SIGNALS];
        (signals[8], signals[9]) = ((words.max(1) as f32).ln(), content.len() as f32);
        (!content.is_empty()).then(|| Attribution {
            source: vec![self.label],
            cue: vec![self.colon],
            content,
            signals,
            verbatim: true,
            ..Attribution::default()
        })
    }

    /// Whether an attribution is this turn over again and reports nothing of its own: it has no source or cue of its own, or
    /// its content is half of what is taken of the turn or more.
    fn is_part(&self, other: &Attribution, whole: Option<&Attribution>) -> bool {
        let within = |s: &Span<Byte>| self.lines.iter().any(|line| line.overlaps(*s));
        let own = |s: &Span<Byte>| s.start >= self.colon.end;
        let bytes = |spans: &[Span<Byte>]| spans.iter().map(|s| s.end - s.start).sum::<usize>();
        let reports = other.source.iter().any(own)
            && other.cue.iter().any(own)
            && whole.is_none_or(|whole| 2 * bytes(&other.content) < bytes(&whole.content));
        other.content.iter().any(within) && !reports
    }
}

/// The label and the colon that open a paragraph: "WALLACE: If I may …", "Q: Will they …".
pub(crate) fn label(text: &str, line: Span<Byte>) -> Option<(Span<Byte>, Span<Byte>)> {
    let whole = &text[line.start..line.end];
    let start = line.start + (whole.len() - whole.trim_start_matches(['“', '"', '«', ' ']).len());
    let colon = start + text[start..line.end].find(':').filter(|&at| (1..=LABEL).contains(&at))?;
    let label = &text[start..colon];
    (label.split(' ').count() <= 4 && label.split(' ').all(of_name))
        .then(|| (Span::new(start, colon), Span::new(colon, colon + 1)))
}

/// Whether a word could be one of a name's.
pub(crate) fn of_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c))
}

/// All that looks like turns; a paragraph without a label belongs to the turn before, except after the last label.
fn turns(text: &str, lines: &[Span<Byte>]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut unlabelled: Vec<Span<Byte>> = Vec::new();
    for &line in lines {
        match label(text, line).filter(|(label, _)| !NO_SPEAKERS.contains(&&*folded(text, *label))) {
            Some((label, colon)) => {
                if let Some(last) = turns.last_mut() {
                    last.lines.append(&mut unlabelled);
                }
                unlabelled.clear();
                turns.push(Turn { label, colon, lines: vec![line] });
            }
            None => unlabelled.push(line),
        }
    }
    turns
}

/// Speakers take turns: someone comes back after someone else has spoken. Lists of facts do not.
fn is_transcript(text: &str, turns: &[Turn]) -> bool {
    let labels: Vec<String> = turns.iter().map(|turn| folded(text, turn.label)).collect();
    let comes_back = |(k, label): (usize, &String)| {
        let others = labels[..k].iter().rposition(|l| l != label);
        others.is_some_and(|other| labels[..other].contains(label))
    };
    turns.len() >= TURNS && labels.iter().enumerate().any(comes_back)
}

fn folded(text: &str, label: Span<Byte>) -> String {
    text[label.start..label.end].to_lowercase().replace('’', "'")
}

fn trimmed(text: &str, span: Span<Byte>) -> Span<Byte> {
    let words = &text[span.start..span.end];
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_turns() {
        for (text, name) in [
            ("WALLACE: Let’s start.", Some("WALLACE")),
            ("\"ANA OREN: Let’s start.", Some("ANA OREN")),
            ("Mr. Oren: yes", Some("Mr. Oren")),
            ("Q: Will it?", Some("Q")),
            ("He said: no", None),
            ("At noon: the talks", None),
            ("no colon", None),
        ] {
            let found = label(text, Span::new(0, text.len())).map(|(name, _)| &text[name.start..name.end]);
            assert_eq!(found, name, "{text}");
        }
    }

    #[test]
    fn what_a_turn_reports_is_kept_beside_it() {
        let text = "OREN: Let us start.\n\nKESK: Merrow said no, as everyone in this room has known since Monday.\n\nOREN: Yes.";
        let place = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).into_iter().collect();
        let found = |source, cue, content| Attribution {
            source: place(source),
            cue: place(cue),
            content: place(content),
            ..Attribution::default()
        };
        let reported = found("Merrow", "said", "no");
        let again = found("KESK", "said", "as everyone in this room");
        let out = read(text, |_| true, vec![reported.clone(), again.clone()]);
        assert!(out.contains(&reported) && !out.contains(&again) && out.len() == 4, "{out:?}");
    }

    #[test]
    fn turns_are_taken_and_lists_are_not() {
        for (text, expected) in [
            (
                "OREN: Let us start.\n\nKESK: Yes.\n\nWith you.\n\nOREN: The gates?\n\nThe talks went on.",
                vec![("OREN", "Let us start."), ("KESK", "Yes. With you."), ("OREN", "The gates?")],
            ),
            ("Q: Will you?\n\nA: We will.\n\nQ: When?\n\nA: In May.", vec![]),
            ("Place: Merrow.\n\nDate: May.\n\nPlace: Vardane.", vec![]),
            ("Merrow: 4 million people.\n\nVardane: 7 million people.\n\nOstmark: 1 million people.", vec![]),
            ("RELATED: Gates shut.\n\nWATCH: The dam.\n\nRELATED: Pumps.", vec![]),
            ("OREN:\n\nKESK: Yes.\n\nOREN:", vec![("KESK", "Yes.")]),
        ] {
            let words =
                |spans: &[Span<Byte>]| spans.iter().map(|s| &text[s.start..s.end]).collect::<Vec<_>>().join(" ");
            let found: Vec<(String, String)> =
                read(text, |_| true, Vec::new()).iter().map(|a| (words(&a.source), words(&a.content))).collect();
            let expected: Vec<(String, String)> =
                expected.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
