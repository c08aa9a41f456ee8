//! `pourparler actors`: who speaks over all articles; merging, splitting, renaming, each logged and reversible.

use std::io::{BufWriter, Write};

use pourparler_intake::dossier;
use pourparler_ledger::{Actor, Decision, Ledger, LedgerError, Problem, Those};
use pourparler_text::names::key;
use serde_json::json;

use super::{Outcome, Usage};
use crate::args::{ActorCommand, Actors};
use crate::output::{self, tame};

pub fn run(args: &Actors) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let decision = match &args.command {
        None => return list(args, &ledger.actors()?),
        Some(ActorCommand::Show { actor }) => return show(args, one(&ledger.actors()?, actor)?),
        Some(ActorCommand::Log) => return log(&ledger),
        Some(ActorCommand::Merge { actors }) => {
            let all = ledger.actors()?;
            let mut those = Vec::new();
            for actor in actors {
                those.extend(one(&all, actor)?.all());
            }
            Decision::Merge(those)
        }
        Some(ActorCommand::Split { actor, names, articles }) => {
            Decision::Split(part(one(&ledger.actors()?, actor)?, names, articles)?)
        }
        Some(ActorCommand::Rename { actor, name }) => {
            Decision::Rename(one(&ledger.actors()?, actor)?.all(), name.clone())
        }
        Some(ActorCommand::Alias { actor, name }) => {
            Decision::Alias(one(&ledger.actors()?, actor)?.all(), name.clone())
        }
        Some(ActorCommand::Undo { number }) => Decision::Undo(*number),
    };
    let number = match ledger.decide(&decision) {
        Err(LedgerError { problem: problem @ Problem::NoDecision { .. }, .. }) => {
            return Err(Usage(problem.to_string()).into());
        }
        done => done?,
    };
    eprintln!("decision {number}; `pourparler actors undo {number}` takes it back");
    Ok(Outcome::Done)
}

/// The actor that is meant: by its id, or by a name that no other has.
fn one<'a>(all: &'a [Actor], meant: &str) -> anyhow::Result<&'a Actor> {
    if let Some(actor) = all.iter().find(|a| a.had_id(meant)) {
        return Ok(actor);
    }
    let named = |a: &&Actor| key(&a.name) == key(meant) || a.names.iter().any(|n| key(n) == key(meant));
    let found: Vec<_> = all.iter().filter(named).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Usage(format!("no actor `{meant}` here; `pourparler actors` lists them")).into()),
        several => {
            let told: Vec<_> = several
                .iter()
                .map(|a| format!("  {}  {}, for {}", a.id, a.name, a.party.as_deref().unwrap_or("nobody")))
                .collect();
            Err(Usage(format!("`{meant}` may be any of these; give the id:\n{}", told.join("\n"))).into())
        }
    }
}

fn part(actor: &Actor, names: &[String], articles: &[String]) -> anyhow::Result<Vec<Those>> {
    let those = actor.part(names, articles);
    if those.is_empty() {
        let known = format!("its names are {}; its articles {}", actor.names.join(", "), actor.articles.join(", "));
        return Err(Usage(format!("nothing of {} is meant by that: {known}", actor.name)).into());
    }
    Ok(those)
}

fn list(args: &Actors, all: &[Actor]) -> anyhow::Result<Outcome> {
    let all: Vec<_> = all
        .iter()
        .filter(|a| args.party.as_deref().is_none_or(|p| a.party.as_deref().map(key) == Some(key(p))))
        .collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        let dossier = dossier(args.dossier.as_deref())?;
        for actor in &all {
            let mut value = json!(actor);
            let wikidata = dossier.wikidata(std::iter::once(&actor.name).chain(&actor.names));
            value["wikidata"] = json!(wikidata);
            writeln!(out, "{value}")?;
        }
    } else {
        output::actors(&mut out, &all)?;
    }
    out.flush()?;
    Ok(if all.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

fn show(args: &Actors, actor: &Actor) -> anyhow::Result<Outcome> {
    let dossier = dossier(args.dossier.as_deref())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let joined = |values: &[String]| if values.is_empty() { "–".to_owned() } else { tame(&values.join(", ")) };
    writeln!(out, "{}  {}", actor.id, tame(&actor.name))?;
    writeln!(out, "  kind      {}", actor.kind)?;
    writeln!(out, "  for       {}", tame(actor.party.as_deref().unwrap_or("–")))?;
    writeln!(out, "  offices   {}", joined(&actor.roles))?;
    writeln!(out, "  names     {}", joined(&actor.names))?;
    writeln!(out, "  articles  {}", joined(&actor.articles))?;
    writeln!(out, "  said      {} statements", actor.statements)?;
    if let Some(id) = dossier.wikidata(std::iter::once(&actor.name).chain(&actor.names)) {
        writeln!(out, "  Wikidata  {id}")?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn log(ledger: &Ledger) -> anyhow::Result<Outcome> {
    let log = ledger.actor_log()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for logged in &log {
        let undone = if logged.undone { "  (undone)" } else { "" };
        writeln!(out, "{:4}  {}  {}{undone}", logged.number, logged.made_at, tame(&logged.decision.to_string()))?;
    }
    out.flush()?;
    Ok(if log.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
