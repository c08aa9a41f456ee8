//! Who a person is, from the dossier; and whom the world's leaders spoke for.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_text::names;

use crate::{Gazetteer, Office, Person, tables};

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

/// A row of the table of leaders: whom somebody spoke for, in which years.
#[derive(Debug)]
struct Term {
    party: String,
    name: String,
    office: Option<String>,
    years: std::ops::RangeInclusive<i16>,
}

/// Whom the leaders of the world spoke for, by name.
#[derive(Debug, Default)]
pub(crate) struct Leaders {
    terms: Vec<Term>,
    /// Folded whole names, and what they end in.
    whole: HashMap<String, Vec<usize>>,
    endings: HashMap<String, Vec<usize>>,
}

impl Leaders {
    pub(crate) fn new(gazetteer: &Gazetteer) -> Self {
        let mut all = Self::default();
        for (party, office, name, years) in tables::leaders() {
            let party = gazetteer.lookup(party).map_or(party, |place| place.party).to_owned();
            let words = names::fold(name);
            for start in 0..words.len() {
                let index = if start == 0 { &mut all.whole } else { &mut all.endings };
                index.entry(words[start..].join(" ")).or_default().push(all.terms.len());
            }
            all.terms.push(Term { party, name: name.to_owned(), office: office.map(str::to_owned), years });
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

impl Gazetteer {
    /// Who held an office of a party's on a day: of the dossier's people, or of the world's leaders where their table gives
    /// offices, by the year. `None` where it is nobody's or several had it.
    #[must_use]
    pub fn holder(&self, party: &str, title: &str, on: Option<Date>) -> Option<&str> {
        let day = on?;
        let of_dossier = self.people.people.iter().filter(|(person, of)| {
            of.as_deref() == Some(party) && person.offices.iter().any(|o| o.title == title && o.covers(day))
        });
        let leads = |term: &&Term| {
            term.party == party && term.office.as_deref() == Some(title) && term.years.contains(&day.year())
        };
        let mut names = of_dossier
            .map(|(person, _)| person.name.as_str())
            .chain(self.leaders().terms.iter().filter(leads).map(|term| term.name.as_str()));
        let first = names.next()?;
        names.all(|name| name == first).then_some(first)
    }

    /// Whom the leader, minister or negotiator of this name spoke for in a year, by the whole name or by a last name: more
    /// than one party where there were several of that name, or one changed sides that year. Without a year, in any.
    #[must_use]
    pub fn leader(&self, name: &str, year: Option<i16>) -> Vec<&str> {
        let key = names::key(name);
        let leaders = self.leaders();
        let rows = leaders.whole.get(&key).or_else(|| leaders.endings.get(&key)).map_or(&[][..], Vec::as_slice);
        let terms = rows.iter().map(|&row| &leaders.terms[row]);
        let mut parties: Vec<&str> = Vec::new();
        for term in terms.filter(|term| year.is_none_or(|year| term.years.contains(&year))) {
            if !parties.contains(&term.party.as_str()) {
                parties.push(&term.party);
            }
        }
        parties
    }
}

impl Office {
    fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
