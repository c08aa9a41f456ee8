//! The built-in tables of names: `data/world.tsv`, `data/names.tsv` and `data/leaders.tsv`.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::Form;

const WORLD: &str = include_str!("../data/world.tsv");
const NAMES: &str = include_str!("../data/names.tsv");
const LEADERS: &str = include_str!("../data/leaders.tsv");

/// A word or phrase of the tables and what it stands for.
pub(crate) struct Row {
    pub(crate) word: &'static str,
    /// `None` where the phrase holds a name and does not mean it.
    pub(crate) meaning: Option<Meaning>,
}

/// What a word of the tables stands for.
pub(crate) struct Meaning {
    pub(crate) form: Form,
    pub(crate) party: &'static str,
    pub(crate) name: &'static str,
    pub(crate) ambiguous: bool,
}

/// Every row; of several with the same word the first one counts.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut ambiguous = HashSet::new();
    for line in NAMES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or("");
        let (kind, party, name, words) = (next(), next(), next(), next());
        if kind == "former" {
            continue;
        }
        if kind == "ambiguous" {
            ambiguous.extend(list(words));
            continue;
        }
        let form = match kind {
            "country" => Some(Form::Country),
            "capital" => Some(Form::Capital),
            "demonym" => Some(Form::Demonym),
            "seat" => Some(Form::Seat),
            "agency" => Some(Form::Agency),
            "movement" => Some(Form::Movement),
            "body" => Some(Form::Body),
            _ => None,
        };
        let name = if name.is_empty() { party } else { name };
        let names_itself = form.is_some_and(|f| !matches!(f, Form::Capital | Form::Demonym));
        for word in names_itself.then_some(name).into_iter().chain(list(words)) {
            rows.push(row(word, form, party, name));
        }
    }
    for line in WORLD.lines().skip(1) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or("");
        let (name, _iso, official, capitals, demonyms, other) = (next(), next(), next(), next(), next(), next());
        let words = [name, official].into_iter().chain(list(other)).map(|w| (w, Form::Country));
        let words = words.chain(list(capitals).map(|w| (w, Form::Capital)));
        let words = words.chain(list(demonyms).map(|w| (w, Form::Demonym)));
        rows.extend(words.map(|(word, form)| row(word, Some(form), name, name)));
    }
    for row in &mut rows {
        if let Some(meaning) = &mut row.meaning {
            meaning.ambiguous = ambiguous.contains(row.word);
        }
    }
    rows
}

/// Countries that had another name until a year: the name, the year, the former name.
pub(crate) fn former_names() -> impl Iterator<Item = (&'static str, i16, &'static str)> {
    let rows = NAMES.lines().filter_map(|l| l.strip_prefix("former\t"));
    rows.filter_map(|row| {
        let mut columns = row.split('\t');
        Some((columns.next()?, columns.next()?.parse().ok()?, columns.next()?))
    })
}

/// A leader: party, office where it is given, name, years in it.
type Leader = (&'static str, Option<&'static str>, &'static str, RangeInclusive<i16>);

/// Every leader. A row that does not say so well is passed over; a test finds it.
pub(crate) fn leaders() -> impl Iterator<Item = Leader> {
    let rows = LEADERS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(party, people)| {
        list(people).filter_map(move |person| {
            let (name, years) = person.rsplit_once(' ')?;
            let (from, to) = years.split_once('-')?;
            let to = if to.is_empty() { i16::MAX } else { to.parse().ok()? };
            let (office, name) = name.split_once('=').map_or((None, name), |(office, name)| (Some(office), name));
            Some((party, office, name, from.parse().ok()?..=to))
        })
    })
}

fn row(word: &'static str, form: Option<Form>, party: &'static str, name: &'static str) -> Row {
    Row { word, meaning: form.map(|form| Meaning { form, party, name, ambiguous: false }) }
}

fn list(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split(" | ").filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let kinds =
            ["country", "capital", "demonym", "seat", "agency", "movement", "body", "former", "ambiguous", "none"];
        assert_eq!(former_names().count(), NAMES.lines().filter(|l| l.starts_with("former\t")).count());
        for line in NAMES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let columns: Vec<_> = line.split('\t').collect();
            assert_eq!(columns.len(), 4, "{line}");
            assert!(kinds.contains(&columns[0]), "{line}");
            assert_eq!(columns[1].is_empty(), matches!(columns[0], "ambiguous" | "none"), "{line}");
        }
        for line in WORLD.lines() {
            assert_eq!(line.split('\t').count(), 6, "{line}");
        }
        assert!(rows().iter().all(|r| r.word == r.word.trim() && !r.word.is_empty() && !r.word.contains('|')));
    }

    #[test]
    fn leaders_are_well_formed() {
        let words: HashSet<_> = rows().into_iter().map(|r| r.word).collect();
        let mut all = leaders();
        for line in LEADERS.lines().filter(|l| !l.starts_with('#')) {
            let (party, people) = line.split_once('\t').expect("a party and its people");
            assert!(words.contains(party), "`{party}` is no name of the tables");
            for person in list(people) {
                let (of, _, name, years) = all.next().expect(person);
                assert_eq!((of, person.contains(name)), (party, true), "{person}");
                assert!(years.start() <= years.end(), "{person}");
            }
        }
    }

    #[test]
    fn no_word_of_the_names_means_two_things() {
        // A capital of the one table that the other gives to somebody else is a decision.
        let decided = ["Brussels"];
        let mut seen = std::collections::HashMap::new();
        let twice: Vec<_> = rows()
            .into_iter()
            .filter_map(|row| Some((row.word, row.meaning?)))
            .filter(|(word, m)| *seen.entry((*word, m.form)).or_insert(m.party) != m.party)
            .map(|(word, _)| word)
            .collect();
        assert_eq!(twice, decided);
    }

    #[test]
    fn every_ambiguous_word_is_a_word_of_the_tables() {
        let rows = rows();
        for line in NAMES.lines().filter(|l| l.starts_with("ambiguous")) {
            for word in line.split('\t').nth(3).into_iter().flat_map(list) {
                assert!(rows.iter().any(|r| r.word == word && r.meaning.is_some()), "`{word}` is in no row");
            }
        }
    }
}
