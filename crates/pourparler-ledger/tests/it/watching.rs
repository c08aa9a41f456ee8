use jiff::civil::date;
use jiff::{Timestamp, ToSpan as _};
use pourparler_ledger::{EntryState, WatchedEntry, WatchedFeed};

use crate::store::{Place, fresh};

const FEED: &str = "https://example.org/feed";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn failed(id: &str, next_at: Option<&str>) -> WatchedEntry {
    WatchedEntry {
        entry: id.to_owned(),
        link: Some(format!("https://example.org/{id}")),
        published: Some(date(2022, 3, 16)),
        state: EntryState::Failed,
        tries: 1,
        next_at: next_at.map(at),
        last_error: Some("nothing is there".to_owned()),
    }
}

#[test]
fn feeds_are_remembered_over_a_stop() {
    let place = Place::new();
    let mut feed = place.open().watched_feed(FEED).expect("asked");
    assert_eq!(feed, WatchedFeed::new(FEED));
    feed.etag = Some("\"a\"".to_owned());
    feed.last_modified = Some("Wed, 16 Mar 2022 10:00:00 GMT".to_owned());
    feed.next_at = Some(at("2022-03-16T10:15:00Z"));
    place.open().keep_feed(&feed).expect("kept");
    assert_eq!(place.open().watched_feed(FEED).expect("asked"), feed);
    (feed.failures, feed.last_error, feed.etag) = (3, Some("no answer".to_owned()), None);
    let mut ledger = place.open();
    ledger.keep_feed(&feed).expect("kept");
    assert_eq!(ledger.watched_feed(FEED).expect("asked"), feed);
    assert_eq!(ledger.watched_feed("https://example.org/other").expect("asked").failures, 0);
    assert_eq!(ledger.verify().expect("looked"), []);
}

#[test]
fn entries_are_told_apart_by_feed_and_state() {
    let mut ledger = fresh();
    assert_eq!(ledger.watched_entry(FEED, "a").expect("asked"), None);
    let mut a = failed("a", Some("2022-03-16T10:00:00Z"));
    ledger.keep_entry(FEED, &a).expect("kept");
    assert_eq!(ledger.watched_entry(FEED, "a").expect("asked"), Some(a.clone()));
    assert_eq!(ledger.watched_entry("https://example.org/other", "a").expect("asked"), None);
    // Keeping what is known of the feed leaves its entries alone.
    ledger.keep_feed(&WatchedFeed::new(FEED)).expect("kept");
    (a.state, a.next_at, a.last_error) = (EntryState::Done, None, None);
    ledger.keep_entry(FEED, &a).expect("kept");
    assert_eq!(ledger.watched_entry(FEED, "a").expect("asked"), Some(a));
}

#[test]
fn failed_entries_come_when_they_are_due() {
    let mut ledger = fresh();
    let now = at("2022-03-16T10:00:00.5Z");
    for (id, next_at) in [
        ("later", Some("2022-03-16T10:00:01.2Z")),
        ("due", Some("2022-03-16T09:59:59.9Z")),
        ("long due", Some("2022-03-15T23:00:00Z")),
        ("at once", None),
        ("far off", Some("2023-01-01T00:00:00Z")),
    ] {
        ledger.keep_entry(FEED, &failed(id, next_at)).expect("kept");
    }
    let done = WatchedEntry { state: EntryState::Done, ..failed("done", None) };
    let given_up = WatchedEntry { state: EntryState::GivenUp, ..failed("given up", None) };
    for entry in [&done, &given_up] {
        ledger.keep_entry(FEED, entry).expect("kept");
        assert_eq!(ledger.watched_entry(FEED, &entry.entry).expect("asked").as_ref(), Some(entry));
    }
    let ids = |now, most| -> Vec<String> {
        ledger.failed_entries(FEED, now, most).expect("asked").into_iter().map(|e| e.entry).collect()
    };
    assert_eq!(ids(now, 10), ["at once", "long due", "due"]);
    assert_eq!(ids(now, 2), ["at once", "long due"]);
    assert_eq!(ids(now + 2.seconds(), 10), ["at once", "long due", "due", "later"]);
    assert_eq!(ledger.failed_entries("https://example.org/other", now, 10).expect("asked"), []);
}
