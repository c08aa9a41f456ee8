//! Whose an office is, by the capitalised words right before it, where the tagger saw no body there: *AT&T chairman*, *Tarnel’s chief
//! executive*, *the Tarnford coach*.

use std::ops::Range;

use pourparler_dossier::Gazetteer;
use pourparler_text::names::fold;

use crate::act::listed;
use crate::beside_names::is_courtesy;
use crate::bodies::begins_in_capitals;
use crate::decode::{Entity, EntityKind};
use crate::lexicon::{
    is_any_body, is_body, is_modifier, is_organ, is_private_body, is_role, is_state_body, seeks_office, serves_state,
};
use crate::people::{bare, is_day};
use crate::serves::{is_abbreviation, whole_organisation};

/// Offices of clubs, before which one of any name may stand.
pub(crate) const CLUBS: [&str; 3] = ["coach", "manager", "captain"];

/// Offices before which a single word may tell what people or creed somebody is of: *the Oromo leader*.
const OF_PEOPLES: [&str; 10] = [
    "leader",
    "chief",
    "commander",
    "fighter",
    "member",
    "president",
    "politician",
    "activist",
    "spokesperson",
    "elder",
];

/// The body in *AIP vice chairman*, *a Tarnel Air official*, which has to stand in the text before its office.
pub(crate) fn owner_of_office(phrase: &str, text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> Option<String> {
    let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
    let (name, office) = before_office(phrase)?;
    let held: Vec<String> = fold(office);
    let secretary = held.windows(2).any(|pair| pair == ["general", "secretary"] || pair == ["secretary", "general"]);
    // Who stands for a state's office serves the party still.
    let seeks = held.iter().any(|w| seeks_office(w));
    if !(secretary || seeks) && held.iter().any(|w| w != "president" && serves_state(w)) {
        return None;
    }
    let owned = name.ends_with("'s") || name.ends_with("’s") || name.ends_with("s'") || name.ends_with("s’");
    let last = name.rsplit(' ').next()?;
    let end = at + name.len() - (last.len() - bare(last).len());
    let start = end - bare(last).len();
    let whole = whole_organisation(text, start..end, at..end, gazetteer);
    let name = &text[whole.clone()];
    let several = name.contains(' ') || is_abbreviation(name) || begins_in_capitals(name);
    let opens = whole.start == at && opens_sentence(&text[..at]);
    // *Peruvian Middle East envoy*: what the tagger took for a place, or what a country's name stands before, is a field.
    let in_place = |e: &Entity| e.kind == EntityKind::Place && e.span.start < whole.end && whole.start < e.span.end;
    let club = held.iter().any(|w| CLUBS.contains(&w.as_str()));
    // *Tarnel spokeswoman Ana Oren*, with which a sentence begins: of a firm, whatever begins so may be.
    let speaks = held.first().is_some_and(|w| w.starts_with("spokes") || w == "ceo");
    let opens = opens && !(speaks && !is_adjective(name) && !is_modifier(name) && !is_general(name));
    // *The Nationals leader*, of whom the tagger saw a body elsewhere
    let seen = |e: &Entity| {
        let body = &text[Range::from(e.span)];
        e.kind == EntityKind::Organisation
            && e.span.start != whole.start
            && (body == name || body.strip_suffix('s') == Some(name))
    };
    let seen = entities.iter().any(seen);
    let of_people = !club && (held.iter().any(|w| OF_PEOPLES.contains(&w.as_str())) || is_adjective(name));
    // *A TRU delegate at Lima’s port*: where the office is held is another thing.
    let to_office = office.as_ptr() as usize - phrase.as_ptr() as usize + office.len();
    let placed = !club && !begins_in_capitals(name);
    let field = placed && entities.iter().any(in_place) || !gazetteer.scan(&phrase[..to_office]).is_empty();
    let fits = owned || !field && (several || seen || !opens && !of_people);
    (fits && names_a_body(name, gazetteer)).then(|| name.to_owned())
}

/// The words of a phrase before its office, which end with a capitalised one, and the office.
fn before_office(phrase: &str) -> Option<(&str, &str)> {
    // The *for* of *Party for Work* ends no name.
    let smalls = [" of ", " for ", " at ", " in ", " with ", " from ", " to "];
    let parts = |(at, small): &(usize, &str)| in_name_of_body(&phrase[..*at], small.trim()).is_none();
    let end = smalls.iter().filter_map(|small| phrase.match_indices(small).find(parts)).map(|(at, _)| at);
    let whole = &phrase[..end.min().unwrap_or(phrase.len())];
    let mut rest = whole.trim_end();
    while let Some(last) = rest.rsplit(' ').next() {
        let plain = bare(last);
        // *Secretary-General* is two.
        let role = !plain.is_empty() && fold(plain).iter().all(|w| is_role(w));
        let of_office = role || is_modifier(plain) || !plain.starts_with(char::is_uppercase);
        if !of_office {
            break;
        }
        rest = rest.rsplit_once(' ')?.0;
    }
    let office = &whole[rest.len()..];
    fold(office).iter().any(|w| is_role(w)).then_some((rest, office))
}

/// Whether a sentence or a quotation's end stands before, so that the next word is capitalised anyway.
fn opens_sentence(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '”', '"', '“', ')'])
}

/// Whether a word that begins a sentence before *spokesman* may be a common noun: *Hospital spokesman Bo Tarn*.
fn is_general(word: &str) -> bool {
    let general = "airline, airport, church, city, clinic, company, county, court, district, election, embassy, festival, firm, fire, guerrilla, \
        hospital, hotel, jail, mine, mosque, municipality, museum, palace, port, prison, province, railway, rescue, royal, school, tribe, university, \
        utility, zoo";
    is_any_body(word) || is_state_body(&word.to_lowercase()) || listed(general, &word.to_lowercase())
}

/// Whether a single word may be the adjective of a people or a creed.
pub(crate) fn is_adjective(name: &str) -> bool {
    ["an", "ish", "ese", "ist", "ite", "ic", "lim", "ive", "al", "i"].iter().any(|end| name.ends_with(end))
}

/// Whether capitalised words may be a body's name: no place, nobody known, no organ, no general word.
fn names_a_body(name: &str, gazetteer: &Gazetteer) -> bool {
    let general = |w: &str| is_any_body(w) || is_day(w) || is_courtesy(w);
    let first = name.split(' ').next().unwrap_or_default();
    let word = !["Its", "His", "Her", "Their", "Our", "The", "One", "Another", "Then", "But", "And"].contains(&first);
    word && name.chars().count() > 1
        && name.starts_with(char::is_uppercase)
        && !(general(name) || name.split(' ').any(is_state_body) || is_organ(&fold(name)))
        && gazetteer.scan(name).is_empty()
        && gazetteer.leader(name, None).is_empty()
}

/// Where a body's name begins that goes on behind these words and *and* or *for*: *Party for Socialism*, *Center*.
pub(crate) fn in_name_of_body(before: &str, joint: &str) -> Option<usize> {
    let body = |word: &str| is_private_body(word) || is_body(word) || ["Center", "Centre"].contains(&word);
    let mut next = joint;
    for word in before.split_whitespace().rev().take(6) {
        let small = ["and", "for", "of", "the"].contains(&word);
        if !(small || word.starts_with(char::is_uppercase)) || is_role(word) || bare(word) != word {
            return None;
        }
        if !small && body(word) && ["for", "of"].contains(&next) {
            return Some(word.as_ptr() as usize - before.as_ptr() as usize);
        }
        next = word;
    }
    None
}

/// The country or body in *Northern Ireland secretary* and *the Secretary-General’s envoy*.
pub(crate) fn office_abroad(phrase: &str) -> Option<&'static str> {
    let offices = [
        ("northern ireland secretary", "United Kingdom"),
        ("scotland secretary", "United Kingdom"),
        ("emergency relief coordinator", "United Nations"),
        ("secretary-general's ", "United Nations"),
        ("secretary-general’s ", "United Nations"),
    ];
    let phrase = phrase.to_lowercase();
    offices.iter().find(|(office, _)| phrase.contains(office)).map(|(_, whose)| *whose)
}

/// Whether words end as an office does that is for what follows, and not of it: *special envoy for*.
pub(crate) fn is_charge(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(" the").to_lowercase();
    let charges = ["envoy for", "special representative for", "coordinator for", "minister for", "director for"];
    charges.iter().any(|charge| before.ends_with(charge))
}

/// The country whose office this is, where its name alone tells.
pub(crate) fn office_of(role: &str) -> Option<&'static str> {
    const OFFICES: [(&str, &str); 17] = [
        ("House Speaker", "United States"),
        ("Budget director", "United States"),
        ("Tánaiste", "Ireland"),
        ("Secretary of State", "United States"),
        ("Secretary of Defense", "United States"),
        ("Defense Secretary", "United States"),
        ("Treasury Secretary", "United States"),
        ("Homeland Security Secretary", "United States"),
        ("Commerce Secretary", "United States"),
        ("Congressman", "United States"),
        ("Congresswoman", "United States"),
        ("White House", "United States"),
        ("State Department", "United States"),
        ("Foreign Secretary", "United Kingdom"),
        ("Home Secretary", "United Kingdom"),
        ("Defence Secretary", "United Kingdom"),
        ("Taoiseach", "Ireland"),
    ];
    OFFICES.iter().find(|(office, _)| role.contains(office)).map(|(_, country)| *country)
}

#[cfg(test)]
mod tests {
    use pourparler_dossier::Dossier;

    use super::*;

    #[test]
    fn the_body_right_before_an_office() {
        let gazetteer = Gazetteer::new(&Dossier::general());
        for (before, phrase, body) in [
            ("At the vote, ", "TLP vice chairman", Some("TLP")),
            ("", "T&N Chairman and CEO", Some("T&N")),
            ("said Ana Oren, ", "a Tarnel Air official", Some("Tarnel Air")),
            ("said Ana Oren, ", "the Tarnford manager", Some("Tarnford")),
            ("It ended. ", "TLP-Rail Secretary-General", Some("TLP-Rail")),
            ("said Ana Oren, ", "Tarnel’s chief executive", Some("Tarnel")),
            ("The ", "Party for Work and Rest presidential nominee", Some("Party for Work and Rest")),
            // A place, an organ, somebody's creed or people, the first word of a sentence, an office of a state.
            ("The ", "Peruvian chairman", None),
            ("The ", "Senate chairman", None),
            ("The ", "Tarnish chairman", None),
            ("The ", "Oromo leader", None),
            ("It ended. ", "Company spokesman", None),
            ("It ended. ", "Elected chairman", None),
            ("The ", "Tarn governor", None),
            ("", "Its chairman", None),
        ] {
            let text = format!("{before}{phrase} Bo Tarn");
            let phrase = &text[before.len()..before.len() + phrase.len()];
            assert_eq!(owner_of_office(phrase, &text, &[], &gazetteer).as_deref(), body, "{text}");
        }
    }
}
