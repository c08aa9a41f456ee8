//! From text to statements: a tagger finds source, cue and content and links them into attributions; rules make
//! attributions into statements: speaker, party, reporting chain, date, act, issues with stance.
//!
//! This crate knows no files, network or SQL.

mod act;
mod affiliation;
mod beside_names;
mod bodies;
mod body_names;
mod chain;
mod confidence;
mod contents;
mod dates;
mod decode;
mod described;
mod documents;
mod due;
mod encoder;
mod epithets;
mod guest;
mod home;
mod interview;
mod issue_words;
mod joining;
mod lexicon;
mod linking;
mod manner;
mod membership;
mod misread;
mod named_later;
mod occasion;
mod offices;
mod outlet_words;
mod own_voice;
mod partisans;
mod people;
mod person_names;
mod phrases;
mod pronouns;
mod reader;
mod relayed;
mod rounds;
mod serves;
mod several;
mod speaker;
mod speaker_kind;
mod stance;
mod statements;
mod tagger;
mod told;
mod told_words;
mod transcript;
mod turn_label;
mod unseen_names;
mod via;
mod view;
mod weights;
mod when;

pub use act::act as act_by_words;
pub use dates::{Anchors, days_named};
pub use decode::{Attribution, Entity, EntityKind, SIGNALS, Signals, attributions};
pub use rounds::rounds;
pub use stance::stance as stance_by_words;
pub use statements::{Extraction, Extractor, LEAST_CONFIDENCE};
pub use tagger::{Model, Role, Scores, Tagger, TaggerError};
pub use told::{Subject, TOPIC, Told, Topic};
pub use view::{Pieces, View, Window};
