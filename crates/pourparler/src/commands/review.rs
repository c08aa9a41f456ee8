//! `pourparler review`: what a person decides about a statement, kept whatever is extracted again.

use std::io::Write;

use pourparler_ledger::{Alpha, Field, Ledger, Put, Verdict};
use pourparler_text::{CodePoint, Position, Statement};

use super::{Outcome, Usage, unknown_statement};
use crate::args::{AnswerFormat, Correction, Review, ReviewCommand};
use crate::output::{self, tame};

pub fn run(args: &Review) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let number = match &args.command {
        ReviewCommand::Log => return log(&ledger),
        ReviewCommand::Agreement { format } => return agreement(&ledger, *format),
        ReviewCommand::Undo { number } => ledger.undo_review(*number, &args.reviewer)?,
        ReviewCommand::Accept { statement } => {
            let (article, found) = find(&ledger, statement)?;
            ledger.review(&article, &Verdict::Keep(Box::new(found)), &args.reviewer)?
        }
        ReviewCommand::Reject { statement } => {
            let (article, found) = find(&ledger, statement)?;
            ledger.review(&article, &Verdict::Reject(found.content), &args.reviewer)?
        }
        ReviewCommand::Correct { statement, correction } => {
            let (article, mut found) = find(&ledger, statement)?;
            apply(&mut found, correction)?;
            ledger.review(&article, &Verdict::Keep(Box::new(found)), &args.reviewer)?
        }
    };
    eprintln!(
        "{}: decision {number} is kept; `pourparler review undo {number}` takes it back",
        ledger.name().display()
    );
    Ok(Outcome::Done)
}

/// The statement that `ARTICLE/ID` names.
fn find(ledger: &Ledger, name: &str) -> anyhow::Result<(String, Statement<CodePoint>)> {
    let unknown = || unknown_statement(name);
    let (article, id) = name.rsplit_once('/').ok_or_else(unknown)?;
    let found = ledger.article(article)?.ok_or_else(unknown)?;
    let statement = found.statements.into_iter().find(|s| s.id == id).ok_or_else(unknown)?;
    Ok((article.to_owned(), statement))
}

/// Changes what the correction names; `-` takes a value away.
fn apply(statement: &mut Statement<CodePoint>, correction: &Correction) -> Result<(), Usage> {
    let some = |value: &String| Some(value.clone()).filter(|v| v != "-");
    let speaker = &mut statement.speaker;
    if let Some(name) = &correction.speaker {
        speaker.name = some(name);
    }
    if let Some(role) = &correction.role {
        speaker.role = some(role);
    }
    if let Some(party) = &correction.party {
        speaker.party = some(party);
    }
    if let Some(kind) = correction.kind {
        speaker.kind = kind;
    }
    if let Some(act) = correction.act {
        statement.act = act;
    }
    if let Some(day) = &correction.said_on {
        statement.said_on = match day.as_str() {
            "-" => None,
            day => {
                let day = day.parse().map_err(|e| Usage(format!("--said-on {day}: {e}; write YYYY-MM-DD or -")))?;
                Some(pourparler_text::DateRange { from: day, to: day, text: None, method: None, anchor: None })
            }
        };
    }
    if !correction.positions.is_empty() {
        statement.positions = correction
            .positions
            .iter()
            .filter(|p| *p != "-")
            .map(|p| {
                let (issue, stance) =
                    p.split_once('=').ok_or_else(|| Usage(format!("--position {p}: write ISSUE=STANCE")))?;
                Ok(Position::new(issue, stance.parse().map_err(|e| Usage(format!("--position {p}: {e}")))?))
            })
            .collect::<Result<_, Usage>>()?;
    }
    Ok(())
}

/// How far reviewers agree, by field.
fn agreement(ledger: &Ledger, format: AnswerFormat) -> anyhow::Result<Outcome> {
    let found = ledger.agreement()?;
    let mut out = std::io::stdout().lock();
    match format {
        AnswerFormat::Table => output::agreement(&mut out, &found)?,
        AnswerFormat::Json => {
            let field = |(field, alpha): &(Field, Alpha)| {
                let Alpha { value, units, values } = alpha;
                serde_json::json!({ "field": field.as_str(), "alpha": value, "units": units, "values": values })
            };
            let all: Vec<_> = found.iter().map(field).collect();
            serde_json::to_writer_pretty(&mut out, &serde_json::json!({ "metric": "nominal", "fields": all }))?;
            writeln!(out)?;
        }
    }
    Ok(if found.iter().all(|(_, alpha)| alpha.units == 0) { Outcome::NothingFound } else { Outcome::Done })
}

fn log(ledger: &Ledger) -> anyhow::Result<Outcome> {
    let reviews = ledger.reviews()?;
    let mut out = std::io::stdout().lock();
    for review in &reviews {
        let what = match &review.verdict {
            Verdict::Keep(s) => format!(
                "keep {}: {} for {}, {}",
                s.id,
                s.speaker.name.as_deref().unwrap_or("(unattributed)"),
                s.speaker.party.as_deref().unwrap_or("nobody"),
                s.act
            ),
            Verdict::Reject(content) => format!("reject {content:?}"),
            Verdict::Put(Put { now: Some(s), was }) => format!(
                "{} {}: {} for {}, {}",
                if was.is_some() { "keep" } else { "add" },
                s.id,
                s.speaker.name.as_deref().unwrap_or("(unattributed)"),
                s.speaker.party.as_deref().unwrap_or("nobody"),
                s.act
            ),
            Verdict::Put(Put { now: None, was }) => {
                format!("reject {:?}", was.as_ref().map_or(&[][..], |w| &w.content))
            }
            Verdict::Undo(number) => format!("undo {number}"),
        };
        let article = review.article.as_deref().unwrap_or_default();
        let undone = if review.undone { "  (undone)" } else { "" };
        writeln!(
            out,
            "{}  {}  {}  {}  {}{undone}",
            review.number,
            review.made_at,
            tame(&review.reviewer),
            tame(article),
            tame(&what)
        )?;
    }
    Ok(if reviews.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
