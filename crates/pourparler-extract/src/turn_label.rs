//! The labels that open the turns of a transcript: whose turn it is, in the many ways in which print says so.
//!
//! `WALLACE:`, `Ana Oren (Foreign Minister of Tarn):`, `ANA OREN, FOREIGN MINISTER:`, `[00:12:30] Oren:`, `**Q:**`, `((Ana Oren))`, and
//! `Q.` or initials without a mark.

use pourparler_text::{Byte, Span};

/// A label is at most this long, in bytes; an office behind the name is not counted.
const LABEL: usize = 40;
/// A label with an office behind the name is at most this long.
const WITH_OFFICE: usize = 120;

/// Labels of those who ask or lead through a programme and are not named.
const ASKERS: &[&str] = &[
    "q",
    "question",
    "questions",
    "questioner",
    "interviewer",
    "reporter",
    "reporters",
    "journalist",
    "journalists",
    "correspondent",
    "moderator",
    "host",
    "presenter",
    "anchor",
    "announcer",
    "narrator",
    "operator",
    "interpreter",
    "translator",
    "audience",
    "audience member",
    "media",
    "press",
    "participant",
    "speaker",
    "voice",
    "staff",
    "aide",
    "crosstalk",
    "unidentified",
    "unidentified male",
    "unidentified female",
    "unidentified speaker",
    "unidentified reporter",
    "unknown",
    "unknown speaker",
    "male speaker",
    "female speaker",
    "male voice",
    "female voice",
];

/// Labels of the one who is asked.
const ANSWERS: &[&str] = &["a", "ans", "answer", "answers", "guest", "interviewee", "respondent"];

/// A label and the mark behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) name: Span<Byte>,
    /// Empty where there is none.
    pub(crate) mark: Span<Byte>,
    /// Whether it is a label only among others: a name with an office behind it, or letters without a colon.
    pub(crate) loose: bool,
}

/// Whose turn a label opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turns {
    /// One who asks and is not named.
    Asker,
    /// The one who is asked, whom only the rest of the text names.
    Answer,
    /// Somebody with a name or an office.
    Named,
}

/// Whose turn a label opens.
pub(crate) fn turns(label: &str) -> Turns {
    let label = label.to_lowercase();
    let plain = label.trim_start_matches("the ").trim_end_matches(|c: char| c.is_ascii_digit() || " .#".contains(c));
    match plain {
        _ if ASKERS.contains(&plain) => Turns::Asker,
        _ if ANSWERS.contains(&plain) => Turns::Answer,
        _ => Turns::Named,
    }
}

/// The label and the colon that open a paragraph: "WALLACE: If I may …", "Q: Will they …".
pub(crate) fn label(text: &str, line: Span<Byte>) -> Option<(Span<Byte>, Span<Byte>)> {
    find(text, line).filter(|label| !label.loose).map(|label| (label.name, label.mark))
}

/// As [`label`], loose ones too.
pub(crate) fn find(text: &str, line: Span<Byte>) -> Option<Label> {
    let whole = &text[line.start..line.end];
    let inner = whole.trim_start_matches(['“', '"', '«', '*', '_', '>', ' ', '\u{a0}', '\t']);
    let inner = after_time(inner);
    let start = line.end - inner.len();
    let marked = letter(inner, start).or_else(|| bracketed(inner, start)).or_else(|| before_colon(inner, start));
    marked.or_else(|| initials(inner, start))
}

/// What stands before a colon and could be a name.
fn before_colon(inner: &str, start: usize) -> Option<Label> {
    let colon = inner.find([':', '：']).filter(|&at| (1..=WITH_OFFICE).contains(&at))?;
    let mark = inner[colon..].chars().next()?.len_utf8();
    // A time of day or an address has a colon, too.
    let after = inner[colon + mark..].chars().next();
    if after.is_some_and(|c| c.is_ascii_digit() || c == '/') {
        return None;
    }
    let before = inner[..colon].trim_end_matches(['*', '_', ' ', '\u{a0}']);
    let named = before.split([',', '(', '[']).next().unwrap_or(before).trim_end_matches([' ', '*', '_', '\u{a0}']);
    let office = before[named.len()..].trim_start();
    let closed = |open: &str, close: &str| office.starts_with(open) && office.ends_with(close);
    let aside = closed("(", ")") || closed("[", "]");
    // Of a name in capitals the office is no prose; of others it may be: *In Sarn, the minister said: …*
    let capitals = !before.chars().any(char::is_lowercase);
    if !(office.is_empty() || aside || office.starts_with(',')) || named.len() > LABEL {
        return None;
    }
    is_name(named).then(|| Label {
        name: Span::new(start, start + named.len()),
        mark: Span::new(start + colon, start + colon + mark),
        loose: !(office.is_empty() || aside || capitals),
    })
}

/// A name in double brackets, as wikis mark who speaks: `((Ana Oren))  We will`.
fn bracketed(inner: &str, start: usize) -> Option<Label> {
    let (name, _) = inner.strip_prefix("((")?.split_once("))")?;
    let end = start + name.len() + 4;
    let fits = name.len() <= LABEL && is_name(name);
    fits.then(|| Label { name: Span::new(start + 2, end - 2), mark: Span::new(end, end), loose: false })
}

/// Initials without a mark: `AO We will`.
fn initials(inner: &str, start: usize) -> Option<Label> {
    let (label, rest) = inner.split_once([' ', '\u{a0}', '\t'])?;
    let fits = (2..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_uppercase());
    let end = start + label.len();
    (fits && rest.trim_start().starts_with(char::is_uppercase)).then(|| Label {
        name: Span::new(start, end),
        mark: Span::new(end, end),
        loose: true,
    })
}

/// Whether words could be a name, with a number behind it where there are several of it: *SPEAKER 2*.
fn is_name(words: &str) -> bool {
    let parts: Vec<&str> = words.split([' ', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    let number = |(i, w): (usize, &&str)| of_name(w) || i > 0 && w.bytes().all(|b| b.is_ascii_digit());
    (1..=4).contains(&parts.len()) && parts.iter().enumerate().all(number)
}

/// A letter that stands for question or answer, without a colon: `Q. Will they`, `Q Mr. President`.
fn letter(inner: &str, start: usize) -> Option<Label> {
    let (first, rest) = inner.split_at_checked(1)?;
    let (mark, rest) = match rest.strip_prefix(['.', ')']) {
        Some(rest) if first == "Q" || first == "A" => (1, rest),
        None if first == "Q" => (0, rest),
        _ => return None,
    };
    let words = rest.trim_start_matches(['*', '_']).strip_prefix([' ', '\u{a0}', '\t'])?.trim_start();
    let begins = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“\"‘'([…-–—".contains(c));
    // Initials stand before a name, and a name is not asked.
    let (name, mark) = (Span::new(start, start + 1), Span::new(start + 1 - usize::from(mark == 0), start + 1 + mark));
    begins.then_some(Label { name, mark, loose: true })
}

/// What stands behind the time at which a turn begins: `[00:12:30]`, `(12:30)`, `12:30`.
fn after_time(line: &str) -> &str {
    let is_time = |words: &str| {
        words.contains(':') && words.chars().all(|c| c.is_ascii_digit() || ":., ->".contains(c)) && words.len() <= 32
    };
    let boxed = |open: char, close: char| {
        let (time, rest) = line.strip_prefix(open)?.split_once(close)?;
        is_time(time).then_some(rest)
    };
    let bare = || line.split_once(' ').filter(|(time, _)| is_time(time)).map(|(_, rest)| rest);
    let rest = boxed('[', ']').or_else(|| boxed('(', ')')).or_else(bare);
    rest.map_or(line, |rest| rest.trim_start_matches([' ', '\u{a0}', '\t', '-', '–', '*', '_']))
}

/// Whether a word could be one of a name's.
pub(crate) fn of_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c))
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
            ("**Q:** Will it?", Some("Q")),
            ("**Ana Oren**: We will.", Some("Ana Oren")),
            ("Oren\u{a0}: We will.", Some("Oren")),
            ("ANA OREN, FOREIGN MINISTER OF TARN: Good evening.", Some("ANA OREN")),
            ("Ana Oren (through an interpreter): Good evening.", Some("Ana Oren")),
            ("[00:12:30] Oren: Good evening.", Some("Oren")),
            ("00:12 OREN: Good evening.", Some("OREN")),
            ("SPEAKER 2: Yes.", Some("SPEAKER 2")),
            ("((Ana Oren))  Yes.", Some("Ana Oren")),
            ("((in Sarn))  Yes.", None),
            ("((Ana Oren", None),
            ("He said: no", None),
            ("At noon: the talks", None),
            ("Ana Oren, the minister of Tarn, said: no", None),
            ("Sarn 12:30", None),
            ("Https://example.org", None),
            ("A. Merrow came.", None),
            ("no colon", None),
            (":", None),
            ("", None),
        ] {
            let found = label(text, Span::new(0, text.len())).map(|(name, _)| &text[name.start..name.end]);
            assert_eq!(found, name, "{text}");
        }
    }

    #[test]
    fn loose_labels() {
        for (text, want) in [
            ("Q. Will it?", Some(("Q", "."))),
            ("A.\u{a0}We will.", Some(("A", "."))),
            ("Q   Mr. President, will it?", Some(("Q", "Q"))),
            ("Ana Oren, the minister: We will.", Some(("Ana Oren", ":"))),
            ("A We will.", None),
            ("AO We will.", Some(("AO", ""))),
            ("AO we will.", None),
            ("Q.E.D. is said", None),
        ] {
            let found = find(text, Span::new(0, text.len()));
            let words = |span: Span<Byte>| &text[span.start..span.end];
            assert_eq!(found.filter(|l| l.loose).map(|l| (words(l.name), words(l.mark))), want, "{text}");
        }
    }

    #[test]
    fn askers_and_answers() {
        for (label, want) in [
            ("Q", Turns::Asker),
            ("QUESTION 2", Turns::Asker),
            ("The Moderator", Turns::Asker),
            ("A", Turns::Answer),
            ("Interviewee", Turns::Answer),
            ("ANA OREN", Turns::Named),
            ("THE PRESIDENT", Turns::Named),
        ] {
            assert_eq!(turns(label), want, "{label}");
        }
    }
}
