//! One page of a long list at a time, with how long the list is; and such a list from one end to the other.

use std::ops::ControlFlow;

use pourparler_text::Entry;
use rusqlite::{Connection, params_from_iter};

use crate::filter::{Conditions, Filter};
use crate::{Ledger, LedgerError, Problem, row, words};

/// In which order statements come. Those that are equal in it come in the order in which they were stored, or the other way round
/// where the latest come first; those of no known day come last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest day first.
    #[default]
    Newest,
    /// The earliest day first.
    Oldest,
    /// The least certain first, what a person decided last: the queue of review.
    LeastCertain,
    /// Those first in which the words that are asked for weigh most; where none are, the latest day.
    Relevance,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// So many are left out at the beginning.
    pub skip: usize,
    /// At most so many.
    pub most: usize,
}

impl Paging {
    /// The first of a list.
    #[must_use]
    pub fn first(most: usize) -> Self {
        Self { skip: 0, most }
    }

    /// `LIMIT` and `OFFSET`.
    pub(crate) fn sql(self) -> String {
        let number = |n| i64::try_from(n).unwrap_or(i64::MAX);
        format!("LIMIT {} OFFSET {}", number(self.most), number(self.skip))
    }
}

/// Part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What was asked for.
    pub items: Vec<T>,
    /// How long the whole list is.
    pub total: usize,
}

impl<T> Page<T> {
    pub(crate) fn empty() -> Self {
        Self { items: Vec::new(), total: 0 }
    }
}

impl Ledger {
    /// A page of the statements that pass the filter, whose own limit does not count here.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn page(&self, filter: &Filter, order: Order, paging: Paging) -> Result<Page<Entry>, LedgerError> {
        let read = || -> Result<Page<Entry>, Problem> {
            let Some(conditions) = Conditions::of(filter) else { return Ok(Page::empty()) };
            // One view, so that the total is that of this list.
            let view = self.db.unchecked_transaction()?;
            let total = count(&view, &conditions)?;
            let keys = keys(&view, filter, &conditions, order, paging)?;
            let items = entries(&view, &keys, |items: &mut Vec<_>, entry| {
                items.push(entry);
                ControlFlow::Continue(())
            })?;
            Ok(Page { items, total })
        };
        self.told(read())
    }

    /// Gives the statements that pass the filter one by one, at most so many, until `take` breaks off. Only one is in memory at a
    /// time, and all are of one state of the ledger; the filter's own limit does not count here.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn each(
        &self,
        filter: &Filter,
        order: Order,
        most: usize,
        mut take: impl FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        let mut read = || -> Result<(), Problem> {
            let Some(conditions) = Conditions::of(filter) else { return Ok(()) };
            let view = self.db.unchecked_transaction()?;
            let keys = keys(&view, filter, &conditions, order, Paging::first(most))?;
            entries(&view, &keys, |(): &mut (), entry| take(entry))
        };
        self.told(read())
    }

    /// How many statements pass the filter, whose own limit does not count here.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn count(&self, filter: &Filter) -> Result<usize, LedgerError> {
        self.told(Conditions::of(filter).map_or(Ok(0), |conditions| count(&self.db, &conditions)))
    }
}

fn count(db: &Connection, conditions: &Conditions) -> Result<usize, Problem> {
    let sql = format!("SELECT count(*) FROM statement s WHERE {}", conditions.sql());
    Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(&conditions.values), |row| row.get(0))?)
}

fn sorted(db: &Connection, conditions: &Conditions, order: Order, paging: Paging) -> Result<Vec<i64>, Problem> {
    // With a filter the index of the order is no help: where few statements pass, all would be read through in that order. The sign
    // keeps SQLite from trying.
    let plus = if conditions.is_empty() { "" } else { "+" };
    let by = match order {
        Order::Newest | Order::Relevance => format!("{plus}s.day DESC NULLS LAST, s.key DESC"),
        Order::Oldest => format!("{plus}s.day NULLS LAST, s.key"),
        Order::LeastCertain => format!("{plus}s.confidence NULLS LAST, s.key"),
    };
    let sql = format!("SELECT s.key FROM statement s WHERE {} ORDER BY {by} {}", conditions.sql(), paging.sql());
    let mut select = db.prepare_cached(&sql)?;
    Ok(select.query_map(params_from_iter(&conditions.values), |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn relevant(db: &Connection, filter: &Filter, query: String, paging: Paging) -> Result<Vec<i64>, Problem> {
    let Some(others) = Conditions::of(&Filter { text: None, ..filter.clone() }) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT s.key FROM statement_words w JOIN statement s ON s.key = w.rowid
         WHERE statement_words MATCH ? AND {} ORDER BY w.rank, s.day DESC, s.key {}",
        others.sql(),
        paging.sql(),
    );
    let values = std::iter::once(query.into()).chain(others.values);
    Ok(db.prepare_cached(&sql)?.query_map(params_from_iter(values), |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The keys of a part of a list, in its order.
fn keys(
    db: &Connection,
    filter: &Filter,
    conditions: &Conditions,
    order: Order,
    paging: Paging,
) -> Result<Vec<i64>, Problem> {
    match (order, filter.text.as_deref().and_then(words::text)) {
        (Order::Relevance, Some(query)) => relevant(db, filter, query, paging),
        _ => sorted(db, conditions, order, paging),
    }
}

/// Gives the statements of these keys to `take`, which gathers them in what comes back.
fn entries<T: Default>(
    db: &Connection,
    keys: &[i64],
    mut take: impl FnMut(&mut T, Entry) -> ControlFlow<()>,
) -> Result<T, Problem> {
    let sql = format!(
        "SELECT {}, {} FROM statement s JOIN article a ON a.key = s.article WHERE s.key = ?",
        row::STATEMENT,
        row::ENTRY
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut gathered = T::default();
    for key in keys {
        let entry = select.query_row([key], |row| Ok(row::entry(row)))??;
        if take(&mut gathered, entry).is_break() {
            break;
        }
    }
    Ok(gathered)
}
