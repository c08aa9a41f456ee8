//! Where somebody belongs by the words right beside the name: *Ana Oren of the Civic Union*, *Ana Oren with Tarn Relief*, *Peru’s Ana Oren*.

use std::ops::Range;

use pourparler_dossier::{Form, Gazetteer};
use pourparler_text::names::fold;

use crate::body_names::is_head;
use crate::decode::{Entity, EntityKind};
use crate::described::without_article;
use crate::lexicon::{is_any_body, is_modifier, is_organ, is_private_body, is_role, is_state_body};
use crate::people::{bare, is_former};
use crate::serves::{body_by_words, body_named, is_abbreviation};
use crate::via;

/// What is in the names of bodies that study and for which nobody speaks.
const SCHOLARLY: [&str; 9] =
    ["University", "College", "School", "Institute", "Chatham House", "Crisis Group", "Carnegie", "Brookings", "RAND"];

/// Verbs by which whoever belongs to a body speaks.
const SPEAKING: [&str; 16] = [
    "said",
    "says",
    "told",
    "tells",
    "warned",
    "warns",
    "added",
    "adds",
    "called",
    "calls",
    "urged",
    "urges",
    "argued",
    "argues",
    "noted",
    "estimated",
];

/// Whether a verb of saying stands behind a body's name, or before the name of its member: *said Ana Oren at Tarn Relief*.
fn speaks(before: &str, after: &str) -> bool {
    let behind = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let mut words = before.rsplit(' ').skip_while(|w| w.starts_with(char::is_uppercase));
    SPEAKING.contains(&behind) || words.next().is_some_and(|word| SPEAKING.contains(&word))
}

/// The organisation in *Joanna Cherry of the Scottish National Party*, *John Lee (Labour)*.
/// A country counts only where it may be what the office is of, and not where *a member of Congress* is from.
pub(crate) fn member_of(
    after: &str,
    text: &str,
    at: usize,
    entities: &[Entity],
    gazetteer: &Gazetteer,
    of_place: bool,
) -> Option<String> {
    let belongs = [
        " of the ",
        " from the ",
        " of ",
        " from ",
        ", of the ",
        ", from the ",
        ", from ",
        ", of ",
        " with the ",
        ", with the ",
        ", with ",
        ", who is with the ",
        ", who is with ",
        " with ",
        " at the ",
        " at ",
        ", speaking on behalf of the ",
        ", speaking on behalf of ",
        ", speaking for the ",
        ", speaking for ",
        " for the ",
        " for ",
    ];
    let (of, rest) = belongs.iter().find_map(|of| after.strip_prefix(of).map(|rest| (*of, rest)))?;
    let placed = [" with ", " at the ", " at "].contains(&of);
    // *Of the centrist Oren party*, *of worldwide relief group Tarn Aid*
    let called = rest.split(' ').take_while(|w| w.starts_with(char::is_lowercase)).last().is_some_and(is_any_body);
    if rest.starts_with(char::is_lowercase) && (of.ends_with("the ") || called && !of.contains(" at ")) {
        let phrase = &rest[..rest.find([',', '.', ';', '\n']).unwrap_or(rest.len())];
        if let Some(body) = body_named(phrase, text, entities, gazetteer) {
            return Some(body);
        }
    }
    // Where somebody comes from is not whom they serve.
    let of_place = of_place && !["from", "with", " at "].iter().any(|small| of.contains(small));
    let start = at + after.len() - rest.len();
    let seen = entities.iter().find(|e| e.kind == EntityKind::Organisation && e.span.start.abs_diff(start) <= 4);
    // What the tagger did not see is a body where its words tell.
    let by_words = || {
        let first = rest.split([' ', ',', '.']).next()?;
        let line = start + rest.find('\n').unwrap_or(rest.len());
        body_by_words(text, start..start + first.len(), start..line, gazetteer)
    };
    // Scholars speak for no university.
    let scholars = |name: &Range<usize>| {
        let after = text[name.end..].trim_start().trim_start_matches(['\'', '’']).trim_start_matches("s ");
        after.starts_with("University")
            || SCHOLARLY.iter().any(|school| text[name.clone()].contains(school))
            || after.starts_with("think tank")
    };
    let organisation = seen.map(|e| Range::from(e.span)).or_else(by_words);
    if organisation.as_ref().is_some_and(scholars) {
        return None;
    }
    if let Some((range, place)) = gazetteer.scan(rest).into_iter().find(|(r, _)| r.start == 0)
        // *of the Scottish National Party* names more than a country.
        && organisation.as_ref().is_none_or(|name| name.end <= start + range.end)
    {
        let country = !matches!(place.form, Form::Body | Form::Movement);
        return Some(place.party.to_owned()).filter(|_| (of_place || !country) && !placed);
    }
    let name = organisation?;
    // *Ana Oren with Tarn Relief said*, and not *they met Ana Oren at the Tarn Centre*.
    if placed && !speaks(&text[..at], &text[name.end..]) {
        return None;
    }
    let name = text[name].trim_start_matches("the ");
    if via::is_outlet(name) {
        return None;
    }
    Some(gazetteer.lookup(name).map_or(name, |p| p.party).to_owned())
}

/// The body in *Tarn Relief Fund (TRF) Policy Director* before a name.
pub(crate) fn body_abbreviated_before<'t>(
    before: &str,
    text: &'t str,
    name: usize,
    entities: &[Entity],
) -> Option<&'t str> {
    let (rest, office) = before.trim_end().rsplit_once(") ")?;
    let (whole, short) = rest.rsplit_once(" (")?;
    let held = office.split(' ').all(|w| is_role(w) || is_modifier(w) || w.starts_with(char::is_uppercase));
    let fits = held && office.split(' ').any(is_role) && short.chars().all(|c| c.is_alphanumeric());
    let line = name - text[..name].len() + text[..name].rfind('\n').map_or(0, |at| at + 1);
    let end = line + whole.len();
    let seen = |e: &&Entity| e.kind == EntityKind::Organisation && e.span.end == end;
    let body = entities.iter().find(seen).filter(|_| fits)?;
    Some(&text[Range::from(body.span)])
}

/// The body that a description names in whole, and the office without it: *Tarn Hospitals Trust medical director*, *head of the Tarn Relief
/// Center*. An organ of a state and an outlet are for others to tell.
pub(crate) fn body_served<'p>(
    phrase: &'p str,
    text: &str,
    entities: &[Entity],
    gazetteer: &Gazetteer,
) -> Option<(String, &'p str)> {
    // *The Secretary of State for Defence* is a state's.
    if phrase.contains("ecretary of State") {
        return None;
    }
    let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
    let inside =
        |e: &&Entity| e.kind == EntityKind::Organisation && at <= e.span.start && e.span.end <= at + phrase.len();
    let first = entities.iter().find(inside)?;
    let name = &text[Range::from(first.span)];
    let words = fold(name);
    let county = ["county", "city", "state", "province", "district", "region"];
    // *The Tarnish West Bank commander*: that bank is no body.
    let bank = name.ends_with("West Bank");
    let ends = bank || words.last().is_some_and(|w| is_role(w) || county.contains(&w.as_str()));
    // *The U.S. Defense Secretary* is a country's; *the Tarnish Red Cross* has a body's name behind the country's.
    let placed = gazetteer.scan(name).into_iter().find(|(r, _)| r.start == 0).is_some_and(|(r, p)| {
        let rest = name[r.end..].trim_start();
        match p.form {
            Form::Body | Form::Movement => !rest.starts_with("of "),
            _ => !rest.split(' ').any(is_head) || is_organ(&fold(rest)),
        }
    });
    // *The Police Inspectors’ Association* is no police.
    let own = words.last().is_some_and(|w| is_private_body(w));
    let of_state = is_organ(&words) || !own && words.iter().any(|w| is_state_body(w)) || ends || placed;
    let proper = name.starts_with(char::is_uppercase) && (name.contains(' ') || is_abbreviation(name));
    let known = gazetteer.lookup(name);
    let body = known.as_ref().is_some_and(|p| matches!(p.form, Form::Body | Form::Movement));
    if !proper || !body && (of_state || known.is_some()) || via::is_outlet(name) {
        return None;
    }
    let party = known.map_or(name, |p| p.party).to_owned();
    let before = phrase[..first.span.start - at].trim_end();
    let after = &phrase[first.span.end - at..];
    let office_in = |words: &str| {
        let words = fold(words);
        let states = words.iter().any(|w| w == "minister" || w == "ministers");
        words.iter().any(|w| is_role(w)) && !states
    };
    // *The Tarn Trust’s medical director*: nothing but an article and small words before it.
    let small = without_article(before).split_whitespace().all(|w| w.starts_with(char::is_lowercase) && !is_role(w));
    let joints = ["of", "for", "at", "with", "from", "to", "in"];
    if small && !before.split(' ').any(|w| joints.contains(&w)) {
        let office = ["’s ", "'s ", "’ ", "' ", " "].iter().find_map(|mark| after.strip_prefix(mark))?;
        let held = &office
            [..[" of ", " for ", " at ", " in "].iter().filter_map(|of| office.find(of)).min().unwrap_or(office.len())];
        let named =
            held.split(' ').any(|w| w.starts_with(char::is_uppercase) && !is_role(bare(w)) && !is_modifier(bare(w)));
        return (office_in(held) && !named && !is_former(&fold(before))).then_some((party, office));
    }
    // *Director of the Tarn Rivers study*: the name says less than what it is part of.
    let next = after.strip_prefix(' ').map(|rest| rest.split([' ', ',']).next().unwrap_or_default());
    if next.is_some_and(|w| {
        w.len() > 3 && w.starts_with(char::is_lowercase) && !["from", "with", "that", "which"].contains(&w)
    }) {
        return None;
    }
    // *Head of the Tarn Relief Center*, *director of Peru’s Tarn Institute*: right behind the small word.
    let mut rest = before;
    while let Some((words, last)) = rest.rsplit_once(' ') {
        let advises = last == "to" && words.contains("dvis");
        if ["of", "for", "at", "with"].contains(&last) || advises {
            return office_in(words).then_some((party, words));
        }
        let country = gazetteer.lookup(last).is_some() && (last.ends_with("'s") || last.ends_with("’s"));
        if !(["the", "a", "an"].contains(&last) || country) {
            return None;
        }
        rest = words;
    }
    None
}

/// What stands in the possessive at the end of a stretch.
fn owner_in(before: &str) -> Option<&str> {
    let trimmed = before.trim_end();
    trimmed.strip_suffix("’s").or_else(|| trimmed.strip_suffix("'s"))
}

/// An organisation in the possessive right before a name.
pub(crate) fn owner_before(before: &str, text: &str, at: usize, entities: &[Entity]) -> Option<String> {
    let owner = owner_in(before)?;
    let end = at - (before.len() - owner.len());
    let seen =
        entities.iter().find(|e| e.kind == EntityKind::Organisation && e.span.start < end && end <= e.span.end)?;
    // *Al Jazeera’s Ana Oren*, of which the tagger may have seen the last word, speaks for herself.
    let whole = owner.rsplitn(3, ' ').take(2).last().map_or(0, |word| word.as_ptr() as usize - owner.as_ptr() as usize);
    let name = text[seen.span.start..end].trim_start_matches("the ");
    (!via::is_outlet(&owner[whole..]) && !via::is_outlet(name)).then(|| name.to_owned())
}

/// The country in the possessive right before a name: *Peru’s Ana Oren*.
pub(crate) fn country_before(before: &str, gazetteer: &Gazetteer) -> Option<String> {
    let owner = owner_in(before)?;
    let (range, place) = gazetteer.scan(owner).pop()?;
    (range.end == owner.len() && place.form == Form::Country).then(|| place.party.to_owned())
}

#[cfg(test)]
mod tests {
    use pourparler_text::SpeakerKind::{Organisation, Person, Unnamed};

    use crate::speaker::tests::expect_all;

    #[test]
    fn whose_office_by_the_name_beside_it() {
        let ana = |marked, party| (marked, "Ana Oren", Person, party);
        expect_all(&[
            ana(
                "[<Ana Oren>, spokeswoman for the {Norwegian Refugee Council},] said no.",
                Some("Norwegian Refugee Council"),
            ),
            ana("[{Tarn Hospitals Trust} medical director <Ana Oren>] said no.", Some("Tarn Hospitals Trust")),
            ana("[{University of Canberra} chief executive <Ana Oren>] said no.", Some("University of Canberra")),
            ana(
                "[<Ana Oren>, president of the {Peruvian League for the Defence of Rights},] said no.",
                Some("Peruvian League for the Defence of Rights"),
            ),
            ana("[{Wikimedia Ukraine Society} board member <Ana Oren>] said no.", Some("Wikimedia Ukraine Society")),
            ana("The {Tarn Relief Fund} (TRF) [Policy Director <Ana Oren>] said no.", Some("Tarn Relief Fund")),
            ana(
                "[Professor <Ana Oren>, Director General of Peru’s {Tarn Research Institute},] said no.",
                Some("Tarn Research Institute"),
            ),
            ana("<Ana Oren> spoke. Oren is the head of the {Tarn Information Center} in Lima. [<Oren>] said no.", None),
            ana(
                "<Ana Oren> is the head of the {Tarn Information Center} in Lima. [<Oren>] said no.",
                Some("Tarn Information Center"),
            ),
            ana("[<Ana Oren> of worldwide relief group {Tarn Aid}] said no.", Some("Tarn Aid")),
            ana(
                "[The general secretary of the {TRU} union (Tarn Rail, Roads and Ships), <Ana Oren>,] said no.",
                Some("TRU"),
            ),
            ana(
                "[<Ana Oren>, an adviser to the {Tarn Mothers’ Association},] said no.",
                Some("Tarn Mothers’ Association"),
            ),
            ana(
                "[{Police Inspectors’ Association} chairman <Ana Oren>] said no.",
                Some("Police Inspectors’ Association"),
            ),
            ana("[{Democratic Party of Kosovo} leader <Ana Oren>] said no.", Some("Democratic Party of Kosovo")),
            ana("The {Tarnals} met. [Tarnals leader <Ana Oren>] said no.", Some("Tarnals")),
            ana("[Tarnel spokeswoman <Ana Oren>] said no.", Some("Tarnel")),
            ana("The {R&D} met. [Senior vice president <Ana Oren>] said no.", Some("R&D")),
            // The country's, and not the one that the office is for.
            ana("Saudi Arabia. [US Special Representative for {Iran} <Ana Oren>] said no.", Some("United States")),
            ana("Peru. [U.S. {Defense} Secretary <Ana Oren>] said no.", Some("United States")),
            // A party by its adjective.
            ana("[Democratic vice presidential nominee <Ana Oren>] said no.", Some("Democratic Party")),
            ana("[<Ana Oren>, who was a candidate in the Democratic primary,] said no.", Some("Democratic Party")),
            // The owner right before the office; a field commander's body; a party that has another one's name in it.
            ana("Sudan. [In Khartoum Chad’s ambassador, <Ana Oren>,] said no.", Some("Chad")),
            ana("[{Tarn and Sarn Movement} field commander <Ana Oren>] said no.", Some("Tarn and Sarn Movement")),
            ana("Democrats met. [<Ana Oren>, a Flemish Christian Democrat,] said no.", None),
            ana("Peru. [Peru’s Minister of Labour and {Productivity}, <Ana Oren>,] said no.", Some("Peru")),
            // Of nobody: an office of old, anybody's spokesman, whom somebody else leads.
            ana("[Former {Tarn Relief} director <Ana Oren>] said no.", None),
            ana("[Hospital spokeswoman <Ana Oren>] said no.", None),
            ana(
                "Polls showed Democratic Party nominee <Bo Kesk> leading President <Ana Oren>. [<Oren>] said no.",
                None,
            ),
            // A body that is named in whole elsewhere, or has another one's name in it.
            ("The {Arab League} met. [{League} officials] said no.", "League officials", Unnamed, Some("Arab League")),
            ("[{Al-Manar} officials] said no. Peru.", "Al-Manar officials", Unnamed, Some("Al-Manar")),
            (
                "[The {Progressive Conservative Party}] said no.",
                "Progressive Conservative Party",
                Organisation,
                Some("Progressive Conservative Party"),
            ),
            ("[An investigation by {Tarn Facts}] said no.", "Tarn Facts", Organisation, Some("Tarn Facts")),
        ]);
    }
}
