//! A row of the table of statements.

use jiff::civil::Date;
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, DateRange, Dating, Firmness, Manner, Position, Quotation, Shown, Span,
    Speaker, SpeakerKind, Stance, Statement,
};
use serde::{Deserialize, Serialize};

use crate::ArticleRecord;

/// One statement with the particulars of its article; of an article without statements the one row that it has. The columns are
/// described in [`STATEMENTS`](super::STATEMENTS), in whose order the fields stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns are described in one place, from which the data dictionary is made")]
pub struct StatementRow {
    pub article: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub published: Option<Date>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub text_sha256: String,
    pub text: Option<String>,
    pub rounds: Option<String>,
    pub furniture_spans: Vec<SpanCell>,
    pub statements: u32,
    pub ordinal: Option<u32>,
    pub statement: Option<String>,
    pub speaker: Option<String>,
    pub kind: Option<SpeakerKind>,
    pub role: Option<String>,
    pub party: Option<String>,
    pub via: Vec<String>,
    pub said_from: Option<Date>,
    pub said_to: Option<Date>,
    pub said_text: Option<String>,
    pub said_method: Option<Dating>,
    pub said_anchor: Option<Date>,
    pub quotation: Option<Quotation>,
    pub act: Option<Act>,
    pub positions: Vec<PositionCell>,
    pub firmness: Option<Firmness>,
    pub addressee: Option<String>,
    pub due_from: Option<Date>,
    pub due_to: Option<Date>,
    pub due_text: Option<String>,
    pub due_method: Option<Dating>,
    pub due_anchor: Option<Date>,
    pub relayed_by: Option<String>,
    pub confidence: Option<f32>,
    pub reviewer: Option<String>,
    pub content: Option<String>,
    pub sentence: Option<String>,
    pub source_spans: Vec<SpanCell>,
    pub cue_spans: Vec<SpanCell>,
    pub content_spans: Vec<SpanCell>,
    pub condition_spans: Vec<SpanCell>,
    pub reason_spans: Vec<SpanCell>,
    pub hedge_spans: Vec<SpanCell>,
    pub extractor: String,
    pub error: Option<String>,
}

/// A stance on an issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PositionCell {
    /// Id of the issue.
    pub issue: String,
    /// The stance.
    pub stance: Stance,
    /// Id of the option that is named.
    pub option: Option<String>,
    /// What shows it.
    pub shown_by: Option<Shown>,
}

/// A span, in code points of the article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanCell {
    /// First code point inside.
    pub start: u32,
    /// First code point after.
    pub end: u32,
}

impl StatementRow {
    /// The rows of an article, one at least.
    #[must_use]
    pub fn of(record: &ArticleRecord) -> Vec<Self> {
        let article = &record.read.article;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let bare = Self {
            article: article.id.clone(),
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            byline: article.byline.clone(),
            published: article.published,
            url: article.url.clone(),
            language: article.language.clone(),
            text_sha256: article.text.sha256(),
            statements: number(record.read.statements.len()),
            extractor: record.extractor.clone(),
            ..Self::default()
        };
        let mut rows: Vec<Self> = record
            .read
            .entries()
            .into_iter()
            .enumerate()
            .map(|(at, entry)| {
                let reviewer = record.reviewers.get(&entry.statement.id).cloned();
                let words = Self { content: Some(entry.content), sentence: Some(entry.sentence), ..bare.clone() };
                Self { ordinal: Some(number(at)), reviewer, ..words.saying(entry.statement) }
            })
            .collect();
        if rows.is_empty() {
            rows.push(bare);
        }
        // There is a first row: one was put there where there was none.
        let first = &mut rows[0];
        first.text = Some(article.text.as_str().to_owned());
        first.furniture_spans = cells(&record.furniture);
        first.rounds = (!record.read.rounds.is_empty()).then(|| serde_json::json!(record.read.rounds).to_string());
        rows
    }

    fn saying(self, s: Statement<CodePoint>) -> Self {
        let Manner { conditions, reasons, hedges, firmness, addressee, due } = s.manner;
        let said = parts(s.said_on);
        let due = parts(due);
        Self {
            statement: Some(s.id),
            speaker: s.speaker.name,
            kind: Some(s.speaker.kind),
            role: s.speaker.role,
            party: s.speaker.party,
            via: s.via,
            said_from: said.from,
            said_to: said.to,
            said_text: said.text,
            said_method: said.method,
            said_anchor: said.anchor,
            quotation: Some(s.quotation),
            act: Some(s.act),
            positions: s.positions.into_iter().map(PositionCell::from).collect(),
            firmness,
            addressee,
            due_from: due.from,
            due_to: due.to,
            due_text: due.text,
            due_method: due.method,
            due_anchor: due.anchor,
            relayed_by: s.relayed_by,
            confidence: s.confidence,
            source_spans: cells(&s.source),
            cue_spans: cells(&s.cue),
            content_spans: cells(&s.content),
            condition_spans: cells(&conditions),
            reason_spans: cells(&reasons),
            hedge_spans: cells(&hedges),
            ..self
        }
    }

    /// The statement of the row; `None` where it has none.
    pub(super) fn said(&self) -> Option<Statement<CodePoint>> {
        let row = self.clone();
        Some(Statement {
            id: row.statement?,
            source: spans(&row.source_spans),
            cue: spans(&row.cue_spans),
            content: spans(&row.content_spans),
            quotation: row.quotation?,
            speaker: Speaker { name: row.speaker, kind: row.kind?, role: row.role, party: row.party },
            via: row.via,
            said_on: Parts {
                from: row.said_from,
                to: row.said_to,
                text: row.said_text,
                method: row.said_method,
                anchor: row.said_anchor,
            }
            .range(),
            act: row.act?,
            positions: row.positions.into_iter().map(Position::from).collect(),
            manner: Manner {
                conditions: spans(&row.condition_spans),
                reasons: spans(&row.reason_spans),
                hedges: spans(&row.hedge_spans),
                firmness: row.firmness,
                addressee: row.addressee,
                due: Parts {
                    from: row.due_from,
                    to: row.due_to,
                    text: row.due_text,
                    method: row.due_method,
                    anchor: row.due_anchor,
                }
                .range(),
            },
            relayed_by: row.relayed_by,
            confidence: row.confidence,
        })
    }

    /// The article of the row, with the text that it holds, and no statements yet.
    pub(super) fn bare_article(&self, text: &str) -> ArticleStatements {
        let article = Article {
            id: self.article.clone(),
            title: self.title.clone(),
            outlet: self.outlet.clone(),
            byline: self.byline.clone(),
            published: self.published,
            url: self.url.clone(),
            language: self.language.clone(),
            ..Article::from_text(text)
        };
        ArticleStatements::new(article, Vec::new())
    }
}

/// A range of days, taken apart into cells.
#[derive(Debug, Default)]
struct Parts {
    from: Option<Date>,
    to: Option<Date>,
    text: Option<String>,
    method: Option<Dating>,
    anchor: Option<Date>,
}

fn parts(range: Option<DateRange>) -> Parts {
    let Some(DateRange { from, to, text, method, anchor }) = range else { return Parts::default() };
    Parts { from: Some(from), to: Some(to), text, method, anchor }
}

impl Parts {
    fn range(self) -> Option<DateRange> {
        let Self { from, to, text, method, anchor } = self;
        Some(DateRange { from: from?, to: to.or(from)?, text, method, anchor })
    }
}

fn cells(spans: &[Span<CodePoint>]) -> Vec<SpanCell> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    spans.iter().map(|s| SpanCell { start: number(s.start), end: number(s.end) }).collect()
}

pub(super) fn spans(cells: &[SpanCell]) -> Vec<Span<CodePoint>> {
    cells.iter().map(|c| Span::new(c.start as usize, c.end as usize)).collect()
}

impl From<Position> for PositionCell {
    fn from(Position { issue, stance, option, by }: Position) -> Self {
        Self { issue, stance, option, shown_by: by }
    }
}

impl From<PositionCell> for Position {
    fn from(PositionCell { issue, stance, option, shown_by }: PositionCell) -> Self {
        Self { issue, stance, option, by: shown_by }
    }
}
