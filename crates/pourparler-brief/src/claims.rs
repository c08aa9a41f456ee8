//! Claims and answers: who denied, rejected or accepted what of whom, and what stands unanswered.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use pourparler_text::{Act, names};
use serde::Serialize;

use crate::Cited;
use crate::cited::days_between;

/// An answer is looked for among the claims of so many days.
const ANSWER_DAYS: i32 = 30;
/// So many content words at least must an answer share with its claim.
const SHARED_WORDS: usize = 2;
/// Words count as the same where they begin with the same letters, so many of them: *shelled* and *shelling*.
const STEM: usize = 5;

/// Words of four letters and more that say nothing of what a statement is about.
const FUNCTION_WORDS: &[&str] = &[
    "about", "above", "after", "again", "against", "also", "although", "among", "another", "because", "been", "before",
    "being", "between", "both", "could", "does", "doing", "done", "down", "during", "each", "even", "ever", "every",
    "from", "have", "having", "here", "into", "itself", "just", "like", "made", "make", "many", "more", "most", "much",
    "must", "never", "only", "other", "over", "said", "same", "says", "shall", "should", "since", "some", "still",
    "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "told",
    "under", "until", "very", "want", "wants", "were", "what", "when", "where", "which", "while", "whom", "will",
    "with", "without", "would", "your",
];

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
    let parties: HashSet<String> = statements.iter().filter_map(Cited::party).flat_map(stems).collect();
    let function_words: HashSet<&str> = FUNCTION_WORDS.iter().copied().collect();
    let words: Vec<BTreeSet<String>> = statements
        .iter()
        .map(|c| {
            let content = names::fold(&c.entry.content);
            let telling = content.iter().filter(|w| w.chars().count() >= 4 && !function_words.contains(w.as_str()));
            telling.map(|w| stem(w)).filter(|w| !parties.contains(w)).collect()
        })
        .collect();

    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut denials = Vec::new();
    for (answer, answer_words) in statements.iter().zip(&words) {
        let claim = statements
            .iter()
            .zip(&words)
            .filter(|(claim, _)| can_answer(answer, claim))
            .map(|(claim, words)| (words.intersection(answer_words).count(), claim.number))
            .filter(|&(shared, _)| shared >= SHARED_WORDS)
            .max();
        match claim {
            Some((_, claim)) => found.entry(claim).or_default().push(answer.number),
            None if answer.entry.statement.act == Act::Deny => denials.push(answer.number),
            None => {}
        }
    }

    let unanswered = statements.iter().filter(|c| !found.contains_key(&c.number) && waits(c, statements));
    Claims {
        unanswered: unanswered.map(|c| c.number).collect(),
        answered: found.into_iter().map(|(claim, answers)| Answered { claim, answers }).collect(),
        denials,
    }
}

fn stem(word: &str) -> String {
    word.chars().take(STEM).collect()
}

fn stems(name: &str) -> Vec<String> {
    names::fold(name).iter().map(|w| stem(w)).collect()
}

fn share_an_issue(a: &Cited, b: &Cited) -> bool {
    a.entry.statement.positions.iter().any(|p| b.takes_up(&p.issue))
}

fn of_other_parties(a: &Cited, b: &Cited) -> bool {
    a.party().zip(b.party()).is_some_and(|(a, b)| a != b)
}

fn can_answer(answer: &Cited, claim: &Cited) -> bool {
    let acts = (answer.entry.statement.act, claim.entry.statement.act);
    let Some((answered, claimed)) = answer.day.zip(claim.day) else { return false };
    // An article may well report the answer before the claim; but two accusations of one day cannot answer each other.
    let in_time = claimed < answered || claimed == answered && (acts.0 != acts.1 || claim.number < answer.number);
    answers_to(acts.0).contains(&acts.1)
        && in_time
        && days_between(claimed, answered) <= ANSWER_DAYS
        && of_other_parties(answer, claim)
        && share_an_issue(answer, claim)
}

/// Whether a statement calls for an answer and no other party has given one, as far as can be told from its issues.
fn waits(claim: &Cited, statements: &[Cited]) -> bool {
    let spoken_since =
        || statements.iter().any(|c| c.day >= claim.day && of_other_parties(c, claim) && share_an_issue(c, claim));
    let positions = &claim.entry.statement.positions;
    claim.party().is_some()
        && match claim.entry.statement.act {
            Act::Accuse => true,
            Act::Demand | Act::Propose => !positions.is_empty() && !spoken_since(),
            _ => false,
        }
}
