//! The feeds that are watched, as a list: how each fares, and what failed.

use crate::store::{Row, values};
use crate::watch::{WatchedEntry, WatchedFeed, entry, feed};
use crate::{Ledger, LedgerError, Problem};

/// A watched feed and how its entries fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedState {
    /// What is known of its last rounds.
    pub feed: WatchedFeed,
    /// Entries whose article is in the ledger.
    pub done: usize,
    /// Entries that failed and are to be tried again.
    pub failed: usize,
    /// Entries that failed for good.
    pub given_up: usize,
}

/// Something of a feed that failed and is not mended yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedFailure {
    /// The feed itself, in its last round.
    Feed(WatchedFeed),
    /// One of its entries.
    Entry {
        /// Address of the feed.
        feed: String,
        /// The entry, which is failed or given up.
        entry: WatchedEntry,
    },
}

impl Ledger {
    /// All watched feeds in alphabetical order.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn watched_feeds(&self) -> Result<Vec<FeedState>, LedgerError> {
        let sql = "SELECT f.url, f.etag, f.last_modified, f.next_at, f.failures, f.last_error,
                          count(*) FILTER (WHERE e.state = 'done'), count(*) FILTER (WHERE e.state = 'failed'),
                          count(*) FILTER (WHERE e.state = 'given_up')
                   FROM watched_feed f LEFT JOIN watched_entry e ON e.feed = f.key GROUP BY f.key ORDER BY f.url";
        let state = |row: &Row| {
            Ok(FeedState { feed: feed(row)?, done: row.get(6)?, failed: row.get(7)?, given_up: row.get(8)? })
        };
        self.told(self.db.rows(sql, &[], state))
    }

    /// Adds a feed to those that are watched, to be asked at once; `false` where it is one of them.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn add_feed(&mut self, url: &str) -> Result<bool, LedgerError> {
        let sql = "INSERT INTO watched_feed (url, failures) VALUES (?, 0) ON CONFLICT DO NOTHING";
        self.told(self.db.execute(sql, values![url]).map(|rows| rows > 0))
    }

    /// Forgets a feed and what became of its entries, whose articles stay; `false` where it is not watched. A watch that is just
    /// seeing to it brings it back with the entry in hand.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn remove_feed(&mut self, url: &str) -> Result<bool, LedgerError> {
        let done = self.db.execute("DELETE FROM watched_feed WHERE url = ?", values![url]);
        self.told(done.map(|rows| rows > 0))
    }

    /// What failed, at most so many of it: the feeds first, then the entries, those published last first; those without a day last.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn feed_failures(&self, most: usize) -> Result<Vec<FeedFailure>, LedgerError> {
        let read = || -> Result<Vec<FeedFailure>, Problem> {
            let sql = "SELECT url, etag, last_modified, next_at, failures, last_error FROM watched_feed
                       WHERE last_error IS NOT NULL ORDER BY url LIMIT ?";
            let mut found = self.db.rows(sql, values![most], |row| Ok(FeedFailure::Feed(feed(row)?)))?;
            let sql = "SELECT entry, link, published, state, tries, e.next_at, e.last_error, f.url
                       FROM watched_entry e JOIN watched_feed f ON f.key = e.feed WHERE state <> 'done'
                       ORDER BY published DESC NULLS LAST, f.url, entry LIMIT ?";
            let entry = |row: &Row| Ok(FeedFailure::Entry { feed: row.get(7)?, entry: entry(row)? });
            found.extend(self.db.rows(sql, values![most - found.len()], entry)?);
            Ok(found)
        };
        self.told(read())
    }
}
