//! The manual: its pages that are made from the program, its links, its tutorial; the manual pages and completions that the program
//! writes.

#[path = "manual/links.rs"]
mod links;
#[path = "manual/openapi.rs"]
mod openapi;
#[path = "manual/pages.rs"]
mod pages;
#[path = "manual/schema.rs"]
mod schema;
#[path = "manual/shells.rs"]
mod shells;
#[path = "manual/tutorial.rs"]
mod tutorial;

use pages::{root, up_to_date};

/// Words as they may stand in a cell of a table.
fn cell(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
