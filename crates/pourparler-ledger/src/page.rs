//! One page of a long list at a time, with how long the list is; and such a list from one end to the other.

use std::ops::ControlFlow;

use pourparler_text::Entry;

use crate::filter::{Conditions, Filter};
use crate::row::Columns;
use crate::store::{Row, Store, ToValue, Value, ValueRef};
use crate::words::Words;
use crate::{Ledger, LedgerError, Problem, row};

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
        let Some(conditions) = Conditions::of(filter, self.db.dialect()) else { return Ok(Page::empty()) };
        // One view, so that the total is that of this list.
        self.told(self.db.view(|view| {
            let (keys, total) = keys(view, filter, &conditions, order, paging)?;
            let mut items = Vec::with_capacity(keys.len());
            entries(view, &keys, |entry| {
                items.push(entry);
                ControlFlow::Continue(())
            })?;
            Ok(Page { items, total })
        }))
    }

    /// Gives the statements that pass the filter one by one, at most so many, until `take` breaks off. Only a few are in memory at a
    /// time, and all are of one state of the ledger; the filter's own limit does not count here.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn each(
        &self,
        filter: &Filter,
        order: Order,
        most: usize,
        take: impl FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        let Some(conditions) = Conditions::of(filter, self.db.dialect()) else { return Ok(()) };
        self.told(self.db.view(|view| {
            let (keys, _) = keys(view, filter, &conditions, order, Paging::first(most))?;
            entries(view, &keys, take)
        }))
    }

    /// How many statements pass the filter, whose own limit does not count here.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn count(&self, filter: &Filter) -> Result<usize, LedgerError> {
        let conditions = Conditions::of(filter, self.db.dialect());
        self.told(conditions.map_or(Ok(0), |conditions| count(self.db.as_ref(), &conditions)))
    }
}

fn count(db: &dyn Store, conditions: &Conditions) -> Result<usize, Problem> {
    db.one(&format!("SELECT count(*) FROM statement s WHERE {}", conditions.sql()), &conditions.values)
}

/// The keys of a page of all statements, and how many there are: the index of the order has them at hand.
fn in_index_order(db: &dyn Store, order: Order, paging: Paging) -> Result<(Vec<i64>, usize), Problem> {
    let by = match order {
        Order::Newest | Order::Relevance => "day DESC NULLS LAST, key DESC",
        Order::Oldest => "day NULLS LAST, key",
        Order::LeastCertain => "confidence NULLS LAST, key",
    };
    let sql = format!("SELECT key FROM statement ORDER BY {by} {}", paging.sql());
    let keys = db.rows(&sql, &[], |row| row.get(0))?;
    Ok((keys, count(db, &Conditions::default())?))
}

/// The keys of a page of what passes a filter, and how much does. All of it is read once, which tells both.
fn sorted(db: &dyn Store, conditions: &Conditions, order: Order, paging: Paging) -> Result<(Vec<i64>, usize), Problem> {
    let by = if order == Order::LeastCertain { "s.confidence" } else { "s.day" };
    let sql = format!("SELECT s.key, {by} FROM statement s WHERE {}", conditions.sql());
    let mut hits = Vec::new();
    db.each(&sql, &conditions.values, |row| {
        let (key, by): (i64, _) = (row.get(0)?, row.value(1)?);
        let (unknown, by) = (by == ValueRef::Null, ordered(by));
        let (by, then) = if matches!(order, Order::Newest | Order::Relevance) { (-by, -key) } else { (by, key) };
        hits.push(((unknown, by, then), key));
        Ok(())
    })?;
    Ok(part(hits, paging))
}

fn relevant(db: &dyn Store, filter: &Filter, words: &Words, paging: Paging) -> Result<(Vec<i64>, usize), Problem> {
    let dialect = db.dialect();
    let Some(others) = Conditions::of(&Filter { text: None, ..filter.clone() }, dialect) else {
        return Ok(Default::default());
    };
    // The words are the first value; those of the filter come after it.
    let sql = format!("{} AND {}", dialect.relevance(), numbered_from(2, &others.sql()));
    let query = dialect.query(words);
    let values: Vec<Value<'_>> = std::iter::once(query.to_value()).chain(others.values).collect();
    let mut hits = Vec::new();
    db.each(&sql, &values, |row| {
        let key: i64 = row.get(0)?;
        hits.push(((ordered(row.value(2)?), -ordered(row.value(1)?), key), key));
        Ok(())
    })?;
    Ok(part(hits, paging))
}

/// A condition whose values are counted from `first` on.
fn numbered_from(first: usize, sql: &str) -> String {
    let mut parts = sql.split('?');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (n, part) in (first..).zip(parts) {
        out.push_str(&format!("?{n}{part}"));
    }
    out
}

/// A number in whose order days and scores are; that of what is not known is 0.
fn ordered(value: ValueRef) -> i64 {
    match value {
        ValueRef::Text(day) => day.bytes().filter(u8::is_ascii_digit).fold(0, |n, b| n * 10 + i64::from(b - b'0')),
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
    db: &dyn Store,
    filter: &Filter,
    conditions: &Conditions,
    order: Order,
    paging: Paging,
) -> Result<(Vec<i64>, usize), Problem> {
    match (order, filter.text.as_deref().and_then(Words::text)) {
        (Order::Relevance, Some(words)) => relevant(db, filter, &words, paging),
        _ if conditions.is_empty() => in_index_order(db, order, paging),
        _ => sorted(db, conditions, order, paging),
    }
}

/// Gives the statements of these keys to `take`, until it breaks off.
fn entries(db: &dyn Store, keys: &[i64], take: impl FnMut(Entry) -> ControlFlow<()>) -> Result<(), Problem> {
    let columns = format!("s.key, {}, {}", row::statement_columns(db.dialect()), row::ENTRY);
    let read = |row: &Row| row::entry_in(&mut Columns::after(row, 1));
    row::each_of_keys(db, &columns, "statement s JOIN article a ON a.key = s.article", "s.key", keys, read, take)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_scores_keep_their_order() {
        let scores = [f64::MIN, -2.5, -1.0, -0.0, 0.0, 0.25, 0.5, 1.0, 7.5];
        assert!(scores.map(|score| ordered(ValueRef::Real(score))).is_sorted());
        let days = ["1999-12-31", "2024-01-09", "2024-01-10", "2024-10-01"];
        assert!(days.map(|day| ordered(ValueRef::Text(day))).is_sorted());
    }
}
