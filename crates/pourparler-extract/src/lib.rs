//! From text to statements: a tagger finds source, cue and content and links them into attributions; rules make
//! attributions into statements: speaker, party, reporting chain, date, act, issues with stance.
//!
//! This crate knows no files, network or SQL.

mod act;
mod contents;
mod dates;
mod decode;
mod described;
mod encoder;
mod joining;
mod lexicon;
mod named_later;
mod own_voice;
mod people;
mod pronouns;
mod relayed;
mod speaker;
mod stance;
mod statements;
mod tagger;
mod transcript;
mod via;
mod view;
mod when;

pub use dates::days_named;
pub use decode::{Attribution, Entity, EntityKind, SIGNALS, Signals, attributions};
pub use statements::{Extractor, LEAST_CONFIDENCE};
pub use tagger::{Model, Role, Scores, Tagger, TaggerError};
pub use view::{Pieces, View, Window};
