//! Whom somebody serves, by the words that describe them: a party, a firm, a city, another person.

use std::ops::Range;

use pourparler_dossier::{Form, Gazetteer, Place};
use pourparler_text::names::fold;

use crate::beside_names::is_courtesy;
use crate::decode::{Entity, EntityKind};
use crate::described::without_article;
use crate::lexicon::{is_body, is_independent, is_modifier, is_organ, is_private_body, is_role, is_state_body};
use crate::offices::{CLUBS, in_name_of_body, is_charge};
use crate::people::{Person, bare, is_former};
use crate::speaker::Resolver;
use crate::via;

/// Heads of what is somebody's: *the Oren administration*, *Tal’s campaign*.
const SOMEBODYS: [&str; 8] =
    ["administration", "government", "campaign", "camp", "team", "cabinet", "goverment", "regime"];

/// So many bytes before the head of a firm comes, the firm is named.
const NEAR: usize = 400;

/// What a body that was named before may be called.
const GENERAL: [&str; 26] = [
    "alliance",
    "front",
    "coalition",
    "league",
    "movement",
    "bloc",
    "group",
    "company",
    "firm",
    "charity",
    "committee",
    "organisation",
    "organization",
    "association",
    "union",
    "foundation",
    "commission",
    "party",
    "bank",
    "club",
    "society",
    "council",
    "university",
    "airline",
    "school",
    "hospital",
];

/// Whether those of this office speak for nobody unless the text says so.
pub(crate) fn speaks_for_none(role: &[String]) -> bool {
    role.iter().any(|w| is_independent(w)) && !role.iter().any(|w| w == "government")
}

/// Whether somebody speaks for a client: *his attorney*, *a legal representative*; a *U.S. Attorney* serves a state.
pub(crate) fn serves_client(role: &str) -> bool {
    let has = |word: &str| role.split(' ').any(|w| w == word);
    let public = ["general", "district", "state", "city", "county"];
    has("attorney") && !public.into_iter().any(has) || has("legal") && has("representative")
}

/// Whether somebody of this office is at the head of a firm: *CEO*, *chief executive*.
pub(crate) fn heads_firm(role: &[String]) -> bool {
    let vice = |w: &[String]| (w[0] == "senior" || w[0] == "executive") && w[1] == "vice" && w[2] == "president";
    role.iter().any(|w| w == "ceo" || w == "cfo")
        || role.windows(2).any(|pair| pair == ["chief", "executive"])
        || role.windows(3).any(vice)
}

impl Resolver<'_> {
    /// The body that is named last before a place, not far from it.
    pub(crate) fn named_before(&self, at: usize) -> Option<String> {
        let near = |e: &&Entity| e.kind == EntityKind::Organisation && e.span.end <= at && at - e.span.end < NEAR;
        let entity = self.entities.iter().rfind(near)?;
        let name = without_article(&self.text[Range::from(entity.span)]);
        let words = fold(name);
        let of_state = is_organ(&words) || words.iter().any(|w| is_state_body(w) || is_role(w));
        if of_state || via::is_outlet(name) || self.is_somebody(name) {
            return None;
        }
        self.place(name).map_or_else(|| Some(name.to_owned()), |body| body.party)
    }

    /// Whom a person without a party of their own serves, by the phrases that describe them.
    pub(crate) fn master_of(&self, person: &Person) -> Option<String> {
        let phrases = || person.phrases.iter();
        let master = |phrase: &Range<usize>| self.named_in(phrase).find(|p| !std::ptr::eq(*p, person));
        phrases().find_map(|phrase| self.party_of(master(phrase)?)).or_else(|| phrases().find_map(|p| self.body_in(p)))
    }

    /// The people whom a phrase names.
    fn named_in(&self, phrase: &Range<usize>) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|p| p.mentions.iter().any(|m| phrase.start <= m.start && m.end <= phrase.end))
    }

    /// The party of the person whom a phrase names as the master: *an aide to Mr. Oren*, *a spokeswoman for Oren*, even where it takes the
    /// rest of the article to tell it.
    pub(crate) fn mastered(&self, phrase: &Range<usize>) -> Option<String> {
        self.named_in(phrase).next().and_then(|p| self.state_of(p))
    }

    /// Whom a person speaks for by what is told of them, or else by the state that their office serves.
    fn state_of(&self, person: &Person) -> Option<String> {
        let words = person.role_words();
        let holds = person.of_state && !is_former(&words) && !speaks_for_none(&words);
        let first = person.mentions.first().map_or(0, |m| m.start);
        self.party_of(person).or_else(|| self.home(first).filter(|_| holds))
    }

    /// The body that a phrase only calls one: *the group’s chairman*, *the head of the charity*.
    pub(crate) fn body_in(&self, phrase: &Range<usize>) -> Option<String> {
        // *The committee’s chairman* begins with its article, whatever was taken for the title.
        let article = ["the ", "The "].iter().any(|the| self.text[..phrase.start].ends_with(the));
        let start = if article { phrase.start - "the ".len() } else { phrase.start };
        let words: Vec<&str> = self.text.get(start..phrase.end)?.split_whitespace().collect();
        let called = |pair: &&[&str]| pair[0].eq_ignore_ascii_case("the") && GENERAL.contains(&bare(pair[1]));
        let named = words.windows(2).find(called).map(|pair| bare(pair[1]).to_owned());
        let general = named.or_else(|| general_before_office(&words))?;
        self.body_called(&general, phrase.start)?.party
    }

    /// The party of *the Oren administration* or *the Oren campaign*.
    pub(crate) fn led_by(&self, phrase: &str) -> Option<String> {
        let words: Vec<&str> = phrase.split_whitespace().map(bare).collect();
        let owner =
            words.windows(2).find(|pair| SOMEBODYS.contains(&pair[1]) && pair[0].starts_with(char::is_uppercase))?[0];
        match self.people.iter().find(|p| fold(&p.name).last() == fold(owner).last()) {
            Some(person) => self.party_of(person),
            None => self.leads_for(owner),
        }
    }
}

/// The general word for a body right before an office: *Company spokesman*, *a university official*.
fn general_before_office(words: &[&str]) -> Option<String> {
    let rest = match words {
        [first, rest @ ..] if ["a", "an", "the"].contains(&first.to_lowercase().as_str()) => rest,
        all => all,
    };
    let (body, office) = rest.split_first()?;
    let held = office.iter().map(|w| bare(w)).take_while(|w| is_role(w) || is_modifier(w)).any(is_role);
    let general = body.to_lowercase();
    (held && GENERAL.contains(&general.as_str())).then_some(general)
}

/// The place whose mayor or governor somebody is: *the mayor of Oren*, *Tarn Governor*; no country.
pub(crate) fn seat_held(phrase: &str, text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> Option<String> {
    let local = ["mayor", "governor", "premier"];
    let words = fold(phrase);
    let of_state = words.windows(2).any(|pair| pair == ["chief", "minister"]);
    if !of_state && !words.iter().any(|w| local.contains(&w.as_str())) {
        return None;
    }
    // *The mayor of Oren*, whatever the tagger took it for
    let city = phrase.split_once("ayor of ").map(|(_, rest)| rest.split([',', '.', ';']).next().unwrap_or_default());
    let proper = |city: &&str| {
        city.split(' ').count() <= 3 && city.split(' ').all(|w| w.starts_with(char::is_uppercase) && !is_role(bare(w)))
    };
    if let Some(city) = city.filter(proper).filter(|city| gazetteer.lookup(city).is_none()) {
        return Some(city.to_owned());
    }
    let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
    let sentence = text[..at].rfind(['\n', '.']).map_or(0, |i| i + 1);
    let country = |name: &str| gazetteer.lookup(name).is_some_and(|p| matches!(p.form, Form::Country | Form::Demonym));
    let named = |from: usize| {
        let places = entities.iter().filter(move |e| e.kind == EntityKind::Place && from <= e.span.start);
        places.filter(|e| e.span.end <= at + phrase.len()).map(|e| text[Range::from(e.span)].trim_start_matches("the "))
    };
    match named(at).next() {
        Some(name) => Some(name).filter(|name| !country(name)),
        // *In Tarnshire, Governor Ana Oren*
        None => named(sentence).next_back().filter(|name| !country(name) && !phrase.contains(" of ")),
    }
    .map(str::to_owned)
}

/// The whole name that begins with a word, where the tagger saw none: a capital begins it, and one of its words tells that a body is meant.
pub(crate) fn body_by_words(
    text: &str,
    first: Range<usize>,
    within: Range<usize>,
    gazetteer: &Gazetteer,
) -> Option<Range<usize>> {
    if !text[first.clone()].starts_with(char::is_uppercase) {
        return None;
    }
    let whole = whole_organisation(text, first, within, gazetteer);
    text[whole.clone()].split(' ').any(names_body).then_some(whole)
}

/// Whether a word of a name tells that a body is meant.
fn names_body(word: &str) -> bool {
    is_private_body(word) || is_body(word) || ["Center", "Centre"].contains(&word)
}

/// An organisation's name with the capitalised words of its phrase around it, which the tagger may have missed: *Tarn Society* where
/// it saw *Tarn*, *League for the Defence of Tarn*.
pub(crate) fn whole_organisation(
    text: &str,
    range: Range<usize>,
    phrase: Range<usize>,
    gazetteer: &Gazetteer,
) -> Range<usize> {
    let Range { mut start, mut end } = range;
    let proper = |w: &str| w.starts_with(char::is_uppercase) && !(is_role(bare(w)) || is_modifier(bare(w)));
    while end < phrase.end && !text[..end].ends_with([',', '.']) {
        let rest = &text[end..phrase.end];
        // *Tarn People’s Republic*, *Queen’s University*
        if let Some((mark, next)) = ["'s ", "’s "].iter().find_map(|mark| Some((*mark, rest.strip_prefix(mark)?)))
            && let word = next.split([' ', ',', ';', '(']).next().unwrap_or_default()
            && word.starts_with(char::is_uppercase)
            && (is_private_body(word) || ["Republic", "Army", "Council", "Congress"].contains(&word))
            && ["People", "Queen", "King", "Women", "Workers", "Children"].iter().any(|own| text[..end].ends_with(own))
        {
            end += mark.len() + word.len();
            continue;
        }
        let Some(next) = rest.strip_prefix(' ').or_else(|| rest.strip_prefix('-')) else { break };
        let word = next.split([' ', ',', ';', '(']).next().unwrap_or_default();
        // *for the Defence*: small words belong to the name of a body where a capitalised one follows.
        let last = text[start..end].rsplit(' ').next().unwrap_or_default();
        let of_body = names_body(last) || ["and", "the"].contains(&last);
        let small = of_body
            && ["for", "of", "the", "and"].contains(&word)
            && next[word.len()..].trim_start().split(' ').find(|w| *w != "the").is_some_and(proper);
        // *The People Power* Party, whatever else may be called a party.
        let ends = word.starts_with(char::is_uppercase) && is_private_body(word);
        if !(proper(word) || small || ends) || word.contains(['\'', '’']) {
            break;
        }
        end += 1 + word.len();
    }
    // What does not go on is no part of it.
    while let Some(name) = [" for", " of", " the", " and"].iter().find_map(|small| text[start..end].strip_suffix(small))
    {
        end = start + name.len();
    }
    while let Some(before) = text[phrase.start..start].strip_suffix(' ') {
        let word = before.rsplit(' ').next().unwrap_or_default();
        // *Party for Socialism and Liberation*, of which the last word was seen.
        if ["and", "for"].contains(&word)
            && let Some(at) = in_name_of_body(before[..before.len() - word.len()].trim_end(), word)
        {
            start = phrase.start + at;
            continue;
        }
        let owner = word.ends_with("'s") || word.ends_with("’s");
        // *The Tarnish Retailers Association* bears its country in its name, *the Tarnish Green Party* does not.
        let in_name = || {
            let own = ["association", "league", "society", "cross", "crescent", "federation", "foundation"];
            let named = |p: Place| p.form == Form::Demonym;
            gazetteer.lookup(word).is_some_and(named)
                && fold(&text[start..end]).iter().any(|w| own.contains(&w.as_str()))
        };
        if !proper(word)
            || owner
            || gazetteer.lookup(word).is_some() && !in_name()
            || word.ends_with([',', ';', '.'])
            || ["The", "A", "An"].contains(&word)
        {
            break;
        }
        start -= word.len() + 1;
    }
    start..end
}

/// The body in *a spokesman for Tarn Air*, *an Oren spokeswoman*, by capital letters alone, where the tagger saw none.
pub(crate) fn served_by_words(text: &str, phrase: Range<usize>, gazetteer: &Gazetteer) -> Option<Range<usize>> {
    let words = text.get(phrase.clone())?;
    let proper = |w: &str| {
        let plain = bare(w);
        (plain.starts_with(char::is_uppercase) || plain.starts_with("al-"))
            && !(is_role(plain) || is_modifier(plain) || is_courtesy(plain))
    };
    let serving = |w: &str| {
        w.starts_with("spokes") || ["official", "officials", "representative", "executive", "executives"].contains(&w)
    };
    let (office, after) = [" for ", " from ", " at "].iter().find_map(|of| words.split_once(of)).unwrap_or((words, ""));
    let last = office.rsplit(' ').next().filter(|w| serving(w))?;
    let name = after.strip_prefix("the ").unwrap_or(after);
    let first = name.split([' ', ',']).next().unwrap_or_default();
    if !name.is_empty() {
        let start = phrase.end - name.len();
        return proper(first).then(|| whole_organisation(text, start..start + first.len(), phrase, gazetteer));
    }
    let before = ["A ", "a ", "An ", "an "].iter().find_map(|article| office.strip_prefix(article))?;
    let name = before.strip_suffix(last)?.trim_end();
    let start = phrase.start + office.len() - before.len();
    // *A Tarnish spokesman* is of a people, whether the table knows it or not.
    let people = ["an", "ish", "ese"].iter().any(|end| name.ends_with(end));
    let fits = last.starts_with("spokes") && !people && !name.is_empty();
    (fits && name.split(' ').all(proper)).then_some(start..start + name.len())
}

/// The organisation in *leader of the Civic Union*; where it is an organ of a state, that is for the scan to find.
pub(crate) fn led(phrase: &str, text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> Option<String> {
    if phrase.contains("ecretary of State") || phrase.contains("Attorney") {
        return None;
    }
    // *A lawmaker from the opposition Oren party*
    if let Some((_, rest)) = phrase.split_once(" from the ")
        && rest.starts_with(char::is_lowercase)
        && let Some(body) = body_named(rest, text, entities, gazetteer)
    {
        return Some(body);
    }
    let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
    let of = at + [" of ", " for ", " at ", " with "].iter().filter_map(|of| phrase.find(of)).min()?;
    let charge = |e: &Range<usize>| {
        let country =
            gazetteer.lookup(&text[e.clone()]).is_some_and(|p| matches!(p.form, Form::Country | Form::Demonym));
        country && is_charge(&text[at..e.start])
    };
    // *Tarnel’s director for Northern Europe* serves the owner.
    let owns = |e: &&Entity| e.kind == EntityKind::Organisation && at <= e.span.start && e.span.end <= of;
    if entities.iter().filter(owns).any(|e| text[e.span.end..of].starts_with(['’', '\''])) {
        return None;
    }
    let seen = entities
        .iter()
        .find(|e| e.kind == EntityKind::Organisation && of < e.span.start && e.span.end <= at + phrase.len());
    // *The head of the Tarn Council*, where the tagger saw no body.
    let by_words = || {
        let small = [" of ", " for ", " from ", " with "];
        let rest =
            small.iter().filter_map(|of| phrase.split_once(of)).map(|(_, rest)| rest).max_by_key(|rest| rest.len())?;
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        let first = rest.split([' ', ',']).next()?;
        let start = at + phrase.len() - rest.len();
        body_by_words(text, start..start + first.len(), at..at + phrase.len(), gazetteer)
    };
    let entity = seen.map(|e| Range::from(e.span)).or_else(by_words).filter(|entity| !charge(entity))?;
    let name =
        text[whole_organisation(text, entity.clone(), at..at + phrase.len(), gazetteer)].trim_start_matches("the ");
    // *The Tarnish National Board for Health*, of which the tagger saw a word, is Tarn’s.
    let before = text[at..entity.start].trim_end().trim_end_matches("National").trim_end();
    let before = before.rsplit(' ').next().and_then(|word| gazetteer.lookup(word));
    let of_country = before.is_some_and(|p| matches!(p.form, Form::Demonym | Form::Country));
    if of_country && !text[entity.clone()].contains(' ') {
        return None;
    }
    // *The minister for Industry*: of a state's office that is the field.
    let words = fold(name);
    let office = fold(&phrase[..of - at]);
    // *The Minister of Labour and Productivity*, of which the tagger saw the last word
    let of_two = text[of..entity.start].starts_with(" of ") && text[..entity.start].ends_with(" and ");
    let field = (text[of..].starts_with(" for ") || of_two)
        && words.len() == 1
        && office.iter().any(|w| ["minister", "secretary", "undersecretary"].contains(&w.as_str()));
    // *A spokesman for House Speaker Ana Oren* is a person's.
    let titled = words.iter().any(|w| is_role(w));
    let of_state = field || titled || words.iter().any(|w| is_state_body(w)) || is_organ(&words);
    // What the tagger cut is no name.
    let cut =
        !name.contains(' ') && !is_abbreviation(name) && (is_body(name) || is_private_body(name) || name.len() < 4);
    if cut && gazetteer.lookup(name).is_none() {
        return None;
    }
    if !name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !name.starts_with("al-") {
        return None;
    }
    match gazetteer.lookup(name) {
        Some(place) => Some(place.party.to_owned()),
        None => (!of_state
            && gazetteer
                .scan(name)
                .iter()
                .all(|(_, p)| matches!(p.form, Form::Country | Form::Demonym | Form::Capital)))
        .then(|| name.to_owned()),
    }
}

/// Whether a word is written in capitals, as *UEFA* and *R&D* are.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || c == '&')
}

/// The organisation in *Labour Party leader*.
pub(crate) fn party_before(phrase: &str, text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> Option<String> {
    if phrase.contains("Secretary of State") {
        return None;
    }
    let at = phrase.as_ptr() as usize - text.as_ptr() as usize;
    let entity = entities
        .iter()
        .find(|e| e.kind == EntityKind::Organisation && at <= e.span.start && e.span.end < at + phrase.len())?;
    let whole = whole_organisation(text, entity.span.into(), at..at + phrase.len(), gazetteer);
    let name = &text[whole.clone()];
    let words = fold(name);
    let of_state = is_organ(&words) || words.iter().any(|w| is_state_body(w) || is_role(w))
            // *Oren Environmental Research Institute* is a name, *Senior Environmental* is none.
            || words.len() < 4 && words.iter().any(|w| w != "party" && is_modifier(w));
    let start = whole.start - at;
    // *Peruvian Bakers’ Movement* is a name, *Peruvian Airports* may be none.
    let in_name = |r: &Range<usize>, p: &Place| {
        let last = name.rsplit(' ').next().unwrap_or_default();
        start <= r.start
            && r.end < start + name.len()
            && words.len() > 2
            && matches!(p.form, Form::Country | Form::Demonym | Form::Capital)
            && is_private_body(last)
    };
    let in_place =
        gazetteer.scan(phrase).iter().any(|(r, p)| r.start < start + name.len() && start < r.end && !in_name(r, p));
    // A single word has to stand right before the office: *Tarnco’s chairman*.
    let rest = phrase[start + name.len()..].trim_start_matches(['\'', '’', 's']).trim_start();
    let before_role = rest.split_whitespace().map(bare).take(3).any(is_role);
    // *The Public Works Minister*: that is the field.
    if ["Minister", "minister", "Secretary"].iter().any(|office| rest.starts_with(office)) && !name.ends_with("Party") {
        return None;
    }
    // *Society president* names none.
    let club = |role: &str| CLUBS.iter().any(|club| role.contains(club));
    let general = words.len() == 1 && (is_body(name) || is_private_body(name)) && !club(phrase);
    let proper = name.starts_with(char::is_uppercase)
        && !general
        && (words.len() > 1 || is_abbreviation(name) || before_role && name.chars().count() > 3);
    (proper && !of_state && !in_place).then(|| name.to_owned())
}

/// The movement or body that a phrase names behind small words that describe it: *the self-styled Tarn Army*, *the centrist Oren party*.
pub(crate) fn body_named(phrase: &str, text: &str, entities: &[Entity], gazetteer: &Gazetteer) -> Option<String> {
    let mut rest = without_article(phrase.strip_prefix("wing of ").unwrap_or(phrase));
    let smalls = ["of", "for", "by", "in", "to", "and", "at", "from", "with", "on"];
    while let Some((word, behind)) = rest.split_once(' ').filter(|(w, _)| !smalls.contains(w)) {
        let describes = word.starts_with(char::is_lowercase) && !word.starts_with("al-")
            || word.contains('-') && word.rsplit('-').next().is_some_and(|w| w.starts_with(char::is_lowercase));
        if !describes {
            break;
        }
        rest = behind;
    }
    if !rest.starts_with(char::is_uppercase) {
        return None;
    }
    if let Some((_, place)) = gazetteer.scan(rest).into_iter().find(|(r, _)| r.start == 0)
        && matches!(place.form, Form::Movement | Form::Body)
    {
        return Some(place.party.to_owned());
    }
    // Capitalised words, and small ones between two of them.
    let mut end = 0;
    let mut small = 0;
    for word in rest.split(' ').take(10) {
        let plain = word.trim_end_matches([',', '.', ')']);
        if plain.starts_with(char::is_uppercase) {
            end += small + usize::from(end > 0) + plain.len();
            small = 0;
            if plain.len() < word.len() {
                break;
            }
        } else if ["of", "for", "and", "the"].contains(&word) {
            small += 1 + word.len();
        } else {
            break;
        }
    }
    let name = rest[..end].trim_end();
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let at = rest.as_ptr() as usize - text.as_ptr() as usize;
    let seen = entities.iter().any(|e| {
        e.kind == EntityKind::Organisation
            && e.span.start < at + name.len()
            && at < e.span.end
            && e.span.end <= at + end
    });
    let next = rest[end..].trim_start().split([' ', ',']).next().unwrap_or_default();
    let called =
        ["party", "faction", "movement", "group", "wing", "forces", "militia", "alliance", "coalition", "bloc"];
    let words = fold(name);
    let country = gazetteer.lookup(name).is_some()
        || gazetteer.scan(name).iter().any(|(r, p)| r.start == 0 && p.form == Form::Demonym);
    let of_state = is_organ(&words) || words.iter().any(|w| is_state_body(w) && w != "army" || is_role(w));
    let tells = seen || called.contains(&next) || name.contains(' ') && name.split(' ').any(names_body);
    (tells && !country && !of_state && !via::is_outlet(name) && name.chars().count() > 1).then(|| name.to_owned())
}
