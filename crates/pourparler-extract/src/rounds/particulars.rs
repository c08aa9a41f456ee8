//! What a clause tells of its round beyond that it happens: where, between whom, at what level, by whose mediation.

use std::ops::Range;

use pourparler_dossier::{Form, Gazetteer};

use super::happening::{Happening, TOPIC};
use super::meeting::Meeting;
use super::words::{Gap, Words};
use crate::act::listed;
use crate::decode::EntityKind;

/// A name of the sentence, in its bytes.
pub(super) struct Name {
    pub range: Range<usize>,
    pub kind: EntityKind,
}

/// The clause that tells of a round.
pub(super) struct Clause<'a> {
    pub words: &'a Words<'a>,
    /// From its first word to its last.
    pub range: Range<usize>,
    pub meeting: &'a Meeting,
    pub happening: &'a Happening,
    pub names: &'a [Name],
    pub gazetteer: &'a Gazetteer,
}

const REMOTE: &str = "\
    video, videolink, video-link, video-conference, videoconference, videoconferencing, telephone, phone, virtually, \
    online, remotely, zoom, virtual, teleconference, by-phone";
/// Nouns that stand between *in* and a place: *in the port city of Tarn*.
const SITES: &str = "\
    city, town, resort, capital, port, village, island, region, suburb, province, neighbourhood, district, hub, \
    retreat";
/// Words that may stand between *in* and a place.
const BEFORE_PLACE: &str = "\
    the, a, nearby, neutral, neighbouring, neighboring, northern, southern, eastern, western, central, downtown, \
    north-eastern, south-eastern, north-western, south-western";
/// What is in a country without the talks being there: *the war in Karveth*.
const ELSEWHERE: &str = "\
    war, wars, conflict, crisis, fighting, situation, violence, attack, attacks, forces, troops, unrest, stability, \
    peace, interests, involvement, influence, ceasefire, truce, government, elections, insurgency, bases, presence, \
    soldiers, strikes, operations, rights, power, reforms, democracy, rebels, militants, prisoners, hostages, \
    program, programme";
const LEVELS: [(&str, &str); 4] = [
    ("leaders", "leaders, presidents, premiers, heads, monarchs, kings, leader-level, presidential"),
    ("ministers", "ministers, ministerial, minister-level, foreign-minister-level"),
    (
        "negotiators",
        "negotiators, envoys, delegations, delegates, diplomats, representatives, emissaries, ambassadors, \
         negotiating",
    ),
    ("experts", "experts, expert, expert-level, specialists, technical, technicians, engineers, working-level"),
];
/// Titles that, borne by two in one clause, tell at what level they meet.
const TITLES: [(&str, &str); 2] = [("leaders", "president, premier, king, chancellor"), ("ministers", "minister")];
pub(super) const MEDIATED: &str = "\
    mediated, brokered, hosted, chaired, facilitated, sponsored, convened, overseen, moderated";
const MEDIATING: &str = "mediating, mediator, chair, host, hosting, presiding";
const MEDIATION: &str = "mediation, auspices, chairmanship, sponsorship, aegis, supervision, patronage, facilitation";
/// Where the phrase of a mediator ends.
const PHRASE_ENDS: &str = "\
    in, at, on, for, between, with, and, after, under, to, over, during, as, from, who, that, which";

/// The clause around a meeting and its verb.
pub(super) fn bounds(words: &Words, meeting: &Meeting, happening: &Happening) -> Range<usize> {
    let first = meeting.words.start.min(happening.words.start);
    let last = meeting.words.end.max(happening.words.end);
    let mut start = first;
    while words.gap(start) != Gap::Hard {
        let before = start - 1;
        // *Oren left, and envoys met*, not *Karveth, Lusenia, and Vestmere*
        let in_list = (start.saturating_sub(5)..start).any(|at| words.gap(at) == Gap::Comma) && words.capital(before);
        let next = words.gap(start) == Gap::Comma && words.is(start, "and") && !in_list;
        // Who *spoke after holding talks* held them.
        let shares = start == first && happening.object && !happening.finite && words.lower(before) == "after";
        if shares {
            start = before;
            continue;
        }
        if next || words.opener(before) || words.saying(before) || words.lower(before) == "but" {
            break;
        }
        start = before;
    }
    // *said on Monday the talks*: the day is the saying's.
    if start > 0 && words.saying(start - 1) {
        while start < first && (words.date(start) || (words.lower(start) == "on" && words.date(start + 1))) {
            start += 1;
        }
    }
    let lead = words.preposition(start) || words.date(start) || words.adverb(start);
    if !happening.object && !lead {
        start = meeting.words.start;
    }
    let mut end = last;
    let mut comma = None;
    while words.gap(end) != Gap::Hard && !ends(words, end) {
        if words.gap(end) == Gap::Comma {
            comma = Some(end);
            // *The talks, held in Tarn, brought nothing*: what comes after a participle's comma is the sentence's.
            if !happening.finite && !happening.object {
                break;
            }
        }
        end += 1;
    }
    // *…, the minister said*
    if words.saying(end) || words.saying(end.wrapping_sub(1)) {
        end = comma.unwrap_or(end);
    }
    start..end
}

/// Whether a word after noun and verb begins something else.
fn ends(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    let after_comma = words.gap(at) == Gap::Comma;
    let mediator = word == "as" && (at + 1..at + 4).any(|k| words.is(k, MEDIATING));
    let infinitive = word == "to" && !words.capital(at + 1) && !words.determiner(at + 1) && !words.date(at + 1);
    let as_well = word == "as" && (words.is(at + 1, "well") || words.is(at.wrapping_sub(1), "well"));
    (words.opener(at) && !mediator && !as_well)
        || matches!(word, "despite" | "amid" | "following")
        || words.saying(at)
        || words.pronoun(at)
        || infinitive
        || word == "but"
        || (word == "and" && (after_comma || words.lower(at + 1).ends_with("ed") || words.pronoun(at + 1)))
        || (after_comma && word.ends_with("ing") && !words.is(at, "involving, including"))
}

impl<'a> Clause<'a> {
    pub(super) fn bytes(&self) -> Range<usize> {
        self.words.bytes(self.range.clone())
    }

    fn within(&self, range: &Range<usize>) -> bool {
        let bytes = self.bytes();
        bytes.start <= range.start && range.end <= bytes.end
    }

    pub(super) fn remote(&self) -> bool {
        self.words.any(self.range.clone(), REMOTE)
    }

    /// Whether the clause says between whom the meeting is, whoever they are.
    pub(super) fn between(&self) -> bool {
        let words = self.words;
        let sides = |at: usize| words.is(at, "sides, parties, delegations, neighbours, neighbors, governments");
        self.range.clone().any(|at| {
            (words.lower(at) == "between" && !words.date(at + 1))
                || (sides(at) && words.is(at.wrapping_sub(1), "both, two, the, warring, rival"))
        })
    }

    /// Who meets, as the plainest word for the highest of them.
    pub(super) fn level(&self) -> Option<&'static str> {
        let words = self.words;
        let titled = |titles: &str| {
            let title = |at: &usize| {
                let of_minister = words.lower(*at) == "president" && words.lower(at.wrapping_sub(1)) == "vice";
                words.is(*at, titles) && !of_minister
            };
            let all: Vec<usize> = self.range.clone().filter(title).collect();
            let counterpart = words.any(self.range.clone(), "counterpart, counterparts");
            all.len() > 1 || (!all.is_empty() && counterpart)
        };
        let plural = |at: usize, list: &str| {
            // Prime ministers lead, deputy ministers are ministers.
            match words.lower(at) {
                "ministers" if words.lower(at.wrapping_sub(1)) == "prime" => list.starts_with("leaders"),
                "heads" => words.lower(at + 1) == "of" && words.is(at + 2, "state, government") && words.is(at, list),
                _ => words.is(at, list),
            }
        };
        let prime = self
            .range
            .clone()
            .filter(|&at| words.lower(at) == "minister" && words.lower(at.wrapping_sub(1)) == "prime");
        if prime.count() > 1 {
            return Some("leaders");
        }
        for (level, list) in LEVELS {
            let title = TITLES.iter().find(|(of, _)| *of == level);
            if self.range.clone().any(|at| plural(at, list)) || title.is_some_and(|(_, titles)| titled(titles)) {
                return Some(level);
            }
        }
        (words.lower(self.meeting.noun()) == "summit").then_some("leaders")
    }

    /// Where it is: a place after *in* or *at*, as the article names it, with its bytes.
    pub(super) fn place(&self) -> Option<(Range<usize>, &'a str)> {
        let words = self.words;
        let mut found: Vec<(bool, bool, Range<usize>)> = Vec::new();
        let entities = self.names.iter().filter(|n| n.kind == EntityKind::Place).map(|n| n.range.clone());
        let scanned = self.gazetteer.scan(words.sentence);
        let capitals = scanned.into_iter().filter(|(range, place)| {
            let other = |n: &Name| n.range != *range && n.range.start < range.end && range.start < n.range.end;
            place.form == Form::Capital && !self.names.iter().any(other)
        });
        for range in entities.chain(capitals.map(|(range, _)| range)) {
            let at = words.at_byte(range.start);
            // *in Geneva-based bodies*, *in Karveth’s north*
            let rest = words.sentence.get(range.end..).unwrap_or_default();
            let owner = rest.starts_with(['-', '\'', '’']);
            let Some(preposition) = self.leads_to(at).filter(|_| !owner && self.within(&range)) else { continue };
            let form = words.sentence.get(range.clone()).and_then(|name| self.gazetteer.lookup(name)).map(|p| p.form);
            // What leads in must begin with the place: *after a vote in Tarn, they met*.
            let before = at < self.meeting.words.start.min(self.happening.words.start);
            let parted = before && (at..self.happening.words.start).any(|k| words.gap(k) == Gap::Comma);
            let leads = preposition == self.range.start || words.date(preposition.wrapping_sub(1));
            if form == Some(Form::Demonym) || !self.is_here(preposition, form) || (parted && !leads) {
                continue;
            }
            found.push((words.lower(preposition) == "at", before, range));
        }
        found.sort_by_key(|(at, before, range)| (*at, *before, range.start));
        let (_, _, range) = found.into_iter().next()?;
        let name = words.sentence.get(range.clone())?;
        Some((range, name.strip_prefix("the ").unwrap_or(name)))
    }

    /// The *in* or *at* that leads to a place.
    fn leads_to(&self, place: usize) -> Option<usize> {
        let words = self.words;
        let mut at = place;
        let mut site = false;
        while place - at < 7 {
            // *in the capital, Tarn*
            let apposed = words.gap(at) == Gap::Comma && words.is(at.wrapping_sub(1), SITES);
            if words.gap(at) != Gap::Joined && !apposed {
                return None;
            }
            at -= 1;
            if words.is(at, "in, at") {
                return Some(at);
            }
            let of_site = words.lower(at) == "of" && words.is(at.wrapping_sub(1), SITES);
            site |= of_site || words.is(at, SITES);
            if !(site || words.is(at, BEFORE_PLACE)) {
                return None;
            }
        }
        None
    }

    /// Whether *in* there tells where the meeting is, not where what it is about is.
    fn is_here(&self, preposition: usize, form: Option<Form>) -> bool {
        let words = self.words;
        let before = preposition.wrapping_sub(1);
        let first = preposition == self.range.start || words.gap(preposition) != Gap::Joined;
        let verb = self.happening.words.contains(&before) || before == self.meeting.noun();
        if first || verb || words.date(before) || words.adverb(before) {
            return true;
        }
        let with_name = words.capital(before) || self.meeting.words.contains(&before);
        let country = form == Some(Form::Country);
        let topic = form != Some(Form::Capital) && self.in_topic(before);
        !words.is(before, ELSEWHERE) && (!country || with_name) && !topic && !words.preposition(before)
    }

    /// The words of what the talks are about: from *on* or *over* to where something else is told.
    fn in_topic(&self, at: usize) -> bool {
        let words = self.words;
        let mut back = at;
        while back > self.range.start && words.gap(back) == Gap::Joined {
            back -= 1;
            // *with* goes with the talks after a name, a day or the noun, not in *a truce with Karveth*.
            let led = back.wrapping_sub(1);
            let own = led == self.meeting.noun() || words.capital(led) || words.date(led) || words.adverb(led);
            let other = words.is(back, "between, with, among, by, under, involving") && own;
            if other || self.happening.words.contains(&back) {
                return false;
            }
            let aside = words.date(back + 1) || words.is(back + 2, "sidelines, margins, invitation");
            if words.is(back, TOPIC) && !aside {
                return true;
            }
        }
        false
    }

    /// The parties named, but for those at whose place it is, of whom it speaks, or who mediate.
    ///
    /// Where *it* or *they* meet, those count who say so (*Karveth said it would resume talks*), and where the talks
    /// are only *with* somebody, the party that speaks of them.
    pub(super) fn parties(
        &self,
        place: Option<&Range<usize>>,
        mediator: Option<&(Range<usize>, String)>,
    ) -> Vec<String> {
        let words = self.words;
        let apart = |a: &Range<usize>, b: &Range<usize>| a.end <= b.start || b.end <= a.start;
        let mut out: Vec<String> = Vec::new();
        let opening = self.range.start.wrapping_sub(1);
        let saying = if words.lower(opening) == "that" { opening.wrapping_sub(1) } else { opening };
        let with = !self.happening.object && words.lower(self.meeting.words.end) == "with" && words.saying(saying);
        let speaks = words.is(self.range.start, "it, they, we, its, their, our") && words.saying(saying);
        let part = if speaks { words.bytes(0..saying).start..self.bytes().end } else { self.bytes() };
        for (range, named) in self.gazetteer.scan(words.sentence) {
            let at = words.at_byte(range.start);
            let speaker = with && words.at_byte(range.end.saturating_sub(1)) + 1 == saying;
            let inside = speaker || (part.start <= range.start && range.end <= part.end);
            let person = self.names.iter().any(|n| n.kind == EntityKind::Person && !apart(&n.range, &range));
            let named_person = person && named.form != Form::Demonym;
            let free = place.is_none_or(|p| apart(p, &range))
                && mediator.is_none_or(|(m, name)| apart(m, &range) && name != named.party);
            // *pro-Karvethi rebels* are not Karveth.
            let head = words.sentence.get(..range.start).unwrap_or_default();
            let sided = ["pro-", "anti-", "Pro-", "Anti-"].iter().any(|side| head.ends_with(side));
            let meets = inside && free && !named_person && !sided && !self.in_topic(at);
            if meets && !self.is_venue(at, named.form, place) && !out.iter().any(|p| p == named.party) {
                out.push(named.party.to_owned());
            }
        }
        out
    }

    /// Whether a name of a country or capital only tells where it is.
    fn is_venue(&self, at: usize, form: Form, place: Option<&Range<usize>>) -> bool {
        let words = self.words;
        let before = at.wrapping_sub(1);
        let led = if words.lower(before) == "the" { before.wrapping_sub(1) } else { before };
        if words.gap(at) == Gap::Joined && words.is(led, "in, at, near, outside, to") {
            return true;
        }
        // *in the Vestmerian city of Tarn*, *in Vestmere’s capital*
        if (at + 1..at + 4).any(|k| words.is(k, SITES)) && (form == Form::Demonym || words.possessive(at)) {
            return true;
        }
        let Some(place) = place else { return false };
        let last = words.at_byte(place.end.saturating_sub(1));
        // *in Tarn, northern Karveth, on Monday*, *in Tarn and Osmela*
        (last + 1 == at && words.gap(at) == Gap::Comma)
            || (last + 2 == at && words.is(before, BEFORE_PLACE))
            || (last + 2 == at && words.lower(before) == "and" && form == Form::Capital)
    }

    /// Who mediates, hosts or chairs, with the bytes of the words that tell it.
    pub(super) fn mediator(&self) -> Option<(Range<usize>, String)> {
        let words = self.words;
        if self.happening.host {
            return self.named(self.range.start..self.happening.words.start);
        }
        for at in self.range.clone() {
            let word = words.lower(at);
            if words.is(at, MEDIATED) && self.meeting.words.contains(&at) && at > self.meeting.words.start {
                return self.named(self.meeting.words.start..at);
            }
            let by_whom = words.is(at, MEDIATED) && words.lower(at + 1) == "by";
            if by_whom {
                return self.named(at + 2..self.phrase_end(at + 2));
            }
            if word == "under" {
                let noun = (at + 1..at + 7).find(|&k| words.is(k, MEDIATION));
                if let Some(noun) = noun {
                    let of = words.lower(noun + 1) == "of";
                    return self.named(if of { noun + 2..self.phrase_end(noun + 2) } else { at + 1..noun });
                }
            }
            if word == "with" {
                let end =
                    (at + 1..at + 10).take_while(|&k| words.gap(k) == Gap::Joined).find(|&k| words.is(k, MEDIATING));
                let between = end.is_some_and(|end| words.any(at + 2..end, "with, between"));
                if let Some(end) = end.filter(|_| !between) {
                    let end = (at + 1..end).find(|&k| words.is(k, "as, in")).unwrap_or(end);
                    return self.named(at + 1..end);
                }
            }
            if let Some((who, _)) = words.text(at).rsplit_once('-').filter(|(_, how)| listed(MEDIATED, how)) {
                let start = words.bytes(at..at + 1).start;
                let party = self.gazetteer.lookup(who).map(|p| p.party.to_owned());
                let name = party.or_else(|| words.capital(at).then(|| who.to_owned()))?;
                return Some((start..start + who.len(), name));
            }
        }
        None
    }

    fn phrase_end(&self, from: usize) -> usize {
        let words = self.words;
        let goes_on = |at: &usize| *at == from || (words.gap(*at) == Gap::Joined && !words.is(*at, PHRASE_ENDS));
        (from..words.len()).take_while(goes_on).last().map_or(from, |last| last + 1)
    }

    /// Whom some words name: a person, else a country or body, else any name.
    fn named(&self, phrase: Range<usize>) -> Option<(Range<usize>, String)> {
        let words = self.words;
        let bytes = words.bytes(phrase.clone());
        let text = words.sentence.get(bytes.clone())?;
        let inside = |n: &&Name| bytes.start <= n.range.start && n.range.end <= bytes.end;
        let person = self.names.iter().filter(inside).find(|n| n.kind == EntityKind::Person);
        if let Some(name) = person.and_then(|n| words.sentence.get(n.range.clone())) {
            return Some((bytes, name.to_owned()));
        }
        if let Some((_, party)) = self.gazetteer.scan(text).into_iter().next() {
            return Some((bytes, party.party.to_owned()));
        }
        let name = self.names.iter().find(inside).and_then(|n| words.sentence.get(n.range.clone()))?;
        Some((bytes, name.to_owned()))
    }
}
