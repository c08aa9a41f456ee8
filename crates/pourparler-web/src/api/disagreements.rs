//! Where reviewers differ, and whose reading holds.
//!
//! Who settles a disagreement names the decisions that differ, all of them. Where somebody decided in the meantime these are other
//! ones, and nothing is settled (409).

use axum::Json;
use axum::extract::State;
use pourparler_ledger::{Ledger, LedgerError, Page, Paging, SecondOpinion};
use pourparler_text::{Article, ArticleStatements};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::correction::Correction;
use super::model::{Part, StatementOut};
use super::reviews::{DecisionAnswer, answer};
use super::statements::Portion;
use crate::ask::{Asked, Sent};
use crate::error::ProblemDetails;
use crate::shell::Reader;
use crate::talks::Talks;
use crate::{App, WebError};

/// A disagreement with the article in which it is.
pub struct Differing {
    /// Who decided what.
    pub opinion: SecondOpinion,
    /// The article.
    pub article: Article,
}

/// A page of the disagreements that wait to be settled.
///
/// # Errors
/// Where the ledger fails.
pub fn differing(ledger: &Ledger, paging: Paging) -> Result<Page<Differing>, LedgerError> {
    let found = ledger.disagreements(paging)?;
    let mut items: Vec<Differing> = Vec::with_capacity(found.items.len());
    for opinion in found.items {
        // Several of one article often come one after the other.
        let known = items.last().filter(|last| last.article.id == opinion.article).map(|last| last.article.clone());
        let article = match known {
            Some(article) => Some(article),
            None => ledger.article(&opinion.article)?.map(|read| read.article),
        };
        items.extend(article.map(|article| Differing { opinion, article }));
    }
    Ok(Page { items, total: found.total })
}

/// What one reviewer decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingOut {
    /// The number of the decision.
    pub number: i64,
    /// Who decided.
    pub reviewer: String,
    /// When, RFC 3339 in UTC.
    pub made_at: String,
    /// What is said there; null where it is no statement.
    pub statement: Option<StatementOut>,
}

/// Two or more readings of one place that differ.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisagreementOut {
    /// Id of the article.
    pub article: String,
    /// Its headline.
    pub title: Option<String>,
    /// Where it is, by the last decision.
    pub content_spans: Vec<[usize; 2]>,
    /// Whether some keep a statement there and others reject it.
    pub disputed: bool,
    /// The parts in which those who keep it differ.
    pub differ_in: Vec<&'static str>,
    /// The last decision of each reviewer, the earliest first.
    pub readings: Vec<ReadingOut>,
}

impl DisagreementOut {
    fn of(differing: &Differing, talks: &Talks) -> Self {
        let Differing { opinion, article } = differing;
        let statement = |kept: &pourparler_text::Statement<pourparler_text::CodePoint>| {
            let only = ArticleStatements::new(article.clone(), vec![kept.clone()]);
            only.entries().first().map(|entry| StatementOut::of(entry, talks))
        };
        Self {
            article: article.id.clone(),
            title: article.title.clone(),
            content_spans: opinion.content.iter().map(|span| [span.start, span.end]).collect(),
            disputed: opinion.disputed,
            differ_in: opinion.parts.iter().map(|part| part.as_str()).collect(),
            readings: opinion
                .decisions
                .iter()
                .map(|review| ReadingOut {
                    number: review.number,
                    reviewer: review.reviewer.clone(),
                    made_at: review.made_at.clone(),
                    statement: review.verdict.kept().and_then(statement),
                })
                .collect(),
        }
    }
}

/// The disagreements that wait to be settled, those about which somebody decided last first.
#[utoipa::path(get, path = "/disagreements", params(Portion), responses((status = 200, body = Part<DisagreementOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(
    State(app): State<App>,
    Asked(portion): Asked<Portion>,
) -> Result<Json<Part<DisagreementOut>>, WebError> {
    let paging = portion.paging();
    let found = app.read(move |ledger| differing(ledger, paging)).await?;
    let talks = app.talks();
    let items = found.items.iter().map(|one| DisagreementOut::of(one, &talks)).collect();
    Ok(Json(Part { items, total: found.total, offset: paging.skip }))
}

/// What a disagreement is settled to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlementIn {
    /// The numbers of the decisions that differ, all of them.
    decisions: Vec<i64>,
    /// The number of the one whose reading holds.
    choose: i64,
    /// What is put right in that reading, where none is quite right.
    correction: Option<Correction>,
    /// Why: plain text, 4,000 characters at most.
    note: Option<String>,
}

/// Settles a disagreement: one of the readings holds, as it is or put right, until somebody decides otherwise.
#[utoipa::path(post, path = "/disagreements/settle", request_body = SettlementIn, responses(
    (status = 200, body = DecisionAnswer), (status = 400, body = ProblemDetails),
    (status = 409, description = "These are not the decisions that differ (any longer)", body = ProblemDetails)))]
pub async fn settle(
    State(app): State<App>,
    reader: Reader,
    Sent(sent): Sent<SettlementIn>,
) -> Result<Json<DecisionAnswer>, WebError> {
    if !sent.decisions.contains(&sent.choose) {
        return Err(WebError::Bad("`choose` is the number of none of `decisions`.".to_owned()));
    }
    let talks = app.talks();
    let settled = app.write(move |ledger| {
        let SettlementIn { decisions, choose, correction, note } = sent;
        let now = |opinion: &SecondOpinion, read: &ArticleStatements| {
            let chosen = opinion.decisions.iter().find(|review| review.number == choose);
            let kept = chosen.and_then(|review| review.verdict.kept()).cloned();
            match (kept, correction) {
                (None, Some(_)) => {
                    Err(WebError::Bad("`correction` goes with a reading that keeps a statement only.".to_owned()))
                }
                (Some(mut kept), Some(correction)) => {
                    correction.apply(&mut kept, &read.article.text, &talks, "correction")?;
                    Ok(Some(kept))
                }
                (kept, None) => Ok(kept),
            }
        };
        ledger.settle(&decisions, &reader.name, note.as_deref().unwrap_or_default(), now)
    });
    let settled = settled.await?;
    Ok(Json(answer(&app, &settled)))
}
