//! Projects and codebooks in the exchange format of programs for qualitative analysis, REFI-QDA 1.0: ATLAS.ti, MAXQDA, NVivo,
//! QualCoder, Quirkos and others read it.
//!
//! A project (`.qdpx`) is a ZIP of `project.qde` and a text file for each article. Issues are folders of codes, one code for each
//! stance; acts are codes in a folder of their own. Each piece of a statement's content is a selection that is coded with the
//! statement's stances and its act; what has no code is told in the selection's description. Speakers and parties are cases.
//! The machine and each person who decided are different users.
//!
//! The names of codes are unique over the whole codebook, since some programs keep no folders, and every code tells whether it
//! is codable, since some take a missing answer for no. Positions are code points of the text, end exclusive. What says the same
//! has the same GUID in every export.

mod cases;
mod codes;
mod project;
#[cfg(test)]
mod tests;
mod xml;

pub use codes::write_codebook;
pub use project::ProjectExport;
