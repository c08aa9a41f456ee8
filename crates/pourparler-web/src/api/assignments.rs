//! Who reads which articles.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pourparler_ledger::{Assigned, Assignment, Paging, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::Part;
use crate::ask::{Asked, Sent};
use crate::error::ProblemDetails;
use crate::shell::Reader;
use crate::{App, WebError};

/// So many assignments are sent at most at once.
const MOST: usize = 200;

/// An article that somebody is to read.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentOut {
    /// Id of the article.
    pub article: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who reads it.
    pub reviewer: String,
    /// Who assigned it, or said that it is done.
    pub by: String,
    /// When, RFC 3339 in UTC.
    pub made_at: String,
    /// On how many of its statements the reviewer decided.
    pub decided: usize,
    /// Of how many; those that others rejected before are not counted.
    pub statements: usize,
    /// Whether the reviewer is through with it: decided on every statement, or somebody said so.
    pub done: bool,
}

impl From<Assignment> for AssignmentOut {
    fn from(assignment: Assignment) -> Self {
        let Assignment { article, title, reviewer, by, made_at, decided, statements, done } = assignment;
        Self { article, title, reviewer, by, made_at, decided, statements, done }
    }
}

/// Whose assignments are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Who reads, to the letter; everybody where it is not said.
    pub reviewer: Option<String>,
    /// How many to pass over.
    pub offset: Option<usize>,
    /// How many to send: 50 where it is not said, 200 at most.
    pub limit: Option<usize>,
}

impl Query {
    /// The same for the ledger.
    #[must_use]
    pub fn paging(&self) -> Paging {
        Paging { skip: self.offset.unwrap_or(0), most: self.limit.unwrap_or(50).min(MOST) }
    }
}

/// What is assigned, in the order in which it was.
#[utoipa::path(get, path = "/assignments", params(Query), responses((status = 200, body = Part<AssignmentOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<AssignmentOut>>, WebError> {
    let paging = query.paging();
    let found = app.read(move |ledger| ledger.assignments(query.reviewer.as_deref(), paging)).await?;
    let items = found.items.into_iter().map(Into::into).collect();
    Ok(Json(Part { items, total: found.total, offset: paging.skip }))
}

/// Who is to read what: `articles`, or the `next` ones.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentIn {
    /// Who reads.
    reviewers: Vec<String>,
    /// Ids of articles, which all of them read.
    articles: Option<Vec<String>>,
    /// So many for each of the articles next in the queue that nobody has to read or has read.
    next: Option<usize>,
    /// So many of these are the same for all, which is how it is measured how far they agree; with `next` only, none where it is
    /// not said.
    common: Option<usize>,
}

/// Somebody and an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignedOut {
    /// Id of the article.
    article: String,
    /// Who reads it.
    reviewer: String,
}

/// What was assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignedAll {
    /// What was not assigned before; fewer than were asked for where fewer wait.
    assigned: Vec<AssignedOut>,
}

/// Assigns articles to reviewers.
#[utoipa::path(post, path = "/assignments", request_body = AssignmentIn, responses(
    (status = 200, body = AssignedAll), (status = 400, body = ProblemDetails),
    (status = 404, description = "There is no such article", body = ProblemDetails)))]
pub async fn assign(
    State(app): State<App>,
    reader: Reader,
    Sent(sent): Sent<AssignmentIn>,
) -> Result<Json<AssignedAll>, WebError> {
    let AssignmentIn { reviewers, articles, next, common } = sent;
    let assigned = match (articles, next) {
        (Some(_), None) if common.is_some() => {
            return Err(WebError::Bad("`common` goes with `next`; `articles` are the same for all.".to_owned()));
        }
        (Some(articles), None) => app.write(move |ledger| ledger.assign(&articles, &reviewers, &reader.name)).await?,
        (None, Some(next)) => {
            let common = common.unwrap_or(0);
            app.write(move |ledger| ledger.assign_next(&reviewers, next, common, &reader.name)).await?
        }
        _ => return Err(WebError::Bad("Send either `articles` or `next`.".to_owned())),
    };
    let out = |Assigned { article, reviewer }| AssignedOut { article, reviewer };
    Ok(Json(AssignedAll { assigned: assigned.into_iter().map(out).collect() }))
}

/// What an assignment becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Becomes {
    /// The reviewer is through with it.
    Done,
    /// They do not have to read it; what they decided stays.
    Withdrawn,
}

/// Which assignment, and what it becomes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentChange {
    /// Id of the article.
    article: String,
    /// Who has to read it; whoever sits at the browser where it is not said.
    reviewer: Option<String>,
    /// `done` or `withdrawn`.
    becomes: Becomes,
}

/// Says that somebody is through with an article, or takes it from them.
#[utoipa::path(post, path = "/assignments/change", request_body = AssignmentChange, responses(
    (status = 204, description = "Kept"), (status = 400, body = ProblemDetails),
    (status = 403, description = "It is another's, and takes an editor", body = ProblemDetails),
    (status = 404, description = "There is no such article", body = ProblemDetails),
    (status = 409, description = "It is not assigned to them (any longer)", body = ProblemDetails)))]
pub async fn change(
    State(app): State<App>,
    reader: Reader,
    Sent(sent): Sent<AssignmentChange>,
) -> Result<StatusCode, WebError> {
    let AssignmentChange { article, reviewer, becomes } = sent;
    let whose = reviewer.unwrap_or_else(|| reader.name.clone());
    // Those who share out the work may change anybody's share; others say what they have done themselves.
    if !reader.may(Role::Editor) && (whose != reader.name || becomes == Becomes::Withdrawn) {
        return Err(WebError::Refused("It takes an editor to change what others have to read.".to_owned()));
    }
    let changed = app.write(move |ledger| match becomes {
        Becomes::Done => ledger.read_through(&article, &whose, &reader.name),
        Becomes::Withdrawn => ledger.unassign(&article, &whose, &reader.name),
    });
    changed.await?;
    Ok(StatusCode::NO_CONTENT)
}
