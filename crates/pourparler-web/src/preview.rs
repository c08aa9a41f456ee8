//! What another dossier would change in the record, by its words: which statements would be on other issues, and whom speakers would
//! speak for. Only reading the articles again does change it.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_brief::{Cited, said, who};
use pourparler_dossier::{Dossier, Gazetteer, Issue, IssueMatcher};
use serde::Serialize;
use utoipa::ToSchema;

use crate::view::name;
use crate::widgets::statement_address;

/// So many statements are looked at.
const LOOKED_AT: usize = 5_000;
/// So many examples are given of each kind.
const EXAMPLES: usize = 20;

/// What another dossier would change.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Preview {
    /// How many statements were looked at: those that no person decided on, or some of them from all over the record.
    pub looked_at: usize,
    /// How many there are of them.
    pub of: usize,
    /// Statements that would be on other issues.
    pub issues: Changed,
    /// Statements whose speaker would speak for another party.
    pub parties: Changed,
}

/// Statements that would change.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Changed {
    /// How many of those that were looked at.
    pub count: usize,
    /// Some of them.
    pub examples: Vec<Example>,
}

/// A statement that would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Example {
    /// `ARTICLE/ID`.
    pub name: String,
    /// Where its sentence is in the workspace.
    pub address: String,
    /// Who says it.
    pub who: String,
    /// What is said, in short.
    pub said: String,
    /// What it is by the dossier that holds.
    pub before: Vec<String>,
    /// What it would be.
    pub after: Vec<String>,
}

impl Changed {
    fn add(&mut self, cited: &Cited, before: Vec<String>, after: Vec<String>) {
        self.count += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example {
                name: name(cited),
                address: statement_address(&cited.entry),
                who: who(cited),
                said: said(cited, 140),
                before,
                after,
            });
        }
    }
}

/// What `after` would change where `before` holds.
#[must_use]
pub fn preview(statements: &[Cited], before: &Dossier, after: &Dossier) -> Preview {
    let open: Vec<&Cited> = statements.iter().filter(|c| !c.is_reviewed()).collect();
    let step = open.len().div_ceil(LOOKED_AT).max(1);
    let sample: Vec<&Cited> = open.iter().step_by(step).copied().collect();
    let mut out = Preview { looked_at: sample.len(), of: open.len(), ..Preview::default() };
    if before.issues != after.issues {
        let (old, new) = (IssueMatcher::new(before), IssueMatcher::new(after));
        let label = |dossier: &Dossier, id: &str| {
            let label = |i: &Issue| i.label.split([',', ':']).next().unwrap_or_default().trim().to_owned();
            dossier
                .issues
                .iter()
                .find(|i| i.id == id)
                .map(label)
                .filter(|l| !l.is_empty())
                .unwrap_or_else(|| id.to_owned())
        };
        for cited in &sample {
            let entry = &cited.entry;
            let around = format!("{}\n{}", entry.sentence, entry.title.as_deref().unwrap_or_default());
            let ids = |matcher: &IssueMatcher| {
                matcher
                    .issues(&entry.content, &around)
                    .into_iter()
                    .map(|hit| (hit.issue, hit.option))
                    .collect::<Vec<_>>()
            };
            let (was, is) = (ids(&old), ids(&new));
            let mut sorted = (was.clone(), is.clone());
            sorted.0.sort();
            sorted.1.sort();
            if sorted.0 != sorted.1 {
                let told = |dossier: &Dossier, hits: &[(String, Option<String>)]| {
                    let one = |(id, option): &(String, Option<String>)| match option {
                        Some(option) => format!("{}: {option}", label(dossier, id)),
                        None => label(dossier, id),
                    };
                    hits.iter().map(one).collect()
                };
                out.issues.add(cited, told(before, &was), told(after, &is));
            }
        }
    }
    if before.sides != after.sides || before.people != after.people {
        let (old, new) = (Gazetteer::new(before), Gazetteer::new(after));
        // A record has far fewer speakers than statements.
        let mut known: HashMap<_, [Option<String>; 2]> = HashMap::new();
        for cited in &sample {
            let speaker = &cited.entry.statement.speaker;
            let Some(name) = speaker.name.as_deref() else { continue };
            let key = (name, speaker.role.as_deref(), cited.day);
            let [was, is] = known.entry(key).or_insert_with(|| {
                [&old, &new].map(|names| party(names, name, speaker.role.as_deref(), cited.day).map(str::to_owned))
            });
            if was != is {
                let list = |party: &Option<String>| party.iter().cloned().collect();
                out.parties.add(cited, list(was), list(is));
            }
        }
    }
    out
}

/// Whom somebody speaks for by what the dossier and the tables of the world say of the name, or of the words that describe the speaker.
fn party<'a>(names: &'a Gazetteer, name: &str, role: Option<&str>, day: Option<Date>) -> Option<&'a str> {
    if let Some(person) = names.person(name, day) {
        return person.party;
    }
    let of_role = || names.scan(role?).first().map(|(_, place)| place.party);
    names.lookup(name).map(|place| place.party).or_else(of_role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pourparler_brief::distinct;
    use pourparler_text::Entry;

    /// Statements of somebody, one for each line of words.
    fn record(who: &str, contents: &[&str]) -> Vec<Cited> {
        let entry = |(i, content): (usize, &&str)| -> Entry {
            let statement = serde_json::json!({
                "id": format!("s{i}"), "speaker": {"name": who, "kind": "person"}, "act": "assert", "quotation": "direct",
                "source": [], "cue": [], "content": [], "positions": [], "confidence": 0.9, "via": []
            });
            let entry = serde_json::json!({
                "article": "a", "published": "2031-03-01", "content": content, "sentence": content, "statement": statement
            });
            serde_json::from_value(entry).expect("an entry")
        };
        distinct(&contents.iter().enumerate().map(entry).collect::<Vec<_>>())
    }

    #[test]
    fn only_what_would_change_is_told() {
        let statements = record(
            "Ilva Rast",
            &["The lighthouses must be lit again", "We shall sign nothing today", "A truce was agreed"],
        );
        let before = Dossier::general();
        let own = "name = \"T\"\n[[issue]]\nid = \"lights\"\nlabel = \"lighthouses, all\"\nwords = [\"lighthouse*\"]\n";
        let after = Dossier::general().extended_by(Dossier::parse(own).expect("well-formed"));
        let told = preview(&statements, &before, &after);
        assert_eq!((told.looked_at, told.of, told.issues.count, told.parties.count), (3, 3, 1, 0));
        let example = &told.issues.examples[0];
        assert_eq!(
            (example.said.contains("lighthouses"), example.after.as_slice()),
            (true, &["lighthouses".to_owned()][..])
        );
        let same = preview(&statements, &after, &after);
        assert_eq!((same.issues.count, same.parties.count), (0, 0));
    }

    #[test]
    fn a_person_given_to_a_side_changes_the_party() {
        let statements = record("Ilva Rast", &["We shall sign nothing today", "The talks go on"]);
        let before = Dossier::general();
        let own = "name = \"T\"\n[[side]]\nname = \"Velmora\"\n[[person]]\nname = \"Ilva Rast\"\nparty = \"Velmora\"\n";
        let after = Dossier::general().extended_by(Dossier::parse(own).expect("well-formed"));
        let told = preview(&statements, &before, &after);
        assert_eq!((told.issues.count, told.parties.count), (0, 2));
        assert_eq!(told.parties.examples[0].after, ["Velmora"]);
    }

    #[test]
    fn large_records_are_looked_at_in_part() {
        let words: Vec<String> = (0..LOOKED_AT * 2).map(|i| format!("word{i} other{i} third{i}")).collect();
        let statements = record("Ana Oren", &words.iter().map(String::as_str).collect::<Vec<_>>());
        let told = preview(&statements, &Dossier::general(), &Dossier::general());
        assert!(told.looked_at <= LOOKED_AT && told.of > LOOKED_AT, "{} of {}", told.looked_at, told.of);
    }
}
