//! Who stands with whom: actors joined by the issues on which they take sides, as discourse networks are made.
//!
//! A statement takes the side *for* an issue where its stance supports it, be it on terms, and the side *against* where it opposes it;
//! what is open or unclear takes no side. Every statement counts once, however many articles carry it. The weights of ties and their
//! normalisations are those of Discourse Network Analyzer, so that the two can be held beside each other; what it calls *cosine*
//! divides by the product of both activities.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use pourparler_text::{SpeakerKind, names};
use serde::{Deserialize, Serialize};

use crate::Cited;

/// Who is an actor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Actors {
    /// Those for whom people speak.
    #[default]
    Parties,
    /// The persons who speak, where they are named.
    Speakers,
}

impl Actors {
    /// The name of the actor who makes a statement; `None` where it has none of this kind.
    #[must_use]
    pub fn name_of(self, cited: &Cited) -> Option<&str> {
        let speaker = &cited.entry.statement.speaker;
        match self {
            Self::Parties => cited.party(),
            Self::Speakers => speaker.name.as_deref().filter(|_| speaker.kind == SpeakerKind::Person),
        }
    }
}

/// What links two actors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Links {
    /// That they take the same side of an issue.
    #[default]
    Agreement,
    /// That they take opposite sides.
    Conflict,
    /// Agreement less conflict: below zero where conflict outweighs.
    Both,
}

/// What a weight is divided by, so that who speaks much is not linked to all for that alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Norm {
    /// Nothing.
    None,
    /// The mean of what the two have said.
    #[default]
    Average,
    /// What either has said on sides that the other did not take, and the weight of what both took.
    Jaccard,
    /// The product of what the two have said.
    Cosine,
}

/// An actor of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Name.
    pub name: String,
    /// The party that a person speaks for, the latest given.
    pub party: Option<String>,
    /// How many statements take a side.
    pub statements: usize,
}

/// An issue of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// Id of the issue.
    pub issue: String,
    /// How many statements of the actors take a side on it.
    pub statements: usize,
}

/// Actors and where they stand on issues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TwoMode {
    /// The actors, the one with most statements first.
    pub actors: Vec<Actor>,
    /// The issues on which they take sides, the one with most statements first.
    pub issues: Vec<Topic>,
    /// Who takes which sides, by actors and issues as they stand above.
    pub stands: Vec<Stands>,
    /// How many actors were left out.
    pub left_out: usize,
}

/// How often an actor took either side of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stands {
    /// Place among the actors.
    pub actor: usize,
    /// Place among the issues.
    pub issue: usize,
    /// Statements for it.
    pub supports: usize,
    /// Statements against it.
    pub opposes: usize,
    /// The latest of them.
    pub latest: usize,
}

/// Actors joined with one another.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Network {
    /// The actors, the one with most statements first.
    pub actors: Vec<Actor>,
    /// The ties, the heaviest first.
    pub ties: Vec<Tie>,
    /// How many actors were left out.
    pub left_out: usize,
}

/// A tie of two actors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// Places among the actors, the smaller first.
    pub actors: [usize; 2],
    /// What it weighs.
    pub weight: f64,
    /// Ids of the issues on which both took the same side at some time.
    pub agree: Vec<String>,
    /// Ids of the issues on which they took opposite sides at some time.
    pub differ: Vec<String>,
}

impl TwoMode {
    /// Adds up who took which side in a period; with more than `most` actors those who spoke most.
    #[must_use]
    pub fn of(statements: &[Cited], who: Actors, since: Option<Date>, until: Option<Date>, most: usize) -> Self {
        let mut actors: Vec<Actor> = Vec::new();
        // Spellings of one name are told to be one only once each: a record has few names and many statements.
        let mut spelt: HashMap<&str, usize> = HashMap::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut sides: HashMap<(usize, &str), Stands> = HashMap::new();
        for cited in statements.iter().filter(|c| c.is_within(since, until)) {
            let Some(name) = who.name_of(cited) else { continue };
            let party = cited.party().filter(|_| who == Actors::Speakers);
            let mut seen: Vec<&str> = Vec::new();
            for position in &cited.entry.statement.positions {
                let Some(supports) = position.stance.agrees() else { continue };
                if seen.contains(&position.issue.as_str()) {
                    continue;
                }
                seen.push(&position.issue);
                let at = *spelt.entry(name).or_insert_with(|| {
                    let key = if who == Actors::Speakers { names::key(name) } else { name.to_owned() };
                    *known.entry(key).or_insert_with(|| {
                        actors.push(Actor { name: name.to_owned(), party: None, statements: 0 });
                        actors.len() - 1
                    })
                });
                let stands = sides.entry((at, &position.issue)).or_insert(Stands {
                    actor: at,
                    issue: 0,
                    supports: 0,
                    opposes: 0,
                    latest: 0,
                });
                if supports {
                    stands.supports += 1;
                } else {
                    stands.opposes += 1;
                }
                stands.latest = cited.number;
                // A statement counts once for its actor, on however many issues it takes a side.
                actors[at].statements += usize::from(seen.len() == 1);
                actors[at].party = party.map(str::to_owned).or(actors[at].party.take());
            }
        }
        arranged(actors, sides, most)
    }

    /// The actors joined with one another.
    #[must_use]
    pub fn joined(&self, links: Links, norm: Norm) -> Network {
        // Of each actor: statements for and against each issue.
        let mut sides = vec![vec![[0.0_f64; 2]; self.issues.len()]; self.actors.len()];
        for stands in &self.stands {
            sides[stands.actor][stands.issue] = [count(stands.supports), count(stands.opposes)];
        }
        let mut ties = Vec::new();
        for (first, a) in sides.iter().enumerate() {
            for (second, b) in sides.iter().enumerate().skip(first + 1) {
                let both = |f: fn([f64; 2], [f64; 2]) -> f64| a.iter().zip(b).map(move |(a, b)| f(*a, *b));
                let agreement: f64 = both(same).sum();
                let conflict: f64 = both(opposite).sum();
                let weight = match links {
                    Links::Agreement => agreement,
                    Links::Conflict => conflict,
                    Links::Both => agreement - conflict,
                };
                if weight == 0.0 {
                    continue;
                }
                let on =
                    |f| both(f).zip(&self.issues).filter(|(w, _)| *w > 0.0).map(|(_, i)| i.issue.clone()).collect();
                ties.push(Tie {
                    actors: [first, second],
                    weight: weight / divisor(a, b, norm),
                    agree: on(same),
                    differ: on(opposite),
                });
            }
        }
        ties.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.actors.cmp(&b.actors)));
        Network { actors: self.actors.clone(), ties, left_out: self.left_out }
    }
}

/// Puts actors and issues in order, leaves out whom there is no room for, and gives all their new places.
fn arranged(actors: Vec<Actor>, sides: HashMap<(usize, &str), Stands>, most: usize) -> TwoMode {
    let mut order: Vec<(usize, Actor)> = actors.into_iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| b.statements.cmp(&a.statements).then_with(|| a.name.cmp(&b.name)));
    let left_out = order.len().saturating_sub(most);
    order.truncate(most);
    let places: HashMap<usize, usize> = order.iter().enumerate().map(|(new, (old, _))| (*old, new)).collect();

    let mut of_issue: BTreeMap<&str, usize> = BTreeMap::new();
    let kept: Vec<(&str, Stands)> = sides
        .into_iter()
        .filter_map(|((old, issue), stands)| Some((issue, Stands { actor: *places.get(&old)?, ..stands })))
        .collect();
    for (issue, stands) in &kept {
        *of_issue.entry(issue).or_default() += stands.supports + stands.opposes;
    }
    let mut issues: Vec<(&str, usize)> = of_issue.into_iter().collect();
    issues.sort_by_key(|(_, statements)| std::cmp::Reverse(*statements));
    let columns: HashMap<&str, usize> = issues.iter().enumerate().map(|(at, (issue, _))| (*issue, at)).collect();
    let mut stands: Vec<Stands> =
        kept.into_iter().map(|(issue, stands)| Stands { issue: columns[issue], ..stands }).collect();
    stands.sort_by_key(|s| (s.actor, s.issue));
    TwoMode {
        actors: order.into_iter().map(|(_, actor)| actor).collect(),
        issues: issues.into_iter().map(|(issue, statements)| Topic { issue: issue.to_owned(), statements }).collect(),
        stands,
        left_out,
    }
}

fn same(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

fn opposite(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] + a[1] * b[0]
}

/// By what the weight of two actors is divided; never nothing, since both took some side.
fn divisor(a: &[[f64; 2]], b: &[[f64; 2]], norm: Norm) -> f64 {
    let said = |sides: &[[f64; 2]]| sides.iter().flatten().sum::<f64>();
    match norm {
        Norm::None => 1.0,
        Norm::Average => f64::midpoint(said(a), said(b)),
        Norm::Jaccard => {
            let pairs = a.iter().flatten().zip(b.iter().flatten());
            // What one of them alone took is counted, what both took is multiplied.
            pairs.map(|(a, b)| if *a == 0.0 || *b == 0.0 { a + b } else { a * b }).sum()
        }
        Norm::Cosine => said(a) * said(b),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of statements")]
fn count(n: usize) -> f64 {
    n as f64
}
