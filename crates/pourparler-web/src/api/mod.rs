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
mod refusals;
mod reviews;
mod security;
mod statements;
mod today;
mod told;

pub use actors::place as actor_place;
pub use statements::MOST_ROWS;

use std::time::{Duration, Instant};

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use pourparler_ledger::Role;
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
use crate::team::{Declared, Needs, PREFIX, in_person, members, own, reads, writes};

/// So long somebody of a team listens to events before it is asked again who they are.
const LISTENING: Duration = Duration::from_secs(5 * 60);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pourparler",
        description = "The record of a negotiation: who said what, for whom, on which issue, when, and through whom.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(crate::filters::Sorting))
)]
struct Document;

/// All operations of the interface with who may use them. Who may change something decides about statements as a reviewer, about the rest
/// as an editor, about people as an owner.
fn operations() -> Declared<OpenApiRouter<App>> {
    use Role::{Editor, Owner, Reader, Reviewer};
    Declared::operations()
        .routes(reads(Reader), routes!(statements::list))
        .routes(reads(Reader).writes(Reviewer), routes!(reviews::list, reviews::decide))
        .routes(writes(Reviewer), routes!(reviews::undo))
        .routes(reads(Reader), routes!(reviews::statistics))
        .routes(reads(Reader), routes!(reviews::queue))
        .routes(reads(Reader), routes!(reviews::choices))
        .routes(reads(Reader).writes(Reviewer), routes!(comments::list, comments::add))
        .routes(writes(Reviewer), routes!(comments::withdraw))
        .routes(reads(Reader), routes!(disagreements::list))
        .routes(writes(Reviewer), routes!(disagreements::settle))
        .routes(reads(Reader).writes(Editor), routes!(assignments::list, assignments::assign))
        .routes(writes(Reviewer), routes!(assignments::change))
        .routes(reads(Reader), routes!(articles::list))
        .routes(reads(Reader), routes!(articles::one))
        .routes(reads(Reader), routes!(articles::statement))
        .routes(reads(Reader), routes!(statements::facets))
        .routes(reads(Reader), routes!(statements::table))
        .routes(reads(Reader), routes!(actors::list))
        .routes(reads(Reader), routes!(actors::one))
        .routes(reads(Reader).writes(Editor), routes!(actors::log, actors::decide))
        .routes(writes(Editor), routes!(actors::undo))
        .routes(reads(Reader), routes!(today::today))
        .routes(writes(Reader), routes!(today::looked))
        .routes(reads(Reader).writes(Reader), routes!(own::who, me::set))
        .routes(reads(Reader), routes!(positions::list))
        .routes(reads(Reader), routes!(issues::list))
        .routes(reads(Reader), routes!(issues::one))
        .routes(reads(Reader), routes!(record::timeline))
        .routes(reads(Reader), routes!(record::moves))
        .routes(reads(Reader), routes!(record::rounds))
        .routes(reads(Reader), routes!(record::claims))
        .routes(reads(Reader), routes!(record::commitments))
        .routes(reads(Reader), routes!(network::network))
        .routes(reads(Reader), routes!(brief::data))
        .routes(reads(Reader), routes!(brief::page))
        .routes(reads(Reader), routes!(brief::markdown))
        .routes(reads(Reader).writes(Editor), routes!(dossier::get, dossier::put))
        .routes(writes(Reader), routes!(dossier::check))
        .routes(writes(Reader), routes!(dossier::change))
        .routes(reads(Reader), routes!(dossier::suggest))
        .routes(reads(Reader).writes(Editor), routes!(jobs::list, jobs::add))
        .routes(reads(Reader).writes(Editor), routes!(jobs::get, jobs::cancel))
        .routes(reads(Reader).writes(Editor), routes!(feeds::list, feeds::add, feeds::remove))
        .routes(writes(Editor), routes!(feeds::watch))
        .routes(in_person(), routes!(own::password))
        .routes(in_person(), routes!(own::sessions_of, own::end_others))
        .routes(in_person(), routes!(own::end))
        .routes(in_person(), routes!(own::tokens, own::make_token))
        .routes(in_person(), routes!(own::withdraw_token))
        .routes(reads(Owner), routes!(members::list))
        .routes(writes(Owner), routes!(members::change))
        .routes(writes(Owner), routes!(members::password_link))
        .routes(reads(Owner).writes(Owner), routes!(members::invitations, members::invite))
        .routes(writes(Owner), routes!(members::withdraw))
        .routes(reads(Reader), routes!(events))
        .routes(reads(Reader), routes!(document))
}

/// All routes of the interface, and who may use them.
pub fn router() -> (Router<App>, Needs) {
    let Declared { router, needs } = operations();
    let router = OpenApiRouter::with_openapi(Document::openapi()).nest(PREFIX, router);
    (router.split_for_parts().0, needs)
}

/// The OpenAPI document of this interface.
#[utoipa::path(get, path = "/openapi.json", responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")))]
async fn document() -> Json<utoipa::openapi::OpenApi> {
    let Declared { router, needs } = operations();
    let mut document = OpenApiRouter::with_openapi(Document::openapi()).nest(PREFIX, router).into_openapi();
    security::schemes(&mut document);
    for (path, item) in &mut document.paths.paths {
        let methods =
            [("get", &mut item.get), ("put", &mut item.put), ("post", &mut item.post), ("delete", &mut item.delete)];
        for (method, operation) in methods.into_iter().filter_map(|(method, held)| Some((method, held.as_mut()?))) {
            // Handlers of different modules bear the same name, and names of operations must be told apart.
            let words = path.trim_start_matches("/api/v1/").replace(|c: char| !c.is_ascii_alphanumeric(), " ");
            let words = words.split_whitespace().collect::<Vec<_>>().join("_");
            operation.operation_id = Some(format!("{method}_{words}"));
            if let Some(need) = method.to_uppercase().parse().ok().and_then(|method| needs.of(&method, path)) {
                security::told(operation, need);
            }
            refusals::told(operation, path);
        }
    }
    Json(document)
}

/// Server-sent events: `changed` when the record is another than it was, `job` with a job as JSON when it got further.
#[utoipa::path(get, path = "/events", responses((status = 200, description = "A stream of events", content_type = "text/event-stream")))]
async fn events(State(app): State<App>) -> Response {
    let news = BroadcastStream::new(app.news());
    // Who fell behind missed only that something changed, and learns it from the next news.
    let began = Instant::now();
    // Of a team it is asked again who listens: browsers come back by themselves, and who may no longer come in hears no more.
    let over = move || app.team().is_some() && began.elapsed() > LISTENING;
    let told =
        news.filter_map(Result::ok).take_while(move |news| *news != News::Ending && !over()).map(|news| match news {
            News::Job(job) => Ok::<_, std::convert::Infallible>(Event::default().event("job").data(job)),
            News::Changed | News::Ending => Ok(Event::default().event("changed").data("-")),
        });
    let mut response = Sse::new(told).keep_alive(KeepAlive::default()).into_response();
    response.extensions_mut().insert(Passing);
    response
}
