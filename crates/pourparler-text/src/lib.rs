//! The record's vocabulary: an [`Article`] whose text is frozen, typed [`Span`]s into it, its sentences and
//! paragraphs, and the [`Statement`]s that other rooms find in it.
//!
//! This crate knows no files, network, models or SQL.

mod article;
pub mod names;
mod sentence;
mod span;
mod statement;
mod text;

pub use article::{Article, ArticleStatements, Entry};
pub use sentence::{paragraphs, sentences};
pub use span::{Byte, CodePoint, Span, Unit, Utf16};
pub use statement::{Act, DateRange, Dating, Position, Quotation, Speaker, SpeakerKind, Stance, Statement};
pub use text::{Text, sha256_hex};
