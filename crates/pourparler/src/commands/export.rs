//! `pourparler export`: the record in the forms of other programs.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use pourparler_brief::{Cited, IssueLabel, distinct};
use pourparler_exchange::brat::BratFolder;
use pourparler_exchange::table::{self, Column, Csv, JsonLines};
use pourparler_exchange::{ArticleRecord, ExchangeError, Exporter, Problem, Report};
use pourparler_intake::{dossier, record_of};
use pourparler_ledger::{Filter, Ledger};
use pourparler_text::{Entry, names};
use serde::Serialize;
use tempfile::NamedTempFile;

use super::Outcome;
use crate::args::{Export, ExportFormat, Selection, TableExport, TableName};

pub fn run(args: &Export) -> anyhow::Result<Outcome> {
    match &args.format {
        ExportFormat::Csv(table) => tables(table, Form::Csv),
        ExportFormat::Jsonl(table) => tables(table, Form::JsonLines),
        ExportFormat::Parquet(table) => tables(table, Form::Parquet),
        ExportFormat::Brat(folder) => articles(&folder.selection, Box::new(BratFolder::create(&folder.out)?)),
    }
}

/// The forms of tables.
#[derive(Debug, Clone, Copy)]
enum Form {
    Csv,
    JsonLines,
    Parquet,
}

fn tables(args: &TableExport, form: Form) -> anyhow::Result<Outcome> {
    let names = || -> anyhow::Result<Vec<IssueLabel>> { Ok(IssueLabel::of(&dossier(args.dossier.as_deref())?)) };
    let target = Target::new(args.out.as_deref())?;
    let outcome = match args.table {
        TableName::Statements => articles(&args.selection, exporter(&target, form)?)?,
        TableName::Positions => {
            let rows = table::position_rows(&statements(&args.selection)?, &names()?, args.selection.until);
            whole(&target, form, table::POSITIONS, &rows)?
        }
        TableName::Moves => {
            let rows = table::move_rows(&statements(&args.selection)?, &names()?);
            whole(&target, form, table::MOVES, &rows)?
        }
    };
    target.keep()?;
    Ok(outcome)
}

fn exporter(target: &Target, form: Form) -> anyhow::Result<Box<dyn Exporter>> {
    let (out, name) = (target.writer()?, target.name());
    Ok(match form {
        Form::Csv => Box::new(Csv::new(out, name)?),
        Form::JsonLines => Box::new(JsonLines::new(out, name)),
        #[cfg(feature = "parquet")]
        Form::Parquet => Box::new(table::Parquet::new(out, name)?),
        #[cfg(not(feature = "parquet"))]
        Form::Parquet => return Err(without_parquet()),
    })
}

/// Writes rows that were made all at once.
fn whole<T: Serialize>(target: &Target, form: Form, columns: &[Column], rows: &[T]) -> anyhow::Result<Outcome> {
    let (mut out, name) = (target.writer()?, target.name());
    match form {
        Form::Csv => table::write_csv(&mut out, name, columns, rows)?,
        Form::JsonLines => table::write_json_lines(&mut out, name, rows)?,
        #[cfg(feature = "parquet")]
        Form::Parquet => table::write_parquet(&mut out, name, columns, rows)?,
        #[cfg(not(feature = "parquet"))]
        Form::Parquet => return Err(without_parquet()),
    }
    out.flush()?;
    Ok(if rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

#[cfg(not(feature = "parquet"))]
fn without_parquet() -> anyhow::Error {
    super::Usage(
        "this program was built without Parquet; build it with `--features parquet`, or write jsonl".to_owned(),
    )
    .into()
}

/// The statements that go out, each once.
fn statements(selection: &Selection) -> anyhow::Result<Vec<Cited>> {
    let filter = Filter {
        party: selection.party.clone(),
        issue: selection.issue.clone(),
        since: selection.since,
        until: selection.until,
        ..Filter::default()
    };
    Ok(distinct(&Ledger::open_existing(&selection.ledger.ledger)?.statements(&filter)?))
}

/// Gives the articles of a ledger to an exporter, in the order of their days, and tells what found no room.
fn articles(selection: &Selection, mut exporter: Box<dyn Exporter>) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_existing(&selection.ledger.ledger)?;
    for head in ledger.articles()? {
        // It may have gone since: then it is not in the record any more.
        let Some(mut record) = record_of(&ledger, &head.id)? else { continue };
        if selection.is_narrow() {
            selection.apply(&mut record);
            if record.read.statements.is_empty() {
                continue;
            }
        }
        exporter.article(&record)?;
    }
    let report = exporter.finish()?;
    tell(&report);
    Ok(if report.articles == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// What was written, and what found no room, on standard error.
fn tell(report: &Report) {
    eprintln!("{} articles with {} statements written", report.articles, report.statements);
    if !report.losses.is_empty() {
        eprintln!("what this form does not hold, or holds otherwise:");
    }
    for loss in &report.losses {
        eprintln!("  {loss}");
    }
}

impl Selection {
    fn is_narrow(&self) -> bool {
        self.party.is_some() || self.issue.is_some() || self.since.is_some() || self.until.is_some()
    }

    /// Leaves the statements that are to go out.
    fn apply(&self, record: &mut ArticleRecord) {
        let party = self.party.as_deref().map(names::key);
        let goes = |entry: &Entry| {
            let s = &entry.statement;
            let day = entry.day();
            party.as_ref().is_none_or(|party| s.speaker.party.as_deref().map(names::key).as_ref() == Some(party))
                && self.issue.as_ref().is_none_or(|issue| s.positions.iter().any(|p| p.issue == *issue))
                && self.since.is_none_or(|since| day.is_some_and(|day| since <= day))
                && self.until.is_none_or(|until| day.is_some_and(|day| day <= until))
        };
        let entries = record.read.entries();
        record.read.statements = entries.into_iter().filter(goes).map(|entry| entry.statement).collect();
        let left: std::collections::HashSet<&str> = record.read.statements.iter().map(|s| s.id.as_str()).collect();
        record.reviewers.retain(|id, _| left.contains(id.as_str()));
    }
}

/// Where one file goes: it appears when it is whole, or goes to standard output as it comes.
struct Target {
    file: Option<(NamedTempFile, PathBuf)>,
}

impl Target {
    fn new(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self { file: None }) };
        if path.exists() {
            return Err(ExchangeError::new(path, Problem::Taken).into());
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = NamedTempFile::new_in(folder).map_err(|e| ExchangeError::new(path, e))?;
        Ok(Self { file: Some((file, path.to_owned())) })
    }

    fn name(&self) -> &Path {
        self.file.as_ref().map_or(Path::new("standard output"), |(_, path)| path)
    }

    fn writer(&self) -> anyhow::Result<Box<dyn Write + Send>> {
        Ok(match &self.file {
            Some((file, path)) => {
                let file: File = file.reopen().map_err(|e| ExchangeError::new(path, e))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(std::io::stdout())),
        })
    }

    fn keep(self) -> anyhow::Result<()> {
        let Some((file, path)) = self.file else { return Ok(()) };
        file.persist_noclobber(&path).map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => ExchangeError::new(&path, Problem::Taken),
            _ => ExchangeError::new(&path, e.error),
        })?;
        Ok(())
    }
}
