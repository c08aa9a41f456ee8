//! Keeping a ledger: `copy`, `backup`, `restore`, `erase` and `log`.

use std::fs;
use std::path::Path;

use anyhow::Context;
use pourparler_ledger::{Copied, Key, Ledger, Paging};
use serde_json::json;

use super::{Outcome, Usage};
use crate::args::{Backup, Copy, Erase, Log, Restore};

/// `pourparler copy FROM TO`.
pub fn copy(args: &Copy) -> anyhow::Result<Outcome> {
    let from = open(&args.from, args.from_key.as_deref(), false)?;
    let mut to = open(&args.to, args.to_key.as_deref(), true)?;
    let copied = from.copy_into(&mut to)?;
    println!("{}", told(&copied, &from, &to));
    Ok(Outcome::Done)
}

/// `pourparler backup FILE`: a copy of the ledger as it is at one moment, which appears whole or not at all.
pub fn backup(args: &Backup) -> anyhow::Result<Outcome> {
    if args.file.try_exists().with_context(|| args.file.display().to_string())? {
        return Err(Usage(format!("{} is there already; name another file", args.file.display())).into());
    }
    let ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let folder = args.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // It is made beside the file, and takes its name when all of it is on the disk.
    let making = tempfile::Builder::new()
        .prefix(".pourparler-backup-")
        .tempdir_in(folder)
        .with_context(|| format!("{}: cannot be written", folder.display()))?;
    let making_file = making.path().join("ledger");
    let mut copy = open(&making_file, args.key.as_deref(), true)?;
    let copied = ledger.copy_into(&mut copy)?;
    let line =
        told(&copied, &ledger, &copy).replace(&making_file.display().to_string(), &args.file.display().to_string());
    copy.close()?;
    let whole = || -> std::io::Result<()> {
        fs::File::open(&making_file)?.sync_all()?;
        fs::hard_link(&making_file, &args.file)?;
        fs::File::open(folder)?.sync_all()
    };
    whole().with_context(|| format!("{}: cannot be written", args.file.display()))?;
    println!("{line}");
    Ok(Outcome::Done)
}

/// `pourparler restore FILE`: a backup as a ledger that is not there yet.
pub fn restore(args: &Restore) -> anyhow::Result<Outcome> {
    let from = open(&args.file, args.key.as_deref(), false)?;
    let faults = from.verify()?;
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        anyhow::bail!("{}: {} faults; take another backup", from.name().display(), faults.len());
    }
    let mut to = Ledger::open(&args.ledger.ledger)?;
    let copied = from.copy_into(&mut to)?;
    println!("{}", told(&copied, &from, &to));
    Ok(Outcome::Done)
}

/// `pourparler erase ARTICLE --because REASON`.
pub fn erase(args: &Erase) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    if let Some(by) = &args.by {
        ledger.act_as(by);
    }
    let erased = ledger.erase(&args.article, &args.because)?;
    println!(
        "article {} is erased, with {} statements, {} decisions about them and {} inputs; a tombstone stays, and its text ({}) does \
         not come in again. Backups, exports and copies that were made before still hold it",
        args.article, erased.statements, erased.reviews, erased.snapshots, erased.text_sha256
    );
    if !erased.overwritten {
        println!(
            "the database has not overwritten it on the disk yet: a SQLite file does so when the programs that read it now are closed, \
             PostgreSQL at `VACUUM FULL`"
        );
    }
    Ok(Outcome::Done)
}

/// `pourparler log`.
pub fn log(args: &Log) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_existing(&args.ledger.ledger)?;
    if args.end {
        let Some(head) = ledger.head()? else { return Ok(Outcome::NothingFound) };
        println!("{head}");
        return Ok(Outcome::Done);
    }
    let page = ledger.events(Paging::first(args.limit))?;
    for event in &page.items {
        if args.json {
            let line = json!({
                "number": event.number, "made_at": event.made_at, "actor": event.actor, "action": event.action,
                "about": event.about, "before": event.before, "after": event.after,
                "former": event.former, "hash": event.hash,
            });
            println!("{line}");
        } else {
            println!(
                "{:>7}  {}  {:<12}  {:<14}  {}",
                event.number, event.made_at, event.actor, event.action, event.about
            );
        }
    }
    Ok(if page.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn open(name: &Path, key: Option<&Path>, make: bool) -> anyhow::Result<Ledger> {
    let key = key.map(Key::from_file).transpose()?;
    Ok(match (key, make) {
        (Some(key), _) => Ledger::open_with(name, &key, make)?,
        (None, true) => Ledger::open(name)?,
        (None, false) => Ledger::open_existing(name)?,
    })
}

fn told(copied: &Copied, from: &Ledger, to: &Ledger) -> String {
    let rows = |table: &str| copied.rows.iter().find(|(name, _)| *name == table).map_or(0, |(_, rows)| *rows);
    format!(
        "{}: {} rows copied into {} and compared: {} articles, {} statements, {} decisions, {} entries of the log",
        from.name().display(),
        copied.total(),
        to.name().display(),
        rows("article"),
        rows("statement"),
        rows("review"),
        rows("event"),
    )
}
