//! What a browser keeps of its user.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::ask::Sent;
use crate::cookies::keep;
use crate::{App, WebError};

/// What is to be kept; what is not given is left as it is.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Me {
    /// In whose name decisions are kept; empty for the name that the workspace was started with.
    reviewer: Option<String>,
    /// `light`, `dark`, or empty for as the system has it.
    theme: Option<String>,
}

/// Keeps in cookies who decides and how pages look.
#[utoipa::path(put, path = "/me", request_body = Me, responses((status = 204, description = "Kept"), (status = 400, body = crate::error::ProblemDetails)))]
pub async fn set(State(app): State<App>, Sent(me): Sent<Me>) -> Result<Response, WebError> {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(name) = &me.reviewer {
        if app.team().is_some() {
            return Err(WebError::Bad("Decisions are kept in the name of your account.".to_owned()));
        }
        if name.chars().count() > 80 || name.chars().any(char::is_control) {
            return Err(WebError::Bad("`reviewer` has at most 80 characters, all of them printable.".to_owned()));
        }
        response.headers_mut().append(header::SET_COOKIE, keep("reviewer", name.trim()));
    }
    if let Some(theme) = &me.theme {
        if !matches!(theme.as_str(), "" | "light" | "dark") {
            return Err(WebError::Bad("`theme` is light, dark or empty.".to_owned()));
        }
        response.headers_mut().append(header::SET_COOKIE, keep("theme", theme));
    }
    Ok(response)
}
