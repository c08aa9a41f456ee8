//! From where a request comes: the address that attempts are counted by.

use std::net::{IpAddr, Ipv6Addr};

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
        let told = last(headers, "x-forwarded-for").and_then(|address| address.parse().ok());
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

/// The last value of a header that may have several, and may come several times.
fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next().map(str::trim)
}
