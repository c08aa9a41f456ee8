//! Watched feeds: which they are, how they fare, and whether they are asked while the workspace is open.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use pourparler_ledger::FeedState;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::jobs::address;
use crate::ask::{Asked, Sent};
use crate::error::ProblemDetails;
use crate::kept::Passing;
use crate::{App, WebError};

/// A watched feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedOut {
    /// Its address.
    pub url: String,
    /// When it is asked next at the earliest; null where it was not asked yet.
    pub next_at: Option<String>,
    /// How often it failed since it was last well.
    pub failures: u32,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// Entries whose article is in the ledger.
    pub done: usize,
    /// Entries that failed and are tried again.
    pub failed: usize,
    /// Entries that failed for good.
    pub given_up: usize,
}

/// The feeds, and whether they are watched.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedsOut {
    /// Whether they are asked as their time comes, while the workspace runs.
    pub watching: bool,
    /// The feeds.
    pub feeds: Vec<FeedOut>,
}

/// A feed by its address.
#[derive(Debug, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Feed {
    /// Its address.
    url: String,
}

/// Whether feeds are watched.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Watching {
    /// Whether they are asked as their time comes.
    on: bool,
}

impl From<FeedState> for FeedOut {
    fn from(state: FeedState) -> Self {
        let FeedState { feed, done, failed, given_up } = state;
        let next_at = feed.next_at.map(|at| at.to_string());
        Self { url: feed.url, next_at, failures: feed.failures, last_error: feed.last_error, done, failed, given_up }
    }
}

/// All watched feeds.
#[utoipa::path(get, path = "/feeds", responses((status = 200, body = FeedsOut)))]
pub async fn list(State(app): State<App>) -> Result<Response, WebError> {
    let feeds = app.read(|ledger| ledger.watched_feeds()).await?.into_iter().map(FeedOut::from).collect();
    let mut response = Json(FeedsOut { watching: app.jobs().watching(), feeds }).into_response();
    // What is remembered of feeds is no part of the record.
    response.extensions_mut().insert(Passing);
    Ok(response)
}

/// Adds a feed to those that are watched.
#[utoipa::path(post, path = "/feeds", request_body = Feed, responses((status = 204, description = "It is watched"), (status = 400, body = ProblemDetails), (status = 409, body = ProblemDetails)))]
pub async fn add(State(app): State<App>, Sent(feed): Sent<Feed>) -> Result<StatusCode, WebError> {
    let url = address(&feed.url)?;
    let given = url.clone();
    if !app.write(move |ledger| ledger.add_feed(&given)).await? {
        return Err(WebError::Conflict(format!("{url} is watched already.")));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets a feed; the articles that came from it stay.
#[utoipa::path(delete, path = "/feeds", params(Feed), responses((status = 204, description = "It is watched no longer"), (status = 404, body = ProblemDetails)))]
pub async fn remove(State(app): State<App>, Asked(feed): Asked<Feed>) -> Result<StatusCode, WebError> {
    let url = feed.url.clone();
    if !app.write(move |ledger| ledger.remove_feed(&url)).await? {
        return Err(WebError::Missing(format!("{} is not watched.", feed.url)));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Has feeds asked as their time comes, or no longer, until the workspace ends.
#[utoipa::path(put, path = "/feeds/watching", request_body = Watching, responses((status = 204, description = "So it is")))]
pub async fn watch(State(app): State<App>, Sent(watching): Sent<Watching>) -> StatusCode {
    app.watch_feeds(watching.on);
    StatusCode::NO_CONTENT
}
