//! Addresses that lead here and back.

use axum::http::{HeaderMap, Uri, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use pourparler_ledger::Secret;

use super::Team;

/// The path of an invitation. Its secret stands behind `#`, which browsers send nowhere: it gets into no log on its way.
pub fn invitation(secret: &Secret) -> String {
    format!("/invitation#{}", secret.reveal())
}

/// Where to sign in, and to come back from there.
pub fn sign_in(back: &str) -> String {
    match local(Some(back)) {
        "/" => "/sign-in".to_owned(),
        back => format!("/sign-in?to={}", utf8_percent_encode(back, NON_ALPHANUMERIC)),
    }
}

/// A page of this workspace to go to; the first one where what is asked for is none. Nothing that a browser could take for the address
/// of another site comes through.
pub fn local(to: Option<&str>) -> &str {
    let Some(to) = to else { return "/" };
    let plain = to.starts_with('/')
        && !to.starts_with("//")
        && to.len() <= 2000
        && to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        && to.parse::<Uri>().is_ok_and(|uri| uri.authority().is_none() && uri.scheme().is_none());
    let path = to.split(['?', '#']).next().unwrap_or_default();
    let elsewhere = ["/sign-in", "/sign-out", "/invitation", "/api", "/assets"];
    let leads_back =
        elsewhere.iter().any(|e| path == *e || path.strip_prefix(e).is_some_and(|rest| rest.starts_with('/')));
    if plain && !leads_back && !path.contains("//") { to } else { "/" }
}

impl Team {
    /// The workspace's address as the browser has it: the host was found to be one of ours.
    pub(super) fn base(&self, uri: &Uri, headers: &HeaderMap) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = uri.authority().map(axum::http::uri::Authority::as_str).or(named).unwrap_or("localhost");
        format!("{scheme}://{host}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_are_gone_back_to() {
        for (asked, gone) in [
            ("/matrix?on=2031-03-04", "/matrix?on=2031-03-04"),
            ("/articles/a%2Fb", "/articles/a%2Fb"),
            ("/", "/"),
            ("", "/"),
            ("matrix", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/%5Cevil.example", "/%5Cevil.example"),
            ("https://evil.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("/x//evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("/\r\nset-cookie: a=b", "/"),
            ("/sign-in?to=/matrix", "/"),
            ("/sign-out", "/"),
            ("/api/v1/events", "/"),
            ("/sign-insights", "/sign-insights"),
        ] {
            assert_eq!(local(Some(asked)), gone, "{asked}");
        }
        assert_eq!(local(None), "/");
        assert_eq!(sign_in("/matrix?on=2031-03-04"), "/sign-in?to=%2Fmatrix%3Fon%3D2031%2D03%2D04");
    }
}
