//! How sure an attribution is: a logistic regression over its signals, fitted after training on PolNeAR's dev part and the
//! corpus's (`training/calibrate`). Two of the signals come from the cue's words: how often such a word makes a statement where it
//! stands, as counted in the corpus's train part, and whether there is a cue at all.

use std::collections::HashMap;
use std::sync::LazyLock;

use pourparler_text::{Byte, Span};

use crate::TaggerError;
use crate::decode::{Attribution, OF_CUE, SIGNALS, Signals};
use crate::tagger::Model;

/// The rate of a word that the corpus has not, as a logarithm of odds.
const UNHEARD_OF: f32 = -1.386;

/// Weights of the signals, and what is added to their sum.
pub(crate) struct Confidence {
    weights: Signals,
    bias: f32,
}

impl Confidence {
    /// Those of a model, from the table inside the program.
    ///
    /// # Errors
    /// Where the table has not a row for each signal and one for the bias.
    pub(crate) fn new(model: Model) -> Result<Self, TaggerError> {
        let column = match model {
            Model::Accurate => 1,
            Model::Fast => 2,
        };
        let table = include_str!("../model/confidence.tsv");
        let numbers: Vec<f32> = table.lines().skip(1).filter_map(|l| l.split('\t').nth(column)?.parse().ok()).collect();
        match numbers.split_last() {
            Some((&bias, weights)) if weights.len() == SIGNALS => {
                let mut all = [0.0; SIGNALS];
                all.copy_from_slice(weights);
                Ok(Self { weights: all, bias })
            }
            _ => Err(TaggerError::Weights(format!("confidence: not {SIGNALS} weights and one bias"))),
        }
    }

    /// A probability from signals.
    pub(crate) fn of(&self, signals: &Signals) -> f32 {
        let sum: f32 = self.weights.iter().zip(signals).map(|(w, s)| w * s).sum();
        1.0 / (1.0 + (-sum - self.bias).exp())
    }
}

/// Fills in the signals that the words of the cue give.
pub(crate) fn read_cue(text: &str, attribution: &mut Attribution) {
    let words = |span: &Span<Byte>| text.get(span.start..span.end).unwrap_or_default();
    let rates = attribution.cue.iter().flat_map(|span| stems(words(span))).map(|stem| rate(&stem));
    let rate = rates.reduce(f32::max);
    attribution.signals[OF_CUE] = rate.unwrap_or(0.0);
    attribution.signals[OF_CUE + 1] = f32::from(rate.is_none());
}

/// How often a word makes a statement where it stands.
fn rate(stem: &str) -> f32 {
    static RATES: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
        let rows = include_str!("../model/cue_words.tsv").lines().filter_map(|l| l.split_once('\t'));
        rows.filter_map(|(word, rate)| Some((word, rate.parse().ok()?))).collect()
    });
    RATES.get(stem).copied().unwrap_or(UNHEARD_OF)
}

/// The words of a cue without the endings of verbs and plurals. The same in `training/pourparler_training/cue_words.py`.
fn stems(words: &str) -> impl Iterator<Item = String> {
    let parts = words.split(|c: char| !(c.is_alphanumeric() || "_’'-".contains(c)));
    parts.filter(|word| !word.is_empty()).map(|word| {
        let word = word.to_lowercase();
        let long = |stem: &&str| stem.chars().count() > 3;
        let stem = ["ing", "ed", "es", "s"].iter().find_map(|end| word.strip_suffix(end).filter(long));
        stem.unwrap_or(&word).trim_end_matches('e').to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_endings() {
        let found: Vec<_> = stems("has said, Called for: dies").collect();
        assert_eq!(found, ["has", "said", "call", "for", "dies"]);
    }

    #[test]
    fn saying_makes_statements_more_often_than_meeting() {
        assert!(rate("said") > rate("meet") + 2.0);
        assert!(rate("said") > UNHEARD_OF);
    }

    #[test]
    fn every_model_has_its_weights() {
        for model in [Model::Accurate, Model::Fast] {
            let confidence = Confidence::new(model).expect("the table is whole");
            let (weak, strong) = ([0.2; SIGNALS], [0.95; SIGNALS]);
            assert!(confidence.of(&weak) < confidence.of(&strong));
        }
    }
}
