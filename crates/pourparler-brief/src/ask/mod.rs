//! The questions that people who follow talks ask, each with a table for an answer whose rows carry their statements.
//!
//! An answer is data: columns, rows, and the numbers of the statements on which each row rests, of which the
//! [`Cited`] list of the [`Ask`] tells article, date, outlet, sentence, score and whether a person decided.

mod actors;
mod issues;
mod record;

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::civil::Date;
use pourparler_text::{Entry, RoundEntry, names};
use serde::Serialize;

use crate::cited::distinct_with_contents;
use crate::vocabulary::Contents;
use crate::{Cited, IssueLabel, Standings};

/// Defines the questions with their names on the command line and their words.
macro_rules! questions {
    ($($question:ident, $name:literal, $words:literal;)+) => {
        /// A question that can be put to the record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Question { $(#[doc = $words] $question),+ }

        impl Question {
            /// Every question, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$question),+];

            /// Its name on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$question => $name),+ }
            }

            /// The question in words.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$question => $words),+ }
            }
        }
    };
}

questions! {
    Who, "who", "Who speaks, how often, and for whom?";
    Authority, "authority", "Who speaks with authority to settle, and who only comments?";
    Actors, "actors", "Who is new, who has gone quiet, who is only quoted second-hand?";
    Wording, "wording", "What are the issues, as each side words them?";
    OneSided, "one-sided", "Which issues does one side raise and another never mention?";
    Position, "position", "Where does each party stand on each issue, with the sentence?";
    Moves, "moves", "When did a position change, from what to what, who said so first, and is it real?";
    Dissent, "dissent", "Within a party, who differs from whom?";
    Matrix, "matrix", "Where do the sides agree, differ, or talk past each other?";
    Distance, "distance", "On which issues is the distance shrinking or growing?";
    Conditions, "conditions", "What conditions are attached?";
    Reasons, "reasons", "What reasons are given?";
    Firmness, "firmness", "How firmly is it put?";
    Room, "room", "Where is there room for movement?";
    Linked, "linked", "Which issues move together or are traded?";
    Agenda, "agenda", "What should the next round be about, in what order?";
    Rounds, "rounds", "What rounds of talks were there, who came, and what did each side say of them?";
    Around, "around", "What did each side say before, during and after a round?";
    Claims, "claims", "Which claims were rebutted or confirmed, and which stand unanswered?";
    Sourcing, "sourcing", "Which statements rest on one outlet, an unnamed source or a relayed report?";
    Withdrawn, "withdrawn", "What was later denied, corrected or withdrawn?";
    Commitments, "commitments", "What was promised, by when, and is there word that it was done?";
    Elsewhere, "elsewhere", "Which agreements elsewhere settled this issue, in what words?";
    New, "new", "What is new since a day?";
    Gaps, "gaps", "What does the record not cover?";
}

impl std::str::FromStr for Question {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|q| q.name() == name).copied();
        found.ok_or_else(|| {
            format!("`{name}` is none of {}", Self::ALL.iter().map(|q| q.name()).collect::<Vec<_>>().join(", "))
        })
    }
}

/// What an answer is narrowed to. Empty: everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskOptions {
    /// Only this party.
    pub party: Option<String>,
    /// Only this issue (an id).
    pub issue: Option<String>,
    /// What counts as recent begins here; without it, the last thirty days of the record.
    pub since: Option<Date>,
    /// Only this round of talks, counted as the answer about rounds lists them, from 1.
    pub round: Option<usize>,
    /// As of this day: what is of later days, or of none, is left out.
    pub on: Option<Date>,
}

/// An answer in rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The question in words.
    pub question: &'static str,
    /// What the cells of a row are.
    pub columns: Vec<&'static str>,
    /// The rows, what matters most first.
    pub rows: Vec<AnswerRow>,
    /// What the answer rests on as a whole.
    pub basis: Basis,
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// One for each column.
    pub cells: Vec<String>,
    /// The statements on which it rests, the weightiest first.
    pub statements: Vec<usize>,
}

/// How much stands behind an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Basis {
    /// Statements of the record, as far as it was asked.
    pub statements: usize,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Outlets.
    pub outlets: usize,
    /// Mean score of what was found by machine.
    pub score: Option<f64>,
    /// Share that no person has decided on, from 0 to 1.
    pub unreviewed: f64,
}

impl Basis {
    fn of(statements: &[Cited]) -> Self {
        let days = || statements.iter().filter_map(|c| c.day);
        let scores: Vec<f64> = statements.iter().filter_map(|c| c.entry.statement.confidence).map(f64::from).collect();
        let outlets: HashSet<&str> =
            statements.iter().flat_map(|c| &c.appearances).filter_map(|a| a.outlet.as_deref()).collect();
        #[expect(clippy::cast_precision_loss, reason = "counts of statements")]
        let share = |part: usize| part as f64 / statements.len().max(1) as f64;
        #[expect(clippy::cast_precision_loss, reason = "a count of statements")]
        let mean = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
        Self {
            statements: statements.len(),
            days: days().min().zip(days().max()),
            outlets: outlets.len(),
            score: mean,
            unreviewed: share(statements.iter().filter(|c| !c.is_reviewed()).count()),
        }
    }
}

/// A record to which questions are put.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The statements, each once, numbered from 1.
    pub statements: Vec<Cited>,
    standings: Standings,
    /// How many statements each comes after by day and weight; in the order of the statements.
    ranks: Vec<usize>,
    /// What each is about.
    contents: Contents,
    basis: Basis,
    reports: Vec<RoundEntry>,
    labels: Vec<IssueLabel>,
    options: AskOptions,
    /// Where what is recent begins.
    since: Option<Date>,
}

impl Ask {
    /// Prepares the entries of a record for questions.
    #[must_use]
    pub fn new(entries: &[Entry], rounds: &[RoundEntry], labels: &[IssueLabel], options: &AskOptions) -> Self {
        let mut chosen = Cow::Borrowed(entries);
        if let Some(on) = options.on {
            chosen.to_mut().retain(|e| e.day().is_some_and(|day| day <= on));
        }
        let (statements, contents) = distinct_with_contents(&chosen);
        let known = |r: &&RoundEntry| options.on.is_none_or(|on| r.published.is_none_or(|day| day <= on));
        let reports: Vec<RoundEntry> = rounds.iter().filter(known).cloned().collect();
        let last = statements.iter().filter_map(|c| c.day).max();
        let month_before = last.and_then(|day| day.checked_sub(jiff::Span::new().days(30)).ok());
        Self {
            standings: Standings::of(&statements),
            ranks: ranks(&statements),
            basis: Basis::of(&statements),
            contents,
            reports,
            statements,
            labels: labels.to_vec(),
            since: options.since.or(month_before),
            options: options.clone(),
        }
    }

    /// The answer to a question.
    #[must_use]
    pub fn answer(&self, question: Question) -> Answer {
        let (columns, rows) = match question {
            Question::Who => self.who(),
            Question::Authority => self.authority(),
            Question::Actors => self.actors(),
            Question::Wording => self.wording(),
            Question::OneSided => self.one_sided(),
            Question::Position => self.position(),
            Question::Moves => self.moves(),
            Question::Dissent => self.dissent(),
            Question::Matrix => self.matrix(),
            Question::Distance => self.distance(),
            Question::Conditions => self.conditions(),
            Question::Reasons => self.reasons(),
            Question::Firmness => self.firmness(),
            Question::Room => self.room(),
            Question::Linked => self.linked(),
            Question::Agenda => self.agenda(),
            Question::Rounds => self.rounds(),
            Question::Around => self.around(),
            Question::Claims => self.claims(),
            Question::Sourcing => self.sourcing(),
            Question::Withdrawn => self.withdrawn(),
            Question::Commitments => self.commitments(),
            Question::Elsewhere => self.elsewhere(),
            Question::New => self.new_since(),
            Question::Gaps => self.gaps(),
        };
        Answer { question: question.words(), columns, rows, basis: self.basis.clone() }
    }

    /// The statement with a number.
    #[must_use]
    pub fn statement(&self, number: usize) -> Option<&Cited> {
        self.statements.get(number.checked_sub(1)?)
    }

    fn label<'a>(&'a self, issue: &'a str) -> &'a str {
        IssueLabel::name_in(&self.labels, issue)
    }

    fn of_party(&self, party: Option<&str>) -> bool {
        let Some(wanted) = &self.options.party else { return true };
        party.is_some_and(|p| names::key(p) == names::key(wanted))
    }

    fn of_issue(&self, issue: &str) -> bool {
        self.options.issue.as_deref().is_none_or(|wanted| wanted == issue)
    }

    /// The statements of the party and on the issue that were asked for.
    fn asked(&self) -> impl Iterator<Item = &Cited> {
        self.statements.iter().filter(|c| {
            let issue = self.options.issue.as_deref().is_none_or(|issue| c.takes_up(issue));
            self.of_party(c.party()) && issue
        })
    }

    /// The statements of numbers, the weightiest and latest first.
    fn weightiest(&self, mut numbers: Vec<usize>) -> Vec<usize> {
        numbers.sort_unstable_by_key(|n| std::cmp::Reverse(n.checked_sub(1).and_then(|at| self.ranks.get(at))));
        numbers
    }

    fn issues_of(&self, cited: &Cited) -> String {
        let issues = cited.entry.statement.positions.iter().map(|p| self.label(&p.issue));
        issues.collect::<Vec<_>>().join(", ")
    }
}

/// How many statements each comes after by day and weight.
fn ranks(statements: &[Cited]) -> Vec<usize> {
    let mut lightest: Vec<usize> = (0..statements.len()).collect();
    lightest.sort_by_cached_key(|&at| (statements[at].day, statements[at].weight(), at));
    let mut ranks = vec![0; statements.len()];
    lightest.into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank);
    ranks
}

/// Columns and rows.
type Table = (Vec<&'static str>, Vec<AnswerRow>);

fn row<const N: usize>(cells: [String; N], statements: Vec<usize>) -> AnswerRow {
    AnswerRow { cells: cells.into(), statements }
}

fn speaker(cited: &Cited) -> String {
    cited.entry.statement.speaker.name.clone().unwrap_or_else(|| "(unattributed)".to_owned())
}

fn party(cited: &Cited) -> String {
    party_name(cited).to_owned()
}

fn party_name(cited: &Cited) -> &str {
    cited.party().unwrap_or("–")
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(|| "undated".to_owned(), |d| d.to_string())
}
