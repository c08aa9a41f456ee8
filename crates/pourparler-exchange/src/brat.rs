//! brat stand-off annotation in PolNeAR's labels, so that what reads that corpus reads this, and back.
//!
//! An article `NAME` is a pair of files: `NAME.txt` with the text and `NAME.ann` with what is marked in it: text-bound source, cue
//! and content (their places in code points), one event for each attribution, attributes for what has few values, and a note to read.
//! What none of these can hold stands beside them in `NAME.json`, in the order of the events.

mod read;
mod write;

pub use read::import;
pub use write::{BratFolder, annotations};
