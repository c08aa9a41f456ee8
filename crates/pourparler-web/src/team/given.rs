//! What a form of ours gives.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde::de::DeserializeOwned;

use crate::WebError;

/// A form as browsers send it. What cannot be read is told without its words, since they may be secrets.
pub struct Given<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Given<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(WebError::Bad("What is sent here is a form.".to_owned()));
        }
        let unreadable = || WebError::Bad("The form cannot be read, or a field of it is missing.".to_owned());
        let bytes = Bytes::from_request(request, state).await.map_err(|_| unreadable())?;
        serde_html_form::from_bytes(&bytes).map(Self).map_err(|_| unreadable())
    }
}
