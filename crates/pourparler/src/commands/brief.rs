//! `pourparler brief`: what the record adds up to, written up.

use std::io::Write;

use anyhow::Context;
use pourparler_brief::{Brief, BriefOptions, IssueLabel, Record, Source, to_html, to_markdown};
use pourparler_dossier::Dossier;
use pourparler_intake::{Workshop, dossier, files, work_through};
use pourparler_ledger::{Filter, Ledger};
use pourparler_text::{Entry, RoundEntry};

use super::{Outcome, Usage};
use crate::args::Brief as Args;
use crate::terminal::Terminal;

pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let dossier = dossier(args.reading.dossier.as_deref())?;
    let gathered = if args.sources.is_empty() {
        from_ledger(&Ledger::open_existing(&args.ledger.ledger)?)?
    } else {
        from_articles(args, &dossier)?
    };
    let issues = IssueLabel::of(&dossier);
    let record = Record {
        entries: &gathered.entries,
        sources: &gathered.sources,
        rounds: &gathered.rounds,
        issues: &issues,
        furniture: gathered.furniture,
    };
    let options = BriefOptions {
        title: args.title.clone(),
        since: args.since,
        until: args.until,
        parties: args.party.clone(),
        issues: args.issue.clone(),
    };
    let brief = Brief::new(&record, &options);
    match &args.html {
        Some(path) => {
            std::fs::write(path, to_html(&brief)).map_err(|e| Usage(format!("{}: {e}", path.display())))?;
            eprintln!("{}: {} statements", path.display(), brief.statements.len());
        }
        None => std::io::stdout().write_all(to_markdown(&brief).as_bytes()).context("standard output")?,
    }
    Ok(match (gathered.failed, brief.statements.is_empty()) {
        (true, _) => Outcome::SomeFailed,
        (false, true) => Outcome::NothingFound,
        (false, false) => Outcome::Done,
    })
}

#[derive(Default)]
struct Gathered {
    entries: Vec<Entry>,
    sources: Vec<Source>,
    rounds: Vec<RoundEntry>,
    furniture: usize,
    failed: bool,
}

fn from_articles(args: &Args, dossier: &Dossier) -> anyhow::Result<Gathered> {
    let workshop = Workshop::new(&args.reading.options(), dossier)?;
    let terminal = Terminal::without_bar();
    let mut all = Gathered::default();
    let paths = files(&args.sources, &terminal);
    all.failed = work_through(&workshop, &paths, &terminal, |article| -> anyhow::Result<()> {
        all.sources.push(article.statements.source());
        all.furniture += article.read.furniture.len();
        all.entries.extend(article.statements.entries());
        all.rounds.extend(article.statements.round_entries());
        Ok(())
    })?;
    Ok(all)
}

fn from_ledger(ledger: &Ledger) -> anyhow::Result<Gathered> {
    Ok(Gathered {
        entries: ledger.statements(&Filter::default())?,
        rounds: ledger.rounds()?,
        sources: ledger.articles()?.into_iter().map(Source::from).collect(),
        ..Gathered::default()
    })
}
