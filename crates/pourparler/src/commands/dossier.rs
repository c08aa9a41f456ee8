//! `pourparler dossier`: the file that says what the talks are about.

use pourparler_dossier::Dossier;

use std::path::Path;

use pourparler_brief::{Suggestions, suggestions};
use pourparler_ledger::{Filter, Ledger};

use super::{Outcome, Usage};
use crate::args::{Dossier as Args, DossierCommand};
use crate::output::tame;

pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.command {
        DossierCommand::New { topic: None } => {
            print!("{}", Dossier::template());
            Ok(Outcome::Done)
        }
        DossierCommand::New { topic: Some(topic) } => {
            let known = || Dossier::topics().collect::<Vec<_>>().join(", ");
            let text =
                Dossier::built_in(topic).ok_or_else(|| Usage(format!("--topic {topic}: write one of {}", known())))?;
            print!("{text}");
            Ok(Outcome::Done)
        }
        DossierCommand::Suggest { ledger, dossier } => suggest(&ledger.ledger, dossier.as_deref()),
        DossierCommand::Check { file } => {
            let name = file.display();
            let text = std::fs::read_to_string(file).map_err(|e| Usage(format!("{name}: {e}")))?;
            let dossier = Dossier::parse(&text).map_err(|e| Usage(format!("{name}: {e}")))?;
            // What counts is the dossier as it is used: an issue of the built-in one may be given words alone.
            let problems = Dossier::general().extended_by(dossier).problems();
            for problem in &problems {
                println!("{name}: {problem}");
            }
            if problems.is_empty() {
                println!("{name}: nothing wrong");
            }
            Ok(if problems.is_empty() { Outcome::Done } else { Outcome::NothingFound })
        }
    }
}

/// Prints what a ledger speaks of and the dossier does not know, as lines of a dossier with their sentences as comments.
fn suggest(ledger: &Path, dossier: Option<&Path>) -> anyhow::Result<Outcome> {
    let dossier = pourparler_intake::dossier(dossier)?;
    let entries = Ledger::open_existing(ledger)?.statements(&Filter::default())?;
    let known = |name: &str| {
        let key = pourparler_text::names::key(name);
        let is = |other: &String| pourparler_text::names::key(other) == key;
        dossier.sides.iter().any(|s| is(&s.name) || s.aliases.iter().any(is))
            || dossier.people.iter().any(|p| is(&p.name) || p.aliases.iter().any(is))
    };
    let Suggestions { parties, people, phrases } = suggestions(&entries, known);
    let quote = |text: &str| toml_string(&tame(text));
    let comment = |sentence: &str| println!("# {}", tame(sentence));
    for party in &parties {
        println!("\n# speaks in {} statements", party.statements);
        party.sentences.iter().for_each(|s| comment(s));
        println!("[[side]]\nname = {}", quote(&party.name));
    }
    for person in &people {
        println!("\n# speaks in {} statements", person.statements);
        person.sentences.iter().for_each(|s| comment(s));
        println!("[[person]]\nname = {}", quote(&person.name));
        if let Some(party) = &person.party {
            println!("party = {}", quote(party));
        }
        for role in &person.roles {
            println!("[[person.office]]\ntitle = {}", quote(role));
        }
    }
    for phrase in &phrases {
        println!("\n# in {} statements that show no issue", phrase.statements);
        phrase.sentences.iter().for_each(|s| comment(s));
        let id = phrase.name.replace(' ', "-");
        println!("[[issue]]\nid = {}\nlabel = {}\nwords = [{}]", quote(&id), quote(&phrase.name), quote(&phrase.name));
    }
    let none = parties.is_empty() && people.is_empty() && phrases.is_empty();
    Ok(if none { Outcome::NothingFound } else { Outcome::Done })
}

fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
