//! A ledger into another database, row by row, and the two compared; and all of one written out in open formats.

use pourparler_text::sha256_hex;
use serde_json::Value as Json;

use crate::store::{Dialect, Store, ValueRef, values};
use crate::tables::{self, TABLES, Table};
use crate::{Ledger, LedgerError, Problem};

/// How much was copied, and found the same on the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Rows of each table.
    pub rows: Vec<(&'static str, usize)>,
}

impl Copied {
    /// Rows of all tables.
    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.iter().map(|(_, rows)| rows).sum()
    }
}

/// Something of a ledger on its way out of it.
#[derive(Debug)]
pub enum Piece<'p> {
    /// A row of a table as an object; the bytes of inputs are named by their hashes, and come by themselves.
    Row {
        /// The table.
        table: &'static str,
        /// The row.
        row: &'p Json,
    },
    /// The bytes of an input.
    Snapshot {
        /// Their SHA-256.
        sha256: &'p str,
        /// They themselves.
        bytes: &'p [u8],
    },
}

impl Ledger {
    /// Copies all of this ledger into another, which must be empty, and compares the two row by row. What comes in meanwhile is left
    /// out: the copy is of one moment. All of it arrives or nothing.
    ///
    /// # Errors
    /// [`Problem::NotEmpty`] where something is in the other, [`Problem::CopyDiffers`] where a row did not arrive as it was, or where
    /// either ledger fails; the error names which.
    pub fn copy_into(&self, other: &mut Self) -> Result<Copied, LedgerError> {
        let view = |from: &dyn Store| {
            // A failure of the other is to be told with its name, and goes past the view of this one.
            let written = other.db.write(|to| {
                tables::are_empty(to)?;
                copy(from, to)?;
                compare(from, to)
            });
            Ok(other.told(written))
        };
        self.told(self.db.view(view))?
    }

    /// Gives everything that is in the ledger to `take`, table by table, all of one moment. What lets somebody sign in is left out.
    ///
    /// # Errors
    /// What `take` gives, or where the ledger fails.
    pub fn each_piece<E: From<LedgerError>>(&self, mut take: impl FnMut(Piece<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut failed = None;
        let done = self.db.view(|view| {
            for table in TABLES.iter().filter(|table| !SECRET.contains(&table.name)) {
                if let Err(e) = parts(view, table, &mut take)? {
                    failed = Some(e);
                    break;
                }
            }
            Ok(())
        });
        self.told(done)?;
        failed.map_or(Ok(()), Err)
    }
}

/// Tables of which nothing leaves a ledger but by a copy of the whole.
const SECRET: &[&str] = &["account", "session", "invitation", "api_token"];

/// Gives the rows of a table; what `take` refuses ends it, and is no failure of the ledger.
fn parts<E>(
    db: &dyn Store,
    table: &Table,
    take: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
) -> Result<Result<(), E>, Problem> {
    let columns = tables::columns(db, table.name)?;
    for piece in tables::pieces(db, table)? {
        let sql = format!("SELECT {} FROM {} WHERE {piece} ORDER BY {}", columns.join(", "), table.name, table.order);
        let mut taken = Ok(());
        db.query(&sql, &[], &mut |row| {
            let mut json = tables::json(row)?;
            if let Json::Object(object) = &mut json {
                object.remove("bytes");
            }
            taken = take(Piece::Row { table: table.name, row: &json });
            for column in 0..row.len() {
                if let (ValueRef::Blob(bytes), Ok(())) = (row.value(column)?, &taken) {
                    taken = take(Piece::Snapshot { sha256: &sha256_hex(bytes), bytes });
                }
            }
            Ok(if taken.is_ok() { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) })
        })?;
        if taken.is_err() {
            return Ok(taken);
        }
    }
    Ok(Ok(()))
}

fn copy(from: &dyn Store, to: &dyn Store) -> Result<(), Problem> {
    for table in TABLES {
        tables::copy(from, to, table)?;
        if let (Some(by @ ("key" | "number" | "id")), Dialect::Postgres) = (table.by, to.dialect()) {
            // New rows are counted on from the last one.
            let sql = format!(
                "SELECT setval(sequence, (SELECT max({by}) FROM {name})) FROM pg_get_serial_sequence('{name}', '{by}') AS sequence
                 WHERE sequence IS NOT NULL AND EXISTS (SELECT 1 FROM {name})",
                name = table.name
            );
            to.query(&sql, &[], &mut |_| Ok(std::ops::ControlFlow::Continue(())))?;
        }
    }
    let version: i64 = from.one("SELECT version FROM record_version", &[])?;
    to.execute("UPDATE record_version SET version = ?", values![version])?;
    Ok(())
}

/// Holds every row of one ledger against that of the other.
fn compare(from: &dyn Store, to: &dyn Store) -> Result<Copied, Problem> {
    let mut counts = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let columns = tables::columns(from, table.name)?;
        let mut all = 0;
        for piece in tables::pieces(from, table)? {
            all += tables::same_rows(from, to, table, &columns, &piece)?
                .map_err(|at| Problem::CopyDiffers { table: table.name, row: all + at })?;
        }
        let there: usize = to.one(&format!("SELECT count(*) FROM {}", table.name), &[])?;
        if there != all {
            return Err(Problem::CopyDiffers { table: table.name, row: all + 1 });
        }
        counts.push((table.name, all));
    }
    Ok(Copied { rows: counts })
}
