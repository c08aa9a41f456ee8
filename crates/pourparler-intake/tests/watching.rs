//! Watched feeds, with a server and a clock of the test's.

#[path = "../../pourparler-fetch/tests/server/mod.rs"]
mod server;

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use pourparler_dossier::Dossier;
use pourparler_extract::Model;
use pourparler_fetch::{Clock, Fetcher, Options};
use pourparler_intake::{Adding, Asked, Listener, ReadingOptions, Stop, Watch, Workshop};
use pourparler_ledger::{EntryState, Ledger};
use server::{Server, answer};

/// A clock that goes on by what is slept, and stands still once the stop is wanted.
struct Hands {
    seconds: AtomicI64,
    stop: Stop,
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + self.seconds.load(Ordering::SeqCst)).expect("a time")
    }

    fn sleep(&self, time: Duration) -> bool {
        if self.stop.is_wanted() {
            return false;
        }
        self.seconds.fetch_add(i64::try_from(time.as_secs()).expect("not so long") + 1, Ordering::SeqCst);
        true
    }
}

/// Keeps the log; wants a stop at the article of this number.
#[derive(Default)]
struct Ears {
    log: Mutex<Vec<String>>,
    stop: Stop,
    enough: Option<usize>,
}

impl Listener for Ears {
    fn articles(&self, read: usize) {
        if self.enough == Some(read) {
            self.stop.want();
        }
    }

    fn event(&self, _at: Timestamp, what: &str) {
        self.log.lock().expect("nobody panicked").push(what.to_owned());
    }
}

fn watch(folder: &Path, ears: &Arc<Ears>) -> Watch {
    let reading = ReadingOptions { model: Model::Fast, jobs: 1, ..ReadingOptions::default() };
    let workshop = Workshop::new(&reading, &Dossier::general()).expect("the weights are part of the program");
    let ledger = Ledger::open(folder.join("talks.db")).expect("a ledger");
    let clock: Arc<dyn Clock> = Arc::new(Hands { seconds: AtomicI64::new(0), stop: ears.stop.clone() });
    let adding = Adding::new(ledger, Arc::new(workshop)).heard_by(ears.clone()).ended_by(ears.stop.clone());
    let fetcher = Fetcher::new(Options {
        allowed_hosts: ["127.0.0.1", "localhost"].map(str::to_owned).into(),
        clock: clock.clone(),
        ..Options::default()
    });
    Watch::new(adding, fetcher, clock, Duration::from_secs(900))
}

/// A page of an entry: two articles, as JSON, one a line.
fn page(n: usize) -> String {
    let one = |m: usize| {
        format!(
            "{{\"id\": \"{n}-{m}\", \"text\": \"Report {m} from Sarn.\\n\\nAna Oren of Velmora said on day {n} that part {m} of the \
             accord would hold, and that nobody in Ostrand had asked for another part {m}.\"}}\n"
        )
    };
    one(1) + &one(2)
}

fn server() -> Server {
    Server::start(|asked, stream| match asked.path.as_str() {
        "/feed" => {
            let item = |n: usize| format!("<item><title>day {n}</title><link>/talks/{n}</link></item>");
            let feed = format!("<rss version='2.0'><channel><title>Sarn</title>{}{}</channel></rss>", item(2), item(1));
            answer(stream, "200 OK", "ETag: \"1\"\n", feed.as_bytes())
        }
        "/broken" => answer(stream, "503 Broken", "Retry-After: 7200\n", b""),
        "/talks/1" => answer(stream, "200 OK", "Content-Type: application/json\n", page(1).as_bytes()),
        "/talks/2" => answer(stream, "200 OK", "Content-Type: application/json\n", page(2).as_bytes()),
        _ => answer(stream, "404 Not Found", "", b""),
    })
}

#[test]
fn feeds_are_asked_when_they_are_due() {
    let server = server();
    let folder = tempfile::tempdir().expect("a folder");
    let ears = Arc::new(Ears::default());
    let mut watch = watch(folder.path(), &ears);
    // By its other name it is another host, so that its wish to be left alone holds for one of them.
    let feeds = [server.url("/feed"), format!("http://localhost:{}/broken", server.address.port())];
    assert!(!watch.turn(&feeds, Asked::Due).expect("asked"), "one of them is out of order");
    assert_eq!((watch.adding.report.new, watch.adding.report.last.len()), (4, 4));
    let asked = |path: &str| server.paths().iter().filter(|asked| *asked == path).count();
    assert_eq!((asked("/feed"), asked("/broken")), (1, 1));

    assert!(watch.turn(&feeds, Asked::Due).expect("asked"), "none is due");
    assert_eq!((asked("/feed"), asked("/broken")), (1, 1));
    assert!(watch.wait(&feeds).expect("asked"));
    assert!(watch.turn(&feeds, Asked::Due).expect("asked"));
    assert_eq!((asked("/feed"), asked("/broken")), (2, 1), "what failed is left alone as long as it wants to be");
    assert!(!watch.turn(&feeds, Asked::All).expect("asked"));
    assert_eq!((asked("/feed"), asked("/broken")), (3, 1));
    let log = ears.log.lock().expect("nobody panicked").join("\n");
    let want = [": added", "/feed: 4 new articles with ", "/feed: 0 new articles", "/broken: left alone until "];
    assert!(want.iter().all(|what| log.contains(what)), "{log}");

    ears.stop.want();
    assert!(!watch.wait(&feeds).expect("asked"));
}

#[test]
fn an_entry_that_is_broken_off_is_taken_up_again() {
    let server = server();
    let folder = tempfile::tempdir().expect("a folder");
    let feeds = [server.url("/feed")];
    // In the midst of the second entry.
    let mut first = watch(folder.path(), &Arc::new(Ears { enough: Some(3), ..Ears::default() }));
    first.turn(&feeds, Asked::All).expect("asked");
    assert_eq!(first.adding.report.new, 3);
    let state = |watch: &Watch, n: usize| {
        let entry = watch.adding.ledger.watched_entry(&feeds[0], &server.url(&format!("/talks/{n}"))).expect("asked");
        entry.map(|entry| entry.state)
    };
    assert_eq!((state(&first, 1), state(&first, 2)), (Some(EntryState::Done), None));
    drop(first);
    let mut second = watch(folder.path(), &Arc::default());
    assert!(second.turn(&feeds, Asked::All).expect("asked"));
    assert_eq!((second.adding.report.new, second.adding.report.known), (1, 1));
    assert_eq!(state(&second, 2), Some(EntryState::Done));
}
