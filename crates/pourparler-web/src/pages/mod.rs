//! The pages, a module each.

mod actors;
mod matrix;
mod search;
mod today;

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
}
