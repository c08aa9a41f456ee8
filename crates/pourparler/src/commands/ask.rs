//! `pourparler ask`: a question to the record, and a table whose rows carry their sentences.

use std::io::{BufWriter, Write};

use pourparler_brief::{Answer, Ask, AskOptions, Cited, IssueLabel, Question};
use pourparler_intake::dossier;
use pourparler_ledger::{Filter, Ledger};
use serde_json::{Value, json};

use super::Outcome;
use crate::args::{AnswerFormat, Ask as Args};
use crate::output;

pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let Some(question) = args.question else {
        for question in Question::ALL {
            writeln!(out, "{:<12} {}", question.name(), question.words())?;
        }
        return Ok(Outcome::Done);
    };
    let dossier = dossier(args.dossier.as_deref())?;
    let ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let entries = ledger.statements(&filter(question, args))?;
    let options = AskOptions {
        party: args.party.clone(),
        issue: args.issue.clone(),
        since: args.since,
        round: args.round,
        on: args.on,
    };
    let ask = Ask::new(&entries, &ledger.rounds()?, &IssueLabel::of(&dossier), &options);
    let mut answer = ask.answer(question);
    let all = answer.rows.len();
    answer.rows.truncate(args.limit.unwrap_or(usize::MAX));
    match args.format {
        AnswerFormat::Table => output::answer(&mut out, &ask, &answer, all)?,
        AnswerFormat::Json => writeln!(out, "{:#}", as_json(&ask, &answer))?,
    }
    out.flush()?;
    Ok(if answer.rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// What need not be loaded for a question: statements of other parties or issues, where no answer is looked for among them.
fn filter(question: Question, args: &Args) -> Filter {
    use Question as Q;
    let alone = matches!(
        question,
        Q::Who
            | Q::Authority
            | Q::Conditions
            | Q::Reasons
            | Q::Firmness
            | Q::Position
            | Q::Moves
            | Q::Dissent
            | Q::Sourcing
            | Q::New
    );
    Filter {
        party: args.party.clone().filter(|_| alone),
        issue: args.issue.clone().filter(|_| alone || question == Q::Distance),
        until: args.on,
        since: args.since.filter(|_| question == Q::New),
        ..Filter::default()
    }
}

fn as_json(ask: &Ask, answer: &Answer) -> Value {
    let rows: Vec<Value> = answer
        .rows
        .iter()
        .map(|row| {
            let cells: serde_json::Map<String, Value> =
                answer.columns.iter().zip(&row.cells).map(|(c, v)| ((*c).to_owned(), json!(v))).collect();
            let statements = row.statements.iter().filter_map(|n| ask.statement(*n)).map(evidence);
            json!({ "cells": cells, "statements": statements.collect::<Vec<_>>() })
        })
        .collect();
    json!({ "question": answer.question, "rows": rows, "basis": answer.basis })
}

/// A statement as an answer cites it.
fn evidence(cited: &Cited) -> Value {
    let entry = &cited.entry;
    json!({
        "number": cited.number,
        "article": entry.article,
        "statement": entry.statement.id,
        "title": entry.title,
        "outlet": entry.outlet,
        "url": entry.url,
        "day": cited.day,
        "dated": cited.is_dated(),
        "speaker": entry.statement.speaker,
        "via": entry.statement.via,
        "sentence": entry.sentence,
        "appearances": cited.appearances.len(),
        "score": entry.statement.confidence,
        "reviewed": cited.is_reviewed(),
    })
}
