//! What can be said on the command line.

mod exchange;
mod keeping;
mod team;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use pourparler_brief::Question;
use pourparler_extract::Model;
use pourparler_intake::ReadingOptions;
use pourparler_text::{Act, SpeakerKind, Stance};

pub use exchange::{
    ActorsName, DnaExport, Export, ExportFormat, FileExport, Import, NetworkExport, NetworkName, NormName, ProvExport,
    Selection, TableExport, TableName,
};
pub use keeping::{Backup, Copy, Erase, Log, Restore, Verify};
pub use team::{People, PeopleCommand, Team};

/// Reads the reporting of a negotiation and keeps the record of it.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done, 1 nothing found, 2 usage, 3 some inputs failed, 4 ledger or model at fault."
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the statements of articles; nothing is stored
    Read(Read),
    /// Read articles into a ledger
    Add(Add),
    /// Read the articles that feeds announce into a ledger, as they come
    Watch(Watch),
    /// Find statements in a ledger
    Statements(Statements),
    /// Show where each party stands on each issue
    Positions(Positions),
    /// Put a question to a ledger; without one, list the questions
    Ask(Ask),
    /// Accept, correct or reject a statement; every decision is logged and reversible
    Review(Review),
    /// Read a ledger's articles again and show what changes, then replace it where asked
    Reextract(Reextract),
    /// Write up who stands where, what moved and what is new, every line with its sentence
    Brief(Brief),
    /// Open the workspace: a ledger in the browser, to read, search, correct and add to
    Serve(Serve),
    /// Say who is in the team that a workspace is served to: invite, give roles, end accounts
    People(People),
    /// Write the record in the form of another program: tables, networks, annotation
    Export(Export),
    /// Bring articles with their statements into a ledger, as other programs or other ledgers have them
    Import(Import),
    /// Check that a ledger's hashes, spans and log still fit
    Verify(Verify),
    /// Show the log of a ledger: every change, who made it and when
    Log(Log),
    /// Write all of a ledger into one file as it is at this moment, also while others work on it
    Backup(Backup),
    /// Make a ledger from a backup
    Restore(Restore),
    /// Copy a ledger into another database and compare the two row by row
    Copy(Copy),
    /// Erase an article with its traces, where the law asks for it
    Erase(Erase),
    /// Start or check the file that says what the talks are about
    Dossier(Dossier),
    /// Score statements against gold
    Eval(Eval),
    /// List who speaks over all articles; merge, split or rename them
    Actors(Actors),
    /// Show which articles are copies or updates of one another, in a ledger or in files
    Copies(Copies),
    /// Let an assistant ask a ledger: tools of the Model Context Protocol over standard input and output
    Mcp(Mcp),
    /// Write the manual pages, one for each command
    Man(Man),
    /// Print what lets a shell complete commands and options
    Completions(Completions),
}

/// Where articles come from and how they are read.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// Files, folders or http(s) addresses: pages, texts, feeds, PDF and Word documents, mail, web archives, ZIP, gzip, exports of
    /// Nexis and Factiva, ninjs, CSV, JSON article objects alone or one a line; `-` is standard input
    #[arg(required_unless_present = "from", value_name = "ARTICLE")]
    pub sources: Vec<PathBuf>,
    /// Read the inputs that this file names, too, one a line
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Let addresses of this host be fetched though it is no public one, such as localhost
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, clap::Args)]
pub struct Reading {
    /// Day of publication of articles that have none, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// What the talks are about: a file (`pourparler dossier new` writes one), or trade, climate or labour; added to the built-in
    /// issues of peace and security
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
    /// Leave out statements less likely to be right than this, from 0 to 1
    #[arg(long, value_name = "SCORE", default_value_t = pourparler_extract::LEAST_CONFIDENCE, value_parser = probability)]
    pub min_score: f32,
    /// Which of the two models inside the program reads
    #[arg(long, value_enum, default_value_t = ModelName::Accurate)]
    pub model: ModelName,
    /// Articles to work on at the same time; 0 is one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

impl Reading {
    /// All but the dossier, which is loaded apart.
    pub fn options(&self) -> ReadingOptions {
        let Self { published, min_score, model, jobs, .. } = *self;
        ReadingOptions { published, min_score, model: model.into(), jobs }
    }
}

/// The sizes of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModelName {
    /// Finds most
    Accurate,
    /// For large archives: several times as fast, and wrong more often
    Fast,
}

impl From<ModelName> for Model {
    fn from(name: ModelName) -> Self {
        match name {
            ModelName::Accurate => Self::Accurate,
            ModelName::Fast => Self::Fast,
        }
    }
}

/// The forms in which statements are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table to read
    Table,
    /// One object for an article, an array for several
    Json,
    /// One object an article, one a line, also for articles without statements
    Jsonl,
    /// brat stand-off annotation, offsets in code points
    Brat,
    /// One row a statement
    Csv,
}

#[derive(Debug, clap::Args)]
pub struct Read {
    #[command(flatten)]
    pub inputs: Inputs,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// Which ledger.
#[derive(Debug, clap::Args)]
pub struct LedgerPath {
    /// The ledger: a SQLite file, or the address of a PostgreSQL database, postgres://USER@HOST/DATABASE
    #[arg(
        long,
        value_name = "LEDGER",
        env = "POURPARLER_LEDGER",
        hide_env_values = true,
        default_value = "pourparler.db"
    )]
    pub ledger: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct Add {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Write the inputs of which something was lost into this file, with the reasons; `--from` tries them again
    #[arg(long, value_name = "FILE")]
    pub failed: Option<PathBuf>,
    #[command(flatten)]
    pub ledger: LedgerPath,
}

#[derive(Debug, clap::Args)]
pub struct Serve {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// What the talks are about: a file, which the page about it writes to, or trade, climate or labour
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7070")]
    pub listen: SocketAddr,
    /// A further name under which browsers may ask for the workspace
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Let addresses of this host be fetched though it is no public one, such as localhost
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// In whose name decisions are kept; with --team it is the account's
    #[arg(long, value_name = "NAME", env = "USER", default_value = "reviewer")]
    pub reviewer: String,
    #[command(flatten)]
    pub team: Team,
}

#[derive(Debug, clap::Args)]
pub struct Copies {
    /// Files or folders to look through in place of a ledger; they are only read, so archives of any size can be given
    #[arg(value_name = "ARTICLE")]
    pub sources: Vec<PathBuf>,
    /// Day of publication of articles in files that have none, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// A table, or one JSON object a line for each group
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
}

#[derive(Debug, clap::Args)]
pub struct Watch {
    /// Addresses of RSS, Atom or JSON feeds
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<String>,
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// How long to wait before a feed is asked again: 15m, 1h, 1h30m; a minute at least
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = interval)]
    pub every: Duration,
    /// Ask every feed once and end: for cron. Exit code 3 where a feed or an entry failed
    #[arg(long)]
    pub once: bool,
    /// Let addresses of this host be fetched though it is no public one, such as localhost
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, clap::Args)]
pub struct Statements {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Words of the speaker's name
    #[arg(long)]
    pub speaker: Option<String>,
    /// Whom the speaker speaks for
    #[arg(long)]
    pub party: Option<String>,
    /// Id of an issue
    #[arg(long)]
    pub issue: Option<String>,
    /// Stance on the issue
    #[arg(long)]
    pub stance: Option<Stance>,
    /// What the statement does: assert, demand, reject, …
    #[arg(long)]
    pub act: Option<Act>,
    /// First day
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Words that the statement or its sentence holds
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Lowest score, from 0 to 1
    #[arg(long, value_name = "SCORE", value_parser = probability)]
    pub min_score: Option<f32>,
    /// Print no more than this many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How to print
    #[arg(long, value_enum, default_value_t = EntryFormat::Table)]
    pub format: EntryFormat,
}

/// The forms in which lines of the record are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EntryFormat {
    /// A table to read
    Table,
    /// One object a line
    Jsonl,
    /// One row a statement
    Csv,
}

#[derive(Debug, clap::Args)]
pub struct Positions {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// As of this day
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Brief {
    /// Articles to brief on, in place of a ledger
    #[arg(value_name = "ARTICLE")]
    pub sources: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// What counts as new
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Leave out what came later
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// About this party only; several may be named
    #[arg(long)]
    pub party: Vec<String>,
    /// About this issue only; several may be named
    #[arg(long)]
    pub issue: Vec<String>,
    /// Write a page, complete in itself, in place of Markdown on the terminal
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Headline of the brief
    #[arg(long)]
    pub title: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Ask {
    /// The question's name
    pub question: Option<Question>,
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Only this party
    #[arg(long)]
    pub party: Option<String>,
    /// Only this issue (an id)
    #[arg(long)]
    pub issue: Option<String>,
    /// From when on things are recent or new; else the last thirty days of the record
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// As of this day
    #[arg(long, visible_alias = "until", value_name = "DATE")]
    pub on: Option<Date>,
    /// Only this round of talks, by its number in the answer to `rounds`
    #[arg(long, value_name = "N")]
    pub round: Option<usize>,
    /// Whose names of issues are shown
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How to print
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
}

#[derive(Debug, clap::Args)]
pub struct Man {
    /// Where to write them; without it the page of the program as a whole goes to standard output
    pub folder: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Completions {
    /// For which shell
    pub shell: Shell,
}

#[derive(Debug, clap::Args)]
pub struct Mcp {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Whose names of issues and sides are shown
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
}

/// The forms in which answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// A table to read
    Table,
    /// JSON, with all that the table leaves out
    Json,
}

#[derive(Debug, clap::Args)]
pub struct Review {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Who decides, as the log names them
    #[arg(long = "by", value_name = "NAME", env = "USER", default_value = "reviewer")]
    pub reviewer: String,
    #[command(subcommand)]
    pub command: ReviewCommand,
}

/// A STATEMENT is called ARTICLE/ID, as `pourparler statements` shows it.
#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// Say that a statement is right
    Accept { statement: String },
    /// Say that it is no statement
    Reject { statement: String },
    /// Say what is right; `-` takes a value away
    Correct {
        statement: String,
        #[command(flatten)]
        correction: Correction,
    },
    /// List what was decided
    Log,
    /// Tell how far reviewers agree: Krippendorff's alpha by field, of the places on which two or more decided
    Agreement {
        #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
        format: AnswerFormat,
    },
    /// Take a decision back, by its number in the log
    Undo { number: i64 },
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct Correction {
    /// Who said it
    #[arg(long)]
    pub speaker: Option<String>,
    /// What kind of speaker it is
    #[arg(long)]
    pub kind: Option<SpeakerKind>,
    /// Their office
    #[arg(long)]
    pub role: Option<String>,
    /// Whom they speak for
    #[arg(long)]
    pub party: Option<String>,
    /// What it does
    #[arg(long)]
    pub act: Option<Act>,
    /// The day on which it was said, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub said_on: Option<String>,
    /// Where the speaker stands, in place of all that was found: `ceasefire=supports`
    #[arg(long = "position", value_name = "ISSUE=STANCE")]
    pub positions: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub struct Reextract {
    #[command(flatten)]
    pub ledger: LedgerPath,
    #[command(flatten)]
    pub reading: Reading,
    /// Put the new statements in the place of the old; what people decided stays
    #[arg(long)]
    pub apply: bool,
}

#[derive(Debug, clap::Args)]
pub struct Dossier {
    #[command(subcommand)]
    pub command: DossierCommand,
}

#[derive(Debug, Subcommand)]
pub enum DossierCommand {
    /// Print a dossier to start from
    New {
        /// One with the issues of peace, trade, climate or labour talks, in place of the empty form
        #[arg(long)]
        topic: Option<String>,
    },
    /// Propose parties, people and issues that a ledger speaks of and the dossier does not know
    Suggest {
        #[command(flatten)]
        ledger: LedgerPath,
        /// The dossier as it is
        #[arg(long, value_name = "FILE")]
        dossier: Option<PathBuf>,
    },
    /// Say what is wrong or dubious in a dossier
    Check {
        /// The dossier
        file: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
pub struct Eval {
    /// Gold statements: a file or folder of statement files; stand-off ones need --articles
    pub gold: PathBuf,
    /// Statements to score; without them the gold's articles are read now
    pub predicted: Option<PathBuf>,
    /// Files or folders with the articles, as JSON objects, of stand-off gold
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub articles: Vec<PathBuf>,
    /// A line for each article
    #[arg(long)]
    pub per_article: bool,
    /// List each error with its sentence
    #[arg(long)]
    pub errors: bool,
    /// Print the figures as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = false)]
pub struct Actors {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Those who speak for this party only
    #[arg(long)]
    pub party: Option<String>,
    /// Whose Wikidata ids are shown
    #[arg(long, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Option<ActorCommand>,
}

/// An ACTOR is given by its id or by a name that no other has.
#[derive(Debug, Subcommand)]
pub enum ActorCommand {
    /// Show one actor whole
    Show { actor: String },
    /// Say that these are one
    Merge {
        #[arg(required = true, num_args = 2.., value_name = "ACTOR")]
        actors: Vec<String>,
    },
    /// Say that a part of an actor is somebody else
    Split {
        actor: String,
        /// Names that are the other's
        #[arg(long = "name", value_name = "NAME")]
        names: Vec<String>,
        /// Ids of articles in which it is the other
        #[arg(long = "article", value_name = "ID")]
        articles: Vec<String>,
    },
    /// Give an actor another name
    Rename { actor: String, name: String },
    /// Say that speakers of a name are this actor
    Alias { actor: String, name: String },
    /// List what was decided
    Log,
    /// Take a decision back, by its number in the log
    Undo { number: i64 },
}

fn probability(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "not a number from 0 to 1".into())
}

fn interval(text: &str) -> Result<Duration, String> {
    let time = text.parse::<jiff::SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
    time.filter(|time| *time >= Duration::from_secs(60))
        .ok_or_else(|| "not a time of a minute or more, like 15m".into())
}
