//! The databases that a ledger can be kept in, behind one trait: a SQLite file, or a schema of a PostgreSQL database.
//!
//! The rest of the crate speaks SQL that both understand, with `?` or `?1` for values; what they say differently is asked of the
//! [`Dialect`]. Calls do not nest: [`write`](trait@Store) and `view` each make one transaction, and inside of one everything belongs to it.

mod dialect;
mod migrations;
pub(crate) mod postgres;
pub(crate) mod sqlite;
mod value;

use std::fmt::Debug;
use std::ops::ControlFlow;

pub(crate) use dialect::Dialect;
pub(crate) use migrations::{finish, known, migrations};
pub(crate) use value::{FromValue, Row, ToValue, Value, ValueRef, values};

use crate::Problem;

/// What is done with each row of an answer, until it breaks off.
pub(crate) type Take<'t> = dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, Problem> + 't;

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// Reading: all of it sees one state of the ledger.
    View,
    /// Writing: it has the ledger's only write lock from its beginning, so that what it reads stays so.
    Write,
}

/// A database.
pub(crate) trait Store: Debug + Send {
    /// How it wants to be spoken to.
    fn dialect(&self) -> Dialect;

    /// Does one command and gives the number of rows that it changed.
    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, Problem>;

    /// Asks one question and hands on each row of the answer.
    fn query(&self, sql: &str, values: &[Value<'_>], take: &mut Take<'_>) -> Result<(), Problem>;

    /// Does several commands without values.
    fn batch(&self, sql: &str) -> Result<(), Problem>;

    /// Begins a transaction.
    fn begin(&self, what: Begin) -> Result<(), Problem>;

    /// Ends it and keeps what it did.
    fn commit(&self) -> Result<(), Problem>;

    /// Ends it and keeps nothing.
    fn roll_back(&self);

    /// Whether a transaction is under way.
    fn is_within(&self) -> bool;

    /// Whether nothing can be written.
    fn is_read_only(&self) -> Result<bool, Problem>;

    /// From now on nothing can be written through this connection.
    fn only_read(&self) -> Result<(), Problem>;

    /// A number that is another one after a change by another connection.
    fn touched(&self) -> Result<i64, Problem>;

    /// Writes out what is still to be written: the connection is not used any more.
    fn close(&self) -> Result<(), Problem>;

    /// What the database itself finds damaged, and rows that belong to none: what, for a person to read.
    fn damage(&self) -> Result<Vec<Damage>, Problem>;
}

/// What a database finds wrong with itself.
#[derive(Debug)]
pub(crate) enum Damage {
    /// In its own words.
    Said(String),
    /// A row that belongs to one that is not there: table, key, table of the other.
    Orphan(String, i64, String),
}

/// What can be asked of any store.
impl dyn Store + '_ {
    /// All rows of an answer.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let mut out = Vec::new();
        self.query(sql, values, &mut |row| {
            out.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(out)
    }

    /// The first row of an answer, where there is one.
    pub(crate) fn row<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        let mut out = None;
        self.query(sql, values, &mut |row| {
            out = Some(read(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(out)
    }

    /// The first value of the first row; `None` where there is no row.
    pub(crate) fn value<T: FromValue>(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<T>, Problem> {
        self.row(sql, values, |row| row.get(0))
    }

    /// The first value of an answer that always has a row.
    pub(crate) fn one<T: FromValue>(&self, sql: &str, values: &[Value<'_>]) -> Result<T, Problem> {
        self.value(sql, values)?.ok_or_else(|| Problem::Unreadable("an answer without a row".to_owned()))
    }

    /// Looks at each row.
    pub(crate) fn each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut look: impl FnMut(&Row<'_>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.query(sql, values, &mut |row| look(row).map(ControlFlow::Continue))
    }

    /// Reads one state of the ledger, whatever is being written.
    pub(crate) fn view<T>(&self, read: impl FnOnce(&dyn Store) -> Result<T, Problem>) -> Result<T, Problem> {
        self.within(Begin::View, read)
    }

    /// Does `work` in one transaction, and undoes it where it fails.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&dyn Store) -> Result<T, Problem>) -> Result<T, Problem> {
        self.within(Begin::Write, work)
    }

    fn within<T>(&self, what: Begin, work: impl FnOnce(&dyn Store) -> Result<T, Problem>) -> Result<T, Problem> {
        self.begin(what)?;
        let guard = Guard(self);
        let done = work(self)?;
        self.commit()?;
        drop(guard);
        Ok(done)
    }
}

/// Undoes a transaction that was left before its end, by an error or a panic.
struct Guard<'s>(&'s (dyn Store + 's));

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if self.0.is_within() {
            self.0.roll_back();
        }
    }
}
