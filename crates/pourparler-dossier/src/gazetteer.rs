//! Whom a name stands for.
//!
//! Names are matched as written, since case is what tells *US* from *us* and *Turkey* from *turkey*; each is also
//! known without its accents, with either apostrophe, and, where it is long enough to be no abbreviation, in
//! capitals (*TEHRAN*, as datelines have it).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::people::{Leaders, People};
use crate::tables::{self, Row};
use crate::{Dossier, Side, SideKind};

/// What kind of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A country, or a place that acts as one.
    Country,
    /// A capital, or another city that stands for the government.
    Capital,
    /// A word for a people and for what is theirs: *Russian*, *Spaniards*.
    Demonym,
    /// A seat or an organ of government: *the Kremlin*, *State Department*.
    Seat,
    /// An authority of a state that speaks on its own subject, wherever that is: *U.S. Geological Survey*.
    Agency,
    /// An international body.
    Body,
    /// A movement or an armed group.
    Movement,
}

/// Whom a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Short common name of the country, body or movement: what a statement gives as its party.
    pub party: &'a str,
    /// Name of the thing itself: `Kremlin` for *the Kremlin*, the country for its capital and its people.
    pub name: &'a str,
    /// What kind of name it is.
    pub form: Form,
    /// Whether the word is also a person's name, another place or a common word: *Jordan*, *Georgia*, *Victoria*.
    pub ambiguous: bool,
}

#[derive(Debug, Clone)]
struct Entry {
    party: String,
    name: String,
    form: Form,
    ambiguous: bool,
}

/// Names of a dossier's sides, of the world's countries, governments, movements and bodies, and the dossier's people.
#[derive(Debug)]
pub struct Gazetteer {
    /// Every spelling and what it means; `None` where it holds a name and does not mean it.
    entries: Vec<(String, Option<Entry>)>,
    index: HashMap<String, usize>,
    finder: AhoCorasick,
    /// Countries that had another name until a year, but for the dossier's sides.
    former: HashMap<&'static str, (&'static str, i16)>,
    pub(crate) people: People,
    /// Read when somebody is first looked up in it: most commands ask for nobody.
    leaders: OnceLock<Leaders>,
}

/// The built-in names alone, without any dossier.
#[must_use]
pub fn world() -> &'static Gazetteer {
    static WORLD: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(&Dossier::default()));
    &WORLD
}

impl Gazetteer {
    /// The dossier's sides and people with the built-in names behind them.
    ///
    /// Where a side is a country, body or movement of the tables, all their names for it stand for the side: with a
    /// side *Kingdom of Spain*, *Madrid* and *Spaniards* have that party.
    #[must_use]
    pub fn new(dossier: &Dossier) -> Self {
        let rows = tables::rows();
        let mut words = Words::default();
        let mut renamed = HashMap::new();
        for side in &dossier.sides {
            words.add_side(side);
            if let Some(party) = party_of(side, &rows) {
                renamed.entry(party).or_insert(side.name.as_str());
            }
        }
        for Row { word, meaning } in &rows {
            let entry = meaning.as_ref().map(|m| {
                let party = renamed.get(m.party).copied().unwrap_or(m.party);
                let name = if m.name == m.party { party } else { m.name };
                Entry { party: party.to_owned(), name: name.to_owned(), form: m.form, ambiguous: m.ambiguous }
            });
            words.add(word, entry.as_ref());
        }
        let Words { entries, index } = words;
        // Building fails only where the names together need more than 2^31 states: gigabytes of names.
        let finder = AhoCorasick::new(entries.iter().map(|(w, _)| w)).expect("the names fit into an automaton");
        let of_tables = |name: &str| dossier.sides.iter().all(|side| side.name != name);
        let former = tables::former_names().filter(|(name, ..)| of_tables(name));
        let former = former.map(|(name, until, then)| (name, (then, until))).collect();
        let mut gazetteer =
            Self { entries, index, finder, former, people: People::default(), leaders: OnceLock::new() };
        gazetteer.people = People::new(&dossier.people, &gazetteer);
        gazetteer
    }

    pub(crate) fn leaders(&self) -> &Leaders {
        self.leaders.get_or_init(|| Leaders::new(self))
    }

    /// What a country of the tables was called before it took the name that it has there, and until which year; not of one that is a
    /// side of the dossier, which has the name that the dossier gives it.
    #[must_use]
    pub fn former_name(&self, country: &str) -> Option<(&'static str, i16)> {
        self.former.get(country).copied()
    }

    /// Whom a whole phrase stands for. A leading *the* and a possessive ending are ignored.
    #[must_use]
    pub fn lookup(&self, words: &str) -> Option<Place<'_>> {
        let words = words.trim();
        let owner = ["'s", "’s", "'", "’"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
        [words, owner].into_iter().find_map(|w| self.exactly(w).or_else(|| self.exactly(without_the(w))))
    }

    fn exactly(&self, word: &str) -> Option<Place<'_>> {
        self.place(*self.index.get(word)?)
    }

    fn place(&self, entry: usize) -> Option<Place<'_>> {
        let entry = self.entries.get(entry)?.1.as_ref()?;
        Some(Place { party: &entry.party, name: &entry.name, form: entry.form, ambiguous: entry.ambiguous })
    }

    /// Every mention in a text, in order, with its bytes: at word boundaries, the longest of those that overlap,
    /// without a leading *the* or a possessive ending.
    #[must_use]
    pub fn scan(&self, text: &str) -> Vec<(Range<usize>, Place<'_>)> {
        let mut found: Vec<_> = self
            .finder
            .find_overlapping_iter(text)
            .filter(|m| stands_alone(text, m.range()))
            .map(|m| (m.range(), m.pattern().as_usize()))
            .collect();
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let free = range.start >= end;
            if free {
                end = range.end;
            }
            free
        });
        found.into_iter().filter_map(|(range, entry)| Some((range, self.place(entry)?))).collect()
    }
}

/// Spellings in the order in which they were added; the first meaning of a spelling stays.
#[derive(Default)]
struct Words {
    entries: Vec<(String, Option<Entry>)>,
    index: HashMap<String, usize>,
}

impl Words {
    fn add(&mut self, word: &str, entry: Option<&Entry>) {
        for spelling in spellings(word) {
            if !self.index.contains_key(&spelling) {
                self.index.insert(spelling.clone(), self.entries.len());
                self.entries.push((spelling, entry.cloned()));
            }
        }
    }

    fn add_side(&mut self, side: &Side) {
        let own = match side.kind {
            SideKind::Country => Form::Country,
            SideKind::Organisation => Form::Body,
            SideKind::Group => Form::Movement,
        };
        let mut add = |word: &str, name: &str, form: Form| {
            let entry = Entry { party: side.name.clone(), name: name.to_owned(), form, ambiguous: false };
            self.add(without_the(word.trim()), Some(&entry));
        };
        for word in std::iter::once(&side.name).chain(&side.aliases) {
            add(word, &side.name, own);
        }
        for word in &side.demonyms {
            add(word, &side.name, Form::Demonym);
        }
        if let Some(capital) = &side.capital {
            add(capital, &side.name, Form::Capital);
        }
        for seat in &side.seats {
            add(seat, without_the(seat.trim()), Form::Seat);
        }
    }
}

/// The party of the tables that a side is, by its name or an alias.
fn party_of(side: &Side, rows: &[Row]) -> Option<&'static str> {
    std::iter::once(&side.name).chain(&side.aliases).find_map(|name| {
        let name = without_the(name.trim());
        let meaning = rows.iter().find(|r| r.word == name)?.meaning.as_ref()?;
        // An organ of a country is not the country.
        (meaning.name == meaning.party && !matches!(meaning.form, Form::Demonym | Form::Capital))
            .then_some(meaning.party)
    })
}

/// A name as it is, without accents, with either apostrophe, and in capitals; never empty.
fn spellings(word: &str) -> Vec<String> {
    let plain: String = word.nfd().filter(|&c| !is_combining_mark(c)).collect();
    let mut all = vec![word.to_owned(), plain];
    if word.chars().filter(|c| c.is_alphabetic()).count() > 3 {
        all.extend([all[0].to_uppercase(), all[1].to_uppercase()]);
    }
    if word.contains(['\'', '’']) {
        let with = |mark| all.iter().map(|s| s.replace(['\'', '’'], mark)).collect::<Vec<_>>();
        all = [with("'"), with("’")].concat();
    }
    all.retain(|s| !s.is_empty());
    all
}

fn without_the(words: &str) -> &str {
    ["the ", "The ", "THE "].iter().find_map(|the| words.strip_prefix(the)).map_or(words, str::trim_start)
}

/// What makes another thing of the name behind its hyphen.
const TURNING: [&str; 5] = ["pro", "anti", "ex", "post", "non"];

/// What makes of the name before its hyphen something that is told of another.
const TELLING: [&str; 9] =
    ["majority", "backed", "based", "linked", "mediated", "brokered", "supported", "sponsored", "speak"];

/// Whether the range is not a part of a longer word.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let (Some(before), Some(word), Some(after)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return false;
    };
    let goes_on = word.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    // *Pro-Russian* is not Russian, and *ex-Soviet* no longer Soviet.
    let prefixed = before.rsplit([' ', '\n']).next().and_then(|word| word.strip_suffix('-'));
    let turned = prefixed.is_some_and(|word| TURNING.iter().any(|prefix| word.eq_ignore_ascii_case(prefix)));
    // *A Serb-majority town*, *Russian-backed fighters*: others, whom the name only tells something of.
    let told = after.strip_prefix('-').is_some_and(|rest| TELLING.iter().any(|word| rest.starts_with(word)));
    // `US$5` is money.
    !before.ends_with(char::is_alphanumeric) && !goes_on && !after.starts_with('$') && !turned && !told
}
