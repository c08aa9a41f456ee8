//! Who may ask, and what browsers are told to keep to.
//!
//! The workspace is for the people at this machine, or for a team, whose accounts `team` looks after. Three things could make a browser that they use an enemy's tool:
//!
//! - *Another site posts a form here.* Browsers say on requests that change something where they come from, in `Sec-Fetch-Site` or at least in
//!   `Origin`; what comes from elsewhere is refused. Programs that are no browsers send neither and are let through.
//! - *Another site's name is pointed at this address* (DNS rebinding), so that the browser takes it for that site. The `Host` must be
//!   one that we know.
//! - *Text of an article is taken for markup.* All text is escaped when it is written, and if it were not, the policy below lets no
//!   script run that is not a file of ours, and nothing be loaded from or sent to elsewhere.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::{App, WebError};

/// No script, style, picture, frame or form target but our own.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Refuses what comes from other sites, and sends the headers that keep pages to themselves.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = match refuse(&app, request.method(), request.uri(), request.headers()) {
        Some(refused) => refused.into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.is_secure() {
        // For a year browsers ask this host by https alone.
        let always = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(always);
    }
    // What is on record is kept in no cache that outlives the browser's question whether it still holds.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

fn refuse(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<WebError> {
    let Some(host) = host(uri, headers) else {
        return Some(WebError::Refused("The request names no host.".to_owned()));
    };
    if !app.is_our_name(host) {
        return Some(WebError::Refused(format!(
            "This workspace is not called `{host}`. Where it should be, start it with --host {}.",
            without_port(host)
        )));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let told = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let from_here = match (told("sec-fetch-site"), told("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        (None, None) => true,
    };
    (!from_here).then(|| WebError::Refused("Another site may not change anything here.".to_owned()))
}

/// The host that a request is for, with its port.
fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    let mut all = headers.get_all(header::HOST).into_iter();
    match (uri.authority(), all.next(), all.next()) {
        (_, Some(_), Some(_)) => None,
        (Some(authority), ..) => Some(authority.as_str()),
        (None, Some(host), None) => host.to_str().ok(),
        (None, None, _) => None,
    }
}

/// `localhost:7070` and `[::1]:7070` without the port.
pub fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_taken_off() {
        for (host, name) in [
            ("localhost:7070", "localhost"),
            ("localhost", "localhost"),
            ("[::1]:7070", "[::1]"),
            ("[::1]", "[::1]"),
            ("127.0.0.1:80", "127.0.0.1"),
            ("evil.example:x", "evil.example:x"),
        ] {
            assert_eq!(without_port(host), name);
        }
    }
}
