//! A ledger in a SQLite file.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef as Stored};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, params_from_iter};

use super::{Begin, Damage, Dialect, Row, Store, Take, Value, ValueRef, finish, known, migrations};
use crate::{Key, Problem};

/// Marks a SQLite file as a ledger: `Pour` in ASCII.
const APPLICATION_ID: i32 = 0x506f_7572;

/// How long to wait for another program's lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// So many prepared statements are kept.
const PREPARED: usize = 64;

/// A SQLite file.
#[derive(Debug)]
pub(crate) struct Sqlite {
    pub(crate) db: Connection,
    within: Cell<bool>,
}

impl Sqlite {
    /// Opens a file and brings it to the newest format; where `make` is set, also a file that is not there.
    pub(crate) fn open(path: &Path, make: bool, key: Option<&Key>) -> Result<Self, Problem> {
        if path.as_os_str().is_empty() {
            // SQLite would make a file that is gone when it is closed.
            return Err(Problem::CannotOpen("no file is named".to_owned()));
        }
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags.set(OpenFlags::SQLITE_OPEN_CREATE, make);
        let db = Connection::open_with_flags(path, flags)?;
        if let Some(key) = key {
            // It comes before all else. An encrypted file is told from noise by nothing: a wrong key shows itself as no database.
            // Nor is it told to standard error by the library itself.
            db.pragma_update_and_check(None, "cipher_log_level", "NONE", |_| Ok(()))?;
            db.pragma_update_and_check(None, "key", key.reveal(), |_| Ok(()))?;
        }
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(PREPARED);
        // Before anything is written: a file that is not ours must stay as it is.
        check(&db)?;
        db.pragma_update(None, "foreign_keys", true)?;
        // A ledger may come from somebody else: its schema must not call what it has no business with.
        db.pragma_update(None, "trusted_schema", false)?;
        if !db.is_readonly("main")? {
            keep_a_log(&db)?;
        }
        let store = Self { db, within: Cell::new(false) };
        store.migrate()?;
        Ok(store)
    }

    /// Takes the ledger from its format to the newest, each step in a transaction of its own.
    fn migrate(&self) -> Result<(), Problem> {
        while format(&self.db)? < known() {
            let store: &dyn Store = self;
            store.write(|_| {
                // Another program may have taken this step while this one waited for the lock.
                let format = format(&self.db)?;
                if let Some(step) = usize::try_from(format).ok().and_then(|done| migrations().get(done)) {
                    self.db.execute_batch(step.sql(Dialect::Sqlite))?;
                    finish(self, format + 1)?;
                    self.db.pragma_update(None, "application_id", APPLICATION_ID)?;
                    self.db.pragma_update(None, "user_version", format + 1)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

impl Store for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, Problem> {
        Ok(self.db.prepare_cached(sql)?.execute(params_from_iter(values))?)
    }

    fn query(&self, sql: &str, values: &[Value<'_>], take: &mut Take<'_>) -> Result<(), Problem> {
        // What has no values is asked seldom, or has its values written into it and is asked once.
        let (mut kept, mut once);
        let select: &mut Statement<'_> = if values.is_empty() {
            once = self.db.prepare(sql)?;
            &mut once
        } else {
            kept = self.db.prepare_cached(sql)?;
            &mut kept
        };
        let mut rows = select.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            if let ControlFlow::Break(()) = take(&Row::Sqlite(row))? {
                break;
            }
        }
        Ok(())
    }

    fn batch(&self, sql: &str) -> Result<(), Problem> {
        Ok(self.db.execute_batch(sql)?)
    }

    fn begin(&self, what: Begin) -> Result<(), Problem> {
        self.db.execute_batch(match what {
            Begin::View => "BEGIN",
            // Taking the write lock at once: a transaction that began by reading could not wait for it.
            Begin::Write => "BEGIN IMMEDIATE",
        })?;
        self.within.set(true);
        Ok(())
    }

    fn commit(&self) -> Result<(), Problem> {
        self.db.execute_batch("COMMIT")?;
        self.within.set(false);
        Ok(())
    }

    fn roll_back(&self) {
        self.within.set(false);
        // It fails only where SQLite has undone everything already, after an error of the disk.
        let _undone = self.db.execute_batch("ROLLBACK");
    }

    fn is_within(&self) -> bool {
        self.within.get()
    }

    fn is_read_only(&self) -> Result<bool, Problem> {
        Ok(self.db.is_readonly("main")?)
    }

    fn only_read(&self) -> Result<(), Problem> {
        Ok(self.db.pragma_update(None, "query_only", true)?)
    }

    fn touched(&self) -> Result<i64, Problem> {
        Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    fn close(&self) -> Result<(), Problem> {
        if !self.db.is_readonly("main")? {
            self.db.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
        }
        Ok(())
    }

    fn damage(&self) -> Result<Vec<Damage>, Problem> {
        let store: &dyn Store = self;
        let said = store.rows("PRAGMA integrity_check", &[], |row| row.get::<String>(0))?;
        let said: Vec<_> = said.into_iter().filter(|line| line != "ok").map(Damage::Said).collect();
        if !said.is_empty() {
            return Ok(said);
        }
        store.rows("PRAGMA foreign_key_check", &[], |row| {
            Ok(Damage::Orphan(row.get(0)?, row.get::<Option<i64>>(1)?.unwrap_or(0), row.get(2)?))
        })
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => Stored::Null,
            Self::Integer(n) => Stored::Integer(*n),
            Self::Real(x) => Stored::Real(*x),
            Self::Text(text) => Stored::Text(text.as_bytes()),
            Self::Blob(bytes) => Stored::Blob(bytes),
        }))
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        if matches!(error, E::FromSqlConversionFailure(..) | E::InvalidColumnType(..) | E::Utf8Error(..)) {
            return Self::Unreadable(error.to_string());
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            // The file by which programs share the write-ahead log could not be made larger.
            Some(ErrorCode::SystemIoFailure)
                if error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) =>
            {
                Self::DiskFull
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::NotADatabase) => Self::NotSqlite,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::CannotOpen(error.to_string()),
            _ => Self::Database(error.to_string()),
        }
    }
}

/// The value of a column.
pub(super) fn value<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> Result<ValueRef<'r>, Problem> {
    Ok(match row.get_ref(column)? {
        Stored::Null => ValueRef::Null,
        Stored::Integer(n) => ValueRef::Integer(n),
        Stored::Real(x) => ValueRef::Real(x),
        Stored::Text(text) => {
            let what = |e| Problem::Unreadable(format!("{}: {e}", row.as_ref().column_name(column).unwrap_or("?")));
            ValueRef::Text(std::str::from_utf8(text).map_err(what)?)
        }
        Stored::Blob(bytes) => ValueRef::Blob(bytes),
    })
}

/// Turns on SQLite's write-ahead log. SQLite does not wait for this lock by itself, however patient it is told to be: another
/// program that is just doing the same would make it fail.
fn keep_a_log(db: &Connection) -> rusqlite::Result<()> {
    let began = Instant::now();
    loop {
        // In memory, SQLite answers that it keeps its own mode; either is fine.
        match db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(e) if e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

/// Whether the file is a ledger that this program knows, or empty.
fn check(db: &Connection) -> Result<(), Problem> {
    // One view of the file, however busy another program is making it into a ledger just now.
    let view = db.unchecked_transaction()?;
    let application_id: i32 = view.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let empty = view.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?;
    match (application_id, format(&view)?) {
        (APPLICATION_ID, found) if found > known() => Err(Problem::Newer { found, known: known() }),
        (APPLICATION_ID, 1..) => Ok(()),
        (0, 0) if empty => Ok(()),
        _ => Err(Problem::Foreign { application_id }),
    }
}

fn format(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}
