//! The client against a server of the tests' own, friendly and hostile.

mod server;

use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use pourparler_fetch::{
    Answer, Clock, FetchError, Fetched, Fetcher, Limits, Manners, Options, Problem, Request, Service, USER_AGENT,
};
use server::{Server, answer, lead};

/// A clock that stands still but for waiting, which takes no time.
struct Still(Mutex<(Timestamp, Vec<Duration>)>);

impl Still {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(("2022-03-16T10:00:00Z".parse().expect("a time"), Vec::new()))))
    }

    fn waits(&self) -> Vec<u64> {
        self.0.lock().expect("no panic").1.iter().map(Duration::as_secs).collect()
    }

    fn pass(&self, time: Duration) {
        self.0.lock().expect("no panic").0 += time;
    }
}

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0.lock().expect("no panic").0
    }

    fn sleep(&self, time: Duration) -> bool {
        let mut inner = self.0.lock().expect("no panic");
        inner.0 += time;
        inner.1.push(time);
        true
    }
}

fn limits() -> Limits {
    Limits {
        bytes: 1 << 20,
        connect: Duration::from_secs(5),
        read: Duration::from_millis(500),
        total: Duration::from_secs(5),
        delay: Duration::from_secs(1),
    }
}

fn fetcher_with(clock: Arc<dyn Clock>, allowed: &[&str]) -> Fetcher {
    let allowed_hosts = allowed.iter().map(|&host| host.to_owned()).collect();
    Fetcher::new(Options { allowed_hosts, limits: limits(), clock })
}

fn fetcher() -> Fetcher {
    fetcher_with(Still::new(), &["127.0.0.1"])
}

fn fetch(fetcher: &Fetcher, url: &str, manners: Manners) -> Result<Fetched, Problem> {
    match fetcher.fetch(&Request::new(url, manners)) {
        Ok(Answer::Fetched(fetched)) => Ok(fetched),
        Ok(Answer::Unchanged) => panic!("{url} is unchanged, and nobody asked"),
        Err(FetchError { problem, .. }) => Err(problem),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory takes everything")
}

/// Answers any path with these header lines and this body.
fn serving(headers: &'static str, body: impl Into<Vec<u8>>) -> Server {
    let body = body.into();
    Server::start(move |_, stream| answer(stream, "200 OK", headers, &body))
}

#[test]
fn a_page_comes_with_what_is_known_of_it() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/old" => lead(stream, "/new?a=1#there"),
        _ => answer(
            stream,
            "200 OK",
            "Content-Type: text/html; charset=ISO-8859-2\nETag: \"a\"\nLast-Modified: x\n",
            b"words",
        ),
    });
    let page = fetch(&fetcher(), &server.url("/old#here"), Manners::Asked).expect("fetched");
    assert_eq!(page.url, server.url("/new?a=1"));
    assert_eq!((page.body.as_slice(), page.charset.as_deref()), (b"words".as_slice(), Some("ISO-8859-2")));
    assert_eq!((page.etag.as_deref(), page.last_modified.as_deref()), (Some("\"a\""), Some("x")));
    let requests = server.requests();
    assert_eq!(requests[0].header("user-agent"), Some(USER_AGENT));
    assert_eq!(requests[0].header("accept-encoding"), Some("gzip"));
    assert_eq!(requests[0].header("cookie"), None);
    assert!(USER_AGENT.starts_with("pourparler/") && USER_AGENT.contains("(+http"), "{USER_AGENT}");
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = Server::start(|asked, stream| match asked.header("if-none-match") {
        Some("\"a\"") => answer(stream, "304 Not Modified", "", b""),
        _ => answer(stream, "200 OK", "ETag: \"a\"\n", b"words"),
    });
    let url = server.url("/feed");
    let request =
        Request { etag: Some("\"a\""), last_modified: Some("Wed, 16 Mar 2022"), ..Request::new(&url, Manners::Asked) };
    assert_eq!(fetcher().fetch(&request).expect("asked"), Answer::Unchanged);
    assert_eq!(server.requests()[0].header("if-modified-since"), Some("Wed, 16 Mar 2022"));
    // A mark that would break the head is left out.
    let request = Request { etag: Some("\"a\"\r\nX: y"), ..Request::new(&url, Manners::Asked) };
    assert!(matches!(fetcher().fetch(&request), Ok(Answer::Fetched(_))));
    assert_eq!(server.requests()[1].header("x"), None);
}

#[test]
fn packed_bodies_are_unpacked() {
    let words = "The talks go on. ".repeat(1000);
    let server = serving("Content-Encoding: gzip\n", gzip(words.as_bytes()));
    assert_eq!(fetch(&fetcher(), &server.url("/"), Manners::Asked).expect("fetched").body, words.as_bytes());
    let twice = [gzip(b"a"), gzip(b"b")].concat();
    let server = serving("Content-Encoding: x-gzip\n", twice);
    assert_eq!(fetch(&fetcher(), &server.url("/"), Manners::Asked).expect("fetched").body, b"ab");
    let server = serving("Content-Encoding: identity\n", "a");
    assert_eq!(fetch(&fetcher(), &server.url("/"), Manners::Asked).expect("fetched").body, b"a");
}

/// Each is a clear problem of its own, soon told, and never more in memory than the limit.
#[test]
fn hostile_bodies_are_refused() {
    let zeros = vec![0; 8 << 20];
    let noise: Vec<u8> = (0..2_u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    type Fits = fn(&Problem) -> bool;
    let cases: [(Server, Fits); 7] = [
        (serving("Content-Encoding: gzip\n", gzip(&zeros)), |p| matches!(p, Problem::Bomb(_))),
        (serving("Content-Encoding: gzip\n", gzip(&noise)), |p| matches!(p, Problem::TooLarge(_) | Problem::Bomb(_))),
        (serving("", zeros), |p| matches!(p, Problem::TooLarge(_))),
        (serving("Content-Encoding: br\n", "x"), |p| matches!(p, Problem::Packed(how) if how == "br")),
        (serving("Content-Encoding: gzip\n", "no gzip at all"), |p| matches!(p, Problem::Damaged(_))),
        // Without end.
        (
            Server::start(|_, stream| {
                write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
                loop {
                    stream.write_all(&[b'a'; 4096])?;
                }
            }),
            |p| matches!(p, Problem::TooLarge(_)),
        ),
        // It promises more than it sends.
        (Server::start(|_, stream| write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nwords")), |p| {
            matches!(p, Problem::Connection(_))
        }),
    ];
    for (server, fits) in cases {
        let problem = fetch(&fetcher(), &server.url("/"), Manners::Asked).expect_err("refused");
        assert!(fits(&problem), "{problem:?}");
    }
}

#[test]
fn slow_servers_are_not_waited_for() {
    for says_something in [false, true] {
        let server = Server::start(move |_, stream| {
            if says_something {
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nwords")?;
            }
            std::thread::sleep(Duration::from_secs(20));
            Ok(())
        });
        let began = Instant::now();
        let problem = fetch(&fetcher(), &server.url("/"), Manners::Asked).expect_err("refused");
        assert!(matches!(problem, Problem::TimedOut(_)) && problem.is_passing(), "{problem:?}");
        assert!(began.elapsed() < Duration::from_secs(10));
    }
    // One byte now and then keeps no connection for ever.
    let server = Server::start(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
        loop {
            stream.write_all(b"a")?;
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let problem = fetch(&fetcher(), &server.url("/"), Manners::Asked).expect_err("refused");
    assert!(matches!(problem, Problem::TimedOut("all in all")), "{problem:?}");
}

#[test]
fn servers_that_talk_no_http_are_a_problem() {
    for says in [
        "",
        "hello\r\n\r\n",
        "HTTP/1.1 200\r\n",
        "HTTP/1.1 999 x\r\n\r\n",
        "HTTP/1.1 302 x\r\nContent-Length: 0\r\n\r\n",
    ] {
        let server = Server::start(move |_, stream| write!(stream, "{says}"));
        assert!(fetch(&fetcher(), &server.url("/"), Manners::Asked).is_err(), "{says}");
    }
    // Nor is there anything secure at the end of such a line.
    let plain = serving("", "words");
    let problem = fetch(&fetcher(), &plain.url("/").replace("http:", "https:"), Manners::Asked).expect_err("no TLS");
    assert!(matches!(problem, Problem::Insecure(_) | Problem::Damaged(_) | Problem::Connection(_)), "{problem:?}");
    let endless = Server::start(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n")?;
        loop {
            write!(stream, "X: {}\r\n", "a".repeat(1000))?;
        }
    });
    assert!(fetch(&fetcher(), &endless.url("/"), Manners::Asked).is_err());
}

#[test]
fn redirects_end() {
    let server = Server::start(|asked, stream| match asked.path.strip_prefix("/on/") {
        Some(n) => lead(stream, &format!("/on/{}", n.parse::<u32>().unwrap_or(0) + 1)),
        None if asked.path == "/a" => lead(stream, "/b"),
        None if asked.path == "/b" => lead(stream, "a"),
        None => lead(stream, &asked.path),
    });
    for (path, requests) in [("/on/1", 11), ("/a", 2), ("/self", 1)] {
        server.forget();
        let problem = fetch(&fetcher(), &server.url(path), Manners::Asked).expect_err("no end");
        assert!(matches!(problem, Problem::TooManyRedirects(10) | Problem::RedirectLoop(_)), "{problem:?}");
        assert_eq!(server.paths().len(), requests, "{path}");
    }
}

#[test]
fn redirects_lead_to_no_place_that_would_be_refused() {
    for to in [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://2130706434/",
        "//192.168.0.1/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://user:word@127.0.0.1/",
        "http://",
    ] {
        for manners in [Manners::Asked, Manners::Crawling] {
            let server = Server::start(move |asked, stream| match asked.path.as_str() {
                "/robots.txt" => answer(stream, "404 Not Found", "", b""),
                _ => lead(stream, to),
            });
            let problem = fetch(&fetcher(), &server.url("/"), manners).expect_err("refused");
            assert!(matches!(problem, Problem::BadRedirect { .. }), "{to}: {problem:?}");
            assert!(!problem.is_passing(), "{to}");
        }
    }
    // A robots.txt leads nowhere either.
    let server = Server::start(|_, stream| lead(stream, "http://169.254.169.254/"));
    let problem = fetch(&fetcher(), &server.url("/"), Manners::Crawling).expect_err("refused");
    assert!(matches!(problem, Problem::BadRedirect { .. }), "{problem:?}");
}

#[test]
fn private_places_are_refused_and_not_even_connected_to() {
    let server = serving("", "secret");
    let port = server.address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "127.1",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "①②⑦.⓪.⓪.①",
    ] {
        let url = format!("http://{host}:{port}/");
        let problem = fetch(&fetcher_with(Still::new(), &["example.org"]), &url, Manners::Asked).expect_err("refused");
        assert!(matches!(problem, Problem::NotPublic { .. }), "{host}: {problem:?}");
        assert!(problem.to_string().contains("--allow-host"), "{problem}");
    }
    assert_eq!(server.paths(), [""; 0]);
    // By its name, and only that.
    assert!(
        fetch(&fetcher_with(Still::new(), &["localhost"]), &format!("http://localhost:{port}/"), Manners::Asked)
            .is_ok()
    );
    assert!(fetch(&fetcher_with(Still::new(), &["localhost"]), &server.url("/"), Manners::Asked).is_err());
}

#[test]
fn refusals_are_told_apart() {
    let server = Server::start(|asked, stream| {
        let code = &asked.path[1..4];
        answer(stream, &format!("{code} x"), "", b"")
    });
    for (code, passing) in
        [(400, false), (401, false), (403, false), (404, true), (410, false), (429, true), (500, true), (503, true)]
    {
        match fetch(&fetcher(), &server.url(&format!("/{code}")), Manners::Asked) {
            Err(problem @ Problem::Status { code: got, .. }) => {
                assert_eq!((got, problem.is_passing()), (code, passing), "{problem}");
            }
            other => panic!("{code}: {other:?}"),
        }
    }
    let gone = fetch(&fetcher(), "http://127.0.0.1:9/", Manners::Asked).expect_err("nobody listens");
    assert!(matches!(gone, Problem::Connection(_)), "{gone:?}");
    let nobody = fetch(&fetcher(), "http://no-such-host.invalid/", Manners::Asked).expect_err("nobody");
    assert!(matches!(nobody, Problem::NoSuchHost(_) | Problem::TimedOut(_)), "{nobody:?}");
}

#[test]
fn who_asks_to_be_left_alone_is() {
    let server = Server::start(|_, stream| answer(stream, "429 Too Many Requests", "Retry-After: 3600\n", b""));
    let clock = Still::new();
    let fetcher = fetcher_with(clock.clone(), &["127.0.0.1"]);
    let asked = |problem: Problem| problem.retry_after().map(|t| t.as_secs());
    assert_eq!(asked(fetch(&fetcher, &server.url("/a"), Manners::Asked).expect_err("refused")), Some(3600));
    clock.pass(Duration::from_secs(600));
    let again = fetch(&fetcher, &server.url("/b"), Manners::Asked).expect_err("left alone");
    assert!(matches!(again, Problem::LeftAlone(_)), "{again:?}");
    assert_eq!(asked(again), Some(3000));
    assert_eq!(server.paths(), ["/a"]);
    clock.pass(Duration::from_secs(3000));
    assert_eq!(asked(fetch(&fetcher, &server.url("/b"), Manners::Asked).expect_err("refused")), Some(3600));
}

#[test]
fn robots_txt_is_obeyed_where_the_program_chose() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => {
            let rules = "User-agent: *\nDisallow: /\n\nUser-agent: Pourparler\nDisallow: /private\nCrawl-delay: 3\n";
            answer(stream, "200 OK", "", rules.as_bytes())
        }
        "/leads" => lead(stream, "/private/a"),
        _ => answer(stream, "200 OK", "", b"words"),
    });
    let clock = Still::new();
    let fetcher = fetcher_with(clock.clone(), &["127.0.0.1"]);
    assert!(fetch(&fetcher, &server.url("/open"), Manners::Crawling).is_ok());
    for path in ["/private/a", "/private?x", "/leads"] {
        let problem = fetch(&fetcher, &server.url(path), Manners::Crawling).expect_err("robots.txt");
        assert!(matches!(problem, Problem::Robots) && !problem.is_passing(), "{problem:?}");
    }
    assert!(fetch(&fetcher, &server.url("/private/a"), Manners::Asked).is_ok(), "the user's own wish");
    assert_eq!(server.paths(), ["/robots.txt", "/open", "/leads", "/private/a"], "it is read once");
    assert_eq!(clock.waits(), [1, 3, 3], "its delay is kept");
    clock.pass(Duration::from_secs(25 * 3600));
    assert!(fetch(&fetcher, &server.url("/open"), Manners::Crawling).is_ok());
    assert_eq!(server.paths()[4..], ["/robots.txt", "/open"], "and anew after a day");
}

#[test]
fn what_robots_txt_is_missing_decides() {
    for (status, may) in
        [("404 Not Found", true), ("403 Forbidden", true), ("429 Slowly", false), ("500 Broken", false)]
    {
        let server = Server::start(move |asked, stream| match asked.path.as_str() {
            "/robots.txt" => answer(stream, status, "", b"User-agent: *\nDisallow: /"),
            _ => answer(stream, "200 OK", "", b"words"),
        });
        let fetcher = fetcher();
        for _ in 0..2 {
            let got = fetch(&fetcher, &server.url("/a"), Manners::Crawling);
            match got {
                Ok(_) => assert!(may, "{status}"),
                Err(problem) => {
                    assert!(matches!(problem, Problem::RobotsUnreachable(_)) && problem.is_passing(), "{problem:?}");
                    assert!(!may, "{status}");
                }
            }
        }
        assert_eq!(server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1, "{status}");
    }
}

#[test]
fn a_stopped_program_waits_no_longer() {
    struct Stopped;
    impl Clock for Stopped {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
        fn sleep(&self, _: Duration) -> bool {
            false
        }
    }
    let server = serving("", "words");
    let fetcher = fetcher_with(Arc::new(Stopped), &["127.0.0.1"]);
    assert!(fetch(&fetcher, &server.url("/a"), Manners::Asked).is_ok(), "the first has not to wait");
    assert!(matches!(fetch(&fetcher, &server.url("/b"), Manners::Asked), Err(Problem::Stopped)));
}

/// A service may be where its user says it is; where it leads to may not be anywhere, and its answers have an end.
#[test]
fn a_service_is_talked_to_where_it_was_said_to_be() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/on" => lead(stream, "/elsewhere"),
        "/no" => answer(stream, "400 Bad Request", "X-Why: because\n", b"{\"error\":\"no\"}"),
        "/large" => answer(stream, "200 OK", "", &vec![b'a'; (1 << 20) + 1]),
        _ => answer(stream, "200 OK", "", b"here"),
    });
    let request =
        |path: &str| pourparler_fetch::http::Request::post(server.url(path)).body(b"a=b".to_vec()).expect("a request");
    let service = Service::new(&["127.0.0.1".to_owned()]);
    let got = service.send(request("/")).expect("an answer");
    assert_eq!((got.status().as_u16(), got.body().as_slice()), (200, &b"here"[..]));
    let got = service.send(request("/no")).expect("an answer is one whatever its status");
    assert_eq!((got.status().as_u16(), got.headers()["x-why"].as_bytes()), (400, &b"because"[..]));
    let got = service.send(request("/on")).expect("an answer");
    assert_eq!(got.status().as_u16() / 100, 3, "handed on, not followed");
    assert_eq!(server.paths(), ["/", "/no", "/on"]);
    assert!(service.send(request("/large")).is_err());

    server.forget();
    let other = Service::new(&["id.example".to_owned()]);
    let told = other.send(request("/")).expect_err("refused");
    assert!(matches!(told.problem, Problem::NotPublic { .. }), "{told}");
    assert!(server.paths().is_empty());
}
