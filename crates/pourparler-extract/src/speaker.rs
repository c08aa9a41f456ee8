//! Who a source is: the phrase that names it, seen with the article's people, the names of countries and bodies, and
//! those who spoke before.
//!
//! Nobody is invented: a name comes from the article's words, from the dossier where it knows that person, or from
//! the table of countries and bodies where the phrase is one of their names.

use std::ops::Range;

use pourparler_dossier::{Form, Gazetteer};
use pourparler_text::names::{fold, key};
use pourparler_text::{Article, Speaker, SpeakerKind};

use crate::decode::{Attribution, Entity, EntityKind};
use crate::lexicon::{Pronoun, is_body, is_group, is_independent, is_outlet, is_role, is_unnamed, leads, pronoun};
use crate::people::{Person, line_start, people};

/// Somebody who spoke or was named before.
struct Before {
    at: usize,
    speaker: Speaker,
}

/// Resolves the sources of one article, in the order of the text.
pub struct Resolver<'a> {
    text: &'a str,
    entities: &'a [Entity],
    contents: Vec<Range<usize>>,
    gazetteer: &'a Gazetteer,
    people: Vec<Person>,
    /// Where people are named in the article's own words, and which of them, in order.
    narrated: Vec<(usize, usize)>,
    article: &'a Article,
    before: Vec<Before>,
}

impl<'a> Resolver<'a> {
    /// Prepares an article: its names, and what is content, where a name does not speak.
    pub fn new(
        article: &'a Article,
        entities: &'a [Entity],
        attributions: &[Attribution],
        gazetteer: &'a Gazetteer,
    ) -> Self {
        let text = article.text.as_str();
        let mut contents: Vec<Range<usize>> = attributions.iter().flat_map(|a| &a.content).map(|&s| s.into()).collect();
        let people = people(text, entities, gazetteer);
        contents.sort_by_key(|c| c.start);
        let quoted = |at: usize| {
            let content = contents.partition_point(|c| c.start <= at).checked_sub(1).map(|i| &contents[i]);
            content.is_some_and(|c| c.contains(&at))
        };
        let mentions = people.iter().enumerate().flat_map(|(i, p)| p.mentions.iter().map(move |m| (m.start, i)));
        let mut narrated: Vec<_> = mentions.filter(|(start, _)| !quoted(*start)).collect();
        narrated.sort_unstable();
        Self { narrated, text, entities, contents, gazetteer, people, article, before: Vec::new() }
    }

    /// The speaker of an attribution. Attributions have to come in the order of the text.
    pub fn resolve(&mut self, attribution: &Attribution) -> Speaker {
        let at = |spans: &[pourparler_text::Span<pourparler_text::Byte>]| spans.first().map(|s| s.start);
        let speaker = match attribution.source.first() {
            Some(&span) => self.source(trim(self.text, span.into())),
            None if attribution.cue.is_empty() => self.continued(at(&attribution.content).unwrap_or(0)),
            None => Speaker::unattributed(),
        };
        if speaker.name.is_some()
            && let Some(at) =
                at(&attribution.source).or_else(|| at(&attribution.cue)).or_else(|| at(&attribution.content))
        {
            self.before.push(Before { at, speaker: speaker.clone() });
        }
        speaker
    }

    /// A quotation that stands alone continues the one who spoke in the paragraph before, and nobody further back.
    fn continued(&self, at: usize) -> Speaker {
        let own = line_start(self.text, at);
        let last = line_start(self.text, self.text[..own].trim_end().len());
        self.before
            .iter()
            .rev()
            .find(|b| b.at >= last)
            .filter(|b| b.speaker.kind == SpeakerKind::Person)
            .map_or_else(Speaker::unattributed, |b| b.speaker.clone())
    }

    fn source(&self, range: Range<usize>) -> Speaker {
        let phrase = &self.text[range.clone()];
        if let Some(pronoun) = pronoun(phrase) {
            return self.pronoun(pronoun, range.start);
        }
        let named = self.named(&range);
        match named.as_slice() {
            [one] => return self.person(&self.people[*one]),
            [_, _, ..] => return self.together(&named),
            [] => {}
        }
        if let Some(speaker) = self.place(phrase).or_else(|| self.known_by_last_word(phrase)) {
            return speaker;
        }
        let core = core(phrase);
        if core.is_empty() {
            return self.antecedent(range.start).unwrap_or_else(Speaker::unattributed);
        }
        self.place(core).unwrap_or_else(|| self.described(core, range.start))
    }

    /// The people that the phrase itself names as speakers.
    fn named(&self, range: &Range<usize>) -> Vec<usize> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (i, person) in self.people.iter().enumerate() {
            let inside = person.mentions.iter().find(|m| range.start <= m.start && m.end <= range.end);
            if let Some(mention) = inside.filter(|m| self.speaks_itself(range, m)) {
                found.push((mention.start, i));
            }
        }
        found.sort_unstable();
        // A second name counts only where the two are joined: "Ahn, who replaced Ortiz" is one speaker.
        let joined = |a: &(usize, usize), b: &(usize, usize)| {
            let between = self.text.get(a.0..b.0).unwrap_or("");
            between.contains(" and ") && !between.contains(" who ")
        };
        match found.as_slice() {
            [a, b, ..] if !joined(a, b) => vec![a.1],
            _ => found.into_iter().map(|f| f.1).collect(),
        }
    }

    /// Whether a name in a source phrase is the speaker, and not whose office or spokesman speaks.
    fn speaks_itself(&self, range: &Range<usize>, mention: &Range<usize>) -> bool {
        let after = self.text[mention.end..range.end].trim_start();
        let owner = after.strip_prefix("’s ").or_else(|| after.strip_prefix("'s "));
        if owner.is_some_and(|rest| !rest.starts_with(char::is_uppercase) || fold(rest).iter().any(|w| is_body(w))) {
            return false;
        }
        let before = self.text[range.start..mention.start].trim_end().to_lowercase();
        let before = before.trim_end_matches([' ', '.']);
        let stands_for = [" for", " of", " to", " with", " by", " near", "from"];
        let titled = before.trim_end_matches(" mr").trim_end_matches(" ms").trim_end_matches(" president");
        !stands_for.iter().any(|p| titled.ends_with(p))
    }

    /// A name that the tagger did not see as one: of the dossier's people, or the last name of somebody named here.
    fn known_by_last_word(&self, phrase: &str) -> Option<Speaker> {
        let plain = phrase.strip_suffix("'s").or_else(|| phrase.strip_suffix("’s")).unwrap_or(phrase);
        let last = plain.rsplit(' ').next().filter(|w| w.starts_with(char::is_uppercase))?;
        let person = self.people.iter().find(|p| fold(&p.name).last() == fold(last).last());
        if let Some(person) = person {
            return Some(self.person(person));
        }
        let known = self.gazetteer.person(plain, self.article.published)?;
        Some(Speaker {
            name: Some(known.name.to_owned()),
            kind: SpeakerKind::Person,
            role: known.title.map(str::to_owned),
            party: known.party.map(str::to_owned),
        })
    }

    fn person(&self, person: &Person) -> Speaker {
        let known = self.gazetteer.person(&person.name, self.article.published);
        let independent = person.role_words().iter().any(|w| is_independent(w));
        let own = if independent { None } else { person.party.clone() };
        Speaker {
            name: Some(match &known {
                Some(k) if fold(k.name).len() >= fold(&person.name).len() => k.name.to_owned(),
                _ => person.name.clone(),
            }),
            kind: SpeakerKind::Person,
            // The dossier knows the office of that day; the article may call somebody by a former one.
            role: known.and_then(|k| k.title.map(str::to_owned)).or_else(|| person.role.clone()),
            party: known
                .and_then(|k| k.party.map(str::to_owned))
                .or(own)
                .or_else(|| self.owner_of(person).filter(|_| !independent)),
        }
    }

    /// The party that *its* or *their* before a person's office points to.
    fn owner_of(&self, person: &Person) -> Option<String> {
        let first = person.mentions.first()?;
        let line = line_start(self.text, first.start);
        let words = fold(&self.text[line..first.start]);
        let near = &words[words.len().saturating_sub(5)..];
        if !near.iter().any(|w| w == "its" || w == "their") {
            return None;
        }
        self.before.iter().rev().find(|b| b.at < first.start).and_then(|b| b.speaker.party.clone())
    }

    fn together(&self, named: &[usize]) -> Speaker {
        let people: Vec<_> = named.iter().map(|&i| self.person(&self.people[i])).collect();
        let names: Vec<_> = people.iter().filter_map(|p| p.name.clone()).collect();
        let party = people[0].party.clone().filter(|first| people.iter().all(|p| p.party.as_ref() == Some(first)));
        Speaker { name: Some(names.join(" and ")), kind: SpeakerKind::Group, role: None, party }
    }

    /// A phrase that is as a whole the name of a country, capital, seat, body or movement.
    fn place(&self, phrase: &str) -> Option<Speaker> {
        let place = self.gazetteer.lookup(phrase)?;
        let kind = match place.form {
            Form::Country | Form::Capital | Form::Demonym => SpeakerKind::Country,
            Form::Seat | Form::Body | Form::Movement => SpeakerKind::Organisation,
        };
        Some(Speaker { name: Some(place.name.to_owned()), kind, role: None, party: Some(place.party.to_owned()) })
    }

    fn pronoun(&self, pronoun: Pronoun, at: usize) -> Speaker {
        let found = match pronoun {
            Pronoun::He | Pronoun::She => self.last_person(at, pronoun == Pronoun::She),
            Pronoun::It => self.last_body(at),
            Pronoun::They => self
                .last(at, |s| s.kind == SpeakerKind::Group || s.kind == SpeakerKind::Unnamed)
                .filter(|s| s.name.as_deref().is_some_and(plural))
                .or_else(|| self.last_body(at)),
            Pronoun::I => self.quoting(at).or_else(|| self.own_voice()),
            Pronoun::We => self.quoting(at).or_else(|| self.own_voice()).map(|s| self.side_of(s)),
            Pronoun::Relative => self.antecedent(at).or_else(|| self.place_before(at)),
        };
        found.unwrap_or_else(Speaker::unattributed)
    }

    fn last(&self, at: usize, fits: impl Fn(&Speaker) -> bool) -> Option<Speaker> {
        self.before.iter().rev().filter(|b| b.at < at).map(|b| &b.speaker).find(|s| fits(s)).cloned()
    }

    /// The person who spoke last, or who was named since then in the article's own words.
    fn last_person(&self, at: usize, woman: bool) -> Option<Speaker> {
        let spoke = self.before.iter().rev().find(|b| {
            b.at < at && b.speaker.kind == SpeakerKind::Person && self.may_be(b.speaker.name.as_deref(), woman)
        });
        let paragraph = line_start(self.text, at);
        let before = &self.narrated[..self.narrated.partition_point(|(start, _)| *start < at)];
        let named = before
            .iter()
            .rev()
            .map(|&(start, person)| (start, &self.people[person]))
            .find(|(_, p)| p.woman.is_none_or(|w| w == woman));
        match (spoke, named) {
            // Somebody named after the last speaker, in this paragraph or where nobody spoke yet, takes over.
            (Some(b), Some((start, p))) if start > b.at && start >= paragraph && b.at < paragraph => {
                Some(self.person(p))
            }
            (Some(b), _) => Some(b.speaker.clone()),
            (None, Some((_, p))) => Some(self.person(p)),
            (None, None) => None,
        }
    }

    fn may_be(&self, name: Option<&str>, woman: bool) -> bool {
        let Some(name) = name else { return false };
        self.people.iter().find(|p| p.name == name).and_then(|p| p.woman).is_none_or(|w| w == woman)
    }

    /// The country or body that spoke last, or was named last at the beginning of a sentence before.
    fn last_body(&self, at: usize) -> Option<Speaker> {
        let spoke = self
            .before
            .iter()
            .rev()
            .find(|b| b.at < at && matches!(b.speaker.kind, SpeakerKind::Country | SpeakerKind::Organisation));
        let paragraph = line_start(self.text, at);
        let subject = self.text[paragraph..at]
            .split_inclusive(". ")
            .filter_map(|s| {
                self.gazetteer.scan(s).into_iter().find(|(r, _)| r.start <= 4).and_then(|(r, _)| self.place(&s[r]))
            })
            .last();
        subject.or_else(|| spoke.map(|b| b.speaker.clone()))
    }

    /// First person inside somebody's content: that speaker.
    fn quoting(&self, at: usize) -> Option<Speaker> {
        let content = self.contents.iter().find(|c| c.start < at && at < c.end)?;
        let near = |b: &&Before| b.at.abs_diff(content.start) < 400 || content.contains(&b.at);
        self.before.iter().rev().filter(|b| b.at < at).find(near).map(|b| b.speaker.clone())
    }

    /// First person in the text's own voice: of an address, a statement or an interview, the person whom its title
    /// or byline names, or else the first whom its beginning names.
    fn own_voice(&self) -> Option<Speaker> {
        let head = [self.article.title.as_deref(), self.article.byline.as_deref()].into_iter().flatten();
        let in_head = head
            .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '-'))
            .find_map(|word| if word.starts_with(char::is_uppercase) { self.known_by_last_word(word) } else { None });
        let opening = self.text.char_indices().nth(600).map_or(self.text.len(), |(i, _)| i);
        let first = self.people.iter().filter_map(|p| p.mentions.first().map(|m| (m.start, p))).min_by_key(|(m, _)| *m);
        in_head.or_else(|| first.filter(|(m, _)| *m < opening).map(|(_, p)| self.person(p)))
    }

    /// Whom *we* stands for: the side of the one who says it.
    fn side_of(&self, speaker: Speaker) -> Speaker {
        let side = speaker.party.as_deref().and_then(|p| self.place(p));
        side.unwrap_or(speaker)
    }

    /// What stands right before *who* or *which*.
    fn antecedent(&self, at: usize) -> Option<Speaker> {
        let near = self
            .entities
            .iter()
            .rfind(|e| e.span.end <= at && at - e.span.end <= 60 && !self.text[e.span.end..at].contains(['.', '\n']))?;
        let words: Range<usize> = near.span.into();
        match near.kind {
            EntityKind::Person => {
                let person = self
                    .people
                    .iter()
                    .find(|p| p.mentions.iter().any(|m| words.start <= m.start && m.end <= words.end))?;
                Some(self.person(person))
            }
            _ => self.place(&self.text[words]),
        }
    }

    /// The country or body named right before *which*.
    fn place_before(&self, at: usize) -> Option<Speaker> {
        let line = self.text[..at].rfind(['\n', '.']).map_or(0, |i| i + 1);
        let (range, _) = self.gazetteer.scan(&self.text[line..at]).pop()?;
        (at - line - range.end <= 4).then(|| self.place(&self.text[line..][range]))?
    }

    /// A phrase without a person's name: an epithet of somebody named before, a body, a group, an unnamed source.
    fn described(&self, phrase: &str, at: usize) -> Speaker {
        let bare = without_article(phrase);
        let words = fold(bare);
        let head = head(bare);
        let definite = ["the ", "his ", "her ", "its ", "their "].iter().any(|d| phrase.to_lowercase().starts_with(d));
        let places = self.gazetteer.scan(bare);
        let party = places.iter().map(|(_, p)| p.party.to_owned()).next();
        let organised = self
            .entities
            .iter()
            .any(|e| e.kind == EntityKind::Organisation && at <= e.span.start && e.span.end <= at + phrase.len());
        let several = bare.contains(" and ") && !places.is_empty() && !organised && !is_body(&head);
        let named = |kind, party| Speaker { name: Some(bare.to_owned()), kind, role: None, party };
        if is_role(&head) {
            // "A senior diplomat" is nobody named before; "Prime minister" or "the diplomat" may be.
            let pointing = definite || phrase.starts_with(char::is_uppercase) && bare.len() == phrase.len();
            if let Some(speaker) = self.epithet(&head, &words, party.as_deref(), at).filter(|_| pointing) {
                return speaker;
            }
            let independent = words.iter().any(|w| is_independent(w));
            let name = if definite { bare } else { phrase };
            return Speaker {
                name: Some(name.to_owned()),
                kind: SpeakerKind::Unnamed,
                role: Some(head),
                party: party.filter(|_| !independent),
            };
        }
        if several && !is_unnamed(&head) {
            return named(SpeakerKind::Group, None);
        }
        if is_unnamed(&head) {
            return named(SpeakerKind::Unnamed, party);
        }
        if is_group(&head) || words.first().is_some_and(|w| is_group(w)) {
            return named(SpeakerKind::Group, party.filter(|_| places.len() == 1));
        }
        if is_body(&head) || organised {
            if let Some(speaker) = self.possessed(phrase, &head, at) {
                return speaker;
            }
            if definite
                && !organised
                && party.is_none()
                && let Some(speaker) = self.body_called(&head, at)
            {
                return speaker;
            }
            // "the broadcaster Canal Doze": the name is what is capitalised, and an outlet is nobody's party.
            if is_outlet(bare.split(' ').next().unwrap_or_default()) {
                let name = bare.find(char::is_uppercase).map_or(bare, |at| &bare[at..]);
                return Speaker { name: Some(name.to_owned()), kind: SpeakerKind::Organisation, role: None, party };
            }
            let own =
                party.clone().or_else(|| self.home(&head, definite, at)).or_else(|| organised.then(|| bare.to_owned()));
            return named(SpeakerKind::Organisation, own);
        }
        if bare.split_whitespace().any(|w| w.starts_with(char::is_uppercase)) {
            // A name that nothing tells more about.
            let kind = if party.is_some() { SpeakerKind::Organisation } else { SpeakerKind::Unnamed };
            return named(kind, party);
        }
        Speaker { name: Some(phrase.to_owned()), kind: SpeakerKind::Unnamed, role: None, party }
    }

    /// *The minister*, *the Ukrainian leader*: the person last named whose office and country fit.
    fn epithet(&self, head: &str, words: &[String], party: Option<&str>, at: usize) -> Option<Speaker> {
        let role_fits = |p: &Person| {
            let role = self.person(p).role.as_deref().map(fold).unwrap_or_default();
            let same = role.iter().any(|w| w == head || same_office(w, head));
            let leader = head == "leader" && role.iter().any(|w| leads(w));
            // "foreign minister" is not the "defence minister"
            let particular = words
                .iter()
                .filter(|w| ["foreign", "prime", "defence", "defense", "vice", "deputy"].contains(&w.as_str()));
            (same || leader) && particular.into_iter().all(|w| role.contains(w))
        };
        let of_party = |p: Option<&str>| party.is_none() || p == party;
        let person = self
            .people
            .iter()
            .filter(|p| role_fits(p) && of_party(self.person(p).party.as_deref()))
            .filter_map(|p| p.mentions.iter().map(|m| m.start).filter(|m| *m < at).max().map(|m| (m, p)))
            .max_by_key(|(mention, _)| *mention);
        // Somebody who spoke under that very description, named or not: "a senior diplomat … the diplomat".
        let described = |s: &Speaker| {
            let role = s.role.as_deref().or(s.name.as_deref().filter(|_| s.kind == SpeakerKind::Unnamed));
            role.is_some_and(|r| fold(r).iter().any(|w| w == head)) && of_party(s.party.as_deref())
        };
        let spoke = self.before.iter().rev().find(|b| b.at < at && described(&b.speaker));
        match (spoke, person) {
            (Some(b), Some((mention, p))) if b.at < mention => Some(self.person(p)),
            (Some(b), _) => Some(b.speaker.clone()),
            (None, Some((_, p))) => Some(self.person(p)),
            (None, None) => None,
        }
    }

    /// *His office*: the office of the person last named.
    fn possessed(&self, phrase: &str, head: &str, at: usize) -> Option<Speaker> {
        let (owner, _) = phrase.split_once(' ')?;
        let woman = match pronoun(owner)? {
            Pronoun::He => false,
            Pronoun::She => true,
            _ => return None,
        };
        let person = self.last_person(at, woman)?;
        let last = person.name.as_deref()?.rsplit(' ').next()?.to_owned();
        let name = Some(format!("{last}’s {head}"));
        Some(Speaker { name, kind: SpeakerKind::Organisation, role: None, party: person.party })
    }

    /// The country of *the foreign ministry* where its phrase names none: that of the one who spoke last.
    fn home(&self, head: &str, definite: bool, at: usize) -> Option<String> {
        let of_state = ["ministry", "government", "presidency", "army", "parliament", "cabinet", "military", "palace"];
        if !definite || !of_state.contains(&head) {
            return None;
        }
        self.last(at, |s| s.party.is_some()).and_then(|s| s.party)
    }

    /// *The alliance*, *the ministry*: the body last named that is called so.
    fn body_called(&self, head: &str, at: usize) -> Option<Speaker> {
        let called = |name: &str| fold(name).iter().any(|w| w == head);
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
        if general.contains(&head) {
            let (range, _) = self
                .gazetteer
                .scan(&before[from..])
                .into_iter()
                .rfind(|(_, p)| matches!(p.form, Form::Body | Form::Movement))?;
            return self.place(&before[from..][range]);
        }
        let entity = self.entities.iter().rfind(|e| {
            e.span.end <= at && e.kind == EntityKind::Organisation && called(&self.text[Range::from(e.span)])
        })?;
        let name = &self.text[Range::from(entity.span)];
        let party = self.gazetteer.scan(name).first().map(|(_, p)| p.party.to_owned());
        Some(Speaker {
            name: Some(name.to_owned()),
            kind: SpeakerKind::Organisation,
            role: None,
            party: party.or_else(|| Some(name.to_owned())),
        })
    }
}

/// A source phrase without white space, commas and dashes around it.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let phrase = &text[range.clone()];
    let left = phrase.trim_start_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    let start = range.end - left.len();
    let kept = left.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    start..start + kept.len()
}

/// A phrase without what only adds to it: from a comma, a relative pronoun or *speaking* on.
fn core(phrase: &str) -> &str {
    let mut end = phrase.find([',', '(', '–', '—']).unwrap_or(phrase.len());
    for word in phrase[..end].split_whitespace() {
        if ["who", "which", "speaking", "familiar", "briefed", "close", "with"].contains(&word) {
            end = word.as_ptr() as usize - phrase.as_ptr() as usize;
            break;
        }
    }
    phrase[..end].trim_end()
}

fn without_article(phrase: &str) -> &str {
    ["The ", "the ", "A ", "a ", "An ", "an "].iter().find_map(|a| phrase.strip_prefix(a)).unwrap_or(phrase)
}

/// The noun that a phrase is about: its last word before a comma, a preposition or a relative clause.
fn head(phrase: &str) -> String {
    let end = phrase.find([',', '(', '–', '—']).unwrap_or(phrase.len());
    let mut head = "";
    for word in phrase[..end].split_whitespace() {
        let stops = [
            "of", "for", "in", "at", "from", "with", "who", "which", "that", "on", "to", "close", "familiar", "near",
            "speaking", "briefed", "involved",
        ];
        if stops.contains(&word.to_lowercase().as_str()) && !head.is_empty() {
            break;
        }
        head = word;
    }
    key(head)
}

fn plural(name: &str) -> bool {
    let head = head(name);
    is_group(&head) || is_unnamed(&head) || name.contains(" and ")
}

fn same_office(a: &str, b: &str) -> bool {
    let spoken = |w: &str| w.starts_with("spokes");
    let chaired = |w: &str| w.starts_with("chair");
    let advising = |w: &str| w == "adviser" || w == "advisor" || w == "aide";
    let negotiating = |w: &str| ["envoy", "negotiator", "mediator", "diplomat", "ambassador"].contains(&w);
    spoken(a) && spoken(b)
        || negotiating(a) && negotiating(b)
        || chaired(a) && chaired(b)
        || advising(a) && advising(b)
        || (a == "minister" && b == "premier")
}

#[cfg(test)]
mod tests {
    use pourparler_dossier::Dossier;
    use pourparler_text::Span;

    use super::*;

    /// Marks in a text: `[source]`, `<person>`, `{organisation}`. The sources become attributions, one each.
    fn resolved(marked: &str) -> Vec<Speaker> {
        let (mut text, mut open, mut sources, mut entities) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '[' | '<' | '{' => open.push(text.len()),
                ']' | '>' | '}' => {
                    let span = Span::new(open.pop().expect("it was opened"), text.len());
                    match c {
                        ']' => sources.push(span),
                        '>' => entities.push(Entity { span, kind: EntityKind::Person }),
                        _ => entities.push(Entity { span, kind: EntityKind::Organisation }),
                    }
                }
                c => text.push(c),
            }
        }
        let attributions: Vec<_> = sources
            .into_iter()
            .map(|s| Attribution {
                source: vec![s],
                cue: vec![Span::new(s.end, s.end + 1)],
                content: vec![],
                signals: [0.0; crate::SIGNALS],
                verbatim: false,
            })
            .collect();
        let article = Article::from_text(text);
        let gazetteer = Gazetteer::new(&Dossier::general());
        let mut resolver = Resolver::new(&article, &entities, &attributions, &gazetteer);
        attributions.iter().map(|a| resolver.resolve(a)).collect()
    }

    fn last(marked: &str) -> (Option<String>, SpeakerKind, Option<String>) {
        let speaker = resolved(marked).pop().expect("a source is marked");
        (speaker.name, speaker.kind, speaker.party)
    }

    #[test]
    fn sources_become_speakers() {
        use SpeakerKind::{Country, Group, Organisation, Person, Unnamed};
        for (marked, name, kind, party) in [
            ("[Moscow] said no.", Some("Russia"), Country, Some("Russia")),
            ("[The Kremlin] said no.", Some("Kremlin"), Organisation, Some("Russia")),
            ("[Peruvian Foreign Minister <Ana Oren>] said no.", Some("Ana Oren"), Person, Some("Peru")),
            ("[Peru’s chief negotiator, <Ana Oren>,] said no.", Some("Ana Oren"), Person, Some("Peru")),
            ("Peru’s president, <Ana Oren>, came. [<Oren>] said no.", Some("Ana Oren"), Person, Some("Peru")),
            ("Peruvian President <Ana Oren> came. [She] said no.", Some("Ana Oren"), Person, Some("Peru")),
            (
                "Peruvian President <Ana Oren> came.\n[The Peruvian leader] said no.",
                Some("Ana Oren"),
                Person,
                Some("Peru"),
            ),
            ("[<Ana Oren>, an analyst in Peru,] said no.", Some("Ana Oren"), Person, None),
            ("[A senior Peruvian official] said no.", Some("A senior Peruvian official"), Unnamed, Some("Peru")),
            ("[<Ana Oren>’s office] said no.", Some("Ana Oren’s office"), Organisation, None),
            ("[both sides] said no.", Some("both sides"), Group, None),
            ("[the broadcaster {Canal Sur}] said no.", Some("Canal Sur"), Organisation, None),
            (
                "Talks with the {United Nations} failed. [the body] said no.",
                Some("United Nations"),
                Organisation,
                Some("United Nations"),
            ),
        ] {
            let expected = (name.map(str::to_owned), kind, party.map(str::to_owned));
            assert_eq!(last(marked), expected, "{marked}");
        }
    }

    #[test]
    fn nobody_is_invented() {
        for marked in [
            "[He] said no.",
            "[It] said no.",
            // the only woman named is not "he"
            "Ms. <Oren> came. [He] said no.",
            "[I] said no.",
        ] {
            assert_eq!(last(marked).0, None, "{marked}");
        }
        // An unnamed official is not the minister who was named before.
        let (name, kind, _) = last("Peruvian Foreign Minister <Ana Oren> came. [A Peruvian minister] said no.");
        assert_eq!((name.as_deref(), kind), (Some("A Peruvian minister"), SpeakerKind::Unnamed));
    }
}
