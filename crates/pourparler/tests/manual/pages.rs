//! Pages of the reference that are made from the code; shared by the tests of the program and of its command line.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A page of the reference is the one that is made now; with `UPDATE_DOCS` set it is written anew.
pub fn up_to_date(page: &str, made: &str) {
    let path = root().join("docs/reference").join(page);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, made).expect("written");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there == made, "run the tests with UPDATE_DOCS=1 and look at docs/reference/{page}");
}
