//! The interface for programs, under `/api/v1`: what the pages show and do, as JSON. Errors are problem details (RFC 9457), lists come in
//! pages, answers carry an `ETag`. The OpenAPI document is made from the handlers, so it tells of every route and of no other.

mod actors;
mod articles;
mod assignments;
pub mod brief;
mod comments;
mod correction;
mod disagreements;
pub mod dossier;
pub mod feeds;
mod issues;
pub mod jobs;
mod me;
mod model;
mod network;
mod positions;
mod record;
mod reviews;
mod statements;
mod today;
mod told;

pub use actors::place as actor_place;
pub use statements::MOST_ROWS;

use axum::Json;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use articles::{Query as ArticleQuery, no_article};
pub use assignments::Query as AssignmentQuery;
pub use disagreements::{Differing, differing};
pub use reviews::{Kind as LogKind, Query as LogQuery, Waiting};
pub use told::state;

use crate::App;
use crate::app::News;
use crate::kept::Passing;

#[derive(OpenApi)]
#[openapi(info(
    title = "Pourparler",
    description = "The record of a negotiation: who said what, for whom, on which issue, when, and through whom.",
    license(name = "MIT OR Apache-2.0")
))]
struct Document;

/// All routes of the interface, with their document.
pub fn router() -> OpenApiRouter<App> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(statements::list))
        .routes(routes!(reviews::list, reviews::decide))
        .routes(routes!(reviews::undo))
        .routes(routes!(reviews::statistics))
        .routes(routes!(reviews::queue))
        .routes(routes!(reviews::choices))
        .routes(routes!(comments::list, comments::add))
        .routes(routes!(comments::withdraw))
        .routes(routes!(disagreements::list))
        .routes(routes!(disagreements::settle))
        .routes(routes!(assignments::list, assignments::assign))
        .routes(routes!(assignments::change))
        .routes(routes!(articles::list))
        .routes(routes!(articles::one))
        .routes(routes!(articles::statement))
        .routes(routes!(statements::facets))
        .routes(routes!(statements::table))
        .routes(routes!(actors::list))
        .routes(routes!(actors::one))
        .routes(routes!(actors::log, actors::decide))
        .routes(routes!(actors::undo))
        .routes(routes!(today::today))
        .routes(routes!(today::looked))
        .routes(routes!(me::set))
        .routes(routes!(positions::list))
        .routes(routes!(issues::list))
        .routes(routes!(issues::one))
        .routes(routes!(record::timeline))
        .routes(routes!(record::moves))
        .routes(routes!(record::rounds))
        .routes(routes!(record::claims))
        .routes(routes!(record::commitments))
        .routes(routes!(network::network))
        .routes(routes!(brief::data))
        .routes(routes!(brief::page))
        .routes(routes!(brief::markdown))
        .routes(routes!(dossier::get, dossier::put))
        .routes(routes!(dossier::check))
        .routes(routes!(dossier::change))
        .routes(routes!(dossier::suggest))
        .routes(routes!(jobs::list, jobs::add))
        .routes(routes!(jobs::get, jobs::cancel))
        .routes(routes!(feeds::list, feeds::add, feeds::remove))
        .routes(routes!(feeds::watch))
        .routes(routes!(events))
        .routes(routes!(document));
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", v1)
}

/// The OpenAPI document of this interface.
#[utoipa::path(get, path = "/openapi.json", responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")))]
async fn document() -> Json<utoipa::openapi::OpenApi> {
    let mut document = router().into_openapi();
    for (path, item) in &mut document.paths.paths {
        let methods =
            [("get", &mut item.get), ("put", &mut item.put), ("post", &mut item.post), ("delete", &mut item.delete)];
        for (method, operation) in methods.into_iter().filter_map(|(method, held)| Some((method, held.as_mut()?))) {
            // Handlers of different modules bear the same name, and names of operations must be told apart.
            let words = path.trim_start_matches("/api/v1/").replace(|c: char| !c.is_ascii_alphanumeric(), " ");
            let words = words.split_whitespace().collect::<Vec<_>>().join("_");
            operation.operation_id = Some(format!("{method}_{words}"));
        }
    }
    Json(document)
}

/// Server-sent events: `changed` when the record is another than it was, `job` with a job as JSON when it got further.
#[utoipa::path(get, path = "/events", responses((status = 200, description = "A stream of events", content_type = "text/event-stream")))]
async fn events(State(app): State<App>) -> Response {
    let news = BroadcastStream::new(app.news());
    // Who fell behind missed only that something changed, and learns it from the next news.
    let told = news.filter_map(Result::ok).take_while(|news| *news != News::Ending).map(|news| match news {
        News::Job(job) => Ok::<_, std::convert::Infallible>(Event::default().event("job").data(job)),
        News::Changed | News::Ending => Ok(Event::default().event("changed").data("-")),
    });
    let mut response = Sse::new(told).keep_alive(KeepAlive::default()).into_response();
    response.extensions_mut().insert(Passing);
    response
}
