//! The reader: a second, smaller encoder, which reads one attribution in its place, source, cue and content with some words around each,
//! and tells what it does, which built-in issues it takes up, and where its speaker stands. The tagger reads
//! whole articles for their spans; what one statement means needs layers of its own. The weights lie in `model/reader.safetensors`, made
//! by `training/pourparler_training/reader.py`.

use std::collections::BTreeSet;

use safetensors::SafeTensors;

use crate::decode::Attribution;
use crate::encoder::{Encoder, Inputs};
use crate::tagger::{TaggerError, WORDS};
use crate::told::{ACTS, STANCES};
use crate::view::{CLS, Lines, Piece, SEP};
use crate::weights::{Unfit, floats, issue_ids, unfit};

static WEIGHTS: &[u8] = include_bytes!("../model/reader.safetensors");

/// What a piece is a part of, as training numbers it.
const OUTSIDE: i32 = 0;
const IN_CUE: i32 = 1;
const IN_CONTENT: i32 = 2;
const IN_SOURCE: i32 = 3;
/// So many pieces of each part are read, by the parts' numbers, and so many before and behind each of them; of all, so many with the
/// markers at both ends.
const MOST: [usize; 4] = [0, 16, 64, 16];
const CONTEXT: usize = 8;
const LONGEST: usize = 108;
/// So many statements are read together.
const TOGETHER: usize = 8;

/// The loaded reader. One can be shared by many threads.
pub(crate) struct Reader {
    encoder: Encoder,
    /// Ids of the built-in issues, in the order of their scores.
    issues: Vec<String>,
    /// What stances each issue has, whatever is said of it.
    lean: Vec<[f32; STANCES]>,
}

/// The pieces of an attribution's parts and those around them, as they follow in the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Pieced {
    pieces: Vec<Piece>,
    /// What each is a part of.
    kinds: Vec<i32>,
}

impl Pieced {
    /// Cuts an attribution into pieces; the paragraphs in which it stands are read by `lines`.
    ///
    /// # Errors
    /// Where the tokenizer fails.
    pub(crate) fn read(lines: &mut Lines, attribution: &Attribution) -> Result<Self, TaggerError> {
        // A word that is a part of several is marked as the last of them.
        let parts = [(IN_CONTENT, &attribution.content), (IN_CUE, &attribution.cue), (IN_SOURCE, &attribution.source)];
        let spans = || parts.iter().flat_map(|(kind, spans)| spans.iter().map(move |span| (*kind, *span)));
        let touched: BTreeSet<usize> = spans()
            .filter(|(_, span)| !span.is_empty())
            .flat_map(|(_, span)| lines.line_of(span.start)..=lines.line_of(span.end - 1))
            .collect();
        let (mut found, mut left) = (Self::default(), MOST);
        for line in touched {
            let Some(view) = lines.view(line)? else { continue };
            let mut kinds = vec![OUTSIDE; view.ids.len()];
            for (kind, span) in spans() {
                kinds[view.starting_in(span)].fill(kind);
            }
            // What is too much of a part is left out; what is not near a part that is read, too.
            let mut read = vec![false; kinds.len()];
            let mut over = Vec::new();
            for (at, &kind) in kinds.iter().enumerate().filter(|(_, kind)| **kind != OUTSIDE) {
                match left[kind as usize].checked_sub(1) {
                    Some(rest) => {
                        left[kind as usize] = rest;
                        read[at.saturating_sub(CONTEXT)..kinds.len().min(at + CONTEXT + 1)].fill(true);
                    }
                    None => over.push(at),
                }
            }
            over.into_iter().for_each(|at| read[at] = false);
            for at in (0..kinds.len()).filter(|&at| read[at]).take(LONGEST - 2 - found.pieces.len()) {
                found.pieces.push((view.ids[at], view.quoted[at]));
                found.kinds.push(kinds[at]);
            }
        }
        Ok(found)
    }
}

/// What one statement says, as logits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    /// Of what it does, in the order of [`Act::ALL`](pourparler_text::Act::ALL).
    pub acts: [f32; ACTS],
    /// Of where its speaker stands, in the order of [`Stance::ALL`](pourparler_text::Stance::ALL).
    stances: [f32; STANCES],
    /// Of the issues that it takes up, in the reader's order.
    issues: Vec<f32>,
}

impl Reader {
    /// Reads the weights inside the program.
    ///
    /// # Errors
    /// Where they do not fit each other or the program.
    pub(crate) fn new() -> Result<Self, TaggerError> {
        let issues = issue_ids(WEIGHTS, "reader")?;
        let file = SafeTensors::deserialize(WEIGHTS).map_err(|e| unfit("reader", &e))?;
        let flat = floats(&file, "lean")?;
        let lean = flat.as_chunks().0.to_vec();
        if flat.len() != issues.len() * STANCES {
            return Err(unfit("lean", &Unfit));
        }
        let encoder = Encoder::load(WORDS, WEIGHTS, 3 * (ACTS + STANCES + issues.len()))?;
        if encoder.longest() < LONGEST {
            return Err(unfit("positions", &Unfit));
        }
        Ok(Self { encoder, issues, lean })
    }

    /// Reads statements.
    ///
    /// # Errors
    /// Where the model fails.
    pub(crate) fn read(&self, statements: &[Pieced]) -> Result<Vec<Reading>, TaggerError> {
        let mut found = Vec::with_capacity(statements.len());
        for some in statements.chunks(TOGETHER) {
            let (mut ids, mut kinds, mut quotes, mut lengths) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for statement in some {
                ids.push(CLS);
                ids.extend(statement.pieces.iter().map(|(id, _)| id));
                ids.push(SEP);
                kinds.push(OUTSIDE);
                kinds.extend(&statement.kinds);
                kinds.push(OUTSIDE);
                quotes.push(0);
                quotes.extend(statement.pieces.iter().map(|&(_, quoted)| quoted as i32));
                quotes.push(0);
                lengths.push(statement.pieces.len() + 2);
            }
            let none = vec![0; ids.len()];
            let inputs = Inputs { ids: &ids, features: [&kinds, &quotes, &none], lengths: &lengths };
            let scores = self.encoder.run(&inputs)?;
            let mut start = 0;
            for length in lengths {
                found.push(self.reading(&scores, start, &kinds[start..start + length]));
                start += length;
            }
        }
        Ok(found)
    }

    /// The reading of one statement, of whose pieces the kinds are given, from scores in which the first of them has the place `start`.
    /// Each piece is scored three times over: as the opening one, as one of the cue and as one of the content.
    fn reading(&self, scores: &[f32], start: usize, kinds: &[i32]) -> Reading {
        let width = ACTS + STANCES + self.issues.len();
        let mut sums = vec![0.0; width];
        for (part, kind) in [OUTSIDE, IN_CUE, IN_CONTENT].into_iter().enumerate() {
            let pieces: Vec<usize> = match kind {
                OUTSIDE => vec![0],
                kind => (0..kinds.len()).filter(|&piece| kinds[piece] == kind).collect(),
            };
            let share = 1.0 / pieces.len().max(1) as f32;
            for piece in pieces {
                let row = &scores[(3 * (start + piece) + part) * width..][..width];
                sums.iter_mut().zip(row).for_each(|(sum, score)| *sum += share * score);
            }
        }
        let issues = sums.split_off(ACTS + STANCES);
        let mut reading = Reading { acts: [0.0; ACTS], stances: [0.0; STANCES], issues };
        reading.acts.copy_from_slice(&sums[..ACTS]);
        reading.stances.copy_from_slice(&sums[ACTS..]);
        reading
    }

    /// How far a statement takes up an issue, as a logit; `None` of an issue that the reader does not know.
    pub(crate) fn takes_up(&self, reading: &Reading, issue: &str) -> Option<f32> {
        Some(reading.issues[self.place(issue)?])
    }

    /// Where a statement's speaker stands on an issue, as logits in the order of [`Stance::ALL`](pourparler_text::Stance::ALL).
    pub(crate) fn stances(&self, reading: &Reading, issue: &str) -> [f32; STANCES] {
        let mut stances = reading.stances;
        if let Some(which) = self.place(issue) {
            stances.iter_mut().zip(self.lean[which]).for_each(|(sum, lean)| *sum += lean);
        }
        stances
    }

    /// Where an issue's score stands in a reading.
    fn place(&self, issue: &str) -> Option<usize> {
        self.issues.iter().position(|known| known == issue)
    }
}

#[cfg(test)]
mod tests {
    use pourparler_text::{Act, Byte, Span, Stance};

    use super::*;
    use crate::view::Pieces;

    fn attribution(cue: Span<Byte>, content: Span<Byte>) -> Attribution {
        Attribution { cue: vec![cue], content: vec![content], ..Attribution::default() }
    }

    /// Reads *They*, a cue and a content, one behind the other.
    fn read(reader: &Reader, cue: &str, content: &str) -> Reading {
        let pieces = Pieces::built_in().expect("the vocabulary is part of the crate");
        let text = format!("They {cue} {content}");
        let lines = pourparler_text::paragraphs(&text);
        let cue = Span::new(5, 5 + cue.len());
        let content = Span::new(text.len() - content.len(), text.len());
        let pieced = Pieced::read(&mut Lines::new(&text, &lines, &pieces), &attribution(cue, content))
            .expect("any text will do");
        reader.read(&[pieced]).expect("it runs").pop().expect("one for each")
    }

    fn highest(scores: &[f32]) -> usize {
        (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or_default()
    }

    #[test]
    fn statements_are_read_by_their_meaning() {
        let reader = Reader::new().expect("the weights are sound");
        for (cue, content, act, issue, stance) in [
            ("called for", "tougher sanctions", Act::Demand, "sanctions", Stance::Supports),
            ("rejected", "the proposed new elections", Act::Reject, "elections", Stance::Opposes),
            ("accused", "the army of breaking the ceasefire", Act::Accuse, "ceasefire", Stance::Supports),
            ("will", "withdraw its troops from the north by March", Act::Commit, "withdrawal", Stance::Supports),
        ] {
            let reading = read(&reader, cue, content);
            assert_eq!(Act::ALL[highest(&reading.acts)], act, "{content}");
            assert_eq!(reader.issues[highest(&reading.issues)], issue, "{content}");
            assert_eq!(Stance::ALL[highest(&reader.stances(&reading, issue))], stance, "{content}");
        }
    }

    #[test]
    fn any_lengths_and_issues_will_do() {
        let reader = Reader::new().expect("the weights are sound");
        let long = "talks ".repeat(500);
        for (cue, content) in [("", ""), ("said", ""), ("", long.as_str()), (long.as_str(), long.as_str())] {
            let reading = read(&reader, cue, content);
            assert!(reading.acts.iter().chain(&reading.issues).all(|score| score.is_finite()));
            assert_eq!(reader.takes_up(&reading, "fishing"), None);
            assert!(reader.takes_up(&reading, "sanctions").is_some());
        }
    }

    #[test]
    fn what_stands_near_is_read_and_too_much_is_left_out() {
        let pieces = Pieces::built_in().expect("the vocabulary is part of the crate");
        let long = "talks ".repeat(100);
        let text = format!("{long}the mayor said {long}again.\nThe end of it.");
        let lines = pourparler_text::paragraphs(&text);
        let of = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).expect("it is there");
        let mut found = attribution(of("said"), Span::new(of("said ").end, of("again").start));
        found.source = vec![of("the mayor")];
        let pieced = Pieced::read(&mut Lines::new(&text, &lines, &pieces), &found).expect("any text will do");
        // Eight before the source, source and cue, what is read of the content; the words behind it are near nothing that is read.
        let want = [(OUTSIDE, CONTEXT), (IN_SOURCE, 2), (IN_CUE, 1), (IN_CONTENT, MOST[IN_CONTENT as usize])];
        let want: Vec<i32> = want.into_iter().flat_map(|(kind, n)| std::iter::repeat_n(kind, n)).collect();
        assert_eq!(pieced.kinds, want);
        let nothing = Pieced::read(&mut Lines::new(&text, &lines, &pieces), &Attribution::default());
        assert_eq!(nothing.expect("any text will do"), Pieced::default());
    }

    #[test]
    fn statements_read_together_do_not_see_each_other() {
        let (reader, pieces) =
            (Reader::new().expect("the weights are sound"), Pieces::built_in().expect("it is whole"));
        let text = "Oren demanded a truce.\nTal said that the vote was rigged, and that the court would look into it.";
        let lines = pourparler_text::paragraphs(text);
        let mut views = Lines::new(text, &lines, &pieces);
        let mut cut = |cue: &str, content: &str| {
            let of = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).expect("it is there");
            Pieced::read(&mut views, &attribution(of(cue), of(content))).expect("any text will do")
        };
        let both = [cut("demanded", "a truce"), cut("said", "that the vote was rigged")];
        assert!(both.iter().all(|one| one.kinds.contains(&OUTSIDE)));
        let together = reader.read(&both).expect("it runs");
        for (one, beside) in both.into_iter().zip(together) {
            let alone = reader.read(&[one]).expect("it runs").pop().expect("one for each");
            // Rounding has one zero for all rows: that is the whole difference.
            let far = |(a, b): (&f32, &f32)| (a - b).abs() > 0.3;
            assert!(!alone.issues.iter().zip(&beside.issues).any(far) && !alone.acts.iter().zip(&beside.acts).any(far));
        }
    }
}
