//! The version of the record, what readers have seen, and the list of feeds.

use jiff::civil::date;
use pourparler_ledger::{Decision, EntryState, FeedFailure, Ledger, Verdict, WatchedEntry, WatchedFeed};

use crate::store::{Place, fresh};
use crate::support::{article, origin};

/// What is done to a ledger, by name.
type Change<'a> = (&'a str, &'a dyn Fn(&mut Ledger));

#[test]
fn the_version_changes_with_the_record_and_with_nothing_else() {
    let place = Place::new();
    let mut ledger = place.open();
    // Another connection, as another program has it.
    let other = place.open();
    let mut last = other.version().expect("asked");
    let mut changed = |ledger: &mut Ledger, change: &dyn Fn(&mut Ledger)| {
        change(ledger);
        let now = other.version().expect("asked");
        assert_eq!(ledger.version().expect("asked"), now);
        let grew = now > last;
        assert!(now >= last);
        last = now;
        grew
    };
    let read = article(1);
    let words = read.statements[0].content.clone();
    let changes: [Change; 7] = [
        ("added", &|l| l.add(&origin(b"1"), &article(1), "model 1").map(|_| ()).expect("added")),
        ("seen again", &|l| l.appeared(&origin(b"2"), &article(1).article).map(|_| ()).expect("known")),
        ("replaced", &|l| l.replace(&article(1), "model 2").expect("replaced")),
        ("reviewed", &|l| l.review("n1", &Verdict::Reject(words.clone()), "ana").map(|_| ()).expect("reviewed")),
        ("undone", &|l| l.undo_review(1, "ana").map(|_| ()).expect("undone")),
        ("decided", &|l| {
            let all = l.actors().expect("asked")[0].all();
            l.decide(&Decision::Rename(all, "Ana".to_owned())).expect("decided");
        }),
        ("decided back", &|l| l.decide(&Decision::Undo(1)).map(|_| ()).expect("decided")),
    ];
    for (name, change) in changes {
        assert!(changed(&mut ledger, change), "{name}");
    }
    let others: [Change; 5] = [
        ("nothing", &|_| ()),
        ("looked", &|l| l.set_looked("ana", jiff::Timestamp::UNIX_EPOCH).expect("kept")),
        ("a feed", &|l| l.add_feed("https://example.org/feed").map(|_| ()).expect("kept")),
        ("an input", &|l| l.finish("00", "a.warc", 3).expect("kept")),
        ("failed", &|l| {
            l.review("nowhere", &Verdict::Reject(words.clone()), "ana").expect_err("unknown");
        }),
    ];
    for (name, change) in others {
        assert!(!changed(&mut ledger, change), "{name}");
    }
}

#[test]
fn each_reader_has_seen_what_they_say() {
    let mut ledger = fresh();
    assert_eq!(ledger.looked("ana").expect("asked"), None);
    for at in ["2024-03-01T10:00:00.25Z", "2024-03-02T10:00:00Z"] {
        let at = at.parse().expect("a time");
        ledger.set_looked("ana", at).expect("kept");
        assert_eq!(ledger.looked("ana").expect("asked"), Some(at));
    }
    assert_eq!(ledger.looked("ivo").expect("asked"), None);
    ledger.forget_looked("ana").expect("forgotten");
    assert_eq!(ledger.looked("ana").expect("asked"), None);
    assert_eq!(ledger.verify().expect("looked"), []);
}

fn entry(id: &str, state: EntryState, day: Option<jiff::civil::Date>) -> WatchedEntry {
    WatchedEntry {
        entry: id.to_owned(),
        link: None,
        published: day,
        state,
        tries: 1,
        next_at: None,
        last_error: (state != EntryState::Done).then(|| format!("{id} is not there")),
    }
}

#[test]
fn feeds_are_listed_with_what_failed() {
    let mut ledger = fresh();
    assert_eq!(ledger.watched_feeds().expect("asked"), []);
    let (a, b) = ("https://example.org/a", "https://example.org/b");
    assert!(ledger.add_feed(b).expect("added"));
    assert!(!ledger.add_feed(b).expect("known"));
    let early = Some(date(2024, 3, 1));
    for (id, state, day) in [
        ("1", EntryState::Done, early),
        ("2", EntryState::Done, None),
        ("3", EntryState::Failed, None),
        ("4", EntryState::GivenUp, early),
        ("5", EntryState::Failed, Some(date(2024, 3, 2))),
    ] {
        ledger.keep_entry(a, &entry(id, state, day)).expect("kept");
    }
    let failing = WatchedFeed { failures: 2, last_error: Some("no answer".to_owned()), ..WatchedFeed::new(b) };
    ledger.keep_feed(&failing).expect("kept");

    let states = ledger.watched_feeds().expect("asked");
    let short: Vec<_> = states.iter().map(|s| (s.feed.url.as_str(), s.done, s.failed, s.given_up)).collect();
    assert_eq!(short, [(a, 2, 2, 1), (b, 0, 0, 0)]);
    assert_eq!(states[1].feed, failing);

    let failures = |ledger: &Ledger, most| -> Vec<String> {
        let name = |failure| match failure {
            FeedFailure::Feed(feed) => feed.last_error.expect("a reason"),
            FeedFailure::Entry { feed, entry } => format!("{feed} {}", entry.entry),
        };
        ledger.feed_failures(most).expect("asked").into_iter().map(name).collect()
    };
    let all = ["no answer", "https://example.org/a 5", "https://example.org/a 4", "https://example.org/a 3"];
    assert_eq!(failures(&ledger, 9), all);
    assert_eq!(failures(&ledger, 2), all[..2]);
    assert_eq!(failures(&ledger, 1), all[..1]);
    assert!(failures(&ledger, 0).is_empty());

    assert!(ledger.remove_feed(a).expect("removed"));
    assert!(!ledger.remove_feed(a).expect("asked"));
    assert_eq!(ledger.watched_entry(a, "1").expect("asked"), None);
    assert_eq!(failures(&ledger, 9), all[..1]);
    assert_eq!(ledger.verify().expect("looked"), []);
}
