//! Bodies: which one a general word means, what is part of a body's name, and whose organ it is.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use pourparler_dossier::{Form, Gazetteer};
use pourparler_text::names::fold;
use pourparler_text::{Speaker, SpeakerKind};
use regex::Regex;

use crate::body_names::is_head;
use crate::decode::EntityKind;
use crate::described::{head, owned, without_article};
use crate::lexicon::{
    Pronoun, is_body, is_group, is_modifier, is_organ, is_outlet, is_private_body, is_role, is_state_body, pronoun,
};
use crate::people::line_start;
use crate::phrases::has_initials;
use crate::serves::served_by_words;
use crate::speaker::Resolver;
use crate::via;

/// So many bytes after it spoke, a body is still *the group*.
const NEXT: usize = 600;

/// Whether a word may stand in the name of a body: a capitalised one, or a small one between two of them.
fn in_a_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || ["of", "and", "for", "the"].contains(&word)
}

/// The capitalised name of a body with which a phrase ends, behind adjectives alone: *the bipartisan Tarn Study Group*.
pub(crate) fn name_behind(bare: &str) -> Option<&str> {
    let at = bare.find(char::is_uppercase).filter(|at| *at > 0 && bare[..*at].ends_with(' '))?;
    let (before, name) = bare.split_at(at);
    let small = ["of", "for", "by", "in", "to", "and", "at", "from", "with", "on"];
    let adjectives = before.split_whitespace().all(|w| !small.contains(&w) && !is_body(w) && !is_private_body(w));
    let last = name.rsplit(' ').next().unwrap_or_default();
    let body = last.starts_with(char::is_uppercase) && (is_body(last) || is_private_body(last));
    (adjectives && body && name.contains(' ') && name.split(' ').all(in_a_name)).then_some(name)
}

/// Whether a name begins as abbreviations do: *SPD*, *CGT-Cheminots*; and not as *MPs*.
pub(crate) fn begins_in_capitals(name: &str) -> bool {
    let capitals = name.chars().take_while(|c| c.is_uppercase()).count();
    let several = name.ends_with('s') && capitals + 1 == name.chars().count();
    capitals > 1 && name.chars().count() > 2 && !several
}

/// The abbreviation behind small words that only describe it: *the moderate CFDT*.
pub(crate) fn abbreviation_described(bare: &str) -> Option<&str> {
    let (before, name) = bare.rsplit_once(' ')?;
    let small = |w: &str| {
        let phrase = ["of", "for", "by", "in", "to", "and", "at", "from", "with", "on", "the"];
        let creed = w.ends_with("ist") || w.ends_with("ists");
        (w.starts_with(char::is_lowercase) || creed) && !phrase.contains(&w) && !is_role(w)
    };
    (begins_in_capitals(name) && before.split(' ').all(small) && !via::is_outlet(name)).then_some(name)
}

/// An outlet’s name without the words before it that tell whose it is: *Tarn Press Agency* of *official Tarn Press Agency*.
pub(crate) fn without_owner(name: &str) -> &str {
    let tells = |word: &str| {
        let owned = ["run", "owned", "backed", "controlled", "based", "language", "affiliated", "linked"];
        word.starts_with(char::is_lowercase) && !word.starts_with("al-")
            || word.rsplit_once('-').is_some_and(|(_, last)| owned.contains(&last))
    };
    let mut rest = name;
    while let Some((_, behind)) = rest.split_once(' ').filter(|(word, _)| tells(word)) {
        rest = behind;
    }
    let proper = rest.starts_with("al-") || rest.starts_with(char::is_uppercase);
    if proper { rest } else { name }
}

/// The name of an outlet beside the noun that describes it: *the official Tarnish daily Canal Sur*, *the Tarn Post newspaper*.
pub(crate) fn outlet_beside<'p>(phrase: &'p str, gazetteer: &Gazetteer) -> Option<&'p str> {
    const NAME: &str = r"(?:\p{Lu}[\w’'.-]*)(?: (?:of |de |del )?\p{Lu}[\w’'.-]*)*";
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let nouns = "newspaper|news agency|broadcaster|daily|weekly|tabloid|magazine";
        Regex::new(&format!("(?:^|[ -])(?:{nouns}) ({NAME})$")).expect("the pattern is well-formed")
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("(?:^| )({NAME}) (?:newspaper|news agency|tabloid)$")).expect("the pattern is well-formed")
    });
    if let Some(name) = BEFORE.captures(phrase).and_then(|hit| hit.get(1)) {
        return Some(name.as_str());
    }
    // *The Tarnish newspaper* has no name.
    let name = BEHIND.captures(phrase)?.get(1)?.as_str();
    let known = gazetteer.scan(name).into_iter().next().filter(|(range, _)| range.start == 0);
    let name = known.map_or(name, |(range, _)| name[range.end..].trim_start());
    Some(name).filter(|name| !name.is_empty())
}

impl Resolver<'_> {
    /// *The main opposition Oren Front*, *Peru’s opposition Civic Union*: a party by its name, which is no country's.
    pub(crate) fn of_opposition(&self, bare: &str) -> Option<Speaker> {
        let name = bare.split_once("opposition ").map(|(_, name)| name)?;
        let party = name.strip_suffix(" party").unwrap_or(name);
        let general = |w: &str| is_role(w) || is_group(w) || is_role(w.trim_end_matches('s'));
        let named = party.starts_with(char::is_uppercase) && party.split(' ').all(in_a_name);
        if !named || general(party) || self.gazetteer.lookup(party).is_some() {
            return None;
        }
        let (name, party) = (Some(name.to_owned()), Some(party.to_owned()));
        Some(Speaker { name, kind: SpeakerKind::Organisation, role: None, party })
    }

    /// Where the article names the body whose initials an abbreviation is, though it does not say so: *TSG* of *Tarn Study Group*.
    pub(crate) fn spelled_out(&self, short: &str) -> Option<Range<usize>> {
        let capitals = short.chars().count() >= 3 && short.chars().all(char::is_uppercase);
        if !capitals || self.gazetteer.lookup(short).is_some() || via::is_outlet(short) {
            return None;
        }
        let mut names =
            self.entities.iter().filter(|e| e.kind == EntityKind::Organisation).map(|e| Range::from(e.span));
        names.find(|name| self.text.get(name.clone()).is_some_and(|n| has_initials(n, short)))
    }

    /// *Tarn Relief Society* of *Relief Society*, where the article names one body that is called so for short.
    pub(crate) fn named_in_whole(&self, name: &str) -> Option<String> {
        let short = name.split(' ').count() <= 2 && name.rsplit(' ').next().is_some_and(is_head);
        if !short || self.gazetteer.lookup(name).is_some() {
            return None;
        }
        let ends = |whole: &&str| {
            whole.strip_suffix(name).is_some_and(|before| before.ends_with(' ') && !before.contains('-'))
        };
        let bodies = self.entities.iter().filter(|e| e.kind == EntityKind::Organisation);
        let seen = bodies.map(|e| without_article(&self.text[Range::from(e.span)])).chain(self.fullest.keys().copied());
        let wholes: HashSet<&str> = seen.filter(ends).collect();
        let one = wholes.iter().next().filter(|_| wholes.len() == 1)?;
        Some(self.gazetteer.lookup(one).map_or(*one, |p| p.party).to_owned())
    }

    /// Whether a name is a part of a longer one, which is not that of a country's: *Conservative Party* in *Progressive Conservative Party*,
    /// and not *Labour Party* in *Tarnish Labour Party*.
    pub(crate) fn in_longer_name(&self, name: Range<usize>) -> bool {
        let holds = |e: &crate::Entity| {
            let inside = e.span.start <= name.start && name.end <= e.span.end && e.span.len() > name.len() + 1;
            let owner = || self.text.get(e.span.start..name.start).and_then(|before| self.gazetteer.lookup(before));
            e.kind == EntityKind::Organisation && inside && owner().is_none()
        };
        self.entities.iter().any(holds)
    }

    /// *Supreme Court of Peru* of *Supreme Court*, where the article names it so, and as no other party's.
    pub(crate) fn organ_in_full(&self, name: &str, party: Option<&str>) -> Option<&str> {
        if !name.contains(' ') || !name.starts_with(char::is_uppercase) || !is_organ(&fold(name)) {
            return None;
        }
        let of_country = |(at, _): (usize, &str)| {
            let rest = self.text[at + name.len()..].strip_prefix(" of ")?;
            let place = rest.strip_prefix("the ").unwrap_or(rest);
            let (range, found) = self.gazetteer.scan(place.split(['.', ',', '\n']).next()?).into_iter().next()?;
            let end = self.text.len() - place.len() + range.end;
            (range.start == 0 && found.form == Form::Country).then(|| (&self.text[at..end], found.party))
        };
        let mut wholes = self.text.match_indices(name).filter_map(of_country);
        let (whole, country) = wholes.next()?;
        let own = party.is_none_or(|party| party == name || party == country);
        (own && wholes.all(|(_, other)| other == country)).then_some(whole)
    }

    /// *The alliance*, *the ministry*: the body last named that is called so.
    pub(crate) fn body_called(&self, head: &str, at: usize) -> Option<Speaker> {
        // *The House* is of parliament.
        let called = |name: &str| fold(name).iter().any(|w| w == head) && !(head == "house" && name == "White House");
        if let Some(spoke) =
            self.last(at, |s| s.kind == SpeakerKind::Organisation && s.name.as_deref().is_some_and(called))
        {
            return Some(spoke);
        }
        let general = [
            "alliance",
            "bloc",
            "body",
            "organisation",
            "organization",
            "movement",
            "group",
            "union",
            "agency",
            "watchdog",
        ];
        let before = &self.text[..at];
        let from = before.len() - before.len().min(1500);
        let from = (from..=before.len()).find(|&i| before.is_char_boundary(i))?;
        let anything = ["party", "group", "coalition", "organisation", "organization", "movement", "company", "union"];
        let spoke = self.before.iter().rev().find(|b| b.at < at && b.speaker.kind == SpeakerKind::Organisation);
        let near = spoke.filter(|b| at - b.at < NEXT && anything.contains(&head)).map(|b| &b.speaker);
        if let Some(speaker) = near.filter(|s| s.name.is_some() && s.party == s.name) {
            return Some(speaker.clone());
        }
        if general.contains(&head) {
            let places = self.gazetteer.scan(&before[from..]);
            let found = places.iter().rfind(|(_, p)| matches!(p.form, Form::Body | Form::Movement));
            if let Some((range, _)) = found {
                return self.place(&before[from..][range.clone()]);
            }
        }
        let before_here = |e: &&crate::Entity| e.span.end <= at && e.kind == EntityKind::Organisation;
        let name = |e: &crate::Entity| without_article(&self.text[Range::from(e.span)]);
        // Under its whole name rather than under the word alone.
        let called_so = |whole: bool| {
            self.entities.iter().rfind(|e| before_here(e) && called(name(e)) && (!whole || name(e).contains(' ')))
        };
        let named = called_so(true).or_else(|| called_so(false));
        if is_outlet(head) && named.is_none() {
            let outlet = self.entities.iter().rev().filter(before_here).map(|e| &self.text[Range::from(e.span)]);
            return outlet.map(without_article).find(|name| via::is_outlet(name)).map(|name| Speaker {
                name: Some(name.to_owned()),
                kind: SpeakerKind::Organisation,
                role: None,
                party: None,
            });
        }
        let entity = named.or_else(|| {
            let mut earlier = self.entities.iter().rev().filter(before_here).filter(|_| anything.contains(&head));
            earlier.find(|e| !via::is_outlet(&self.text[Range::from(e.span)]))
        })?;
        let name = without_article(&self.text[Range::from(entity.span)]);
        let private = name.contains(' ') && is_private_body(name.rsplit(' ').next().unwrap_or_default());
        let party = self.gazetteer.scan(name).first().map(|(_, p)| p.party.to_owned()).filter(|_| !private);
        Some(Speaker {
            name: Some(name.to_owned()),
            kind: SpeakerKind::Organisation,
            role: None,
            party: party.or_else(|| Some(name.to_owned())),
        })
    }

    /// The party of the body or country that spoke shortly before: a spokesman who comes with no other is its own.
    pub(crate) fn speaking_before(&self, at: usize) -> Option<String> {
        let body = |s: &Speaker| {
            matches!(s.kind, SpeakerKind::Organisation | SpeakerKind::Country)
                && !s.party.as_deref().is_some_and(via::is_outlet)
        };
        let near = self.before.iter().rev().find(|b| b.at < at && at - b.at < NEXT)?;
        Some(&near.speaker).filter(|s| body(s))?.party.clone()
    }

    /// The city or region in *Tarnville officials*, *the Tarnshire government*; not where it only tells where they are.
    pub(crate) fn local(&self, range: &Range<usize>) -> Option<String> {
        let inside =
            |e: &&crate::Entity| e.kind == EntityKind::Place && range.start <= e.span.start && e.span.end <= range.end;
        let entity = self.entities.iter().find(inside)?;
        let before = self.text[range.start..entity.span.start].trim_end();
        let name = without_article(&self.text[Range::from(entity.span)]);
        let modifies = ["", "the", "a", "an", "another", "some", "two"].contains(&before.to_lowercase().as_str());
        let fits = modifies && self.gazetteer.scan(name).is_empty() && entity.span.end < range.end;
        // *Tarnville Police* has a name of its own.
        let police = ["Police", "Council"]
            .iter()
            .find(|body| self.text[entity.span.end..range.end].trim_start().starts_with(**body));
        fits.then(|| police.map_or_else(|| name.to_owned(), |body| format!("{name} {body}")))
    }

    /// Whether an organ of a state is that of a city or a region: *Tarn Police*, *the Tarn Supreme Court*.
    pub(crate) fn of_no_state(&self, name: &str, at: usize) -> bool {
        let entities = self.entities.iter().filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::Organisation));
        let named = |start: usize| entities.clone().any(|e| e.span.start <= start && start < e.span.end);
        let proper = |w: &str| {
            let start = at + w.as_ptr() as usize - name.as_ptr() as usize;
            w.starts_with(char::is_uppercase)
                && w.chars().count() > 3
                && !(is_organ(&fold(w)) || is_modifier(w) || is_role(w) || is_body(w) || is_state_body(w))
                && named(start)
        };
        let never = ["ministry", "embassy", "presidency", "cabinet", "army", "navy", "military", "government"];
        name.contains(' ') && !never.contains(&head(name).as_str()) && name.split_whitespace().any(proper)
    }

    /// The name of an organisation with which a phrase ends, where what stands before it are small words that describe it.
    pub(crate) fn name_described<'p>(&self, bare: &'p str, at: usize) -> Option<&'p str> {
        let end = at + bare.len();
        let ends = |e: &&crate::Entity| e.kind == EntityKind::Organisation && at < e.span.start && e.span.end == end;
        let entity = self.entities.iter().find(ends)?;
        let (before, name) = bare.split_at(entity.span.start - at);
        let small =
            |w: &str| w.starts_with(char::is_lowercase) && !["of", "for", "by", "in", "to", "and", "at"].contains(&w);
        let whole = name.starts_with(char::is_uppercase) && (name.contains(' ') || begins_in_capitals(name));
        (whole && before.split_whitespace().all(small)).then_some(name)
    }

    /// The organisation for which somebody speaks by the phrase: *a spokesman for Oren & Co*, *an Oren spokeswoman*.
    pub(crate) fn served(&self, range: Range<usize>) -> Option<String> {
        let inside = |e: &&crate::Entity| {
            e.kind == EntityKind::Organisation && range.start <= e.span.start && e.span.end <= range.end
        };
        let seen = self.entities.iter().find(inside).map(|e| Range::from(e.span));
        let by_words = served_by_words(self.text, range.clone(), self.gazetteer);
        // The tagger may have seen a part.
        let whole = by_words.filter(|words| seen.as_ref().is_none_or(|s| words.start <= s.start && s.end <= words.end));
        let name = whole.or(seen)?;
        // *Radio Tarn officials* are of it, *Radio Tarn reports* are not.
        let behind = self.text[name.end..].trim_start();
        let serving = ["officials", "executives", "management", "spokes"].iter().any(|of| behind.starts_with(of));
        let name = without_article(self.text.get(name)?);
        let words = fold(name);
        let of_state = is_organ(&words) || words.iter().any(|w| is_state_body(w) || is_role(w));
        let short =
            name.chars().count() == 2 && name.chars().all(char::is_uppercase) && !["TV", "PM", "MP"].contains(&name);
        let proper =
            (name.starts_with(char::is_uppercase) || name.starts_with("al-")) && (short || name.chars().count() > 2);
        if of_state || !proper || via::is_outlet(name) && !serving || self.is_somebody(name) {
            return None;
        }
        let whole = self.abbreviated.get(name).copied().unwrap_or(name);
        self.place(whole).map_or_else(|| Some(whole.to_owned()), |body| body.party)
    }

    /// The country of *the foreign ministry* where its phrase names none: that of the one who spoke last.
    pub(crate) fn home_of(&self, head: &str, definite: bool, at: usize) -> Option<String> {
        // *An international tribunal* is no country’s.
        let line_end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        let international = self.text[at..line_end].split(' ').take(4).any(|w| w == "international");
        if !is_state_body(head) || international && !definite {
            return None;
        }
        let spoke = || self.last(at, |s| s.party.is_some()).and_then(|s| s.party);
        // *Peru welcomed the talks. But its foreign ministry said …*
        let line = line_start(self.text, at);
        let sentence = line + self.text[line..at].rfind(". ").map_or(0, |end| end + 2);
        let own = self.text[at..].get(..4).is_some_and(|own| own.eq_ignore_ascii_case("its "));
        let before = self.countries[self.in_title..].iter().find(|(start, _)| (line..sentence).contains(start));
        if let Some((_, country)) = before.filter(|_| own) {
            return Some((*country).to_owned());
        }
        self.subject(at).or_else(|| self.home(at)).or_else(|| spoke().filter(|_| definite))
    }

    /// The country with which the sentence begins: *Peru on Monday banned the airline, with officials saying …*
    pub(crate) fn subject(&self, at: usize) -> Option<String> {
        let sentence = self.text[..at].rfind(['\n', '.']).map_or(0, |i| i + 1);
        let before = self.text[sentence..at].trim_start();
        let places = self.gazetteer.scan(before);
        let (_, place) =
            places.first().filter(|(r, p)| r.start <= 4 && matches!(p.form, Form::Country | Form::Capital))?;
        Some(place.party.to_owned())
    }

    /// *His office*, *Erdogan's office*: the office of the person last named, or named.
    pub(crate) fn possessed(&self, phrase: &str, head: &str, at: usize) -> Option<Speaker> {
        if let Some((owner, _)) = owned(phrase).or_else(|| phrase.rsplit_once(' '))
            && let Some(person) = self.people.iter().find(|p| fold(&p.name).last() == fold(owner).last())
        {
            let name = Some(phrase.to_owned());
            return Some(Speaker {
                name,
                kind: SpeakerKind::Organisation,
                role: None,
                party: self.person(person).party,
            });
        }
        let (owner, _) = phrase.split_once(' ')?;
        let woman = match pronoun(owner)? {
            Pronoun::He => false,
            Pronoun::She => true,
            _ => return None,
        };
        let person = self.last_person(at, woman)?;
        // *Her party* has a name where the text tells it.
        if head == "party"
            && let Some(party) = person.party.as_deref().and_then(|party| self.place(party))
            && party.kind != SpeakerKind::Country
        {
            return Some(party);
        }
        let last = person.name.as_deref()?.rsplit(' ').next()?.to_owned();
        let name = Some(format!("{last}’s {head}"));
        Some(Speaker { name, kind: SpeakerKind::Organisation, role: None, party: person.party })
    }
}
