//! The two things that a browser keeps for us: who sits there, and whether pages are light or dark.

use axum::http::{HeaderMap, HeaderValue, header};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|h| h.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned()).filter(|v| !v.is_empty())
}

/// The header that keeps a cookie for a year; an empty value takes it away.
pub fn keep(name: &str, value: &str) -> HeaderValue {
    let age = if value.is_empty() { 0 } else { 31_536_000 };
    let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
    let line = format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Strict; HttpOnly");
    HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let kept = keep("reviewer", "Ana Ó; b=c");
        let sent = kept.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, format!("theme=dark; {sent}").parse().expect("a header"));
        assert_eq!(cookie(&headers, "reviewer").as_deref(), Some("Ana Ó; b=c"));
        assert_eq!(cookie(&headers, "theme").as_deref(), Some("dark"));
        assert_eq!(cookie(&headers, "them"), None);
    }
}
