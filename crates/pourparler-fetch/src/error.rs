//! What can go wrong with an address, in words that say what to do about it.

use std::net::IpAddr;
use std::time::Duration;

use thiserror::Error;

/// A failure, with the address that was asked for.
#[derive(Debug, Error)]
#[error("{url}: {problem}")]
pub struct FetchError {
    /// The address as it was given.
    pub url: String,
    /// What went wrong.
    pub problem: Problem,
}

/// What went wrong. [`Problem::is_passing`] tells what may be well another time.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Problem {
    /// It is no address.
    #[error("this is no address that can be fetched ({0}); give one like https://example.org/news")]
    NotAnAddress(String),
    /// It is neither http nor https.
    #[error("only http and https are fetched, not `{0}:`; save it as a file and give that")]
    Scheme(String),
    /// It carries a name or a password.
    #[error(
        "the address carries a user name or password, which is not sent; give it without, or save the page as a file"
    )]
    UserInfo,
    /// The host is, or its name leads to, an address that is not public.
    #[error("`{host}` is at {ip}, {what}, and not on the public internet; `--allow-host {host}` allows it")]
    NotPublic {
        /// The host's name.
        host: String,
        /// An address that it has.
        ip: IpAddr,
        /// What kind of address that is.
        what: &'static str,
    },
    /// There is no host of this name.
    #[error("no host of the name `{0}` was found; check the address and the connection")]
    NoSuchHost(String),
    /// One redirect followed another for too long.
    #[error("it leads on more than {0} times; give the address where the article is in the end")]
    TooManyRedirects(usize),
    /// Redirects lead back to where they were.
    #[error("its redirects lead in a circle, back to {0}; the site may want cookies: save the page as a file")]
    RedirectLoop(String),
    /// A redirect leads where nothing is fetched from.
    #[error("it leads on to `{to}`, which is not fetched: {problem}")]
    BadRedirect {
        /// Where it leads.
        to: String,
        /// Why it is not fetched.
        problem: Box<Problem>,
    },
    /// The server took too long.
    #[error("the server did not answer in time ({0}); try again later")]
    TimedOut(&'static str),
    /// No connection, or one that broke off.
    #[error("the connection failed: {0}; try again later")]
    Connection(String),
    /// The server's certificate cannot be trusted, or there is none.
    #[error("the connection is not secure: {0}; nothing was sent")]
    Insecure(String),
    /// The body is too large.
    #[error("it is larger than the {0} bytes that are fetched; save it as a file and give that")]
    TooLarge(u64),
    /// The body grows too large when it is unpacked.
    #[error("unpacked it is larger than the {0} bytes that are fetched, from few packed ones; it is no article")]
    Bomb(u64),
    /// The body is packed in a way that is not known, though nobody asked for that.
    #[error("it is packed as `{0}`, which was not asked for; save the page as a file")]
    Packed(String),
    /// The body is damaged.
    #[error("what came is damaged: {0}; try again later")]
    Damaged(String),
    /// The server answered that it has nothing.
    #[error("{}", status(*code))]
    Status {
        /// The HTTP status.
        code: u16,
        /// For how long the server asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The host asked a moment ago to be left alone.
    #[error("the host asks to be left alone for another {} seconds; try again then", .0.as_secs())]
    LeftAlone(Duration),
    /// robots.txt says no.
    #[error("the site's robots.txt asks programs not to fetch it; open it yourself and save it as a file")]
    Robots,
    /// robots.txt could not be had, which counts as no.
    #[error("the site's robots.txt cannot be had, so nothing is fetched: {0}")]
    RobotsUnreachable(Box<Problem>),
    /// The program is to end.
    #[error("the program was asked to end")]
    Stopped,
}

fn status(code: u16) -> String {
    let what = match code {
        401..=403 => "the site does not give it to programs; open it yourself and save it as a file",
        404 => "nothing is there; check the address",
        410 => "it was taken away for good",
        451 => "it may not be shown where you are",
        429 => "the site had too many requests; try again later",
        500.. => "the site is out of order; try again later",
        _ => "the site does not give it",
    };
    format!("{what} (HTTP {code})")
}

impl Problem {
    /// Whether it may be well another time, with nobody doing anything about it. What is not there may come yet: news sites
    /// announce pages before they have them.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Status { code, .. } => matches!(code, 404 | 408 | 425 | 429 | 500..),
            Self::BadRedirect { problem, .. } => problem.is_passing(),
            Self::NoSuchHost(_)
            | Self::TimedOut(_)
            | Self::Connection(_)
            | Self::Damaged(_)
            | Self::LeftAlone(_)
            | Self::RobotsUnreachable(_)
            | Self::Stopped => true,
            _ => false,
        }
    }

    /// For how long the server asks to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::LeftAlone(time) => Some(*time),
            Self::RobotsUnreachable(problem) => problem.retry_after(),
            _ => None,
        }
    }
}
