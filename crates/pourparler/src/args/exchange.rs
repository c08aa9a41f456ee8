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
    /// A file of Discourse Network Analyzer 3; what is coded there can be imported again
    Dna(DnaExport),
    /// A network for visone, yEd and others: who takes which side of which issue, or who agrees with whom
    Graphml(NetworkExport),
    /// The same for Gephi, with the days on which it was so
    Gexf(NetworkExport),
    /// A folder of brat annotation, in PolNeAR's labels
    Brat(FolderExport),
    /// A folder of UIMA CAS JSON, for INCEpTION
    Cas(FolderExport),
    /// A REFI-QDA project, for MAXQDA, NVivo, ATLAS.ti, QualCoder
    Qdpx(ProjectExport),
    /// The codes alone, as a REFI-QDA codebook
    Qdc(CodebookExport),
    /// W3C Web Annotations (JSON-LD)
    Annotations(FileExport),
    /// schema.org claims with where they appeared (JSON-LD)
    Claims(NamedExport),
    /// All that the ledger holds, with its log and the bytes that came in: JSON lines and files, with their sums
    Everything(Everything),
    /// PROV-O: what made each statement, from what, and who carried the words (JSON-LD)
    Prov(ProvExport),
}

#[derive(Debug, clap::Args)]
pub struct Everything {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Folder to write into; it must not be there yet
    #[arg(long, short, value_name = "FOLDER")]
    pub out: PathBuf,
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
    pub file: NamedExport,
    /// Which table
    #[arg(long, value_enum, default_value_t = TableName::Statements)]
    pub table: TableName,
}

/// What the edges of a network are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NetworkName {
    /// Actors and issues: who takes which side
    Issues,
    /// Actors: who takes the same sides
    Agreement,
    /// Actors: who takes opposite sides
    Conflict,
    /// Actors: agreement less conflict
    Both,
}

/// Who the actors are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ActorsName {
    /// Those for whom people speak
    Parties,
    /// The persons who speak
    Speakers,
}

/// By what weights are divided, as in Discourse Network Analyzer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NormName {
    /// Nothing
    None,
    /// Of actors: the mean of what both have said
    Average,
    /// Of actors: what either has said alone, and what both have
    Jaccard,
    /// Of actors: the product of what both have said
    Cosine,
    /// Of actors and issues: all that the actor said
    Activity,
    /// Of actors and issues: all that was said on the issue
    Prominence,
}

#[derive(Debug, clap::Args)]
pub struct NetworkExport {
    #[command(flatten)]
    pub file: NamedExport,
    /// What joins whom
    #[arg(long, value_enum, default_value_t = NetworkName::Issues)]
    pub network: NetworkName,
    /// Who the actors are
    #[arg(long, value_enum, default_value_t = ActorsName::Parties)]
    pub actors: ActorsName,
    /// By what weights are divided
    #[arg(long, value_enum, default_value_t = NormName::None)]
    pub norm: NormName,
    /// No more than this many actors, those who spoke most
    #[arg(long, value_name = "N")]
    pub most: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub struct FileExport {
    #[command(flatten)]
    pub selection: Selection,
    /// Where to write; without it to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct ProvExport {
    #[command(flatten)]
    pub file: FileExport,
    /// Of this statement alone, called ARTICLE/ID as `pourparler statements` shows it
    #[arg(long, value_name = "STATEMENT")]
    pub statement: Option<String>,
}

/// A file in which issues have names.
#[derive(Debug, clap::Args)]
pub struct NamedExport {
    #[command(flatten)]
    pub to: FileExport,
    /// Whose names of issues are shown
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct DnaExport {
    #[command(flatten)]
    pub project: ProjectExport,
    /// A file whose first line is the password with which DNA will open the file; without it the terminal asks
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct ProjectExport {
    #[command(flatten)]
    pub selection: Selection,
    /// Where to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Whose names of issues are shown
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct CodebookExport {
    /// Whose issues they are; without it those of peace and security
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
    /// Where to write; without it to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
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
    /// Tables of statements as JSON lines or Parquet (a file, or a folder of its parts), files of Discourse Network Analyzer 3, folders
    /// of brat annotation
    #[arg(required = true, value_name = "FILE")]
    pub sources: Vec<PathBuf>,
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Write the concepts and organizations of DNA's files into this file, as issues and sides of a dossier
    #[arg(long, value_name = "FILE")]
    pub dossier_out: Option<PathBuf>,
}
