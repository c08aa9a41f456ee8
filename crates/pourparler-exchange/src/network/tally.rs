//! The days of the statements behind the nodes and edges of a network.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use pourparler_brief::{Actors, Cited, TwoMode};
use pourparler_text::{Stance, names};

use super::Scope;

/// Days, with how many statements were made on each.
type Days = BTreeMap<Date, usize>;

/// What actors said on which days, by actors and issues as they stand in a [`TwoMode`].
pub(super) struct Tally {
    actors: Vec<Days>,
    /// By actor and issue: for it, and against it.
    sides: HashMap<(usize, usize), [Days; 2]>,
    /// By actor and issue, whichever side was taken.
    stands: HashMap<(usize, usize), Days>,
    /// By actor, issue and side: also where no day is known.
    taken: BTreeSet<(usize, usize, usize)>,
    /// How many statements of the actors take a side.
    pub statements: usize,
    /// How many do not count, and the first of them.
    pub no_side: usize,
    pub no_side_first: Option<String>,
    /// How many count that have no day, and the first of them.
    pub undated: usize,
    pub undated_first: Option<String>,
}

impl Tally {
    pub fn of(statements: &[Cited], sides: &TwoMode, scope: &Scope) -> Self {
        let key = |name: &str| match scope.who {
            Actors::Parties => name.to_owned(),
            Actors::Speakers => names::key(name),
        };
        let actors: HashMap<String, usize> = sides.actors.iter().enumerate().map(|(i, a)| (key(&a.name), i)).collect();
        let issues: HashMap<&str, usize> =
            sides.issues.iter().enumerate().map(|(i, t)| (t.issue.as_str(), i)).collect();
        let mut spelt: HashMap<&str, Option<usize>> = HashMap::new();
        let mut tally = Self {
            actors: vec![Days::new(); sides.actors.len()],
            sides: HashMap::new(),
            stands: HashMap::new(),
            taken: BTreeSet::new(),
            statements: 0,
            no_side: 0,
            no_side_first: None,
            undated: 0,
            undated_first: None,
        };
        for cited in statements.iter().filter(|c| c.is_within(scope.since, scope.until)) {
            let actor = scope
                .who
                .name_of(cited)
                .and_then(|name| *spelt.entry(name).or_insert_with(|| actors.get(&key(name)).copied()));
            let mut seen: Vec<usize> = Vec::new();
            for position in &cited.entry.statement.positions {
                let (Some(actor), Some(side)) = (actor, side(position.stance)) else { continue };
                let Some(&issue) = issues.get(position.issue.as_str()) else { continue };
                if seen.contains(&issue) {
                    continue;
                }
                seen.push(issue);
                tally.take(actor, issue, side, cited.day);
            }
            match (actor, seen.is_empty()) {
                (Some(actor), false) => tally.count(actor, cited),
                _ => {
                    tally.no_side += 1;
                    tally.no_side_first.get_or_insert_with(|| place(cited));
                }
            }
        }
        tally
    }

    fn take(&mut self, actor: usize, issue: usize, side: usize, day: Option<Date>) {
        self.taken.insert((actor, issue, side));
        if let Some(day) = day {
            *self.sides.entry((actor, issue)).or_default()[side].entry(day).or_default() += 1;
            *self.stands.entry((actor, issue)).or_default().entry(day).or_default() += 1;
        }
    }

    fn count(&mut self, actor: usize, cited: &Cited) {
        self.statements += 1;
        if let Some(day) = cited.day {
            *self.actors[actor].entry(day).or_default() += 1;
        } else {
            self.undated += 1;
            self.undated_first.get_or_insert_with(|| place(cited));
        }
    }

    /// Days on which an actor spoke.
    pub fn of_actor(&self, actor: usize) -> &Days {
        &self.actors[actor]
    }

    /// Days on which an issue was spoken of.
    pub fn of_issue(&self, issue: usize) -> Days {
        let mut days = Days::new();
        for ((_, of), some) in &self.stands {
            if *of == issue {
                add(&mut days, some, None);
            }
        }
        days
    }

    /// Days on which an actor took either side of an issue.
    pub fn of_stand(&self, actor: usize, issue: usize) -> Days {
        self.stands.get(&(actor, issue)).cloned().unwrap_or_default()
    }

    /// Days on which what joins two actors was said, from the day on which both had said it.
    pub fn of_tie(&self, [a, b]: [usize; 2], agree: &[usize], differ: &[usize]) -> Days {
        let same = agree.iter().flat_map(|issue| [(*issue, 0, 0), (*issue, 1, 1)]);
        let opposite = differ.iter().flat_map(|issue| [(*issue, 0, 1), (*issue, 1, 0)]);
        let mut days = Days::new();
        // A statement may join two both ways, and still is one.
        let mut used: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        for (issue, of_a, of_b) in same.chain(opposite) {
            if !self.taken.contains(&(a, issue, of_a)) || !self.taken.contains(&(b, issue, of_b)) {
                continue;
            }
            let (on_a, on_b) = (self.on(a, issue, of_a), self.on(b, issue, of_b));
            let firsts = [on_a, on_b].map(|days| days.and_then(|d| d.keys().next()));
            // Where one side's day is not known, neither is the day from which on they were joined.
            let [Some(first_a), Some(first_b)] = firsts else { continue };
            let from = *first_a.max(first_b);
            for (actor, side, on) in [(a, of_a, on_a), (b, of_b, on_b)] {
                if used.insert((actor, issue, side)) {
                    on.into_iter().for_each(|on| add(&mut days, on, Some(from)));
                }
            }
        }
        days
    }

    fn on(&self, actor: usize, issue: usize, side: usize) -> Option<&Days> {
        self.sides.get(&(actor, issue)).map(|sides| &sides[side])
    }
}

fn add(to: &mut Days, more: &Days, from: Option<Date>) {
    for (day, count) in more.iter().filter(|(day, _)| from.is_none_or(|from| from <= **day)) {
        *to.entry(*day).or_default() += count;
    }
}

/// For it, or against it; see [`pourparler_brief::TwoMode`].
fn side(stance: Stance) -> Option<usize> {
    stance.agrees().map(|agrees| usize::from(!agrees))
}

fn place(cited: &Cited) -> String {
    format!("{}/{}", cited.entry.article, cited.entry.statement.id)
}
