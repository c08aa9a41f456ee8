//! The people of one article: mentions joined under the fullest name, with the office and country that titles and
//! appositions give them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use pourparler_dossier::{Form, Gazetteer};
use pourparler_text::names::{fold, may_be_one, skeleton};

use crate::decode::{Entity, EntityKind};
use crate::lexicon::{
    is_body, is_independent, is_modifier, is_organ, is_private_body, is_role, is_state_body, leads, opens, serves_state,
};
use crate::offices::{in_name_of_body, owner_of_office};
use crate::serves::{
    led, member_of, office_of, owner_before, partisan, partisan_after, partisan_before, party_before, seat_held,
    seated_for,
};

/// A person named in the article.
#[derive(Debug, Clone)]
pub struct Person {
    /// The fullest form of the name in the article.
    pub name: String,
    /// Office or description, without the country.
    pub role: Option<String>,
    /// Whom the person speaks for.
    pub party: Option<String>,
    /// Byte ranges of the mentions, in order.
    pub mentions: Vec<Range<usize>>,
    /// Byte ranges of the phrases that describe the person, titles and appositions.
    pub phrases: Vec<Range<usize>>,
    /// Whether the words of the office tell that a state is served.
    pub of_state: bool,
    /// Whether a title or role tells that it is a woman (`true`) or a man (`false`).
    pub woman: Option<bool>,
}

impl Person {
    /// The heads of the role: `["foreign", "minister"]` has `minister`.
    pub fn role_words(&self) -> Vec<String> {
        self.role.as_deref().map(fold).unwrap_or_default()
    }
}

/// Titles that stand before a name and are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "gen",
    "sen",
    "rep",
    "gov",
    "lt",
    "col",
    "maj",
    "capt",
    "sgt",
    "prof",
    "rev",
    "hon",
    "honorable",
    "honourable",
];

/// Words that stand inside names.
const PARTICLES: &[&str] =
    &["de", "da", "del", "di", "dos", "van", "von", "der", "den", "la", "al", "bin", "ibn", "el", "ben", "abu"];
/// A name is no longer than so many bytes.
const LONGEST_NAME: usize = 48;

/// Finds the people of a text among its entities.
pub fn people(text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let titles = |e: &&Entity| {
        let title = |w: &str| is_role(w) || is_modifier(w) || TITLES.contains(&w.to_lowercase().as_str());
        text[Range::from(e.span)].split_whitespace().all(|w| title(bare(w)))
    };
    for entity in entities.iter().filter(|e| e.kind == EntityKind::Person && !titles(e)) {
        let range = trim_name(text, whole_name(text, entity.span.into(), gazetteer));
        let name = &text[range.clone()];
        let words = fold(name);
        let Some(last) = words.last() else { continue };
        // An abbreviation is a body's.
        let abbreviation = name.len() > 1 && name.chars().all(char::is_uppercase);
        if abbreviation
            || is_organ(&words)
            || gazetteer.lookup(name).is_some_and(|p| !p.ambiguous)
            || !name.starts_with(char::is_uppercase)
            || TITLES.contains(&last.as_str())
            || name.contains(' ') && ["university", "institute", "foundation", "association"].contains(&last.as_str())
            || is_firm(name, text, entities)
        {
            continue;
        }
        // Names in Latin letters are spelled in several ways, and some begin with the family's.
        let same = |p: &&mut Person| {
            let theirs = fold(&p.name);
            // *Oren Tal* of *Ana Oren Tal*, and *Oren* too: of two family names the first may stand alone.
            let inner = theirs.len() > 2 && skeleton(&theirs[theirs.len() - 2]) == skeleton(last);
            may_be_one(&p.name, name)
                || words.len() == 1 && theirs.len() > 1 && (inner || skeleton(&theirs[0]) == skeleton(last))
        };
        // Of two with the same last name, the one named last.
        let named_last = |p: &&mut Person| p.mentions.last().map(|m| m.end);
        let misspelt = !people.iter_mut().any(|p| same(&&mut *p)) && words.len() == 1;
        let close = |p: &&mut Person| {
            p.name.contains(' ') && fold(&p.name).last().is_some_and(|theirs| one_letter_apart(theirs, last))
        };
        let fits = |p: &&mut Person| if misspelt { close(p) } else { same(p) };
        let known = people.iter_mut().filter(fits).max_by_key(named_last);
        match known {
            Some(person) => {
                if words.len() > fold(&person.name).len() {
                    person.name = name.to_owned();
                }
                person.mentions.push(range);
            }
            None => people.push(Person {
                name: name.to_owned(),
                role: None,
                party: None,
                mentions: vec![range],
                phrases: Vec::new(),
                of_state: false,
                woman: None,
            }),
        }
    }
    for person in &mut people {
        describe(person, text, entities, gazetteer);
        person.woman = person.woman.or_else(|| woman_named(&person.name));
    }
    // *Oren’s chief of staff* is of no firm by that name.
    let lasts: Vec<String> = people.iter().filter_map(|p| fold(&p.name).pop()).collect();
    let somebody =
        |party: &String| fold(party).last().is_some_and(|w| lasts.contains(w)) && gazetteer.lookup(party).is_none();
    for person in &mut people {
        person.party = person.party.take().filter(|party| !somebody(party));
    }
    people
}

/// Whether two names begin alike and differ by one letter, which is more, less or another: *Orenn* of *Oren*.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = |of: &[char], by: usize| of.get(same + by..).map(<[char]>::to_vec);
    let other = usize::from(short.len() == long.len());
    short.len() >= 5 && same > 0 && a != b && rest(short, other).is_some() && rest(short, other) == rest(long, 1)
}

/// Whether a name is what the text elsewhere names an organisation by; a single word also as its first word, where it is nobody's.
fn is_firm(name: &str, text: &str, entities: &[Entity]) -> bool {
    let named = |kind: EntityKind, test: &dyn Fn(&str) -> bool| {
        entities.iter().any(|e| e.kind == kind && test(&text[Range::from(e.span)]))
    };
    // Of *the Oren administration* and *the Oren Foundation* the first word is somebody's name: what tells a firm is that it is
    // called so by itself, or by a name that ends as firms' do.
    let begins = |words: &str| {
        let rest = words.strip_prefix(name);
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(' ') && rest.rsplit(' ').next().is_some_and(is_private_body)
        })
    };
    // *Mr. Oren*, *President Oren*: nobody calls a firm so.
    let titled = || {
        text.match_indices(name).any(|(at, _)| {
            let word = bare(text[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default());
            TITLES.contains(&word.to_lowercase().as_str()) || is_role(word) && word.starts_with(char::is_uppercase)
        })
    };
    // *Tarnel Air*, which the tagger saw as a body more often than as somebody
    if name.contains(' ') {
        let seen = |kind| entities.iter().filter(|e| e.kind == kind && text[Range::from(e.span)] == *name).count();
        return seen(EntityKind::Organisation) > seen(EntityKind::Person) && !titled();
    }
    !titled()
        && named(EntityKind::Organisation, &begins)
        && !named(EntityKind::Person, &|words| words.strip_suffix(name).is_some_and(|before| before.ends_with(' ')))
}

/// A name with the capitalised words that run on from it, which the tagger may have missed.
fn whole_name(text: &str, range: Range<usize>, gazetteer: &Gazetteer) -> Range<usize> {
    let fits = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
            && !(is_role(word) || is_modifier(word) || is_day(word) || gazetteer.lookup(word).is_some())
    };
    let Range { mut start, mut end } = range;
    start = with_initials(text, start, end);
    // To the left only inside a sentence, where what begins one is capitalised anyway, and of a single name.
    let before = line_before(text, start);
    // *Ana* of *Ana B. Oren*, where the name begins with the initial
    let initial = text[start..end].split(' ').next().is_some_and(|w| w.len() == 2 && w.ends_with('.'));
    let single = initial || !text[start..end].contains(' ');
    if single
        && let Some(word) = before.strip_suffix(' ').and_then(|b| b.rsplit(' ').next())
        && fits(word)
        && before.len() > word.len() + 1
        && before[..before.len() - word.len() - 1].ends_with(' ')
        && !before[..before.len() - word.len() - 1].trim_end().ends_with(['.', '?', '!', '”', '"', ':'])
    {
        start -= word.len() + 1;
    }
    // *Lee Soo*-hyuck, *Crystal C*’Bearing: the tagger may cut a word.
    let rest = line_after(text, end);
    let cut = rest.find(|c: char| !(c.is_alphanumeric() || "-'’".contains(c))).unwrap_or(rest.len());
    let possessive = ["'s", "’s"].iter().any(|s| rest[..cut].ends_with(s));
    if !possessive && rest[..cut].len() > 1 {
        end += rest[..cut].trim_end_matches(['-', '\'', '’']).len();
    }
    // *K.*C. Oren, *K.C*. Oren: initials may be written without spaces, and the tagger may part them.
    while let Some(initial) = glued_initial(&text[start..end], line_after(text, end)) {
        end += initial;
    }
    end += usize::from(initial_stops(text, start, end));
    end += nickname(&text[start..end], line_after(text, end));
    while let Some(word) =
        line_after(text, end).strip_prefix(' ').and_then(|a| a.split([' ', ',', '.', ';', ':']).next())
    {
        let plain = bare(word);
        let particle = PARTICLES.contains(&word)
            && line_after(text, end)[1 + word.len()..]
                .strip_prefix(' ')
                .is_some_and(|a| a.starts_with(char::is_uppercase));
        // A word behind an opening mark is another phrase.
        // An initial's full stop ends no name: *George W. Bush*.
        let stopped = text[start..end].ends_with(['.', ',']) && !ends_with_initial(&text[start..end]);
        if !(particle || fits(plain) && word.starts_with(plain)) || stopped {
            break;
        }
        end += 1 + plain.len();
        if plain.len() < word.len() || end - start > LONGEST_NAME {
            break;
        }
        // *Ana B. Oren*, of whom the tagger may have seen *Ana* alone
        end += usize::from(initial_stops(text, start, end));
    }
    start..end
}

/// How long the nickname between marks is that stands inside a name: *Ana “Lucky” Oren*, of which the tagger may have seen a part.
fn nickname(name: &str, rest: &str) -> usize {
    let marks = [('"', '"'), ('“', '”')];
    let inside = |open: char, close: char| {
        let begun = name.matches(open).count() > if open == close { 2 * (name.matches(open).count() / 2) } else { name.matches(close).count() };
        let nick = if begun { rest } else { rest.strip_prefix(' ')?.strip_prefix(open)? };
        let length = nick.find(close).filter(|length| *length <= 24)?;
        let behind = &nick[length + close.len_utf8()..];
        let word = behind.strip_prefix(' ')?.split(' ').next()?;
        let goes_on = word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
        goes_on.then_some(rest.len() - behind.len())
    };
    marks.into_iter().find_map(|(open, close)| inside(open, close)).unwrap_or(0)
}

/// Whether a full stop that belongs to an initial follows the name, and the name goes on behind it.
fn initial_stops(text: &str, start: usize, end: usize) -> bool {
    line_after(text, end).starts_with(". ") && ends_with_initial(&text[start..=end])
}

/// How long the initial is that follows initials without a space.
fn glued_initial(name: &str, rest: &str) -> Option<usize> {
    let initials = name.split_inclusive('.').all(|w| w.ends_with('.') && w.chars().count() == 2);
    let letter = rest.chars().next().filter(|c| initials && c.is_uppercase())?.len_utf8();
    rest[letter..].starts_with('.').then_some(letter + 1)
}

/// Where a name starts with its initials, of which the tagger may have seen the last alone: *V. K. Oren*.
fn with_initials(text: &str, start: usize, end: usize) -> usize {
    let name = text[start..end].trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut start = end - name.len();
    let initial = |before: &str| {
        let rest = before.trim_end().strip_suffix('.')?;
        let letter = rest.chars().next_back().filter(|c| c.is_uppercase())?;
        let rest = &rest[..rest.len() - letter.len_utf8()];
        rest.ends_with(' ').then_some(rest.len())
    };
    while let Some(at) = initial(line_before(text, start)) {
        start = line_start(text, start) + at;
    }
    start
}

/// Whether a name ends with a single letter and its full stop, or with several without spaces.
fn ends_with_initial(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let glued = last.len() > 2 && last.split_inclusive('.').all(|w| w.ends_with('.') && w.chars().count() == 2);
    let single = name.contains(' ') && last.chars().count() == 2 && last.ends_with('.');
    (glued || single) && last.starts_with(char::is_uppercase)
}

/// A name without titles before it and possessives or punctuation after it.
fn trim_name(text: &str, range: Range<usize>) -> Range<usize> {
    let mut name = &text[range.clone()];
    for mark in ["'s", "’s", "'", "’"] {
        name = name.strip_suffix(mark).unwrap_or(name);
    }
    name = name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
    // *Ana Oren QC*, *Ana Oren MP*: what stands after a name is no part of it.
    if let Some((rest, _)) = name.rsplit_once(' ').filter(|(_, last)| ["QC", "KC", "MP", "PhD"].contains(last)) {
        name = rest;
    }
    // "Mohamed ElBaradei Tuesday", "Tuesday Mitsotakis": the tagger may take the day for a part of the name.
    if let Some((rest, _)) = name.rsplit_once(' ').filter(|(_, last)| is_day(last)) {
        name = rest;
    }
    let mut start = range.start;
    if let Some((_, rest)) = name.split_once(' ').filter(|(first, _)| is_day(first)) {
        start += name.len() - rest.len();
        name = rest;
    }
    // "Republic President Vaclav Klaus", as the tagger may cut it
    let title = name.rmatch_indices(' ').map(|(i, _)| i).find(|&i| {
        let word = bare(name[..i].rsplit(' ').next().unwrap_or_default());
        (is_role(word) || TITLES.contains(&word.to_lowercase().as_str())) && word.starts_with(char::is_uppercase)
    });
    if let Some(title) = title {
        start += title + 1;
        name = &name[title + 1..];
    }
    while let Some((first, rest)) = name.split_once(' ') {
        let word = bare(first).to_lowercase();
        if !(TITLES.contains(&word.as_str()) || is_role(&word) || is_modifier(&word)) {
            break;
        }
        start += name.len() - rest.len();
        name = rest;
    }
    start..start + name.len()
}

/// Whether a name begins with a given name that is a woman's (`true`) or a man's (`false`), where it tells.
fn woman_named(name: &str) -> Option<bool> {
    given_name(name.split_once(' ')?.0)
}

/// Whether a word is a woman's (`true`) or a man's (`false`) given name; `None` where it is none that is known.
pub(crate) fn given_name(word: &str) -> Option<bool> {
    static NAMES: LazyLock<HashMap<&str, bool>> = LazyLock::new(|| {
        let lines = include_str!("../data/given_names.txt").lines().filter_map(|l| l.split_once(": "));
        lines.flat_map(|(who, names)| names.split(' ').map(move |n| (n, who == "she"))).collect()
    });
    NAMES.get(fold(word).join(" ").as_str()).copied()
}

/// Fills role, party and sex from the words around a person's mentions.
fn describe(person: &mut Person, text: &str, entities: &[Entity], gazetteer: &Gazetteer) {
    for mention in person.mentions.clone() {
        let before = line_before(text, mention.start);
        // *Secretary-General Ana Oren and President Tal*: what is said of one is not said of the next.
        let before = entities
            .iter()
            .filter(|e| e.kind == EntityKind::Person && e.span.end < mention.start)
            .filter_map(|e| before.get((e.span.end + before.len()).checked_sub(mention.start)?..))
            .min_by_key(|rest| rest.len())
            .filter(|rest| rest.contains(" and "))
            .unwrap_or(before);
        let after = line_after(text, mention.end);
        if person.woman.is_none() {
            person.woman = match fold(before).last().map(String::as_str) {
                Some("mr" | "sir" | "lord" | "king" | "prince" | "spokesman" | "chairman" | "congressman") => {
                    Some(false)
                }
                Some("mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "spokeswoman" | "chairwoman") => {
                    Some(true)
                }
                _ => None,
            };
        }
        // *The minister, Mr. Ana Oren*, *Prime Minister Dr. Ana Oren*: the office stands before the courtesy.
        let addressed = without_courtesy(before);
        let title = title_before(addressed);
        // *A spokesman for the alliance, Colonel Ana Oren*: what stands before a rank says more than it.
        let ranks = ["colonel", "general", "major", "captain", "lieutenant", "commander", "admiral", "professor"];
        let rank = title.filter(|title| fold(title).last().is_some_and(|w| ranks.contains(&w.as_str())));
        let titled = rank.and_then(|title| {
            let start = title.as_ptr() as usize - addressed.as_ptr() as usize;
            apposition_before(&addressed[..start])
        });
        let phrases = [titled, title, apposition_before(addressed), apposition_after(after)];
        for phrase in phrases.into_iter().flatten() {
            let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
            person.phrases.push(at..at + phrase.len());
            let organ = entities.iter().any(|e| {
                at <= e.span.start && e.span.end <= at + phrase.len() && is_organ(&fold(&text[Range::from(e.span)]))
            });
            let words = fold(phrase);
            // *A vice president*, *the senior vice president* is a firm's.
            let one_of_many = ["a", "senior", "executive"];
            let of_firm =
                words.windows(3).any(|w| one_of_many.contains(&w[0].as_str()) && w[1] == "vice" && w[2] == "president");
            person.of_state |= organ || !of_firm && words.iter().any(|w| serves_state(w) || is_state_body(w));
            // *Former President Ana Oren, the head of the Tarn Council*: the office held now counts.
            let was = is_former(&person.role_words());
            if was && !is_former(&words) && Some(phrase) == apposition_after(after) {
                (person.role, person.party) = (role_in(phrase, gazetteer), None);
            }
            if person.role.is_none() {
                person.role = role_in(phrase, gazetteer);
            }
            if person.party.is_none() && !words.iter().any(|w| is_independent(w)) {
                person.party = partisan(phrase, gazetteer)
                    .or_else(|| seat_held(phrase, text, entities, gazetteer))
                    .or_else(|| led(phrase, text, entities, gazetteer))
                    .or_else(|| party_before(phrase, text, entities, gazetteer))
                    .or_else(|| owner_of_office(phrase, text, entities, gazetteer))
                    .or_else(|| gazetteer.scan(phrase).into_iter().map(|(_, p)| p.party.to_owned()).next());
            }
        }
        let partisan = || partisan_before(before, gazetteer).or_else(|| partisan_after(after, gazetteer));
        if let Some(party) = seated_for(after).map(str::to_owned).or_else(partisan) {
            person.party = Some(party);
        }
        // *Lt. Col. Ana Oren*, *Ana Oren, from the health ministry’s crisis centre*
        let titles = ["gen", "gov", "lt", "col", "maj", "capt", "sgt"];
        let served = after.strip_prefix(", from the ").map(|rest| rest.split(' ').take(5).map(bare).any(is_state_body));
        person.of_state |= served == Some(true) || fold(before).last().is_some_and(|w| titles.contains(&w.as_str()));
        if person.party.is_none() {
            let of_place = person.role.is_none() || person.role_words().iter().any(|w| leads(w) || serves_state(w));
            person.party = member_of(after, text, mention.end, entities, gazetteer, of_place);
        }
        if person.party.is_none()
            && let Some(role) = &person.role
        {
            person.party = office_of(role).and_then(|c| gazetteer.lookup(c)).map(|p| p.party.to_owned());
        }
        if person.role.is_none() && person.party.is_none() {
            // Al Jazeera's Imran Khan
            person.party = owner_before(before, text, mention.start, entities);
        }
        if person.role.is_some() && person.party.is_some() && !is_former(&person.role_words()) {
            break;
        }
    }
}

/// Whether an office is held no more.
pub(crate) fn is_former(role: &[String]) -> bool {
    role.iter().any(|w| w == "former" || w == "ex")
}

/// Where the line that holds this byte starts.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |i| i + 1)
}

/// Where the line before the one that holds this byte starts.
pub fn line_before_start(text: &str, at: usize) -> usize {
    line_start(text, text[..line_start(text, at)].trim_end().len())
}

fn line_before(text: &str, at: usize) -> &str {
    &text[line_start(text, at)..at]
}

fn line_after(text: &str, at: usize) -> &str {
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    &text[at..end]
}

pub(crate) fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// *Russian Foreign Minister* before a name: the words that run up to it and end in a role.
fn title_before(before: &str) -> Option<&str> {
    let trimmed = before.trim_end();
    let mut start = trimmed.len();
    let mut role = false;
    for word in trimmed.split_whitespace().rev() {
        let at = word.as_ptr() as usize - trimmed.as_ptr() as usize;
        let plain = bare(word);
        let stops = word.ends_with([',', ';', ':', '.', '”', '"', '“', ')', '—', '–']) && !abbreviation(word);
        let fits = is_role(plain)
            || is_modifier(plain)
            || is_body(plain) && start < trimmed.len()
            || plain.starts_with(char::is_uppercase)
            || ["of", "to", "for", "and", "the"].contains(&plain) && start < trimmed.len();
        if stops || !fits || plain.is_empty() || opens(plain) {
            break;
        }
        role |= is_role(plain);
        // *Secretary of State Ana Oren and General Tal*: behind an office, what stands before *and* is another one's.
        if plain == "and" && role {
            let left = trimmed[..at].trim_end().rsplit(' ').next().unwrap_or_default();
            if !is_role(bare(left)) && in_name_of_body(trimmed[..at].trim_end(), plain).is_none() {
                break;
            }
        }
        if !["of", "to", "for", "and", "the"].contains(&plain) {
            start = at;
        }
    }
    role.then(|| &trimmed[start..])
}

/// What stands before a name, without *Mr.*, *Dr.* and their like right before it.
fn without_courtesy(before: &str) -> &str {
    let mut rest = before;
    while let Some((words, _)) = rest.trim_end().rsplit_once(' ').filter(|(_, last)| is_courtesy(last)) {
        rest = words;
    }
    rest
}

/// *Mr.* and its like, which tell nothing of an office.
pub(crate) fn is_courtesy(word: &str) -> bool {
    ["mr", "mrs", "ms", "miss", "dr", "prof"].contains(&bare(word).to_lowercase().as_str())
}

fn abbreviation(word: &str) -> bool {
    word.ends_with('.') && word.len() <= 5 && word.starts_with(char::is_uppercase)
}

/// *Russia's chief negotiator,* before a name.
fn apposition_before(before: &str) -> Option<&str> {
    let trimmed = before.trim_end().strip_suffix(',')?;
    let marks = trimmed.char_indices().rev().filter(|(_, c)| ",.;“\"–—:".contains(*c));
    // The full stops of *U.S.* and *Mr.* end no sentence.
    let short = |at: usize| {
        let word = trimmed[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.chars().count() == 1 && word.starts_with(char::is_uppercase) || is_courtesy(word)
    };
    let stop = marks.into_iter().find(|&(at, c)| c != '.' || !short(at));
    let from = stop.map_or(0, |(at, c)| at + c.len_utf8());
    let phrase = trimmed[from..].trim();
    let words: Vec<_> = phrase.split_whitespace().map(bare).collect();
    (words.len() <= 14 && phrase_head(&words).is_some_and(is_role)).then_some(phrase)
}

/// *, the Russian chief negotiator,* after a name.
fn apposition_after(after: &str) -> Option<&str> {
    let rest = after.strip_prefix(", ")?;
    let stops = rest.match_indices([',', ';', '.', '–', '—', '”', '"', '\n']);
    // *Tarnel Inc.*, *the U.S. envoy*: an abbreviation's full stop ends no phrase.
    let short = |at: usize| {
        let word = rest[..at].rsplit([' ', '.']).next().unwrap_or_default();
        ["Inc", "Corp", "Co", "Ltd", "St"].contains(&word) || word.len() == 1 && word.starts_with(char::is_uppercase)
    };
    let end = stops.into_iter().find(|&(at, mark)| mark != "." || !short(at)).map_or(rest.len(), |(at, _)| at);
    let phrase = rest[..end].split(" on ").next()?;
    let words: Vec<_> = phrase.split_whitespace().map(bare).collect();
    (words.len() <= 14 && phrase_head(&words).is_some_and(is_role)).then_some(phrase)
}

/// The last word before a preposition.
fn phrase_head<'a>(words: &[&'a str]) -> Option<&'a str> {
    words.iter().take_while(|w| !matches!(**w, "of" | "for" | "to" | "in" | "at" | "from" | "with")).last().copied()
}

/// The role in a phrase: its words up to a role, without the country, articles and titles.
fn role_in(phrase: &str, gazetteer: &Gazetteer) -> Option<String> {
    let places = gazetteer.scan(phrase);
    let mut kept: Vec<&str> = Vec::new();
    let mut last_role = 0;
    for word in phrase.split_whitespace() {
        let at = word.as_ptr() as usize - phrase.as_ptr() as usize;
        let in_place = places.iter().any(|(r, p)| {
            r.contains(&at) && matches!(p.form, Form::Country | Form::Demonym | Form::Capital | Form::Body)
        });
        let plain = bare(word);
        if in_place {
            continue;
        }
        if ["The", "A", "An"].contains(&plain) {
            continue;
        }
        let belongs = is_role(plain) || is_modifier(plain) || plain == "of" || plain.starts_with(char::is_uppercase);
        if belongs && !is_day(plain) {
            kept.push(plain);
            if is_role(plain) {
                last_role = kept.len();
            }
        } else if last_role == 0 {
            // What stands before an office and does not belong to it: an article, a sentence's beginning.
            kept.clear();
        } else {
            break;
        }
    }
    kept.truncate(last_role);
    let role = kept.join(" ");
    (!role.is_empty()).then_some(role)
}

pub(crate) fn is_day(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.to_lowercase().ends_with("day") && word != "Today"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_before_and_after_names() {
        for (before, phrase) in [
            ("while Russian Foreign Minister ", Some("Russian Foreign Minister")),
            ("But Foreign Minister ", Some("Foreign Minister")),
            ("He met U.S. Secretary of State ", Some("U.S. Secretary of State")),
            ("“No,” Kremlin spokesman ", Some("Kremlin spokesman")),
            ("He spoke of President ", Some("President")),
            ("He then met ", None),
            ("said the minister, ", None),
        ] {
            assert_eq!(title_before(before), phrase, "{before}");
        }
        assert_eq!(apposition_before("Then Chad’s chief negotiator, "), Some("Then Chad’s chief negotiator"));
        assert_eq!(apposition_before("It ended. The U.S. envoy to Peru, "), Some("The U.S. envoy to Peru"));
        assert_eq!(apposition_before("On the first day of talks, "), None);
        assert_eq!(apposition_after(", the head of the delegation, said"), Some("the head of the delegation"));
        assert_eq!(apposition_after(", who is in Geneva, said"), None);
    }
}
