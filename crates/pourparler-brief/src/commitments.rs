//! What was promised, by when and to whom, and whether any later statement says that it was done.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_text::{Act, DateRange, names};
use serde::Serialize;

use crate::Cited;
use crate::same::begins_with;
use crate::vocabulary::{Contents, shared};

/// A promise and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Commitment {
    /// The statement that makes it.
    pub statement: usize,
    /// Who promises.
    pub party: Option<String>,
    /// To whom, where the words tell.
    pub to: Option<String>,
    /// By when, where the words tell.
    pub due: Option<DateRange>,
    /// A later statement that says it was done.
    pub done: Option<usize>,
    /// A later statement of another party that says it was not kept.
    pub broken: Option<usize>,
}

impl Commitment {
    /// Where it stands on a day: *done*, *said to be broken*, *overdue*, *open*.
    #[must_use]
    pub fn status(&self, on: Option<Date>) -> &'static str {
        match (self.done, self.broken, &self.due) {
            (Some(_), ..) => "said to be done",
            (None, Some(_), _) => "said to be broken",
            (None, None, Some(due)) if on.is_some_and(|on| due.to < on) => "overdue, no word of it",
            _ => "open",
        }
    }
}

/// So many days on, word of a promise is looked for.
const DAYS: i64 = 180;
/// Words by which something is said to have been done; compared by how they begin.
const DONE: &[&str] = &[
    "complet",
    "releas",
    "deliver",
    "implement",
    "fulfil",
    "carried",
    "withdrew",
    "withdrawn",
    "lifted",
    "signed",
    "handed",
    "honour",
    "honor",
    "kept",
    "paid",
    "arriv",
    "opened",
    "left",
    "freed",
    "done",
    "returned",
    "ratified",
    "began",
    "begun",
];
/// What follows one of these has not been done: *ready to release*, *will be paid*.
const YET: &[&str] = &["to", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "be", "not"];
/// Words by which something is said not to have been kept.
const BROKEN: &[&str] = &["fail", "broke", "violat", "breach", "renege", "ignor", "not", "never", "delay", "back"];
/// So many content words a later statement has to share with the promise.
const SHARED: usize = 2;

/// Whether a statement says that something was done, and whether it says that something was not kept.
fn tells(cited: &Cited) -> (bool, bool) {
    let act = cited.entry.statement.act;
    if !matches!(act, Act::Assert | Act::Accept | Act::Accuse) {
        return (false, false);
    }
    let (done, broken) = words_of(&cited.entry.sentence);
    if act == Act::Accuse { (false, broken) } else { (done && !broken, false) }
}

/// Whether a sentence has words of doing and of breaking.
fn words_of(sentence: &str) -> (bool, bool) {
    let (mut done, mut broken, mut yet) = (false, false, false);
    names::each_folded(sentence, |word| {
        done |= begins_with(DONE, word) && !yet;
        broken |= begins_with(BROKEN, word);
        yet = YET.contains(&word);
    });
    (done, broken)
}

/// The promises of the record in the order of days. A statement of the half year after says that one was done where it asserts or
/// accepts, shares two content words and an issue with it, or has none as it has none, and has a word of doing; that it was not kept
/// where another party accuses with a word of breaking.
#[must_use]
pub fn commitments(statements: &[Cited]) -> Vec<Commitment> {
    let counts = |c: &Cited| matches!(c.entry.statement.act, Act::Commit | Act::Assert | Act::Accept | Act::Accuse);
    commitments_of(statements, &Contents::of(statements, counts))
}

/// The same of statements of which it is known what they are about.
pub(crate) fn commitments_of(statements: &[Cited], contents: &Contents) -> Vec<Commitment> {
    // Only what may be word of a promise is held beside it.
    let words: Vec<(bool, bool)> = statements.iter().map(tells).collect();
    let mut of_issue: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
    for (at, cited) in statements.iter().enumerate().filter(|(at, _)| words[*at] != (false, false)) {
        let positions = &cited.entry.statement.positions;
        positions.iter().for_each(|p| of_issue.entry(Some(&p.issue)).or_default().push(at));
        if positions.is_empty() {
            of_issue.entry(None).or_default().push(at);
        }
    }
    let promises = statements.iter().enumerate().filter(|(_, c)| c.entry.statement.act == Act::Commit);
    promises
        .map(|(at, promise)| {
            let positions = &promise.entry.statement.positions;
            let mut issues: Vec<Option<&str>> = positions.iter().map(|p| Some(p.issue.as_str())).collect();
            if issues.is_empty() {
                issues.push(None);
            }
            let until = promise.day.and_then(|day| day.checked_add(jiff::Span::new().days(DAYS)).ok());
            let own = contents.stems(at);
            let shares = |later: &usize| shared(own, contents.stems(*later)) >= SHARED;
            let mut later: Vec<usize> = issues
                .iter()
                .filter_map(|issue| of_issue.get(issue))
                .flat_map(|all| {
                    // They stand in the order of days, those without any last.
                    let from =
                        all.partition_point(|&i| statements[i].day.is_some() && statements[i].day <= promise.day);
                    all[from..]
                        .iter()
                        .take_while(|&&i| until.is_some() && statements[i].day.is_some() && statements[i].day <= until)
                })
                .copied()
                .filter(shares)
                .collect();
            later.sort_unstable();
            let done = later.iter().find(|i| words[**i].0);
            let broken = later.iter().find(|i| words[**i].1 && statements[**i].party() != promise.party());
            Commitment {
                statement: promise.number,
                party: promise.party().map(str::to_owned),
                to: promise.entry.statement.manner.addressee.clone(),
                due: promise.entry.statement.manner.due.clone(),
                done: done.map(|&i| statements[i].number),
                broken: broken.map(|&i| statements[i].number),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn what_is_yet_to_come_is_not_done() {
        for (sentence, done) in [
            ("The prisoners were released on Monday.", true),
            ("The water has been flowing since the gates opened.", true),
            ("We are ready to release the prisoners.", false),
            ("The wages will be paid in May.", false),
        ] {
            assert_eq!(words_of(sentence).0, done, "{sentence}");
        }
        assert!(words_of("They did not keep their word.").1);
    }
}
