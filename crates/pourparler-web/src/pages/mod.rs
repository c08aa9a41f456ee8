//! The pages, a module each.

mod add;
mod brief;
mod dossier;
mod issues;
mod matrix;
mod network;
mod parts;
mod timeline;

pub use parts::days_between;
mod actors;
mod articles;
mod review;
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
        .route("/brief", get(brief::page))
        .route("/dossier", get(dossier::page))
        .route("/add", get(add::page))
        .route("/matrix/history", get(matrix::history))
        .route("/issues", get(issues::page))
        .route("/issues/{id}", get(issues::one))
        .route("/timeline", get(timeline::page))
        .route("/network", get(network::page))
        .route("/articles", get(articles::list))
        .route("/articles/{id}", get(articles::read))
        .route("/review", get(review::page))
        .route("/review/log", get(review::log))
        .route("/review/disagreements", get(review::disagreements))
        .route("/review/assignments", get(review::assignments))
        .route("/search", get(search::page))
        .route("/", get(today::page))
        .route("/actors", get(actors::page))
        .route("/actors/{id}", get(actors::one))
}
