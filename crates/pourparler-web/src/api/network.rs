//! Who stands with whom.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use pourparler_brief::{Actors, Links, Network, Norm, TwoMode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::ask::Asked;
use crate::error::ProblemDetails;
use crate::view::name;
use crate::{App, WebError};

/// So many actors are sent where nothing is said, …
const USUAL: usize = 60;
/// … and at most.
const MOST: usize = 400;

/// Which network.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// `parties` or `speakers`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    actors: Actors,
    /// `agreement`, `conflict` or `both`, which takes the second from the first.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    links: Links,
    /// By what weights are divided: `none`, `average`, `jaccard` or `cosine`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    norm: Norm,
    /// First day.
    #[param(value_type = Option<String>, format = Date)]
    since: Option<Date>,
    /// Last day.
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// How many actors at most: 60 where it is not said, 400 at most.
    most: Option<usize>,
}

/// Actors, the issues on which they take sides, and the ties between them.
#[derive(Debug, Serialize, ToSchema)]
pub struct NetworkOut {
    /// The actors, the one with most statements first.
    actors: Vec<ActorOut>,
    /// Ids of the issues on which they take sides, the one with most statements first.
    issues: Vec<String>,
    /// Who takes which side: the two-mode network.
    stands: Vec<StandsOut>,
    /// Who is joined with whom: the one-mode network, the heaviest tie first.
    ties: Vec<TieOut>,
    /// How many actors were left out.
    left_out: usize,
}

/// An actor.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActorOut {
    /// Name.
    name: String,
    /// The party that a speaker speaks for.
    party: Option<String>,
    /// How many statements take a side.
    statements: usize,
}

/// How often an actor took either side of an issue.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandsOut {
    /// Name of the actor.
    actor: String,
    /// Id of the issue.
    issue: String,
    /// Statements for it, be it on terms.
    supports: usize,
    /// Statements against it.
    opposes: usize,
    /// The latest of them, as `ARTICLE/ID`.
    latest: Option<String>,
}

/// A tie of two actors.
#[derive(Debug, Serialize, ToSchema)]
pub struct TieOut {
    /// Names of the two.
    actors: [String; 2],
    /// What it weighs.
    weight: f64,
    /// Ids of issues on which both took the same side.
    agree: Vec<String>,
    /// Ids of issues on which they took opposite sides.
    differ: Vec<String>,
}

/// Who stands with whom: actors and issues, and actors joined with one another by agreement, by conflict, or by one less the other.
/// Weights and normalisations are those of Discourse Network Analyzer.
#[utoipa::path(get, path = "/network", params(Query), responses((status = 200, body = NetworkOut), (status = 400, body = ProblemDetails)))]
pub async fn network(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<NetworkOut>, WebError> {
    let current = app.view().await?;
    let most = query.most.unwrap_or(USUAL).min(MOST);
    let two = TwoMode::of(&current.statements, query.actors, query.since, query.until, most);
    let Network { ties, .. } = two.joined(query.links, query.norm);
    let actor = |at: usize| two.actors[at].name.clone();
    Ok(Json(NetworkOut {
        stands: two
            .stands
            .iter()
            .map(|stands| StandsOut {
                actor: actor(stands.actor),
                issue: two.issues[stands.issue].issue.clone(),
                supports: stands.supports,
                opposes: stands.opposes,
                latest: current.statement(stands.latest).map(name),
            })
            .collect(),
        ties: ties
            .into_iter()
            .map(|tie| TieOut {
                actors: tie.actors.map(actor),
                weight: tie.weight,
                agree: tie.agree,
                differ: tie.differ,
            })
            .collect(),
        issues: two.issues.iter().map(|topic| topic.issue.clone()).collect(),
        actors: two
            .actors
            .iter()
            .map(|actor| ActorOut {
                name: actor.name.clone(),
                party: actor.party.clone(),
                statements: actor.statements,
            })
            .collect(),
        left_out: two.left_out,
    }))
}
