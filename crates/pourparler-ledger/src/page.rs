//! One page of a long list at a time, with how long the list is; and such a list from one end to the other.

use std::ops::ControlFlow;

use pourparler_text::Entry;
use rusqlite::types::ValueRef;
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
            let (keys, total) = keys(&view, filter, &conditions, order, paging)?;
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
            let (keys, _) = keys(&view, filter, &conditions, order, Paging::first(most))?;
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

/// The keys of a page of all statements, and how many there are: the index of the order has them at hand.
fn in_index_order(db: &Connection, order: Order, paging: Paging) -> Result<(Vec<i64>, usize), Problem> {
    let by = match order {
        Order::Newest | Order::Relevance => "day DESC NULLS LAST, key DESC",
        Order::Oldest => "day NULLS LAST, key",
        Order::LeastCertain => "confidence NULLS LAST, key",
    };
    let mut select = db.prepare_cached(&format!("SELECT key FROM statement ORDER BY {by} {}", paging.sql()))?;
    let keys = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok((keys, count(db, &Conditions::default())?))
}

/// The keys of a page of what passes a filter, and how much does. All of it is read once, which tells both.
fn sorted(
    db: &Connection,
    conditions: &Conditions,
    order: Order,
    paging: Paging,
) -> Result<(Vec<i64>, usize), Problem> {
    let by = if order == Order::LeastCertain { "s.confidence" } else { "s.day" };
    let sql = format!("SELECT s.key, {by} FROM statement s WHERE {}", conditions.sql());
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(&conditions.values))?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let (key, by): (i64, _) = (row.get(0)?, row.get_ref(1)?);
        let (unknown, by) = (by == ValueRef::Null, ordered(by));
        let (by, then) = if matches!(order, Order::Newest | Order::Relevance) { (-by, -key) } else { (by, key) };
        hits.push(((unknown, by, then), key));
    }
    Ok(part(hits, paging))
}

fn relevant(db: &Connection, filter: &Filter, query: String, paging: Paging) -> Result<(Vec<i64>, usize), Problem> {
    let Some(others) = Conditions::of(&Filter { text: None, ..filter.clone() }) else { return Ok(Default::default()) };
    let sql = format!(
        "SELECT s.key, s.day, w.rank FROM statement_words w JOIN statement s ON s.key = w.rowid
         WHERE statement_words MATCH ? AND {}",
        others.sql(),
    );
    let values = std::iter::once(query.into()).chain(others.values);
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        hits.push(((ordered(row.get_ref(2)?), -ordered(row.get_ref(1)?), key), key));
    }
    Ok(part(hits, paging))
}

/// A number in whose order days and scores are; that of what is not known is 0.
fn ordered(value: ValueRef) -> i64 {
    match value {
        ValueRef::Text(day) => day.iter().filter(|b| b.is_ascii_digit()).fold(0, |n, b| n * 10 + i64::from(b - b'0')),
        // The bits of a number below zero run the other way.
        ValueRef::Real(score) => {
            let bits = score.to_bits().cast_signed();
            if bits < 0 { i64::MIN - bits } else { bits }
        }
        _ => 0,
    }
}

/// The keys of a page of hits, and how many hits there are.
fn part<O: Ord>(mut hits: Vec<(O, i64)>, paging: Paging) -> (Vec<i64>, usize) {
    let total = hits.len();
    let end = paging.skip.saturating_add(paging.most).min(total);
    if end < total {
        hits.select_nth_unstable(end);
        hits.truncate(end);
    }
    hits.sort_unstable();
    (hits.into_iter().skip(paging.skip).map(|(_, key)| key).collect(), total)
}

/// The keys of a part of a list, in its order, and how long the whole list is.
fn keys(
    db: &Connection,
    filter: &Filter,
    conditions: &Conditions,
    order: Order,
    paging: Paging,
) -> Result<(Vec<i64>, usize), Problem> {
    match (order, filter.text.as_deref().and_then(words::text)) {
        (Order::Relevance, Some(query)) => relevant(db, filter, query, paging),
        _ if conditions.is_empty() => in_index_order(db, order, paging),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_scores_keep_their_order() {
        let scores = [f64::MIN, -2.5, -1.0, -0.0, 0.0, 0.25, 0.5, 1.0, 7.5];
        assert!(scores.map(|score| ordered(ValueRef::Real(score))).is_sorted());
        let days = ["1999-12-31", "2024-01-09", "2024-01-10", "2024-10-01"];
        assert!(days.map(|day| ordered(ValueRef::Text(day.as_bytes()))).is_sorted());
    }
}
