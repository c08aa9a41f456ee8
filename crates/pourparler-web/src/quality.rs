//! How right the machine was so far, and how far reviewers agree, with what chance alone would leave open.

use std::collections::BTreeMap;

use pourparler_ledger::{Alpha, Field, Ledger, LedgerError, Part, ReviewStatistics, SecondOpinion, Verdict, alphas};

/// Of a normal distribution, 95 % lie within so many deviations.
const Z: f64 = 1.959_963_984_540_054;

/// A share of a number of cases, with the interval in which the true share lies with 95 % (Wilson's).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// The share, from 0 to 1.
    pub share: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Share {
    /// `None` where there are no cases.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of decisions")]
    pub fn of(count: usize, of: usize) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let (n, share) = (of as f64, count as f64 / of as f64);
        let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Some(Self { count, of, share, low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
    }
}

/// Two reviewers and the statements on which both decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Their names.
    pub names: [String; 2],
    /// On how many both decided.
    pub statements: usize,
    /// On how many of these both say that it is a statement, or both that it is none.
    pub same: usize,
}

/// What decisions tell of machine and people.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// What people made of what the machine found.
    pub machine: ReviewStatistics,
    /// On how many statements two people or more decided.
    pub twice: usize,
    /// On how many of these all say that it is one, or all that it is none.
    pub same_verdict: usize,
    /// On how many of these all agree in every part.
    pub same_in_all: usize,
    /// In how many of these those who keep it differ in a part.
    pub differ_in: BTreeMap<Part, usize>,
    /// How many disagreements wait to be settled.
    pub open: usize,
    /// Krippendorff's alpha by field.
    pub alphas: Vec<(Field, Alpha)>,
    /// Who decided beside another.
    pub pairs: Vec<Pair>,
}

impl Quality {
    /// Reads it from the ledger.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn read(ledger: &Ledger) -> Result<Self, LedgerError> {
        Ok(Self::of(ledger.review_statistics()?, &ledger.second_opinions()?))
    }

    /// Krippendorff's alpha of whether it is a statement.
    #[must_use]
    pub fn alpha(&self) -> Option<f64> {
        self.alphas.iter().find(|(field, _)| *field == Field::Statement).and_then(|(_, alpha)| alpha.value)
    }

    fn of(machine: ReviewStatistics, opinions: &[SecondOpinion]) -> Self {
        let keeps = |verdict: &Verdict| verdict.kept().is_some();
        let mut pairs: BTreeMap<[&str; 2], (usize, usize)> = BTreeMap::new();
        let mut differ_in: BTreeMap<Part, usize> = BTreeMap::new();
        for opinion in opinions {
            opinion.parts.iter().for_each(|part| *differ_in.entry(*part).or_default() += 1);
            for (at, one) in opinion.decisions.iter().enumerate() {
                for other in &opinion.decisions[at + 1..] {
                    let mut names = [one.reviewer.as_str(), other.reviewer.as_str()];
                    names.sort_unstable();
                    let (both, same) = pairs.entry(names).or_default();
                    *both += 1;
                    *same += usize::from(keeps(&one.verdict) == keeps(&other.verdict));
                }
            }
        }
        let pair =
            |(names, (statements, same)): ([&str; 2], _)| Pair { names: names.map(str::to_owned), statements, same };
        Self {
            twice: opinions.len(),
            same_verdict: opinions.iter().filter(|o| !o.disputed).count(),
            same_in_all: opinions.iter().filter(|o| o.agrees()).count(),
            open: opinions.iter().filter(|o| o.is_open()).count(),
            alphas: alphas(opinions),
            pairs: pairs.into_iter().map(pair).collect(),
            differ_in,
            machine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of Wilson's interval as textbooks have them.
    #[test]
    fn intervals_stay_inside_and_hold_the_share() {
        for (count, of, low, high) in [
            (0, 10, 0.0, 0.2775),
            (10, 10, 0.7225, 1.0),
            (5, 10, 0.2366, 0.7634),
            (1, 1, 0.2065, 1.0),
            (81, 263, 0.2553, 0.3662),
        ] {
            let share = Share::of(count, of).expect("cases");
            assert!((share.low - low).abs() < 1e-3 && (share.high - high).abs() < 1e-3, "{share:?}");
        }
        assert_eq!(Share::of(0, 0), None);
    }
}
