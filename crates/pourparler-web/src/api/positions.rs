//! Where the parties stand.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::Current;
use crate::ask::Asked;
use crate::error::ProblemDetails;
use crate::view::name;
use crate::{App, WebError, order};

/// As of which day, and of whom.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// As of this day, so that only statements with a day count; else over the whole record.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Date>,
    /// Only these parties, by their whole names; may come several times.
    #[serde(default)]
    party: Vec<String>,
    /// Only the issues of this group.
    group: Option<String>,
}

/// Parties by issues.
#[derive(Debug, Serialize, ToSchema)]
pub struct PositionsOut {
    /// The day as of which they hold; null for the whole record.
    on: Option<String>,
    /// The issues that are taken up, the one with most statements first.
    issues: Vec<ColumnOut>,
    /// The parties: the sides of the dossier first.
    parties: Vec<PartyOut>,
}

/// An issue of the table.
#[derive(Debug, Serialize, ToSchema)]
pub struct ColumnOut {
    /// Id of the issue.
    id: String,
    /// What it is called.
    label: String,
    /// The group that it belongs to; empty where it has none.
    group: String,
}

/// A party and its positions.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyOut {
    /// The party.
    party: String,
    /// Whether it is a side of the dossier.
    side: bool,
    /// Where it stands on the issues on which it has spoken.
    positions: Vec<StandOut>,
    /// Ids of the issues on which it has said nothing at all.
    silent: Vec<String>,
}

/// A party's position on an issue.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandOut {
    /// Id of the issue.
    issue: String,
    /// `supports`, `opposes`, `conditional`, `open` or `unclear`.
    stance: &'static str,
    /// The latest day on which the party said so, `YYYY-MM-DD`.
    day: Option<String>,
    /// The statement of that day that weighs most for the stance, as `ARTICLE/ID`.
    lead: String,
    /// Whether a person decided on that statement.
    reviewed: bool,
    /// Statements of that day that take the stance.
    statements: usize,
    /// Statements of that day that take another.
    dissent: usize,
    /// The others: of earlier days, or without a clear stance.
    other: usize,
}

/// Where each party stands on each issue, over the whole record or as of a day.
#[utoipa::path(get, path = "/positions", params(Query), responses((status = 200, body = PositionsOut), (status = 400, body = ProblemDetails)))]
pub async fn list(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<PositionsOut>, WebError> {
    let current = app.view().await?;
    Ok(Json(positions(&current, &query)))
}

fn positions(current: &Current, query: &Query) -> PositionsOut {
    let at_day = query.on.map(|on| current.standings.matrix(Some(on)));
    let matrix = at_day.as_ref().unwrap_or(&current.matrix);
    let talks = &current.talks;
    let issues = order::issues(current, talks, query.group.as_deref());
    let parties = order::parties(current, talks);
    let chosen = parties.into_iter().filter(|party| query.party.is_empty() || query.party.iter().any(|p| p == party));
    let party = |party: &str| {
        let mut out = PartyOut {
            party: party.to_owned(),
            side: order::is_side(talks, party),
            positions: Vec::new(),
            silent: Vec::new(),
        };
        for issue in &issues {
            let Some(cell) = matrix.cell(party, issue) else {
                out.silent.push((*issue).to_owned());
                continue;
            };
            let lead = current.statement(cell.lead);
            out.positions.push(StandOut {
                issue: (*issue).to_owned(),
                stance: cell.stance.as_str(),
                day: cell.day.map(|day| day.to_string()),
                lead: lead.map(name).unwrap_or_default(),
                reviewed: lead.is_some_and(pourparler_brief::Cited::is_reviewed),
                statements: cell.statements.len(),
                dissent: cell.dissent.len(),
                other: cell.other.len(),
            });
        }
        out
    };
    PositionsOut {
        on: query.on.map(|on| on.to_string()),
        parties: chosen.map(party).collect(),
        issues: issues
            .iter()
            .map(|id| ColumnOut {
                id: (*id).to_owned(),
                label: talks.label(id).to_owned(),
                group: order::group(talks, id).to_owned(),
            })
            .collect(),
    }
}
