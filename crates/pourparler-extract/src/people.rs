//! The people of one article: mentions joined under the fullest name, with the office and country that titles and
//! appositions give them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use pourparler_dossier::{Form, Gazetteer, Place};
use pourparler_text::names::{fold, may_be_one, skeleton};

use crate::beside_names::{
    apposition_after, apposition_before, chosen_for, heading, is_courtesy, own_side, presented_before, spoken_for,
    title_before, title_in_source, without_courtesy,
};
use crate::decode::{Entity, EntityKind};
use crate::lexicon::{
    is_any_body, is_independent, is_modifier, is_organ, is_private_body, is_role, is_state_body, leads, opens,
    serves_state,
};
use crate::membership::{body_abbreviated_before, body_served, country_before, member_of, owner_before};
use crate::offices::{is_adjective, is_charge, office_abroad, office_of, owner_of_office};
use crate::partisans::{partisan, partisan_after, partisan_before, party_of_member, seated_for};
use crate::person_names::{trim_name, whole_name};
use crate::serves::{body_named, led, party_before, seat_held};

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
    /// Whether a clause tells whom they head or speak for, whatever they were before: *a retired general, who represents Peru*.
    pub heads: bool,
}

impl Person {
    /// The heads of the role: `["foreign", "minister"]` has `minister`.
    pub fn role_words(&self) -> Vec<String> {
        self.role.as_deref().map(fold).unwrap_or_default()
    }
}

/// Titles that stand before a name and are no part of it.
pub(crate) const TITLES: &[&str] = &[
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

/// Finds the people of a text among its entities; what stands before a name in one of its sources describes it.
pub fn people(text: &str, entities: &[Entity], sources: &[Range<usize>], gazetteer: &Gazetteer) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let titles = |e: &&Entity| {
        // *Deputy Defence* of *Deputy Defence Minister Ana Oren* is nobody.
        let field = |w: &str| ["defence", "defense", "finance", "trade", "energy", "health", "economy"].contains(&w);
        let title = |w: &str| {
            let lower = w.to_lowercase();
            is_role(w) || is_modifier(w) || TITLES.contains(&lower.as_str()) || field(&lower)
        };
        text[Range::from(e.span)].split_whitespace().all(|w| title(bare(w)))
    };
    for entity in entities.iter().filter(|e| e.kind == EntityKind::Person && !titles(e)) {
        let range = trim_name(text, whole_name(text, entity.span.into(), gazetteer));
        let range = with_first_word(text, range, sources, gazetteer);
        let name = &text[range.clone()];
        let words = fold(name);
        let Some(last) = words.last() else { continue };
        // An abbreviation is a body's.
        let abbreviation = name.len() > 1 && name.chars().all(char::is_uppercase);
        // *The Department of Roads (Deroa)*: what stands in brackets behind a name is short for it.
        let short = !name.contains(' ')
            && text[..range.start].ends_with('(')
            && text[range.end..].starts_with(')')
            && text[..range.start - 1].trim_end().ends_with(char::is_alphabetic);
        if abbreviation
            || short
            || is_organ(&words)
            || gazetteer.lookup(name).is_some_and(|p| !p.ambiguous || is_capital(name, &p, text, entities, gazetteer))
            || !without_arabic_article(name).starts_with(char::is_uppercase)
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
        // *Mrs. Oren*, where her husband was named last
        let woman = match fold(line_before(text, range.start)).last().map(String::as_str) {
            Some("mr") => Some(false),
            Some("mrs" | "ms" | "miss") => Some(true),
            _ => None,
        };
        let agrees = |p: &Person| woman.is_none() || woman_named(&p.name).is_none_or(|own| Some(own) == woman);
        let known = people.iter_mut().filter(fits).max_by_key(|p| (agrees(p), named_last(p)));
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
                heads: false,
            }),
        }
    }
    for person in &mut people {
        describe(person, text, entities, sources, gazetteer);
        person.woman = person.woman.or_else(|| woman_named(&person.name));
    }
    // *Oren’s chief of staff* is of no firm by that name.
    let lasts: Vec<String> = people.iter().filter_map(|p| fold(&p.name).pop()).collect();
    let somebody =
        |party: &String| fold(party).last().is_some_and(|w| lasts.contains(w)) && gazetteer.lookup(party).is_none();
    for person in &mut people {
        person.party = person.party.take().filter(|party| !somebody(party) && *party != person.name);
    }
    people
}

/// Capitals that are people's names, too, and mean their government where nothing tells of somebody.
const CAPITALS: [&str; 6] = ["Brussels", "Lima", "Paris", "Santiago", "Sofia", "Tripoli"];

/// Whether a single word that may be a city or somebody is the city: the article has nobody of this name, who is told of as people are, and
/// it is one of the great capitals or its country is named, too.
fn is_capital(name: &str, place: &Place, text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> bool {
    let longer = |e: &Entity| {
        let parts: Vec<&str> = text[Range::from(e.span)].split_whitespace().collect();
        e.kind == EntityKind::Person && parts.len() > 1 && (parts.first() == Some(&name) || parts.last() == Some(&name))
    };
    // *Sofia, 12,*, *Sofia, a nurse,*, *Ms. Sofia*
    let somebody = |(at, _): (usize, &str)| {
        let after = text[at + name.len()..].strip_prefix(", ").or_else(|| text[at + name.len()..].strip_prefix(" ("));
        let told = after.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                || ["a ", "an ", "who ", "whose "].iter().any(|b| rest.starts_with(b))
        });
        let before = bare(text[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default());
        told || TITLES.contains(&before.to_lowercase().as_str()) || is_role(before)
    };
    let country =
        |(_, p): &(Range<usize>, Place)| p.party == place.party && matches!(p.form, Form::Country | Form::Demonym);
    place.form == Form::Capital
        && !name.contains(' ')
        && !entities.iter().any(longer)
        && !text.match_indices(name).any(somebody)
        && (CAPITALS.contains(&name) || gazetteer.scan(text).iter().any(country))
}

/// A name with the word that stands between the beginning of its source and it, of which the tagger may have seen nothing:
/// *Lado Wani Tombe* where it saw *Wani Tombe*.
fn with_first_word(text: &str, name: Range<usize>, sources: &[Range<usize>], gazetteer: &Gazetteer) -> Range<usize> {
    let first = sources.iter().find(|s| s.start < name.start && name.end <= s.end).map(|s| s.start);
    let Some(start) = first else { return name };
    let word = text[start..name.start].trim_end();
    let plain = word.chars().all(|c| c.is_alphabetic() || c == '-')
        && word.starts_with(char::is_uppercase)
        && !word.contains(' ');
    let described = ["The", "A", "An", "Neither", "Either", "Both"].contains(&word)
        || is_role(word)
        || is_modifier(word)
        || is_courtesy(word)
        || TITLES.contains(&word.to_lowercase().as_str())
        || is_day(word)
        || opens(word)
        || is_adjective(word)
        || gazetteer.lookup(word).is_some()
        || is_any_body(word);
    if plain && !described && word.len() + 1 == name.start - start { start..name.end } else { name }
}

/// A name without the Arabic article at its beginning: *Amri* of *al-Amri*.
fn without_arabic_article(name: &str) -> &str {
    ["al-", "el-"].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
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
fn describe(person: &mut Person, text: &str, entities: &[Entity], sources: &[Range<usize>], gazetteer: &Gazetteer) {
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
        let source = sources.iter().find(|s| s.start < mention.start && mention.end <= s.end);
        // *Tarn Relief Fund (TRF) Policy Director Ana Oren*
        if person.party.is_none()
            && let Some(body) = body_abbreviated_before(addressed, text, mention.start, entities)
        {
            person.party = Some(gazetteer.lookup(body).map_or(body, |p| p.party).to_owned());
        }
        let title = source
            .and_then(|s| title_in_source(addressed, mention.start - s.start))
            .or_else(|| title_before(addressed));
        // *A spokesman for the alliance, Colonel Ana Oren*: what stands before a rank says more than it.
        let ranks = ["colonel", "general", "major", "captain", "lieutenant", "commander", "admiral", "professor"];
        let rank = title.is_some_and(|title| fold(title).last().is_some_and(|w| ranks.contains(&w.as_str())));
        let was = title.is_some_and(|title| is_former(&fold(title)));
        let before_title = title.and_then(|title| {
            let start = title.as_ptr() as usize - addressed.as_ptr() as usize;
            let phrase = apposition_before(&addressed[..start])?;
            let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
            (rank || source.is_some_and(|s| s.start <= at + "the ".len())).then_some(phrase)
        });
        // *The mediator, former Minister Ana Oren*: so does an office that is held still.
        let (first, last) = if rank || was { (before_title, None) } else { (None, before_title) };
        let headed = heading(after).or_else(|| spoken_for(before));
        let presented = presented_before(text, mention.start).filter(|_| mention.start == person.mentions[0].start);
        let apposition = apposition_after(after).or_else(|| chosen_for(after));
        let appositions = [apposition_before(addressed), apposition].map(|phrase| phrase.map(own_side));
        let phrases = [first, title, last, appositions[0], appositions[1], headed, presented];
        for phrase in phrases.into_iter().flatten() {
            let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
            if was && first.is_some() && Some(phrase) == title && person.role.is_some() {
                continue;
            }
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
            if was && !is_former(&words) && Some(phrase) == appositions[1] {
                (person.role, person.party) = (role_in(phrase, gazetteer), None);
            }
            if person.role.is_none() {
                person.role = role_in(phrase, gazetteer);
            }
            // A minister whose party holds seven seats speaks for the state.
            let wing = headed == Some(phrase) && after.starts_with(", whose ") && person.of_state;
            let served = body_served(phrase, text, entities, gazetteer);
            let office = served.as_ref().map_or_else(|| words.clone(), |(_, office)| fold(office));
            if person.party.is_none() && !wing && !office.iter().any(|w| is_independent(w)) {
                let own = body_named(phrase, text, entities, gazetteer).filter(|_| headed == Some(phrase));
                person.heads |= headed == Some(phrase);
                let held = role_in(served.as_ref().map_or(phrase, |(_, office)| office), gazetteer);
                let (body, in_body) = (served.as_ref().map(|(body, _)| body.clone()), served.is_some());
                person.party = own
                    .or_else(|| office_abroad(phrase).map(str::to_owned))
                    // *The Democratic Party of Tarn* is not the Democratic Party.
                    .or_else(|| body.clone().filter(|body| body.contains("Party of ")))
                    .or_else(|| partisan(phrase, gazetteer))
                    .or_else(|| seat_held(phrase, text, entities, gazetteer))
                    .or_else(|| {
                        // *A TRU delegate at Tarn Central*: where somebody works is less than for whom.
                        let at = phrase.contains(" at ") && !phrase.contains(" of ");
                        owner_of_office(phrase, text, entities, gazetteer).filter(|_| at)
                    })
                    .or(body)
                    .or_else(|| led(phrase, text, entities, gazetteer))
                    .or_else(|| party_before(phrase, text, entities, gazetteer))
                    .or_else(|| owner_of_office(phrase, text, entities, gazetteer))
                    .or_else(|| {
                        // *A leader of the Palestinian militant group Hamas*
                        let mut places = gazetteer.scan(phrase);
                        // *Its spokeswoman in Lima* is where she is.
                        let seat = |p: &Place| matches!(p.form, Form::Capital | Form::Seat);
                        let there =
                            |r: &Range<usize>| [" in ", " at "].iter().any(|at| phrase[..r.start].ends_with(at));
                        places.retain(|(r, p)| !seat(p) || !there(r));
                        // *The special envoy for Peru* is another one's.
                        places.retain(|(r, _)| !is_charge(&phrase[..r.start]));
                        let movement = places.iter().rfind(|(_, p)| p.form == Form::Movement && !person.of_state);
                        // *In Lima Chile’s ambassador* is Chile's.
                        let owns =
                            |r: &Range<usize>| ["'s ", "’s "].iter().any(|mark| phrase[r.end..].starts_with(mark));
                        let owner = places.iter().rfind(|(r, _)| owns(r));
                        movement.or(owner).or(places.first()).map(|(_, p)| p.party.to_owned())
                    });
                // *Professor Ana Oren, director of the Tarn Institute*: the office in which somebody serves says more.
                let scholar = in_body && person.role_words().iter().any(|w| is_independent(w));
                if person.party.is_some() && (scholar || person.role == role_in(phrase, gazetteer)) {
                    person.role = held.or(person.role.take());
                }
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
            let sits = ["opposition", "lawmaker", "mp", "mep", "deputy", "senator", "legislator"];
            let of_party = person.role_words().iter().any(|w| sits.contains(&w.as_str()));
            person.party = member_of(after, text, mention.end, entities, gazetteer, of_place)
                .or_else(|| party_of_member(after, gazetteer).filter(|_| of_party));
        }
        if person.party.is_none()
            && let Some(role) = &person.role
        {
            let told = person.phrases.iter().find_map(|p| office_of(&text[p.clone()]));
            person.party = office_of(role).or(told).and_then(|c| gazetteer.lookup(c)).map(|p| p.party.to_owned());
        }
        if person.role.is_none() && person.party.is_none() {
            // Al Jazeera's Imran Khan
            person.party =
                owner_before(before, text, mention.start, entities).or_else(|| country_before(before, gazetteer));
        }
        if person.role.is_some() && person.party.is_some() && !is_former(&person.role_words()) {
            break;
        }
    }
}

/// Whether an office is held no more.
pub(crate) fn is_former(role: &[String]) -> bool {
    role.iter().any(|w| ["former", "ex", "retired"].contains(&w.as_str()))
}

/// Where the line that holds this byte starts.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |i| i + 1)
}

/// Where the line before the one that holds this byte starts.
pub fn line_before_start(text: &str, at: usize) -> usize {
    line_start(text, text[..line_start(text, at)].trim_end().len())
}

pub(crate) fn line_before(text: &str, at: usize) -> &str {
    &text[line_start(text, at)..at]
}

pub(crate) fn line_after(text: &str, at: usize) -> &str {
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    &text[at..end]
}

pub(crate) fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
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
        // *Mr Oren’s chief negotiator*
        let owner = word.starts_with(char::is_uppercase) && (word.ends_with("'s") || word.ends_with("’s"));
        if owner && last_role == 0 {
            kept.clear();
            continue;
        }
        if ["The", "A", "An", "Its", "His", "Her", "Their", "In", "At", "From"].contains(&plain) {
            continue;
        }
        let belongs = is_role(plain) || is_modifier(plain) || plain == "of" || plain.starts_with(char::is_uppercase);
        if belongs && !is_day(plain) {
            kept.push(plain);
            if is_role(plain) {
                last_role = kept.len();
            }
        } else if last_role == 0 {
            // What stands before an office and does not belong to it: an article, a sentence's beginning; *a former federal judge* is former.
            kept.retain(|w| is_former(&[w.to_lowercase()]));
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
