//! Opening a ledger: telling it from other files, making it, and bringing it to the newest format.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::{Ledger, LedgerError, Problem};

/// Marks a SQLite file as a ledger: `Pour` in ASCII.
const APPLICATION_ID: i32 = 0x506f_7572;

/// The steps from one format to the next. Format `n` is what the first `n` steps make; a step is never changed
/// once it has been released.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_record.sql"),
    include_str!("../migrations/0002_actors.sql"),
    include_str!("../migrations/0003_reviews.sql"),
    include_str!("../migrations/0004_copies.sql"),
    include_str!("../migrations/0005_watch.sql"),
    include_str!("../migrations/0006_inputs.sql"),
    include_str!("../migrations/0007_workspace.sql"),
];

/// How long to wait for another program's lock.
const PATIENCE: Duration = Duration::from_secs(5);

impl Ledger {
    /// Opens a ledger, and makes it where there is none.
    ///
    /// # Errors
    /// Where the file is no ledger, is damaged or too new, or can be neither opened nor made.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, LedgerError> {
        let path = path.as_ref();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::connect(path, flags).map_err(|problem| LedgerError { ledger: path.to_owned(), problem })
    }

    /// Opens a ledger that must be there.
    ///
    /// # Errors
    /// As [`Ledger::open`], and [`Problem::Missing`] where there is no file.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self, LedgerError> {
        let path = path.as_ref();
        let ledger = match path.try_exists() {
            Ok(false) => Err(Problem::Missing),
            _ => Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE),
        };
        ledger.map_err(|problem| LedgerError { ledger: path.to_owned(), problem })
    }

    /// Opens a ledger that must be there, for those who only ask: nothing can be written through it. A ledger of an older format
    /// is brought to the newest first, as whenever one is opened.
    ///
    /// # Errors
    /// As [`Ledger::open_existing`].
    pub fn open_to_read(path: impl AsRef<Path>) -> Result<Self, LedgerError> {
        let ledger = Self::open_existing(path)?;
        ledger.told(ledger.db.pragma_update(None, "query_only", true).map_err(Problem::from))?;
        Ok(ledger)
    }

    /// A ledger that lasts as long as this value.
    ///
    /// # Errors
    /// Where memory runs out.
    pub fn in_memory() -> Result<Self, LedgerError> {
        Self::open(":memory:")
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, Problem> {
        if path.as_os_str().is_empty() {
            // SQLite would make a file that is gone when it is closed.
            return Err(Problem::CannotOpen("no file is named".to_owned()));
        }
        let mut db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(PATIENCE)?;
        // Before anything is written: a file that is not ours must stay as it is.
        check(&db)?;
        db.pragma_update(None, "foreign_keys", true)?;
        // A ledger may come from somebody else: its schema must not call what it has no business with.
        db.pragma_update(None, "trusted_schema", false)?;
        if !db.is_readonly("main")? {
            keep_a_log(&db)?;
        }
        migrate(&mut db)?;
        Ok(Self { db, path: path.to_owned() })
    }
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

/// Takes the ledger from its format to the newest, each step in a transaction of its own.
fn migrate(db: &mut Connection) -> Result<(), Problem> {
    while format(db)? < known() {
        let step = Transaction::new(db, TransactionBehavior::Immediate)?;
        // Another program may have taken this step while this one waited for the lock.
        let format = format(&step)?;
        if let Some(sql) = usize::try_from(format).ok().and_then(|done| MIGRATIONS.get(done)) {
            step.execute_batch(sql)?;
            step.pragma_update(None, "application_id", APPLICATION_ID)?;
            step.pragma_update(None, "user_version", format + 1)?;
            step.commit()?;
        }
    }
    Ok(())
}

fn format(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Newest format that this program knows.
const fn known() -> i64 {
    MIGRATIONS.len() as i64
}
