//! Watched feeds: what is new in them goes into the ledger, and what failed is tried again.
//!
//! How far it came is in the ledger after each article, so a watch may be ended at any time and goes on where it was. No more
//! than one feed and one page are in memory.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, Unit};
use pourparler_fetch::{Answer, BackOff, Clock, Fetched, Fetcher, LONGEST, Manners, Problem, Request};
use pourparler_ledger::{EntryState, WatchedEntry, WatchedFeed};
use pourparler_read::{FeedEntry, ReadOptions, feed_entries};

use crate::{Adding, Input, IntakeError, loses};

/// An entry that failed so often is given up: with the waiting between, that is about a day.
const TRIES: u32 = 7;

/// So many failed entries of a feed are tried again in one round.
const AGAIN: usize = 100;

/// How long to wait after the first failure of an entry.
const FIRST_WAIT: Duration = Duration::from_secs(15 * 60);

/// A ledger that others keep busy is tried again after this.
const BUSY: Duration = Duration::from_secs(60);

/// Which feeds are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Those whose time has come.
    Due,
    /// All: whoever asks for one turn has their own interval. What failed is left alone all the same until its time has come.
    All,
}

/// How a round went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// All that was new is in the ledger.
    Well,
    /// The feed or one of its entries failed.
    SomeFailed,
    /// The work is to end.
    Stopped,
}

/// Watches feeds.
pub struct Watch {
    /// What the articles go into.
    pub adding: Adding,
    fetcher: Fetcher,
    clock: Arc<dyn Clock>,
    /// How long a feed is left alone that is well.
    every: Duration,
    feeds_wait: BackOff,
    entries_wait: BackOff,
}

/// What became of an entry.
enum Fate {
    /// Its article is in the ledger; the words say how it came there.
    Taken(&'static str),
    Failed {
        why: String,
        try_again: Again,
        retry_after: Option<Duration>,
    },
    Stopped,
}

/// Whether an entry that failed is worth another try.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    Never,
    AFewTimes,
    /// Nobody was asked, so that was no try.
    AsBefore,
}

impl Fate {
    fn failed(problem: &Problem) -> Self {
        let try_again = match problem {
            Problem::Stopped => return Self::Stopped,
            Problem::LeftAlone(_) => Again::AsBefore,
            p if p.is_passing() => Again::AFewTimes,
            _ => Again::Never,
        };
        Self::Failed { why: problem.to_string(), try_again, retry_after: problem.retry_after() }
    }
}

impl Watch {
    /// A watch that leaves a feed alone for so long when it is well. It ends by the stop of `adding`, which should break off the
    /// waiting of `clock` and `fetcher`, too: [`Stop`](crate::Stop) is such a clock.
    #[must_use]
    pub fn new(adding: Adding, fetcher: Fetcher, clock: Arc<dyn Clock>, every: Duration) -> Self {
        let (feeds_wait, entries_wait) = (BackOff::new(every), BackOff::new(FIRST_WAIT));
        Self { adding, fetcher, clock, every, feeds_wait, entries_wait }
    }

    /// Asks feeds what is new, one after the other. Returns whether all of it went well. Where feeds are asked by their time, a
    /// failure of the ledger that may be over soon is told and waited for.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn turn(&mut self, feeds: &[String], asked: Asked) -> Result<bool, IntakeError> {
        let mut well = true;
        for feed in feeds {
            let known = self.adding.ledger.watched_feed(feed)?;
            let waits = known.next_at.filter(|time| *time > self.clock.now());
            if let Some(next_at) = waits.filter(|_| asked == Asked::Due || known.failures > 0) {
                if asked == Asked::All {
                    let why = known.last_error.unwrap_or_default();
                    self.log(&format!("{feed}: left alone until {}: {why}", shown(next_at)));
                    well = false;
                }
                continue;
            }
            match self.counted_round(feed) {
                Ok(Round::Well) => {}
                Ok(Round::SomeFailed) => well = false,
                Ok(Round::Stopped) => break,
                Err(e) if asked == Asked::All || !e.is_passing() => return Err(e),
                Err(e) => {
                    self.log(&e.to_string());
                    let _ = self.clock.sleep(BUSY);
                }
            }
        }
        Ok(well)
    }

    /// Waits until the first of the feeds is due. `false` where the work is to end before.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn wait(&self, feeds: &[String]) -> Result<bool, IntakeError> {
        let mut next = Timestamp::MAX;
        for feed in feeds {
            next = next.min(self.adding.ledger.watched_feed(feed)?.next_at.unwrap_or(Timestamp::MIN));
        }
        let wait = self.clock.now().duration_until(next).try_into().unwrap_or_default();
        // A little more, so that rounding makes no idle turns.
        Ok(self.clock.sleep(Duration::max(wait, Duration::from_secs(1))))
    }

    /// One round, with a line of what it brought.
    fn counted_round(&mut self, feed: &str) -> Result<Round, IntakeError> {
        let before = (self.adding.report.new, self.adding.report.statements);
        let round = self.round(feed)?;
        let now = (self.adding.report.new, self.adding.report.statements);
        if round != Round::Stopped {
            self.log(&format!("{feed}: {} new articles with {} statements", now.0 - before.0, now.1 - before.1));
        }
        Ok(round)
    }

    /// Asks a feed what is new and adds it.
    ///
    /// # Errors
    /// Where the ledger or the model fails.
    pub fn round(&mut self, url: &str) -> Result<Round, IntakeError> {
        let feed = self.adding.ledger.watched_feed(url)?;
        let request = Request {
            url,
            manners: Manners::Crawling,
            etag: feed.etag.as_deref(),
            last_modified: feed.last_modified.as_deref(),
        };
        match self.fetcher.fetch(&request) {
            Ok(Answer::Unchanged) => {
                let again = self.again(url)?;
                self.well(
                    WatchedFeed { etag: feed.etag, last_modified: feed.last_modified, ..WatchedFeed::new(url) },
                    again,
                )
            }
            Ok(Answer::Fetched(fetched)) => self.news(feed, fetched),
            Err(e) if matches!(e.problem, Problem::Stopped) => Ok(Round::Stopped),
            Err(e) => {
                let asked = if e.problem.is_passing() { e.problem.retry_after() } else { Some(LONGEST) };
                self.failed(feed, e.problem.to_string(), asked)
            }
        }
    }

    /// Goes through the entries of a feed that has news.
    fn news(&mut self, feed: WatchedFeed, fetched: Fetched) -> Result<Round, IntakeError> {
        let url = feed.url.clone();
        let Fetched { url: base, body, charset, etag, last_modified } = fetched;
        let options = ReadOptions { charset, url: Some(base), published: None };
        let (entries, problems) = feed_entries(&body, &url, &options);
        drop(body);
        if let (true, Some(problem)) = (entries.is_empty(), problems.iter().find(|p| loses(p))) {
            return self.failed(feed, problem.reason.clone(), None);
        }
        for problem in &problems {
            self.log(&problem.to_string());
        }
        // A feed that came damaged is asked for whole the next time.
        let (etag, last_modified) = if problems.iter().any(loses) { (None, None) } else { (etag, last_modified) };
        let mut round = Round::Well;
        // The oldest first: feeds begin with the newest.
        for entry in entries.into_iter().rev() {
            match self.entry(&url, entry)? {
                Round::Stopped => return Ok(Round::Stopped),
                Round::SomeFailed => round = Round::SomeFailed,
                Round::Well => {}
            }
        }
        // What is no longer in the feed may still have to be tried.
        let again = self.again(&url)?;
        let round = if again == Round::Well { round } else { again };
        self.well(WatchedFeed { etag, last_modified, ..WatchedFeed::new(url) }, round)
    }

    /// A round came to its end: that is kept, and only then the mark of the feed's state, so that a round that was broken off is made anew.
    fn well(&mut self, feed: WatchedFeed, round: Round) -> Result<Round, IntakeError> {
        if round != Round::Stopped {
            let next_at = Some(self.after(self.every));
            self.adding.ledger.keep_feed(&WatchedFeed { next_at, ..feed })?;
        }
        Ok(round)
    }

    fn failed(&mut self, feed: WatchedFeed, why: String, asked: Option<Duration>) -> Result<Round, IntakeError> {
        let failures = feed.failures.saturating_add(1);
        let wait = self.feeds_wait.after(failures, asked);
        let next_at = self.after(wait);
        self.log(&format!("{}: {why}; asked again at {}", feed.url, shown(next_at)));
        let feed = WatchedFeed { failures, last_error: Some(why), next_at: Some(next_at), ..feed };
        self.adding.ledger.keep_feed(&feed)?;
        Ok(Round::SomeFailed)
    }

    /// Tries the failed entries again whose time has come.
    fn again(&mut self, feed: &str) -> Result<Round, IntakeError> {
        let mut round = Round::Well;
        for entry in self.adding.ledger.failed_entries(feed, self.clock.now(), AGAIN)? {
            match self.see_to(feed, entry, None)? {
                Round::Stopped => return Ok(Round::Stopped),
                Round::SomeFailed => round = Round::SomeFailed,
                Round::Well => {}
            }
        }
        Ok(round)
    }

    /// Sees to an entry of a feed, unless that was done or is not due.
    fn entry(&mut self, feed: &str, entry: FeedEntry) -> Result<Round, IntakeError> {
        let FeedEntry { id, link, published, full, record, .. } = entry;
        let known = self.adding.ledger.watched_entry(feed, &id)?;
        if let Some(known) = &known {
            let due = known.next_at.is_none_or(|time| time <= self.clock.now());
            if known.state != EntryState::Failed || !due {
                return Ok(Round::Well);
            }
        }
        // What has no page is no more than the feed tells.
        let own = (full || link.is_none()).then_some(record);
        let tries = known.map_or(0, |known| known.tries);
        let state = EntryState::Failed;
        let entry = WatchedEntry { entry: id, link, published, state, tries, next_at: None, last_error: None };
        self.see_to(feed, entry, own)
    }

    /// Takes an entry into the ledger and keeps what became of it.
    fn see_to(&mut self, feed: &str, mut entry: WatchedEntry, own: Option<Vec<u8>>) -> Result<Round, IntakeError> {
        if self.adding.is_to_stop() {
            return Ok(Round::Stopped);
        }
        let name = entry.link.clone().unwrap_or_else(|| format!("{feed}, entry {}", entry.entry));
        match self.take(feed, &entry, own)? {
            Fate::Stopped => return Ok(Round::Stopped),
            Fate::Taken(how) => {
                self.log(&format!("{name}: {how}"));
                (entry.state, entry.next_at, entry.last_error) = (EntryState::Done, None, None);
            }
            Fate::Failed { why, try_again, retry_after } => {
                entry.tries = entry.tries.saturating_add(u32::from(try_again != Again::AsBefore));
                if try_again != Again::Never && entry.tries < TRIES {
                    let wait = self.entries_wait.after(entry.tries, retry_after);
                    let next_at = self.after(wait);
                    self.log(&format!("{name}: {why}; tried again at {}", shown(next_at)));
                    (entry.state, entry.next_at) = (EntryState::Failed, Some(next_at));
                } else {
                    self.log(&format!("{name}: {why}; given up"));
                    (entry.state, entry.next_at) = (EntryState::GivenUp, None);
                }
                entry.last_error = Some(why);
            }
        }
        self.adding.ledger.keep_entry(feed, &entry)?;
        Ok(if entry.state == EntryState::Done { Round::Well } else { Round::SomeFailed })
    }

    /// An entry's page, or where that cannot be had what the feed itself holds, goes into the ledger.
    fn take(&mut self, feed: &str, entry: &WatchedEntry, own: Option<Vec<u8>>) -> Result<Fate, IntakeError> {
        let from_page = match &entry.link {
            Some(link) => self.page(link, entry.published)?,
            None => Fate::Failed { why: "it has no page".to_owned(), try_again: Again::Never, retry_after: None },
        };
        match (from_page, own) {
            (Fate::Failed { .. }, Some(record)) => {
                let options = ReadOptions { published: entry.published, ..ReadOptions::default() };
                let input = Input::of_bytes(feed.to_owned(), record, options);
                self.add(
                    input,
                    ["added from the feed", "known already"],
                    "it holds no text, and there is no page to read it from",
                )
            }
            (fate, _) => Ok(fate),
        }
    }

    fn page(&mut self, link: &str, published: Option<Date>) -> Result<Fate, IntakeError> {
        match self.fetcher.fetch(&Request::new(link, Manners::Crawling)) {
            Ok(Answer::Fetched(fetched)) => {
                let Fetched { url, body, charset, .. } = fetched;
                let options = ReadOptions { charset, url: Some(url), published };
                let input = Input::of_bytes(link.to_owned(), body, options);
                self.add(input, ["added", "known already"], "no article was found in its page")
            }
            // Nobody asked whether it changed.
            Ok(Answer::Unchanged) => Ok(Fate::failed(&Problem::Status { code: 304, retry_after: None })),
            Err(error) => Ok(Fate::failed(&error.problem)),
        }
    }

    fn add(&mut self, input: Input, [new, known]: [&'static str; 2], none: &str) -> Result<Fate, IntakeError> {
        let before = (self.adding.report.new, self.adding.report.known);
        let read = self.adding.input(input)?;
        self.adding.store_waiting()?;
        if read == ControlFlow::Break(()) {
            return Ok(Fate::Stopped);
        }
        let after = (self.adding.report.new, self.adding.report.known);
        Ok(match (after.0 > before.0, after.1 > before.1) {
            (true, _) => Fate::Taken(new),
            (false, true) => Fate::Taken(known),
            (false, false) => Fate::Failed { why: none.to_owned(), try_again: Again::AFewTimes, retry_after: None },
        })
    }

    fn after(&self, time: Duration) -> Timestamp {
        self.clock.now().checked_add(time).unwrap_or(Timestamp::MAX)
    }

    /// Tells what happened, and when.
    pub fn log(&self, what: &str) {
        self.adding.listener().event(self.clock.now(), what);
    }
}

/// A time as lines of the log show it.
#[must_use]
pub fn shown(time: Timestamp) -> Timestamp {
    time.round(Unit::Second).unwrap_or(time)
}
