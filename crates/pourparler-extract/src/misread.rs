//! Names that the tagger misread, told by the words beside them and by the rest of the article: bodies that it took for people, *Ekolo,
//! the greens*, *Tarn Belang, which …*, *the Front for Tarn (FFT)*, people whom it took for bodies, *General Bo Tarn*, and the first word of an
//! office at the end of a name, *Sarn Lord* of *Sarn Lord Mayor*.

use std::collections::HashSet;
use std::ops::Range;

use pourparler_dossier::Gazetteer;
use pourparler_text::Span;

use crate::act::listed;
use crate::body_names;
use crate::decode::{Entity, EntityKind};
use crate::described::head;
use crate::lexicon::{is_any_body, is_role};
use crate::people::{bare, given_name};
use crate::phrases::{abbreviated, has_initials};

/// What a body may be called beside its name, and nobody else.
const CALLED: &str = "agency, alliance, bank, bloc, broadcaster, channel, coalition, company, communists, confederation, conservatives, daily, \
    federation, firm, greens, group, insurgents, liberals, lobby, magazine, militia, movement, network, newspaper, operator, organisation, \
    organization, outlet, paper, party, socialists, tabloid, union, website, weekly";

/// Ranks and courtesies that stand before people's names.
const RANKS: &str =
    "general, gen, colonel, col, captain, capt, lieutenant, lt, sergeant, mr, mrs, ms, dr, sen, rep, gov";

/// Verbs that tell that somebody's name stands before them.
const SAYING: [&str; 8] = ["said ", "says ", "told ", "tells ", "added ", "warned ", "argued ", "announced "];

/// Those who are called by the name of the body before them.
const OF_BODIES: [&str; 8] =
    ["officials", "executives", "employees", "workers", "spokesman", "spokeswoman", "spokesperson", "representatives"];

/// What an office may begin with that is part of no name before it.
pub(crate) const OF_OFFICES: [&str; 7] = ["Acting", "Deputy", "Former", "Interim", "Lord", "Prime", "Vice"];

/// The same entities, each of the kind that the words beside it and the rest of the article tell.
pub(crate) fn set_right(text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> Vec<Entity> {
    let short = abbreviated(text);
    let place_of = |name: &str| {
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        start..start + name.len()
    };
    let whole = short.iter().filter(|(short, name)| has_initials(name, short));
    let brought_in: Vec<Range<usize>> = whole.map(|(_, name)| place_of(name)).collect();
    let mut found: Vec<Entity> = Vec::with_capacity(entities.len());
    let parted = joined(text, entities).into_iter().flat_map(|entity| parted(text, entity)).collect();
    for mut entity in body_names::whole(text, parted, gazetteer) {
        if let Some(end) = before_office(text, entity) {
            entity.span.end = end;
        }
        // *Sarn-based Tarn Relief*
        let name = &text[Range::from(entity.span)];
        if let Some((_, based)) = name.split_once("-based ").filter(|(place, _)| !place.contains(' ')) {
            entity.span.start = entity.span.end - based.len();
        }
        let span = Range::from(entity.span);
        let whole = brought_in.iter().find(|name| name.start <= span.start && span.end <= name.end);
        match whole {
            // Of a name that comes with its abbreviation the tagger may have seen pieces.
            Some(name) if found.last().is_some_and(|last| last.span.start == name.start) => {}
            Some(name) => {
                found.push(Entity { span: Span::new(name.start, name.end), kind: EntityKind::Organisation });
            }
            None => found.push(entity),
        }
    }
    let bodies: HashSet<&str> = found
        .iter()
        .filter(|e| e.kind == EntityKind::Person && is_body_here(text, e.span.into()))
        .map(|e| &text[Range::from(e.span)])
        .collect();
    let named = |kind: EntityKind| {
        let found = found.iter().filter(move |e| e.kind == kind);
        found.map(|e| &text[Range::from(e.span)]).filter(|name| name.contains(' ')).collect::<Vec<_>>()
    };
    let (people, names) = (named(EntityKind::Person), named(EntityKind::Organisation));
    let lasts: HashSet<&str> = {
        let single = found.iter().filter(|e| e.kind == EntityKind::Person).map(|e| &text[Range::from(e.span)]);
        single.filter(|name| !name.contains(' ')).collect()
    };
    for entity in &mut found {
        let name = &text[Range::from(entity.span)];
        match entity.kind {
            EntityKind::Person if bodies.contains(name) || short.contains_key(name) => {
                entity.kind = EntityKind::Organisation;
            }
            EntityKind::Organisation
                if ranked(name) || part_of_one(name, &people, &names) || whole_of_one(name, &lasts) =>
            {
                entity.kind = EntityKind::Person;
            }
            _ => {}
        }
    }
    found
}

/// The entities, those joined that are parts of one word: *Oren-Tal*.
fn joined(text: &str, entities: &[Entity]) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::with_capacity(entities.len());
    for entity in entities {
        match found.last_mut() {
            // *Tarnel Oren officials*
            Some(last)
                if last.kind == EntityKind::Organisation
                    && text.get(last.span.end..entity.span.start) == Some(" ")
                    && OF_BODIES
                        .iter()
                        .any(|of| text[entity.span.end..].strip_prefix(' ').is_some_and(|r| r.starts_with(of))) =>
            {
                *last = Entity { span: Span::new(last.span.start, entity.span.end), kind: last.kind };
            }
            Some(last) if ["", "-"].contains(&text.get(last.span.end..entity.span.start).unwrap_or(" ")) => {
                let person = [last.kind, entity.kind].contains(&EntityKind::Person);
                let kind = if person { EntityKind::Person } else { last.kind };
                *last = Entity { span: Span::new(last.span.start, entity.span.end), kind };
            }
            _ => found.push(*entity),
        }
    }
    found
}

/// A name as it is, or the two that the tagger took for one: of a body and its member, *Tarn Forces' Ana Oren*, *CEO of the Tarn Council Ana
/// Oren*.
fn parted(text: &str, entity: Entity) -> Vec<Entity> {
    let name = &text[Range::from(entity.span)];
    let words: Vec<&str> = name.split(' ').collect();
    let member = |at: usize| {
        (2..=3).contains(&(words.len() - at)) && words[at..].iter().all(|w| w.starts_with(char::is_uppercase))
    };
    let somebody = |at: usize| member(at) && !words[at..].iter().any(|w| is_any_body(w));
    let named = |at: usize| given_name(words[at]).is_some();
    // *Women’s Rights Watch* is one name.
    let plural = |w: &str| w.ends_with("s'") || w.ends_with("s’");
    let one = |w: &str| w.ends_with("'s") || w.ends_with("’s");
    let owned = |at: &usize| (plural(words[at - 1]) || one(words[at - 1]) && named(*at)) && somebody(*at);
    let office = || {
        let before = text[..entity.span.start].trim_end_matches("the ").trim_end().strip_suffix(" of");
        before.is_some_and(|before| before.rsplit(' ').next().is_some_and(is_role))
    };
    let headed = |at: &usize| is_any_body(words[at - 1]) && named(*at) && somebody(*at) && office();
    // *CEO of the Tarn Council Sarn Oren told Radio Tarn …*
    let speaks =
        SAYING.iter().any(|verb| text[entity.span.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(verb)));
    let speaking = |at: &usize| {
        speaks
            && words.len() - at == 2
            && is_any_body(words[at - 1])
            && !is_any_body(words[*at])
            && somebody(*at)
            && office()
    };
    let parts = |at: &usize| owned(at) || headed(at) || speaking(at);
    let Some(at) = (1..words.len()).find(parts) else { return vec![entity] };
    let owner = bare(words[at - 1]);
    let end = owner.as_ptr() as usize + owner.len() - text.as_ptr() as usize;
    let start = words[at].as_ptr() as usize - text.as_ptr() as usize;
    vec![
        Entity { span: Span::new(entity.span.start, end), kind: EntityKind::Organisation },
        Entity { span: Span::new(start, entity.span.end), kind: EntityKind::Person },
    ]
}

/// Where the name of a place or body ends whose last word begins the office behind it.
fn before_office(text: &str, entity: Entity) -> Option<usize> {
    let name = &text[Range::from(entity.span)];
    let (whole, last) = name.rsplit_once(' ').filter(|_| entity.kind != EntityKind::Person)?;
    let next = text[entity.span.end..].strip_prefix(' ')?.split(|c: char| !c.is_alphanumeric()).next()?;
    (OF_OFFICES.contains(&last) && is_role(next)).then_some(entity.span.start + whole.len())
}

/// Whether a name begins with a rank and has a first and a last name behind it.
fn ranked(name: &str) -> bool {
    let Some((rank, rest)) = name.split_once(' ') else { return false };
    let whole = rest.contains(' ') && rest.split(' ').all(|w| w.starts_with(char::is_uppercase) && !is_any_body(w));
    listed(RANKS, &rank.trim_end_matches('.').to_lowercase()) && whole
}

/// Whether a single word is the first or last one of somebody whom the article names in whole, and of no body.
fn part_of_one(name: &str, people: &[&str], bodies: &[&str]) -> bool {
    let ends = |whole: &&str| whole.split(' ').next() == Some(name) || whole.rsplit(' ').next() == Some(name);
    let plain = name.len() > 1 && name.chars().all(char::is_alphabetic) && name.chars().any(char::is_lowercase);
    plain && people.iter().any(ends) && !bodies.iter().any(|body| body.split(' ').any(|w| w == name))
}

/// Whether a name begins with a given name and ends with the last name of somebody of whom the article speaks.
fn whole_of_one(name: &str, lasts: &HashSet<&str>) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let plain = words.iter().all(|w| w.starts_with(char::is_uppercase) && !is_any_body(w));
    (2..=3).contains(&words.len()) && plain && given_name(first).is_some() && lasts.contains(last)
}

/// Whether the words beside a name tell that it is a body's.
fn is_body_here(text: &str, name: Range<usize>) -> bool {
    let after = &text[name.end..];
    // *Barrio 18*
    let number =
        after.strip_prefix(' ').map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    let numbered = number.is_some_and(|n| (1..=2).contains(&n.len()) && n.chars().all(|c| c.is_ascii_digit()));
    if numbered && !text[name.clone()].contains(' ') {
        return true;
    }
    // Of people it is *who*; what a title's *which* goes back to, a comma may not part.
    if after.starts_with(", which ") {
        return true;
    }
    let called = after.strip_prefix(", ").and_then(|rest| {
        let end = rest.find([',', '.', ';', '\n', '"', '”'])?;
        let phrase = &rest[..end];
        let begun = ["the ", "a ", "an ", "his ", "her ", "its ", "their ", "another "];
        let words = phrase.split(' ').count();
        let first = phrase.split(" and ").next().unwrap_or_default();
        // *Bo Tarn, his coalition frayed by a scandal,* is still somebody.
        let somebodys = ["his ", "her "].iter().any(|own| phrase.starts_with(own)) && first.split(' ').count() > 2;
        (begun.iter().any(|b| phrase.starts_with(b)) && words <= 10 && !somebodys).then(|| head(first))
    });
    if called.is_some_and(|head| listed(CALLED, &head)) {
        return true;
    }
    // *The farm lobby Tarna*, *the daily Le Tarn*
    let before = text[..name.start].rsplit('\n').next().unwrap_or_default();
    let noun = before.strip_suffix(' ').map(|b| b.rsplit(' ').next().unwrap_or_default());
    noun.is_some_and(|noun| listed(CALLED, noun) && noun.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use pourparler_dossier::Dossier;

    use super::*;

    /// The kinds of the names of a text, which are taken for what their brackets say: `<people>`, `{bodies}`.
    fn kinds(marked: &str) -> Vec<(String, EntityKind)> {
        let (mut text, mut entities, mut open) = (String::new(), Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '<' | '{' => open = text.len(),
                '>' | '}' => {
                    let kind = if c == '>' { EntityKind::Person } else { EntityKind::Organisation };
                    entities.push(Entity { span: Span::new(open, text.len()), kind });
                }
                c => text.push(c),
            }
        }
        let gazetteer = Gazetteer::new(&Dossier::general());
        set_right(&text, &entities, &gazetteer).iter().map(|e| (text[Range::from(e.span)].to_owned(), e.kind)).collect()
    }

    #[test]
    fn names_are_what_the_words_beside_them_tell() {
        use EntityKind::{Organisation, Person};
        for (marked, expected) in [
            ("<Ekolo>, the francophone greens, said no.", &[("Ekolo", Organisation)][..]),
            ("<Islan>, his party, said no. <Islan> left.", &[("Islan", Organisation), ("Islan", Organisation)]),
            ("<Tarn Jihad>, which stayed away, said no.", &[("Tarn Jihad", Organisation)]),
            ("The farm lobby <Copa> said no.", &[("Copa", Organisation)]),
            ("<Barrio> 18 said no.", &[("Barrio", Organisation)]),
            ("The <Front> of {Tarn} (FT) met.", &[("Front of Tarn", Organisation)]),
            ("{General Bo Tarn} said no.", &[("General Bo Tarn", Person)]),
            ("<Pak Chol> came. {Pak} said no.", &[("Pak Chol", Person), ("Pak", Person)]),
            ("{Oren}-<Tal> said no.", &[("Oren-Tal", Person)]),
            ("{Sarn Lord} Mayor came. {Tarn Deputy} Minister left.", &[("Sarn", Organisation), ("Tarn", Organisation)]),
            ("{Sarn Lord} came.", &[("Sarn Lord", Organisation)]),
            ("{Tarn Forces' Bo Kesk} left.", &[("Tarn Forces", Organisation), ("Bo Kesk", Person)]),
            ("CEO of the {Tarn Council Peter Kesk} left.", &[("Tarn Council", Organisation), ("Peter Kesk", Person)]),
            ("The {Sarn-based Tarn Relief} left.", &[("Tarn Relief", Organisation)]),
            (
                "{Women's Rights Watch} and the {Tarn Council Peter House} left.",
                &[("Women's Rights Watch", Organisation), ("Tarn Council Peter House", Organisation)],
            ),
            // These are left as they are.
            ("<Ana Oren>, the envoy, said no.", &[("Ana Oren", Person)]),
            ("<Ana Oren>, his coalition frayed by a scandal, said no.", &[("Ana Oren", Person)]),
            ("{General Motors Company} said no.", &[("General Motors Company", Organisation)]),
            (
                "<Bo Tarn> came. {Tarn Foundation}. {Tarn} said no.",
                &[("Bo Tarn", Person), ("Tarn Foundation", Organisation), ("Tarn", Organisation)],
            ),
        ] {
            let expected: Vec<_> = expected.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
            assert_eq!(kinds(marked), expected, "{marked}");
        }
    }
}
