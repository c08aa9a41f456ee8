//! Sources without a person's name: epithets of people, bodies, groups, documents, unnamed sources.

use std::ops::Range;

use pourparler_dossier::Form;
use pourparler_text::names::{fold, key};
use pourparler_text::{Speaker, SpeakerKind};

use crate::act::listed;
use crate::bodies::{abbreviation_described, begins_in_capitals, name_behind, outlet_beside, without_owner};
use crate::decode::EntityKind;
use crate::documents::is_scholarly;
use crate::lexicon::{
    is_body, is_bystanders, is_document, is_group, is_independent, is_national, is_organ, is_outlet, is_private_body,
    is_role, is_state_body, is_unnamed, leads, serves_state,
};
use crate::phrases::knows_of;
use crate::several::several_heads;
use crate::speaker::{Resolver, group};
use crate::via;

/// Heads that say no more than that a body or movement is one.
const GENERIC_BODIES: &str = "group, groups, movement, organisation, organization, party, militia, militants, alliance";
/// Those who are somebody's own.
const SERVING: &str = "aides, advisers, spokesmen, spokespeople, representatives";
/// Words that show that a participle before them begins a clause of its own.
const BEHIND_PARTICIPLES: &str = "by, online, on, in, at, last, from, to, with, for, against, under, about, the, a";
/// Words for more than one country or side.
const REGIONS: &str = "european, western, arab, african, asian, foreign, international, other, regional, allied";

impl Resolver<'_> {
    /// A phrase without a person's name: an epithet of somebody named before, a body, a group, an unnamed source.
    pub(crate) fn described(&self, phrase: &str, at: usize) -> Speaker {
        let bare = without_article(phrase);
        // *The Paris-based Reporters Without Borders*
        let bare = bare.split_once("-based ").filter(|(place, _)| place.len() < 20).map_or(bare, |(_, rest)| rest);
        // *The president’s Party of Tarn*
        let bare = match owned(bare) {
            Some((owner, name)) if is_role(owner) && name.starts_with(char::is_uppercase) && name.contains(' ') => name,
            _ => bare,
        };
        let words = fold(bare);
        let head = head(bare);
        let governments = ["government's ", "government’s "].iter().any(|own| bare.starts_with(own));
        let definite = ["the ", "his ", "her ", "its ", "their "].iter().any(|d| phrase.to_lowercase().starts_with(d));
        // What somebody knows of is not whose they are.
        let known = knows_of(bare).unwrap_or(bare.len());
        let mut places = self.gazetteer.scan(&bare[..known]);
        places.retain(|(_, place)| self.means(place));
        // Where an embassy is, is not whose it is.
        let abroad = ["embassy", "consulate", "mission", "diplomat", "diplomats"].contains(&head.as_str());
        // *TRU commanders in Peru* are the TRU's.
        let of_body =
            |at: usize| bare[..at].split(' ').any(|w| begins_in_capitals(w) && self.gazetteer.lookup(w).is_none());
        let seat = bare.find(" in ").filter(|&at| abroad || of_body(at)).unwrap_or(bare.len());
        let mut before_seat = places.iter().filter(|(r, _)| r.start < seat).map(|(_, p)| p);
        // *Sri Lanka’s Tamil Tiger rebels*
        let movement = || before_seat.clone().nth(1).filter(|p| p.form == Form::Movement && places.len() == 2);
        let party = movement().or_else(|| before_seat.next()).map(|p| p.party.to_owned());
        let mut inside = self.entities.iter().filter(|e| at <= e.span.start && e.span.end <= at + phrase.len());
        let organised = inside.clone().any(|e| e.kind == EntityKind::Organisation);
        // *The government and the main rebel group*: an article begins another one.
        let two = [" and the ", " and a ", " and an ", " and its ", " and their "].iter().any(|and| bare.contains(and))
            && !inside.any(|e| self.text[Range::from(e.span)].contains(" and "));
        // *The High Court of Peru and Chile* is one.
        let of_both = bare.split_once(" and ").is_some_and(|(first, last)| {
            let body = first.split_once(" of ").map(|(body, _)| self::head(body));
            body.is_some_and(|b| is_organ(&[b])) && self.gazetteer.lookup(last).is_some()
        });
        let all_named = !of_both && bare.contains(" and ") && self.all_named(bare, at + phrase.len() - bare.len());
        let several = all_named || bare.contains(" and ") && !places.is_empty() && !organised && !is_body(&head);
        let named = |kind, party| Speaker { name: Some(bare.to_owned()), kind, role: None, party };
        // *Tarnish and Peruvian officials* speak for neither alone, nor do *Peruvian and Western officials*.
        let region = |words: &str| words.split(' ').next().is_some_and(|w| listed(REGIONS, &w.to_lowercase()));
        let joint = places
            .windows(2)
            .any(|pair| pair[0].1.party != pair[1].1.party && bare[pair[0].0.end..pair[1].0.start].contains(" and "))
            || places.iter().any(|(r, _)| bare[r.end..].strip_prefix(" and ").is_some_and(region))
            || region(bare) && bare.contains(" and ");
        if let Some(speaker) = self
            .apposition(bare, at + phrase.len(), &head)
            .or_else(|| self.the_two(&words, at).filter(|_| definite || !words.iter().any(|w| w == "two")))
            .or_else(|| self.holders(bare))
            .or_else(|| self.of_several_bodies(bare, &head, at + phrase.len()))
        {
            return speaker;
        }
        if two && !is_role(&head) && !is_unnamed(&head) && !is_document(&head) {
            return group(bare.to_owned(), None);
        }
        if let Some(joined) = self.joined_bodies(bare, at + phrase.len() - bare.len()) {
            return group(joined.to_owned(), None);
        }
        // *74 percent of those asked*, *six of ten*
        let only = ["only ", "nearly ", "about ", "some ", "almost ", "just ", "over ", "under "];
        let number = only.iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
        // *Axios* is no plural.
        if via::is_outlet(bare) && !bare.contains(' ') && !is_outlet(bare) {
            return named(SpeakerKind::Organisation, None);
        }
        let counted = number.starts_with(|c: char| c.is_ascii_digit())
            && (bare.contains('%') || bare.contains("percent") || bare.contains("per cent") || bare.contains(" of "));
        if counted || ["majority", "half", "third", "quarter"].contains(&head.as_str()) {
            return named(SpeakerKind::Group, None);
        }
        // *The larger Hamas militant group*, *the Hamas organisation*: the name says more.
        // *The Israeli side*: so does the country.
        let adds_nothing = |form: Form| match form {
            Form::Body | Form::Movement => listed(GENERIC_BODIES, &head),
            Form::Country | Form::Demonym => head == "side",
            _ => false,
        };
        let first = at + phrase.len() - bare.len();
        if let [(range, place)] = places.as_slice()
            && adds_nothing(place.form)
            && !self.in_longer_name(first + range.start..first + range.end)
            && let Some(speaker) = self.place(&bare[range.clone()])
        {
            return speaker;
        }
        if let Some(speaker) = self.document(phrase, &head, at).or_else(|| self.country_called(&head, definite, at)) {
            return speaker;
        }
        if let Some(speaker) = self.of_opposition(bare) {
            return speaker;
        }
        if let Some(name) = abbreviation_described(bare).filter(|name| self.gazetteer.lookup(name).is_none()) {
            let name = Some(self.abbreviated.get(name).copied().unwrap_or(name).to_owned());
            return Speaker { name: name.clone(), kind: SpeakerKind::Organisation, role: None, party: name };
        }
        if let Some(name) = outlet_beside(bare, self.gazetteer) {
            return Speaker { name: Some(name.to_owned()), kind: SpeakerKind::Organisation, role: None, party: None };
        }
        if is_role(&head) {
            // "A senior diplomat" is nobody named before; "Prime minister" or "the diplomat" may be.
            let only = ["president", "premier", "king", "queen", "pope", "prime"];
            let pointing = definite
                || party.is_some()
                    && words.iter().any(|w| only.contains(&w.as_str()))
                    && !words.iter().any(|w| w == "former" || w == "vice")
                || phrase.starts_with(char::is_uppercase)
                    && bare.len() == phrase.len()
                    && !phrase.starts_with("Another ");
            // *The government’s envoy* is no rebel.
            let party = party.or_else(|| governments.then(|| self.main_country())?);
            if let Some(speaker) = self.epithet(&head, &words, party.as_deref(), at).filter(|_| pointing) {
                return speaker;
            }
            if let Some(speaker) = self.just_spoken(&head, &words, phrase, party.as_deref(), at) {
                return speaker;
            }
            let of_body = places.first().is_some_and(|(_, p)| matches!(p.form, Form::Body | Form::Movement));
            let independent = !of_body && words.iter().any(|w| is_independent(w));
            // *The elections commission chairman*
            let votes = words.iter().any(|w| ["election", "elections", "electoral"].contains(&w.as_str()));
            let polls = |w: &String| votes && w == "commission";
            let of_state =
                words.iter().find(|w| is_state_body(w) || serves_state(w) || polls(w)).filter(|_| !independent);
            let inside = at..at + phrase.len();
            let party = party
                .or_else(|| self.served(inside.clone()))
                .or_else(|| self.mastered(&inside))
                .or_else(|| self.another(phrase, at))
                .or_else(|| self.body_in(&inside).filter(|_| !independent))
                .or_else(|| self.led_by(bare))
                .or_else(|| self.local(&inside))
                .or_else(|| self.of_administration(&words))
                .or_else(|| {
                    (head.starts_with("spokes") && !bare.contains(" for ")).then(|| self.speaking_before(at))?
                })
                .or_else(|| of_state.and_then(|_| self.subject(at).or_else(|| self.home(at))));
            let name = if definite { bare } else { phrase };
            return Speaker {
                name: Some(name.to_owned()),
                kind: SpeakerKind::Unnamed,
                role: Some(head),
                party: party.filter(|_| !independent),
            };
        }
        if all_named || several && !is_unnamed(&head) {
            return self.several(bare);
        }
        let party = party.filter(|_| !(several || of_both));
        let some = ["some", "many", "most", "someone", "somebody"];
        let part =
            words.first().is_some_and(|w| some.contains(&w.as_str())) && !serves_state(&head) && !is_state_body(&head);
        // *Members of the League* speak for it, *members of parliament* or *of the Peruvian team* for no country.
        let of_body = places.first().is_some_and(|(_, p)| p.form == Form::Body);
        let member = head == "members" && !of_body;
        // *Most Republicans* are of the party by their name.
        let by_name = places.last().is_some_and(|(r, p)| p.form == Form::Movement && r.end == bare.len());
        // *Diplomats at the United Nations* are of countries.
        let posted = head == "diplomats" && bare.contains(" at ") || head == "mediators" && bare.contains(" in ");
        // *UN experts* are the body's.
        // *Leaders of Peru’s gangs*
        let gangs = words.iter().any(|w| w == "gangs" || w == "gang");
        let of_none = part && !by_name || member || posted || gangs || is_bystanders(&head) && !of_body;
        let party = party.filter(|_| !of_none).or_else(|| self.led_by(bare));
        // *The opposition MPs* of a country speak against its government.
        let opposed = ["opposition", "mps", "party", "supporters", "lawmakers", "leaders", "members"]
            .contains(&head.as_str())
            && words.iter().any(|w| w == "opposition");
        let party = if opposed { Some("opposition".to_owned()) } else { party };
        if let Some(speaker) = self.brought_in(&head, &words, definite, at) {
            return speaker;
        }
        if is_unnamed(&head) {
            // *Officials from both countries*, *officials familiar with the plan* may be anybody's.
            let anybodys = [
                " sides",
                " countries",
                " nations",
                " governments",
                " movements",
                " camps",
                " parties",
                " delegations",
                "familiar with",
                "briefed on",
                "close to",
                "mediating",
            ];
            let both = anybodys.iter().any(|words| bare.contains(words));
            let local = words
                .iter()
                .any(|w| ["local", "hospital", "medical", "company", "airport", "school"].contains(&w.as_str()));
            let inside = at..at + phrase.len();
            let party = party
                .or_else(|| self.served(inside.clone()).filter(|_| head != "reports"))
                .or_else(|| self.mastered(&inside).filter(|_| listed(SERVING, &head)))
                .or_else(|| self.another(phrase, at))
                .or_else(|| self.local(&inside))
                .or_else(|| self.of_administration(&words))
                .or_else(|| self.home_of(&head, definite, at).filter(|_| !both && !local));
            let press = words.iter().any(|w| w == "media" || w == "news" || is_outlet(w));
            // *A person close to the Tarnish delegation* is nobody of it, and is called with the article as *a diplomat* is.
            let somebody = ["person", "individual", "someone", "somebody"].contains(&head.as_str());
            let party = party.filter(|_| !press && !joint && !somebody);
            let name = Some(if somebody && !definite { phrase } else { bare }.to_owned());
            return Speaker { name, kind: SpeakerKind::Unnamed, role: None, party };
        }
        // *Tarnish media* are several, *state radio* is one.
        // *State media* speak for their state, which is the one that the text is about where none owns them.
        let of_state = words.iter().any(|w| w == "state");
        let state = || party.clone().or_else(|| self.home(at).filter(|_| owned(bare).is_none())).filter(|_| of_state);
        if ["media", "newspapers", "outlets", "press"].contains(&head.as_str()) && !organised {
            return named(SpeakerKind::Group, state());
        }
        if ["radio", "television", "tv"].contains(&head.as_str()) && !organised {
            return named(SpeakerKind::Organisation, state());
        }
        if bare.starts_with("group of ") || bare.starts_with("number of ") {
            return named(SpeakerKind::Group, None);
        }
        // *Tarnel employees*
        let serving = ["employees", "staff", "workers", "executives", "representatives"];
        if organised && serving.contains(&head.as_str()) {
            return named(SpeakerKind::Unnamed, party.or_else(|| self.served(at..at + phrase.len())));
        }
        if is_group(&head) || !organised && words.first().is_some_and(|w| is_group(w)) {
            let one = party.filter(|_| places.len() == 1 || opposed).or_else(|| self.led_by(bare));
            return named(SpeakerKind::Group, one);
        }
        // *A team of researchers*, *the research team*: people, and no body.
        if head == "team" && (is_scholarly(bare) || words.iter().any(|w| w == "research")) {
            let before = self.scholars(at).filter(|_| definite && words.len() <= 2);
            return before.unwrap_or_else(|| group(bare.to_owned(), None));
        }
        if bare == "administration" && definite && party.is_none() && self.parties.contains("United States") {
            return named(SpeakerKind::Organisation, Some("United States".to_owned()));
        }
        if is_body(&head) || organised {
            if let Some(speaker) = self.possessed(phrase, &head, at) {
                return speaker;
            }
            let a_name = organised && bare.contains(' ')
                || words.len() > 2 && bare.split(' ').all(|w| w.starts_with(char::is_uppercase));
            if definite
                && !a_name
                && party.is_none()
                && !bare.contains(" of ")
                && let Some(speaker) = self.body_called(&head, at)
            {
                return speaker;
            }
            // "the broadcaster Canal Doze": the name is what is capitalised, and an outlet is nobody's party.
            if is_outlet(bare.split(' ').next().unwrap_or_default()) {
                let name = bare.find(char::is_uppercase).map_or(bare, |at| &bare[at..]);
                return Speaker { name: Some(name.to_owned()), kind: SpeakerKind::Organisation, role: None, party };
            }
            let of_country = bare.rsplit_once(' ').map(|(name, _)| name.trim_end_matches(" of"));
            let abroad =
                of_country.is_some_and(|name| !places.is_empty() && !name.contains(' ') && via::is_outlet(name));
            if abroad {
                return named(SpeakerKind::Organisation, None);
            }
            if via::is_outlet(bare) || is_outlet(&head) {
                let own = owned(bare).map_or(bare, |(_, own)| own);
                // *the Tarn Post newspaper*: what only describes a whole name is no part of it.
                let name = own.strip_suffix(" newspaper").filter(|n| n.contains(' ')).unwrap_or(own);
                let name = without_owner(name);
                let proper = name.starts_with(char::is_uppercase) || name.starts_with("al-");
                let name = Some(if proper { name } else { bare }.to_owned());
                return Speaker { name, kind: SpeakerKind::Organisation, role: None, party: None };
            }
            let in_name = |r: &Range<usize>| !bare[r.end..].starts_with("'s ") && !bare[r.end..].starts_with("’s ");
            // *The Progressive Conservative Party* is not the one whose name it has in it.
            let in_longer = |r: &Range<usize>| self.in_longer_name(first + r.start..first + r.end);
            let private = organised
                && is_private_body(&head)
                && places.iter().all(|(r, p)| (p.form != Form::Movement || in_longer(r)) && in_name(r));
            // *The bipartisan Tarn Study Group*, *the ruling Civic Union*: what only describes a name is no part of it.
            let bare =
                self.name_described(bare, at + phrase.len() - bare.len()).or_else(|| name_behind(bare)).unwrap_or(bare);
            // *The Court of Session in Tarn*: where a named body is, is no part of its name.
            let bare = match bare.split_once(" in ") {
                Some((name, place))
                    if !["embassy", "mission", "consulate"].contains(&head.as_str())
                        && name.starts_with(char::is_uppercase)
                        && name.contains(' ')
                        && without_article(place).starts_with(char::is_uppercase) =>
                {
                    name
                }
                _ => bare,
            };
            if private || of_both {
                let name = Some(bare.to_owned());
                return Speaker { name: name.clone(), kind: SpeakerKind::Organisation, role: None, party: name };
            }
            // *The government’s secretariat*, *the government side*
            let side = ["delegation", "team", "side", "negotiators"].contains(&head.as_str());
            let of_government = governments || side && bare.to_lowercase().starts_with("government ");
            let own = party
                .clone()
                .or_else(|| of_government.then(|| self.main_country())?)
                .or_else(|| self.local(&(at..at + phrase.len())).filter(|_| head == "government"))
                .or_else(|| is_national(&words).then(|| self.home(at))?)
                .or_else(|| self.of_no_state(bare, at + phrase.len() - bare.len()).then(|| bare.to_owned()))
                .or_else(|| self.home_of(&head, definite, at))
                .or_else(|| is_organ(&words).then(|| self.home(at))?)
                .or_else(|| {
                    (!organised && words.iter().any(|w| serves_state(w) || w == "ministers")).then(|| self.home(at))?
                })
                .or_else(|| {
                    // *The Prime Minister’s Office*
                    let office = head == "office" && words.iter().any(|w| leads(w) || serves_state(w));
                    office.then(|| self.home(at))?
                })
                .or_else(|| (organised && !is_state_body(&head)).then(|| bare.to_owned()));
            // *Turkey’s Disaster Management Agency*: the country is no part of a name.
            let name = owned(bare).filter(|(of, name)| {
                self.gazetteer.lookup(of).is_some() && name.contains(' ') && name.starts_with(char::is_uppercase)
            });
            let name = name.map_or(bare, |(_, name)| name).to_owned();
            return Speaker { name: Some(name), kind: SpeakerKind::Organisation, role: None, party: own };
        }
        if definite
            && !bare.contains(' ')
            && let Some(speaker) = self.body_called(&head, at)
        {
            return speaker;
        }
        // *Prosecutors* at the beginning of a sentence are no name.
        let proper = |w: &str| w.starts_with(char::is_uppercase) && !is_state_body(w);
        if bare.split_whitespace().any(proper) {
            // An abbreviation is a body's.
            if bare.chars().count() > 1 && bare.chars().all(|c| c.is_uppercase() || c == '-') {
                return named(
                    SpeakerKind::Organisation,
                    party.or_else(|| Some(bare.to_owned()).filter(|b| !via::is_outlet(b))),
                );
            }
            // A name that nothing tells more about.
            let kind = match party {
                _ if several_heads(&head) => SpeakerKind::Group,
                Some(_) => SpeakerKind::Organisation,
                None if named_alone(phrase, bare) || via::is_platform(bare) => SpeakerKind::Organisation,
                None => SpeakerKind::Unnamed,
            };
            return named(kind, party);
        }
        let kind = if several_heads(&head) { SpeakerKind::Group } else { SpeakerKind::Unnamed };
        let party = party.or_else(|| self.home_of(&head, definite, at));
        Speaker { name: Some(phrase.to_owned()), kind, role: None, party }
    }

    /// *One of several parties, the Alliance for Peace, …*: the name that follows a description.
    fn apposition(&self, phrase: &str, end: usize, head: &str) -> Option<Speaker> {
        let rest = self.text[end..].strip_prefix(", ")?;
        // *Three armed groups, the Front, the Union and the League, …*: all of them.
        let clause = &rest[..rest.find(['.', ';', '\n']).unwrap_or(rest.len())];
        if several_heads(head) && clause.split_once(", ").is_some_and(|(_, more)| more.contains(" and ")) {
            return None;
        }
        let name = rest.strip_prefix("the ").unwrap_or(rest);
        let start = self.text.len() - name.len();
        // *According to Tarnel, the League will …*: what is said is nobody's name.
        if self.contents.iter().any(|c| c.contains(&start) && c.start >= end) {
            return None;
        }
        let known = self.gazetteer.scan(name.split([',', ';', '.', '\n']).next()?).into_iter().next();
        if let Some((range, place)) = known
            && range.start == 0
            && matches!(place.form, Form::Body | Form::Movement)
            && without_abbreviation(&name[range.end..]).starts_with([',', ')'])
        {
            return self.place(&name[range]);
        }
        let entity = self
            .entities
            .iter()
            .find(|e| e.span.start == start || e.span.start == start - (rest.len() - name.len()))?;
        // *An aide to the President of Peru, Ana Oren*
        if self.serves_titled(&self.text[end - phrase.len()..start]) {
            return None;
        }
        let tail = &self.text[entity.span.end..];
        // *According to the Tarn Herald, Oren left*: behind what opens a clause, a name begins the clause itself.
        let opening = self.text[..end - phrase.len()].trim_end_matches("the ").ends_with("ccording to ");
        let closed = if opening { tail.starts_with(',') } else { tail.starts_with([',', ';', '.', ' ']) };
        let joint = phrase.contains(" and ");
        // The tagger may see the parts of a long name alone.
        let comma = self.text[start..].find([',', '(', '\n']).filter(|len| *len <= 60).map(|len| start + len);
        let end = comma.filter(|_| entity.kind == EntityKind::Organisation).unwrap_or(entity.span.end);
        let words = without_article(self.text.get(start..end)?.trim_end());
        // *The IAEA’s Director General* is an office.
        let office = words.rsplit(' ').take(2).any(is_role);
        match entity.kind {
            EntityKind::Organisation if office => None,
            // *According to officials, Oren left*: one person is not several.
            EntityKind::Person if closed && !several_heads(head) && !joint => self
                .people
                .iter()
                .find(|p| p.mentions.iter().any(|m| m.start.abs_diff(start) <= 12))
                .map(|p| self.person(p)),
            EntityKind::Organisation if without_abbreviation(&self.text[end..]).starts_with([',', ')']) => {
                Some(self.place(words).unwrap_or_else(|| Speaker {
                    name: Some(words.to_owned()),
                    kind: SpeakerKind::Organisation,
                    role: None,
                    party: Some(words.to_owned()).filter(|w| !via::is_outlet(w)),
                }))
            }
            _ => None,
        }
    }
}

/// What follows an abbreviation in parentheses: *, said* of *(SDF), said*.
fn without_abbreviation(rest: &str) -> &str {
    let inside = rest.trim_start().strip_prefix('(').and_then(|r| r.split_once(')'));
    inside.filter(|(word, _)| word.len() <= 8 && word.starts_with(char::is_uppercase)).map_or(rest, |(_, rest)| rest)
}

/// *The Ropewalk*: whether a phrase is an article and a name, with no word beside them.
fn named_alone(phrase: &str, bare: &str) -> bool {
    let capital = |word: &str| !word.starts_with(char::is_lowercase) && !word.contains('-');
    phrase.len() > bare.len() && phrase.to_lowercase().starts_with("the ") && bare.split(' ').all(capital)
}

/// Owner and owned of a possessive: *Peru’s ministry*.
pub(crate) fn owned(phrase: &str) -> Option<(&str, &str)> {
    phrase.split_once("'s ").or_else(|| phrase.split_once("’s "))
}

/// A firm's name as it is called for short: *Tarnel* of *Tarnel Inc.*
pub(crate) fn called_for_short(name: &str) -> &str {
    let legal = [" Inc.", " Inc", " Corp.", " Corp", " Ltd.", " Ltd", " Co.", " PLC"];
    legal.iter().find_map(|end| name.strip_suffix(end)).map_or(name, |name| name.trim_end_matches(','))
}

pub(crate) fn without_article(phrase: &str) -> &str {
    ["The ", "the ", "A ", "a ", "An ", "an "].iter().find_map(|a| phrase.strip_prefix(a)).unwrap_or(phrase)
}

/// The noun that a phrase is about: its last word before a comma, a preposition or a relative clause.
pub(crate) fn head(phrase: &str) -> String {
    let end = phrase.find([',', '(', '–', '—']).unwrap_or(phrase.len());
    let mut head = "";
    for word in phrase[..end].split_whitespace() {
        let stops = [
            "of",
            "for",
            "in",
            "at",
            "from",
            "with",
            "who",
            "which",
            "that",
            "on",
            "to",
            "close",
            "familiar",
            "near",
            "speaking",
            "briefed",
            "involved",
            "such",
            "including",
            "led",
            "by",
            "released",
            "issued",
            "published",
            "made",
            "signed",
            "sent",
            "behind",
            "mostly",
            "mainly",
            "between",
        ];
        let lower = word.to_lowercase();
        let next = phrase[..end][word.as_ptr() as usize - phrase.as_ptr() as usize + word.len()..].trim_start();
        // *A memo posted online*, *scientists working for the agency*: a participle with what belongs to it.
        let participle = lower.len() > 5
            && (lower.ends_with("ed") || lower.ends_with("ing"))
            && next.split(' ').next().is_some_and(|w| listed(BEHIND_PARTICIPLES, w));
        if (stops.contains(&lower.as_str()) || participle) && !head.is_empty() {
            break;
        }
        head = word;
    }
    key(head)
}
