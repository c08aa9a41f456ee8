//! Statements: found, and decided on.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use pourparler_ledger::Filter;
use pourparler_text::{Act, Stance};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Part, StatementOut};
use crate::ask::Asked;
use crate::error::ProblemDetails;
use crate::{App, WebError};

/// So many statements are sent at most at once.
const MOST: usize = 500;

/// Which statements are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Words of the speaker's name.
    pub speaker: Option<String>,
    /// The whole name of the party.
    pub party: Option<String>,
    /// Id of an issue.
    pub issue: Option<String>,
    /// Stance on that issue, or on any.
    #[param(value_type = Option<String>)]
    pub stance: Option<Stance>,
    /// What the statement does.
    #[param(value_type = Option<String>)]
    pub act: Option<Act>,
    /// First day.
    #[param(value_type = Option<String>, format = Date)]
    pub since: Option<Date>,
    /// Last day.
    #[param(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Words that all stand in content, sentence or speaker.
    pub text: Option<String>,
    /// How many to pass over.
    pub offset: Option<usize>,
    /// How many to send: 50 where it is not said, 500 at most.
    pub limit: Option<usize>,
}

/// The statements that pass everything that is asked, by day.
#[utoipa::path(get, path = "/statements", params(Query), responses((status = 200, body = Part<StatementOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<StatementOut>>, WebError> {
    let (offset, limit) = (query.offset.unwrap_or(0), query.limit.unwrap_or(50).min(MOST));
    let filter = Filter {
        speaker: query.speaker,
        party: query.party,
        issue: query.issue,
        stance: query.stance,
        act: query.act,
        since: query.since,
        until: query.until,
        text: query.text,
        ..Filter::default()
    };
    let found = app.read(move |ledger| ledger.statements(&filter)).await?;
    let talks = app.talks();
    let items = found.iter().skip(offset).take(limit).map(|entry| StatementOut::of(entry, &talks)).collect();
    Ok(Json(Part { items, total: found.len(), offset }))
}
