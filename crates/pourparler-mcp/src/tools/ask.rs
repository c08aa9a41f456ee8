//! `ask`: one of the questions that people who follow talks ask.

use pourparler_brief::{Ask as Questions, AskOptions, Question};
use pourparler_ledger::Filter;
use pourparler_text::tame;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cite::{Citation, bracketed, cited, listed, names};
use crate::input::{Day, Word};
use crate::page::{MOST_ROWS, Page, joined};
use crate::record::{Record, period};
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};

/// So many rows are given where no number is asked for.
const USUAL: usize = 20;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    // What the words of the list mean is told by the list.
    question: Word<Question>,
    /// Only this party, as `parties` spells it
    party: Option<String>,
    /// Only this issue, an id from `issues`
    issue: Option<String>,
    /// From when on things count as recent or new; absent: the last thirty days of the record
    since: Option<Day>,
    /// As of this day; what is later is left out
    on: Option<Day>,
    /// Only this round of talks, by its number in the answer to `rounds`
    round: Option<usize>,
    /// How many rows to give; 20 where it is absent
    #[schemars(range(min = 1, max = 50))]
    limit: Option<usize>,
    /// How many to pass over, to get the next part of a long answer
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Answered {
    /// The question in words
    question: String,
    /// How many rows the answer has
    total: usize,
    /// What the cells of a row are
    columns: Vec<String>,
    /// The rows of this part, what matters most first
    rows: Vec<Row>,
    /// What the answer rests on as a whole
    basis: Basis,
    /// The statements that rows name, at most 100, by day
    statements: Vec<Citation>,
    /// How to get the rest, where there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Row {
    /// One for each column
    cells: Vec<String>,
    /// Names of the statements on which the row rests, the weightiest first, at most 3
    statements: Vec<String>,
    /// On how many statements it rests in all
    count: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Basis {
    /// How many statements were looked at
    statements: usize,
    /// From how many outlets
    outlets: usize,
    /// First day
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    /// Last day
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    /// Mean score of what the machine found
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    /// Share on which no person has decided, from 0 to 1
    unreviewed: f64,
}

impl Call for Ask {
    type Answer = Answered;
    const NAME: &'static str = "ask";
    const TITLE: &'static str = "Ask a question";
    const DESCRIPTION: &'static str = "Answers one of a fixed list of questions about the negotiation with a table whose rows carry their \
        statements: who speaks, with what authority, what conditions are set, where there is room, which claims stand unanswered, what \
        was promised, what rounds of talks there were, what is new, what the record does not cover. Gives 20 rows at a time, at most \
        50, and 100 statements.";

    fn answer(self, record: &Record<'_>) -> Result<Answered, Refusal> {
        let page = Page::of(self.limit, self.offset, USUAL, MOST_ROWS)?;
        let (since, on) = period(self.since, self.on)?;
        let (party, issue) = (record.party(self.party)?, record.issue(self.issue)?);
        let options = AskOptions { party, issue, since, on, round: self.round };
        let entries = record.ledger.statements(&Filter::default())?;
        let asked = Questions::new(&entries, &record.ledger.rounds()?, record.labels, &options);
        let answer = asked.answer(self.question.0);
        let total = answer.rows.len();
        let (part, rest) = page.cut(answer.rows);
        let rows: Vec<&[usize]> = part.iter().map(|r| r.statements.as_slice()).collect();
        let (statements, uncited) = cited(record, &asked.statements, &rows);
        let rows = part.iter().map(|r| Row {
            cells: r.cells.clone(),
            statements: names(&asked.statements, &r.statements),
            count: r.statements.len(),
        });
        let rounded = |share: f64| (share * 1000.0).round() / 1000.0;
        let basis = answer.basis;
        Ok(Answered {
            question: answer.question.to_owned(),
            total,
            columns: answer.columns.iter().map(|c| (*c).to_owned()).collect(),
            rows: rows.collect(),
            basis: Basis {
                statements: basis.statements,
                outlets: basis.outlets,
                first: basis.days.map(|(first, _)| first.to_string()),
                last: basis.days.map(|(_, last)| last.to_string()),
                score: basis.score.map(rounded),
                unreviewed: rounded(basis.unreviewed),
            },
            statements,
            more: joined([rest, uncited]),
        })
    }
}

impl Answer for Answered {
    fn text(&self) -> String {
        let mut out = vec![format!("{} {} of {} rows.", self.question, self.rows.len(), self.total)];
        for row in &self.rows {
            let cells = self.columns.iter().zip(&row.cells).filter(|(_, value)| !value.is_empty());
            let cells: Vec<_> = cells.map(|(column, value)| format!("{column}: {value}")).collect();
            let cites = match row.count {
                0 => String::new(),
                all => format!(" {}", bracketed(&row.statements, all)),
            };
            out.push(tame(&format!("- {}{cites}", cells.join("; "))));
        }
        let basis = &self.basis;
        let days = basis.first.as_deref().zip(basis.last.as_deref());
        let days = days.map_or_else(String::new, |(first, last)| format!(", {first} to {last}"));
        let score = basis.score.map_or_else(String::new, |s| format!(", mean score {s:.2}"));
        out.push(format!(
            "From {} statements of {} outlets{days}{score}; {:.0}% not reviewed by a person.",
            basis.statements,
            basis.outlets,
            basis.unreviewed * 100.0
        ));
        out.extend(self.more.as_ref().map(|m| format!("{m}.")));
        format!("{}\n\n{}", out.join("\n"), listed(&self.statements))
    }
}
