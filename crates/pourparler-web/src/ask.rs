//! What a request asks: the words after the question mark.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::WebError;

/// The query of an address as `T`. Fields left empty count as not given, and a field may come several times.
pub struct Asked<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let query = parts.uri.query().unwrap_or_default();
        let given: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
        match serde_html_form::from_str(&given.join("&")) {
            Ok(asked) => Ok(Self(asked)),
            Err(e) => Err(WebError::Bad(format!("The address asks `?{query}`, which cannot be read: {e}."))),
        }
    }
}

/// The body of a request as JSON; what is wrong with it is told with its place.
pub struct Sent<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> axum::extract::FromRequest<S> for Sent<T> {
    type Rejection = WebError;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, WebError> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(sent)) => Ok(Self(sent)),
            Err(e) => Err(WebError::Bad(format!("{}.", e.body_text()))),
        }
    }
}

/// The number in an address; what is none is told as other mistakes are.
pub struct Numbered<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Numbered<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(number)) => Ok(Self(number)),
            Err(e) => Err(WebError::Bad(format!("{}.", e.body_text()))),
        }
    }
}
