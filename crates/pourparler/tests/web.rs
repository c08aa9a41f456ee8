//! Addresses as inputs and watched feeds, with a server on this machine.

#[path = "../../pourparler-fetch/tests/server/mod.rs"]
mod server;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pourparler_ledger::{EntryState, Ledger};
use server::{Server, answer, lead};
use tempfile::TempDir;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// The program in a folder of its own. A proxy is named to it, which it must not use: nobody listens there.
fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pourparler"));
    command.args(args).current_dir(folder).env_remove("POURPARLER_LEDGER").stdin(Stdio::null());
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:9");
    }
    command
}

fn pourparler(folder: &Path, args: &[&str]) -> Ran {
    let output = command(folder, args).output().expect("it runs");
    Ran {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A round of a watch with the fast model.
fn watch(folder: &Path, feeds: &[&str]) -> Ran {
    pourparler(folder, &[&["watch", "--once", "--model", "fast", "--allow-host", "127.0.0.1"], feeds].concat())
}

/// Articles in the ledger.
fn count(folder: &Path) -> u64 {
    let ledger = Ledger::open(folder.join("pourparler.db")).expect("a ledger");
    assert_eq!(ledger.verify().expect("looked"), []);
    ledger.articles().expect("asked").len() as u64
}

fn page(n: usize) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Talks in Sarn, day {n}</title><meta charset=utf-8></head><body><article>\
         <h1>Talks in Sarn, day {n}</h1><p>The foreign minister of Oria said on Wednesday that the talks in Sarn would go on \
         for {n} days until an agreement is reached.</p><p>“We are close to an agreement, and we will not leave before it is \
         signed,” Ana Oren told reporters at the lake on day {n}.</p><p>Tarn rejected the plan for the harbour, and asked that \
         {n} prisoners be sent home before the embargo ends.</p></article></body></html>"
    )
}

fn item(path: &str, content: &str) -> String {
    format!(
        "<item><title>{path}</title><link>{path}</link><pubDate>Wed, 16 Mar 2022 10:00:00 GMT</pubDate>\
         <content:encoded><![CDATA[{content}]]></content:encoded></item>"
    )
}

fn rss(items: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Oria Daily</title>{items}\
         </channel></rss>"
    )
}

#[test]
fn addresses_are_read_as_files_are() {
    let latin =
        b"Talks in Sarn go on\n\nSARN, March 14 - Andr\xe9 Oren said on Monday that the talks will go on in Sarn.\n";
    let server = Server::start(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => answer(stream, "200 OK", "", b"User-agent: *\nDisallow: /"),
        "/old" => lead(stream, "/latin"),
        "/latin" => answer(stream, "200 OK", "Content-Type: text/plain; charset=iso-8859-1\n", latin),
        "/inside" => lead(stream, "http://169.254.169.254/latest/meta-data/"),
        _ => answer(stream, "404 Not Found", "", b""),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let refused = pourparler(folder.path(), &["read", "--model", "fast", &server.url("/latin")]);
    assert_eq!((refused.code, server.paths().len()), (3, 0), "{}", refused.err);
    assert!(
        refused.err.contains("this machine itself") && refused.err.contains("--allow-host 127.0.0.1"),
        "{}",
        refused.err
    );

    let read = ["read", "--model", "fast", "--format", "jsonl", "--allow-host", "127.0.0.1"];
    let ran = pourparler(folder.path(), &[&read[..], &[&server.url("/old")]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("André Oren") && ran.out.contains(&server.url("/latin")), "{}", ran.out);
    assert_eq!(server.paths(), ["/old", "/latin"], "the user's own wish needs no robots.txt");

    // One that fails is named, and the others go on.
    let add = ["add", "--model", "fast", "--allow-host", "127.0.0.1"];
    let urls = [server.url("/gone"), server.url("/inside"), server.url("/latin")];
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let ran = pourparler(folder.path(), &[&add[..], &urls].concat());
    assert_eq!((ran.code, count(folder.path())), (3, 1), "{}", ran.err);
    assert!(ran.err.contains(&format!("pourparler: {}: nothing is there", urls[0])), "{}", ran.err);
    assert!(ran.err.contains("metadata service"), "{}", ran.err);
    let again = pourparler(folder.path(), &[&add[..], &urls[2..]].concat());
    assert!(again.code == 0 && again.err.contains("0 new articles") && again.err.contains("1 known"), "{}", again.err);
}

#[test]
fn a_watch_adds_what_is_new_once() {
    let there = Arc::new(AtomicBool::new(false));
    let comes = there.clone();
    let server = Server::start(move |asked, stream| match asked.path.as_str() {
        "/feed" if asked.header("if-none-match") == Some("\"1\"") => answer(stream, "304 Not Modified", "", b""),
        "/feed" => {
            let items = item("/talks/1", "Short.") + &item("/talks/2", "Short.") + &item("/late/3", "Short.");
            answer(stream, "200 OK", "ETag: \"1\"\n", rss(&items).as_bytes())
        }
        "/talks/1" => answer(stream, "200 OK", "Content-Type: text/html\n", page(1).as_bytes()),
        "/talks/2" => answer(stream, "200 OK", "Content-Type: text/html\n", page(2).as_bytes()),
        "/late/3" if comes.load(Ordering::SeqCst) => answer(stream, "200 OK", "", page(3).as_bytes()),
        _ => answer(stream, "404 Not Found", "", b""),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let feed = server.url("/feed");
    let first = watch(folder.path(), &[&feed]);
    assert_eq!((first.code, count(folder.path())), (3, 2), "{}", first.err);
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/late/3", "/talks/2", "/talks/1"], "the oldest first");
    assert!(
        first.err.contains("/late/3: nothing is there; check the address (HTTP 404); tried again at"),
        "{}",
        first.err
    );
    assert!(first.err.contains("2 new articles"), "{}", first.err);

    // Nothing is new, and what failed is not due.
    server.forget();
    let second = watch(folder.path(), &[&feed]);
    assert_eq!((second.code, count(folder.path())), (0, 2), "{}", second.err);
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);

    let mut ledger = Ledger::open(folder.path().join("pourparler.db")).expect("a ledger");
    let mut late = ledger.watched_entry(&feed, &server.url("/late/3")).expect("asked").expect("it was tried");
    assert_eq!((late.state, late.tries), (EntryState::Failed, 1));
    assert!(late.last_error.take().is_some_and(|why| why.contains("404")) && late.next_at.take().is_some());
    ledger.keep_entry(&feed, &late).expect("kept");
    drop(ledger);
    there.store(true, Ordering::SeqCst);
    server.forget();
    let third = watch(folder.path(), &[&feed]);
    assert_eq!((third.code, count(folder.path())), (0, 3), "{}", third.err);
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/late/3"]);
    let article = &Ledger::open(folder.path().join("pourparler.db")).expect("a ledger").articles().expect("asked")[2];
    assert_eq!(article.published.map(|day| day.to_string()).as_deref(), Some("2022-03-16"), "the feed's day");
}

#[test]
fn the_feeds_own_text_stands_in_for_a_page() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => answer(stream, "200 OK", "", b"User-agent: pourparler\nDisallow: /private/"),
        "/feed" => {
            let more =
                "<p>The envoys of both countries meet again in Sarn on Thursday, their offices said in Oria.</p>";
            let items = item("/private/full", &(page(1) + more)) + &item("/private/short", "Short.");
            answer(stream, "200 OK", "", rss(&items).as_bytes())
        }
        _ => answer(stream, "404 Not Found", "", b""),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let ran = watch(folder.path(), &[&server.url("/feed")]);
    assert_eq!((ran.code, count(folder.path())), (3, 1), "{}", ran.err);
    assert!(ran.err.contains("/private/full: added from the feed"), "{}", ran.err);
    assert!(ran.err.contains("/private/short: the site's robots.txt"), "{}", ran.err);
    assert!(ran.err.contains("given up"), "{}", ran.err);
    let again = watch(folder.path(), &[&server.url("/feed")]);
    assert_eq!((again.code, count(folder.path())), (0, 1), "{}", again.err);
    assert!(!server.paths().iter().any(|path| path.starts_with("/private")));
}

#[test]
fn a_feed_that_fails_is_left_alone_and_the_others_go_on() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/broken" => answer(stream, "503 Broken", "Retry-After: 7200\n", b""),
        "/page" => answer(stream, "200 OK", "", page(1).as_bytes()),
        "/empty" => answer(stream, "200 OK", "", rss("").as_bytes()),
        _ => answer(stream, "404 Not Found", "", b""),
    });
    // By its other name it is another host, so that its wish to be left alone holds for one of them.
    let other = format!("http://localhost:{}", server.address.port());
    let folder = tempfile::tempdir().expect("a folder");
    let (broken, no_feed, empty) = (server.url("/broken"), format!("{other}/page"), format!("{other}/empty"));
    let feeds = ["--allow-host", "localhost", &broken, &no_feed, &empty];
    let first = watch(folder.path(), &feeds);
    assert_eq!(first.code, 3, "{}", first.err);
    assert!(first.err.contains("out of order") && first.err.contains("it is no feed"), "{}", first.err);
    assert!(first.err.contains(&format!("{empty}: 0 new articles")), "{}", first.err);
    let known =
        Ledger::open(folder.path().join("pourparler.db")).expect("a ledger").watched_feed(&broken).expect("asked");
    let wait = jiff::Timestamp::now().duration_until(known.next_at.expect("later")).as_secs();
    assert!((7000..=7200).contains(&wait) && known.failures == 1, "{known:?}");

    server.forget();
    let second = watch(folder.path(), &feeds);
    assert_eq!(
        (second.code, server.paths()),
        (3, vec!["/robots.txt".to_owned(), "/empty".to_owned()]),
        "{}",
        second.err
    );
    assert!(second.err.contains("left alone until"), "{}", second.err);
}

#[cfg(unix)]
#[test]
fn a_watch_that_is_ended_goes_on_where_it_was() {
    const PAGES: usize = 5;
    let served = Arc::new(AtomicUsize::new(0));
    let counts = served.clone();
    let server = Server::start(move |asked, stream| match asked.path.strip_prefix("/talks/") {
        Some(n) => {
            counts.fetch_add(1, Ordering::SeqCst);
            answer(stream, "200 OK", "", page(n.parse().unwrap_or(0)).as_bytes())
        }
        None if asked.path == "/feed" => {
            let items: String = (1..=PAGES).map(|n| item(&format!("/talks/{n}"), "Short.")).collect();
            answer(stream, "200 OK", "ETag: \"1\"\n", rss(&items).as_bytes())
        }
        None => answer(stream, "404 Not Found", "", b""),
    });
    let folder: TempDir = tempfile::tempdir().expect("a folder");
    let feed = server.url("/feed");
    let args = ["watch", "--model", "fast", "--allow-host", "127.0.0.1", &feed];
    let mut child = command(folder.path(), &args).stderr(Stdio::piped()).spawn().expect("it starts");
    let began = Instant::now();
    while served.load(Ordering::SeqCst) < 2 {
        assert!(began.elapsed() < Duration::from_secs(120) && child.try_wait().expect("asked").is_none(), "it works");
        std::thread::sleep(Duration::from_millis(20));
    }
    let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill is there");
    assert!(killed.success());
    let ended = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(0), "{err}");
    assert!(err.contains("ended as asked"), "{err}");
    let got = count(folder.path());
    assert!((1..PAGES as u64).contains(&got), "{got}: {err}");

    let resumed = watch(folder.path(), &[&feed]);
    assert_eq!((resumed.code, count(folder.path())), (0, PAGES as u64), "{}", resumed.err);
    let pages: Vec<_> = server.paths().into_iter().filter(|path| path.starts_with("/talks")).collect();
    assert!(pages.len() <= PAGES + 1, "no more than the one in hand is asked for twice: {pages:?}");
}

#[test]
fn what_cannot_be_watched_is_a_mistake_of_usage() {
    let folder = tempfile::tempdir().expect("a folder");
    for args in [
        ["watch", "feed.xml", "--once"].as_slice(),
        &["watch", "file:///feed.xml", "--once"],
        &["watch", "--once"],
        &["watch", "http://localhost/", "--every", "5s"],
        &["watch", "http://localhost/", "--every", "often"],
    ] {
        let ran = pourparler(folder.path(), args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
    }
}
