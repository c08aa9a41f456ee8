//! What can be said to `export` and `import`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;

use super::LedgerPath;

#[derive(Debug, clap::Args)]
pub struct Export {
    #[command(subcommand)]
    pub format: ExportFormat,
}

#[derive(Debug, Subcommand)]
pub enum ExportFormat {
    /// A table as CSV, for spreadsheets
    Csv(TableExport),
    /// A table as JSON lines; one of statements holds everything and can be imported again
    Jsonl(TableExport),
    /// A table as Parquet, for data frames; one of statements holds everything and can be imported again
    Parquet(TableExport),
    /// A folder of brat annotation, in PolNeAR's labels
    Brat(FolderExport),
}

/// Which statements go out.
#[derive(Debug, clap::Args)]
pub struct Selection {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Only statements for this party
    #[arg(long)]
    pub party: Option<String>,
    /// Only statements on this issue (an id)
    #[arg(long)]
    pub issue: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
}

/// The tables of the record; docs/tables.md describes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableName {
    /// A row for each statement
    Statements,
    /// A row for each party and issue on which it has spoken
    Positions,
    /// A row for each change of a position
    Moves,
}

#[derive(Debug, clap::Args)]
pub struct TableExport {
    #[command(flatten)]
    pub selection: Selection,
    /// Which table
    #[arg(long, value_enum, default_value_t = TableName::Statements)]
    pub table: TableName,
    /// Where to write; without it to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Whose names of issues are shown
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct FolderExport {
    #[command(flatten)]
    pub selection: Selection,
    /// A folder that is not there yet, or is empty
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct Import {
    /// Tables of statements as JSON lines or Parquet (a file, or a folder of its parts), folders of brat annotation
    #[arg(required = true, value_name = "FILE")]
    pub sources: Vec<PathBuf>,
    #[command(flatten)]
    pub ledger: LedgerPath,
}
