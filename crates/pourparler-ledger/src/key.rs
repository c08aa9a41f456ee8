//! The key of an encrypted ledger.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::Path;

use crate::{LedgerError, Problem};

/// Names the file with the key of SQLite ledgers.
const KEY_FILE: &str = "POURPARLER_KEY_FILE";

/// What an encrypted ledger is opened with. It never shows itself.
#[derive(Clone)]
pub struct Key(String);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The first line of a file.
    ///
    /// # Errors
    /// [`Problem::NoKey`] where it cannot be read or has fewer than twelve characters.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, LedgerError> {
        let path = path.as_ref();
        let wrong = |why: String| LedgerError { ledger: path.to_owned(), problem: Problem::NoKey(why) };
        let text = fs::read_to_string(path).map_err(|e| wrong(e.to_string()))?;
        let line = text.lines().next().unwrap_or_default();
        if line.chars().count() < 12 {
            return Err(wrong("its first line has fewer than twelve characters".to_owned()));
        }
        Ok(Self(line.to_owned()))
    }

    /// That of the file which the environment names.
    pub(crate) fn of_environment() -> Result<Option<Self>, LedgerError> {
        std::env::var_os(KEY_FILE).filter(|file| file != OsStr::new("")).map(Self::from_file).transpose()
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}
