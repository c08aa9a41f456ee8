//! Files of the Discourse Network Analyzer (DNA) 3, `.dna`: SQLite databases of documents in which coders mark statements.
//!
//! A record goes out under two statement types. **DNA Statement** is what DNA's users know: a person, an organization and a
//! concept with which they agree or not; one for each position that takes a side. **pourparler** has one for each position, also
//! of those that take none, and one for each statement without a position, with what else the record knows; its variable
//! `record` holds the whole statement as JSON. Speakers that are no persons stand under their party, or else as organizations
//! themselves. People who decided on statements become coders beside DNA's first one, *Admin*, under whom the machine's stand.
//!
//! From a file of ours each statement comes back as it was, but for what people changed in DNA: what they added is a statement
//! that they decided, and so is one whose twin under DNA Statement they altered; a position whose twin they deleted is gone.
//! From any other file come the statements of all types that have a person or an organization, and a concept.
//!
//! Offsets in these files are UTF-16 code units, end exclusive; a statement there has one place, which reaches from the first to
//! the last of the content's spans.

mod coders;
mod document;
mod entities;
mod export;
mod import;
mod layout;
mod merge;
mod password;
mod slug;
#[cfg(test)]
mod tests;

pub use export::DnaExport;
pub use import::{Imported, ImportedIssue, Named, import};
