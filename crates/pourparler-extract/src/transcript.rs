//! Transcripts and interviews: texts whose turns open with the speaker's label.
//!
//! What is said there stands in no quotation marks and has no verb of saying, so that a tagger of reports sees little
//! of it. The labels are surer: every turn of a speaker with a name is one attribution, and so is every answer of the one who is
//! asked; who that is, `guest` finds out. Questions of nobody with a name are nobody's statement as a whole. What a turn's words
//! report of others, or quote of the speaker's own, is kept beside it; *I think* and *we want* are the turn over again, and only worth a
//! statement of their own where they take up an issue.

use pourparler_text::{Byte, Span, paragraphs};

use crate::decode::{Attribution, SIGNALS, WITHIN};
use crate::lexicon::{Pronoun, pronoun};
use crate::turn_label::{Label, Turns, find, turns as whose};
use crate::via;

/// A transcript has at least so many turns.
const TURNS: usize = 3;
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
    let speaks = speaking(text, &turns);
    let turns: Vec<(bool, Turn, Attribution)> = turns
        .into_iter()
        .zip(speaks)
        .filter_map(|(turn, speaks)| turn.attribution(text).map(|attribution| (speaks, turn, attribution)))
        .collect();
    let beside = |a: Attribution| {
        turns.iter().try_fold(a, |a, (speaks, turn, whole)| turn.beside(text, a, speaks.then_some(whole)))
    };
    let mut out: Vec<Attribution> = found.into_iter().filter_map(beside).collect();
    out.extend(turns.into_iter().filter(|(speaks, ..)| *speaks).map(|(.., whole)| whole));
    out.sort_by_key(|a| a.source.iter().chain(&a.cue).chain(&a.content).map(|s| s.start).min());
    out
}

/// Where the first turn of a transcript begins; the text's end where it has none.
pub(crate) fn opening(text: &str) -> usize {
    turns(text, &paragraphs(text)).first().map_or(text.len(), |turn| turn.label.start)
}

/// Which turns are somebody's statement: of speakers with a name, and of the one who is asked.
fn speaking(text: &str, turns: &[Turn]) -> Vec<bool> {
    let words = |turn: &Turn| &text[turn.label.start..turn.label.end];
    // Whoever answers in the first person is somebody. A list of questions that readers have is answered by nobody.
    let first_person = turns.iter().any(|turn| whose(words(turn)) == Turns::Answer && turn.first_person(text));
    let nameless = |turn: &Turn| {
        let label = words(turn);
        let of_paper =
            via::is_outlet(label) || label.starts_with("The ") || label.len() < 4 || are_initials(text, label);
        of_paper && mostly_asks(text, turns, label)
    };
    turns
        .iter()
        .map(|turn| match whose(words(turn)) {
            Turns::Asker => false,
            Turns::Answer => first_person,
            Turns::Named => !nameless(turn),
        })
        .collect()
}

/// Whether a label is a few capitals with which the words of a name in the text begin: *THG* of *The Harbour Gazette*.
fn are_initials(text: &str, label: &str) -> bool {
    if !(2..=5).contains(&label.len()) || !label.bytes().all(|b| b.is_ascii_uppercase()) {
        return false;
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(label.len()).any(|name| name.iter().zip(label.chars()).all(|(word, c)| word.starts_with(c)))
}

/// Whether most turns of this label hold a question.
fn mostly_asks(text: &str, turns: &[Turn], label: &str) -> bool {
    let own = turns.iter().filter(|turn| text[turn.label.start..turn.label.end] == *label);
    let asks = own.clone().filter(|turn| turn.lines.iter().any(|line| text[line.start..line.end].contains('?')));
    2 * asks.count() > own.count()
}

/// One speaker's words, from a label to the next.
pub(crate) struct Turn {
    pub(crate) label: Span<Byte>,
    /// What parts the label from the words.
    pub(crate) colon: Span<Byte>,
    /// The paragraphs of the turn; the first holds the label.
    pub(crate) lines: Vec<Span<Byte>>,
}

impl Turn {
    pub(crate) fn attribution(&self, text: &str) -> Option<Attribution> {
        let content: Vec<Span<Byte>> = self
            .lines
            .iter()
            .map(|line| Span::new(line.start.max(self.colon.end), line.end))
            .map(|span| spoken(text, span))
            .filter(|span| span.start < span.end)
            .collect();
        let words: usize = content.iter().map(|s| text[s.start..s.end].split_whitespace().count()).sum();
        // Everything is sure but the length, of which the signs tell by logarithm, and the number of its parts.
        let mut signals = [1.0; SIGNALS];
        (signals[8], signals[9], signals[WITHIN]) = ((words.max(1) as f32).ln(), content.len() as f32, 0.0);
        (!content.is_empty()).then(|| Attribution {
            source: vec![self.label],
            cue: Some(self.colon).filter(|mark| !mark.is_empty()).into_iter().collect(),
            content,
            signals,
            verbatim: true,
            ..Attribution::default()
        })
    }

    /// Whether the speaker says *I* or *we*.
    fn first_person(&self, text: &str) -> bool {
        self.lines.iter().any(|line| first_person(&text[line.start.max(self.colon.end)..line.end]))
    }

    /// An attribution, unless it is this turn over again and reports nothing of its own: it has no source or cue of its own, is laid into
    /// the mouth of the one who asked, or its content is two thirds of what is taken of the turn or more. What the speaker says in the
    /// first person is marked as such, and is none of an asker's who has no name.
    pub(crate) fn beside(
        &self,
        text: &str,
        mut other: Attribution,
        whole: Option<&Attribution>,
    ) -> Option<Attribution> {
        let within = |s: &Span<Byte>| self.lines.iter().any(|line| line.overlaps(*s));
        if !other.content.iter().any(within) {
            return Some(other);
        }
        let own = |s: &Span<Byte>| s.start >= self.colon.end;
        let bytes = |spans: &[Span<Byte>]| spans.iter().map(|s| s.end - s.start).sum::<usize>();
        let reports = other.source.iter().any(own)
            && other.cue.iter().any(own)
            && whole.is_none_or(|whole| 3 * bytes(&other.content) < 2 * bytes(&whole.content));
        let here = |span: &Span<Byte>| &text[span.start..span.end];
        let source = match other.source.as_slice() {
            [source] => here(source),
            _ => "",
        };
        let quoted = other.content.first().is_some_and(|span| here(span).starts_with(['“', '"', '‘', '\'']));
        let first = matches!(pronoun(source), Some(Pronoun::I | Pronoun::We)) && !quoted;
        let asks = if first { whole.is_none() } else { source.eq_ignore_ascii_case("you") && whole.is_some() };
        other.own_voice = first;
        (reports && !asks).then_some(other)
    }
}

/// All that looks like turns; a paragraph without a label belongs to the turn before. After the last label only what speaks
/// in the first person does, since there the paper may speak again.
pub(crate) fn turns(text: &str, lines: &[Span<Byte>]) -> Vec<Turn> {
    let labels = labels(text, lines);
    let mut turns: Vec<Turn> = Vec::new();
    let mut unlabelled: Vec<Span<Byte>> = Vec::new();
    for (&line, label) in lines.iter().zip(labels) {
        match label {
            Some(Label { name, mark, .. }) => {
                if let Some(last) = turns.last_mut() {
                    last.lines.append(&mut unlabelled);
                }
                unlabelled.clear();
                turns.push(Turn { label: name, colon: mark, lines: vec![line] });
            }
            None => unlabelled.push(line),
        }
    }
    if let Some(last) = turns.last_mut() {
        let words = |line: &Span<Byte>| &text[line.start..line.end];
        let goes_on = |line: &Span<Byte>| first_person(words(line)) && !words(line).contains("nterview");
        last.lines.extend(unlabelled.into_iter().take_while(goes_on));
    }
    turns
}

/// The label of each paragraph that has one. A loose one counts where others bear it out: a name behind which an office
/// stands has turns without it, and of the letters for question and answer both are there.
fn labels(text: &str, lines: &[Span<Byte>]) -> Vec<Option<Label>> {
    let words = |label: &Label| folded(text, label.name);
    let mut labels: Vec<Option<Label>> =
        lines.iter().map(|&line| find(text, line).filter(|l| !NO_SPEAKERS.contains(&&*words(l)))).collect();
    let all: Vec<Label> = labels.iter().flatten().copied().collect();
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let borne_out = |label: &Label| {
        let name = words(label);
        let others = || all.iter().filter(|other| other.name != label.name);
        match name.as_str() {
            "q" => others().any(|o| words(o) == "q") && others().any(|o| words(o) != "q"),
            "a" => others().filter(|o| words(o) == "q").count() > 1,
            // Paragraphs of prose may begin so, *UN Secretary-General …*, but not between the turns of a talk.
            _ if label.mark.is_empty() => others().filter(|o| !o.loose).count() >= TURNS,
            _ => others().any(|o| !o.loose && last(&words(o)) == last(&name)),
        }
    };
    for label in &mut labels {
        *label = label.filter(|l| !l.loose || borne_out(l));
    }
    labels
}

/// Speakers take turns: someone comes back after someone else has spoken. Lists of facts do not.
pub(crate) fn is_transcript(text: &str, turns: &[Turn]) -> bool {
    // Whoever was brought in with the whole name comes back with the last.
    let last = |turn: &Turn| folded(text, turn.label).rsplit(' ').next().unwrap_or_default().to_owned();
    let labels: Vec<String> = turns.iter().map(last).collect();
    let comes_back = |(k, label): (usize, &String)| {
        let others = labels[..k].iter().rposition(|l| l != label);
        others.is_some_and(|other| labels[..other].contains(label))
    };
    turns.len() >= TURNS && labels.iter().enumerate().any(comes_back)
}

fn folded(text: &str, label: Span<Byte>) -> String {
    text[label.start..label.end].to_lowercase().replace('’', "'")
}

/// The words of a paragraph without the marks of emphasis and the notes of what was heard or seen around them: *(Laughter.)*
fn spoken(text: &str, span: Span<Byte>) -> Span<Byte> {
    let bare = |c: char| c.is_whitespace() || c == '*' || c == '_';
    let mut words = text[span.start..span.end].trim_matches(bare);
    loop {
        let note = [('(', ')'), ('[', ']')].iter().find_map(|&(open, close)| {
            let (note, rest) = words.strip_prefix(open)?.split_once(close)?;
            // What is put in for a missing word is part of the sentence: *[The talks are] a farce*.
            let short = open == '(' && note.split_whitespace().count() <= 3;
            (short || rest.trim_matches(bare).is_empty() || !note.chars().any(char::is_lowercase)).then_some(rest)
        });
        match note {
            Some(rest) => words = rest.trim_start_matches(bare),
            None => break,
        }
    }
    while let Some((before, note)) = words.strip_suffix(')').and_then(|w| w.rsplit_once('(')) {
        if note.split_whitespace().count() > 2 || !before.trim_end().ends_with(['.', '!', '?', '”', '"']) {
            break;
        }
        words = before.trim_end_matches(bare);
    }
    // What is left lies in the text; of nothing the place does not matter.
    let start = words.as_ptr() as usize - text.as_ptr() as usize;
    Span::new(start, start + words.len())
}

/// Whether words speak in the first person.
pub(crate) fn first_person(words: &str) -> bool {
    let first = ["I", "We", "we", "My", "my", "Our", "our", "me", "us"];
    words.split(|c: char| !c.is_alphanumeric()).any(|word| first.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An attribution whose parts stand in the text with these words.
    fn attribution(text: &str, source: &str, cue: &str, content: &str) -> Attribution {
        let place = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).into_iter().collect();
        Attribution { source: place(source), cue: place(cue), content: place(content), ..Attribution::default() }
    }

    #[test]
    fn what_a_turn_reports_is_kept_beside_it() {
        let text = "OREN: Let us start.\n\nKESK: Merrow said no, as everyone in this room has known since Monday.\n\nOREN: Yes.";
        let found = |source, cue, content| attribution(text, source, cue, content);
        let reported = found("Merrow", "said", "no");
        let again = found("KESK", "said", "as everyone in this room");
        let out = read(text, |_| true, vec![reported.clone(), again.clone()]);
        assert!(out.contains(&reported) && !out.contains(&again) && out.len() == 4, "{out:?}");
    }

    #[test]
    fn the_first_person_of_a_turn_is_the_turn() {
        let text = "OREN: Will you sign?\n\nKESK: We want peace, you know how it is, and I said “never again” when they said no to the \
            gates and the US wants a deal.\n\nOREN: When?\n\nKESK: In May.";
        let found = |source, cue, content| attribution(text, source, cue, content);
        let first = found("We", "want", "peace");
        let laid = found("you", "know", "how it is");
        let others = [
            found("I", "said", "“never again”"),
            found("they", "said", "no to the gates"),
            found("US", "wants", "a deal"),
        ];
        let all = [first.clone(), laid.clone()].into_iter().chain(others.clone()).collect();
        let out = read(text, |_| true, all);
        assert!(!out.contains(&laid) && others.iter().all(|a| out.contains(a)), "{out:?}");
        assert!(out.contains(&Attribution { own_voice: true, ..first }), "{out:?}");
    }

    #[test]
    fn turns_are_taken_and_lists_are_not() {
        for (text, expected) in [
            (
                "OREN: Let us start.\n\nKESK: Yes.\n\nWith you.\n\nOREN: The gates?\n\nThe talks went on.",
                vec![("OREN", "Let us start."), ("KESK", "Yes. With you."), ("OREN", "The gates?")],
            ),
            ("Q: Will you?\n\nA: We will.\n\nQ: When?\n\nA: In May.", vec![("A", "We will."), ("A", "In May.")]),
            ("Q. Will you?\n\nA. We will.\n\nQ. When?\n\nA. In May.", vec![("A", "We will."), ("A", "In May.")]),
            (
                "Q  Sir, will you?\n\nTHE PRESIDENT:  We will.  (Laughter.)\n\nQ  When?\n\nTHE PRESIDENT:  In May.",
                vec![("THE PRESIDENT", "We will."), ("THE PRESIDENT", "In May.")],
            ),
            // Answers to questions that readers have are nobody's.
            ("Q: What is the dam?\n\nA: A wall.\n\nQ: Where?\n\nA: In Sarn.", vec![]),
            (
                "LENA BROOK, HOST: Welcome.\n\nANA OREN, MINISTER OF TARN: Yes.\n\n(APPLAUSE)\n\nBROOK: So?\n\nOREN: [Laughs] No.",
                vec![("LENA BROOK", "Welcome."), ("ANA OREN", "Yes."), ("BROOK", "So?"), ("OREN", "[Laughs] No.")],
            ),
            (
                "The Harbour Gazette met her.\n\nTHG: Will you?\n\nAO: We will.\n\nTHG: When?\n\nAO: In May.\n\nI hope so.\n\nThe Gazette met her in Sarn.",
                vec![("AO", "We will."), ("AO", "In May. I hope so.")],
            ),
            (
                "**Interviewer:** Will you?\n\n**Oren:** We will.\n\n**Interviewer:** When?\n\n**Oren:** In May.",
                vec![("Oren", "We will."), ("Oren", "In May.")],
            ),
            (
                "Ana Oren, minister: We will.\n\nInterviewer: When?\n\nIn Sarn, the guards: they went.\n\nOren: In May.",
                vec![("Ana Oren", "We will."), ("Oren", "In May.")],
            ),
            (
                "((HG))  Will you?\n\n((Ana Oren))  We will.\n\n((HG))  When?\n\nAO In May.\n\n((HG))  Why not now?",
                vec![("Ana Oren", "We will."), ("AO", "In May.")],
            ),
            // Prose that begins with an abbreviation has no turns.
            ("Q: Will you?\n\nUN Secretary Oren said no.\n\nEU ministers met.\n\nUN Envoy Kesk said yes.", vec![]),
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
