//! Issues: all of them in the order of an agenda, and what is known of each.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::Part;
use crate::app::Current;
use crate::ask::Asked;
use crate::error::ProblemDetails;
use crate::issue::Facts;
use crate::order;
use crate::view::name;
use crate::{App, WebError};

/// So many are sent at most at once, and where nothing is said.
const MOST: usize = 500;
/// So many conditions are sent.
const CONDITIONS: usize = 200;

/// Which issues.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Of this group.
    group: Option<String>,
    /// How many to pass over.
    offset: Option<usize>,
    /// How many to send: 500 at most.
    limit: Option<usize>,
}

/// An issue on the agenda.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgendaOut {
    /// Id of the issue.
    id: String,
    /// What it is called.
    label: String,
    /// The group that it belongs to; empty where it has none.
    group: String,
    /// How many statements of parties take it up.
    statements: usize,
    /// The greatest distance of two parties, from 0 to 1; null where fewer than two take a stance.
    distance: Option<f64>,
    /// By what the issues are ordered: how much is said, times how far apart the parties stand.
    weight: f64,
    /// Who speaks of it, the one with most statements first.
    parties: Vec<String>,
    /// Its latest statement, as `ARTICLE/ID`.
    latest: Option<String>,
}

/// The issues that are taken up, the one that a next round needs most first.
#[utoipa::path(get, path = "/issues", params(Query), responses((status = 200, body = Part<AgendaOut>), (status = 400, body = ProblemDetails)))]
pub async fn list(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<AgendaOut>>, WebError> {
    let current = app.view().await?;
    let talks = &current.talks;
    let of_group = |id: &str| query.group.as_deref().is_none_or(|group| order::group(talks, id) == group);
    let found: Vec<_> = current.agenda().iter().filter(|point| of_group(&point.issue)).collect();
    let offset = query.offset.unwrap_or(0);
    let part = found.iter().skip(offset).take(query.limit.unwrap_or(MOST).min(MOST));
    let items = part.map(|point| AgendaOut {
        id: point.issue.clone(),
        label: talks.label(&point.issue).to_owned(),
        group: order::group(talks, &point.issue).to_owned(),
        statements: point.statements,
        distance: point.distance,
        weight: point.weight,
        parties: point.parties.clone(),
        latest: current.statement(point.latest).map(name),
    });
    Ok(Json(Part { items: items.collect(), total: found.len(), offset }))
}

/// One issue.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssueOut {
    /// Id of the issue.
    id: String,
    /// What it is called.
    label: String,
    /// The group that it belongs to; empty where it has none.
    group: String,
    /// What it is, as the dossier has it; null where the dossier does not know it.
    definition: Option<String>,
    /// The outcomes that are on the table.
    options: Vec<OptionOut>,
    /// How many statements take it up.
    statements: usize,
    /// Who stands where.
    positions: Vec<HeldOut>,
    /// How the parties came to stand there, in the order of days.
    changes: Vec<ChangeOut>,
    /// How far apart pairs of parties stand, the greatest distance first.
    distances: Vec<DistanceOut>,
    /// On what terms parties say yes, the latest first.
    conditions: Vec<ConditionOut>,
    /// Sides of the talks that never spoke on it.
    silent_sides: Vec<String>,
    /// Other parties that are heard on other issues and never on this.
    silent_others: Vec<String>,
    /// Issues that go together with it.
    linked: Vec<LinkedOut>,
}

/// An outcome.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionOut {
    /// Id of the option.
    id: String,
    /// What it is.
    label: String,
}

/// Where a party stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldOut {
    /// The party.
    party: String,
    /// Its stance.
    stance: &'static str,
    /// The day on which it said so last.
    day: Option<String>,
    /// How many statements it has made on the issue.
    statements: usize,
    /// The statement that weighs most, as `ARTICLE/ID`.
    lead: Option<String>,
}

/// A stance from a day on.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    /// The party.
    party: String,
    /// The day.
    day: String,
    /// Where it stood before; null where it had taken no stance.
    from: Option<&'static str>,
    /// Where it stands from that day on.
    to: &'static str,
    /// The statement that said it first, as `ARTICLE/ID`.
    statement: Option<String>,
}

/// Two parties.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistanceOut {
    /// The parties.
    parties: [String; 2],
    /// The distance at the end: 0 together, 1 opposed.
    now: f64,
    /// What it was at first.
    before: Option<f64>,
    /// `shrinking`, `growing` or `unchanged`.
    trend: &'static str,
    /// The distance from each day on, on which it changed.
    points: Vec<PointOut>,
}

/// A distance from a day on.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointOut {
    /// The day.
    day: String,
    /// The distance.
    distance: f64,
}

/// Terms.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConditionOut {
    /// The statement, as `ARTICLE/ID`.
    statement: String,
    /// Who makes it.
    party: Option<String>,
    /// The words of the terms, where they are known.
    terms: Vec<String>,
}

/// Another issue that goes together with this.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedOut {
    /// Id of the other issue.
    issue: String,
    /// How many statements take up both.
    together: usize,
    /// How often a party moved on both on one day.
    moved: usize,
}

/// One issue: what it is, who stands where and came to stand there how, on what terms, and who never spoke on it.
#[utoipa::path(get, path = "/issues/{id}", params(("id" = String, Path, description = "Id of the issue")), responses((status = 200, body = IssueOut), (status = 404, body = ProblemDetails)))]
pub async fn one(State(app): State<App>, Path(id): Path<String>) -> Result<Json<IssueOut>, WebError> {
    let current = app.view().await?;
    let facts = Facts::of(&current, &id)
        .ok_or_else(|| WebError::Missing(format!("Neither the record nor the dossier has an issue `{id}`.")))?;
    Ok(Json(IssueOut::of(&current, &facts)))
}

impl IssueOut {
    fn of(current: &Current, facts: &Facts) -> Self {
        let talks = &current.talks;
        let named = |number: usize| current.statement(number).map(name);
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let options = facts.defined.iter().flat_map(|defined| &defined.options);
        let other = |issues: &[String; 2]| if issues[0] == facts.id { issues[1].clone() } else { issues[0].clone() };
        Self {
            id: facts.id.to_owned(),
            label: talks.label(facts.id).to_owned(),
            group: order::group(talks, facts.id).to_owned(),
            definition: facts.defined.map(|defined| defined.label.clone()),
            options: options.map(|option| OptionOut { id: option.id.clone(), label: option.label.clone() }).collect(),
            statements: facts.numbers.len(),
            positions: facts
                .held
                .iter()
                .map(|(party, cell)| HeldOut {
                    party: (*party).to_owned(),
                    stance: cell.stance.as_str(),
                    day: cell.day.map(|day| day.to_string()),
                    statements: cell.count(),
                    lead: named(cell.lead),
                })
                .collect(),
            changes: facts
                .changes
                .iter()
                .map(|change| ChangeOut {
                    party: change.party.to_owned(),
                    day: change.day.to_string(),
                    from: change.from.map(|stance| stance.as_str()),
                    to: change.to.as_str(),
                    statement: named(change.statement),
                })
                .collect(),
            distances: facts
                .distances
                .iter()
                .map(|distance| DistanceOut {
                    parties: distance.parties.clone(),
                    now: distance.now,
                    before: distance.before,
                    trend: distance.trend(),
                    points: distance
                        .points
                        .iter()
                        .map(|point| PointOut { day: point.day.to_string(), distance: point.distance })
                        .collect(),
                })
                .collect(),
            conditions: facts
                .conditions(current)
                .into_iter()
                .take(CONDITIONS)
                .map(|(cited, terms)| ConditionOut {
                    statement: name(cited),
                    party: cited.party().map(str::to_owned),
                    terms,
                })
                .collect(),
            silent_sides: owned(&facts.unheard_sides),
            silent_others: owned(&facts.unheard_others),
            linked: facts
                .linked
                .iter()
                .map(|linked| LinkedOut {
                    issue: other(&linked.issues),
                    together: linked.together.len(),
                    moved: linked.moved.len(),
                })
                .collect(),
        }
    }
}
