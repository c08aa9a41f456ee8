//! Sources of several who speak together: lists of countries and bodies, *the two envoys*, words for more than one.

use std::cmp::Reverse;

use pourparler_dossier::Form;
use pourparler_text::names::fold;
use pourparler_text::{Speaker, SpeakerKind};

use crate::act::listed;
use crate::decode::EntityKind;
use crate::described::without_article;
use crate::lexicon::leads;
use crate::people::{Person, line_before_start};
use crate::speaker::{Resolver, group};

/// What joins another one, behind a comma.
const ALSO: [&str; 3] = ["along with ", "together with ", "as well as "];
/// Heads of two or more states.
const STATES: &str = "countries, nations, governments, states";
/// Heads of two or more people.
const PEOPLE: &str =
    "pair, duo, men, leaders, presidents, ministers, envoys, officials, women, negotiators, diplomats, politicians";

impl Resolver<'_> {
    /// *The two countries*, *the pair*, *the two envoys*: those two that were named last, where they are two.
    pub(crate) fn the_two(&self, words: &[String], at: usize) -> Option<Speaker> {
        let head = words.last()?;
        let pair = head == "pair"
            || head == "duo"
            || words.len() <= 3 && words.iter().rev().nth(1).is_some_and(|w| w == "two" || w == "both")
            || words.len() == 3 && words[0] == "two" && words[1] == "prime";
        if !pair {
            return None;
        }
        let near: Vec<&str> = if listed(STATES, head) {
            let named = self.countries[self.in_title..].iter().rev().filter(|(start, _)| *start < at);
            named.map(|(_, party)| *party).collect()
        } else if listed(PEOPLE, head) {
            let from = line_before_start(self.text, at);
            let named = self.narrated.iter().rev().filter(|(start, _)| from <= *start && *start < at);
            named.map(|(_, person)| self.people[*person].name.as_str()).collect()
        } else {
            return None;
        };
        let (first, second) = main_two(&near).or_else(|| {
            let second = near.first()?;
            near.iter().find(|name| *name != second).map(|first| (*first, *second))
        })?;
        Some(group(format!("{first} and {second}"), None))
    }

    /// *The chairs from the European Union*, where *, the United Nations and Peru* follows behind the phrase: all of them, who speak for
    /// none alone.
    pub(crate) fn of_several_bodies(&self, bare: &str, head: &str, end: usize) -> Option<Speaker> {
        let places = self.gazetteer.scan(bare);
        let [(named, _)] = places.as_slice() else { return None };
        let of = [" from ", " of "].iter().any(|of| bare.contains(of));
        if !head.ends_with('s') || !of || named.end != bare.len() {
            return None;
        }
        let more = self.text[end..].strip_prefix(", ")?.split(['.', '\n']).next()?;
        let names_one = |part: &str| self.gazetteer.scan(part).into_iter().next().map(|(range, _)| range);
        let second = names_one(without_article(more))?;
        let last = more.find(" and ")? + " and ".len();
        let last_end = last + names_one(&more[last..])?.end;
        let start = end - bare.len();
        (second.start == 0).then(|| group(self.text[start..end + ", ".len() + last_end].to_owned(), None))
    }

    /// *The presidents of Peru and Chile*: the two who hold these offices, where the article names them.
    pub(crate) fn holders(&self, phrase: &str) -> Option<Speaker> {
        let (offices, countries) = phrase.split_once(" of ")?;
        let office = fold(offices.strip_suffix('s')?);
        let head = office.last()?;
        let fits = |person: &Person| {
            let role = self.person(person).role.as_deref().map(fold).unwrap_or_default();
            let same = role.iter().any(|w| w == head || head == "leader" && leads(w));
            let lesser = ["vice", "deputy", "former", "ex"].iter().any(|l| role.iter().any(|w| w == l));
            same && !lesser && office[..office.len() - 1].iter().all(|w| role.contains(w))
        };
        let holder = |country: &str| {
            let country = self.place(country).filter(|c| c.kind == SpeakerKind::Country)?.party;
            let mut holders = self.people.iter().filter(|p| fits(p) && self.person(p).party == country);
            holders.next().filter(|_| holders.next().is_none()).and_then(|p| self.person(p).name)
        };
        let names: Vec<String> = parts(countries).map(holder).collect::<Option<_>>()?;
        (leads(head) && names.len() == 2).then(|| group(names.join(" and "), None))
    }

    /// *The rivals Tarnel and Oren & Co*: the names of several bodies with which a phrase ends, each of which the article names
    /// elsewhere by itself; else it may be one body's name that has *and* in it.
    pub(crate) fn joined_bodies<'p>(&self, bare: &'p str, at: usize) -> Option<&'p str> {
        let names = self.entities.iter().filter(|e| at <= e.span.start && e.span.end <= at + bare.len());
        let mut bodies = names.filter(|e| matches!(e.kind, EntityKind::Organisation | EntityKind::Other));
        let (before, all) = bare.split_at_checked(bodies.next()?.span.start - at)?;
        let before = before.trim_end();
        let described = before.is_empty() || before.rsplit(' ').next().is_some_and(several_heads);
        let together = self.text.matches(all).count();
        let alone = |part: &str| {
            let part = without_article(part);
            part.starts_with(char::is_uppercase)
                && self.gazetteer.scan(part).is_empty()
                && self.text.matches(part).count() > together
        };
        (all.contains(" and ") && described && parts(all).all(alone)).then_some(all)
    }

    /// Whether each of the parts of a phrase is a name.
    pub(crate) fn all_named(&self, phrase: &str, at: usize) -> bool {
        let named = |part: &str| {
            let start = at + part.as_ptr() as usize - phrase.as_ptr() as usize;
            let inside = |e: &&crate::Entity| start <= e.span.start && e.span.end <= start + part.len();
            self.place(part).is_some() || self.entities.iter().any(|e| inside(&e) && e.span.len() + 4 >= part.len())
        };
        parts(phrase).all(named)
    }

    /// *The United States, South Korea and Russia*: the phrase as a whole, where it is names of countries and bodies.
    pub(crate) fn listed(&self, phrase: &str) -> Option<Speaker> {
        // *The Economic Community (EC), the League and Peru*
        if let Some((before, rest)) = phrase.split_once(" (")
            && let Some((short, behind)) = rest.split_once(')')
            && short.chars().all(|c| c.is_uppercase() || c == '-')
            && behind.starts_with([',', ' '])
        {
            return self.listed(&format!("{before}{behind}"));
        }
        let all = (phrase.contains(" and ") || ALSO.iter().any(|also| phrase.contains(also)))
            && self.place(phrase).is_none()
            && parts(phrase).all(|part| self.place(part).is_some());
        if all {
            return Some(self.several(phrase));
        }
        // *Peru, Chile and a host of small states*: more than the first speak.
        let mut joined = parts(phrase);
        let two = phrase.contains(", ") && joined.by_ref().take(2).all(|part| self.place(part).is_some());
        let last = phrase.rsplit(' ').next().unwrap_or_default();
        (two && phrase.contains(" and ") && several_heads(last)).then(|| group(phrase.to_owned(), None))
    }

    /// *Washington and the European Union*: each under its own name, where all have one.
    pub(crate) fn several(&self, phrase: &str) -> Speaker {
        let known: Option<Vec<_>> = parts(phrase).map(|part| self.place(part)).collect();
        let Some(known) = known else {
            return group(phrase.to_owned(), None);
        };
        // *Britain* of a list stays *Britain*, as *U.S.* does not.
        let written = |part: &str, known: &Speaker| {
            let part = without_article(part);
            let country = self.gazetteer.lookup(part).is_some_and(|p| p.form == Form::Country);
            let spelt_out = part.contains(char::is_lowercase) && !part.contains('.');
            if country && spelt_out { Some(part.to_owned()) } else { known.name.clone() }
        };
        let names: Vec<_> = parts(phrase).zip(&known).filter_map(|(part, k)| written(part, k)).collect();
        // As the article writes it: *Peru, Chile, and Bolivia* or *Peru, Chile and Bolivia*.
        let and = if phrase.contains(", and ") { ", and" } else { " and" };
        let name = names.split_last().map(|(last, first)| format!("{}{and} {last}", first.join(", ")));
        let party =
            known.first().and_then(|k| k.party.clone()).filter(|p| known.iter().all(|k| k.party.as_ref() == Some(p)));
        Speaker { name, kind: SpeakerKind::Group, role: None, party }
    }
}

/// The two names, first the one that was named first, of which an article is: each stands there at least twice as often as any third.
/// `names` are all its names, the last first.
fn main_two<'n>(names: &[&'n str]) -> Option<(&'n str, &'n str)> {
    let count = |name: &str| names.iter().filter(|n| **n == name).count();
    let mut all = names.to_vec();
    all.sort_unstable();
    all.dedup();
    all.sort_by_key(|name| Reverse(count(name)));
    let [a, b, third, ..] = all.as_slice() else { return None };
    let first_named = |name: &str| names.iter().rposition(|n| *n == name);
    let two = if first_named(a) >= first_named(b) { (*a, *b) } else { (*b, *a) };
    (count(b) >= 2 * count(third)).then_some(two)
}

/// What a phrase joins by commas and *and*.
fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    let parts = phrase.split(" and ").flat_map(|part| part.split(", "));
    // *Peru, Chile, and Bolivia*: the comma before *and* is no part of a name; *Peru, along with Chile*.
    parts.map(without_joint).filter(|part| !part.is_empty())
}

/// A part of a list without the comma and the words that only join it.
fn without_joint(part: &str) -> &str {
    let part = part.trim_matches([' ', ',']);
    ALSO.iter().find_map(|also| part.strip_prefix(also)).unwrap_or(part)
}

/// Whether a head is of more than one, by its form or by its meaning: *abductors*, *the international community*.
pub(crate) fn several_heads(head: &str) -> bool {
    let plural = head.len() > 3
        && (head.ends_with('s') || head.ends_with("men"))
        && !["ss", "us", "is", "news"].iter().any(|end| head.ends_with(end));
    let alone = ["media", "community", "population", "public", "number", "panel", "rest", "people", "men", "women"];
    plural || alone.contains(&head)
}
