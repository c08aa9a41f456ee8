//! What is known of hosts while the program runs: what their robots.txt says, and when each may be asked again.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use robotxt::Robots;
use url::Url;

use crate::clock::{later, until};

/// As what this program obeys robots.txt.
pub(crate) const ROBOT: &str = "pourparler";

/// A host's robots.txt is read again after this, as RFC 9309 wants.
pub(crate) const ROBOTS_LAST: Duration = Duration::from_secs(24 * 60 * 60);

/// A robots.txt that could not be had is asked for again after this.
pub(crate) const ROBOTS_MISSED: Duration = Duration::from_secs(10 * 60);

/// No host has to be waited for longer between two requests, whatever its robots.txt asks.
pub(crate) const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// So many hosts are known at the same time; those not asked for the longest time are forgotten.
const KNOWN: usize = 1000;

/// What a host is known for.
#[derive(Debug)]
struct Host {
    /// When it may be asked again.
    next: Timestamp,
    /// What its robots.txt says, and until when that holds; `None` inside where it could not be had.
    robots: HashMap<String, (Option<Robots>, Timestamp)>,
}

/// All hosts that were asked of late.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    known: HashMap<String, Host>,
}

impl Hosts {
    /// What is known of the robots.txt of an address: nothing, that it could not be had, or what it says.
    pub(crate) fn robots(&self, url: &Url, now: Timestamp) -> Option<Option<&Robots>> {
        let (robots, until) = self.known.get(&name(url))?.robots.get(&origin(url))?;
        (now < *until).then_some(robots.as_ref())
    }

    /// Keeps what a robots.txt says.
    pub(crate) fn learn(&mut self, url: &Url, robots: Option<Robots>, now: Timestamp) {
        let lasts = if robots.is_some() { ROBOTS_LAST } else { ROBOTS_MISSED };
        self.host(url, now).robots.insert(origin(url), (robots, later(now, lasts)));
    }

    /// How long to wait before the host is asked.
    pub(crate) fn wait(&self, url: &Url, now: Timestamp) -> Duration {
        self.known.get(&name(url)).map_or(Duration::ZERO, |host| until(now, host.next))
    }

    /// The host is asked now, and not again before its `delay`, or that of its robots.txt, has passed.
    pub(crate) fn asked(&mut self, url: &Url, delay: Duration, now: Timestamp) {
        let own = self.robots(url, now).flatten().and_then(Robots::crawl_delay).map(|d| d.min(LONGEST_DELAY));
        let delay = delay.max(own.unwrap_or_default());
        self.host(url, now).next = later(now, delay);
    }

    /// The host wants to be left alone.
    pub(crate) fn leave_alone(&mut self, url: &Url, time: Duration, now: Timestamp) {
        let host = self.host(url, now);
        host.next = host.next.max(later(now, time));
    }

    fn host(&mut self, url: &Url, now: Timestamp) -> &mut Host {
        let name = name(url);
        if self.known.len() >= KNOWN && !self.known.contains_key(&name) {
            let oldest = self.known.iter().min_by_key(|(_, host)| host.next).map(|(name, _)| name.clone());
            oldest.and_then(|oldest| self.known.remove(&oldest));
        }
        self.known.entry(name).or_insert_with(|| Host { next: now, robots: HashMap::new() })
    }
}

fn name(url: &Url) -> String {
    crate::guard::plain(url.host_str().unwrap_or_default())
}

/// What one robots.txt speaks for: scheme, host and port.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect(text)
    }

    #[test]
    fn hosts_are_waited_for() {
        let mut hosts = Hosts::default();
        let now: Timestamp = "2022-03-16T10:00:00Z".parse().expect("a time");
        let (a, b) = (url("https://example.org/a"), url("http://EXAMPLE.org:8080/b"));
        let second = Duration::from_secs(1);
        assert_eq!(hosts.wait(&a, now), Duration::ZERO);
        hosts.asked(&a, second, now);
        assert_eq!((hosts.wait(&a, now), hosts.wait(&b, now)), (second, second), "one host, whatever the port");
        assert_eq!(hosts.wait(&url("https://example.com/"), now), Duration::ZERO);
        assert_eq!(hosts.wait(&a, later(now, second)), Duration::ZERO);
        hosts.learn(&a, Some(Robots::parse(b"User-agent: *\nCrawl-delay: 5", ROBOT)), now);
        hosts.asked(&a, second, now);
        assert_eq!(hosts.wait(&a, now), 5 * second);
        hosts.learn(&a, Some(Robots::parse(b"User-agent: *\nCrawl-delay: 86400", ROBOT)), now);
        hosts.asked(&a, second, now);
        assert_eq!(hosts.wait(&a, now), LONGEST_DELAY);
        hosts.leave_alone(&a, 600 * second, now);
        assert_eq!(hosts.wait(&a, now), 600 * second);
    }

    #[test]
    fn robots_are_read_anew_after_a_time_and_each_speaks_for_its_port() {
        let mut hosts = Hosts::default();
        let now: Timestamp = "2022-03-16T10:00:00Z".parse().expect("a time");
        let (a, b) = (url("https://example.org/a"), url("https://example.org:8080/a"));
        hosts.learn(&a, Some(Robots::allow_all()), now);
        hosts.learn(&b, None, now);
        assert!(hosts.robots(&a, now).flatten().is_some());
        assert_eq!(hosts.robots(&b, now), Some(None));
        assert!(hosts.robots(&b, later(now, ROBOTS_MISSED)).is_none());
        assert!(hosts.robots(&a, later(now, ROBOTS_LAST)).is_none());
    }

    #[test]
    fn weeks_of_hosts_take_no_more_memory() {
        let mut hosts = Hosts::default();
        let mut now: Timestamp = "2022-03-16T10:00:00Z".parse().expect("a time");
        for n in 0..3 * KNOWN {
            now = later(now, Duration::from_secs(1));
            hosts.asked(&url(&format!("https://host{n}.example.org/")), Duration::from_secs(1), now);
        }
        assert_eq!(hosts.known.len(), KNOWN);
    }
}
