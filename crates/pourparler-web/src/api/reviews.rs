//! What people decide about statements.
//!
//! Who decides on what they saw a while ago may send its `state` along as `expects`: where the statement is another by now, nothing is
//! decided, and the answer (409) holds the statement as it is now. What was decided is a log that is only added to; an undoing is a
//! further decision.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pourparler_ledger::{
    Decided, Did, Filter, Ledger, LedgerError, Order, Page, Paging, Place, Put, ReviewFilter, Verdict,
};
use pourparler_text::{Act, ArticleStatements, CodePoint, Entry, Firmness, SpeakerKind, Stance, Statement};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::correction::Correction;
use super::model::Part;
use super::told::{DecisionOut, StatementNow, StatisticsOut, state};
use crate::ask::{Asked, Numbered, Sent};
use crate::error::ProblemDetails;
use crate::quality::Quality;
use crate::shell::Reader;
use crate::{App, WebError};

/// So many decisions are sent at most at once.
const MOST: usize = 200;
/// So many names of speakers are offered.
const NAMES: usize = 400;

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// The statement is right as it is.
    Accept,
    /// It is no statement.
    Reject,
    /// It is right with what `correction` says.
    Correct,
    /// `added` is said in the article and was not found.
    Add,
}

/// A decision about a statement.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionIn {
    /// What is decided.
    pub decision: Decision,
    /// `ARTICLE/ID` of the statement; not with `add`.
    pub statement: Option<String>,
    /// What is put right, with `correct`.
    pub correction: Option<Correction>,
    /// Id of the article, with `add`.
    pub article: Option<String>,
    /// What is added, with `add`; its `content` must be given.
    pub added: Option<Correction>,
    /// The `state` of the statement that was decided on. Where it has another by now, nothing is decided.
    pub expects: Option<String>,
}

/// What came of a decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionAnswer {
    /// Number of the decision in the log.
    pub number: i64,
    /// What the statement is called now; null where there is none now.
    pub statement: Option<String>,
    /// The statement as it is now.
    pub now: Option<StatementNow>,
}

/// Problem details of a decision about what is no longer as it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedDetails {
    /// `about:blank`, so the status says what kind it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The same in a few words.
    pub title: &'static str,
    /// 409.
    pub status: u16,
    /// What is another, and what to do.
    pub detail: String,
    /// The statement as it is now; null where there is none.
    pub now: Option<StatementNow>,
}

/// Why nothing is decided.
enum Refusal {
    Wrong(WebError),
    Changed(Option<Box<Entry>>, String),
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Self {
        Self::Wrong(error.into())
    }
}

impl From<WebError> for Refusal {
    fn from(error: WebError) -> Self {
        Self::Wrong(error)
    }
}

/// Article and id of the statement that `ARTICLE/ID` names.
pub fn split(name: &str) -> Result<(&str, &str), WebError> {
    let split = name.rsplit_once('/').filter(|(article, id)| !article.is_empty() && !id.is_empty());
    split.ok_or_else(|| WebError::Bad(format!("`{name}` names no statement; they are called ARTICLE/ID.")))
}

fn entry(read: &ArticleStatements, statement: &Statement<CodePoint>) -> Option<Box<Entry>> {
    ArticleStatements::new(read.article.clone(), vec![statement.clone()]).entries().pop().map(Box::new)
}

impl DecisionIn {
    /// The article that it is about, and the id of the statement.
    fn subject(&self) -> Result<(String, Option<String>), WebError> {
        let bad = |words: &str| Err(WebError::Bad(words.to_owned()));
        match self.decision {
            Decision::Add if self.statement.is_some() => {
                bad("`statement` has no place in an addition; send `article`.")
            }
            Decision::Add if self.added.is_none() => bad("`added` is missing: what is said there."),
            Decision::Add => match &self.article {
                Some(article) => Ok((article.clone(), None)),
                None => bad("`article` is missing: the id of the article in which it is said."),
            },
            _ if self.added.is_some() => bad("`added` goes with the decision `add` only."),
            Decision::Correct if self.correction.is_none() => bad("`correction` is missing: what is put right."),
            Decision::Accept | Decision::Reject if self.correction.is_some() => {
                bad("`correction` goes with the decision `correct` only.")
            }
            _ => {
                let Some(name) = &self.statement else {
                    return bad("`statement` is missing: ARTICLE/ID of the statement that is decided on.");
                };
                let (article, id) = split(name)?;
                if self.article.as_deref().is_some_and(|given| given != article) {
                    return bad("`article` is not that of `statement`; leave it out.");
                }
                Ok((article.to_owned(), Some(id.to_owned())))
            }
        }
    }

    /// The verdict on an article as it is at this moment.
    fn verdict(self, id: Option<&str>, read: &ArticleStatements, app: &App) -> Result<Verdict, Refusal> {
        let text = &read.article.text;
        let Some(id) = id else {
            let added = self.added.unwrap_or_default().into_statement(text, &app.talks())?;
            let there = read.statements.iter().find(|s| s.content == added.content && s.cue == added.cue);
            if let Some(there) = there {
                let words = format!(
                    "The statement {}/{} already has this content and this cue. Correct it, or give the other a cue of its own.",
                    read.article.id, there.id
                );
                return Err(Refusal::Changed(entry(read, there), words));
            }
            return Ok(Verdict::Put(Put { was: None, now: Some(Box::new(added)) }));
        };
        let Some(found) = read.statements.iter().find(|s| s.id == id) else {
            let words = format!("There is no statement `{}/{id}` (any longer).", read.article.id);
            return Err(match self.expects {
                Some(_) => Refusal::Changed(None, words),
                None => WebError::Missing(words).into(),
            });
        };
        if self.expects.as_ref().is_some_and(|expected| *expected != state(found)) {
            let words = format!(
                "The statement `{}/{id}` is not what it was when you decided; `now` is what it is. Nothing was changed.",
                read.article.id
            );
            return Err(Refusal::Changed(entry(read, found), words));
        }
        let now = match self.decision {
            Decision::Reject => None,
            _ => {
                let mut now = found.clone();
                self.correction.unwrap_or_default().apply(&mut now, text, &app.talks(), "correction")?;
                now.confidence = None;
                Some(Box::new(now))
            }
        };
        Ok(Verdict::Put(Put { was: Some(Place::of(found)), now }))
    }
}

pub(super) fn answer(app: &App, decided: &Decided) -> DecisionAnswer {
    let now = decided.entry.as_ref().map(|entry| StatementNow::of(entry, &app.talks()));
    DecisionAnswer { number: decided.number, statement: now.as_ref().map(|n| n.statement.name.clone()), now }
}

/// Decides about a statement, in the name of whoever sits at the browser.
#[utoipa::path(post, path = "/reviews", request_body = DecisionIn, responses(
    (status = 200, body = DecisionAnswer), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    (status = 409, description = "The statement is another than was expected", body = ChangedDetails)))]
pub async fn decide(
    State(app): State<App>,
    reader: Reader,
    Sent(sent): Sent<DecisionIn>,
) -> Result<Response, WebError> {
    let (article, id) = sent.subject()?;
    let judge = app.clone();
    let decided = app.write(move |ledger| -> Result<_, WebError> {
        let judged = ledger.judge(&article, &reader.name, |read| sent.verdict(id.as_deref(), read, &judge));
        match judged {
            Ok(decided) => Ok(Ok(decided)),
            Err(Refusal::Changed(now, detail)) => Ok(Err((now, detail))),
            Err(Refusal::Wrong(error)) => Err(error),
        }
    });
    match decided.await? {
        Ok(decided) => Ok(Json(answer(&app, &decided)).into_response()),
        Err((now, detail)) => {
            let title = WebError::Conflict(String::new()).title();
            let now = now.map(|entry| StatementNow::of(&entry, &app.talks()));
            let details = ChangedDetails { kind: "about:blank", title, status: 409, detail, now };
            let mut response = (StatusCode::CONFLICT, Json(details)).into_response();
            let kind = HeaderValue::from_static("application/problem+json");
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            Ok(response)
        }
    }
}

/// Takes a decision back, whoever made it; the statement is what it would be without it.
#[utoipa::path(post, path = "/reviews/{number}/undo", params(("number" = i64, Path, description = "Number of the decision")), responses(
    (status = 200, body = DecisionAnswer),
    (status = 409, description = "No decision that holds has this number", body = ProblemDetails)))]
pub async fn undo(
    State(app): State<App>,
    reader: Reader,
    Numbered(number): Numbered<i64>,
) -> Result<Json<DecisionAnswer>, WebError> {
    let decided = app.write(move |ledger| ledger.take_back(number, &reader.name)).await?;
    Ok(Json(answer(&app, &decided)))
}

/// Which decisions a verdict stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Keep,
    Reject,
    Undo,
}

impl Kind {
    /// One of the deeds that it stands for.
    pub fn deed(self) -> Did {
        match self {
            Self::Keep => Did::Accept,
            Self::Reject => Did::Reject,
            Self::Undo => Did::Undo,
        }
    }
}

/// Which decisions are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Who decided, to the letter.
    pub reviewer: Option<String>,
    /// `keep` (accepted, corrected and added), `reject` or `undo`.
    #[param(value_type = Option<String>)]
    pub verdict: Option<Kind>,
    /// How many to pass over.
    pub offset: Option<usize>,
    /// How many to send: 50 where it is not said, 200 at most.
    pub limit: Option<usize>,
}

/// The decisions, the latest first.
#[utoipa::path(get, path = "/reviews", params(Query), responses((status = 200, body = Part<DecisionOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<DecisionOut>>, WebError> {
    let (offset, limit) = (query.offset.unwrap_or(0), query.limit.unwrap_or(50).min(MOST));
    let filter = ReviewFilter { reviewer: query.reviewer, verdict: query.verdict.map(Kind::deed) };
    let found = app.read(move |ledger| ledger.deeds(&filter, Paging { skip: offset, most: limit })).await?;
    Ok(Json(Part { items: found.items.iter().map(DecisionOut::of).collect(), total: found.total, offset }))
}

/// How right the machine was so far, and how far reviewers agree.
#[utoipa::path(get, path = "/reviews/statistics", responses((status = 200, body = StatisticsOut)))]
pub async fn statistics(State(app): State<App>) -> Result<Json<StatisticsOut>, WebError> {
    let quality = app.read(Quality::read).await?;
    Ok(Json(StatisticsOut::from(&quality)))
}

/// Which statements wait for a decision.
#[derive(Debug, Default, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Waiting {
    /// Words of the speaker's name.
    pub speaker: Option<String>,
    /// The whole name of the party.
    pub party: Option<String>,
    /// Id of an issue.
    pub issue: Option<String>,
    /// `true` for those that wait for whoever sits at the browser, in the articles assigned to them; with no other question.
    pub mine: Option<bool>,
    /// How many to pass over.
    pub offset: Option<usize>,
    /// How many to send: 50 where it is not said, 200 at most.
    pub limit: Option<usize>,
}

impl Waiting {
    /// The statements that are asked for, decided on or not.
    #[must_use]
    pub fn filter(&self) -> Filter {
        let Self { speaker, party, issue, .. } = self.clone();
        Filter { speaker, party, issue, ..Filter::default() }
    }

    /// A page of those on which nobody decided, the least certain first; of a reviewer's own those on which they did not, article by article.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn page(&self, ledger: &Ledger, reviewer: &str, paging: Paging) -> Result<Page<Entry>, LedgerError> {
        if self.mine == Some(true) {
            return ledger.waiting_for(reviewer, paging);
        }
        let all = self.filter();
        let waiting = Filter { reviewed: Some(false), ..all.clone() };
        if all != Filter::default() {
            return ledger.page(&waiting, Order::LeastCertain, paging);
        }
        // In the order of the whole record, for which there is an index, those decided on come last.
        let mut found = ledger.page(&all, Order::LeastCertain, paging)?;
        found.items.retain(|entry| entry.statement.confidence.is_some());
        Ok(Page { total: ledger.count(&waiting)?, ..found })
    }
}

/// The statements on which nobody decided yet, the least certain first; or those that wait for one reviewer.
#[utoipa::path(get, path = "/reviews/queue", params(Waiting), responses((status = 200, body = Part<StatementNow>), (status = 400, body = ProblemDetails)))]
pub async fn queue(
    State(app): State<App>,
    reader: Reader,
    Asked(query): Asked<Waiting>,
) -> Result<Json<Part<StatementNow>>, WebError> {
    if query.mine == Some(true) && query.filter() != Filter::default() {
        return Err(WebError::Bad("`mine` goes with no other question.".to_owned()));
    }
    let (offset, limit) = (query.offset.unwrap_or(0), query.limit.unwrap_or(50).min(MOST));
    let paging = Paging { skip: offset, most: limit };
    let found = app.read(move |ledger| query.page(ledger, &reader.name, paging)).await?;
    let talks = app.talks();
    let items = found.items.iter().map(|entry| StatementNow::of(entry, &talks)).collect();
    Ok(Json(Part { items, total: found.total, offset }))
}

/// An issue, and what may be chosen in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssueChoice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Ids and names of its options.
    pub options: Vec<[String; 2]>,
}

/// What a correction may name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choices {
    /// The dossier's issues.
    pub issues: Vec<IssueChoice>,
    /// Stances.
    pub stances: Vec<&'static str>,
    /// Acts.
    pub acts: Vec<&'static str>,
    /// Kinds of speakers.
    pub kinds: Vec<&'static str>,
    /// Degrees of firmness.
    pub firmness: Vec<&'static str>,
    /// Names of speakers on record, those with most statements first.
    pub speakers: Vec<String>,
    /// Parties on record and of the dossier.
    pub parties: Vec<String>,
}

/// What a correction may name: the vocabulary, the dossier's issues, and names that are on record.
#[utoipa::path(get, path = "/reviews/choices", responses((status = 200, body = Choices)))]
pub async fn choices(State(app): State<App>) -> Result<Json<Choices>, WebError> {
    let current = app.view().await?;
    let issues = &current.talks.dossier.issues;
    let option = |o: &pourparler_dossier::Choice| [o.id.clone(), o.label.clone()];
    let issue = |i: &pourparler_dossier::Issue| IssueChoice {
        id: i.id.clone(),
        label: current.talks.label(&i.id).to_owned(),
        options: i.options.iter().map(option).collect(),
    };
    let mut parties: Vec<String> = current.matrix.rows.iter().map(|row| row.party.clone()).collect();
    for side in &current.talks.dossier.sides {
        if !parties.contains(&side.name) {
            parties.push(side.name.clone());
        }
    }
    Ok(Json(Choices {
        issues: issues.iter().map(issue).collect(),
        stances: Stance::ALL.iter().map(|v| v.as_str()).collect(),
        acts: Act::ALL.iter().map(|v| v.as_str()).collect(),
        kinds: SpeakerKind::ALL.iter().map(|v| v.as_str()).collect(),
        firmness: Firmness::ALL.iter().map(|v| v.as_str()).collect(),
        speakers: current.actors.iter().map(|actor| actor.name.clone()).take(NAMES).collect(),
        parties: parties.into_iter().take(NAMES).collect(),
    }))
}
