//! The forms in which statements are given with what people decided about them.

use std::collections::BTreeMap;

use pourparler_ledger::{Deed, Part as StatementPart, Reading, Verdict};
use pourparler_text::{ArticleStatements, Entry, Statement, Unit, sha256_hex};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::StatementOut;
use crate::quality::{Quality, Share};
use crate::talks::Talks;

/// What tells one state of a statement from another: a hash of all that it says.
#[must_use]
pub fn state<U: Unit>(statement: &Statement<U>) -> String {
    let all = serde_json::to_vec(statement).unwrap_or_default();
    sha256_hex(&all)[..16].to_owned()
}

/// A statement as it is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementNow {
    /// The statement.
    #[serde(flatten)]
    pub statement: StatementOut,
    /// A hash of all that it says, to be sent as `expects` with a decision about it.
    pub state: String,
}

impl StatementNow {
    /// A statement as it is sent.
    #[must_use]
    pub fn of(entry: &Entry, talks: &Talks) -> Self {
        Self { statement: StatementOut::of(entry, talks), state: state(&entry.statement) }
    }
}

/// A statement with what people decided about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementTold {
    /// The statement.
    #[serde(flatten)]
    pub now: StatementNow,
    /// What the machine had made of it, where a person put something right.
    pub machine: Option<StatementOut>,
    /// The parts in which the two differ.
    pub corrected: Vec<&'static str>,
    /// The decisions about it, the first first; those that do not hold are among them.
    pub decisions: Vec<DecisionOut>,
}

impl StatementTold {
    /// The statements of an article.
    #[must_use]
    pub fn all(reading: &Reading, talks: &Talks) -> Vec<Self> {
        reading.read.entries().iter().enumerate().map(|(at, entry)| Self::of(reading, at, entry, talks)).collect()
    }

    /// One of them, by its place.
    #[must_use]
    pub fn of(reading: &Reading, at: usize, entry: &Entry, talks: &Talks) -> Self {
        let made = reading.made.get(at).and_then(Option::as_ref);
        let parts = made.map(|made| pourparler_ledger::differences(made, &entry.statement)).unwrap_or_default();
        let made = made.filter(|_| !parts.is_empty()).and_then(|made| {
            let read = ArticleStatements::new(reading.read.article.clone(), vec![made.clone()]);
            Some(StatementOut::of(read.entries().first()?, talks))
        });
        let deeds = reading.about.get(at).into_iter().flatten().filter_map(|&n| reading.deeds.get(n));
        Self {
            now: StatementNow::of(entry, talks),
            machine: made,
            corrected: parts.into_iter().map(StatementPart::as_str).collect(),
            decisions: deeds.map(DecisionOut::of).collect(),
        }
    }
}

/// A decision in the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionOut {
    /// Number in the log.
    pub number: i64,
    /// When it was made, RFC 3339 in UTC.
    pub made_at: String,
    /// Who decided.
    pub reviewer: String,
    /// What it did to what stood there: `accept`, `correct`, `add`, `reject` or `undo`.
    pub decision: &'static str,
    /// The parts that it put right.
    pub corrected: Vec<&'static str>,
    /// Id of the article.
    pub article: Option<String>,
    /// The statement that it is about, as it is called now; null where there is none now.
    pub statement: Option<String>,
    /// The first words of its content.
    pub words: String,
    /// Whether a later decision undid it.
    pub undone: bool,
    /// The number of the decision that it undid.
    pub undoes: Option<i64>,
}

impl DecisionOut {
    /// A decision as it is sent.
    #[must_use]
    pub fn of(deed: &Deed) -> Self {
        let review = &deed.review;
        let name = |(article, id): (&String, &String)| format!("{article}/{id}");
        Self {
            number: review.number,
            made_at: review.made_at.clone(),
            reviewer: review.reviewer.clone(),
            decision: deed.did.as_str(),
            corrected: deed.parts.iter().map(|part| part.as_str()).collect(),
            article: review.article.clone(),
            statement: review.article.as_ref().zip(deed.statement.as_ref()).map(name),
            words: deed.words.clone(),
            undone: review.undone,
            undoes: if let Verdict::Undo(number) = review.verdict { Some(number) } else { None },
        }
    }
}

/// A share with the interval in which the true one lies with 95 % (Wilson's).
#[derive(Debug, Serialize, ToSchema)]
pub struct ShareOut {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// The share, from 0 to 1.
    pub share: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

fn share(count: usize, of: usize) -> Option<ShareOut> {
    Share::of(count, of).map(|Share { count, of, share, low, high }| ShareOut { count, of, share, low, high })
}

/// How right the machine was so far, and how far reviewers agree.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticsOut {
    /// Articles about which somebody decided.
    pub articles: usize,
    /// Statements of the machine that were kept as they were, of those decided on.
    pub kept: Option<ShareOut>,
    /// Statements of the machine that were kept with something put right.
    pub corrected: Option<ShareOut>,
    /// Statements of the machine that are none.
    pub rejected: Option<ShareOut>,
    /// The share of what was decided on that was not right as it was.
    pub error_rate: Option<ShareOut>,
    /// In how many statements each part was put right.
    pub corrected_in: BTreeMap<&'static str, usize>,
    /// Statements that the machine had not found and a person added. Of how many, nobody knows.
    pub missed: usize,
    /// Always false: people choose what they decide on, the least certain first as a rule, so that the shares are no estimate for
    /// the whole record.
    pub random_sample: bool,
    /// How far reviewers agree.
    pub agreement: AgreementOut,
}

/// How far reviewers agree, where two or more decided on one statement. The second sees what the first decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreementOut {
    /// On how many statements two or more decided.
    pub statements: usize,
    /// On how many of them all say that it is a statement, or all that it is none.
    pub same_verdict: Option<ShareOut>,
    /// On how many of them all agree in every part.
    pub same_in_all: Option<ShareOut>,
    /// Krippendorff's alpha (nominal) of whether it is a statement; null where nothing differs, so that it cannot be told.
    pub alpha: Option<f64>,
    /// The same by field, with how much it rests on.
    pub by_field: Vec<FieldOut>,
    /// How many disagreements wait to be settled.
    pub open: usize,
    /// In how many of them those who keep the statement differ in a part.
    pub differ_in: BTreeMap<&'static str, usize>,
    /// The same by two reviewers each.
    pub pairs: Vec<PairOut>,
}

/// How far reviewers agree in one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldOut {
    /// `statement` (whether one is there), `speaker`, `party`, `quotation`, `act`, `issues` (with stances and options), `date` or `via`.
    pub field: &'static str,
    /// Krippendorff's alpha, nominal; null where nothing differs, so that it cannot be told.
    pub alpha: Option<f64>,
    /// The places to which two reviewers or more gave a value; who says that there is no statement gives one to `statement` only.
    pub units: usize,
    /// How many values that are.
    pub values: usize,
}

/// Two reviewers.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairOut {
    /// Their names.
    pub reviewers: [String; 2],
    /// On how many statements both say that it is one, or both that it is none, of those on which both decided.
    pub same_verdict: Option<ShareOut>,
}

impl From<&Quality> for StatisticsOut {
    fn from(quality: &Quality) -> Self {
        let machine = &quality.machine;
        let by_part =
            |parts: &BTreeMap<StatementPart, usize>| parts.iter().map(|(part, n)| (part.as_str(), *n)).collect();
        let of = |count| share(count, machine.decided());
        Self {
            articles: machine.articles,
            kept: of(machine.kept),
            corrected: of(machine.corrected),
            rejected: of(machine.rejected),
            error_rate: of(machine.corrected + machine.rejected),
            corrected_in: by_part(&machine.corrected_in),
            missed: machine.missed,
            random_sample: false,
            agreement: AgreementOut {
                statements: quality.twice,
                same_verdict: share(quality.same_verdict, quality.twice),
                same_in_all: share(quality.same_in_all, quality.twice),
                alpha: quality.alpha(),
                by_field: quality
                    .alphas
                    .iter()
                    .map(|(field, alpha)| FieldOut {
                        field: field.as_str(),
                        alpha: alpha.value,
                        units: alpha.units,
                        values: alpha.values,
                    })
                    .collect(),
                open: quality.open,
                differ_in: by_part(&quality.differ_in),
                pairs: quality
                    .pairs
                    .iter()
                    .map(|p| PairOut { reviewers: p.names.clone(), same_verdict: share(p.same, p.statements) })
                    .collect(),
            },
        }
    }
}
