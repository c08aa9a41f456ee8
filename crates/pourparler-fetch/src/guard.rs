//! Who may be connected to: public addresses, and the hosts that the user allowed by name.
//!
//! The check stands inside the look-up of names. What it lets through is what the client connects to, so that a name which
//! leads elsewhere a moment later leads nowhere.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

use crate::Problem;

/// IPv4 addresses that are not on the public internet: IANA's registry of special-purpose addresses, and what clouds
/// tell their own machines their secrets at.
const NOT_PUBLIC_4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::new(169, 254, 169, 254), 32, "a cloud's metadata service"),
    (Ipv4Addr::new(100, 100, 100, 200), 32, "a cloud's metadata service"),
    (Ipv4Addr::new(168, 63, 129, 16), 32, "a cloud's metadata service"),
    (Ipv4Addr::new(192, 0, 0, 192), 32, "a cloud's metadata service"),
    (Ipv4Addr::new(0, 0, 0, 0), 8, "an unspecified address"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "a private address"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "an address inside a provider's network"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "this machine itself"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "a link-local address"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "a private address"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "an address for protocols"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "an address for relays"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "a private address"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "an address for benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "a multicast address"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "a reserved address"),
];

/// IPv6 addresses that have a name and are not public; all others outside 2000::/3 are not public either.
const NOT_PUBLIC_6: &[(Ipv6Addr, u32, &str)] = &[
    (Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 128, "a cloud's metadata service"),
    (Ipv6Addr::UNSPECIFIED, 128, "an unspecified address"),
    (Ipv6Addr::LOCALHOST, 128, "this machine itself"),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, "a private translation of addresses"),
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64, "an address that leads nowhere"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "an address for protocols, benchmarks or tunnels"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "an address for documentation"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "an address for documentation"),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, "a unique local address"),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "a link-local address"),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, "a site-local address"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "a multicast address"),
];

/// What an address is that is not public.
pub(crate) fn not_public(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => {
            let within =
                |&&(net, length, _): &&(Ipv4Addr, u32, _)| (ip.to_bits() ^ net.to_bits()) >> (32 - length) == 0;
            NOT_PUBLIC_4.iter().find(within).map(|&(_, _, what)| what)
        }
        IpAddr::V6(ip) => {
            let within =
                |&&(net, length, _): &&(Ipv6Addr, u32, _)| (ip.to_bits() ^ net.to_bits()) >> (128 - length) == 0;
            if let Some((_, _, what)) = NOT_PUBLIC_6.iter().find(within) {
                return Some(what);
            }
            match inside(ip) {
                Some(inner) => not_public(inner.into()),
                None => (ip.to_bits() >> 125 != 1).then_some("a reserved address"),
            }
        }
    }
}

/// The IPv4 address inside an IPv6 one, which is where it leads: mapped, compatible, NAT64 and 6to4.
fn inside(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let last = |bits: u128| Ipv4Addr::from_bits((bits & 0xffff_ffff) as u32);
    let bits = ip.to_bits();
    match ip.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, ..] | [0, 0, 0, 0, 0xffff, 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
            Some(last(bits))
        }
        [0x2002, ..] => Some(last(bits >> 80)),
        _ => None,
    }
}

/// An address in the form in which it is asked for: numbers that stand for hosts are written out, and there is no fragment.
pub(crate) fn address(text: &str) -> Result<Url, Problem> {
    let url = Url::parse(text.trim()).map_err(|e| Problem::NotAnAddress(e.to_string()))?;
    checked(url)
}

pub(crate) fn checked(mut url: Url) -> Result<Url, Problem> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Problem::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Problem::UserInfo);
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(Problem::NotAnAddress("it names no host".to_owned()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// A host's name as it is compared: lower case, without the dot at the end and the brackets of IPv6.
pub(crate) fn plain(host: &str) -> String {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase()
}

/// Looks names up and gives only addresses that may be connected to.
pub(crate) struct Guard<N = DefaultResolver> {
    allowed: BTreeSet<String>,
    names: N,
}

impl Guard {
    /// Lets these hosts through, wherever they are.
    pub(crate) fn new(allowed: &[String]) -> Self {
        Self { allowed: allowed.iter().map(|host| plain(host)).collect(), names: DefaultResolver::default() }
    }
}

impl<N> Guard<N> {
    fn allows(&self, host: &str) -> bool {
        self.allowed.contains(host)
    }
}

impl<N> fmt::Debug for Guard<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}

impl<N: Resolver> Resolver for Guard<N> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = plain(uri.host().unwrap_or_default());
        let found = self.names.resolve(uri, config, timeout)?;
        if self.allows(&host) {
            return Ok(found);
        }
        let mut public = self.empty();
        let mut refused = None;
        for &place in found.iter() {
            match not_public(place.ip()) {
                None => public.push(place),
                Some(what) => refused = refused.or(Some((place.ip(), what))),
            }
        }
        match refused {
            // A name that leads both ways may be an honest one, with an address for those within and one for all.
            Some((ip, what)) if public.is_empty() => {
                Err(ureq::Error::Other(Box::new(Problem::NotPublic { host, ip, what })))
            }
            _ => Ok(public),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_public_is_told() {
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.0.1",
            "169.254.169.254",
            "168.63.129.16",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::2",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "::10.1.2.3",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2002:a9fe:a9fe::",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "8000::1",
        ] {
            assert!(not_public(ip.parse().expect(ip)).is_some(), "{ip}");
        }
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.1.1",
            "172.15.1.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.1.1",
            "198.17.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "2a00::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert_eq!(not_public(ip.parse().expect(ip)), None, "{ip}");
        }
        assert_eq!(not_public("::ffff:169.254.169.254".parse().expect("an ip")), Some("a cloud's metadata service"));
        assert_eq!(not_public("fd00:ec2::254".parse().expect("an ip")), Some("a cloud's metadata service"));
    }

    #[test]
    fn odd_forms_of_hosts_are_written_out() {
        for (text, host) in [
            ("http://2130706433/", "127.0.0.1"),
            ("http://0x7f.1/x#y", "127.0.0.1"),
            ("http://017700000001/", "127.0.0.1"),
            ("http://127.1/", "127.0.0.1"),
            ("http://0/", "0.0.0.0"),
            ("http://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]"),
            ("http://①②⑦.⓪.⓪.①/", "127.0.0.1"),
            (" HTTPS://Example.ORG:443/a ", "example.org"),
            ("https://example.org./", "example.org."),
        ] {
            let url = address(text).expect(text);
            assert_eq!((url.host_str(), url.fragment()), (Some(host), None), "{text}");
        }
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for text in [
            "file:///etc/passwd",
            "ftp://example.org/",
            "gopher://example.org/",
            "javascript:alert(1)",
            "data:,x",
            "example.org",
            "",
            "http://",
            "https:///",
            "http://user@example.org/",
            "http://user:word@example.org/",
            "http://:word@example.org/",
            "http://example.org:99999/",
            "http://exa mple.org/",
            "http://[::1/",
            "http://1.2.3.4.5.6.7.888/",
            "//example.org/",
        ] {
            // Browsers take `https:///host` for `https://host`; what has no host at all is none.
            assert!(address(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_compared_in_one_form() {
        let guard = Guard::new(&["LocalHost.".to_owned(), "[::1]".to_owned()]);
        for host in ["localhost", "LOCALHOST", "localhost.", "[::1]", "::1"] {
            assert!(guard.allows(&plain(host)), "{host}");
        }
        for host in ["127.0.0.1", "localhost.example.org", "xlocalhost", ""] {
            assert!(!guard.allows(&plain(host)), "{host}");
        }
    }

    /// Names that lead to what the test says.
    #[derive(Debug)]
    struct Lead(Vec<&'static str>);

    impl Resolver for Lead {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut found = self.empty();
            self.0.iter().for_each(|place| found.push(place.parse().expect("a place")));
            Ok(found)
        }
    }

    #[test]
    fn only_what_was_checked_is_connected_to() {
        for (places, allowed, want) in [
            (vec!["8.8.8.8:80", "[2606:4700::1111]:80"], "other.org", Some(2)),
            (vec!["10.0.0.1:80", "8.8.8.8:80", "[::1]:80"], "other.org", Some(1)),
            (vec!["10.0.0.1:80", "127.0.0.1:80"], "other.org", None),
            (vec!["169.254.169.254:80"], "other.org", None),
            (vec!["10.0.0.1:80", "127.0.0.1:80"], "EXAMPLE.org.", Some(2)),
        ] {
            let guard = Guard { allowed: [plain(allowed)].into(), names: Lead(places.clone()) };
            let uri = "http://example.org/".parse().expect("an address");
            let timeout = NextTimeout {
                after: ureq::unversioned::transport::time::Duration::NotHappening,
                reason: ureq::Timeout::Global,
                ..NextTimeout::default()
            };
            match guard.resolve(&uri, &Config::default(), timeout) {
                Ok(found) => {
                    assert_eq!(Some(found.len()), want, "{places:?}");
                    let public = found.iter().all(|place| not_public(place.ip()).is_none());
                    assert!(public || allowed != "other.org", "{found:?}");
                }
                Err(error) => assert!(want.is_none(), "{places:?}: {error}"),
            }
        }
    }
}
