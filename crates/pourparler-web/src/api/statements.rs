//! Statements: found, counted, and as a table.

use std::ops::ControlFlow;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use pourparler_brief::{COLUMNS, cells, guarded};
use pourparler_ledger::{Facet, LedgerError, Paging};
use pourparler_text::Entry;
use serde::{Deserialize, Serialize};
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};

use super::model::{Part, StatementOut};
use crate::ask::Asked;
use crate::error::ProblemDetails;
use crate::filters::Filters;
use crate::{App, WebError};

/// So many statements are sent at most at once.
const MOST: usize = 500;
/// So many rows has a table at most.
pub const MOST_ROWS: usize = 50_000;
/// Rows of a table are sent in pieces of about so many bytes.
const PIECE: usize = 64 * 1024;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Portion {
    /// How many to pass over.
    pub offset: Option<usize>,
    /// How many to send: 50 where it is not said, 500 at most.
    pub limit: Option<usize>,
}

impl Portion {
    /// The same for the ledger.
    #[must_use]
    pub fn paging(self) -> Paging {
        Paging { skip: self.offset.unwrap_or(0), most: self.limit.unwrap_or(50).min(MOST) }
    }
}

/// The statements that pass everything that is asked.
#[utoipa::path(get, path = "/statements", params(Filters, Portion), responses((status = 200, body = Part<StatementOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(
    State(app): State<App>,
    Asked(filters): Asked<Filters>,
    Asked(portion): Asked<Portion>,
) -> Result<Json<Part<StatementOut>>, WebError> {
    let paging = portion.paging();
    let found = app.read(move |ledger| ledger.page(&filters.filter(), filters.order(), paging)).await?;
    let talks = app.talks();
    let items = found.items.iter().map(|entry| StatementOut::of(entry, &talks)).collect();
    Ok(Json(Part { items, total: found.total, offset: paging.skip }))
}

/// A value and how many statements have it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountOut {
    /// What the filter is to be set to.
    pub value: String,
    /// How many statements.
    pub count: usize,
}

/// One way of telling statements apart.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacetOut {
    /// The values that most statements have, twenty at most; of months all of them, the latest first.
    pub values: Vec<CountOut>,
    /// How many further values there are.
    pub more: usize,
    /// How many statements have none.
    pub without: usize,
}

impl From<&Facet> for FacetOut {
    fn from(facet: &Facet) -> Self {
        let values = facet.values.iter().map(|v| CountOut { value: v.value.clone(), count: v.count }).collect();
        Self { values, more: facet.more, without: facet.without }
    }
}

/// How many of the statements that pass a filter there are of each kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacetsOut {
    /// How many pass.
    pub statements: usize,
    /// How many of them a person decided.
    pub reviewed: usize,
    /// For `party`.
    pub parties: FacetOut,
    /// For `speaker_exactly`.
    pub speakers: FacetOut,
    /// For `kind`.
    pub kinds: FacetOut,
    /// For `issue`.
    pub issues: FacetOut,
    /// For `stance`.
    pub stances: FacetOut,
    /// For `act`.
    pub acts: FacetOut,
    /// For `quotation`.
    pub quotations: FacetOut,
    /// For `outlet`.
    pub outlets: FacetOut,
    /// Months, `2031-03`: for `since` and `until`.
    pub months: FacetOut,
}

/// By what the statements that pass everything that is asked can be told apart further, and how many there are of each. A statement on
/// two issues counts for both.
#[utoipa::path(get, path = "/facets", params(Filters), responses((status = 200, body = FacetsOut), (status = 400, body = ProblemDetails)))]
pub async fn facets(State(app): State<App>, Asked(filters): Asked<Filters>) -> Result<Json<FacetsOut>, WebError> {
    let facets = app.facets(filters.filter()).await?;
    Ok(Json(FacetsOut {
        statements: facets.statements,
        reviewed: facets.reviewed,
        parties: (&facets.parties).into(),
        speakers: (&facets.speakers).into(),
        kinds: (&facets.kinds).into(),
        issues: (&facets.issues).into(),
        stances: (&facets.stances).into(),
        acts: (&facets.acts).into(),
        quotations: (&facets.quotations).into(),
        outlets: (&facets.outlets).into(),
        months: (&facets.months).into(),
    }))
}

/// The statements that pass everything that is asked as a table, 50,000 rows at most. Cells that a spreadsheet would take for a formula
/// begin with an apostrophe.
#[utoipa::path(get, path = "/statements.csv", params(Filters), responses((status = 200, description = "CSV with one head line", content_type = "text/csv"), (status = 400, body = ProblemDetails)))]
pub async fn table(State(app): State<App>, Asked(filters): Asked<Filters>) -> Result<Response, WebError> {
    let (sender, pieces) = tokio::sync::mpsc::channel::<Result<Vec<u8>, WebError>>(4);
    tokio::spawn(async move {
        let sending = sender.clone();
        let sent = app
            .read(move |ledger| {
                let mut table = Table::new();
                ledger.each(&filters.filter(), filters.order(), MOST_ROWS, |entry| {
                    table.add(&entry);
                    // Nobody listens any longer where the download was broken off.
                    match table.full().is_none_or(|piece| sending.blocking_send(Ok(piece)).is_ok()) {
                        true => ControlFlow::Continue(()),
                        false => ControlFlow::Break(()),
                    }
                })?;
                let _ = sending.blocking_send(Ok(table.rest()));
                Ok::<_, LedgerError>(())
            })
            .await;
        if let Err(e) = sent {
            // The answer has begun, so it can only be broken off, which a browser tells from its end.
            let _ = sender.send(Err(e)).await;
        }
    });
    let mut response = Body::from_stream(ReceiverStream::new(pieces)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"statements.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// Rows of CSV that wait to be sent.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new() -> Self {
        let mut table = Self(writer());
        // Writing to memory does not fail.
        let _ = table.0.write_record(COLUMNS);
        table
    }

    fn add(&mut self, entry: &Entry) {
        let _ = self.0.write_record(cells(entry).map(guarded));
    }

    /// What waits, where it is a piece.
    fn full(&mut self) -> Option<Vec<u8>> {
        (self.0.get_ref().len() >= PIECE).then(|| self.rest())
    }

    fn rest(&mut self) -> Vec<u8> {
        std::mem::replace(&mut self.0, writer()).into_inner().unwrap_or_default()
    }
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().flexible(true).from_writer(Vec::new())
}
