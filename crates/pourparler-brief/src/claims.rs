//! Claims and answers: who denied, rejected or accepted what of whom, and what stands unanswered.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use pourparler_text::{Act, names};
use serde::Serialize;

use crate::Cited;
use crate::vocabulary::{Stems, Vocabulary, shared};

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

/// Joins answers to the claims that they answer, where that is reasonably certain.
///
/// A denial, rejection, acceptance or counter-accusation is joined to a statement of another party that it can
/// answer, made on the same day or in the thirty days before, that takes up one of its issues and shares at least two
/// of its content words; of several, to the one that shares most, then to the latest. Content words have four letters
/// or more, are compared by their first five, and are neither function words nor names of parties.
#[must_use]
pub fn claims(statements: &[Cited]) -> Claims {
    let names: HashSet<&str> = statements.iter().filter_map(Cited::party).collect();
    let mut vocabulary = Vocabulary::default();
    let words = names.into_iter().flat_map(names::fold);
    let parties: HashSet<u32> = words.map(|word| vocabulary.stem_of(&word)).collect();
    let words: Vec<Stems> = statements
        .iter()
        .map(|c| match is_heard(c) {
            true => vocabulary.stems(&c.entry.content).iter().copied().filter(|s| !parties.contains(s)).collect(),
            false => Stems::default(),
        })
        .collect();

    let of_issues = OfIssues::new(statements);
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut denials = Vec::new();
    for (at, answer) in statements.iter().enumerate() {
        let claim = of_issues
            .before(answer)
            .filter(|claim| of_issues.can_answer(at, *claim, statements))
            .map(|claim| (shared(&words[at], &words[claim]), statements[claim].number))
            .filter(|&(shared, _)| shared >= SHARED_WORDS)
            .max();
        match claim {
            Some((_, claim)) => found.entry(claim).or_default().push(answer.number),
            None if answer.entry.statement.act == Act::Deny => denials.push(answer.number),
            None => {}
        }
    }

    let unanswered = statements.iter().filter(|c| !found.contains_key(&c.number) && waits(c, &of_issues));
    Claims {
        unanswered: unanswered.map(|c| c.number).collect(),
        answered: found.into_iter().map(|(claim, answers)| Answered { claim, answers }).collect(),
        denials,
    }
}

/// Whether a statement can be an answer or have one.
fn is_heard(cited: &Cited) -> bool {
    cited.day.is_some() && cited.entry.statement.act != Act::Commit && !cited.entry.statement.positions.is_empty()
}

/// Whether a statement calls for an answer and no other party has given one, as far as can be told from its issues.
fn waits(claim: &Cited, of_issues: &OfIssues) -> bool {
    let positions = &claim.entry.statement.positions;
    claim.party().is_some()
        && match claim.entry.statement.act {
            Act::Accuse => true,
            Act::Demand | Act::Propose => !positions.is_empty() && !of_issues.spoken_since(claim),
            _ => false,
        }
}

/// The statements that take up each issue, so that a claim or an answer need not be sought among all others.
struct OfIssues<'a> {
    /// By issue, in the order of days: day and place in the list of statements.
    statements: HashMap<&'a str, Vec<(Option<Date>, usize)>>,
    /// By issue and party, the last day on which it spoke.
    last: HashMap<&'a str, BTreeMap<&'a str, Option<Date>>>,
    /// By place in the list of statements, what is asked of a claim most often.
    acts: Vec<Act>,
    parties: Vec<Option<usize>>,
}

impl<'a> OfIssues<'a> {
    fn new(statements: &'a [Cited]) -> Self {
        let (mut by_issue, mut last) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, BTreeMap<_, _>>::new());
        for (at, cited) in statements.iter().enumerate() {
            for position in &cited.entry.statement.positions {
                by_issue.entry(position.issue.as_str()).or_default().push((cited.day, at));
                if let Some(party) = cited.party() {
                    let last: &mut Option<Date> =
                        last.entry(position.issue.as_str()).or_default().entry(party).or_default();
                    *last = (*last).max(cited.day);
                }
            }
        }
        by_issue.values_mut().for_each(|all| all.sort_unstable());
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let parties = statements.iter().map(|c| {
            let next = numbers.len();
            c.party().map(|party| *numbers.entry(party).or_insert(next))
        });
        Self {
            parties: parties.collect(),
            acts: statements.iter().map(|c| c.entry.statement.act).collect(),
            statements: by_issue,
            last,
        }
    }

    /// The statements on an answer's issues of its day and the days before in which a claim is looked for.
    fn before(&self, answer: &Cited) -> impl Iterator<Item = usize> {
        let last = answer.day.filter(|_| !answers_to(answer.entry.statement.act).is_empty());
        let first = last.and_then(|day| day.checked_sub(jiff::Span::new().days(ANSWER_DAYS)).ok());
        let lists = answer.entry.statement.positions.iter().filter_map(|p| self.statements.get(p.issue.as_str()));
        let within = move |all: &'_ Vec<(Option<Date>, usize)>| {
            let days = first.zip(last);
            let range = days.map_or(0..0, |(first, last)| {
                all.partition_point(|(day, _)| *day < Some(first))..all.partition_point(|(day, _)| *day <= Some(last))
            });
            all[range].iter().map(|(_, at)| *at).collect::<Vec<_>>()
        };
        lists.flat_map(within)
    }

    /// Whether a statement can be the answer to one of those [before](Self::before) it.
    fn can_answer(&self, answer: usize, claim: usize, statements: &[Cited]) -> bool {
        let acts = (self.acts[answer], self.acts[claim]);
        let others = self.parties[answer].zip(self.parties[claim]).is_some_and(|(a, b)| a != b);
        others && answers_to(acts.0).contains(&acts.1) && {
            let (answer, claim) = (&statements[answer], &statements[claim]);
            // An article may well report the answer before the claim; but two accusations of one day cannot answer each other.
            claim.day < answer.day || acts.0 != acts.1 || claim.number < answer.number
        }
    }

    /// Whether another party took up one of a claim's issues on its day or later.
    fn spoken_since(&self, claim: &Cited) -> bool {
        let issues = claim.entry.statement.positions.iter().filter_map(|p| self.last.get(p.issue.as_str()));
        issues.flatten().any(|(party, last)| Some(*party) != claim.party() && *last >= claim.day)
    }
}
