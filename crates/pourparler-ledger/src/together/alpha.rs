//! Krippendorff's alpha: how far reviewers agree beyond what chance would bring about.

use std::collections::BTreeMap;

use pourparler_text::{CodePoint, Statement};

use crate::agreement::positions;
use crate::{Ledger, LedgerError, SecondOpinion, Verdict};

/// Krippendorff's alpha of nominal values, with how much it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// 1 where all agree, 0 where they agree as often as chance would have it, below 0 where less often. `None` where it is not
    /// defined: no unit has two values, or all values are the same, so that chance would agree as well.
    pub value: Option<f64>,
    /// The units that have two values or more.
    pub units: usize,
    /// How many values these have in all.
    pub values: usize,
}

impl Alpha {
    /// Of units, each given by the values that it has; a reviewer who gave it none is left out of it. Units with less than two values
    /// say nothing about agreement.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of decisions")]
    pub fn nominal<V: Ord>(units: impl IntoIterator<Item = impl IntoIterator<Item = V>>) -> Self {
        let mut totals: BTreeMap<V, usize> = BTreeMap::new();
        let (mut pairable, mut n, mut observed) = (0, 0, 0.0);
        for unit in units {
            let mut counts: BTreeMap<V, usize> = BTreeMap::new();
            unit.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
            let values: usize = counts.values().sum();
            if values < 2 {
                continue;
            }
            let unlike: usize = counts.values().map(|count| count * (values - count)).sum();
            observed += unlike as f64 / (values - 1) as f64;
            counts.into_iter().for_each(|(value, count)| *totals.entry(value).or_default() += count);
            (pairable, n) = (pairable + 1, n + values);
        }
        let unlike: usize = totals.values().map(|count| count * (n - count)).sum();
        let value = (unlike > 0).then(|| 1.0 - observed * (n - 1) as f64 / unlike as f64);
        Self { value, units: pairable, values: n }
    }
}

/// What reviewers can agree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Whether a statement is there.
    Statement,
    /// Who speaks: name and kind.
    Speaker,
    /// Whom the speaker speaks for.
    Party,
    /// Direct, indirect or mixed.
    Quotation,
    /// What it does.
    Act,
    /// The issues with stances and options; sets that are not the same count as other values, however much they have in common.
    Issues,
    /// When it was said.
    Date,
    /// Who carried the words.
    Via,
}

impl Field {
    /// Every field, in the order of definition.
    pub const ALL: &[Self] =
        &[Self::Statement, Self::Speaker, Self::Party, Self::Quotation, Self::Act, Self::Issues, Self::Date, Self::Via];

    /// The field in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Speaker => "speaker",
            Self::Party => "party",
            Self::Quotation => "quotation",
            Self::Act => "act",
            Self::Issues => "issues",
            Self::Date => "date",
            Self::Via => "via",
        }
    }

    /// The value that a decision gives it: none where it says that there is no statement, except about that. That a statement has no
    /// party, no date and so on is a value as others are.
    fn value(self, verdict: &Verdict) -> Option<Vec<Option<String>>> {
        let some = |words: &str| Some(words.to_owned());
        if self == Self::Statement {
            return Some(vec![verdict.kept().and(some("kept"))]);
        }
        let s: &Statement<CodePoint> = verdict.kept()?;
        Some(match self {
            Self::Statement => Vec::new(),
            Self::Speaker => vec![s.speaker.name.clone(), some(s.speaker.kind.as_str())],
            Self::Party => vec![s.speaker.party.clone()],
            Self::Quotation => vec![some(s.quotation.as_str())],
            Self::Act => vec![some(s.act.as_str())],
            Self::Issues => {
                let of = |(issue, stance, option): (&str, &str, Option<&str>)| {
                    [some(issue), some(stance), option.map(str::to_owned)]
                };
                positions(s).into_iter().flat_map(of).collect()
            }
            Self::Date => s.said_on.iter().flat_map(|d| [some(&d.from.to_string()), some(&d.to.to_string())]).collect(),
            Self::Via => s.via.iter().map(|name| some(name)).collect(),
        })
    }
}

/// How far those agree who decided on the same places, by field. What a disagreement was settled to is no opinion of its own.
#[must_use]
pub fn alphas(opinions: &[SecondOpinion]) -> Vec<(Field, Alpha)> {
    let of = |field: Field| {
        let unit = |opinion: &SecondOpinion| -> Vec<_> {
            opinion.decisions.iter().filter_map(|review| field.value(&review.verdict)).collect()
        };
        (field, Alpha::nominal(opinions.iter().map(unit)))
    };
    Field::ALL.iter().copied().map(of).collect()
}

impl Ledger {
    /// Krippendorff's alpha by field, of the places on which two reviewers or more decided.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn agreement(&self) -> Result<Vec<(Field, Alpha)>, LedgerError> {
        self.second_opinions().map(|opinions| alphas(&opinions))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Observers as rows of digits, a dot where one gave no value.
    fn of(observers: &[&str]) -> Alpha {
        let length = observers.iter().map(|row| row.len()).max().unwrap_or_default();
        Alpha::nominal((0..length).map(|unit| {
            observers.iter().filter_map(move |row| row.as_bytes().get(unit).copied().filter(|value| *value != b'.'))
        }))
    }

    /// The reliability data of Krippendorff's "Computing Krippendorff's Alpha-Reliability", with the figures that are given there.
    #[test]
    fn alpha_is_that_of_published_examples() {
        for (observers, wanted, units, values) in [
            // Two observers, two values, none missing.
            (&["0100000000", "1110010010"][..], 0.095, 10, 20),
            // Two observers, any number of values, none missing.
            (&["aabbdcccedda", "babbbccceddd"][..], 0.692, 12, 24),
            // Any number of observers, values missing; the last unit has one value and cannot be paired.
            (&["123321412...", "1233224125.3", ".3332342251.", "12332441251."][..], 0.743, 11, 40),
        ] {
            let found = of(observers);
            assert!((found.value.expect("defined") - wanted).abs() < 5e-4, "{observers:?}: {found:?}");
            assert_eq!((found.units, found.values), (units, values), "{observers:?}");
        }
    }

    /// By hand: 1 - (n - 1) · Σ unlike pairs / Σ n_c (n - n_c).
    #[test]
    fn alpha_is_what_the_formula_gives() {
        for (observers, wanted) in [
            (&["aaab", "aabb"][..], Some(1.0 - 7.0 * 2.0 / (2.0 * 5.0 * 3.0))),
            (&["ab", "ba"][..], Some(1.0 - 3.0 * 4.0 / (2.0 * 2.0 * 2.0))),
            (&["ab", "ab", "ab"][..], Some(1.0)),
            // One unit of three values, two of them the same; the other three times the same.
            (&["ab", "ab", "bb"][..], Some(1.0 - 5.0 * (4.0 / 2.0) / (2.0 * 2.0 * 4.0))),
            // What cannot be told: no variation, one observer, nothing.
            (&["aaaa", "aaaa"][..], None),
            (&["abab"][..], None),
            (&["ab..", "..ab"][..], None),
            (&["a...", "abab"][..], None),
            (&[][..], None),
        ] {
            let found = of(observers).value;
            let close = found.zip(wanted).is_some_and(|(found, wanted): (f64, f64)| (found - wanted).abs() < 1e-12);
            assert!(close || found == wanted, "{observers:?}: {found:?}, not {wanted:?}");
        }
    }

    proptest! {
        /// It is a number or nothing, the order of observers and units is all one, and units of one value change nothing.
        #[test]
        fn alpha_is_never_more_than_one(units in prop::collection::vec(prop::collection::vec(0u8..4, 0..5), 0..12), single in 0u8..9) {
            let found = Alpha::nominal(units.iter().cloned());
            prop_assert!(found.value.is_none_or(|alpha| alpha.is_finite() && alpha <= 1.0));
            let turned = Alpha::nominal(units.iter().rev().map(|unit| unit.iter().rev().copied()));
            let same = match (found.value, turned.value) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            prop_assert!(same);
            let more = Alpha::nominal(units.iter().cloned().chain([vec![single]]));
            prop_assert_eq!((more.units, more.values), (found.units, found.values));
            let agreeing = Alpha::nominal(units.iter().map(|unit| unit.first().map_or_else(Vec::new, |v| vec![*v; 2])));
            prop_assert!(agreeing.value.is_none_or(|alpha| alpha == 1.0));
        }
    }
}
