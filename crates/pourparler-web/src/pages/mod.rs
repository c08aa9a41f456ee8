//! The pages, a module each.

mod actors;
mod issues;
mod matrix;
mod network;
mod parts;
mod search;
mod timeline;
mod today;

pub use parts::days_between;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::{App, WebError};

/// What a handler of a page gives.
pub type Answer = Result<Response, WebError>;

/// Routes of all pages.
pub fn router() -> Router<App> {
    Router::new()
        .route("/matrix", get(matrix::page))
        .route("/search", get(search::page))
        .route("/", get(today::page))
        .route("/actors", get(actors::page))
        .route("/actors/{id}", get(actors::one))
        .route("/matrix/history", get(matrix::history))
        .route("/issues", get(issues::page))
        .route("/issues/{id}", get(issues::one))
        .route("/timeline", get(timeline::page))
        .route("/network", get(network::page))
}
