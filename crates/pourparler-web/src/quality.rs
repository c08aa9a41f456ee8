//! How right the machine was so far, and how far reviewers agree, with what chance alone would leave open.

use std::collections::BTreeMap;

use pourparler_ledger::{Ledger, LedgerError, Part, ReviewStatistics, SecondOpinion, Verdict};

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

/// Krippendorff's alpha of nominal values: 1 where all agree, 0 where they agree as often as chance would have it. Each unit is given
/// by how often each value was found in it; those with less than two values do not count. `None` where nothing differs or nothing
/// can be compared, since then chance would agree as well.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of decisions")]
pub fn alpha(units: impl Iterator<Item = Vec<usize>>) -> Option<f64> {
    let mut totals: Vec<usize> = Vec::new();
    let mut observed = 0.0;
    for unit in units {
        let values: usize = unit.iter().sum();
        if values < 2 {
            continue;
        }
        totals.resize(totals.len().max(unit.len()), 0);
        totals.iter_mut().zip(&unit).for_each(|(total, count)| *total += count);
        let unlike: usize = unit.iter().map(|count| count * (values - count)).sum();
        observed += unlike as f64 / (values - 1) as f64;
    }
    let n: usize = totals.iter().sum();
    let unlike: usize = totals.iter().map(|count| count * (n - count)).sum();
    (unlike > 0).then(|| 1.0 - observed * (n - 1) as f64 / unlike as f64)
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
    /// Krippendorff's alpha of whether it is a statement.
    pub alpha: Option<f64>,
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
        let counts = |opinion: &SecondOpinion| {
            let kept = opinion.decisions.iter().filter(|d| keeps(&d.verdict)).count();
            vec![kept, opinion.decisions.len() - kept]
        };
        let pair =
            |(names, (statements, same)): ([&str; 2], _)| Pair { names: names.map(str::to_owned), statements, same };
        Self {
            twice: opinions.len(),
            same_verdict: opinions.iter().filter(|o| !o.disputed).count(),
            same_in_all: opinions.iter().filter(|o| o.agrees()).count(),
            alpha: alpha(opinions.iter().map(counts)),
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

    /// Counted by hand: two observers on ten units of which they differ in one, and the same by three.
    #[test]
    fn alpha_is_that_of_krippendorff() {
        let two = [[2, 0], [2, 0], [2, 0], [2, 0], [2, 0], [0, 2], [0, 2], [0, 2], [0, 2], [1, 1]];
        let found = alpha(two.iter().map(|u| u.to_vec())).expect("they differ");
        // 1 - 2 · 19 / (2 · 11 · 9)
        assert!((found - (1.0 - 38.0 / 198.0)).abs() < 1e-12, "{found}");
        let against = alpha([[1, 1], [1, 1]].iter().map(|u| u.to_vec())).expect("they differ");
        assert!(against < 0.0, "{against}");
        assert_eq!(alpha([[2, 0], [3, 0], [1, 0]].iter().map(|u| u.to_vec())), None);
        assert_eq!(alpha(std::iter::empty()), None);
        // Units that one person saw say nothing.
        let more = two.iter().map(|u| u.to_vec()).chain([vec![1, 0], vec![0, 1]]);
        assert_eq!(alpha(more), Some(found));
    }
}
