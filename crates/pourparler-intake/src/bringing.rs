//! Articles with their statements, brought into a ledger from the forms that they are exchanged in.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use pourparler_dossier::{Dossier, Issue, Side, SideKind};
use pourparler_exchange::{ArticleRecord, ExchangeError, Problem, brat, dna, table};
use pourparler_ledger::{Ledger, LedgerError};
use thiserror::Error;

use crate::exchange::store_record;

/// So many reasons are kept; the rest is counted.
const REASONS: usize = 20;

/// What was brought in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bringing {
    /// Articles that are new to the ledger.
    pub new: usize,
    /// Articles that were there.
    pub known: usize,
    /// Statements of the new ones.
    pub statements: usize,
    /// Decisions of people that were not there.
    pub decisions: usize,
    /// Issues and sides that the inputs name, for a dossier.
    pub dossier: Dossier,
    /// What had no place in a ledger, in words.
    pub left_out: Vec<String>,
    /// How much was wrong.
    pub wrong: usize,
    /// What, of the first.
    pub reasons: Vec<String>,
}

impl Bringing {
    fn wrong(&mut self, source: &Path, what: &str) {
        self.wrong += 1;
        if self.reasons.len() < REASONS {
            self.reasons.push(format!("{}: {what}", source.display()));
        }
    }
}

impl Bringing {
    /// What a file of DNA holds beside its statements.
    fn coded(&mut self, source: &Path, imported: dna::Imported) {
        if self.dossier.name.is_empty() {
            self.dossier.name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        }
        self.left_out.extend(imported.report.losses.iter().map(ToString::to_string));
        let left = imported.left_out.into_iter();
        self.left_out
            .extend(left.map(|(label, count)| format!("{count} statements of the type \u{201c}{label}\u{201d}")));
        let named = |attributes: &[(String, String)], name: &str| {
            attributes.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone())
        };
        self.dossier.issues.extend(imported.issues.into_iter().map(|issue| Issue {
            group: named(&issue.attributes, "Type").unwrap_or_default(),
            id: issue.id,
            words: vec![issue.name.clone()],
            label: issue.name,
            ..Issue::default()
        }));
        self.dossier.sides.extend(imported.parties.into_iter().map(|party| Side {
            aliases: named(&party.attributes, "Alias").into_iter().collect(),
            name: party.name,
            kind: SideKind::Organisation,
            ..Side::default()
        }));
    }
}

/// What ends the bringing in of one input, or of all.
#[derive(Debug, Error)]
enum Failure {
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// The forms that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    JsonLines,
    Parquet,
    Brat,
    Dna,
}

/// Brings in a table of statements (JSON lines, Parquet, or a folder of parts of either) or a folder of brat annotation. What it is
/// is told by its content. What is wrong with it is told, and the rest of it comes in.
///
/// # Errors
/// Where the ledger fails.
pub fn bring(ledger: &mut Ledger, source: &Path, told: &mut Bringing) -> Result<(), LedgerError> {
    match bring_in(ledger, source, told) {
        Ok(()) => Ok(()),
        Err(Failure::Ledger(e)) => Err(e),
        // The message names the file.
        Err(Failure::Exchange(e)) => {
            told.wrong(&e.file, &e.problem.to_string());
            Ok(())
        }
    }
}

/// Whether something is a table of statements, as `pourparler export` or a cluster wrote it: a file, or a folder of parts. Only
/// Parquet is told from articles that are yet to be read, and only where the program was built for it.
#[must_use]
pub fn is_statements(source: &Path) -> bool {
    #[cfg(feature = "parquet")]
    {
        let first = if source.is_dir() { parts(source, "parquet").into_iter().next() } else { Some(source.to_owned()) };
        first.is_some_and(|file| table::is_statements(&file))
    }
    #[cfg(not(feature = "parquet"))]
    {
        let _ = source;
        false
    }
}

fn bring_in(ledger: &mut Ledger, source: &Path, told: &mut Bringing) -> Result<(), Failure> {
    let name = source.display().to_string();
    let (form, files) = what_it_is(source)?;
    let mut wrong = Vec::new();
    let mut each = |record: ArticleRecord| -> Result<(), Failure> {
        match store_record(ledger, &name, &record) {
            Ok(stored) => {
                told.decisions += stored.decisions;
                if stored.new {
                    told.new += 1;
                    told.statements += record.read.statements.len();
                } else {
                    told.known += 1;
                }
            }
            Err(e) if e.problem.is_of_input() => told.wrong(source, &e.problem.to_string()),
            Err(e) => return Err(e.into()),
        }
        Ok(())
    };
    let tell = &mut |what| wrong.push(what);
    let mut coded = None;
    let result = match form {
        Form::Dna => dna::import(source, &mut each).map(|imported| coded = Some(imported)),
        Form::Brat => brat::import(source, &mut each, tell),
        Form::JsonLines => json_lines(&files, &mut each, tell),
        Form::Parquet => parquet(&files, &mut each, tell),
    };
    wrong.iter().for_each(|what| told.wrong(source, what));
    if let Some(imported) = coded {
        told.coded(source, imported);
    }
    result
}

type Each<'a> = dyn FnMut(ArticleRecord) -> Result<(), Failure> + 'a;

fn json_lines(files: &[PathBuf], each: &mut Each, wrong: &mut dyn FnMut(String)) -> Result<(), Failure> {
    for file in files {
        let input = File::open(file).map_err(|e| ExchangeError::new(file, e))?;
        table::read_json_lines(BufReader::new(input), file, each, wrong)?;
    }
    Ok(())
}

#[cfg(feature = "parquet")]
fn parquet(files: &[PathBuf], each: &mut Each, wrong: &mut dyn FnMut(String)) -> Result<(), Failure> {
    // Rows of one article may stand in several parts.
    let mut assembler = table::Assembler::default();
    for file in files {
        table::read_parquet(file, &mut assembler, each, wrong)?;
    }
    assembler.finish().into_iter().for_each(wrong);
    Ok(())
}

#[cfg(not(feature = "parquet"))]
fn parquet(files: &[PathBuf], _: &mut Each, _: &mut dyn FnMut(String)) -> Result<(), Failure> {
    let what = "this program was built without Parquet; build it with `--features parquet`, or bring in JSON lines";
    let file = files.first().map_or(Path::new(""), PathBuf::as_path);
    Err(ExchangeError::new(file, Problem::Damaged(what.to_owned())).into())
}

/// What an input is, by its content, and the files that are to be read.
fn what_it_is(source: &Path) -> Result<(Form, Vec<PathBuf>), ExchangeError> {
    if source.is_dir() {
        for (extension, form) in [("parquet", Form::Parquet), ("jsonl", Form::JsonLines), ("json", Form::JsonLines)] {
            let files = parts(source, extension);
            // What stands beside brat annotation is JSON, too.
            if !files.is_empty() && parts(source, "ann").is_empty() {
                return Ok((form, files));
            }
        }
        return Ok((Form::Brat, Vec::new()));
    }
    let mut first = Vec::new();
    let opened = File::open(source).and_then(|file| file.take(64).read_to_end(&mut first));
    opened.map_err(|e| ExchangeError::new(source, e))?;
    let form = match first.trim_ascii_start() {
        [b'P', b'A', b'R', b'1', ..] => Form::Parquet,
        [b'{', ..] => Form::JsonLines,
        [b'S', b'Q', b'L', b'i', b't', b'e', ..] => Form::Dna,
        _ => {
            let what = "is nothing that can be imported; `pourparler help import` tells what can, `pourparler add` reads articles";
            return Err(ExchangeError::new(source, Problem::Damaged(what.to_owned())));
        }
    };
    Ok((form, vec![source.to_owned()]))
}

/// The parts of a table in a folder, by their names; what begins with a dot or a line is no part.
fn parts(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let is_part = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(['.', '_']));
        path.is_file() && !hidden && path.extension().is_some_and(|e| e == extension)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(is_part).collect();
    files.sort();
    files
}
