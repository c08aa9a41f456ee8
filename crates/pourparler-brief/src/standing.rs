//! Stances in small: one row for each statement's stance on an issue, as few numbers as the rules of positions need, so that
//! a million of them can be added up at once.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use pourparler_text::{Act, Stance};

use crate::Cited;
use crate::cited::SpeakerKeys;

/// One statement's stance on one issue, for a party. Names are numbers in [`Standings::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The statement's number.
    pub statement: usize,
    /// Whose stance it is.
    pub party: u32,
    /// On what.
    pub issue: u32,
    /// The day on which it counts; `None` sorts before every day.
    pub day: Option<Date>,
    /// The stance.
    pub stance: Stance,
    /// What the statement does.
    pub act: Act,
    /// What it weighs against others of the same day, see [`Cited::weight`].
    pub weight: u32,
    /// Who said it, where that is named.
    pub speaker: Option<u32>,
    /// The outlet of its first appearance.
    pub outlet: Option<u32>,
    /// What else the rules ask about it.
    pub marks: Marks,
}

/// What is so of a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// An article tells the day on which it was said.
    pub dated: bool,
    /// The speaker is named.
    pub named: bool,
    /// Somebody carried the words.
    pub relayed: bool,
    /// A person decided on it.
    pub reviewed: bool,
}

impl Standing {
    /// Whether it takes a stance and does not only touch the issue.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.stance != Stance::Unclear
    }
}

/// The stances of a record, those of one party on one issue side by side, in the order of days and then of statements.
#[derive(Debug, Clone, Default)]
pub struct Standings {
    rows: Vec<Standing>,
    names: Vec<String>,
}

impl Standings {
    /// From rows in any order, and the names that their numbers stand for.
    #[must_use]
    pub fn new(mut rows: Vec<Standing>, names: Vec<String>) -> Self {
        rows.sort_unstable_by_key(|r| (r.party, r.issue, r.day, r.statement));
        Self { rows, names }
    }

    /// The stances of statements that a party takes; of two on one issue in one statement the first.
    #[must_use]
    pub fn of(statements: &[Cited]) -> Self {
        let (mut numbers, mut keys) = (Numbers::default(), SpeakerKeys::default());
        let mut rows = Vec::new();
        for cited in statements {
            let Some(party) = cited.party() else { continue };
            let party = numbers.of(party);
            let speaker = keys.of(cited).filter(|_| cited.is_named()).map(|key| numbers.of(&key));
            let outlet = cited.appearances.first().and_then(|a| a.outlet.as_deref()).map(|name| numbers.of(name));
            let weight = cited.weight();
            let mut seen: Vec<u32> = Vec::new();
            for position in &cited.entry.statement.positions {
                let issue = numbers.of(&position.issue);
                if seen.contains(&issue) {
                    continue;
                }
                seen.push(issue);
                rows.push(Standing {
                    statement: cited.number,
                    party,
                    issue,
                    day: cited.day,
                    stance: position.stance,
                    act: cited.entry.statement.act,
                    weight,
                    speaker,
                    outlet,
                    marks: Marks {
                        dated: cited.is_dated(),
                        named: cited.is_named(),
                        relayed: cited.is_relayed(),
                        reviewed: cited.is_reviewed(),
                    },
                });
            }
        }
        Self::new(rows, numbers.names)
    }

    /// What a number stands for.
    #[must_use]
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> &[Standing] {
        &self.rows
    }

    /// The rows of one party on one issue, in the order of days and then of statements.
    #[must_use]
    pub fn rows_of(&self, party: &str, issue: &str) -> &[Standing] {
        let number = |name: &str| self.names.iter().position(|n| n == name).and_then(|at| u32::try_from(at).ok());
        let Some(pair) = number(party).zip(number(issue)) else { return &[] };
        let from = self.rows.partition_point(|r| (r.party, r.issue) < pair);
        let rest = &self.rows[from..];
        &rest[..rest.partition_point(|r| (r.party, r.issue) == pair)]
    }

    /// The rows of each party on each issue, by party and issue in alphabetical order.
    #[must_use]
    pub fn groups(&self) -> BTreeMap<(&str, &str), &[Standing]> {
        let chunks = self.rows.chunk_by(|a, b| (a.party, a.issue) == (b.party, b.issue));
        chunks.map(|rows| ((self.name(rows[0].party), self.name(rows[0].issue)), rows)).collect()
    }
}

/// Gives names numbers.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    names: Vec<String>,
    known: HashMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.known.get(name) {
            return number;
        }
        // A record with four thousand million names does not fit into memory.
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.known.insert(name.to_owned(), number);
        number
    }
}

/// The stance that weighs most among rows; at a tie that of the last of them.
pub(crate) fn weightiest<'a>(rows: impl IntoIterator<Item = &'a Standing>) -> Option<Stance> {
    let mut weights: BTreeMap<Stance, (u32, usize)> = BTreeMap::new();
    for row in rows {
        let (weight, last) = weights.entry(row.stance).or_default();
        *weight += row.weight;
        *last = (*last).max(row.statement);
    }
    weights.into_iter().max_by_key(|&(_, weight)| weight).map(|(stance, _)| stance)
}
