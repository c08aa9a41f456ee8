//! The forms in which the interface gives what is on record.

use pourparler_text::{CodePoint, DateRange, Entry, Span};
use serde::Serialize;
use utoipa::ToSchema;

use crate::talks::Talks;

/// A list in parts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Part<T> {
    /// The items of this part.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: usize,
    /// How many come before this part.
    pub offset: usize,
}

/// Who speaks, as far as the article tells.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpeakerOut {
    /// The fullest name that the article gives.
    pub name: Option<String>,
    /// `person`, `organisation`, `country`, `group` or `unnamed`.
    pub kind: &'static str,
    /// Office or description.
    pub role: Option<String>,
    /// For whom the speaker speaks.
    pub party: Option<String>,
}

/// Days, both inclusive.
#[derive(Debug, Serialize, ToSchema)]
pub struct DaysOut {
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub to: String,
    /// The words that gave it.
    pub text: Option<String>,
}

/// A stance on an issue.
#[derive(Debug, Serialize, ToSchema)]
pub struct PositionOut {
    /// Id of the issue.
    pub issue: String,
    /// What the issue is called.
    pub label: String,
    /// `supports`, `opposes`, `conditional`, `open` or `unclear`.
    pub stance: &'static str,
    /// Id of the option, where one is named.
    pub option: Option<String>,
}

/// A statement of one article. Spans are `[start, end]`, end exclusive, in Unicode code points of the article's text.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementOut {
    /// `ARTICLE/ID`, by which it is named everywhere.
    pub name: String,
    /// Id of the article.
    pub article: String,
    /// Headline of the article.
    pub title: Option<String>,
    /// Outlet of the article.
    pub outlet: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// The day on which it counts: the last on which it was said, else that of publication.
    pub day: Option<String>,
    /// When it was said, where the article tells.
    pub said_on: Option<DaysOut>,
    /// Who says it.
    pub speaker: SpeakerOut,
    /// Who carried the words, nearest to the speaker first.
    pub via: Vec<String>,
    /// What it does: `assert`, `demand`, `deny`, …
    pub act: &'static str,
    /// `direct`, `indirect` or `mixed`.
    pub quotation: &'static str,
    /// Which issues it takes up, and how.
    pub positions: Vec<PositionOut>,
    /// `red line`, `demand`, `preference` or `hint`.
    pub firmness: Option<&'static str>,
    /// To whom it is said.
    pub addressee: Option<String>,
    /// The words that are said or held.
    pub content: String,
    /// The sentences in which it stands.
    pub sentence: String,
    /// Where the words that name the speaker are.
    pub source_spans: Vec<[usize; 2]>,
    /// Where the words are that make it an attribution.
    pub cue_spans: Vec<[usize; 2]>,
    /// Where the content is.
    pub content_spans: Vec<[usize; 2]>,
    /// The terms on which it holds.
    pub condition_spans: Vec<[usize; 2]>,
    /// So likely is it right by the machine's own judgement, from 0 to 1; null where a person decided.
    pub score: Option<f32>,
    /// Whether a person decided on it.
    pub reviewed: bool,
    /// Id of the statement of the same article in whose content this one is reported.
    pub relayed_by: Option<String>,
}

fn spans(spans: &[Span<CodePoint>]) -> Vec<[usize; 2]> {
    spans.iter().map(|s| [s.start, s.end]).collect()
}

impl DaysOut {
    /// Days as they are sent.
    #[must_use]
    pub fn of(days: &DateRange) -> Self {
        Self { from: days.from.to_string(), to: days.to.to_string(), text: days.text.clone() }
    }
}

impl StatementOut {
    /// A statement as it is sent.
    #[must_use]
    pub fn of(entry: &Entry, talks: &Talks) -> Self {
        let s = &entry.statement;
        let position = |p: &pourparler_text::Position| PositionOut {
            issue: p.issue.clone(),
            label: talks.label(&p.issue).to_owned(),
            stance: p.stance.as_str(),
            option: p.option.clone(),
        };
        Self {
            name: format!("{}/{}", entry.article, s.id),
            article: entry.article.clone(),
            title: entry.title.clone(),
            outlet: entry.outlet.clone(),
            published: entry.published.map(|d| d.to_string()),
            url: entry.url.clone(),
            day: entry.day().map(|d| d.to_string()),
            said_on: s.said_on.as_ref().map(DaysOut::of),
            speaker: SpeakerOut {
                name: s.speaker.name.clone(),
                kind: s.speaker.kind.as_str(),
                role: s.speaker.role.clone(),
                party: s.speaker.party.clone(),
            },
            via: s.via.clone(),
            act: s.act.as_str(),
            quotation: s.quotation.as_str(),
            positions: s.positions.iter().map(position).collect(),
            firmness: s.manner.firmness.map(|f| f.as_str()),
            addressee: s.manner.addressee.clone(),
            content: entry.content.clone(),
            sentence: entry.sentence.clone(),
            source_spans: spans(&s.source),
            cue_spans: spans(&s.cue),
            content_spans: spans(&s.content),
            condition_spans: spans(&s.manner.conditions),
            score: s.confidence,
            reviewed: s.confidence.is_none(),
            relayed_by: s.relayed_by.clone(),
        }
    }
}
