//! What does this address hold? One careful HTTP client for feeds and pages.
//!
//! A [`Fetcher`] gets what lies at an http or https address, and nothing else. It never connects to addresses that are not
//! public, whatever name or redirect leads there, unless the user allowed the host by name: what was looked up is checked, and
//! what was checked is connected to. It has limits of time and size for everything that a server can do, asks a host no more often
//! than once a second, and no more often than its robots.txt wants.
//!
//! robots.txt is obeyed for whatever the program chose to get ([`Manners::Crawling`]): the pages of watched feeds. An address
//! that the user typed ([`Manners::Asked`]) is the user's own request, as it would be in a browser, and browsers do not ask
//! robots.txt.
//!
//! This crate knows no articles, no models and no SQL. Waiting goes through a [`Clock`], so that tests need none.

mod backoff;
mod client;
mod clock;
mod error;
mod guard;
mod hosts;
mod service;

pub use backoff::{BackOff, LONGEST};
pub use client::{Answer, Fetched, Fetcher, Limits, Manners, Options, Request, USER_AGENT};
pub use clock::{Clock, SystemClock};
pub use error::{FetchError, Problem};
pub use service::Service;
/// Requests and answers as [`Service`] takes and gives them.
pub use ureq::http;

/// Whether a source is meant as an address that can be fetched, and not as a file.
#[must_use]
pub fn is_address(source: &str) -> bool {
    let scheme = source.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}
