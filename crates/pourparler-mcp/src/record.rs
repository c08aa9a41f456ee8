//! The ledger as one call sees it.

use std::cell::OnceCell;
use std::path::PathBuf;

use jiff::civil::Date;
use pourparler_brief::{Cited, IssueLabel, distinct};
use pourparler_dossier::Dossier;
use pourparler_ledger::{Filter, Ledger, LedgerError, Review};
use pourparler_text::{Entry, names};

use crate::input::Day;
use crate::near::{Known, near};
use crate::refusal::Refusal;

/// What calls have in common: where the ledger is, and what the talks are about.
pub struct Desk {
    ledger: PathBuf,
    dossier: Dossier,
    labels: Vec<IssueLabel>,
}

impl Desk {
    pub fn new(ledger: PathBuf, dossier: Dossier) -> Self {
        let labels = IssueLabel::of(&dossier);
        Self { ledger, dossier, labels }
    }
}

/// The ledger, open for one call.
pub struct Record<'a> {
    pub ledger: Ledger,
    pub dossier: &'a Dossier,
    /// What the dossier calls its issues.
    pub labels: &'a [IssueLabel],
    reviews: OnceCell<Vec<Review>>,
}

impl<'a> Record<'a> {
    pub fn open(desk: &'a Desk) -> Result<Self, LedgerError> {
        Ok(Self {
            ledger: Ledger::open_to_read(&desk.ledger)?,
            dossier: &desk.dossier,
            labels: &desk.labels,
            reviews: OnceCell::new(),
        })
    }

    /// All statements, each once, numbered.
    pub fn statements(&self) -> Result<Vec<Cited>, Refusal> {
        Ok(distinct(&self.ledger.statements(&Filter::default())?))
    }

    /// What an issue is called.
    pub fn label<'b>(&'b self, issue: &'b str) -> &'b str {
        IssueLabel::name_in(self.labels, issue)
    }

    /// An issue that was asked for: of the dossier, or one that statements take up.
    pub fn issue(&self, wanted: Option<String>) -> Result<Option<String>, Refusal> {
        let Some(wanted) = wanted else { return Ok(None) };
        if self.labels.iter().any(|l| l.id == wanted) {
            return Ok(Some(wanted));
        }
        let taken_up = self.ledger.issues()?;
        if taken_up.contains(&wanted) {
            return Ok(Some(wanted));
        }
        let of_dossier = self.labels.iter().map(|l| Known { name: &l.id, also: vec![&l.label] });
        let known = of_dossier.chain(taken_up.iter().map(|id| Known { name: id, also: Vec::new() }));
        Err(unknown("issue", "issue has the id", &wanted, &near(&wanted, known), "`issues` lists them all"))
    }

    /// A party that was asked for, as the record spells it: one for which somebody speaks, or a side of the dossier.
    pub fn party(&self, wanted: Option<String>) -> Result<Option<String>, Refusal> {
        let Some(wanted) = wanted else { return Ok(None) };
        let key = names::key(&wanted);
        let heard = self.ledger.parties()?;
        if let Some(party) = heard.iter().find(|p| names::key(p) == key) {
            return Ok(Some(party.clone()));
        }
        let sides = &self.dossier.sides;
        if let Some(side) =
            sides.iter().find(|s| std::iter::once(&s.name).chain(&s.aliases).any(|n| names::key(n) == key))
        {
            return Ok(Some(side.name.clone()));
        }
        let of_dossier =
            sides.iter().map(|s| Known { name: &s.name, also: s.aliases.iter().map(String::as_str).collect() });
        let known = of_dossier.chain(heard.iter().map(|p| Known { name: p, also: Vec::new() }));
        Err(unknown("party", "party is called", &wanted, &near(&wanted, known), "`parties` lists them all"))
    }

    /// Who decided on a statement, where a person did and the log tells who.
    pub fn reviewer<'b>(&'b self, entry: &'b Entry) -> Option<&'b str> {
        if entry.statement.confidence.is_some() {
            return None;
        }
        self.decisions(entry).last().map(|review| review.reviewer.as_str())
    }

    /// The decisions that made a statement what it is, the first first.
    pub fn decisions<'b>(&'b self, entry: &'b Entry) -> impl Iterator<Item = &'b Review> {
        // A log that cannot be read takes nothing from the statements themselves.
        let reviews = self.reviews.get_or_init(|| self.ledger.reviews().unwrap_or_default());
        reviews.iter().filter(|review| {
            let kept = review.verdict.kept().is_some_and(|s| s.content == entry.statement.content);
            kept && !review.undone && review.article.as_deref() == Some(entry.article.as_str())
        })
    }
}

/// The days of a period.
///
/// # Errors
/// Where it ends before it begins.
pub fn period(since: Option<Day>, until: Option<Day>) -> Result<(Option<Date>, Option<Date>), Refusal> {
    let (since, until) = (since.map(|d| d.0), until.map(|d| d.0));
    match since.zip(until) {
        Some((from, to)) if to < from => {
            Err(Refusal::of("until", format!("{to} is before {from}, which `since` says; exchange the two")))
        }
        _ => Ok((since, until)),
    }
}

fn unknown(argument: &'static str, what: &str, wanted: &str, near: &[&str], list: &str) -> Refusal {
    let offered = if near.is_empty() { String::new() } else { format!(" Near it: {}.", near.join(", ")) };
    Refusal::of(argument, format!("no {what} `{wanted}` in this record or its dossier.{offered} {list}."))
}
