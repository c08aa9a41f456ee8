//! What people say about statements to one another. Comments are plain text; they are added and withdrawn, never changed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pourparler_ledger::Comment;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::Part;
use super::reviews::split;
use crate::ask::{Asked, Numbered, Sent};
use crate::error::ProblemDetails;
use crate::shell::Reader;
use crate::{App, WebError};

/// So many comments are sent at most at once.
const MOST: usize = 200;

/// A comment on a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentOut {
    /// Its number, by which it is answered and withdrawn.
    pub number: i64,
    /// When it was written, RFC 3339 in UTC.
    pub made_at: String,
    /// Who wrote it.
    pub author: String,
    /// Id of the article.
    pub article: String,
    /// `ARTICLE/ID` of the statement as it is called now; null where it is there no longer.
    pub statement: Option<String>,
    /// The first words of what it is about.
    pub about: String,
    /// What it says, as plain text; null where it was withdrawn.
    pub text: Option<String>,
    /// The number of the comment that it answers.
    pub answers: Option<i64>,
}

impl From<Comment> for CommentOut {
    fn from(comment: Comment) -> Self {
        let statement = comment.statement.map(|id| format!("{}/{id}", comment.article));
        let Comment { number, made_at, author, article, about, words, answers, .. } = comment;
        Self { number, made_at, author, article, statement, about, text: words, answers }
    }
}

/// Whose comments are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Id of the article.
    article: String,
    /// How many to pass over.
    offset: Option<usize>,
    /// How many to send: 50 where it is not said, 200 at most.
    limit: Option<usize>,
}

/// The comments on the statements of an article, in the order in which they were written.
#[utoipa::path(get, path = "/comments", params(Query), responses(
    (status = 200, body = Part<CommentOut>), (status = 400, body = ProblemDetails),
    (status = 404, description = "There is no such article", body = ProblemDetails)))]
pub async fn list(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<CommentOut>>, WebError> {
    let (offset, limit) = (query.offset.unwrap_or(0), query.limit.unwrap_or(50).min(MOST));
    let found = app.read(move |ledger| ledger.comments(&query.article)).await?;
    let total = found.len();
    Ok(Json(Part { items: found.into_iter().skip(offset).take(limit).map(Into::into).collect(), total, offset }))
}

/// A comment, on a statement or in answer to another.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentIn {
    /// `ARTICLE/ID` of the statement.
    statement: Option<String>,
    /// The number of the comment that it answers, in the place of `statement`.
    answers: Option<i64>,
    /// What it says: plain text, 1 to 4,000 characters.
    text: String,
}

/// What became of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentMade {
    /// Its number.
    number: i64,
}

/// Adds a comment, in the name of whoever sits at the browser.
#[utoipa::path(post, path = "/comments", request_body = CommentIn, responses(
    (status = 200, body = CommentMade), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    (status = 409, description = "The comment that it answers was withdrawn, or never was", body = ProblemDetails)))]
pub async fn add(
    State(app): State<App>,
    reader: Reader,
    Sent(sent): Sent<CommentIn>,
) -> Result<Json<CommentMade>, WebError> {
    let number = match (sent.statement, sent.answers) {
        (Some(name), None) => {
            let (article, id) = split(&name)?;
            let (article, id) = (article.to_owned(), id.to_owned());
            app.write(move |ledger| ledger.comment(&article, &id, &reader.name, &sent.text)).await?
        }
        (None, Some(answered)) => app.write(move |ledger| ledger.answer(answered, &reader.name, &sent.text)).await?,
        _ => {
            return Err(WebError::Bad(
                "A comment is on a `statement` or `answers` another; send one of the two.".to_owned(),
            ));
        }
    };
    Ok(Json(CommentMade { number }))
}

/// Withdraws a comment; only who wrote it may. That it was there is still shown.
#[utoipa::path(post, path = "/comments/{number}/withdraw", params(("number" = i64, Path, description = "Number of the comment")), responses(
    (status = 204, description = "Withdrawn"),
    (status = 403, description = "Somebody else wrote it", body = ProblemDetails),
    (status = 409, description = "No comment that stands has this number", body = ProblemDetails)))]
pub async fn withdraw(
    State(app): State<App>,
    reader: Reader,
    Numbered(number): Numbered<i64>,
) -> Result<StatusCode, WebError> {
    app.write(move |ledger| ledger.withdraw_comment(number, &reader.name)).await?;
    Ok(StatusCode::NO_CONTENT)
}
