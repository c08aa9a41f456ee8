//! What words tell of acts and stances beside the tagger: weights for the wordpieces of cue and content, for what the rules of
//! [`act`](crate::act) and [`stance`](crate::stance) say, and for the issue. They are two regressions on the corpus, which lie in
//! `model/told_words.safetensors`; `training/pourparler_training/told_words.py` makes them.

use std::collections::{BTreeSet, HashMap};

use pourparler_text::{Act, Quotation, Stance};
use safetensors::SafeTensors;

use crate::TaggerError;
use crate::reader::Reading;
use crate::told::{ACTS, STANCES, Told};
use crate::weights::{Unfit, floats, int8, issue_ids, numbers, unfit};

static WEIGHTS: &[u8] = include_bytes!("../model/told_words.safetensors");

/// What the tagger's scores weigh beside the words', and the reader's. Chosen on the corpus's dev part.
const TAGGER_ACTS: f32 = 1.0;
const TAGGER_STANCES: f32 = 0.7;
const READER_ACTS: f32 = 4.0;
const READER_STANCES: f32 = 2.0;
/// Contents are told apart by their length in so many buckets, of so many pieces each.
const LENGTHS: usize = 7;
const STEP: usize = 8;
/// Signs of an act beside the words: the rules' act, the quotation, the length, whether the content asks.
const ACT_SIGNS: usize = ACTS + QUOTATIONS + LENGTHS + 1;
const QUOTATIONS: usize = 3;
/// Signs of a stance before those of the issues: the rules' stance or none, the rules' act.
const STANCE_SIGNS: usize = STANCES + 1 + ACTS;

/// The learnt weights.
pub(crate) struct ToldWords {
    acts: Regression<ACTS>,
    stances: Regression<STANCES>,
    /// Ids of the built-in issues, in the order of their signs.
    issues: Vec<String>,
}

/// A statement's words, as the regressions read them.
pub(crate) struct Said<'a> {
    /// The cue's pieces, each once.
    pub cue: &'a BTreeSet<i32>,
    /// The content's pieces, each once, and how many there are in all.
    pub content: &'a BTreeSet<i32>,
    pub length: usize,
    /// Whether the content asks something.
    pub asks: bool,
    pub quotation: Quotation,
    /// The act that the rules of words give.
    pub by_words: Act,
}

impl ToldWords {
    /// Reads the weights inside the program.
    ///
    /// # Errors
    /// Where they are not of one shape.
    pub(crate) fn new() -> Result<Self, TaggerError> {
        let issues = issue_ids(WEIGHTS, "told words")?;
        let file = SafeTensors::deserialize(WEIGHTS).map_err(|e| unfit("told words", &e))?;
        let signs = STANCE_SIGNS + issues.len() * (ACTS + 1);
        Ok(Self {
            acts: Regression::read(&file, "acts", ACT_SIGNS)?,
            stances: Regression::read(&file, "stances", signs)?,
            issues,
        })
    }

    /// The likeliest act of a statement, by its words and the scores of the reader together, or of the tagger where there is no reader.
    pub(crate) fn act(&self, said: &Said, told: &Told, reading: Option<&Reading>) -> Act {
        let quotation = match said.quotation {
            Quotation::Direct => 0,
            Quotation::Indirect => 1,
            Quotation::Mixed => 2,
        };
        let length = (said.length / STEP).min(LENGTHS - 1);
        let mut signs = vec![place(Act::ALL, said.by_words), ACTS + quotation, ACTS + QUOTATIONS + length];
        signs.extend(said.asks.then_some(ACT_SIGNS - 1));
        let mut scores = self.acts.scores(said, &signs);
        match reading {
            Some(reading) => add(&mut scores, &reading.acts, READER_ACTS),
            None => add(&mut scores, &told.acts, TAGGER_ACTS),
        }
        Act::ALL[highest(&scores)]
    }

    /// The likeliest stance of a statement on an issue; `by_words` is what the rules say where words show the issue, `reading` what the
    /// reader says, which stands in for the tagger.
    pub(crate) fn stance(
        &self,
        said: &Said,
        issue: &str,
        by_words: Option<Stance>,
        told: &Told,
        reading: Option<[f32; STANCES]>,
    ) -> Stance {
        let act = place(Act::ALL, said.by_words);
        let mut signs = vec![by_words.map_or(STANCES, |stance| place(Stance::ALL, stance)), STANCES + 1 + act];
        if let Some(which) = self.issues.iter().position(|i| i == issue) {
            let start = STANCE_SIGNS + which * (ACTS + 1);
            signs.extend([start, start + 1 + act]);
        }
        let mut scores = self.stances.scores(said, &signs);
        match reading {
            Some(reading) => add(&mut scores, &reading, READER_STANCES),
            None => add(&mut scores, &told.stances, TAGGER_STANCES),
        }
        Stance::ALL[highest(&scores)]
    }
}

/// A multinomial regression on pieces of cue and content and on signs.
struct Regression<const CLASSES: usize> {
    cue: Table<CLASSES>,
    content: Table<CLASSES>,
    signs: Vec<[f32; CLASSES]>,
    bias: [f32; CLASSES],
}

/// A row of weights for each piece, as int8 with a scale for each class.
struct Table<const CLASSES: usize> {
    rows: HashMap<i32, usize>,
    weights: Vec<i8>,
    scales: [f32; CLASSES],
}

impl<const CLASSES: usize> Regression<CLASSES> {
    fn read(file: &SafeTensors, kind: &str, signs: usize) -> Result<Self, TaggerError> {
        let row = |values: Vec<f32>| <[f32; CLASSES]>::try_from(values).map_err(|_| unfit(kind, &Unfit));
        let table = |part: &str| -> Result<Table<CLASSES>, TaggerError> {
            let name = |what: &str| format!("{kind}.{part}.{what}");
            let pieces = numbers(file, &name("pieces"))?;
            let weights = int8(file, &name("weights"))?;
            if weights.len() != pieces.len() * CLASSES {
                return Err(unfit(&name("weights"), &Unfit));
            }
            let rows = pieces.into_iter().enumerate().map(|(row, piece)| (piece, row)).collect();
            Ok(Table { rows, weights, scales: row(floats(file, &name("scales"))?)? })
        };
        let flat = floats(file, &format!("{kind}.signs"))?;
        if flat.len() != signs * CLASSES {
            return Err(unfit(&format!("{kind}.signs"), &Unfit));
        }
        let signs = flat.chunks_exact(CLASSES).map(|chunk| row(chunk.to_vec())).collect::<Result<_, _>>()?;
        Ok(Self {
            cue: table("cue")?,
            content: table("content")?,
            signs,
            bias: row(floats(file, &format!("{kind}.bias"))?)?,
        })
    }

    fn scores(&self, said: &Said, signs: &[usize]) -> [f32; CLASSES] {
        let mut scores = self.bias;
        for (table, pieces) in [(&self.cue, said.cue), (&self.content, said.content)] {
            for &row in pieces.iter().filter_map(|piece| table.rows.get(piece)) {
                let weights = &table.weights[row * CLASSES..(row + 1) * CLASSES];
                for ((score, &weight), scale) in scores.iter_mut().zip(weights).zip(&table.scales) {
                    *score += f32::from(weight) * scale;
                }
            }
        }
        for &sign in signs {
            scores.iter_mut().zip(&self.signs[sign]).for_each(|(score, weight)| *score += weight);
        }
        scores
    }
}

/// Adds a share of other scores.
fn add(scores: &mut [f32], others: &[f32], share: f32) {
    scores.iter_mut().zip(others).for_each(|(score, other)| *score += share * other);
}

/// Where a value stands in the list of all.
fn place<T: PartialEq + Copy>(all: &[T], value: T) -> usize {
    all.iter().position(|&one| one == value).unwrap_or_default()
}

/// The first of the highest scores.
fn highest(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Pieces;

    #[test]
    fn words_lean_to_acts_and_stances() {
        let (words, pieces) = (ToldWords::new().expect("they fit"), Pieces::built_in().expect("it is whole"));
        let of = |words: &str| pieces.ids(words).expect("any text will do").into_iter().collect::<BTreeSet<_>>();
        for (cue, content, by_words, act, stance) in [
            ("rejected", "any talk of sanctions", Act::Reject, Act::Reject, Stance::Opposes),
            ("called for", "more sanctions", Act::Demand, Act::Demand, Stance::Supports),
        ] {
            let (cue, content) = (of(cue), of(content));
            let said = Said {
                length: content.len(),
                cue: &cue,
                content: &content,
                asks: false,
                quotation: Quotation::Indirect,
                by_words,
            };
            assert_eq!(words.act(&said, &Told::default(), None), act);
            assert_eq!(words.stance(&said, "sanctions", Some(stance), &Told::default(), None), stance);
            // of an issue that nothing was learnt of, too
            assert_eq!(words.stance(&said, "fishing", Some(stance), &Told::default(), None), stance);
        }
    }
}
