//! What is remembered of feeds that are watched: how far they were read, and what failed.
//!
//! It is no part of the record. It keeps a watch that is stopped and started again from asking twice for what it has.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::store::{Row, values};
use crate::{Ledger, LedgerError, Problem};

/// A feed, and what is known of its last rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedFeed {
    /// Its address.
    pub url: String,
    /// The `ETag` of its last state of which every entry was seen to.
    pub etag: Option<String>,
    /// The `Last-Modified` of that state.
    pub last_modified: Option<String>,
    /// When it may be asked again; `None` is at once.
    pub next_at: Option<Timestamp>,
    /// How many rounds failed in a row.
    pub failures: u32,
    /// Why the last round failed; `None` where it did not.
    pub last_error: Option<String>,
}

impl WatchedFeed {
    /// A feed that was never asked.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), etag: None, last_modified: None, next_at: None, failures: 0, last_error: None }
    }
}

/// What became of an entry of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// Its article is in the ledger.
    Done,
    /// It failed and is to be tried again.
    Failed,
    /// It failed for good.
    GivenUp,
}

impl EntryState {
    /// Its name in the ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::GivenUp => "given_up",
        }
    }
}

/// An entry of a feed that was seen to, or tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedEntry {
    /// What the feed calls it.
    pub entry: String,
    /// The page that it points to.
    pub link: Option<String>,
    /// Day of publication, as the feed gives it.
    pub published: Option<Date>,
    /// What became of it.
    pub state: EntryState,
    /// How often it failed.
    pub tries: u32,
    /// When a failed one may be tried again; `None` is at once.
    pub next_at: Option<Timestamp>,
    /// Why it failed last.
    pub last_error: Option<String>,
}

impl Ledger {
    /// What is known of a feed; a new one where nothing is.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn watched_feed(&self, url: &str) -> Result<WatchedFeed, LedgerError> {
        let sql = "SELECT url, etag, last_modified, next_at, failures, last_error FROM watched_feed WHERE url = ?";
        self.told(self.db.row(sql, values![url], feed)).map(|known| known.unwrap_or_else(|| WatchedFeed::new(url)))
    }

    /// Keeps what is known of a feed now.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn keep_feed(&mut self, feed: &WatchedFeed) -> Result<(), LedgerError> {
        let sql = "INSERT INTO watched_feed (url, etag, last_modified, next_at, failures, last_error)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (url) DO UPDATE SET
                       etag = ?2, last_modified = ?3, next_at = ?4, failures = ?5, last_error = ?6";
        let next_at = feed.next_at.map(written);
        let values = values![feed.url, feed.etag, feed.last_modified, next_at, feed.failures, feed.last_error];
        self.told(self.db.execute(sql, values).map(drop))
    }

    /// What became of an entry of a feed; `None` where it was never tried.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn watched_entry(&self, feed: &str, id: &str) -> Result<Option<WatchedEntry>, LedgerError> {
        let sql = "SELECT entry, link, published, state, tries, e.next_at, e.last_error
                   FROM watched_entry e JOIN watched_feed f ON f.key = e.feed WHERE f.url = ? AND entry = ?";
        self.told(self.db.row(sql, values![feed, id], entry))
    }

    /// Keeps what became of an entry. A feed that was not known is from now on.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn keep_entry(&mut self, feed: &str, entry: &WatchedEntry) -> Result<(), LedgerError> {
        let result = self.db.write(|tx| {
            tx.execute("INSERT INTO watched_feed (url, failures) VALUES (?, 0) ON CONFLICT DO NOTHING", values![feed])?;
            let sql = "INSERT INTO watched_entry (feed, entry, link, published, state, tries, next_at, last_error)
                       VALUES ((SELECT key FROM watched_feed WHERE url = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                       ON CONFLICT (feed, entry) DO UPDATE SET
                           link = ?3, published = ?4, state = ?5, tries = ?6, next_at = ?7, last_error = ?8";
            tx.execute(
                sql,
                values![
                    feed,
                    entry.entry,
                    entry.link,
                    entry.published.map(|day| day.to_string()),
                    entry.state.as_str(),
                    entry.tries,
                    entry.next_at.map(written),
                    entry.last_error,
                ],
            )?;
            Ok(())
        });
        self.told(result)
    }

    /// The failed entries of a feed that may be tried again now, longest due first, at most so many.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn failed_entries(&self, feed: &str, now: Timestamp, most: usize) -> Result<Vec<WatchedEntry>, LedgerError> {
        let sql = "SELECT entry, link, published, state, tries, e.next_at, e.last_error
                   FROM watched_entry e JOIN watched_feed f ON f.key = e.feed
                   WHERE f.url = ? AND state = 'failed' AND (e.next_at IS NULL OR e.next_at <= ?)
                   ORDER BY e.next_at NULLS FIRST, entry LIMIT ?";
        self.told(self.db.rows(sql, values![feed, down(now).to_string(), most], entry))
    }
}

/// In whole seconds, the next one where it is between two: nothing is due too early.
fn written(time: Timestamp) -> String {
    let whole = down(time);
    let up = if whole < time { whole.checked_add(Duration::from_secs(1)).unwrap_or(whole) } else { whole };
    up.to_string()
}

/// The whole second in which a time is.
fn down(time: Timestamp) -> Timestamp {
    // Any second of a time is one.
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

pub(crate) fn feed(row: &Row<'_>) -> Result<WatchedFeed, Problem> {
    Ok(WatchedFeed {
        url: row.get(0)?,
        etag: row.get(1)?,
        last_modified: row.get(2)?,
        next_at: read(row, 3)?,
        failures: row.get(4)?,
        last_error: row.get(5)?,
    })
}

pub(crate) fn entry(row: &Row<'_>) -> Result<WatchedEntry, Problem> {
    let state = match row.text(3)? {
        Some("done") => EntryState::Done,
        Some("failed") => EntryState::Failed,
        // The table knows no more than these.
        _ => EntryState::GivenUp,
    };
    Ok(WatchedEntry {
        entry: row.get(0)?,
        link: row.get(1)?,
        published: read(row, 2)?,
        state,
        tries: row.get(4)?,
        next_at: read(row, 5)?,
        last_error: row.get(6)?,
    })
}

/// A value that is stored as text.
fn read<T: std::str::FromStr<Err = jiff::Error>>(row: &Row<'_>, column: usize) -> Result<Option<T>, Problem> {
    let parsed = row.text(column)?.map(str::parse).transpose();
    parsed.map_err(|error| Problem::Unreadable(format!("{}: {error}", row.name(column))))
}
