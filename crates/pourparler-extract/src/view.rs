//! What the encoder sees of a text: wordpieces with features of case, quotation and paragraph, packed into windows of
//! whole paragraphs.
//!
//! `training/pourparler_training/view.py` and `data.py` do the same when the weights are made; a fixture that they write
//! holds both to the same output.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use ahash::AHashMap;
use pourparler_text::{Byte, Span, paragraphs};
use tokenizers::Tokenizer;
use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;

use crate::TaggerError;

/// Most pieces in a window, with its two markers.
pub const WINDOW: usize = 192;
/// The pieces that open a window and end it, or a part of it.
pub(crate) const CLS: i32 = 101;
pub(crate) const SEP: i32 = 102;
const STOPS: [i32; 3] = [1012, 999, 1029]; // . ! ?

// Case of a piece.
/// Digits and punctuation.
pub const NO_LETTERS: u8 = 0;
const LOWER: u8 = 1;
const CAPITALISED: u8 = 2;
const UPPER: u8 = 3;

/// Place of a character in relation to quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Quoted {
    /// Outside.
    Outside = 0,
    /// Between two marks.
    Inside = 1,
    /// An opening mark.
    Opening = 2,
    /// A closing mark.
    Closing = 3,
}

/// Wordpieces of the encoder's vocabulary.
pub struct Pieces {
    tokenizer: Tokenizer,
}

impl Pieces {
    /// Reads a vocabulary, one piece a line.
    ///
    /// # Errors
    /// Where the vocabulary lacks the unknown piece.
    pub fn new(vocabulary: &str) -> Result<Self, TaggerError> {
        let vocabulary: AHashMap<String, u32> = vocabulary.lines().map(str::to_owned).zip(0u32..).collect();
        let model = WordPiece::builder()
            .vocab(vocabulary)
            .unk_token("[UNK]".into())
            .build()
            .map_err(|e| TaggerError::Vocabulary(e.to_string()))?;
        let mut tokenizer = Tokenizer::new(model);
        let fail = |e: tokenizers::Error| TaggerError::Vocabulary(e.to_string());
        tokenizer.with_normalizer(Some(BertNormalizer::new(true, true, None, true))).map_err(fail)?;
        tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
        Ok(Self { tokenizer })
    }

    /// The vocabulary inside the program.
    ///
    /// # Errors
    /// As [`Pieces::new`].
    pub(crate) fn built_in() -> Result<Self, TaggerError> {
        Self::new(include_str!("../model/vocab.txt"))
    }

    /// The pieces of some words.
    #[cfg(test)]
    pub(crate) fn ids(&self, words: &str) -> Result<Vec<i32>, TaggerError> {
        Ok(self.view(words, 0)?.ids)
    }

    /// The pieces of one paragraph, which starts at byte `start` of its text.
    ///
    /// # Errors
    /// Where the tokenizer fails, which it does on no text that we know of.
    pub(crate) fn view(&self, paragraph: &str, start: usize) -> Result<View, TaggerError> {
        let chars: Vec<(usize, char)> = paragraph.char_indices().collect();
        let marks = quotation_marks(&chars);
        let quoted = quotation_states(&marks);
        let encoding = self
            .tokenizer
            .encode_char_offsets(model_text(&chars, &marks), false)
            .map_err(|e| TaggerError::Vocabulary(e.to_string()))?;
        let byte = |i: usize| chars.get(i).map_or(paragraph.len(), |c| c.0);
        let mut view = View::default();
        for ((id, token), &(a, b)) in encoding.get_ids().iter().zip(encoding.get_tokens()).zip(encoding.get_offsets()) {
            let (from, to) = (byte(a), byte(b));
            view.ids.push(*id as i32);
            view.starts.push(!token.starts_with("##"));
            view.spans.push(Span::new(start + from, start + to));
            view.case.push(case_of(&paragraph[from..to]));
            view.quoted.push(quoted.get(a).copied().unwrap_or(Quoted::Outside));
        }
        Ok(view)
    }

    /// Packs the paragraphs of a text that `keep` admits into windows.
    ///
    /// # Errors
    /// Where the tokenizer fails, which it does on no text that we know of.
    pub fn windows(&self, text: &str, keep: impl Fn(Span<Byte>) -> bool) -> Result<Vec<Window>, TaggerError> {
        Lines::new(text, &paragraphs(text), self).windows(keep)
    }
}

/// Pieces side by side, one entry in each list for each piece.
#[derive(Debug, Default, Clone)]
pub struct View {
    /// Number in the vocabulary.
    pub ids: Vec<i32>,
    /// Whether a word starts here.
    pub starts: Vec<bool>,
    /// Where in the text.
    pub spans: Vec<Span<Byte>>,
    /// Case.
    pub case: Vec<u8>,
    /// Place in relation to quotation marks.
    pub quoted: Vec<Quoted>,
}

impl View {
    /// The pieces that start inside a span.
    pub(crate) fn starting_in(&self, span: Span<Byte>) -> Range<usize> {
        let before = |at: usize| self.spans.partition_point(|piece| piece.start < at);
        before(span.start)..before(span.end.max(span.start))
    }

    /// Cuts a long paragraph into runs of at most `limit` pieces, after a sentence end where there is one.
    fn runs(&self, limit: usize) -> Vec<Range<usize>> {
        let n = self.ids.len();
        let (mut start, mut out) = (0, Vec::new());
        while n - start > limit {
            let full = start + limit;
            let sentence_end = (start + limit / 2 + 1..=full)
                .rev()
                .find(|&k| self.starts[k] && self.case[k - 1] == NO_LETTERS && STOPS.contains(&self.ids[k - 1]));
            let end = sentence_end.unwrap_or_else(|| {
                let mut end = full;
                while end > start + 1 && !self.starts[end] {
                    end -= 1;
                }
                end
            });
            out.push(start..end);
            start = end;
        }
        out.push(start..n);
        out
    }
}

/// A piece's number in the vocabulary, and its place in relation to quotation marks.
pub(crate) type Piece = (i32, Quoted);

/// The paragraphs of a text, cut into pieces when they are asked for, each once.
pub(crate) struct Lines<'a> {
    text: &'a str,
    lines: &'a [Span<Byte>],
    pieces: &'a Pieces,
    views: HashMap<usize, View>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str, lines: &'a [Span<Byte>], pieces: &'a Pieces) -> Self {
        Self { text, lines, pieces, views: HashMap::new() }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Where the paragraphs are.
    pub(crate) fn spans(&self) -> &'a [Span<Byte>] {
        self.lines
    }

    /// Packs the paragraphs that `keep` admits into windows.
    ///
    /// # Errors
    /// Where the tokenizer fails.
    pub(crate) fn windows(&mut self, keep: impl Fn(Span<Byte>) -> bool) -> Result<Vec<Window>, TaggerError> {
        let mut out = Vec::new();
        let mut current = Window::default();
        for (number, _) in self.lines.iter().enumerate().filter(|(_, line)| keep(**line)) {
            let Some(view) = self.view(number)? else { continue };
            for run in view.runs(WINDOW - 2) {
                if current.pieces.ids.len() + run.len() > WINDOW - 2 {
                    out.push(std::mem::take(&mut current));
                }
                current.add(view, run, number);
            }
        }
        if !current.pieces.ids.is_empty() {
            out.push(current);
        }
        Ok(out)
    }

    /// Which paragraph holds a place, or comes next.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.end <= at)
    }

    /// The pieces of a paragraph.
    ///
    /// # Errors
    /// Where the tokenizer fails.
    pub(crate) fn view(&mut self, line: usize) -> Result<Option<&View>, TaggerError> {
        let Some(&span) = self.lines.get(line) else { return Ok(None) };
        if let Entry::Vacant(free) = self.views.entry(line) {
            free.insert(self.pieces.view(&self.text[Range::from(span)], span.start)?);
        }
        Ok(self.views.get(&line))
    }

    /// The pieces that start inside some spans.
    ///
    /// # Errors
    /// Where the tokenizer fails.
    pub(crate) fn within(&mut self, spans: &[Span<Byte>]) -> Result<Vec<Piece>, TaggerError> {
        let mut found = Vec::new();
        for span in spans.iter().filter(|span| !span.is_empty()) {
            for line in self.line_of(span.start)..=self.line_of(span.end - 1) {
                let Some(view) = self.view(line)? else { continue };
                found.extend(view.starting_in(*span).map(|k| (view.ids[k], view.quoted[k])));
            }
        }
        Ok(found)
    }
}

/// Whole paragraphs that the encoder reads together.
#[derive(Debug, Default, Clone)]
pub struct Window {
    /// The pieces, without the markers at both ends.
    pub pieces: View,
    /// Number of each piece's paragraph in its text.
    pub paragraph: Vec<usize>,
    first: Vec<i32>,
}

impl Window {
    fn add(&mut self, view: &View, run: Range<usize>, paragraph: usize) {
        self.pieces.ids.extend(&view.ids[run.clone()]);
        self.pieces.starts.extend(&view.starts[run.clone()]);
        self.pieces.spans.extend(&view.spans[run.clone()]);
        self.pieces.case.extend(&view.case[run.clone()]);
        self.pieces.quoted.extend(&view.quoted[run.clone()]);
        self.paragraph.extend(run.clone().map(|_| paragraph));
        self.first.extend(run.map(|k| i32::from(k == 0)));
    }

    /// Its first pieces, at most so many.
    pub(crate) fn cut(mut self, most: usize) -> Self {
        self.pieces.ids.truncate(most);
        self.pieces.starts.truncate(most);
        self.pieces.spans.truncate(most);
        self.pieces.case.truncate(most);
        self.pieces.quoted.truncate(most);
        self.paragraph.truncate(most);
        self.first.truncate(most);
        self
    }

    /// The encoder's inputs, markers added: ids, case, quotation state, paragraph start.
    #[must_use]
    pub fn inputs(&self) -> [Vec<i32>; 4] {
        let framed = |before: i32, after: i32, values: &mut dyn Iterator<Item = i32>| {
            let mut out = vec![before];
            out.extend(values);
            out.push(after);
            out
        };
        [
            framed(CLS, SEP, &mut self.pieces.ids.iter().copied()),
            framed(0, 0, &mut self.pieces.case.iter().map(|&c| i32::from(c))),
            framed(0, 0, &mut self.pieces.quoted.iter().map(|&q| q as i32)),
            framed(0, 0, &mut self.first.iter().copied()),
        ]
    }
}

/// Direction of every quotation mark of a paragraph, `None` at other characters.
///
/// The direction of straight marks follows from their left neighbour. Single marks count only where they pair up
/// outside double marks; other single marks are apostrophes.
#[must_use]
pub fn quotation_marks(chars: &[(usize, char)]) -> Vec<Option<Quoted>> {
    let mut marks = vec![None; chars.len()];
    let mut low = false; // inside a quotation that „ opened, which “ closes
    let mut inside = false;
    let mut single: Option<usize> = None;
    for (i, &(_, c)) in chars.iter().enumerate() {
        // The second of a doubled mark.
        if marks[i].is_some() {
            continue;
        }
        let before = if i == 0 { ' ' } else { chars[i - 1].1 };
        let after = chars.get(i + 1).map_or(' ', |c| c.1);
        let starts = before.is_whitespace() || "([{-–—/".contains(before);
        let doubled = after == c && matches!(c, '\'' | '`' | '‘' | '’');
        // Marks that stand the wrong way round, as in ”careless print” and in »some languages«.
        let opens = !inside && starts && after.is_alphanumeric();
        let closes = inside && !starts && !after.is_alphanumeric();
        let kind = match c {
            '“' if low => Some(Quoted::Closing),
            '“' | '«' if closes => Some(Quoted::Closing),
            '“' | '„' | '«' | '‟' => Some(Quoted::Opening),
            '”' | '»' if opens => Some(Quoted::Opening),
            '”' | '»' => Some(Quoted::Closing),
            '"' | '＂' => Some(if starts { Quoted::Opening } else { Quoted::Closing }),
            // Single marks typed twice for one double mark.
            '\'' if doubled => Some(if starts { Quoted::Opening } else { Quoted::Closing }),
            '`' | '‘' if doubled => Some(Quoted::Opening),
            '’' if doubled => Some(Quoted::Closing),
            _ => None,
        };
        if let Some(kind) = kind {
            low = c == '„';
            marks[i] = Some(kind);
            if doubled {
                marks[i + 1] = Some(kind);
            }
            inside = kind == Quoted::Opening;
            single = None;
            continue;
        }
        if inside || !matches!(c, '\'' | '‘' | '’') {
            continue;
        }
        match single {
            None if c != '’' && starts && after.is_alphanumeric() => single = Some(i),
            Some(open) if c != '‘' && !after.is_alphanumeric() && !before.is_whitespace() => {
                marks[open] = Some(Quoted::Opening);
                marks[i] = Some(Quoted::Closing);
                single = None;
            }
            _ => {}
        }
    }
    marks
}

/// Where every character of a paragraph stands in relation to its quotation marks.
///
/// A quotation that is never closed runs to the end of its paragraph; a closing mark that nothing opened closes a
/// quotation that began with the paragraph.
#[must_use]
pub fn quotation_states(marks: &[Option<Quoted>]) -> Vec<Quoted> {
    let mut states = Vec::with_capacity(marks.len());
    let (mut inside, mut seen) = (false, false);
    for mark in marks {
        if let Some(kind) = mark {
            if *kind == Quoted::Closing && !seen {
                states.fill(Quoted::Inside);
            }
            inside = *kind == Quoted::Opening;
            seen = true;
        }
        states.push(mark.unwrap_or(if inside { Quoted::Inside } else { Quoted::Outside }));
    }
    states
}

fn case_of(piece: &str) -> u8 {
    let mut letters = piece.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return NO_LETTERS };
    if !first.is_uppercase() {
        return LOWER;
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) { UPPER } else { CAPITALISED }
}

/// The paragraph as the encoder reads it: one character for one, all quotation marks straight.
fn model_text(chars: &[(usize, char)], marks: &[Option<Quoted>]) -> String {
    chars
        .iter()
        .zip(marks)
        .map(|(&(_, c), mark)| match c {
            _ if mark.is_some() => '"',
            '’' | '‘' => '\'',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn pieces() -> Pieces {
        Pieces::built_in().expect("the vocabulary is part of the crate")
    }

    #[test]
    fn windows_are_those_of_the_training() {
        let fixture: Value = serde_json::from_str(include_str!("../tests/fixtures/view.json")).expect("it is JSON");
        let text = pourparler_text::Text::new(fixture["text"].as_str().expect("a text"));
        let windows = pieces().windows(text.as_str(), |_| true).expect("it is text");
        let expected = fixture["windows"].as_array().expect("a list");
        assert_eq!(windows.len(), expected.len());
        for (window, expected) in windows.iter().zip(expected) {
            let [ids, case, quote, first] = window.inputs();
            for (name, found) in [("ids", ids), ("case", case), ("quote", quote), ("first", first)] {
                assert_eq!(serde_json::json!(found), expected[name], "{name}");
            }
            let spans: Vec<_> = window.pieces.spans.iter().map(|&s| text.to_code_points(s)).collect();
            assert_eq!(serde_json::json!(spans), expected["spans"]);
            assert_eq!(serde_json::json!(window.pieces.starts), expected["starts"]);
        }
    }

    #[test]
    fn quotation_marks_and_what_is_none() {
        for (text, quoted) in [
            ("“a” b", "(i) o"),
            ("a” b “c", "i) o (i"),
            ("\"a\" b", "(i) o"),
            ("‘a b’ c", "(iii) o"),
            ("the countries' a's b", "oooooooooooooooooooo"),
            ("«a» „b“ c", "(i) (i) o"),
            ("''a'' ``b'' ‘‘c’’ d", "((i)) ((i)) ((i)) o"),
            ("»a« ”b” “c“ d", "(i) (i) (i) o"),
        ] {
            let chars: Vec<_> = text.char_indices().collect();
            let states = quotation_states(&quotation_marks(&chars));
            let shown: String = states
                .iter()
                .zip(&chars)
                .map(|(s, c)| match s {
                    Quoted::Opening => '(',
                    Quoted::Closing => ')',
                    Quoted::Inside => 'i',
                    Quoted::Outside if c.1 == ' ' && quoted.contains(' ') => ' ',
                    Quoted::Outside => 'o',
                })
                .collect();
            assert_eq!(shown, quoted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_lie_on_characters_and_in_order(text in "(\\PC|\n|“|”|\"|'|e\u{301}|🎉|ש| ){0,120}") {
            let mut before = 0;
            for window in pieces().windows(&text, |_| true).expect("any text will do") {
                prop_assert!(window.pieces.ids.len() <= WINDOW - 2);
                for s in &window.pieces.spans {
                    prop_assert!(s.start >= before && text.get(s.start..s.end).is_some());
                    before = s.start;
                }
            }
        }
    }
}
