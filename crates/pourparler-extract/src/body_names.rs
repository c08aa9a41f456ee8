//! The whole name of a body of which the tagger saw a part: *Tarnish League for the Defence of Human Rights* where it saw *League for*,
//! *Inspectors’ Association* where it saw *Association*, without the words of the office behind it, *Tarn Trust* of *Tarn Trust medical
//! director*.
//!
//! A name is made of capitalised words around a word for a body (*League*, *University*), with what follows *of* and *for*. It ends before
//! an office, a day, another name that the tagger saw for itself, and does not go on behind a name that the table of countries and bodies
//! has.

use std::ops::Range;

use pourparler_dossier::{Form, Gazetteer};
use pourparler_text::Span;
use pourparler_text::names::fold;

use crate::act::listed;
use crate::decode::{Entity, EntityKind};
use crate::lexicon::{is_modifier, is_organ, is_private_body, is_role, opens};
use crate::misread::OF_OFFICES;
use crate::people::{given_name, is_day};

/// Words for bodies, beside those of private bodies, that stand in names which the words around them belong to.
const HEADS: &str = "academy, agency, authority, bank, board, bureau, campaign, center, centre, chamber, college, commission, committee, \
    confederation, conference, congress, convention, council, fund, hospital, initiative, museum, organisation, organization, panel, \
    project, school, service, trust";

/// Those of them behind which *on* and a subject may stand: *Council on Tarn Relations*.
const ON_A_SUBJECT: &str =
    "alliance, center, centre, coalition, commission, committee, conference, council, institute, network, panel";

/// What somebody in an office sees to.
const FIELDS: &str = "advocacy, artistic, audit, campaign, campaigns, commercial, communications, creative, editorial, executive, financial, legal, \
    managing, marketing, media, medical, operations, policy, product, programme, program, research, scientific, special, technical";

/// What begins a sentence before a name and is no part of it.
const BEFORE_NAMES: &str = "a, an, current, former, its, her, his, new, our, some, the, their, then, this, while";

/// The same entities, the names of bodies each in whole.
pub(crate) fn whole(text: &str, entities: Vec<Entity>, gazetteer: &Gazetteer) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::with_capacity(entities.len());
    for mut entity in entities.iter().copied() {
        // What has become part of the name before is no name of its own.
        if found.last().is_some_and(|last| entity.span.start < last.span.end) {
            continue;
        }
        if entity.kind == EntityKind::Organisation {
            let Some(range) = named(text, entity.span.into(), &entities, gazetteer) else { continue };
            entity.span = Span::new(range.start, range.end);
        }
        // A name may begin before what the tagger saw of it.
        while found.last().is_some_and(|last| entity.span.start < last.span.end) {
            found.pop();
        }
        found.push(entity);
    }
    found
}

/// Whether a word of a name tells that a body is meant that is no organ of a state.
pub(crate) fn is_head(word: &str) -> bool {
    let word = word.to_lowercase();
    is_private_body(&word) || listed(HEADS, &word)
}

/// A name without the small words at its end, and without the office that the tagger took for a part of it; `None` where it is an office.
fn without_office(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    let words: Vec<&str> = text.get(name.clone())?.split(' ').collect();
    let mut kept = words.len();
    let capital = |w: &str| w.chars().any(char::is_uppercase);
    while kept > 0 && (!capital(words[kept - 1]) && !words[kept - 1].chars().any(|c| c.is_ascii_digit())) {
        kept -= 1;
    }
    // *Tarn Relations Executive Director*, *Policy Director*
    if kept > 1 && is_role(words[kept - 1]) && !is_head(words[kept - 1]) {
        let of_office = |w: &str| is_role(w) || is_modifier(w) || listed(FIELDS, &w.to_lowercase());
        while kept > 0 && of_office(words[kept - 1]) {
            kept -= 1;
        }
        // What is left of *Permanent Representative* is no name.
        let name = |w: &str| w.chars().all(|c| !c.is_lowercase()) || is_head(w);
        if kept == 1 && words.len() > 1 && !name(words[0]) && !OF_OFFICES.contains(&words[1]) {
            return None;
        }
    }
    let last = words[..kept].last()?;
    Some(name.start..last.as_ptr() as usize + last.len() - text.as_ptr() as usize)
}

/// A name with what goes on without a space: *R&D* of *&D*.
fn within(text: &str, seen: Range<usize>) -> Range<usize> {
    let joined = |c: char| c.is_alphanumeric() || c == '&';
    let name = &text[seen.clone()];
    let start = if name.starts_with('&') { text[..seen.start].trim_end_matches(joined).len() } else { seen.start };
    let rest = &text[seen.end..];
    let more = if name.ends_with('&') || rest.starts_with('&') {
        rest.len() - rest.trim_start_matches(joined).len()
    } else {
        0
    };
    start..seen.end + more
}

/// The whole name of the body of which the tagger saw this part.
fn named(text: &str, seen: Range<usize>, entities: &[Entity], gazetteer: &Gazetteer) -> Option<Range<usize>> {
    let mut name = without_office(text, within(text, seen.clone()))?;
    // *Peru’s Tarn Institute*
    if let Some((owner, own)) = ["'s ", "’s "].iter().find_map(|mark| text[name.clone()].split_once(mark))
        && gazetteer.lookup(owner).is_some()
        && own.starts_with(char::is_uppercase)
    {
        name.start = name.end - own.len();
    }
    // What stands in the table ends there; an organ of a state is told by its words alone.
    let organ = |name: &str| name.contains(' ') && is_organ(&fold(name));
    if known(&text[name.clone()], gazetteer) || organ(&text[name.clone()]) {
        return Some(longer(text, name, gazetteer));
    }
    name.end = end_of(text, name.clone(), seen.end, entities, gazetteer);
    name.start = start_of(text, name.clone(), entities, gazetteer);
    Some(name)
}

fn known(name: &str, gazetteer: &Gazetteer) -> bool {
    gazetteer.lookup(name.trim_start_matches("the ")).is_some()
}

fn has_head(name: &str) -> bool {
    name.split([' ', '-']).any(is_head)
}

fn proper(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !is_role(word) && !is_day(word)
}

/// Where a name ends that may go on: with capitalised words, and those behind *of* and *for*. What the tagger saw of it ends at `seen`.
fn end_of(text: &str, name: Range<usize>, seen: usize, entities: &[Entity], gazetteer: &Gazetteer) -> usize {
    let Range { start, mut end } = name;
    let another = |at: usize| entities.iter().any(|e| e.span.start == at && at >= seen);
    while let Some(next) = text[end..].strip_prefix(' ') {
        let name = &text[start..end];
        // An office that was taken in ends it.
        if without_office(text, start..end).is_none_or(|own| own.end != end) {
            break;
        }
        let word = first_word(next);
        let at = end + 1;
        if proper(word) && (is_head(word) || has_head(name) && goes_on(name)) {
            if another(at) && !is_head(word) || begins_person(next) {
                break;
            }
            end = at + word.len();
            continue;
        }
        let last = name.rsplit(' ').next().unwrap_or_default();
        let joins = match word {
            "of" | "for" => has_head(name) && !known(name, gazetteer),
            "on" => listed(ON_A_SUBJECT, &last.to_lowercase()),
            "and" => name.split(' ').any(|w| ["of", "for", "on"].contains(&w)),
            _ => false,
        };
        let behind = next[word.len()..].trim_start();
        let (behind, article) = behind.strip_prefix("the ").map_or((behind, false), |behind| (behind, true));
        let subject = first_word(behind);
        let subject_at = behind.as_ptr() as usize - text.as_ptr() as usize;
        let parted = word == "and" && (article || another(subject_at));
        let field = is_modifier(subject) && office_follows(behind);
        if !joins || !proper(subject) || parted || begins_person(behind) || field {
            break;
        }
        end = subject_at + subject.len();
    }
    end
}

/// Where a name begins of which words may stand before what was seen: capitalised ones; what begins a sentence only where it tells.
fn start_of(text: &str, name: Range<usize>, entities: &[Entity], gazetteer: &Gazetteer) -> usize {
    let Range { mut start, end } = name;
    while let Some(before) = text[..start].strip_suffix(' ') {
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let word = line.rsplit(' ').next().unwrap_or_default();
        let at = before.len() - word.len();
        let joint = line[..line.len() - word.len()].trim_end().rsplit(' ').next().unwrap_or_default();
        // *Chamber of Commerce*, of which the last word was seen; *Bill and Melinda Tarn Foundation*
        let outer = ["of", "for"].contains(&word) && proper(joint) && is_head(joint);
        let first = first_word(&text[start..end]);
        let couple = word == "and" && given_name(first).is_some() && given_name(joint).is_some();
        let body = has_head(&text[start..end]);
        if outer || couple && body {
            start = joint.as_ptr() as usize - text.as_ptr() as usize;
            continue;
        }
        let opening = begins_sentence(&text[..at]);
        let plural = word.ends_with("s'") || word.ends_with("s’");
        let owned = word.ends_with("'s") || word.ends_with("’s");
        let place = gazetteer.lookup(word);
        let in_name = place.as_ref().is_none_or(|p| p.form == Form::Demonym && fits_demonym(&text[start..end]));
        let letters = word.chars().all(|c| c.is_alphanumeric() || "-'’&.".contains(c));
        let verb = opening && place.is_none() && ["ed", "ing", "ly"].iter().any(|end| word.ends_with(end));
        let taken = entities.iter().any(|e| e.kind == EntityKind::Person && e.span.start <= at && at < e.span.end);
        let fits = proper(word) && letters && in_name && (plural || !owned) && !word.ends_with('.');
        if !(body && fits) || verb || taken || begins_phrase(word) {
            break;
        }
        start = at;
    }
    start
}

/// Whether a capitalised word before a name only begins the phrase or sentence.
fn begins_phrase(word: &str) -> bool {
    listed(BEFORE_NAMES, &word.to_lowercase()) || opens(word)
}

fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '"', '“', '”', '’'])
}

/// A party's name with what makes another one of it: *Democratic Party of Tarn*, *Progressive Conservative Party*.
fn longer(text: &str, name: Range<usize>, gazetteer: &Gazetteer) -> Range<usize> {
    let Range { mut start, mut end } = name.clone();
    let movement = gazetteer.lookup(&text[name.clone()]).is_some_and(|p| p.form == Form::Movement);
    if !movement || !text[name.clone()].rsplit(' ').next().is_some_and(is_head) {
        return name;
    }
    if let Some(rest) = text[end..].strip_prefix(" of ")
        && let country = first_word(rest)
        && country.starts_with(char::is_uppercase)
        && gazetteer.lookup(country).is_some_and(|p| p.form == Form::Country)
    {
        end += " of ".len() + country.len();
    }
    if let Some(before) = text[..start].strip_suffix(' ') {
        let word = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let at = before.len() - word.len();
        let own = proper(word) && word.chars().all(char::is_alphabetic) && gazetteer.lookup(word).is_none();
        if own && !begins_sentence(&text[..at]) && !begins_phrase(word) {
            start = at;
        }
    }
    start..end
}

fn first_word(rest: &str) -> &str {
    rest.split([' ', ',', ';', '(', ')', '\n', '"', '”', '—', '–'])
        .next()
        .unwrap_or_default()
        .trim_end_matches(['.', '!', '?'])
}

/// Whether a first and a last name stand here: *the Tarn Council Ana Oren*.
fn begins_person(rest: &str) -> bool {
    let mut words = rest.split(' ');
    let first = words.next().unwrap_or_default();
    let last = words.next().unwrap_or_default();
    given_name(first).is_some() && last.starts_with(char::is_uppercase) && !is_head(first_word(last))
}

/// Whether the words behind a name are an office's: *Foreign Minister*.
fn office_follows(rest: &str) -> bool {
    rest.split(' ').skip(1).take(2).any(|w| is_role(first_word(w)))
}

/// Whether a name may go on with another capitalised word: *Center for Biological* does, *Tarn League* ends.
fn goes_on(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let small = words.iter().rposition(|w| ["of", "for", "on", "and", "the"].contains(w));
    small.is_some_and(|at| at + 2 >= words.len() - 1)
}

/// Whether the adjective of a people belongs to a name: *Tarnish Refugee Council*, and not *Tarnish National Council*.
fn fits_demonym(name: &str) -> bool {
    let own =
        ["association", "league", "society", "cross", "crescent", "federation", "foundation", "institute", "council"];
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let of_state =
        ["governing", "transitional", "legislative", "leadership", "revolutionary", "provincial", "municipal", "city"];
    let last = words.iter().position(|w| ["of", "for", "on"].contains(&w.as_str())).unwrap_or(words.len());
    let head = words[..last].last().is_some_and(|w| own.contains(&w.as_str()));
    head && !is_organ(&words) && !words.iter().any(|w| of_state.contains(&w.as_str()))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use pourparler_dossier::Dossier;

    use super::*;

    #[test]
    fn names_of_bodies_are_whole() {
        let gazetteer = Gazetteer::new(&Dossier::general());
        for (marked, expected) in [
            (
                "The Peruvian {League for} the Defence of Human Rights met.",
                "Peruvian League for the Defence of Human Rights",
            ),
            ("Police Inspectors’ {Association} chairman Bo Tarn", "Police Inspectors’ Association"),
            ("It met. {Tarn Hospitals Trust medical} director Bo Tarn", "Tarn Hospitals Trust"),
            ("{Council on} Tarn Relations Executive Director Bo Tarn", "Council on Tarn Relations"),
            ("the Norwegian {Refugee Council} said no.", "Norwegian Refugee Council"),
            ("the Bill and {Melinda Tarn Foundation} said no.", "Bill and Melinda Tarn Foundation"),
            ("Peru’s {Tarn} Institute said no.", "Tarn Institute"),
            ("{Peru’s Tarn Institute} said no.", "Tarn Institute"),
            ("{Party} for Work and Rest nominee Bo Tarn", "Party for Work and Rest"),
            ("The Joint {Council for} the Welfare of Immigrants met.", "Joint Council for the Welfare of Immigrants"),
            ("R{&D} said no.", "R&D"),
            ("said Sarn Chamber of {Commerce} chairman Bo Tarn", "Sarn Chamber of Commerce"),
            ("the Party for {Work and Rest} nominee", "Party for Work and Rest"),
            // What is no part of a name.
            ("Remarked {Tarn League} members", "Tarn League"),
            ("Current {Tarn League} members", "Tarn League"),
            ("The {European Union} on Brexit", "European Union"),
            ("The {Tarn League} on Monday", "Tarn League"),
            ("The {Tarn Council} Ana Oren left.", "Tarn Council"),
            ("The Peruvian {National Council} met.", "National Council"),
            ("{Tarn Relief} and Bo Tarn left.", "Tarn Relief"),
        ] {
            let open = marked.find('{').expect("a mark");
            let close = marked.find('}').expect("a mark") - 1;
            let text = marked.replace(['{', '}'], "");
            let entity = Entity { span: Span::new(open, close), kind: EntityKind::Organisation };
            let found = whole(&text, vec![entity], &gazetteer);
            let names: Vec<&str> = found.iter().map(|e| &text[Range::from(e.span)]).collect();
            assert_eq!(names, [expected], "{marked}");
        }
        // An office alone is no body.
        let text = "Permanent Representative Bo Tarn";
        let entity = Entity { span: Span::new(0, 24), kind: EntityKind::Organisation };
        assert!(whole(text, vec![entity], &gazetteer).is_empty());
    }

    /// Made once: it takes longer than all cases together.
    static TABLE: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(&Dossier::general()));

    proptest::proptest! {
        /// Whatever stands around it: names are stretches of the text, in order and apart.
        #[test]
        fn names_stay_in_the_text(words in proptest::collection::vec(
            proptest::sample::select(vec!["League", "for", "of", "the", "and", "Ana", "“Über", "&", "", "\n", "Peru’s", "Democratic", "Party", "said,", "Director", "é"]), 1..14,
        ), cut in 0usize..40, length in 1usize..30) {
            let text = words.join(" ");
            let marks: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = cut.min(marks.len() - 1);
            let end = (start + length).min(marks.len() - 1);
            if start < end {
                let entity = Entity { span: Span::new(marks[start], marks[end]), kind: EntityKind::Organisation };
                let after = Entity { span: Span::new(marks[end], text.len()), kind: EntityKind::Person };
                let found = whole(&text, vec![entity, after], &TABLE);
                for e in &found {
                    proptest::prop_assert!(text.get(Range::from(e.span)).is_some());
                }
                proptest::prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            }
        }
    }
}
