//! What the record adds up to: where each party stands on each issue, what moved, which claims are answered, who
//! speaks, and what the record does not cover.
//!
//! It comes as data first ([`Brief`], ready for JSON) and is then written up by [`to_markdown`] and [`to_html`].
//! Two rules run through all of it:
//!
//! - *Statements are counted, not reports.* [`distinct`] takes the copies of one statement together, so that a
//!   sentence in forty wire stories counts once, with forty appearances.
//! - *Every figure opens its sentence.* Statements are numbered in the order of their days, and whatever the brief
//!   says carries the numbers of the statements that it rests on.
//!
//! This crate knows no files, network or SQL: it is given entries and returns data and strings.
//!
//! ```
//! use pourparler_brief::{Brief, BriefOptions, Record, to_markdown};
//!
//! let brief = Brief::new(&Record::default(), &BriefOptions::default());
//! assert!(to_markdown(&brief).contains("No statements"));
//! ```

mod agenda;
mod ask;
mod authority;
mod brief;
mod cited;
mod claims;
mod commitments;
mod dissent;
mod distance;
mod gaps;
mod html;
mod markdown;
mod matrix;
mod moves;
mod network;
mod rounds;
mod rows;
mod same;
mod standing;
mod suggest;
mod vocabulary;
mod voices;
mod words;

pub use agenda::{Linked, OneSided, Point as AgendaPoint};
pub use ask::{Answer, AnswerRow, Ask, AskOptions, Basis, Question};
pub use authority::Authority;
pub use brief::{Brief, BriefOptions, Condition, IssueLabel, New, Period, Record, Summed, TalkDay};
pub use cited::{Appearance, Cited, distinct, distinct_of, weight};
pub use claims::{Answered, Claims, claims};
pub use commitments::{Commitment, commitments};
pub use dissent::Dissent;
pub use distance::{Distance, Point, place};
pub use gaps::{Gaps, Silence, gaps};
pub use html::{STYLE, Ways, Which, body, symbol, symbols, to_html};
pub use markdown::{findings_to_markdown, to_markdown};
pub use matrix::{Cell, Column, Matrix, Row, matrix};
pub use moves::{Caution, Move, moves};
pub use network::{Actor, Actors, Links, Network, Norm, Stands, Tie, Topic, TwoMode};
pub use pourparler_text::Source;
pub use rounds::{Meeting, meetings};
pub use rows::{COLUMNS, cells, guarded};
pub use standing::{Marks, Standing, Standings};
pub use suggest::{Suggestion, Suggestions, suggestions};
pub use voices::{Carrier, Voice, Voices, voices};
pub use words::{counted, excerpt, long, meaning, plain, said, who};
