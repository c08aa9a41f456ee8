//! What can be said to `copy`, `backup`, `restore`, `erase`, `log` and `verify`.

use std::path::PathBuf;

use pourparler_ledger::Head;

use super::LedgerPath;

#[derive(Debug, clap::Args)]
pub struct Copy {
    /// The ledger to copy
    pub from: PathBuf,
    /// Where to: a ledger that is empty or not there yet
    pub to: PathBuf,
    /// File whose first line is the key of the first, where it is an encrypted file
    #[arg(long, value_name = "FILE")]
    pub from_key: Option<PathBuf>,
    /// File whose first line is the key with which the second is to be encrypted
    #[arg(long, value_name = "FILE")]
    pub to_key: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Backup {
    /// File to write; it must not be there yet
    pub file: PathBuf,
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// File whose first line is the key with which the backup is to be encrypted
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The backup
    pub file: PathBuf,
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// File whose first line is the key of the backup, where it is encrypted
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Erase {
    /// Id of the article
    pub article: String,
    /// Why: it stays in the tombstone
    #[arg(long, value_name = "REASON")]
    pub because: String,
    /// Who does it, for the log
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[command(flatten)]
    pub ledger: LedgerPath,
}

#[derive(Debug, clap::Args)]
pub struct Log {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Print only where the log ends; noted elsewhere, `verify --noted` shows later whether it was changed
    #[arg(long)]
    pub end: bool,
    /// Print entries whole, one JSON object a line
    #[arg(long)]
    pub json: bool,
    /// At most so many entries, the latest first
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
}

#[derive(Debug, clap::Args)]
pub struct Verify {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Check also that the log still holds an end that was noted earlier, as `pourparler log --end` prints it
    #[arg(long, value_name = "NUMBER:HASH")]
    pub noted: Option<Head>,
    /// Make the record anew from the log and compare the two
    #[arg(long)]
    pub rebuild: bool,
}
