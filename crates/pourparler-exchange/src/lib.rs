//! The record in the forms of other programs, and from some of them back.
//!
//! A record goes out article by article: each format that keeps articles is an [`Exporter`], which is given one
//! [`ArticleRecord`] after the other and ends with a [`Report`] that lists what the format could not hold. Networks are of a
//! record as a whole.
//!
//! Offsets are counted in each format's own unit; the conversion is made here, at the edge, and nowhere else.
//!
//! This crate knows no network and no models.

mod beside;
pub mod brat;
pub mod cas;
pub mod claims;
pub mod dna;
mod error;
mod folder;
mod guid;
mod issue_names;
mod linked;
pub mod network;
pub mod prov;
mod record;
pub mod refi;
mod report;
pub mod table;
pub mod web_annotation;
mod xml;

#[cfg(test)]
mod fixture;

pub use beside::Beside;
pub use error::{ExchangeError, Problem};
pub use record::ArticleRecord;
pub use report::{Loss, Report};

/// What files tell that they come from.
const PROGRAM: &str = concat!("Pourparler ", env!("CARGO_PKG_VERSION"));

/// A format to which articles with their statements are written, one after the other.
///
/// What was written is a whole only after [`finish`](Exporter::finish).
pub trait Exporter {
    /// Writes an article and its statements.
    ///
    /// # Errors
    /// Where it cannot be written. What was written before is then no whole, and is to be thrown away.
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError>;

    /// Writes what stands at the end and tells what was written and what was lost.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn finish(self: Box<Self>) -> Result<Report, ExchangeError>;
}
