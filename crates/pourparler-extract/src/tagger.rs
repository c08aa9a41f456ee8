//! The tagger: a small encoder with heads for source, cue, content, entities and links.
//!
//! The weights are part of the program; `model/README.md` is their card.

use pourparler_text::{Byte, Span, paragraphs};

use crate::confidence::{Confidence, read_cue};
use crate::decode::{self, Attribution, Entity, Signals};
use crate::encoder::{Encoder, Inputs};
use crate::told::{ACTS, STANCES, Subject, TOPIC, Told, Topic};
use crate::view::{Lines, Pieces, Window};
use crate::{joining, transcript};

/// The sizes of the tagger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// The one that finds most.
    #[default]
    Accurate,
    /// For archives: several times as fast, and wrong more often.
    Fast,
}

impl Model {
    /// What makes an extraction with this model: the program's version and the weights'.
    #[must_use]
    pub fn extractor(self) -> &'static str {
        match self {
            Self::Accurate => concat!("pourparler ", env!("CARGO_PKG_VERSION"), ", tagger 10"),
            Self::Fast => concat!("pourparler ", env!("CARGO_PKG_VERSION"), ", tagger 10 fast"),
        }
    }

    fn weights(self) -> &'static [u8] {
        match self {
            Self::Accurate => include_bytes!("../model/accurate.safetensors"),
            Self::Fast => include_bytes!("../model/fast.safetensors"),
        }
    }
}

/// The table of words, which the models share.
pub(crate) static WORDS: &[u8] = include_bytes!("../model/words.safetensors");

/// Labels of the entity head, in BIO.
const ENTITIES: usize = 9;
const ROLES: usize = 9;
const LINK: usize = 64;
/// Where in a piece's scores those of statements begin: acts and stances as of a cue and as of a content, the topic, and what
/// the words of an issue give.
const TOLD_ACTS: usize = ROLES + ENTITIES + 4 * LINK;
const TOLD_STANCES: usize = TOLD_ACTS + 2 * ACTS;
const TOLD_TOPIC: usize = TOLD_STANCES + 2 * STANCES;
const TOLD_SUBJECT: usize = TOLD_TOPIC + TOPIC;
/// Scores for one piece: three roles by O, B, I; entities; a query and a key for each kind of link; then of statements.
const SCORES: usize = TOLD_SUBJECT + TOPIC + 1;

/// What can go wrong with the model itself; the text is never at fault.
#[derive(Debug, thiserror::Error)]
pub enum TaggerError {
    /// The weights cannot be read.
    #[error("the tagger's weights cannot be loaded: {0}")]
    Weights(String),
    /// The vocabulary cannot be read or applied.
    #[error("the tagger's vocabulary cannot be used: {0}")]
    Vocabulary(String),
    /// The model did not run.
    #[error("the tagger failed: {0}")]
    Run(String),
}

/// Span roles, in the order of the model's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who says it.
    Source = 0,
    /// What makes it an attribution.
    Cue = 1,
    /// What is said.
    Content = 2,
}

/// The loaded model. One can be shared by many threads.
pub struct Tagger {
    encoder: Encoder,
    confidence: Confidence,
    pieces: Pieces,
}

impl Tagger {
    /// Loads the weights inside the program.
    ///
    /// # Errors
    /// Where weights and program do not fit each other.
    pub fn new(model: Model) -> Result<Self, TaggerError> {
        Self::load(model.weights(), model)
    }

    /// Loads other weights of the same shape of output, as `training/` writes them; how sure they are is judged as for [`Model::Accurate`].
    ///
    /// # Errors
    /// Where weights and program do not fit each other.
    pub fn with_weights(weights: &[u8]) -> Result<Self, TaggerError> {
        Self::load(weights, Model::Accurate)
    }

    fn load(weights: &[u8], model: Model) -> Result<Self, TaggerError> {
        let encoder = Encoder::load(WORDS, weights, SCORES)?;
        Ok(Self { encoder, confidence: Confidence::new(model)?, pieces: Pieces::built_in()? })
    }

    /// The attributions and names of a text, in its order. Paragraphs that `keep` refuses are not read.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn attributions(
        &self,
        text: &str,
        keep: impl Fn(Span<Byte>) -> bool,
    ) -> Result<(Vec<Attribution>, Vec<Entity>), TaggerError> {
        self.find(&mut Lines::new(text, &paragraphs(text), &self.pieces), keep)
    }

    /// The same of a text whose paragraphs others read, too.
    pub(crate) fn find(
        &self,
        lines: &mut Lines,
        keep: impl Fn(Span<Byte>) -> bool,
    ) -> Result<(Vec<Attribution>, Vec<Entity>), TaggerError> {
        let text = lines.text();
        let (mut attributions, mut entities) = (Vec::new(), Vec::new());
        for window in lines.windows(&keep)? {
            let scores = self.score(&window)?;
            attributions.extend(decode::attributions(&window, &scores));
            entities.extend(decode::entities(&window, &scores));
        }
        let mut attributions = transcript::read(text, keep, joining::join(text, attributions));
        attributions.iter_mut().for_each(|attribution| read_cue(text, attribution));
        Ok((attributions, entities))
    }

    /// How likely it is, from 0 to 1, that an attribution with these signals is right: its content and its source are
    /// those of the gold. Fitted after training; see the model card.
    #[must_use]
    pub fn confidence(&self, signals: &Signals) -> f32 {
        self.confidence.of(signals)
    }

    /// The text's windows, of paragraphs that `keep` admits.
    ///
    /// # Errors
    /// See [`Pieces::windows`].
    pub fn windows(&self, text: &str, keep: impl Fn(Span<Byte>) -> bool) -> Result<Vec<Window>, TaggerError> {
        self.pieces.windows(text, keep)
    }

    /// What cuts texts into pieces.
    pub(crate) fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// An issue as its words say it, as many of them as are read. Paragraphs after the first are not.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn subject(&self, words: &str) -> Result<Subject, TaggerError> {
        let mut subject = Subject { towards: [0.0; TOPIC], bias: 0.0 };
        let Some(window) = self.windows(words, |_| true)?.into_iter().next().map(|w| w.cut(Self::SUBJECT)) else {
            return Ok(subject);
        };
        let scores = self.score(&window)?;
        let pieces = window.pieces.ids.len();
        for piece in 0..pieces {
            let row = &scores.row(piece)[TOLD_SUBJECT..];
            subject.towards.iter_mut().zip(row).for_each(|(sum, value)| *sum += value / pieces as f32);
            subject.bias += row[TOPIC] / pieces as f32;
        }
        Ok(subject)
    }

    /// What a sentence is about, read as the whole content of a statement. Paragraphs after the first are not read.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn topic(&self, words: &str) -> Result<Topic, TaggerError> {
        let mut told = Told::default();
        if let Some(window) = self.windows(words, |_| true)?.first() {
            let scores = self.score(window)?;
            let starts: Vec<usize> = (0..window.pieces.ids.len()).filter(|&k| window.pieces.starts[k]).collect();
            let share = 1.0 / starts.len().max(1) as f32;
            starts.iter().for_each(|&piece| told.add(&scores.told(piece, Role::Content), share));
        }
        Ok(told.topic)
    }

    /// So many pieces of an issue's words are read, as in training.
    const SUBJECT: usize = 30;

    /// Runs the encoder over one window.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn score(&self, window: &Window) -> Result<Scores, TaggerError> {
        let [ids, case, quote, first] = window.inputs();
        let inputs = Inputs { ids: &ids, features: [&case, &quote, &first], lengths: &[ids.len()] };
        Ok(Scores { values: self.encoder.run(&inputs)? })
    }
}

/// The encoder's scores for the pieces of one window.
pub struct Scores {
    values: Vec<f32>,
}

impl Scores {
    /// The scores of a piece; the first row is the opening marker's.
    fn row(&self, piece: usize) -> &[f32] {
        &self.values[(piece + 1) * SCORES..(piece + 2) * SCORES]
    }

    /// Scores of outside, begin, inside for a role.
    #[must_use]
    pub fn role(&self, piece: usize, role: Role) -> &[f32] {
        let at = 3 * role as usize;
        &self.row(piece)[at..at + 3]
    }

    /// Scores of the entity labels: O, then B and I of person, organisation, place, other name.
    #[must_use]
    pub fn entity(&self, piece: usize) -> &[f32] {
        &self.row(piece)[ROLES..ROLES + ENTITIES]
    }

    /// What a piece tells of its statement where it stands in the cue, or else in the content.
    #[must_use]
    pub fn told(&self, piece: usize, role: Role) -> Told {
        let row = self.row(piece);
        let part = usize::from(role == Role::Content);
        let mut told = Told::default();
        told.acts.copy_from_slice(&row[TOLD_ACTS + part * ACTS..][..ACTS]);
        told.stances.copy_from_slice(&row[TOLD_STANCES + part * STANCES..][..STANCES]);
        if role == Role::Content {
            told.topic.copy_from_slice(&row[TOLD_TOPIC..][..TOPIC]);
        }
        told
    }

    fn link_part(&self, piece: usize, part: usize) -> &[f32] {
        let at = ROLES + ENTITIES + part * LINK;
        &self.row(piece)[at..at + LINK]
    }

    /// How much the piece `other` looks like source (or content) of the cue that `cue` is in, as a logit.
    #[must_use]
    pub fn link(&self, cue: usize, other: usize, role: Role) -> f32 {
        let part = if role == Role::Source { 0 } else { 2 };
        let query = self.link_part(cue, part);
        let key = self.link_part(other, part + 1);
        query.iter().zip(key).map(|(a, b)| a * b).sum::<f32>() / (LINK as f32).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use safetensors::tensor::TensorView;
    use safetensors::{Dtype, SafeTensors};

    use super::*;

    #[test]
    fn weights_that_do_not_fit_are_refused() {
        let file = SafeTensors::deserialize(Model::Accurate.weights()).expect("the weights are sound");
        for (name, length) in
            [("head.bias", 5), ("norm.weight", 40), ("layers.1.norm1.bias", 3), ("layers.0.up.scale", 7)]
        {
            let zeros = vec![0; 4 * length];
            let other = TensorView::new(Dtype::F32, vec![length], &zeros).expect("so many floats");
            let mut tensors = file.tensors();
            tensors.retain(|(n, _)| n != name);
            tensors.push((name.to_owned(), other));
            let bytes = safetensors::serialize(tensors, None).expect("it is a file");
            assert!(matches!(Tagger::with_weights(&bytes), Err(TaggerError::Weights(_))), "{name}");
        }
        assert!(matches!(Tagger::with_weights(&Model::Accurate.weights()[..100]), Err(TaggerError::Weights(_))));
    }
}
