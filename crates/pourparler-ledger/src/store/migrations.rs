//! The steps from one format of a ledger to the next, one pair of files each: what they make is the same in both databases.

use super::{Dialect, Store};
use crate::{Problem, chain};

/// A step, in the words of each database.
pub(crate) struct Migration {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Migration {
    pub(crate) fn sql(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

macro_rules! steps {
    ($($name:literal),* $(,)?) => { &[$(Migration {
        sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
        postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
    }),*] };
}

/// Format `n` is what the first `n` steps make; a step is never changed once it has been released.
pub(crate) fn migrations() -> &'static [Migration] {
    steps![
        "0001_record",
        "0002_actors",
        "0003_reviews",
        "0004_copies",
        "0005_watch",
        "0006_inputs",
        "0007_workspace",
        "0008_log",
        "0009_team",
        "0010_together",
    ]
}

/// What a step does beside its SQL; `format` is the one that it makes.
pub(crate) fn finish(db: &dyn Store, format: i64) -> Result<(), Problem> {
    // What was there before there was a log is its beginning.
    if format == 8 { chain::adopt(db) } else { Ok(()) }
}

/// Newest format that this program knows.
pub(crate) fn known() -> i64 {
    i64::try_from(migrations().len()).unwrap_or(i64::MAX)
}
