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
//! - `team` is there where several people have accounts: who they are, and what each may do.
//!
//! This crate knows no SQL, and of models only that `pourparler-intake` has them.

mod acting;
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
mod team;
#[cfg(test)]
mod tests;
mod view;
mod widgets;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware;

pub use app::App;
pub use error::{ServeError, WebError};
pub use team::{ProviderSettings, TeamSettings, TlsFiles};

/// A browser that does not get a request sent in so long is let go.
const FIRST_REQUEST: Duration = Duration::from_secs(30);
/// So often it is looked whether the certificate was renewed.
const RENEWED: Duration = Duration::from_secs(60);
/// When the program ends, answers that are being sent have so long.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

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
    /// Files of a certificate, where browsers are to come by https.
    pub tls: Option<TlsFiles>,
    /// Whether several people have accounts, and how; without, whoever reaches the workspace is its one user.
    pub team: Option<TeamSettings>,
}

/// What is to be told once the workspace listens.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Where it listens.
    pub address: SocketAddr,
    /// The address for a browser.
    pub url: String,
    /// Where nobody has an account that can let others in: the address by which the first owner comes in, once and within a day.
    pub first_owner: Option<String>,
}

/// Serves the workspace until `stop` comes to pass; `ready` is told where once it listens.
///
/// # Errors
/// Where the ledger, the dossier or the certificate cannot be read, the address cannot be had, or passwords would go over a network in
/// the clear.
pub async fn serve(
    settings: Settings,
    ready: impl FnOnce(Ready),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let listen = |error| ServeError::Listen { address: settings.listen, error };
    let tls = settings.tls.as_ref().map(team::config).transpose()?;
    let listener = std::net::TcpListener::bind(settings.listen).map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let server = axum_server::from_tcp(listener).map_err(listen)?;
    let host = settings.hosts.first().cloned();
    let app = App::open(settings, address)?;
    let url = url(&app, address, host.as_deref());
    let first_owner = team::first_invitation(&app)?.map(|path| format!("{url}{path}"));
    ready(Ready { address, url: format!("{url}/"), first_owner });
    tokio::spawn(app.clone().look_out());
    let handle = axum_server::Handle::new();
    let (ending, shutting) = (app.clone(), handle.clone());
    tokio::spawn(async move {
        stop.await;
        // Streams of events would never end by themselves.
        ending.stop();
        shutting.graceful_shutdown(Some(LAST_ANSWERS));
    });
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = server.handle(handle).first_request_timeout(FIRST_REQUEST);
    let served = match tls {
        Some(config) => {
            if let Some(files) = app.settings().tls.clone() {
                tokio::spawn(team::renew(config.clone(), files, RENEWED));
            }
            let acceptor = axum_server::tls_rustls::RustlsAcceptor::new(config);
            server.acceptor(acceptor).serve(service).await
        }
        None => server.serve(service).await,
    };
    let _ = tokio::task::spawn_blocking(move || app.jobs().wait_for_end()).await;
    served.map_err(ServeError::Broken)
}

/// The workspace's address for a browser, without a slash at its end.
fn url(app: &App, address: SocketAddr, host: Option<&str>) -> String {
    let proxied = app.settings().team.as_ref().is_some_and(|team| team.behind_proxy);
    match (proxied, app.settings().tls.is_some(), host) {
        (true, _, Some(host)) => format!("https://{host}"),
        (_, true, Some(host)) => format!("https://{host}:{}", address.port()),
        (_, true, None) => format!("https://{address}"),
        (..) => format!("http://{address}"),
    }
}

/// All routes over an application, with what guards them.
pub fn router(app: App) -> Router {
    routes(&app).0.with_state(app)
}

/// All routes, and what each of them needs of whoever uses it.
fn routes(app: &App) -> (Router<App>, Arc<team::Needs>) {
    let (api, api_needs) = api::router();
    let pages = pages::router().merge(team::pages());
    let assets = team::Declared::pages().page("/assets/{version}/{name}", team::Need::Anyone, assets::asset);
    let needs = Arc::new(pages.needs.with(api_needs).with(assets.needs));
    let router = Router::new()
        .merge(pages.router.layer(middleware::from_fn_with_state(app.clone(), shell::errors_as_pages)))
        .merge(api)
        .merge(assets.router)
        .fallback(error::no_such_page)
        .layer(middleware::from_fn_with_state(app.clone(), kept::keep))
        .layer(middleware::from_fn_with_state((app.clone(), Arc::clone(&needs)), team::door))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(error::caught_panic));
    (router, needs)
}
