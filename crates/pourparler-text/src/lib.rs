//! The record's vocabulary: an [`Article`] whose text is frozen, typed [`Span`]s into it, its sentences and
//! paragraphs, and the [`Statement`]s and [`Round`]s of talks that other rooms find in it.
//!
//! This crate knows no files, network, models or SQL.

#[macro_use]
mod named;

mod article;
pub mod names;
mod round;
mod sentence;
mod span;
mod statement;
mod tame;
mod text;

pub use article::{Article, ArticleStatements, Entry, RoundEntry, Source};
pub use round::{Round, RoundState};
pub use sentence::{paragraphs, sentences};
pub use span::{Byte, CodePoint, Span, Unit, Utf16};
pub use statement::{
    Act, DateRange, Dating, Firmness, Manner, Position, Quotation, Shown, Speaker, SpeakerKind, Stance, Statement,
};
pub use tame::{acts, tame};
pub use text::{Text, sha256_hex, sha256_hex_of};
