//! Folders with a file for each article.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::{ExchangeError, Problem};

/// So many bytes of an id stand in a file's name.
const LONGEST: usize = 80;

/// Makes a folder that is not there yet, or takes one that is empty.
///
/// # Errors
/// [`Problem::Taken`] where it holds something, or where it cannot be made.
pub fn new_folder(folder: &Path) -> Result<(), ExchangeError> {
    let failed = |e| ExchangeError::new(folder, Problem::Io(e));
    fs::create_dir_all(folder).map_err(failed)?;
    if fs::read_dir(folder).map_err(failed)?.next().is_some() {
        return Err(ExchangeError::new(folder, Problem::Taken));
    }
    Ok(())
}

/// Names of files, one for each article: its id where every file system takes that, else something near it.
#[derive(Debug, Default)]
pub struct FileNames {
    given: HashSet<String>,
}

impl FileNames {
    /// The name for an article's files, without an extension; each call gives another.
    pub fn of(&mut self, id: &str) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
        let mut base: String = id.chars().map(safe).take(LONGEST).collect();
        if base.is_empty() {
            base.push_str("article");
        }
        let mut name = base.clone();
        let mut number = 1;
        // Some file systems do not tell A from a.
        while !self.given.insert(name.to_ascii_lowercase()) {
            number += 1;
            name = format!("{base}-{number}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_differ() {
        let mut names = FileNames::default();
        let ids = ["a1", "A1", "../etc/passwd", "", "ü/ü", "ü_ü", "nul\0"];
        let given: Vec<String> = ids.iter().map(|id| names.of(id)).collect();
        assert_eq!(given, ["a1", "A1-2", "___etc_passwd", "article", "___", "___-2", "nul_"]);
        assert!(names.of(&"x".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn what_is_there_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        new_folder(folder.path()).expect("it is empty");
        fs::write(folder.path().join("mine.txt"), "mine").expect("written");
        assert!(matches!(new_folder(folder.path()), Err(ExchangeError { problem: Problem::Taken, .. })));
    }
}
