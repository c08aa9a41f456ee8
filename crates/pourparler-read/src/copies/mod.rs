//! Copies: which articles are one text, told again or written on?
//!
//! One report reaches an archive many times: cut at the end, under another headline, with its paragraphs in another
//! order, with a name put right, with an outlet's own lines around it. Each is a *copy*. An agency also writes its
//! report on: a new lead, new paragraphs, old ones left out. That is an *update*, and it may say something new.
//!
//! # How texts are compared
//!
//! A text is the row of its words: folded to lower case without accents, punctuation and page furniture. Every five
//! words that follow one another are a *shingle*, hashed to 64 bits; shingles run over the ends of lines, so that it
//! does not matter how a text is wrapped. The 24 smallest hashes are the text's *sketch*
//! (A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997; of the two forms given there, that
//! of the smallest hashes, because a part of a text keeps many of the smallest hashes of the whole). Texts whose
//! sketches share two hashes are *candidates* and are compared word by word.
//!
//! A word of one text *stands in* the other where it lies in a shingle that the other has as well. What is compared is
//! the share of words that stand in the other text, in both directions. It falls much more slowly with small
//! corrections than the share of shingles does.
//!
//! # The rules
//!
//! 1. Texts under 30 words are copies where all their words are the same, and else nothing.
//! 2. Two texts are kin where enough of the one that is contained more stands in the other: [`Kin::score`]. More of it
//!    is needed where the lead of neither stands in the other, because different stories share their background.
//! 3. Of two kin, the newer is an update where it has *passages* of its own (runs of words that do not stand in
//!    the other) of some length, and either its lead is new too or its headline says that it is an update
//!    (*UPDATE 2*, *2nd lead*, *WRAPUP*, *(adds details)*). Where days of publication differ, the later is the newer; else
//!    either may be, and more has to be new. Where half of neither stands in the other, the story was written anew, which is
//!    an update too.
//! 4. Otherwise they are copies: also where paragraphs were added behind a lead that is kept.
//!
//! The numbers behind "enough" and "some" are in `compare`, chosen with the example `copies` on one half of its articles
//! and measured on the other.

mod compare;
mod groups;
mod index;
mod marks;
mod postings;
mod profile;

use std::fmt;
use std::str::FromStr;

pub use compare::{compare, words_in_common};
pub use groups::Groups;
pub use index::{CopyIndex, Related};
pub use profile::{METHOD, Profile, SKETCH};

/// At most so many articles are looked at under one hash: what more than that have in common is an outlet's boilerplate, or a text
/// whose copies are found by those.
pub const MOST_UNDER_HASH: usize = 48;

/// So many hashes must two sketches share for their texts to be candidates.
const SHARED_HASHES: usize = 2;

/// At most so many candidates are compared.
const COMPARED: usize = 24;

/// The texts to compare with one whose sketch has so many hashes, those that share most hashes first. `found` are the articles under
/// each of the hashes, as often as they share one.
#[must_use]
pub fn candidates<N: Copy + Ord>(mut found: Vec<N>, hashes: usize) -> Vec<N> {
    found.sort_unstable();
    // A short text has one hash, which stands for all of it.
    let least = SHARED_HASHES.min(hashes);
    let shared = found.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
    let mut candidates: Vec<_> = shared.filter(|(shared, _)| *shared >= least).collect();
    candidates.sort_unstable_by_key(|&(shared, article)| (std::cmp::Reverse(shared), article));
    candidates.into_iter().take(COMPARED).map(|(_, article)| article).collect()
}

/// How two articles of one text are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kinship {
    /// The same text again: cut, re-ordered, under another headline, corrected in a few words, with lines added.
    Copy,
    /// The same story written on: a new lead and new passages. Which of the two is the newer, their days of publication tell.
    Update,
}

impl Kinship {
    /// Its name in ledgers and output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Update => "update",
        }
    }
}

impl fmt::Display for Kinship {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Kinship {
    type Err = UnknownKinship;

    fn from_str(name: &str) -> Result<Self, UnknownKinship> {
        [Self::Copy, Self::Update]
            .into_iter()
            .find(|k| k.as_str() == name)
            .ok_or_else(|| UnknownKinship(name.to_owned()))
    }
}

/// A name that no kinship has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKinship(pub String);

impl fmt::Display for UnknownKinship {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is neither copy nor update", self.0)
    }
}

impl std::error::Error for UnknownKinship {}

/// What two articles are to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kin {
    /// Copy or update.
    pub kinship: Kinship,
    /// Share of the words of one text that stand in the other, of the text for which it is larger: from 0 to 1.
    pub score: f32,
}

impl Kin {
    /// The closest of several: copies before updates, then by score.
    #[must_use]
    pub fn is_closer_than(&self, other: &Self) -> bool {
        (self.kinship == Kinship::Copy, self.score) > (other.kinship == Kinship::Copy, other.score)
    }
}
