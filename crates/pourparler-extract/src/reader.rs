//! The reader: a second, smaller encoder, which reads one statement, its cue, its content and a few words before them, and tells what it
//! does, which built-in issues it takes up, and where its speaker stands. The tagger reads whole articles for their spans; what one
//! statement means needs layers of its own. The weights lie in `model/reader.safetensors`, made by
//! `training/pourparler_training/reader.py`.

use pourparler_text::{Byte, Span};
use safetensors::SafeTensors;

use crate::encoder::{Encoder, Inputs};
use crate::tagger::{TaggerError, WORDS};
use crate::told::{ACTS, STANCES};
use crate::view::{CLS, Lines, Piece, SEP};
use crate::weights::{Unfit, floats, issue_ids, unfit};

static WEIGHTS: &[u8] = include_bytes!("../model/reader.safetensors");

/// So many pieces of a cue and of a content are read, as in training, and of what stands before them; of that training showed three
/// times as many, which says little more and takes its time.
const CUE: usize = 16;
const CONTENT: usize = 64;
const CONTEXT: usize = 8;
/// The opening piece and three that end the parts.
const MARKERS: usize = 4;
/// So many statements are read together.
const TOGETHER: usize = 8;
/// What a piece is a part of, as training numbers it.
const OUTSIDE: i32 = 0;
const IN_CUE: i32 = 1;
const IN_CONTENT: i32 = 2;
const BEFORE: i32 = 3;

/// The loaded reader. One can be shared by many threads.
pub(crate) struct Reader {
    encoder: Encoder,
    /// Ids of the built-in issues, in the order of their scores.
    issues: Vec<String>,
    /// What stances each issue has, whatever is said of it.
    lean: Vec<[f32; STANCES]>,
}

/// A statement cut into pieces.
#[derive(Default)]
pub(crate) struct Pieced {
    pub cue: Vec<Piece>,
    pub content: Vec<Piece>,
    /// What stands before both in their paragraph.
    pub before: Vec<Piece>,
}

impl Pieced {
    /// Cuts a statement into pieces; the paragraphs in which it stands are read by `lines`.
    ///
    /// # Errors
    /// Where the tokenizer fails.
    pub(crate) fn read(lines: &mut Lines, cue: &[Span<Byte>], content: &[Span<Byte>]) -> Result<Self, TaggerError> {
        let Some(first) = cue.iter().chain(content).map(|s| s.start).min() else { return Ok(Self::default()) };
        let mut before = lines.within(&[Span::new(lines.start_of(first), first)])?;
        before.drain(..before.len().saturating_sub(CONTEXT));
        Ok(Self { cue: lines.within(cue)?, content: lines.within(content)?, before })
    }
}

/// What one statement says, as logits.
#[derive(Clone)]
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
        if encoder.longest() < CUE + CONTENT + CONTEXT + MARKERS {
            return Err(unfit("positions", &Unfit));
        }
        Ok(Self { encoder, issues, lean })
    }

    /// Reads statements.
    ///
    /// # Errors
    /// Where the model fails.
    pub(crate) fn read(&self, statements: &[&Pieced]) -> Result<Vec<Reading>, TaggerError> {
        let mut found = Vec::with_capacity(statements.len());
        for some in statements.chunks(TOGETHER) {
            let (mut ids, mut kinds, mut quotes, mut lengths) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for statement in some {
                let start = ids.len();
                ids.push(CLS);
                kinds.push(OUTSIDE);
                quotes.push(0);
                let cue = &statement.cue[..statement.cue.len().min(CUE)];
                let content = &statement.content[..statement.content.len().min(CONTENT)];
                for (part, kind) in [(cue, IN_CUE), (content, IN_CONTENT), (&statement.before, BEFORE)] {
                    ids.extend(part.iter().map(|(id, _)| id));
                    kinds.extend(part.iter().map(|_| kind));
                    quotes.extend(part.iter().map(|&(_, quoted)| quoted as i32));
                    ids.push(SEP);
                    kinds.push(OUTSIDE);
                    quotes.push(0);
                }
                lengths.push(ids.len() - start);
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
    use pourparler_text::{Act, Stance};

    use super::*;
    use crate::view::Pieces;

    /// Reads *They*, a cue and a content, one behind the other.
    fn read(reader: &Reader, cue: &str, content: &str) -> Reading {
        let pieces = Pieces::built_in().expect("the vocabulary is part of the crate");
        let text = format!("They {cue} {content}");
        let lines = pourparler_text::paragraphs(&text);
        let cue = Span::new(5, 5 + cue.len());
        let content = Span::new(text.len() - content.len(), text.len());
        let pieced =
            Pieced::read(&mut Lines::new(&text, &lines, &pieces), &[cue], &[content]).expect("any text will do");
        reader.read(&[&pieced]).expect("it runs").pop().expect("one for each")
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
    fn statements_read_together_do_not_see_each_other() {
        let (reader, pieces) =
            (Reader::new().expect("the weights are sound"), Pieces::built_in().expect("it is whole"));
        let text = "Oren demanded a truce.\nTal said that the vote was rigged, and that the court would look into it.";
        let lines = pourparler_text::paragraphs(text);
        let mut views = Lines::new(text, &lines, &pieces);
        let mut cut = |cue: &str, content: &str| {
            let of = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).expect("it is there");
            Pieced::read(&mut views, &[of(cue)], &[of(content)]).expect("any text will do")
        };
        let both = [cut("demanded", "a truce"), cut("said", "that the vote was rigged")];
        assert!(both.iter().all(|one| !one.before.is_empty()));
        let together = reader.read(&both.iter().collect::<Vec<_>>()).expect("it runs");
        for (one, beside) in both.iter().zip(together) {
            let alone = reader.read(&[one]).expect("it runs").pop().expect("one for each");
            // Rounding has one zero for all rows: that is the whole difference.
            let far = |(a, b): (&f32, &f32)| (a - b).abs() > 0.3;
            assert!(!alone.issues.iter().zip(&beside.issues).any(far) && !alone.acts.iter().zip(&beside.acts).any(far));
        }
    }
}
