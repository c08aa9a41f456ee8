//! Where somebody belongs by the words right beside the name: *Ana Oren of the Civic Union*, *Ana Oren with Tarn Relief*, *Peru’s Ana Oren*.

use std::ops::Range;

use pourparler_dossier::{Form, Gazetteer};

use crate::decode::{Entity, EntityKind};
use crate::serves::{body_by_words, body_named};
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
    // *Of the centrist Oren party*
    if of.ends_with("the ") && rest.starts_with(char::is_lowercase) {
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
