//! `statement`: one statement by its name, with all that is known of it.

use std::fmt::Write as _;

use pourparler_brief::distinct;
use pourparler_ledger::{Filter, Review};
use pourparler_text::{ArticleStatements, CodePoint, DateRange, Entry, Span, Statement as Said, names, tame};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cite::{Citation, Place};
use crate::page::MOST_ROWS;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};
use crate::tools::article::{Head, find};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The statement's name, ARTICLE/ID, as results give it
    name: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Opened {
    /// The statement
    statement: Citation,
    /// The article in which it stands
    article: Head,
    /// Where it stands in the article's text, as pairs of offsets in code points, the end not included
    offsets: Offsets,
    /// When it was said, where the article tells
    #[serde(skip_serializing_if = "Option::is_none")]
    said_on: Option<Days>,
    /// How firmly it is put: red line, demand, preference or hint
    #[serde(skip_serializing_if = "Option::is_none")]
    firmness: Option<String>,
    /// To whom it is said
    #[serde(skip_serializing_if = "Option::is_none")]
    addressee: Option<String>,
    /// By when, where it promises or asks
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Days>,
    /// Name of the statement inside which this one is reported: A says that B promised
    #[serde(skip_serializing_if = "Option::is_none")]
    relayed_by: Option<String>,
    /// Every article in which the same utterance appears, this one included, the first published first; at most 50
    appearances: Vec<Place>,
    /// What people decided about it
    decisions: Vec<Decision>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Offsets {
    /// The words that name the speaker
    source: Vec<[usize; 2]>,
    /// The words that make it a statement: *said*, *according to*
    cue: Vec<[usize; 2]>,
    /// What is said
    content: Vec<[usize; 2]>,
    /// The terms on which it holds
    conditions: Vec<[usize; 2]>,
    /// The reasons given
    reasons: Vec<[usize; 2]>,
    /// Words that make it less than certain
    hedges: Vec<[usize; 2]>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Days {
    /// First day
    from: String,
    /// Last day
    to: String,
    /// The words that gave it
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    /// How it was found; absent where a person gave it
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Decision {
    /// Number in the log of decisions
    number: i64,
    /// Who decided
    by: String,
    /// When, in UTC
    at: String,
}

impl From<&DateRange> for Days {
    fn from(days: &DateRange) -> Self {
        Self {
            from: days.from.to_string(),
            to: days.to.to_string(),
            words: days.text.clone(),
            method: days.method.map(|m| m.to_string()),
        }
    }
}

impl From<&Said<CodePoint>> for Offsets {
    fn from(said: &Said<CodePoint>) -> Self {
        let pairs = |spans: &[Span<CodePoint>]| spans.iter().map(|s| [s.start, s.end]).collect();
        Self {
            source: pairs(&said.source),
            cue: pairs(&said.cue),
            content: pairs(&said.content),
            conditions: pairs(&said.manner.conditions),
            reasons: pairs(&said.manner.reasons),
            hedges: pairs(&said.manner.hedges),
        }
    }
}

impl From<&Review> for Decision {
    fn from(review: &Review) -> Self {
        Self { number: review.number, by: review.reviewer.clone(), at: review.made_at.clone() }
    }
}

impl Call for Statement {
    type Answer = Opened;
    const NAME: &'static str = "statement";
    const TITLE: &'static str = "Open a statement";
    const DESCRIPTION: &'static str = "Opens one statement by its name, ARTICLE/ID: speaker, day, sentence, stance, score or who decided, \
        the article's particulars, where in the article's text it stands, and every article in which the same utterance appears.";

    fn answer(self, record: &Record<'_>) -> Result<Opened, Refusal> {
        let Some((article, id)) = self.name.rsplit_once('/') else {
            let problem = format!("`{}` is no name of a statement; write ARTICLE/ID, as results give it", self.name);
            return Err(Refusal::of("name", problem));
        };
        let found = find(record, "name", article)?;
        let Some(entry) = found.entries().into_iter().find(|e| e.statement.id == id) else {
            return Err(Refusal::of("name", no_such(&found, id)));
        };
        let mut appearances: Vec<Entry> = copies(record, &entry)?;
        appearances.sort_by_key(|e| (e.published.is_none(), e.published, e.article.clone()));
        let said = &entry.statement;
        Ok(Opened {
            statement: Citation::new(record, &entry, Some(appearances.len())),
            offsets: said.into(),
            said_on: said.said_on.as_ref().map(Into::into),
            firmness: said.manner.firmness.map(|f| f.to_string()),
            addressee: said.manner.addressee.clone(),
            due: said.manner.due.as_ref().map(Into::into),
            relayed_by: said.relayed_by.as_ref().map(|id| format!("{article}/{id}")),
            decisions: record.decisions(&entry).map(Into::into).collect(),
            appearances: appearances.iter().take(MOST_ROWS).map(Into::into).collect(),
            article: (&found.article).into(),
        })
    }
}

/// That an article has no statement of an id, and which it has.
fn no_such(found: &ArticleStatements, id: &str) -> String {
    let article = &found.article.id;
    let some: Vec<_> = found.statements.iter().take(MOST_ROWS).map(|s| s.id.as_str()).collect();
    match some.as_slice() {
        [] => format!("article `{article}` has no statement `{id}`, and no other"),
        some => format!("article `{article}` has no statement `{id}`; it has {}", some.join(", ")),
    }
}

/// The statements of all articles that report the same utterance, this one among them, one of each article.
fn copies(record: &Record<'_>, entry: &Entry) -> Result<Vec<Entry>, Refusal> {
    // Those that may be: of a speaker the last name tells, and where nobody is named the words.
    let last = entry.statement.speaker.name.as_deref().and_then(|n| names::fold(n).pop());
    let words = (last.is_none()).then(|| entry.content.replace('…', " "));
    let all = match (last, words) {
        (None, Some(words)) if !words.contains(char::is_alphanumeric) => Vec::new(),
        (speaker, text) => record.ledger.statements(&Filter { speaker, text, ..Filter::default() })?,
    };
    let mut found = vec![entry.clone()];
    for other in all {
        let known = found.iter().any(|e| e.article == other.article);
        if !known && distinct(&[entry.clone(), other.clone()]).len() == 1 {
            found.push(other);
        }
    }
    Ok(found)
}

impl Answer for Opened {
    fn text(&self) -> String {
        let mut out = self.statement.text();
        let mut line = |what: &str, value: &str| {
            let _ = writeln!(out, "  {what}: {}", tame(value));
        };
        let spans = |pairs: &[[usize; 2]]| pairs.iter().map(|[a, b]| format!("{a}–{b}")).collect::<Vec<_>>().join(", ");
        line("content at code points", &spans(&self.offsets.content));
        for (what, value) in
            [("firmness", &self.firmness), ("to", &self.addressee), ("relayed inside", &self.relayed_by)]
        {
            if let Some(value) = value {
                line(what, value);
            }
        }
        for (what, days) in [("said on", &self.said_on), ("due", &self.due)] {
            if let Some(days) = days {
                let words = days.words.as_ref().map_or_else(String::new, |w| format!(" (“{w}”)"));
                line(what, &format!("{} to {}{words}", days.from, days.to));
            }
        }
        for decision in &self.decisions {
            line("decided", &format!("by {} at {}, number {}", decision.by, decision.at, decision.number));
        }
        line("article", &self.article.line());
        for place in &self.appearances {
            let outlet = place.outlet.as_deref().unwrap_or("no outlet");
            line(
                "appears in",
                &format!("{outlet}, {} [{}]", place.published.as_deref().unwrap_or("undated"), place.name),
            );
        }
        out
    }
}
