//! Who a person is, from the dossier.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_text::names;

use crate::{Gazetteer, Office, Person};

/// A person of the dossier, and what they were on the day asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonMatch<'a> {
    /// Full name as the dossier has it.
    pub name: &'a str,
    /// Whom they speak for, by the short common name; `None` where the dossier does not say.
    pub party: Option<&'a str>,
    /// Their office on that day; without a day, their only one.
    pub title: Option<&'a str>,
}

#[derive(Debug, Default)]
pub(crate) struct People {
    people: Vec<(Person, Option<String>)>,
    /// Folded names and aliases; `None` where two people have the same.
    whole: HashMap<String, Option<usize>>,
    /// What names and aliases end in: *Rast* and *van Rast* of *Ilva van Rast*.
    endings: HashMap<String, Option<usize>>,
}

impl People {
    pub(crate) fn new(people: &[Person], gazetteer: &Gazetteer) -> Self {
        let mut all = Self::default();
        for (i, person) in people.iter().enumerate() {
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                let words = names::fold(name);
                note(&mut all.whole, words.join(" "), i);
                for start in 1..words.len() {
                    note(&mut all.endings, words[start..].join(" "), i);
                }
            }
            let party = person.party.as_deref();
            let party = party.map(|p| gazetteer.lookup(p).map_or(p, |place| place.party).to_owned());
            all.people.push((person.clone(), party));
        }
        all
    }
}

fn note(names: &mut HashMap<String, Option<usize>>, name: String, person: usize) {
    let same = names.entry(name).or_insert(Some(person));
    if *same != Some(person) {
        *same = None;
    }
}

impl Gazetteer {
    /// The person of the dossier with this full name or alias, or else the only one whose name ends so (a last
    /// name), with their office on a day.
    #[must_use]
    pub fn person(&self, name: &str, on: Option<Date>) -> Option<PersonMatch<'_>> {
        let key = names::key(name);
        let people = &self.people;
        let at = people.whole.get(&key).or_else(|| people.endings.get(&key)).copied().flatten()?;
        let (person, party) = people.people.get(at)?;
        let title = match (on, person.offices.as_slice()) {
            (Some(day), offices) => offices.iter().find(|o| o.covers(day)),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        Some(PersonMatch { name: &person.name, party: party.as_deref(), title: title.map(|o| o.title.as_str()) })
    }
}

impl Office {
    fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
