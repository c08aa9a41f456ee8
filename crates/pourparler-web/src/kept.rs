//! Answers are made once for each state of the record: browsers that have one are told that it still holds, and others get the one that was
//! made before.
//!
//! A page depends on the ledger, the dossier, the day, its address, and the cookies or who asks, and on nothing else; what does not, bears the mark
//! [`Passing`].

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::App;
use crate::cookies::cookie;
use crate::team::Caller;

/// So many bytes of answers are kept.
const MOST: u64 = 32 * 1024 * 1024;

/// Longer answers are made anew each time.
const LONGEST: u64 = 256 * 1024;

/// Marks an answer that does not tell how things are now, but how they were or go on.
#[derive(Debug, Clone, Copy)]
pub struct Passing;

/// Answers by their address and cookies; those asked for least make room for others. One of an earlier state of the record is replaced
/// when it is next asked for.
#[derive(Debug)]
pub struct Kept(Cache<(String, String), Made, Length>);

#[derive(Debug, Clone)]
struct Made {
    tag: String,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Debug, Clone)]
struct Length;

impl Weighter<(String, String), Made> for Length {
    fn weight(&self, (address, cookies): &(String, String), made: &Made) -> u64 {
        // Headers are few and short.
        (made.body.len() + made.tag.len() + address.len() + cookies.len() + 512) as u64
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self(Cache::with_weighter(1024, MOST, Length))
    }
}

/// Answers with what was made before, where the record is the same.
pub async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    let keeps =
        matches!(*request.method(), Method::GET | Method::HEAD) && !request.uri().path().starts_with("/assets/");
    let Some(mark) = app.mark().filter(|_| keeps) else { return next.run(request).await };
    let address = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let cookies = of_reader(&request);
    let mut hash = DefaultHasher::new();
    (&address, &cookies).hash(&mut hash);
    let tag = format!("W/\"{mark}.{:x}\"", hash.finish());
    let told = request.headers().get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if told.flat_map(|value| value.split(',')).any(|value| value.trim() == tag) {
        return tagged(StatusCode::NOT_MODIFIED.into_response(), &tag);
    }
    let key = (address, cookies);
    if let Some(made) = app.kept().0.get(&key).filter(|made| made.tag == tag) {
        let mut response = Response::new(Body::from(made.body));
        *response.headers_mut() = made.headers;
        return response;
    }
    let whole = *request.method() == Method::GET;
    let response = next.run(request).await;
    if !response.status().is_success() || response.extensions().get::<Passing>().is_some() {
        return response;
    }
    let response = tagged(response, &tag);
    let (parts, body) = response.into_parts();
    if !whole || parts.status != StatusCode::OK || body.size_hint().exact().is_none_or(|length| length > LONGEST) {
        return Response::from_parts(parts, body);
    }
    // Its length is known, so it is in memory already.
    match axum::body::to_bytes(body, usize::MAX).await {
        Ok(body) => {
            // As long as it is: what a page grew in has room to spare, up to twice its length.
            let body = Bytes::copy_from_slice(&body);
            app.kept().0.insert(key, Made { tag, headers: parts.headers.clone(), body: body.clone() });
            Response::from_parts(parts, Body::from(body))
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What of an answer depends on who asks.
fn of_reader(request: &Request) -> String {
    // Of somebody with an account nothing else counts, and the secret by which they are known is kept nowhere.
    if let Some(caller) = request.extensions().get::<Caller>() {
        return format!("{} {}", caller.mark(), cookie(request.headers(), "theme").unwrap_or_default());
    }
    let cookies = request.headers().get_all(header::COOKIE).iter();
    cookies.map(|c| String::from_utf8_lossy(c.as_bytes())).collect::<Vec<_>>().join(";")
}

fn tagged(mut response: Response, tag: &str) -> Response {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Cookie"));
    }
    response
}
