//! Actors over all articles, and what people decide about them.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use pourparler_ledger::{Actor, Decision, Ledger, Logged};
use pourparler_text::names::key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Part, StatementOut};
use super::statements::Portion;
use crate::app::Current;
use crate::ask::{Asked, Numbered, Sent};
use crate::error::ProblemDetails;
use crate::profile::{Met, Profile, Those, Which};
use crate::view::name;
use crate::widgets::segment;
use crate::{App, WebError};

/// So many characters has a name at most that a person gives.
const LONGEST_NAME: usize = 200;

/// Somebody who speaks, over all articles.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActorOut {
    /// Its id, which stays while its first mention stays.
    pub id: String,
    /// The name that was decided on, or the fullest that most articles give.
    pub name: String,
    /// `person`, `organisation`, …
    pub kind: String,
    /// Whom most statements say it speaks for.
    pub party: Option<String>,
    /// Offices, the most frequent first.
    pub roles: Vec<String>,
    /// Names under which it speaks, the most frequent first.
    pub names: Vec<String>,
    /// In how many articles it speaks.
    pub articles: usize,
    /// How many statements it makes, each counted once.
    pub statements: usize,
    /// Whether a person decided something about it.
    pub decided: bool,
}

impl ActorOut {
    fn of(current: &Current, place: usize) -> Self {
        let actor = &current.actors[place];
        Self {
            id: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind.clone(),
            party: actor.party.clone(),
            roles: actor.roles.clone(),
            names: actor.names.clone(),
            articles: actor.articles.len(),
            statements: current.statements_of(place).len(),
            decided: actor.decided,
        }
    }
}

/// A value with how often, since when and until when it was met.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetOut {
    /// The value.
    pub value: String,
    /// How many statements.
    pub statements: usize,
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// The last statement, by name.
    pub last: Option<String>,
}

/// An office by the dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficeOut {
    /// Title.
    pub title: String,
    /// First day, where it is known.
    pub from: Option<String>,
    /// Last day, where it is over.
    pub to: Option<String>,
}

/// A departure from the party line.
#[derive(Debug, Serialize, ToSchema)]
pub struct DissentOut {
    /// The statement, by name.
    pub statement: String,
    /// Id of the issue.
    pub issue: String,
    /// Its stance.
    pub stance: &'static str,
    /// The stance of the party that day.
    pub line: &'static str,
    /// The statement that weighs most for the party's stance, by name.
    pub lead: Option<String>,
}

/// An actor with all that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActorInFull {
    /// The actor.
    #[serde(flatten)]
    pub actor: ActorOut,
    /// Its party by the dossier.
    pub dossier_party: Option<String>,
    /// Its offices by the dossier.
    pub dossier_offices: Vec<OfficeOut>,
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// Parties that the statements give.
    pub parties: Vec<MetOut>,
    /// Offices that the statements give.
    pub offices: Vec<MetOut>,
    /// `settles`, `speaks`, `comments`.
    pub authority: Vec<MetOut>,
    /// Issues.
    pub issues: Vec<MetOut>,
    /// Outlets.
    pub outlets: Vec<MetOut>,
    /// Who carried its words.
    pub via: Vec<MetOut>,
    /// Where it departs from the party line.
    pub dissent: Vec<DissentOut>,
    /// Ids of the articles in which it speaks.
    pub in_articles: Vec<String>,
    /// What it says, the latest first.
    pub said: Part<StatementOut>,
}

/// Actors, those with most statements first.
#[utoipa::path(get, path = "/actors", params(Those, Portion), responses((status = 200, body = Part<ActorOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(
    State(app): State<App>,
    Asked(those): Asked<Those>,
    Asked(portion): Asked<Portion>,
) -> Result<Json<Part<ActorOut>>, WebError> {
    let current = app.view().await?;
    let paging = portion.paging();
    let found = those.among(&current);
    let items = found.iter().skip(paging.skip).take(paging.most).map(|place| ActorOut::of(&current, *place)).collect();
    Ok(Json(Part { items, total: found.len(), offset: paging.skip }))
}

/// An actor with all that is known of it. An id that an actor had before it was merged leads to the one to which it belongs.
#[utoipa::path(get, path = "/actors/{id}", params(("id" = String, Path,), Which, Portion), responses((status = 200, body = ActorInFull), (status = 307, description = "It belongs to another"), (status = 404, body = ProblemDetails)))]
pub async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    Asked(which): Asked<Which>,
    Asked(portion): Asked<Portion>,
) -> Result<Response, WebError> {
    let current = app.view().await?;
    let place = place(&current, &id)?;
    let actor = &current.actors[place];
    if actor.id != id {
        return Ok(Redirect::temporary(&format!("/api/v1/actors/{}", segment(&actor.id))).into_response());
    }
    let profile = Profile::of(&current, place);
    let named = |number: usize| current.statement(number).map(name);
    let met = |list: &[Met]| {
        let one = |met: &Met| MetOut {
            value: met.value.clone(),
            statements: met.count,
            from: met.days.map(|(first, _)| first.to_string()),
            to: met.days.map(|(_, last)| last.to_string()),
            last: named(met.last),
        };
        list.iter().map(one).collect()
    };
    let office = |office: &pourparler_dossier::Office| OfficeOut {
        title: office.title.clone(),
        from: office.from.map(|day| day.to_string()),
        to: office.to.map(|day| day.to_string()),
    };
    let dissent = profile.dissent.iter().flat_map(|number| current.dissents_of(*number)).filter_map(|d| {
        Some(DissentOut {
            statement: named(d.statement)?,
            issue: d.issue.clone(),
            stance: d.stance.as_str(),
            line: d.line.as_str(),
            lead: named(d.lead),
        })
    });
    let paging = portion.paging();
    let said: Vec<_> =
        current.statements_of(place).iter().rev().filter_map(|number| current.statement(*number)).collect();
    let said: Vec<_> = said.into_iter().filter(|cited| which.passes(&current, cited)).collect();
    let items = said.iter().skip(paging.skip).take(paging.most).map(|c| StatementOut::of(&c.entry, &current.talks));
    let out = ActorInFull {
        actor: ActorOut::of(&current, place),
        dossier_party: profile.party.map(str::to_owned),
        dossier_offices: profile.offices().iter().map(office).collect(),
        wikidata: profile.wikidata.map(str::to_owned),
        parties: met(&profile.parties),
        offices: met(&profile.roles),
        authority: met(&profile.authority),
        issues: met(&profile.issues),
        outlets: met(&profile.outlets),
        via: met(&profile.via),
        dissent: dissent.collect(),
        in_articles: actor.articles.clone(),
        said: Part { items: items.collect(), total: said.len(), offset: paging.skip },
    };
    Ok(Json(out).into_response())
}

/// The place of the actor with an id.
pub fn place(current: &Current, id: &str) -> Result<usize, WebError> {
    current.actor_place(id).ok_or_else(|| WebError::Missing(format!("There is no actor {id}; /actors lists all.")))
}

/// What is decided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "decide", rename_all = "lowercase")]
pub enum Wanted {
    /// These are one.
    Merge {
        /// Ids, two or more; the first is the one that stays.
        actors: Vec<String>,
    },
    /// What has these names, or stands in these articles, is another actor.
    Split {
        /// Id.
        actor: String,
        /// Names.
        #[serde(default)]
        names: Vec<String>,
        /// Ids of articles.
        #[serde(default)]
        articles: Vec<String>,
    },
    /// It is called so.
    Rename {
        /// Id.
        actor: String,
        /// The name.
        name: String,
    },
    /// Speakers of this name are it.
    Alias {
        /// Id.
        actor: String,
        /// The name.
        name: String,
    },
}

/// A decision that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decided {
    /// Its number in the log, by which it is undone.
    pub number: i64,
    /// Id of the actor that it is about, as it was asked for.
    pub actor: Option<String>,
}

impl Wanted {
    /// The decision, and the id of the actor that it is about.
    fn decision(self, current: &Current) -> Result<(Decision, String), WebError> {
        let actor = |id: &str| place(current, id).map(|place| &current.actors[place]);
        Ok(match self {
            Self::Merge { actors } => {
                let found = actors.iter().map(|id| actor(id)).collect::<Result<Vec<_>, _>>()?;
                let mut places: Vec<&str> = found.iter().map(|a| a.id.as_str()).collect();
                places.sort_unstable();
                places.dedup();
                let (Some(first), true) = (actors.first(), places.len() > 1) else {
                    return Err(WebError::Bad("Merging takes two actors or more, and these are one.".to_owned()));
                };
                (Decision::Merge(found.iter().flat_map(|a| a.all()).collect()), first.clone())
            }
            Self::Split { actor: id, names, articles } => (split(actor(&id)?, &names, &articles)?, id),
            Self::Rename { actor: id, name } => (Decision::Rename(actor(&id)?.all(), fit(&name)?), id),
            Self::Alias { actor: id, name } => (Decision::Alias(actor(&id)?.all(), fit(&name)?), id),
        })
    }
}

/// A name that a person gives.
fn fit(name: &str) -> Result<String, WebError> {
    let name = name.trim();
    if key(name).is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(WebError::Bad(format!(
            "`name` needs a letter, and at most {LONGEST_NAME} characters, all printable."
        )));
    }
    Ok(name.to_owned())
}

fn split(actor: &Actor, names: &[String], articles: &[String]) -> Result<Decision, WebError> {
    let part = actor.part(names, articles);
    if part.is_empty() {
        return Err(WebError::Bad(format!("Nothing of {} has these names or stands in these articles.", actor.name)));
    }
    let named = |form: &pourparler_ledger::Form| names.iter().any(|name| key(name) == key(&form.name));
    let goes = |article: &str| articles.iter().any(|id| id == article);
    if actor.mentions().all(|(form, article)| named(form) || goes(article)) {
        return Err(WebError::Bad(format!("That is all of {}; leave something with it.", actor.name)));
    }
    Ok(Decision::Split(part))
}

/// Keeps a decision about actors: it is added to a log, and can be undone.
#[utoipa::path(post, path = "/actors/decisions", request_body = Wanted, responses((status = 200, body = Decided), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails)))]
pub async fn decide(State(app): State<App>, Sent(wanted): Sent<Wanted>) -> Result<Json<Decided>, WebError> {
    let current = app.view().await?;
    let (decision, actor) = wanted.decision(&current)?;
    let number = app.write(move |ledger| ledger.decide(&decision)).await?;
    Ok(Json(Decided { number, actor: Some(actor) }))
}

/// Undoes a decision, or the undoing of one.
#[utoipa::path(post, path = "/actors/decisions/{number}/undo", params(("number" = i64, Path,)), responses((status = 200, body = Decided), (status = 409, body = ProblemDetails)))]
pub async fn undo(State(app): State<App>, Numbered(number): Numbered<i64>) -> Result<Json<Decided>, WebError> {
    let number = app.write(move |ledger| ledger.decide(&Decision::Undo(number))).await?;
    Ok(Json(Decided { number, actor: None }))
}

/// A decision of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoggedOut {
    /// Its number.
    pub number: i64,
    /// When it was made, RFC 3339 in UTC.
    pub made_at: String,
    /// `merge`, `split`, `rename`, `alias` or `undo`.
    pub action: &'static str,
    /// The whole of it in words.
    pub text: String,
    /// Whether a later one undid it.
    pub undone: bool,
}

impl From<&Logged> for LoggedOut {
    fn from(logged: &Logged) -> Self {
        Self {
            number: logged.number,
            made_at: logged.made_at.clone(),
            action: logged.decision.name(),
            text: logged.decision.to_string(),
            undone: logged.undone,
        }
    }
}

/// All decisions about actors, the latest first.
#[utoipa::path(get, path = "/actors/decisions", params(Portion), responses((status = 200, body = Part<LoggedOut>)))]
pub async fn log(State(app): State<App>, Asked(portion): Asked<Portion>) -> Result<Json<Part<LoggedOut>>, WebError> {
    let paging = portion.paging();
    let log = app.read(Ledger::actor_log).await?;
    let items = log.iter().rev().skip(paging.skip).take(paging.most).map(LoggedOut::from).collect();
    Ok(Json(Part { items, total: log.len(), offset: paging.skip }))
}
