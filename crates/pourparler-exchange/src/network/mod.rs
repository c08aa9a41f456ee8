//! Networks of the record: who takes which side of which issue, and who agrees with whom.
//!
//! The counts and weights are those of [`pourparler_brief::TwoMode`]. What is added here are the days: a node, and an edge,
//! knows on which days the statements behind it were made, so that a timeline can be drawn ([`write_gexf`]).
//! [`write_graphml`] is for programs that know no time. A [`Graph`] is also data: it can be serialized as it stands.
//!
//! The edge of two actors stands on the statements by which they took the same side of an issue (or opposite ones), from the
//! day on which both had done so: before that, nothing joined them. A statement of which no day is known is weighed, and is on no
//! day.

mod gexf;
mod graphml;
mod names;
mod tally;

use std::collections::BTreeMap;

use jiff::civil::Date;
use pourparler_brief::{Actor, Actors, Cited, IssueLabel, Links, Norm, TwoMode};
use serde::Serialize;

pub use gexf::write_gexf;
pub use graphml::write_graphml;

use crate::Loss;
use tally::Tally;

/// Which actors, and of which time.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// Parties, or the persons who speak.
    pub who: Actors,
    /// Only statements of this day or later.
    pub since: Option<Date>,
    /// Only statements of this day or before.
    pub until: Option<Date>,
    /// So many actors at most, those who spoke most.
    pub most: usize,
}

impl Default for Scope {
    /// All parties at all times.
    fn default() -> Self {
        Self { who: Actors::Parties, since: None, until: None, most: usize::MAX }
    }
}

/// By what the weights of a network of actors and issues are divided, as in Discourse Network Analyzer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Share {
    /// By nothing: a weight is a count of statements.
    #[default]
    None,
    /// By all that the actor said: what part of it was on this issue.
    Activity,
    /// By all that was said on the issue: what part of it this actor said.
    Prominence,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A party, country or body for whom people speak.
    Party,
    /// A person who speaks.
    Person,
    /// An issue.
    Issue,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Person => "person",
            Self::Issue => "issue",
        }
    }
}

/// A node of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// `a1`, `a2`, … of actors, `i1`, … of issues: in the file, nothing else.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// The id of an issue, in the dossier.
    pub issue: Option<String>,
    /// The party that a person speaks for.
    pub party: Option<String>,
    /// How many statements take a side.
    pub statements: usize,
    /// The days on which they were made, with how many; undated ones are not among them.
    pub days: BTreeMap<Date, usize>,
}

/// An edge of a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// Place of one end among the nodes.
    pub source: usize,
    /// Place of the other.
    pub target: usize,
    /// What it weighs.
    pub weight: f64,
    /// What is behind it.
    #[serde(flatten)]
    pub behind: Behind,
    /// The days of the statements behind it, with how many.
    pub days: BTreeMap<Date, usize>,
}

/// What is behind an edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Behind {
    /// Of an actor and an issue: how many statements are for it and against it.
    Sides {
        /// Statements for it, be it on terms.
        supports: usize,
        /// Statements against it.
        opposes: usize,
    },
    /// Of two actors: names of the issues on which they took the same side, and opposite ones.
    Issues {
        /// The same.
        agree: Vec<String>,
        /// Opposite ones.
        differ: Vec<String>,
    },
}

/// A network, ready to be written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Graph {
    /// What it is a network of, in a few words.
    pub name: String,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges; none has a direction.
    pub edges: Vec<Edge>,
    /// How many statements take a side.
    pub statements: usize,
    #[serde(skip)]
    losses: Vec<Loss>,
}

impl Graph {
    /// Actors and the issues on which they take sides. An edge's weight is how many statements do, for and against together.
    #[must_use]
    pub fn two_mode(statements: &[Cited], issues: &[IssueLabel], scope: &Scope, share: Share) -> Self {
        let sides = TwoMode::of(statements, scope.who, scope.since, scope.until, scope.most);
        let tally = Tally::of(statements, &sides, scope);
        let mut nodes = actors(&sides.actors, &tally, scope.who);
        let first_issue = nodes.len();
        for (at, topic) in sides.issues.iter().enumerate() {
            nodes.push(Node {
                id: format!("i{}", at + 1),
                label: IssueLabel::name_in(issues, &topic.issue).to_owned(),
                kind: Kind::Issue,
                issue: Some(topic.issue.clone()),
                party: None,
                statements: topic.statements,
                days: tally.of_issue(at),
            });
        }
        let mut by_actor = vec![0; sides.actors.len()];
        for stands in &sides.stands {
            by_actor[stands.actor] += stands.supports + stands.opposes;
        }
        let edge = |stands: &pourparler_brief::Stands| {
            let count = stands.supports + stands.opposes;
            let whole = match share {
                Share::None => 1,
                Share::Activity => by_actor[stands.actor],
                Share::Prominence => sides.issues[stands.issue].statements,
            };
            Edge {
                source: stands.actor,
                target: first_issue + stands.issue,
                weight: real(count) / real(whole),
                behind: Behind::Sides { supports: stands.supports, opposes: stands.opposes },
                days: tally.of_stand(stands.actor, stands.issue),
            }
        };
        let edges = sides.stands.iter().map(edge).collect();
        let name = format!("{} and issues", plural(scope.who));
        Self { name, nodes, edges, statements: tally.statements, losses: losses(&tally, sides.left_out) }
    }

    /// Actors joined by the issues on which they take sides.
    #[must_use]
    pub fn one_mode(statements: &[Cited], issues: &[IssueLabel], scope: &Scope, links: Links, norm: Norm) -> Self {
        let sides = TwoMode::of(statements, scope.who, scope.since, scope.until, scope.most);
        let tally = Tally::of(statements, &sides, scope);
        let network = sides.joined(links, norm);
        let nodes = actors(&network.actors, &tally, scope.who);
        let places: BTreeMap<&str, usize> =
            sides.issues.iter().enumerate().map(|(i, t)| (t.issue.as_str(), i)).collect();
        let of = |ids: &[String]| ids.iter().filter_map(|id| places.get(id.as_str()).copied()).collect::<Vec<_>>();
        let named = |ids: &[String]| ids.iter().map(|id| IssueLabel::name_in(issues, id).to_owned()).collect();
        let edges = network.ties.iter().map(|tie| {
            let agree = if links == Links::Conflict { vec![] } else { of(&tie.agree) };
            let differ = if links == Links::Agreement { vec![] } else { of(&tie.differ) };
            Edge {
                source: tie.actors[0],
                target: tie.actors[1],
                weight: tie.weight,
                behind: Behind::Issues { agree: named(&tie.agree), differ: named(&tie.differ) },
                days: tally.of_tie(tie.actors, &agree, &differ),
            }
        });
        let by = match links {
            Links::Agreement => "agreement",
            Links::Conflict => "conflict",
            Links::Both => "agreement less conflict",
        };
        let name = format!("{} by {by}", plural(scope.who));
        let edges = edges.collect();
        Self { name, nodes, edges, statements: tally.statements, losses: losses(&tally, network.left_out) }
    }
}

fn actors(all: &[Actor], tally: &Tally, who: Actors) -> Vec<Node> {
    let node = |(at, actor): (usize, &Actor)| Node {
        id: format!("a{}", at + 1),
        label: actor.name.clone(),
        kind: match who {
            Actors::Parties => Kind::Party,
            Actors::Speakers => Kind::Person,
        },
        issue: None,
        party: actor.party.clone(),
        statements: actor.statements,
        days: tally.of_actor(at).clone(),
    };
    all.iter().enumerate().map(node).collect()
}

fn plural(who: Actors) -> &'static str {
    match who {
        Actors::Parties => "Parties",
        Actors::Speakers => "Persons",
    }
}

fn losses(tally: &Tally, left_out: usize) -> Vec<Loss> {
    let mut out = Vec::new();
    if left_out > 0 {
        let first = "those with the fewest statements".to_owned();
        out.push(Loss { what: "actors beyond the number asked for, left out", times: left_out, first });
    }
    if let Some(first) = &tally.no_side_first {
        let first = first.clone();
        out.push(Loss { what: "statements that take no side, or of no such actor", times: tally.no_side, first });
    }
    if let Some(first) = &tally.undated_first {
        let first = first.clone();
        out.push(Loss { what: "statements without a day: weighed, but on no day", times: tally.undated, first });
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "a count of statements")]
fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
