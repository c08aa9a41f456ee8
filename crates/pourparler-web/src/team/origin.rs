//! From where a request comes: the address that attempts are counted by.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::Team;
use crate::{App, WebError};

/// From where a request comes; handed on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside {
    /// The address, where it is known.
    pub address: Option<IpAddr>,
}

impl Outside {
    /// Of a request that came in from `peer`. Only a proxy that was announced is believed what it says of others.
    ///
    /// # Errors
    /// Where the proxy was not reached by https.
    pub fn of(team: &Team, peer: Option<IpAddr>, headers: &HeaderMap) -> Result<Self, WebError> {
        if !team.behind_proxy {
            return Ok(Self { address: peer });
        }
        if last(headers, "x-forwarded-proto") != Some("https") {
            return Err(WebError::Refused(
                "This workspace is reached by https alone. The proxy before it has to say so with `X-Forwarded-Proto: https`."
                    .to_owned(),
            ));
        }
        // What stands before the last is what the asker said itself.
        let told = last(headers, "x-forwarded-for").and_then(address);
        Ok(Self { address: told.or(peer) })
    }

    /// What attempts are counted by: an address, or the network of one household or machine where addresses are many.
    #[must_use]
    pub fn counted(&self) -> Option<IpAddr> {
        self.address.map(|address| match address.to_canonical() {
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            four => four,
        })
    }
}

impl FromRequestParts<App> for Outside {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        app.needed_team()?;
        Ok(parts.extensions.get().copied().unwrap_or(Self { address: None }))
    }
}

/// An address as proxies write it, some of them with a port.
fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// The last value of a header that may have several, and may come several times.
fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_counted() {
        for (told, counted) in [
            ("198.51.100.7", Some("198.51.100.7")),
            ("198.51.100.7:5678", Some("198.51.100.7")),
            ("::ffff:198.51.100.7", Some("198.51.100.7")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::")),
            ("[2001:db8:1:2:3:4:5:6]:5678", Some("2001:db8:1:2::")),
            ("unknown", None),
            ("", None),
        ] {
            let outside = Outside { address: address(told) };
            assert_eq!(outside.counted(), counted.map(|text| text.parse().expect("an address")), "{told}");
        }
    }
}
