//! The pages, a module each.

mod add;
mod brief;
mod dossier;
mod issues;
mod matrix;
mod network;
mod parts;
mod timeline;

pub use articles::instant;
pub use parts::days_between;
mod actors;
mod articles;
mod review;
mod search;
mod today;

use axum::Router;
use axum::response::Response;
use pourparler_ledger::Role;

use crate::team::{Declared, Need};
use crate::{App, WebError};

/// What a handler of a page gives.
pub type Answer = Result<Response, WebError>;

/// Who may look at pages.
const READ: Need = Need::Role(Role::Reader);

/// Routes of all pages, for whoever may read.
pub fn router() -> Declared<Router<App>> {
    Declared::pages()
        .page("/matrix", READ, matrix::page)
        .page("/brief", READ, brief::page)
        .page("/dossier", READ, dossier::page)
        .page("/add", READ, add::page)
        .page("/matrix/history", READ, matrix::history)
        .page("/issues", READ, issues::page)
        .page("/issues/{id}", READ, issues::one)
        .page("/timeline", READ, timeline::page)
        .page("/network", READ, network::page)
        .page("/articles", READ, articles::list)
        .page("/articles/{id}", READ, articles::read)
        .page("/review", READ, review::page)
        .page("/review/log", READ, review::log)
        .page("/review/disagreements", READ, review::disagreements)
        .page("/review/assignments", READ, review::assignments)
        .page("/search", READ, search::page)
        .page("/", READ, today::page)
        .page("/actors", READ, actors::page)
        .page("/actors/{id}", READ, actors::one)
}
