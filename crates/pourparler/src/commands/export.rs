//! `pourparler export`: the record in the forms of other programs.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use pourparler_brief::{Actors, Cited, IssueLabel, Links, Norm, distinct};
use pourparler_exchange::brat::BratFolder;
use pourparler_exchange::cas::CasFolder;
use pourparler_exchange::claims::write_claims;
use pourparler_exchange::dna::DnaExport;
use pourparler_exchange::network::{Graph, Scope, Share, write_gexf, write_graphml};
use pourparler_exchange::prov::{Provenance, of_statement};
use pourparler_exchange::refi::{ProjectExport, write_codebook};
use pourparler_exchange::table::{self, Column, Csv, JsonLines};
use pourparler_exchange::web_annotation::WebAnnotations;
use pourparler_exchange::{ArticleRecord, Beside, ExchangeError, Exporter, Report};
use pourparler_intake::{DossierFault, dossier, record_of};
use pourparler_ledger::{Filter, Ledger};
use pourparler_text::{CodePoint, Statement, names};
use serde::Serialize;

use super::{Outcome, Usage, unknown_statement};
use crate::args::{
    self, ActorsName, Export, ExportFormat, FileExport, NetworkExport, NetworkName, NormName, Selection, TableExport,
    TableName,
};

pub fn run(args: &Export) -> anyhow::Result<Outcome> {
    use ExportFormat as F;
    match &args.format {
        F::Csv(table) => tables(table, Form::Csv),
        F::Jsonl(table) => tables(table, Form::JsonLines),
        F::Parquet(table) => tables(table, Form::Parquet),
        F::Dna(file) => dna(file),
        F::Qdpx(file) => {
            let names = named(file.dossier.as_deref())?;
            articles(&file.selection, Box::new(ProjectExport::create(&file.out, &names)?))
        }
        F::Qdc(file) => {
            let target = Target::new(file.out.as_deref())?;
            let names = named(file.dossier.as_deref())?;
            let mut out = target.writer()?;
            write_codebook(&mut out, &names)
                .and_then(|()| out.flush())
                .map_err(|e| ExchangeError::new(target.name(), e))?;
            target.keep()?;
            Ok(Outcome::Done)
        }
        F::Graphml(network) => networks(network, write_graphml),
        F::Gexf(network) => networks(network, write_gexf),
        F::Brat(folder) => articles(&folder.selection, Box::new(BratFolder::create(&folder.out)?)),
        F::Cas(folder) => articles(&folder.selection, Box::new(CasFolder::create(&folder.out)?)),
        F::Annotations(file) => one_file(file, |out, name| Ok(Box::new(WebAnnotations::new(out, name)?))),
        F::Everything(everything) => {
            let ledger = Ledger::open_existing(&everything.ledger.ledger)?;
            let rows = super::archive::write(&ledger, &everything.out)?;
            println!("{}: {rows} rows written into {}", ledger.name().display(), everything.out.display());
            Ok(Outcome::Done)
        }
        F::Prov(args::ProvExport { file, statement: None }) => {
            one_file(file, |out, name| Ok(Box::new(Provenance::new(out, name)?)))
        }
        F::Prov(args::ProvExport { file, statement: Some(statement) }) => provenance(file, statement),
        F::Claims(file) => {
            let target = Target::new(file.to.out.as_deref())?;
            let report = write_claims(
                &mut target.writer()?,
                target.name(),
                &statements(&file.to.selection)?,
                &named(file.dossier.as_deref())?,
            )?;
            target.keep()?;
            Ok(tell(&report))
        }
    }
}

fn dna(args: &args::DnaExport) -> anyhow::Result<Outcome> {
    let password = match &args.password_file {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("{}: the password", path.display()))?;
            text.lines().next().unwrap_or_default().to_owned()
        }
        None => rpassword::prompt_password("Password with which DNA will open the file: ")
            .context("no password: there is no terminal to ask; name a file with --password-file")?,
    };
    if password.is_empty() {
        return Err(Usage("the password is empty; DNA opens no file without one".to_owned()).into());
    }
    let project = &args.project;
    let names = named(project.dossier.as_deref())?;
    articles(&project.selection, Box::new(DnaExport::create(&project.out, &password, &names)?))
}

/// Where one statement comes from.
fn provenance(file: &FileExport, statement: &str) -> anyhow::Result<Outcome> {
    let unknown = || unknown_statement(statement);
    let (article, id) = statement.rsplit_once('/').ok_or_else(unknown)?;
    let ledger = Ledger::open_existing(&file.selection.ledger.ledger)?;
    let record = record_of(&ledger, article)?.ok_or_else(unknown)?;
    let document = of_statement(&record, id).ok_or_else(unknown)?;
    let target = Target::new(file.out.as_deref())?;
    let mut out = target.writer()?;
    writeln!(out, "{document:#}").and_then(|()| out.flush()).map_err(|e| ExchangeError::new(target.name(), e))?;
    target.keep()?;
    Ok(Outcome::Done)
}

/// An export that is one file of articles.
fn one_file(
    file: &FileExport,
    exporter: impl FnOnce(Out, &Path) -> Result<Box<dyn Exporter>, ExchangeError>,
) -> anyhow::Result<Outcome> {
    let target = Target::new(file.out.as_deref())?;
    let outcome = articles(&file.selection, exporter(target.writer()?, target.name())?)?;
    target.keep()?;
    Ok(outcome)
}

fn networks(
    args: &NetworkExport,
    write: fn(&mut Out, &Path, &Graph) -> Result<Report, ExchangeError>,
) -> anyhow::Result<Outcome> {
    let selection = &args.file.to.selection;
    let who = match args.actors {
        ActorsName::Parties => Actors::Parties,
        ActorsName::Speakers => Actors::Speakers,
    };
    // Days were chosen when the statements were looked up.
    let scope = Scope { who, most: args.most.unwrap_or(usize::MAX), ..Scope::default() };
    let target = Target::new(args.file.to.out.as_deref())?;
    let (statements, names) = (statements(selection)?, named(args.file.dossier.as_deref())?);
    let graph = match links(args.network) {
        None => Graph::two_mode(&statements, &names, &scope, share(args.norm)?),
        Some(links) => Graph::one_mode(&statements, &names, &scope, links, norm(args.norm)?),
    };
    let report = write(&mut target.writer()?, target.name(), &graph)?;
    target.keep()?;
    Ok(tell(&report))
}

/// What joins actors; `None` where issues do.
fn links(network: NetworkName) -> Option<Links> {
    match network {
        NetworkName::Issues => None,
        NetworkName::Agreement => Some(Links::Agreement),
        NetworkName::Conflict => Some(Links::Conflict),
        NetworkName::Both => Some(Links::Both),
    }
}

fn share(norm: NormName) -> Result<Share, Usage> {
    match norm {
        NormName::None => Ok(Share::None),
        NormName::Activity => Ok(Share::Activity),
        NormName::Prominence => Ok(Share::Prominence),
        _ => Err(Usage("weights of actors and issues are divided by none, activity or prominence".to_owned())),
    }
}

fn norm(norm: NormName) -> Result<Norm, Usage> {
    match norm {
        NormName::None => Ok(Norm::None),
        NormName::Average => Ok(Norm::Average),
        NormName::Jaccard => Ok(Norm::Jaccard),
        NormName::Cosine => Ok(Norm::Cosine),
        _ => Err(Usage("weights of actors are divided by none, average, jaccard or cosine".to_owned())),
    }
}

/// The names of a dossier's issues.
fn named(path: Option<&Path>) -> Result<Vec<IssueLabel>, DossierFault> {
    Ok(IssueLabel::of(&dossier(path)?))
}

/// The forms of tables.
#[derive(Debug, Clone, Copy)]
enum Form {
    Csv,
    JsonLines,
    Parquet,
}

fn tables(args: &TableExport, form: Form) -> anyhow::Result<Outcome> {
    let selection = &args.file.to.selection;
    let target = Target::new(args.file.to.out.as_deref())?;
    let outcome = match args.table {
        TableName::Statements => articles(selection, exporter(&target, form)?)?,
        TableName::Positions => {
            let rows =
                table::position_rows(&statements(selection)?, &named(args.file.dossier.as_deref())?, selection.until);
            whole(&target, form, table::POSITIONS, &rows)?
        }
        TableName::Moves => {
            let rows = table::move_rows(&statements(selection)?, &named(args.file.dossier.as_deref())?);
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
    Usage("this program was built without Parquet; build it with `--features parquet`, or write jsonl".to_owned())
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
    Ok(tell(&report))
}

/// Tells what was written, and what found no room, on standard error.
fn tell(report: &Report) -> Outcome {
    match report.articles {
        // A form that is made of statements alone.
        0 => eprintln!("{} statements written", report.statements),
        articles => eprintln!("{articles} articles with {} statements written", report.statements),
    }
    if !report.losses.is_empty() {
        eprintln!("what this form does not hold, or holds otherwise:");
    }
    for loss in &report.losses {
        eprintln!("  {loss}");
    }
    if report.articles + report.statements == 0 { Outcome::NothingFound } else { Outcome::Done }
}

impl Selection {
    fn is_narrow(&self) -> bool {
        self.party.is_some() || self.issue.is_some() || self.since.is_some() || self.until.is_some()
    }

    /// Leaves the statements that are to go out.
    fn apply(&self, record: &mut ArticleRecord) {
        let party = self.party.as_deref().map(names::key);
        let published = record.read.article.published;
        let goes = |s: &Statement<CodePoint>| {
            let day = s.day(published);
            party.as_ref().is_none_or(|party| s.speaker.party.as_deref().map(names::key).as_ref() == Some(party))
                && self.issue.as_ref().is_none_or(|issue| s.positions.iter().any(|p| p.issue == *issue))
                && self.since.is_none_or(|since| day.is_some_and(|day| since <= day))
                && self.until.is_none_or(|until| day.is_some_and(|day| day <= until))
        };
        record.read.statements.retain(goes);
        let left: std::collections::HashSet<&str> = record.read.statements.iter().map(|s| s.id.as_str()).collect();
        record.reviewers.retain(|id, _| left.contains(id.as_str()));
    }
}

/// What an export is written to.
type Out = Box<dyn Write + Send>;

/// Where one file goes: it appears when it is whole, or goes to standard output as it comes.
struct Target {
    file: Option<(Beside, File)>,
}

impl Target {
    fn new(path: Option<&Path>) -> Result<Self, ExchangeError> {
        Ok(Self { file: path.map(Beside::begin).transpose()? })
    }

    fn name(&self) -> &Path {
        self.file.as_ref().map_or(Path::new("standard output"), |(beside, _)| beside.target())
    }

    fn writer(&self) -> Result<Out, ExchangeError> {
        Ok(match &self.file {
            Some((beside, file)) => {
                let file = file.try_clone().map_err(|e| ExchangeError::new(beside.target(), e))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(std::io::stdout())),
        })
    }

    fn keep(self) -> Result<(), ExchangeError> {
        self.file.map_or(Ok(()), |(beside, _)| beside.place())
    }
}
