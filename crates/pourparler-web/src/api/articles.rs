//! Articles: found, and read with their statements.

use axum::Json;
use axum::extract::{Path, State};
use jiff::civil::Date;
use pourparler_ledger::{ArticleFilter, ArticleHead, LedgerError, Paging};
use pourparler_text::{CodePoint, Span};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::Part;
use super::told::StatementTold;
use crate::ask::Asked;
use crate::error::ProblemDetails;
use crate::{App, WebError};

/// So many articles are sent at most at once.
const MOST: usize = 200;
/// So many inputs, copies and updates of an article are told at most.
pub const RELATIVES: usize = 50;

/// Which articles are asked for.
#[derive(Debug, Default, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Words that all stand in the headline or the text.
    pub text: Option<String>,
    /// Who published it, to the letter.
    pub outlet: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// First day of publication.
    #[param(value_type = Option<String>, format = Date)]
    pub since: Option<Date>,
    /// Last day of publication.
    #[param(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// How many to pass over.
    pub offset: Option<usize>,
    /// How many to send: 50 where it is not said, 200 at most.
    pub limit: Option<usize>,
}

impl Query {
    /// The articles that are asked for.
    #[must_use]
    pub fn filter(&self) -> ArticleFilter {
        let Self { text, outlet, language, since, until, .. } = self.clone();
        ArticleFilter { words: text, outlet, language, since, until, added_since: None }
    }

    /// The part of them.
    #[must_use]
    pub fn paging(&self) -> Paging {
        Paging { skip: self.offset.unwrap_or(0), most: self.limit.unwrap_or(50).min(MOST) }
    }
}

/// What an article is called, where it appeared and what read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticularsOut {
    /// Its id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// SHA-256 of its text.
    pub sha256: String,
    /// When it was stored, RFC 3339 in UTC.
    pub added_at: String,
    /// Name and version of what found its statements.
    pub extractor: String,
}

/// An article without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleHeadOut {
    /// Its particulars.
    #[serde(flatten)]
    pub particulars: ParticularsOut,
    /// How many statements it has.
    pub statements: usize,
}

impl From<ArticleHead> for ArticleHeadOut {
    fn from(head: ArticleHead) -> Self {
        Self { statements: head.statements, particulars: head.into() }
    }
}

impl From<ArticleHead> for ParticularsOut {
    fn from(head: ArticleHead) -> Self {
        Self {
            id: head.id,
            title: head.title,
            outlet: head.outlet,
            published: head.published.map(|day| day.to_string()),
            url: head.url,
            language: head.language,
            sha256: head.sha256,
            added_at: head.added_at.to_string(),
            extractor: head.extractor,
        }
    }
}

/// An input that held an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppearanceOut {
    /// Name of the input.
    pub source: String,
    /// How its bytes were made into text.
    pub decoding: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Day of the last change that it tells of.
    pub modified: Option<String>,
    /// When it was stored, RFC 3339 in UTC.
    pub added_at: String,
}

/// An article that is a copy or an update of another.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelativeOut {
    /// The other article.
    #[serde(flatten)]
    pub article: ArticleHeadOut,
    /// `copy` or `update`.
    pub kinship: &'static str,
    /// Whether the other was stored later.
    pub later: bool,
    /// Share of words in common, from 0 to 1.
    pub score: f32,
}

/// An article with all that is known of it. Spans are `[start, end]`, end exclusive, in Unicode code points of `text`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleOut {
    /// Its particulars.
    #[serde(flatten)]
    pub head: ParticularsOut,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The text.
    pub text: String,
    /// Which lines of it are page furniture; null where that was not kept.
    pub furniture: Option<Vec<[usize; 2]>>,
    /// Its statements in the order of the text.
    pub statements: Vec<StatementTold>,
    /// The inputs in which it was seen, the first first.
    pub appearances: Vec<AppearanceOut>,
    /// Its copies and updates, and what it is a copy or an update of; the closest first.
    pub kin: Vec<RelativeOut>,
}

/// The articles that pass, those published last first.
#[utoipa::path(get, path = "/articles", params(Query), responses((status = 200, body = Part<ArticleHeadOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<ArticleHeadOut>>, WebError> {
    let (filter, paging) = (query.filter(), query.paging());
    let found = app.read(move |ledger| ledger.article_page(&filter, paging)).await?;
    Ok(Json(Part { items: found.items.into_iter().map(Into::into).collect(), total: found.total, offset: paging.skip }))
}

/// What is answered where there is no such article.
pub fn no_article(id: &str) -> WebError {
    WebError::Missing(format!("There is no article `{id}` here."))
}

/// An article with its text, its statements, and where it came from.
#[utoipa::path(get, path = "/articles/{id}", params(("id" = String, Path, description = "Id of the article")), responses((status = 200, body = ArticleOut), (status = 404, body = ProblemDetails)))]
pub async fn one(State(app): State<App>, Path(id): Path<String>) -> Result<Json<ArticleOut>, WebError> {
    let asked = id.clone();
    let read = app.read(move |ledger| -> Result<_, LedgerError> {
        let Some((reading, head)) = ledger.reading(&id)?.zip(ledger.article_head(&id)?) else { return Ok(None) };
        let (furniture, appearances) = (ledger.furniture(&id)?, ledger.appearances(&id, RELATIVES)?);
        Ok(Some((reading, head, furniture, appearances, ledger.relatives(&id, RELATIVES)?)))
    });
    let (reading, head, furniture, appearances, kin) = read.await?.ok_or_else(|| no_article(&asked))?;
    let pairs = |spans: Vec<Span<CodePoint>>| spans.iter().map(|s| [s.start, s.end]).collect();
    Ok(Json(ArticleOut {
        head: head.into(),
        statements: StatementTold::all(&reading, &app.talks()),
        byline: reading.read.article.byline,
        text: reading.read.article.text.as_str().to_owned(),
        furniture: furniture.map(pairs),
        appearances: appearances
            .into_iter()
            .map(|a| AppearanceOut {
                source: a.source,
                decoding: a.decoding,
                sha256: a.sha256,
                modified: a.modified.map(|day| day.to_string()),
                added_at: a.added_at.to_string(),
            })
            .collect(),
        kin: kin
            .into_iter()
            .map(|k| RelativeOut {
                article: k.article.into(),
                kinship: k.kinship.as_str(),
                later: k.later,
                score: k.score,
            })
            .collect(),
    }))
}

/// A statement with what the machine had made of it and all decisions about it.
#[utoipa::path(get, path = "/statements/{article}/{id}", params(
    ("article" = String, Path, description = "Id of the article"), ("id" = String, Path, description = "Id of the statement in it")),
    responses((status = 200, body = StatementTold), (status = 404, body = ProblemDetails)))]
pub async fn statement(
    State(app): State<App>,
    Path((article, id)): Path<(String, String)>,
) -> Result<Json<StatementTold>, WebError> {
    let missing = no_article(&article);
    let reading = app.read(move |ledger| ledger.reading(&article)).await?.ok_or(missing)?;
    let unknown = || WebError::Missing(format!("The article has no statement `{id}` (any longer)."));
    let at = reading.read.statements.iter().position(|s| s.id == id).ok_or_else(unknown)?;
    let only = vec![reading.read.statements[at].clone()];
    let entries = pourparler_text::ArticleStatements::new(reading.read.article.clone(), only).entries();
    let entry = entries.first().ok_or_else(unknown)?;
    Ok(Json(StatementTold::of(&reading, at, entry, &app.talks())))
}
