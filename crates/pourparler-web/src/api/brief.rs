//! The brief: what the record adds up to, as data and as files to keep.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use pourparler_brief::{
    Brief, BriefOptions, Claims, Commitment, Condition, Distance, Gaps, IssueLabel, Matrix, Meeting, Move, New, Period,
    TalkDay, Voices, to_html, to_markdown,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::model::{Part, StatementOut};
use crate::ask::Asked;
use crate::briefs::{Made, brief};
use crate::error::ProblemDetails;
use crate::{App, WebError};

/// So many statements are sent at most at once.
const MOST: usize = 500;
/// More than so many parties or issues make no brief that anybody could read.
const NAMES: usize = 200;

/// What a brief is to be about.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Headline; one is made where none is given.
    pub title: Option<String>,
    /// From which day on statements count as new: the last of the record where it is not said.
    #[param(value_type = Option<String>, format = Date)]
    pub since: Option<Date>,
    /// The last day that counts.
    #[param(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Only these parties, by whole names.
    #[serde(default)]
    pub party: Vec<String>,
    /// Only these issues, by id.
    #[serde(default)]
    pub issue: Vec<String>,
    /// How many statements to pass over (JSON only).
    pub offset: Option<usize>,
    /// How many statements to send: 50 where it is not said, 500 at most (JSON only).
    pub limit: Option<usize>,
}

impl Query {
    fn options(self) -> Result<BriefOptions, WebError> {
        if self.party.len() > NAMES || self.issue.len() > NAMES {
            return Err(WebError::Bad(format!("A brief can be about {NAMES} parties and as many issues at most.")));
        }
        Ok(BriefOptions {
            title: self.title,
            since: self.since,
            until: self.until,
            parties: self.party,
            issues: self.issue,
        })
    }
}

/// Makes a brief where nothing else has to wait for it.
pub async fn made(app: &App, query: Query) -> Result<Arc<Made>, WebError> {
    let options = query.options()?;
    let current = app.view().await?;
    let made = tokio::task::spawn_blocking(move || brief(&current, &options)).await;
    made.map_err(|_| WebError::Fault("The brief could not be made; standard error says why.".to_owned()))
}

/// A brief as it is sent. Numbers are those of its statements.
#[derive(Serialize)]
struct BriefOut<'a> {
    title: &'a str,
    parties: &'a [String],
    about: &'a [String],
    period: Option<Period>,
    issues: &'a [IssueLabel],
    matrix: &'a Matrix,
    moves: &'a [Move],
    conditions: &'a [Condition],
    claims: &'a Claims,
    commitments: &'a [Commitment],
    distances: &'a [Distance],
    rounds: &'a [Meeting],
    talk_days: &'a [TalkDay],
    new: &'a Option<New>,
    voices: &'a Voices,
    gaps: &'a Gaps,
    statements: Part<Numbered>,
}

#[derive(Serialize)]
struct Numbered {
    number: usize,
    #[serde(flatten)]
    statement: StatementOut,
}

/// The brief as data: matrix, moves, claims and the rest with numbers of statements, and the statements in parts.
#[utoipa::path(get, path = "/brief", params(Query), responses((status = 200, description = "The brief", content_type = "application/json"), (status = 400, body = ProblemDetails)))]
pub async fn data(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Response, WebError> {
    let (offset, limit) = (query.offset.unwrap_or(0), query.limit.unwrap_or(50).min(MOST));
    let made = made(&app, query).await?;
    let (brief, talks) = (&made.brief, app.talks());
    let numbered =
        |c: &pourparler_brief::Cited| Numbered { number: c.number, statement: StatementOut::of(&c.entry, &talks) };
    let items = brief.statements.iter().skip(offset).take(limit).map(numbered).collect();
    Ok(Json(out(brief, Part { items, total: brief.statements.len(), offset })).into_response())
}

fn out(brief: &Brief, statements: Part<Numbered>) -> BriefOut<'_> {
    BriefOut {
        title: &brief.title,
        parties: &brief.parties,
        about: &brief.about,
        period: brief.period,
        issues: &brief.issues,
        matrix: &brief.matrix,
        moves: &brief.moves,
        conditions: &brief.conditions,
        claims: &brief.claims,
        commitments: &brief.commitments,
        distances: &brief.distances,
        rounds: &brief.rounds,
        talk_days: &brief.talk_days,
        new: &brief.new,
        voices: &brief.voices,
        gaps: &brief.gaps,
        statements,
    }
}

/// The brief as one page that needs nothing else, to keep.
#[utoipa::path(get, path = "/brief.html", params(Query), responses((status = 200, description = "The brief", content_type = "text/html"), (status = 400, body = ProblemDetails)))]
pub async fn page(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Response, WebError> {
    file(&app, query, to_html, "html", "text/html; charset=utf-8").await
}

/// The brief as Markdown.
#[utoipa::path(get, path = "/brief.md", params(Query), responses((status = 200, description = "The brief", content_type = "text/markdown"), (status = 400, body = ProblemDetails)))]
pub async fn markdown(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Response, WebError> {
    file(&app, query, to_markdown, "md", "text/markdown; charset=utf-8").await
}

async fn file(
    app: &App,
    query: Query,
    write: fn(&Brief) -> String,
    ending: &str,
    kind: &'static str,
) -> Result<Response, WebError> {
    let made = made(app, query).await?;
    let day = made.brief.period.map_or_else(String::new, |p| format!("-{}", p.to));
    let written = tokio::task::spawn_blocking(move || write(&made.brief)).await;
    let written = written.map_err(|_| WebError::Fault("The brief could not be written.".to_owned()))?;
    let mut response = written.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let named = HeaderValue::from_str(&format!("attachment; filename=\"brief{day}.{ending}\""));
    if let Ok(named) = named {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
    }
    Ok(response)
}
