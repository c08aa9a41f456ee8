//! What the tagger tells of a statement beyond its spans: what it does, where it stands, and what it is about.
//!
//! The scores are read where the cue and where the content are, by heads of the same encoder, so that they cost no
//! second reading. What a statement is about is a [`Topic`], 64 numbers that stand near those of the words of an
//! issue ([`Subject`]) which it takes up: an issue that nobody thought of in training is found by its words' meaning.

use pourparler_text::{Act, Stance};

/// Numbers by which a statement and an issue are held side by side.
pub const TOPIC: usize = 64;
/// How many acts there are.
pub const ACTS: usize = Act::ALL.len();
/// How many stances there are.
pub const STANCES: usize = Stance::ALL.len();

/// What a statement is about, as the tagger sees it.
pub type Topic = [f32; TOPIC];

/// Scores of a statement, as logits; all zero where the tagger was not asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Of what it does, in the order of [`Act::ALL`].
    pub acts: [f32; ACTS],
    /// Of where its speaker stands, in the order of [`Stance::ALL`].
    pub stances: [f32; STANCES],
    /// What it is about.
    pub topic: Topic,
}

impl Default for Told {
    fn default() -> Self {
        Self { acts: [0.0; ACTS], stances: [0.0; STANCES], topic: [0.0; TOPIC] }
    }
}

impl Told {
    /// Adds the share of one word, or of the other part of the statement.
    pub(crate) fn add(&mut self, other: &Self, share: f32) {
        let pairs = (self.acts.iter_mut().zip(&other.acts))
            .chain(self.stances.iter_mut().zip(&other.stances))
            .chain(self.topic.iter_mut().zip(&other.topic));
        pairs.for_each(|(sum, value)| *sum += share * value);
    }
}

/// An issue as the tagger reads its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    pub(crate) towards: Topic,
    pub(crate) bias: f32,
}

impl Subject {
    /// How far a statement takes up the issue, as a logit.
    #[must_use]
    pub fn of(&self, topic: &Topic) -> f32 {
        let product: f32 = self.towards.iter().zip(topic).map(|(a, b)| a * b).sum();
        product / (TOPIC as f32).sqrt() + self.bias
    }
}
