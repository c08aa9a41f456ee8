//! Claims and answers: who denied, rejected or accepted what of whom, and what stands unanswered.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use pourparler_text::{Act, names};
use serde::Serialize;

use crate::vocabulary::Contents;
use crate::{Cited, Standing, Standings};

/// An answer is looked for among the claims of so many days.
const ANSWER_DAYS: i64 = 30;
/// So many content words at least must an answer share with its claim.
const SHARED_WORDS: usize = 2;

/// What was claimed and how it was met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Claims {
    /// Claims with the answers found.
    pub answered: Vec<Answered>,
    /// Accusations to which no answer was found; demands and proposals on whose issues no other party has spoken
    /// since.
    pub unanswered: Vec<usize>,
    /// Denials for which no claim was found.
    pub denials: Vec<usize>,
}

/// A claim with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The claim, accusation, proposal or demand.
    pub claim: usize,
    /// Statements of other parties that deny, reject or accept it, or accuse in turn.
    pub answers: Vec<usize>,
}

impl Claims {
    /// Gives every statement another number.
    pub(crate) fn renumber(&mut self, new: impl Fn(usize) -> usize) {
        let answered = self.answered.iter_mut().flat_map(|a| a.answers.iter_mut().chain([&mut a.claim]));
        for n in answered.chain(&mut self.unanswered).chain(&mut self.denials) {
            *n = new(*n);
        }
    }
}

/// What an act can be the answer to.
fn answers_to(act: Act) -> &'static [Act] {
    match act {
        Act::Deny => &[Act::Assert, Act::Assess, Act::Accuse, Act::Warn],
        Act::Reject => &[Act::Assert, Act::Assess, Act::Accuse, Act::Warn, Act::Propose, Act::Demand],
        Act::Accept => &[Act::Propose, Act::Demand],
        Act::Accuse => &[Act::Accuse],
        _ => &[],
    }
}

/// Whether what is said on a day can be an answer or have one.
fn is_heard(day: Option<Date>, act: Act) -> bool {
    day.is_some() && act != Act::Commit
}

/// Joins answers to the claims that they answer, where that is reasonably certain.
///
/// A denial, rejection, acceptance or counter-accusation is joined to a statement of another party that it can
/// answer, made on the same day or in the thirty days before, that takes up one of its issues and shares at least two
/// of its content words; of several, to the one that shares most, then to the latest. Content words have four letters
/// or more, are compared by their first five, and are neither function words nor names of parties.
#[must_use]
pub fn claims(statements: &[Cited]) -> Claims {
    let contents = Contents::of(statements, |c| is_heard(c.day, c.entry.statement.act));
    Standings::of(statements).claims(statements, &contents)
}

impl Standings {
    /// The same of statements whose stances these are and of which it is known what they are about.
    pub(crate) fn claims(&self, statements: &[Cited], contents: &Contents) -> Claims {
        let mut of_issues: BTreeMap<u32, Vec<&Standing>> = BTreeMap::new();
        self.rows().iter().for_each(|r| of_issues.entry(r.issue).or_default().push(r));
        let mut words = Words::of(statements, contents);
        // By answer, its claim after how many words they share.
        let mut answers: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut met: HashSet<usize> = HashSet::new();
        for mut all in of_issues.into_values() {
            met.extend(met_by_others(&all));
            all.retain(|r| is_heard(r.day, r.act));
            all.sort_by_key(|r| (r.day, r.statement));
            for (answer, claim) in words.joined(&all) {
                let best = answers.entry(answer).or_default();
                *best = claim.max(*best);
            }
        }

        let mut answered: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (answer, (_, claim)) in &answers {
            answered.entry(*claim).or_default().push(*answer);
        }
        let waits = |c: &Cited| match c.entry.statement.act {
            Act::Accuse => true,
            Act::Demand | Act::Propose => !c.entry.statement.positions.is_empty() && !met.contains(&c.number),
            _ => false,
        };
        let which = |test: &dyn Fn(&Cited) -> bool| statements.iter().filter(|c| test(c)).map(|c| c.number).collect();
        Claims {
            unanswered: which(&|c| waits(c) && c.party().is_some() && !answered.contains_key(&c.number)),
            denials: which(&|c| c.entry.statement.act == Act::Deny && !answers.contains_key(&c.number)),
            answered: answered.into_iter().map(|(claim, answers)| Answered { claim, answers }).collect(),
        }
    }
}

/// Of the rows of an issue, by party and day, the demands and proposals after which another party took it up, on their day or later.
fn met_by_others(all: &[&Standing]) -> Vec<usize> {
    let of_parties = all.chunk_by(|a, b| a.party == b.party);
    let last: Vec<&Standing> = of_parties.filter_map(|rows| rows.last().copied()).collect();
    let met = |r: &&&Standing| {
        matches!(r.act, Act::Demand | Act::Propose) && last.iter().any(|l| l.party != r.party && l.day >= r.day)
    };
    all.iter().filter(met).map(|r| r.statement).collect()
}

/// Whether a statement can be the answer to one of its day or of the days before.
fn can_answer(answer: &Standing, claim: &Standing) -> bool {
    // An article may well report the answer before the claim; but two accusations of one day cannot answer each other.
    let in_time = || claim.day < answer.day || answer.act != claim.act || claim.statement < answer.statement;
    answer.party != claim.party && answers_to(answer.act).contains(&claim.act) && in_time()
}

/// The words by which answers find their claims.
struct Words<'a> {
    contents: &'a Contents,
    /// By stem, whether it is of a party's name.
    of_names: Vec<bool>,
    /// By stem, where in the list of an issue the statements with it stand: an answer meets only those that share a word.
    with: Vec<Vec<usize>>,
}

impl<'a> Words<'a> {
    fn of(statements: &[Cited], contents: &'a Contents) -> Self {
        let parties: HashSet<&str> = statements.iter().filter_map(Cited::party).collect();
        let mut of_names = vec![false; contents.count()];
        for stem in parties.into_iter().flat_map(names::fold).filter_map(|word| contents.stem_of(&word)) {
            of_names[stem as usize] = true;
        }
        Self { contents, of_names, with: vec![Vec::new(); contents.count()] }
    }

    /// Of the rows of an issue in the order of days, the answers, each with its claim after how many words they share.
    fn joined(&mut self, all: &[&Standing]) -> Vec<(usize, (usize, usize))> {
        let stems = |row: &Standing| {
            let stems = self.contents.stems(row.statement.wrapping_sub(1)).iter().map(|stem| *stem as usize);
            stems.filter(|stem| !self.of_names[*stem])
        };
        for (place, row) in all.iter().enumerate() {
            stems(row).for_each(|stem| self.with[stem].push(place));
        }
        let (mut out, mut shared, mut met) = (Vec::new(), vec![0; all.len()], Vec::new());
        for answer in all.iter().filter(|r| !answers_to(r.act).is_empty()) {
            let first = answer.day.and_then(|day| day.checked_sub(jiff::Span::new().days(ANSWER_DAYS)).ok());
            let first = all.partition_point(|r| r.day < first);
            let end = all.partition_point(|r| r.day <= answer.day);
            for stem in stems(answer) {
                let places = &self.with[stem];
                let from = places.partition_point(|place| *place < first);
                for place in places[from..].iter().take_while(|place| **place < end) {
                    shared[*place] += 1;
                    met.push(*place);
                }
            }
            // Whom it meets with several words comes several times, and is looked at once.
            let claims = met.drain(..).map(|place| (std::mem::take(&mut shared[place]), all[place]));
            let claims = claims.filter(|(shared, claim)| *shared >= SHARED_WORDS && can_answer(answer, claim));
            out.extend(
                claims.map(|(shared, claim)| (shared, claim.statement)).max().map(|best| (answer.statement, best)),
            );
        }
        for row in all {
            stems(row).for_each(|stem| self.with[stem].clear());
        }
        out
    }
}
