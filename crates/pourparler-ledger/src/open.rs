//! Opening a ledger, in whichever database it is.

use std::path::{Path, PathBuf};

use crate::store::Store;
use crate::store::postgres::{self, Postgres};
use crate::store::sqlite::Sqlite;
use crate::{Key, Ledger, LedgerError, Problem, log};

/// The name of a ledger as it may be shown: an address without its password.
#[must_use]
pub fn shown(name: &Path) -> PathBuf {
    match name.to_str().filter(|name| postgres::is_address(name)) {
        Some(address) => postgres::shown(address).into(),
        None => name.to_owned(),
    }
}

impl Ledger {
    /// Opens a ledger, and makes it where there is none. The name is that of a file, or the address of a PostgreSQL database
    /// (`postgres://user@host/database`), whose current schema is the ledger.
    ///
    /// # Errors
    /// Where there is no ledger but something else, it is damaged or too new, or can be neither opened nor made.
    pub fn open(name: impl AsRef<Path>) -> Result<Self, LedgerError> {
        Self::connect(name.as_ref(), true, Key::of_environment()?.as_ref())
    }

    /// Opens a ledger in an encrypted file; where `make` is set, it is made where there is none. All other ways of opening one take the
    /// key from the file that `POURPARLER_KEY_FILE` names, where it does.
    ///
    /// # Errors
    /// As [`Ledger::open`]; a key that does not fit shows itself as [`Problem::NotSqlite`].
    pub fn open_with(name: impl AsRef<Path>, key: &Key, make: bool) -> Result<Self, LedgerError> {
        Self::connect(name.as_ref(), make, Some(key))
    }

    /// Opens a ledger that must be there.
    ///
    /// # Errors
    /// As [`Ledger::open`], and [`Problem::Missing`] where there is none.
    pub fn open_existing(name: impl AsRef<Path>) -> Result<Self, LedgerError> {
        Self::connect(name.as_ref(), false, Key::of_environment()?.as_ref())
    }

    /// Opens a ledger that must be there, for those who only ask: nothing can be written through it. A ledger of an older format
    /// is brought to the newest first, as whenever one is opened.
    ///
    /// # Errors
    /// As [`Ledger::open_existing`].
    pub fn open_to_read(name: impl AsRef<Path>) -> Result<Self, LedgerError> {
        let ledger = Self::open_existing(name)?;
        ledger.told(ledger.db.only_read())?;
        Ok(ledger)
    }

    /// A ledger that lasts as long as this value.
    ///
    /// # Errors
    /// Where memory runs out.
    pub fn in_memory() -> Result<Self, LedgerError> {
        Self::connect(Path::new(":memory:"), true, None)
    }

    fn connect(name: &Path, make: bool, key: Option<&Key>) -> Result<Self, LedgerError> {
        let address = name.to_str().filter(|name| postgres::is_address(name));
        let shown = shown(name);
        let store = || -> Result<Box<dyn Store>, Problem> {
            Ok(match address {
                Some(address) => Box::new(Postgres::open(address, make)?),
                None if make || !matches!(name.try_exists(), Ok(false)) => Box::new(Sqlite::open(name, make, key)?),
                None => return Err(Problem::Missing),
            })
        };
        match store() {
            Ok(db) => Ok(Self { db, name: shown, actor: log::LOCAL.to_owned() }),
            Err(problem) => Err(LedgerError { ledger: shown, problem }),
        }
    }
}
