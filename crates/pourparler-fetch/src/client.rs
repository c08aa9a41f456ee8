//! The client: one address, redirect by redirect, within its limits.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use robotxt::Robots;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use crate::backoff::retry_after;
use crate::guard::{self, Guard};
use crate::hosts::{Hosts, LONGEST_DELAY, ROBOT};
use crate::{Clock, FetchError, Problem, SystemClock};

/// What the program calls itself.
pub const USER_AGENT: &str =
    concat!("pourparler/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");

/// What it would like to have, best first.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, \
                      application/xml;q=0.9, application/json;q=0.8, text/plain;q=0.8, */*;q=0.1";

/// So many redirects are followed from one address.
const REDIRECTS: usize = 10;

/// So many of them to a robots.txt, as RFC 9309 has it.
const ROBOTS_REDIRECTS: usize = 5;

/// So many bytes of a robots.txt count.
const ROBOTS_SIZE: u64 = robotxt::BYTE_LIMIT as u64;

/// What a server may cost.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Most bytes of a body, as it comes and unpacked.
    pub bytes: u64,
    /// Longest time until there is a connection.
    pub connect: Duration,
    /// Longest time until the server says something, and between two pieces of what it says.
    pub read: Duration,
    /// Longest time for one request with its answer.
    pub total: Duration,
    /// Shortest time between two requests to one host.
    pub delay: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_secs(120),
            delay: Duration::from_secs(1),
        }
    }
}

/// How a [`Fetcher`] works.
#[derive(Clone)]
pub struct Options {
    /// Hosts that may be connected to wherever they are, by their names as they stand in addresses.
    pub allowed_hosts: Vec<String>,
    /// What a server may cost.
    pub limits: Limits,
    /// Time and waiting.
    pub clock: Arc<dyn Clock>,
}

impl Default for Options {
    fn default() -> Self {
        Self { allowed_hosts: Vec::new(), limits: Limits::default(), clock: Arc::new(SystemClock) }
    }
}

/// On whose wish an address is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// The user gave this very address, as to a browser: robots.txt is not asked.
    Asked,
    /// The program came upon it by itself: robots.txt decides.
    Crawling,
}

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The address.
    pub url: &'a str,
    /// On whose wish.
    pub manners: Manners,
    /// The `ETag` that came with what is there already.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` that came with what is there already.
    pub last_modified: Option<&'a str>,
}

impl<'a> Request<'a> {
    /// An address of which nothing is there yet.
    #[must_use]
    pub fn new(url: &'a str, manners: Manners) -> Self {
        Self { url, manners, etag: None, last_modified: None }
    }
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The body and what is to be known of it.
    Fetched(Fetched),
    /// It is as it was when the `etag` or `last_modified` of the request came.
    Unchanged,
}

/// What lies at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address at which it lies, redirects followed.
    pub url: String,
    /// The body, unpacked.
    pub body: Vec<u8>,
    /// The character set that the server names.
    pub charset: Option<String>,
    /// Marks this state of it for the next request.
    pub etag: Option<String>,
    /// The same, as a date.
    pub last_modified: Option<String>,
}

/// Gets what lies at addresses.
pub struct Fetcher {
    agent: Agent,
    options: Options,
    hosts: Mutex<Hosts>,
}

/// An answer that is no redirect.
struct Arrived {
    url: Url,
    response: Response<Body>,
}

impl Fetcher {
    /// A client that knows no hosts yet. It looks at no environment variables: a proxy would look up and connect in its stead, where
    /// nothing checks to whom.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let Limits { connect, read, total, .. } = options.limits;
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .accept_encoding("gzip")
            .timeout_resolve(Some(connect))
            .timeout_connect(Some(connect))
            .timeout_send_request(Some(read))
            .timeout_recv_response(Some(read))
            .timeout_per_read(Some(read))
            .timeout_global(Some(total))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guard::new(&options.allowed_hosts));
        Self { agent, options, hosts: Mutex::default() }
    }

    /// Gets what lies at an address. It waits for its turn with the host first.
    ///
    /// # Errors
    /// [`FetchError`], whose problem tells whether it may be well another time.
    pub fn fetch(&self, request: &Request<'_>) -> Result<Answer, FetchError> {
        self.follow(request).map_err(|problem| FetchError { url: request.url.to_owned(), problem })
    }

    fn follow(&self, request: &Request<'_>) -> Result<Answer, Problem> {
        let url = guard::address(request.url)?;
        let Arrived { url, response } = self.arrive(url, request, REDIRECTS)?;
        match response.status().as_u16() {
            304 => Ok(Answer::Unchanged),
            200..=299 => {
                let header = |name| text_of(response.headers(), name);
                let (etag, last_modified) = (header("etag"), header("last-modified"));
                let charset = response.body().charset().map(str::to_owned);
                let packing = header("content-encoding");
                let (body, whole) = self.body(response, packing.as_deref(), self.options.limits.bytes)?;
                if !whole {
                    return Err(Problem::TooLarge(self.options.limits.bytes));
                }
                Ok(Answer::Fetched(Fetched { url: url.into(), body, charset, etag, last_modified }))
            }
            code => Err(self.refusal(&url, code, response.headers())),
        }
    }

    /// What a status says that gives nothing. Who asks to be left alone is.
    fn refusal(&self, url: &Url, code: u16, headers: &HeaderMap) -> Problem {
        let now = self.options.clock.now();
        let retry_after = text_of(headers, "retry-after").and_then(|value| retry_after(&value, now));
        if let (429 | 503, Some(time)) = (code, retry_after) {
            self.hosts().leave_alone(url, time, now);
        }
        Problem::Status { code, retry_after }
    }

    /// Follows redirects to what is none.
    fn arrive(&self, url: Url, request: &Request<'_>, redirects: usize) -> Result<Arrived, Problem> {
        let mut been = vec![url];
        loop {
            // There is always one: it begins with one and only grows.
            let Some(url) = been.last() else { return Err(Problem::TooManyRedirects(0)) };
            let response = self.once(url, request).map_err(|problem| match (been.len(), problem) {
                (2.., problem @ Problem::NotPublic { .. }) => {
                    Problem::BadRedirect { to: url.to_string(), problem: Box::new(problem) }
                }
                (_, problem) => problem,
            })?;
            let location = match response.status().as_u16() {
                301 | 302 | 303 | 307 | 308 => text_of(response.headers(), "location"),
                _ => None,
            };
            let Some(location) = location else { return Ok(Arrived { url: url.clone(), response }) };
            if been.len() > redirects {
                return Err(Problem::TooManyRedirects(redirects));
            }
            let next = url.join(&location).map_err(|e| Problem::NotAnAddress(e.to_string())).and_then(guard::checked);
            let next = next.map_err(|problem| Problem::BadRedirect { to: location, problem: Box::new(problem) })?;
            if been.contains(&next) {
                return Err(Problem::RedirectLoop(next.into()));
            }
            been.push(next);
        }
    }

    /// One request, when it is its turn.
    fn once(&self, url: &Url, request: &Request<'_>) -> Result<Response<Body>, Problem> {
        if request.manners == Manners::Crawling {
            self.ask_robots(url)?;
        }
        self.wait_for(url)?;
        let mut call = self.agent.get(url.as_str());
        for (name, value) in [("if-none-match", request.etag), ("if-modified-since", request.last_modified)] {
            // What came from a header goes into one; anything else is left out.
            if let Some(value) = value.filter(|v| v.bytes().all(|b| (b' '..=b'~').contains(&b))) {
                call = call.header(name, value);
            }
        }
        call.call().map_err(|e| problem(e, url))
    }

    fn wait_for(&self, url: &Url) -> Result<(), Problem> {
        let Options { clock, limits, .. } = &self.options;
        let wait = self.hosts().wait(url, clock.now());
        if wait > LONGEST_DELAY {
            return Err(Problem::LeftAlone(wait));
        }
        if !wait.is_zero() && !clock.sleep(wait) {
            return Err(Problem::Stopped);
        }
        self.hosts().asked(url, limits.delay, clock.now());
        Ok(())
    }

    /// Whether robots.txt lets this address be fetched.
    fn ask_robots(&self, url: &Url) -> Result<(), Problem> {
        let now = self.options.clock.now();
        let answer = |robots: Option<&Robots>| match robots {
            Some(robots) if robots.is_url_allowed(url) => Ok(()),
            Some(_) => Err(Problem::Robots),
            None => {
                Err(Problem::RobotsUnreachable(Box::new(Problem::Connection("it could not be had a while ago".into()))))
            }
        };
        if let Some(known) = self.hosts().robots(url, now) {
            return answer(known);
        }
        match self.robots(url) {
            Ok(robots) => {
                self.hosts().learn(url, Some(robots.clone()), now);
                answer(Some(&robots))
            }
            // It is not the robots.txt that is the matter with these.
            Err(problem @ (Problem::Stopped | Problem::NotPublic { .. } | Problem::BadRedirect { .. })) => Err(problem),
            Err(problem) => {
                self.hosts().learn(url, None, now);
                Err(Problem::RobotsUnreachable(Box::new(problem)))
            }
        }
    }

    /// What a host's robots.txt says: all is allowed where there is none.
    fn robots(&self, url: &Url) -> Result<Robots, Problem> {
        let place = url.join("/robots.txt").map_err(|e| Problem::NotAnAddress(e.to_string()))?;
        let request = Request::new(url.as_str(), Manners::Asked);
        let arrived = match self.arrive(place, &request, ROBOTS_REDIRECTS) {
            Err(Problem::TooManyRedirects(_) | Problem::RedirectLoop(_)) => return Ok(Robots::allow_all()),
            arrived => arrived?,
        };
        let Arrived { url, response } = arrived;
        match response.status().as_u16() {
            200..=299 => {
                let packing = text_of(response.headers(), "content-encoding");
                let (body, _) = self.body(response, packing.as_deref(), ROBOTS_SIZE)?;
                Ok(Robots::parse(&body, ROBOT))
            }
            code @ (429 | 500..) => Err(self.refusal(&url, code, response.headers())),
            _ => Ok(Robots::allow_all()),
        }
    }

    /// The body, unpacked, and whether that is all of it or only as much as is read.
    fn body(&self, response: Response<Body>, packing: Option<&str>, most: u64) -> Result<(Vec<u8>, bool), Problem> {
        let mut packed = response.into_body().into_with_config().limit(u64::MAX).reader().take(most + 1);
        let mut body = Vec::new();
        let packing = packing.map(|p| p.trim().to_ascii_lowercase()).filter(|p| !p.is_empty() && p != "identity");
        let packing = match packing {
            None => {
                packed.read_to_end(&mut body).map_err(broken)?;
                None
            }
            Some(p) if p == "gzip" || p == "x-gzip" => {
                let mut unpacked = MultiGzDecoder::new(&mut packed).take(most + 1);
                match unpacked.read_to_end(&mut body) {
                    Err(e) if packed.limit() > 0 => return Err(broken(e)),
                    // The packed bytes were cut off at their limit.
                    Err(_) => return Ok((body, false)),
                    Ok(_) => Some(p),
                }
            }
            Some(other) => return Err(Problem::Packed(other.chars().take(40).collect())),
        };
        let whole = body.len() as u64 <= most;
        if !whole && packing.is_some() && packed.limit() > 0 {
            return Err(Problem::Bomb(most));
        }
        body.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok((body, whole))
    }

    fn hosts(&self) -> MutexGuard<'_, Hosts> {
        // Nothing in there is half done, whoever panicked.
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    // Addresses in UTF-8 are against the rules, and frequent.
    Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned()).filter(|v| !v.is_empty())
}

/// What a failed read of a body is.
fn broken(error: io::Error) -> Problem {
    match ureq::Error::from(error) {
        ureq::Error::Timeout(what) => timed_out(what),
        ureq::Error::Io(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => {
            Problem::Damaged(e.to_string())
        }
        other => Problem::Connection(other.to_string()),
    }
}

/// What a failed request is.
pub(crate) fn problem(error: ureq::Error, url: &Url) -> Problem {
    use ureq::Error as E;
    match error {
        E::Other(inner) => match inner.downcast::<Problem>() {
            Ok(problem) => *problem,
            Err(other) => Problem::Connection(other.to_string()),
        },
        E::Timeout(what) => timed_out(what),
        E::HostNotFound => Problem::NoSuchHost(url.host_str().unwrap_or_default().to_owned()),
        // A name that is not known comes as an error of the system's look-up, which has no kind of its own.
        E::Io(e) if e.to_string().contains("lookup address") => {
            Problem::NoSuchHost(url.host_str().unwrap_or_default().to_owned())
        }
        E::Io(e) if e.to_string().contains("certificate") => Problem::Insecure(e.to_string()),
        E::Io(e) if e.kind() == io::ErrorKind::TimedOut => Problem::TimedOut("connecting"),
        E::Tls(why) => Problem::Insecure(why.to_owned()),
        E::Rustls(why) => Problem::Insecure(why.to_string()),
        E::BadUri(why) => Problem::NotAnAddress(why),
        E::Protocol(why) => Problem::Damaged(why.to_string()),
        other => Problem::Connection(other.to_string()),
    }
}

fn timed_out(what: ureq::Timeout) -> Problem {
    Problem::TimedOut(match what {
        ureq::Timeout::Resolve => "looking up its name",
        ureq::Timeout::Connect => "connecting",
        ureq::Timeout::Global | ureq::Timeout::PerCall => "all in all",
        _ => "waiting for what it says",
    })
}
