//! What a next round could be about: issues by how much they are spoken of and how far apart the parties stand, those that only
//! one side raises, and those that go together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use serde::Serialize;

use crate::{Standing, Standings};

/// A party is said to raise an issue from so many statements on.
const RAISED: usize = 2;
/// A party's silence is told where it made so many statements on other issues.
const HEARD: usize = 5;
/// Two issues are said to go together from so many statements or moves on.
const TOGETHER: usize = 2;

/// An issue as a point of an agenda.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Id of the issue.
    pub issue: String,
    /// How many statements take it up.
    pub statements: usize,
    /// The greatest distance of two parties on it; `None` where fewer than two take a stance.
    pub distance: Option<f64>,
    /// By what the points are ordered: the logarithm of one more than the statements, times a quarter more than the distance.
    pub weight: f64,
    /// Who speaks of it, the one with most statements first.
    pub parties: Vec<String>,
    /// Its latest statement.
    pub latest: usize,
}

/// An issue that some raise and others never mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OneSided {
    /// Id of the issue.
    pub issue: String,
    /// Who raises it, with the statements.
    pub raised: Vec<(String, Vec<usize>)>,
    /// Who speaks of other issues and never of it.
    pub silent: Vec<String>,
}

/// Two issues that go together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// Ids of the issues, in alphabetical order.
    pub issues: [String; 2],
    /// Statements that take up both.
    pub together: Vec<usize>,
    /// The parties and days that moved on both.
    pub moved: Vec<(String, Date)>,
}

impl Standings {
    /// The issues, the one that a next round needs most first.
    #[must_use]
    pub fn agenda(&self, on: Option<Date>) -> Vec<Point> {
        let distances = self.distances(None, on);
        // Of each issue: parties with their statements, all statements, the latest of them.
        type Raised<'a> = (Vec<(&'a str, usize)>, usize, usize);
        let mut points: BTreeMap<&str, Raised<'_>> = BTreeMap::new();
        for ((party, issue), rows) in self.groups() {
            let rows: Vec<&Standing> =
                rows.iter().filter(|r| on.is_none_or(|on| r.day.is_some_and(|d| d <= on))).collect();
            let Some(latest) = rows.iter().map(|r| (r.day, r.statement)).max() else { continue };
            let point = points.entry(issue).or_default();
            point.0.push((party, rows.len()));
            point.1 += rows.len();
            point.2 = point.2.max(latest.1);
        }
        let mut out: Vec<Point> = points
            .into_iter()
            .map(|(issue, (mut parties, statements, latest))| {
                parties.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
                let apart = distances.iter().filter(|d| d.issue == issue).map(|d| d.now);
                let distance = apart.max_by(f64::total_cmp);
                #[expect(clippy::cast_precision_loss, reason = "a count of statements")]
                let weight = (1.0 + statements as f64).ln() * (0.25 + distance.unwrap_or(0.0));
                Point {
                    issue: issue.to_owned(),
                    statements,
                    distance,
                    weight,
                    parties: parties.into_iter().map(|(name, _)| name.to_owned()).collect(),
                    latest,
                }
            })
            .collect();
        out.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.issue.cmp(&b.issue)));
        out
    }

    /// The issues that some party raises and some other, which is heard on other issues, never mentions; the most spoken of first.
    #[must_use]
    pub fn one_sided(&self) -> Vec<OneSided> {
        let groups = self.groups();
        let mut heard: BTreeMap<&str, usize> = BTreeMap::new();
        for ((party, _), rows) in &groups {
            *heard.entry(party).or_default() += rows.len();
        }
        let issues: BTreeSet<&str> = groups.keys().map(|(_, issue)| *issue).collect();
        let mut out: Vec<OneSided> = issues
            .into_iter()
            .map(|issue| {
                let of = |party: &str| groups.get(&(party, issue)).map_or(0, |rows| rows.len());
                let mut raised: Vec<(String, Vec<usize>)> = heard
                    .keys()
                    .filter(|party| of(party) >= RAISED)
                    .map(|&party| (party.to_owned(), groups[&(party, issue)].iter().map(|r| r.statement).collect()))
                    .collect();
                raised.sort_by_key(|(_, statements)| std::cmp::Reverse(statements.len()));
                let silent = heard.iter().filter(|(party, n)| **n >= HEARD && of(party) == 0);
                OneSided { issue: issue.to_owned(), raised, silent: silent.map(|(p, _)| (*p).to_owned()).collect() }
            })
            .filter(|one| !one.raised.is_empty() && !one.silent.is_empty())
            .collect();
        out.sort_by_key(|one| std::cmp::Reverse(one.raised.iter().map(|(_, s)| s.len()).sum::<usize>()));
        out
    }

    /// Pairs of issues that statements take up together or on which one party moves on one day, the closest first.
    #[must_use]
    pub fn linked(&self) -> Vec<Linked> {
        let mut by_statement: Vec<(usize, u32)> = self.rows().iter().map(|r| (r.statement, r.issue)).collect();
        by_statement.sort_unstable();
        let mut pairs: HashMap<(u32, u32), Vec<usize>> = HashMap::new();
        for issues in by_statement.chunk_by(|a, b| a.0 == b.0) {
            for (i, a) in issues.iter().enumerate() {
                for b in &issues[i + 1..] {
                    pairs.entry((a.1.min(b.1), a.1.max(b.1))).or_default().push(a.0);
                }
            }
        }
        let ordered = |a, b| if a <= b { [a, b] } else { [b, a] };
        let link =
            |issues: [&str; 2], together| Linked { issues: issues.map(str::to_owned), together, moved: Vec::new() };
        let mut out: BTreeMap<[&str; 2], Linked> = BTreeMap::new();
        for ((a, b), together) in pairs {
            let issues = ordered(self.name(a), self.name(b));
            out.insert(issues, link(issues, together));
        }
        let moves = self.moves();
        let mut of_day: BTreeMap<(&str, Date), Vec<&str>> = BTreeMap::new();
        moves.iter().for_each(|m| of_day.entry((&m.party, m.day)).or_default().push(&m.issue));
        for ((party, day), issues) in of_day {
            for (i, a) in issues.iter().enumerate() {
                for b in issues[i + 1..].iter().filter(|b| *b != a) {
                    let issues = ordered(a, b);
                    let link = out.entry(issues).or_insert_with(|| link(issues, Vec::new()));
                    link.moved.push((party.to_owned(), day));
                }
            }
        }
        let mut out: Vec<Linked> =
            out.into_values().filter(|l| l.together.len() + 2 * l.moved.len() >= TOGETHER).collect();
        out.sort_by_key(|l| std::cmp::Reverse(l.together.len() + 2 * l.moved.len()));
        out
    }
}
