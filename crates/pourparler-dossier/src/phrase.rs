//! Words of an issue, and texts, folded so that the one can be sought in the other.

use std::ops::Range;

/// A text in lower case with hyphens as spaces, single spaces, plain apostrophes and no double quotation marks; it
/// knows where each of its bytes was.
pub(crate) struct Folded {
    pub(crate) text: String,
    /// For each byte of `text`, the range of bytes that its character had in the original.
    from: Vec<(u32, u32)>,
}

impl Folded {
    pub(crate) fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut from = Vec::with_capacity(original.len());
        for (at, c) in original.char_indices() {
            // Texts of more than 4 GiB would show wrong ranges, never a panic.
            let place = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
            let range = (place(at), place(at + c.len_utf8()));
            for c in fold(c) {
                if c == ' ' && text.ends_with(' ') {
                    continue;
                }
                text.push(c);
                from.resize(text.len(), range);
            }
        }
        Self { text, from }
    }

    /// The original bytes of a range of folded ones.
    pub(crate) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let at = |i: usize| self.from.get(i).copied().unwrap_or_default();
        let start = at(range.start).0 as usize;
        start..(at(range.end.saturating_sub(1)).1 as usize).max(start)
    }

    /// Whether a word begins at this byte.
    pub(crate) fn begins_word(&self, at: usize) -> bool {
        !self.text.get(..at).is_some_and(|s| s.ends_with(char::is_alphanumeric))
    }

    /// The end of the word that goes on at this byte; the byte itself where none does.
    pub(crate) fn word_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        at + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
    }
}

/// What one character becomes; nothing where it is left out.
fn fold(c: char) -> impl Iterator<Item = char> {
    let folded = match c {
        '-' | '\u{2010}' | '\u{2011}' => Some(' '),
        '\u{2019}' | '\u{02bc}' => Some('\''),
        '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '\u{ad}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    folded.into_iter().flat_map(char::to_lowercase)
}

/// A word or phrase to be sought at word boundaries.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Needle {
    /// Its folded words up to each `*`, and what comes after; all are more than white space.
    pieces: Vec<String>,
    /// Whether the last word may have any ending, too.
    any_ending: bool,
}

impl Needle {
    fn parse(written: &str) -> Option<Self> {
        let text = Folded::new(written).text;
        let text = text.trim();
        let bare = text.strip_suffix('*').unwrap_or(text);
        let pieces: Vec<_> = bare.split("* ").map(|p| p.trim().to_owned()).collect();
        let meant = |p: &String| p.chars().any(char::is_alphanumeric) && !p.contains('*');
        pieces.iter().all(meant).then_some(Self { pieces, any_ending: bare != text })
    }

    /// What a text must hold for the needle to be there.
    pub(crate) fn head(&self) -> &str {
        self.pieces.first().map_or("", String::as_str)
    }

    /// The end of the needle where its head begins at `start`, and a word does.
    pub(crate) fn ends(&self, text: &Folded, start: usize) -> Option<usize> {
        let (mut at, mut end) = (start, start);
        let mut written = start;
        for (i, piece) in self.pieces.iter().enumerate() {
            if i > 0 {
                at = end + text.text.get(end..)?.strip_prefix(' ').map(|_| 1)?;
            }
            text.text.get(at..)?.strip_prefix(piece.as_str())?;
            written = at + piece.len();
            end = text.word_end(written);
        }
        (text.begins_word(start) && (self.any_ending || end == written)).then_some(end)
    }
}

/// One entry of an issue's words: each part must be there, by one of its needles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) parts: Vec<Vec<Needle>>,
}

impl Phrase {
    /// `None` where a part is empty or a `*` stands elsewhere than at the end of a word.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        let part = |p: &str| p.split('|').map(Needle::parse).collect::<Option<Vec<_>>>();
        Some(Self { parts: written.split('+').map(part).collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folding_keeps_places() {
        let text = "A “Cease‑fire”  in Éire’s";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "a cease fire in éire's");
        let at = folded.text.find("cease fire").expect("it is there");
        assert_eq!(&text[folded.original(&(at..at + 10))], "Cease‑fire");
    }

    #[test]
    fn phrases_have_parts_and_alternatives() {
        let phrase = Phrase::parse("pull* out | withdraw* + troops|forces").expect("well-formed");
        assert_eq!(phrase.parts.len(), 2);
        assert_eq!(phrase.parts[1].len(), 2);
        for bad in ["", "*", "troops +", "a | ", " - ", "with*draw", "“”", "* out", "troops**"] {
            assert_eq!(Phrase::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn needles_stand_at_word_boundaries() {
        let found = |needle: &str, text: &str| {
            let folded = Folded::new(text);
            let needle = Needle::parse(needle).expect("well-formed");
            let mut starts = folded.text.match_indices(needle.head());
            starts.find_map(|(i, _)| Some(text[folded.original(&(i..needle.ends(&folded, i)?))].to_owned()))
        };
        for (needle, text, want) in [
            ("truce", "the Truce held", Some("Truce")),
            ("truce", "truces, untruced", None),
            ("truce*", "no truces", Some("truces")),
            ("pull* out", "they pulled\nout of it", Some("pulled\nout")),
            ("pull* out", "they pulled outside", None),
            ("pull* out*", "they pulled outside", Some("pulled outside")),
            ("pull* out", "pull", None),
            ("cease-fire", "a cease fire.", Some("cease fire")),
            ("EU", "museum, neu, EU’s", Some("EU")),
        ] {
            assert_eq!(found(needle, text).as_deref(), want, "{needle} in {text}");
        }
    }

    proptest! {
        #[test]
        fn ranges_fit_the_original(text in "(\\PC|\n|--|İ|ẞ|’| ){0,40}", a in 0usize..60, b in 0usize..60) {
            let folded = Folded::new(&text);
            let snap = |i: usize| (0..=i.min(folded.text.len())).rev().find(|&i| folded.text.is_char_boundary(i));
            let (a, b) = (snap(a).unwrap_or(0), snap(b).unwrap_or(0));
            prop_assert!(text.get(folded.original(&(a.min(b)..a.max(b)))).is_some());
        }
    }
}
