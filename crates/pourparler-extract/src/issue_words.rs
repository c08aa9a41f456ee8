//! What single words tell of the built-in issues, learnt from statements: a weight for each of some thousand wordpieces and
//! each issue. The weights lie in `model/issues.safetensors`, which `training/pourparler_training/issues.py` makes.

use std::collections::{BTreeSet, HashMap};

use safetensors::SafeTensors;

use crate::TaggerError;
use crate::weights::{Unfit, floats, int8, issue_ids, numbers, unfit};

static WEIGHTS: &[u8] = include_bytes!("../model/issues.safetensors");

/// Without any word that leans to it, an issue scores no less than this.
const RAREST: f32 = -4.0;

/// The learnt weights.
pub(crate) struct IssueWords {
    /// Ids of the issues, in the order of the rows.
    issues: Vec<String>,
    /// Column of each piece.
    columns: HashMap<i32, usize>,
    /// A row for each issue.
    weights: Vec<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl IssueWords {
    /// Reads the weights inside the program.
    ///
    /// # Errors
    /// Where they are not of one shape.
    pub(crate) fn new() -> Result<Self, TaggerError> {
        let issues = issue_ids(WEIGHTS, "issues")?;
        let file = SafeTensors::deserialize(WEIGHTS).map_err(|e| unfit("issues", &e))?;
        let weights = int8(&file, "weights")?;
        let pieces = numbers(&file, "pieces")?.into_iter();
        let columns: HashMap<i32, usize> = pieces.enumerate().map(|(column, piece)| (piece, column)).collect();
        let (scales, bias) = (floats(&file, "scales")?, floats(&file, "bias")?);
        let fit =
            weights.len() == issues.len() * columns.len() && scales.len() == issues.len() && bias.len() == issues.len();
        if fit { Ok(Self { issues, columns, weights, scales, bias }) } else { Err(unfit("issues", &Unfit)) }
    }

    /// The row of an issue; `None` of one that was not learnt.
    pub(crate) fn row(&self, issue: &str) -> Option<usize> {
        self.issues.iter().position(|i| i == issue)
    }

    /// The columns of those of some pieces of which something was learnt, each once.
    pub(crate) fn columns(&self, pieces: impl IntoIterator<Item = i32>) -> BTreeSet<usize> {
        pieces.into_iter().filter_map(|piece| self.columns.get(&piece).copied()).collect()
    }

    /// How far a content takes up the issue of a [row](Self::row), given its pieces' [columns](Self::columns); as a logit.
    pub(crate) fn score(&self, row: usize, columns: &BTreeSet<usize>) -> f32 {
        // A row that `row` gave is inside: `new` refuses weights of several shapes.
        let weights = &self.weights[row * self.columns.len()..(row + 1) * self.columns.len()];
        let sum: f32 = columns.iter().map(|&column| f32::from(weights[column])).sum();
        // That an issue was rare in the corpus is no reason to doubt the words that show it.
        sum * self.scales[row] + self.bias[row].max(RAREST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lean_to_their_issue() {
        let (words, pieces) =
            (IssueWords::new().expect("they fit"), crate::view::Pieces::built_in().expect("it is whole"));
        let score = |issue: &str, content: &str| {
            let columns = words.columns(pieces.ids(content).expect("any text will do"));
            words.score(words.row(issue).expect("it is built in"), &columns)
        };
        assert!(score("elections", "the vote was rigged") > score("elections", "the siege was lifted"));
        assert!(score("sanctions", "an oil embargo") > score("prisoners", "an oil embargo"));
        assert_eq!(words.row("straits").map(|row| words.score(row, &BTreeSet::new())), None);
    }
}
