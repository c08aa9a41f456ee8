//! Which party or movement the words beside a name tell: *Democrat Ana Oren*, *Ana Oren (D-MI)*, *a moderate Republican*.

use pourparler_dossier::{Form, Gazetteer};
use pourparler_text::names::fold;

use crate::lexicon::seeks_office;

/// The movement in *New York Republican congressman*, where it is no head of a state's.
pub(crate) fn partisan(phrase: &str, gazetteer: &Gazetteer) -> Option<String> {
    let words = fold(phrase);
    let of_all = words.iter().any(|w| w == "president") && !words.iter().any(|w| seeks_office(w));
    let places = gazetteer.scan(phrase);
    let movement = places
        .iter()
        .find(|(r, place)| place.form == Form::Movement && !of_longer_name(&phrase[..r.start]))
        .map(|(_, place)| place.party);
    let sits = [
        "congressman",
        "congresswoman",
        "senator",
        "representative",
        "presidential",
        "candidate",
        "nominee",
        "strategist",
        "vice",
    ];
    let votes = ["primary", "primaries"];
    let democratic = words
        .windows(2)
        .any(|w| w[0] == "democratic" && (sits.contains(&w[1].as_str()) || votes.contains(&w[1].as_str())));
    movement.or_else(|| democratic.then_some("Democratic Party")).filter(|_| !of_all).map(str::to_owned)
}

/// Whether a party's name goes on with words before it: *Free Democrat*, *Flemish Christian Democrat* are no Democrats.
fn of_longer_name(before: &str) -> bool {
    let word = before.trim_end().rsplit(' ').next().unwrap_or_default();
    ["Christian", "Free", "Liberal", "National", "New", "Progressive", "Social"].contains(&word)
}

/// The movement in *Democrat Ana Oren*, *a Republican, Ana Oren*.
pub(crate) fn partisan_before(before: &str, gazetteer: &Gazetteer) -> Option<String> {
    let trimmed = before.trim_end().trim_end_matches(',');
    let word = trimmed.rsplit(' ').next()?;
    let place = gazetteer.lookup(word).filter(|_| !of_longer_name(&trimmed[..trimmed.len() - word.len()]))?;
    (place.form == Form::Movement && !word.ends_with('s')).then(|| place.party.to_owned())
}

/// The movement in *Ana Oren, a conservative Republican*.
pub(crate) fn partisan_after(after: &str, gazetteer: &Gazetteer) -> Option<String> {
    // *Senator Ana Oren (Conn.), the ranking Democrat on the committee*
    let after = after.strip_prefix(" (").and_then(|rest| Some(rest.split_once(')')?.1)).unwrap_or(after);
    let begun = [", a ", ", an ", ", the ranking ", ", the top "];
    // *Senator Ana Oren, Republican of Ohio*
    let of_state = |rest: &&str| rest.starts_with(char::is_uppercase) && rest.contains(" of ");
    let rest = begun
        .iter()
        .find_map(|begun| after.strip_prefix(begun))
        .or_else(|| after.strip_prefix(", ").filter(of_state))?;
    let phrase = &rest[..rest.find([',', '.', ';', '\n']).unwrap_or(rest.len())];
    let behind = [" who ", " on the ", " from ", " of "];
    let end = behind.iter().filter_map(|small| phrase.find(small)).min().unwrap_or(phrase.len());
    let phrase = &phrase[..end];
    let places = gazetteer.scan(phrase);
    let (range, place) = places.last()?;
    let ends = range.end == phrase.len() && phrase.split(' ').count() <= 4 && !of_longer_name(&phrase[..range.start]);
    (ends && place.form == Form::Movement).then(|| place.party.to_owned())
}

/// Whom a member of the United States Congress sits for: *(D-MI)*, *, R-Alabama*.
pub(crate) fn seated_for(after: &str) -> Option<&'static str> {
    let tag = after.strip_prefix(" (").or_else(|| after.strip_prefix(", "))?;
    let (letter, state) = tag.split_once(['-', '–'])?;
    let party = match letter {
        "D" => "Democratic Party",
        "R" => "Republican Party",
        _ => return None,
    };
    state.starts_with(char::is_uppercase).then_some(party)
}

/// The party in *Opposition Leader Ana Oren of Yesh Tarn*, which nothing but its capitals tells.
pub(crate) fn party_of_member(after: &str, gazetteer: &Gazetteer) -> Option<String> {
    let rest = after.strip_prefix(" of the ").or_else(|| after.strip_prefix(" of "))?;
    let proper = |w: &&str| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphanumeric() || c == '-');
    let words: Vec<&str> = rest.split(' ').take_while(proper).collect();
    let name = words.join(" ");
    (words.len() > 1 && words.len() < 5 && gazetteer.scan(&name).is_empty()).then_some(name)
}
