//! Two texts beside each other: how much of each stands in the other, and what that makes them.

use std::cmp::Ordering;

use super::profile::{SHINGLE, SHORT};
use super::{Kin, Kinship, Profile};

/// Least share of words in common for kin, where the lead of one stands in the other.
const LEAST: f32 = 0.4;

/// The same where neither lead does: more, because different stories share their background.
const LEAST_WITHOUT_LEAD: f32 = 0.65;

/// Least share of words in common for copies: where most of both is new, the story was written anew.
const LEAST_OF_COPY: f32 = 0.5;

/// Fewest words that kin have in common.
const FEWEST: usize = 20;

/// So many first words are the lead.
const LEAD: usize = 30;

/// The lead stands in the other text where at least this share of its words does.
const LEAD_KEPT: f32 = 0.5;

/// Fewest words in a passage: corrections leave shorter gaps.
const PASSAGE: usize = 12;

/// Least share of the newer text that is in passages of its own, for an update with a new lead.
const NEW: f32 = 0.15;

/// The same where it is not known which is the newer: one that lost its lead looks like one that got a new one.
const NEW_WHERE_UNORDERED: f32 = 0.25;

/// The same for an update that says so in its headline.
const NEW_WHERE_TOLD: f32 = 0.05;

/// What two articles are to each other; `None` where they are different stories.
///
/// It does not matter which is given first.
#[must_use]
pub fn compare(a: &Profile, b: &Profile) -> Option<Kin> {
    if a.whole == b.whole && a.words == b.words {
        return (a.words > 0).then_some(Kin { kinship: Kinship::Copy, score: 1.0 });
    }
    if (a.words.min(b.words) as usize) < SHORT {
        return None;
    }
    let (of_a, of_b) = sides(a, b);
    let score = of_a.share().max(of_b.share());
    let least = if of_a.keeps_lead() || of_b.keeps_lead() { LEAST } else { LEAST_WITHOUT_LEAD };
    if score < least || of_a.kept.max(of_b.kept) < FEWEST {
        return None;
    }
    let is_update = |new: &Profile, side: &Side, old: &Profile| {
        let later = new.published.zip(old.published).map_or(Ordering::Equal, |(new, old)| new.cmp(&old));
        let least = match (new.mark.follows(old.mark), side.keeps_lead(), later) {
            (_, _, Ordering::Less) | (false, true, _) => return false,
            (true, _, _) => NEW_WHERE_TOLD,
            (false, false, Ordering::Greater) => NEW,
            (false, false, Ordering::Equal) => NEW_WHERE_UNORDERED,
        };
        side.passages as f32 >= least * side.words as f32
    };
    let update = score < LEAST_OF_COPY || is_update(a, &of_a, b) || is_update(b, &of_b, a);
    Some(Kin { kinship: if update { Kinship::Update } else { Kinship::Copy }, score })
}

/// Share of the words of each text that stand in the other; 0 for texts that are too short for it.
#[must_use]
pub fn words_in_common(a: &Profile, b: &Profile) -> (f32, f32) {
    let (of_a, of_b) = sides(a, b);
    (of_a.share(), of_b.share())
}

fn sides(a: &Profile, b: &Profile) -> (Side, Side) {
    let sorted = |profile: &Profile| {
        let mut shingles = profile.shingles.clone();
        shingles.sort_unstable();
        shingles
    };
    (Side::of(a, &sorted(b)), Side::of(b, &sorted(a)))
}

/// What of one text stands in another.
#[derive(Debug, Default)]
struct Side {
    /// Words of the text.
    words: usize,
    /// Of these, words that stand in the other.
    kept: usize,
    /// Of these, words of the lead.
    lead_kept: usize,
    /// Words in passages that do not stand in the other.
    passages: usize,
}

impl Side {
    fn of(text: &Profile, other: &[u32]) -> Self {
        if text.shingles.is_empty() {
            return Self::default();
        }
        let words = text.shingles.len() + SHINGLE - 1;
        let mut side = Self { words, ..Self::default() };
        // Up to here words are counted, as kept or as a gap.
        let mut counted = 0;
        for (at, shingle) in text.shingles.iter().enumerate() {
            if other.binary_search(shingle).is_ok() {
                side.gap(counted, at);
                let from = counted.max(at);
                side.kept += at + SHINGLE - from;
                side.lead_kept += (at + SHINGLE).min(LEAD).saturating_sub(from);
                counted = at + SHINGLE;
            }
        }
        side.gap(counted, words);
        side
    }

    fn gap(&mut self, from: usize, to: usize) {
        let length = to.saturating_sub(from);
        if length >= PASSAGE {
            self.passages += length;
        }
    }

    fn share(&self) -> f32 {
        self.kept as f32 / self.words.max(1) as f32
    }

    fn keeps_lead(&self) -> bool {
        self.lead_kept as f32 >= LEAD_KEPT * self.words.min(LEAD) as f32
    }
}
