//! How results cite: every statement with its name, its words and where they stand.

use std::fmt::Write as _;

use pourparler_brief::{Appearance, Cited};
use pourparler_text::{Entry, tame};
use schemars::JsonSchema;
use serde::Serialize;

use crate::page::MOST_STATEMENTS;
use crate::record::Record;

/// So many characters of a sentence or content are given.
const LONGEST: usize = 1500;
/// So many statements are named for one row of a result.
pub const NAMED: usize = 3;

/// A statement as results cite it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Citation {
    /// The statement's name, ARTICLE/ID; the tool `statement` opens it
    pub name: String,
    /// Who speaks, by the fullest name that the article gives; absent where it names nobody
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Office or description
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The party that the speaker speaks for
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// The day on which it counts, year-month-day
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Whether the article tells the day of saying; otherwise `day` is that of publication
    pub dated: bool,
    /// Who published it
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Headline of the article
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day of publication
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Address of the article
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Who carried the words to this article, nearest to the speaker first
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<String>,
    /// The sentence or sentences in which it stands, word for word; one of more than 1500 characters is cut and ends in …
    pub sentence: String,
    /// The part of the sentence that is said or held; pieces are joined by …
    pub content: String,
    /// Whether the content is the speaker's own words: direct, indirect or mixed
    pub quotation: String,
    /// What it does: assert, demand, reject, …
    pub act: String,
    /// The issues that it takes up, with the stance on each
    pub positions: Vec<Taken>,
    /// `machine` or `person`
    pub decided_by: String,
    /// Who decided, where a person did and the log tells who
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// The machine's own estimate, from 0 to 1, that it read the sentence rightly; absent where a person decided
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// In how many articles the utterance appears, where that was counted
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appearances: Option<usize>,
}

/// A stance on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Taken {
    /// Id of the issue
    pub issue: String,
    /// supports, opposes, conditional, open or unclear
    pub stance: String,
    /// Id of the option of the issue that is named
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
}

/// An article in which a statement appears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// Id of the article
    pub article: String,
    /// The statement's name in that article
    pub name: String,
    /// Who published it
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Headline
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day of publication
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Address
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl From<&Entry> for Place {
    fn from(entry: &Entry) -> Self {
        let Appearance { article, title, outlet, published, url } = entry.into();
        Self { article, name: name(entry), outlet, title, published: published.map(|d| d.to_string()), address: url }
    }
}

/// A statement's name.
pub fn name(entry: &Entry) -> String {
    format!("{}/{}", entry.article, entry.statement.id)
}

/// A text, or its beginning where it is very long.
fn bounded(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Citation {
    /// Cites a statement whose utterance appears in so many articles.
    pub fn new(record: &Record<'_>, entry: &Entry, appearances: Option<usize>) -> Self {
        let statement = &entry.statement;
        let taken = statement.positions.iter().map(|p| Taken {
            issue: p.issue.clone(),
            stance: p.stance.to_string(),
            option: p.option.clone(),
        });
        Self {
            name: name(entry),
            speaker: statement.speaker.name.clone(),
            role: statement.speaker.role.clone(),
            party: statement.speaker.party.clone(),
            day: entry.day().map(|d| d.to_string()),
            dated: statement.said_on.is_some(),
            outlet: entry.outlet.clone(),
            title: entry.title.clone(),
            published: entry.published.map(|d| d.to_string()),
            address: entry.url.clone(),
            via: statement.via.clone(),
            sentence: bounded(&entry.sentence),
            content: bounded(&entry.content),
            quotation: statement.quotation.to_string(),
            act: statement.act.to_string(),
            positions: taken.collect(),
            decided_by: if statement.confidence.is_some() { "machine" } else { "person" }.to_owned(),
            reviewer: record.reviewer(entry).map(str::to_owned),
            score: statement.confidence.map(|c| (f64::from(c) * 1000.0).round() / 1000.0),
            appearances,
        }
    }

    /// Cites a statement of a record.
    pub fn of(record: &Record<'_>, cited: &Cited) -> Self {
        Self::new(record, &cited.entry, Some(cited.appearances.len()))
    }

    /// The citation in a few lines.
    pub fn text(&self) -> String {
        let mut who = tame(self.speaker.as_deref().unwrap_or("no source named"));
        if let Some(role) = &self.role {
            let _ = write!(who, " ({})", tame(role));
        }
        if let Some(party) = self.party.as_ref().filter(|p| Some(*p) != self.speaker.as_ref()) {
            let _ = write!(who, ", for {}", tame(party));
        }
        let day = match &self.day {
            Some(day) if self.dated => day.clone(),
            Some(day) => format!("published {day}, day of saying not told"),
            None => "undated".to_owned(),
        };
        let mut place: Vec<String> = vec![tame(self.outlet.as_deref().unwrap_or("no outlet"))];
        place.extend(self.title.as_deref().map(|t| format!("“{}”", tame(t))));
        place.extend(self.published.as_deref().filter(|_| self.dated).map(|d| format!("published {d}")));
        place.extend(self.address.as_deref().map(tame));
        if !self.via.is_empty() {
            place.push(format!("through {}", tame(&self.via.join(", then "))));
        }
        place.extend(self.appearances.filter(|n| *n > 1).map(|n| format!("in {n} articles")));
        let mut about = vec![format!("{}, {}", self.act, self.quotation)];
        about.extend(self.positions.iter().map(|p| format!("{}: {}", tame(&p.issue), p.stance)));
        about.push(self.decided());
        let mut text =
            format!("[{}] {who}; {day}; {}\n> {}\n", tame(&self.name), place.join(", "), tame(&self.sentence));
        // Where the content is nearly all of the sentence, it need not be said twice.
        if self.content.chars().count() * 5 < self.sentence.chars().count() * 4 {
            let _ = writeln!(text, "  says: {}", tame(&self.content));
        }
        let _ = writeln!(text, "  {}", about.join("; "));
        text
    }

    /// Who decided on it.
    fn decided(&self) -> String {
        match (self.score, &self.reviewer) {
            (Some(score), _) => format!("machine, score {score:.2}"),
            (None, Some(reviewer)) => format!("decided by a person, {}", tame(reviewer)),
            (None, None) => "decided by a person".to_owned(),
        }
    }
}

/// Citations one below the other.
pub fn listed(citations: &[Citation]) -> String {
    citations.iter().map(Citation::text).collect::<Vec<_>>().join("\n")
}

/// The names of the first statements of a list of numbers.
pub fn names(statements: &[Cited], numbers: &[usize]) -> Vec<String> {
    numbers.iter().take(NAMED).filter_map(|n| numbered(statements, *n)).map(|c| name(&c.entry)).collect()
}

/// The statement with a number.
pub fn numbered(statements: &[Cited], number: usize) -> Option<&Cited> {
    statements.get(number.checked_sub(1)?)
}

/// Names in brackets, and how many more there are.
pub fn bracketed(names: &[String], all: usize) -> String {
    let more = if all > names.len() { format!(" and {} more", all - names.len()) } else { String::new() };
    format!("{}{more}", names.iter().map(|n| format!("[{}]", tame(n))).collect::<String>())
}

/// Cites the statements that rows [name](names), in the order of days: the first of each row before the second of any, as many as
/// one answer may hold. Tells of the others how to get them.
pub fn cited(record: &Record<'_>, statements: &[Cited], rows: &[&[usize]]) -> (Vec<Citation>, Option<String>) {
    let mut chosen: Vec<usize> = Vec::new();
    for place in 0..NAMED {
        for number in rows.iter().filter_map(|row| row.get(place)) {
            if !chosen.contains(number) {
                chosen.push(*number);
            }
        }
    }
    let left_out = chosen.split_off(chosen.len().min(MOST_STATEMENTS)).len();
    chosen.sort_unstable();
    let citations = chosen.iter().filter_map(|n| numbered(statements, *n)).map(|c| Citation::of(record, c)).collect();
    (
        citations,
        (left_out > 0)
            .then(|| format!("{left_out} of the statements that are named are not cited: `statement` opens them")),
    )
}
