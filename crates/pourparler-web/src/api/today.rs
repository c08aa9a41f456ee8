//! What is new since a reader last looked, and what waits.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use jiff::Timestamp;
use pourparler_ledger::{FeedFailure, LedgerError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::StatementOut;
use crate::app::Current;
use crate::ask::{Asked, Sent};
use crate::error::ProblemDetails;
use crate::fresh::Fresh;
use crate::kept::Passing;
use crate::shell::Reader;
use crate::view::name;
use crate::{App, WebError};

/// So many of each are sent; the totals count all.
const MOST: usize = 50;

/// From when on things are new.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// An instant; where it is not given, when the reader last looked.
    #[param(value_type = Option<String>, format = DateTime)]
    pub since: Option<Timestamp>,
}

/// Some of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Some50<T> {
    /// The first of them, fifty at most.
    pub items: Vec<T>,
    /// How many there are.
    pub total: usize,
}

impl<T> Some50<T> {
    fn of<S>(all: &[S], made: impl Fn(&S) -> Option<T>) -> Self {
        Self { items: all.iter().take(MOST).filter_map(made).collect(), total: all.len() }
    }
}

/// What is new in an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewInArticle {
    /// Its id.
    pub article: String,
    /// The heaviest of its new statements.
    pub statement: StatementOut,
    /// How many of its statements are new.
    pub statements: usize,
}

/// A change of position.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveOut {
    /// Whose.
    pub party: String,
    /// Id of the issue.
    pub issue: String,
    /// Stance before.
    pub from: &'static str,
    /// Stance after.
    pub to: &'static str,
    /// Day of the new position.
    pub day: String,
    /// Whether nothing speaks against it.
    pub firm: bool,
    /// The statements of the earlier position.
    pub before: Vec<String>,
    /// The statements of the new one.
    pub after: Vec<String>,
}

/// An actor who was not on record before.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewActor {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whom it speaks for.
    pub party: Option<String>,
}

/// A promise with its day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromiseOut {
    /// The statement that makes it.
    pub statement: String,
    /// Who promises.
    pub party: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub due: String,
    /// Whether that is over, with no word of it.
    pub overdue: bool,
}

/// A feed or an entry that failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FailureOut {
    /// Address of the feed.
    pub feed: String,
    /// Address of the entry, where it is one that failed.
    pub entry: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
}

/// An article whose language is not read.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadOut {
    /// Its id.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// BCP 47 tag.
    pub language: String,
}

/// What is new to a reader, and what waits for somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct TodayOut {
    /// From when on things are new; null where all are.
    pub since: Option<String>,
    /// When the last article came in; what `PUT /looked` is given to mark all of this as seen.
    pub until: Option<String>,
    /// Whether the reader never said that they had looked.
    pub first: bool,
    /// How many statements are new.
    pub statements: usize,
    /// The new statements by article, the heaviest article first.
    pub articles: Some50<NewInArticle>,
    /// Moves that could not be seen before.
    pub moves: Some50<MoveOut>,
    /// Actors of whom nothing was on record before.
    pub actors: Some50<NewActor>,
    /// Claims without an answer, the latest first, by name.
    pub unanswered: Some50<String>,
    /// Promises that are due within two weeks, and then those that are overdue.
    pub promises: Some50<PromiseOut>,
    /// Feeds and entries that failed.
    pub failures: Vec<FailureOut>,
    /// Articles in languages that are not read.
    pub unread: Some50<UnreadOut>,
    /// Statements that the machine doubts and nobody decided on.
    pub doubtful: usize,
}

fn out(current: &Current, fresh: &Fresh) -> TodayOut {
    let named = |number: &usize| current.statement(*number).map(name);
    let names = |numbers: &[usize]| numbers.iter().filter_map(named).collect::<Vec<_>>();
    let article = |numbers: &Vec<usize>| {
        let cited = current.statement(*numbers.first()?)?;
        let statement = StatementOut::of(&cited.entry, &current.talks);
        Some(NewInArticle { article: cited.entry.article.clone(), statement, statements: numbers.len() })
    };
    let moved = |place: &usize| {
        let m = current.moves.get(*place)?;
        let (before, after) = (names(&m.before), names(&m.after));
        let (party, issue) = (m.party.clone(), m.issue.clone());
        let (from, to) = (m.from.as_str(), m.to.as_str());
        Some(MoveOut { party, issue, from, to, day: m.day.to_string(), firm: m.is_firm(), before, after })
    };
    let actor = |place: &usize| {
        let a = current.actors.get(*place)?;
        Some(NewActor { id: a.id.clone(), name: a.name.clone(), party: a.party.clone() })
    };
    let promise = |place: &usize| {
        let p = current.commitments.get(*place)?;
        let due = p.due.as_ref()?.to;
        let overdue = due < fresh.today;
        Some(PromiseOut { statement: named(&p.statement)?, party: p.party.clone(), due: due.to_string(), overdue })
    };
    let failure = |failure: &FeedFailure| match failure {
        FeedFailure::Feed(feed) => FailureOut { feed: feed.url.clone(), entry: None, error: feed.last_error.clone() },
        FeedFailure::Entry { feed, entry } => {
            let of = entry.link.clone().or_else(|| Some(entry.entry.clone()));
            FailureOut { feed: feed.clone(), entry: of, error: entry.last_error.clone() }
        }
    };
    let unread: Vec<_> = current.arrivals.unread(fresh.since).collect();
    let promises: Vec<usize> = fresh.due.iter().chain(&fresh.overdue).copied().collect();
    TodayOut {
        since: fresh.since.map(|at| at.to_string()),
        until: fresh.until.map(|at| at.to_string()),
        first: fresh.first,
        statements: fresh.statements,
        articles: Some50::of(&fresh.articles, article),
        moves: Some50::of(&fresh.moves, moved),
        actors: Some50::of(&fresh.actors, actor),
        unanswered: Some50::of(&fresh.unanswered, named),
        promises: Some50::of(&promises, promise),
        failures: fresh.failures.iter().map(failure).collect(),
        unread: Some50::of(&unread, |u| {
            Some(UnreadOut { article: u.article.clone(), title: u.title.clone(), language: u.language.clone() })
        }),
        doubtful: fresh.doubtful,
    }
}

/// What is new since the reader last looked, and what waits for somebody.
#[utoipa::path(get, path = "/today", params(Since), responses((status = 200, body = TodayOut), (status = 400, body = ProblemDetails)))]
pub async fn today(State(app): State<App>, reader: Reader, Asked(since): Asked<Since>) -> Result<Response, WebError> {
    let current = app.view().await?;
    let fresh = Fresh::of(&app, &current, &reader.name, since.since).await?;
    // What a reader has seen is no part of the record, by whose state answers are marked.
    Ok((Extension(Passing), Json(out(&current, &fresh))).into_response())
}

/// Up to when a reader has seen what came in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Looked {
    /// An instant; null for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// Keeps up to when the reader has seen what came in, and gives what was kept before, which undoes it.
#[utoipa::path(put, path = "/looked", request_body = Looked, responses((status = 200, body = Looked), (status = 400, body = ProblemDetails)))]
pub async fn looked(
    State(app): State<App>,
    reader: Reader,
    Sent(looked): Sent<Looked>,
) -> Result<Json<Looked>, WebError> {
    let before = app.write(move |ledger| {
        let before = ledger.looked(&reader.name)?;
        match looked.at {
            Some(at) => ledger.set_looked(&reader.name, at)?,
            None => ledger.forget_looked(&reader.name)?,
        }
        Ok::<_, LedgerError>(before)
    });
    Ok(Json(Looked { at: before.await? }))
}
