//! The workspace: what an analyst keeps open all day, as pages in a browser, and the same as an API.
//!
//! [`serve`] answers on one address until it is told to stop. Pages are rendered here and work without anything from elsewhere: one
//! style sheet and a few small modules of our own lie inside the binary. What pages do, they do through the API under `/api/v1`, whose
//! OpenAPI document is made from the same handlers.
//!
//! - `app` is what all handlers share: connections to the ledger, the dossier, and
//! - `view`, what the record adds up to, made once for each state of the ledger.
//! - `guard` refuses what comes from other sites, and sends the headers that keep pages to themselves.
//! - `pages` has a module for each page, `api` one for each part of the interface; `shell` is what all pages have around them.
//!
//! - `jobs` is the one thread that adds to the ledger.
//!
//! This crate knows no SQL, and of models only that `pourparler-intake` has them.

mod api;
mod app;
mod arrivals;
mod ask;
mod assets;
mod briefs;
mod chart;
mod cookies;
mod counted;
mod error;
mod filters;
#[cfg(test)]
mod fixture;
mod fresh;
mod further;
mod guard;
mod happenings;
mod issue;
mod jobs;
mod kept;
mod marked;
mod order;
mod pages;
mod preview;
mod profile;
mod quality;
mod said_by;
mod shell;
mod talks;
#[cfg(test)]
mod tests;
mod view;
mod widgets;

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum::middleware;

pub use app::App;
pub use error::{ServeError, WebError};

/// How the workspace is served.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The ledger; it is made where there is none.
    pub ledger: PathBuf,
    /// The user's dossier: a file, which is written when the dossier is first changed on its page.
    pub dossier: Option<PathBuf>,
    /// Where to listen. Port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Names under which the workspace may be asked for beside the address itself and `localhost`.
    pub hosts: Vec<String>,
    /// Hosts whose addresses may be fetched though they are no public ones.
    pub allow_hosts: Vec<String>,
    /// In whose name decisions are kept where a browser has not said who sits there.
    pub reviewer: String,
}

/// Serves the workspace until `stop` comes to pass; `ready` is told the address once it listens.
///
/// # Errors
/// Where the ledger or the dossier cannot be read, or the address cannot be had.
pub async fn serve(
    settings: Settings,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let listener = tokio::net::TcpListener::bind(settings.listen).await;
    let listener = listener.map_err(|error| ServeError::Listen { address: settings.listen, error })?;
    let address = listener.local_addr().map_err(|error| ServeError::Listen { address: settings.listen, error })?;
    let app = App::open(settings, address)?;
    ready(address);
    tokio::spawn(app.clone().look_out());
    let ending = app.clone();
    let service = axum::serve(listener, router(app.clone())).with_graceful_shutdown(async move {
        stop.await;
        // Streams of events would never end by themselves.
        ending.stop();
    });
    let served = service.await.map_err(ServeError::Broken);
    let _ = tokio::task::spawn_blocking(move || app.jobs().wait_for_end()).await;
    served
}

/// All routes over an application, with what guards them.
pub fn router(app: App) -> Router {
    let (api, _) = api::router().split_for_parts();
    let pages = pages::router().layer(middleware::from_fn_with_state(app.clone(), shell::errors_as_pages));
    Router::new()
        .merge(pages)
        .merge(api)
        .route("/assets/{version}/{name}", axum::routing::get(assets::asset))
        .fallback(error::no_such_page)
        .layer(middleware::from_fn_with_state(app.clone(), kept::keep))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(error::caught_panic))
        .with_state(app)
}
