//! The manual: its pages that are made from the program, its links, its tutorial; the manual pages and completions that the program
//! writes.

#[path = "manual/links.rs"]
mod links;
#[path = "manual/openapi.rs"]
mod openapi;
#[path = "manual/schema.rs"]
mod schema;
#[path = "manual/shells.rs"]
mod shells;
#[path = "manual/tutorial.rs"]
mod tutorial;

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A page of the reference is the one that is made now; with `UPDATE_DOCS` set it is written anew.
fn up_to_date(page: &str, made: &str) {
    let path = root().join("docs/reference").join(page);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, made).expect("written");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there == made, "run the tests with UPDATE_DOCS=1 and look at docs/reference/{page}");
}

/// Words as they may stand in a cell of a table.
fn cell(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
