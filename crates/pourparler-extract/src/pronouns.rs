//! Whom a pronoun, a relative clause or a quotation without a source points to.

use std::ops::Range;

use pourparler_text::{Speaker, SpeakerKind};

use crate::decode::EntityKind;
use crate::described::head;
use crate::documents::is_scholarly;
use crate::lexicon::{Pronoun, is_group, is_role, is_unnamed};
use crate::people::{Person, given_name, line_before_start, line_start};
use crate::speaker::{Before, Resolver};

impl Resolver<'_> {
    /// A quotation that stands alone continues the one who spoke in the paragraph before, and nobody further back.
    pub(crate) fn continued(&self, at: usize) -> Speaker {
        let last = line_before_start(self.text, at);
        self.before
            .iter()
            .rev()
            .find(|b| b.at >= last)
            .filter(|b| !matches!(b.speaker.kind, SpeakerKind::Group))
            .map_or_else(Speaker::unattributed, |b| b.speaker.clone())
    }

    pub(crate) fn pronoun(&self, pronoun: Pronoun, at: usize) -> Speaker {
        let found = match pronoun {
            Pronoun::He | Pronoun::She => self.last_person(at, pronoun == Pronoun::She),
            Pronoun::They if let Some(them) = self.other_side(at) => Some(them),
            Pronoun::It => self.last_body(at),
            Pronoun::They => self
                .last(at, |s| s.kind == SpeakerKind::Group || s.kind == SpeakerKind::Unnamed)
                .filter(|s| s.name.as_deref().is_some_and(plural))
                .or_else(|| self.last_body(at)),
            Pronoun::I => self.quoting(at).or_else(|| self.own_voice()),
            Pronoun::We => self
                .quoting(at)
                .map(|s| self.side_of(s))
                .or_else(|| self.own_voice().map(|s| self.with_met(&s, at).unwrap_or_else(|| self.side_of(s)))),
            Pronoun::Relative => {
                self.antecedent(at).or_else(|| self.place_before(at)).or_else(|| self.phrase_before(at))
            }
        };
        found.or_else(|| self.named_near(pronoun, at)).unwrap_or_else(Speaker::unattributed)
    }

    /// Where nobody spoke before: the person, or the country or body, that the paragraph names last before a pronoun.
    fn named_near(&self, pronoun: Pronoun, at: usize) -> Option<Speaker> {
        let paragraph = line_start(self.text, at);
        match pronoun {
            Pronoun::He | Pronoun::She => {
                let fits = |p: &&Person| p.woman.is_none_or(|woman| woman == (pronoun == Pronoun::She));
                let last = |p: &Person| p.mentions.iter().map(|m| m.start).filter(|m| paragraph <= *m && *m < at).max();
                let near = self.people.iter().filter(fits).filter_map(|p| last(p).map(|m| (m, p)));
                near.max_by_key(|(m, _)| *m).map(|(_, p)| self.person(p))
            }
            Pronoun::It => {
                let sentence = self.text[paragraph..at].rfind(". ").map_or(paragraph, |end| paragraph + end + 2);
                self.last_named_in(sentence..at, |_| true).or_else(|| self.begun_with(paragraph..sentence))
            }
            Pronoun::They => self.begun_with(paragraph..at),
            _ => None,
        }
    }

    /// The body or country with which the last sentence of a stretch begins that begins with one.
    fn begun_with(&self, range: Range<usize>) -> Option<Speaker> {
        let stretch = self.text.get(range.clone())?;
        self.last_named_in(range.clone(), |start| {
            let before = stretch[..start - range.start].trim_end_matches("The ").trim_end();
            before.is_empty() || before.ends_with(['.', '?', '!', '”', '"'])
        })
    }

    /// The country or body that a stretch names last, at a place that fits.
    fn last_named_in(&self, range: Range<usize>, fits: impl Fn(usize) -> bool) -> Option<Speaker> {
        let places = self.gazetteer.scan(self.text.get(range.clone())?);
        let named = |(r, _): &(Range<usize>, _)| (range.start + r.start, range.start + r.end);
        let place = places.iter().map(named).rfind(|(start, _)| fits(*start));
        let inside = |e: &&crate::Entity| {
            e.kind == EntityKind::Organisation && range.start <= e.span.start && e.span.end <= range.end
        };
        let mut bodies = self.entities.iter().filter(inside).map(|e| (e.span.start, e.span.end));
        let (start, end) = place.max(bodies.rfind(|(start, _)| fits(*start)))?;
        Some(self.source(start..end)).filter(|s| matches!(s.kind, SpeakerKind::Organisation | SpeakerKind::Country))
    }

    pub(crate) fn last(&self, at: usize, fits: impl Fn(&Speaker) -> bool) -> Option<Speaker> {
        self.before.iter().rev().filter(|b| b.at < at).map(|b| &b.speaker).find(|s| fits(s)).cloned()
    }

    /// The person who spoke last, or who was named since then in the article's own words.
    pub(crate) fn last_person(&self, at: usize, woman: bool) -> Option<Speaker> {
        let fits = |b: &&Before| {
            let one = match b.speaker.kind {
                SpeakerKind::Person => true,
                // *a spokesman*, who is one person though nobody names him
                SpeakerKind::Unnamed => b.speaker.role.is_some(),
                _ => false,
            };
            b.at < at && one && self.may_be(b.speaker.name.as_deref(), woman)
        };
        // Who is quoted inside another's words, or only in a relative clause, is not whom a later sentence is about.
        let inside = self.contents.iter().any(|c| c.start < at && at < c.end);
        let main = self.before.iter().rev().filter(|b| b.main || inside).find(fits);
        let spoke = main.or_else(|| self.before.iter().rev().find(fits));
        let paragraph = line_start(self.text, at);
        let before = &self.narrated[..self.narrated.partition_point(|(start, _)| *start < at)];
        let named = before
            .iter()
            .rev()
            .map(|&(start, person)| (start, &self.people[person]))
            .find(|(_, p)| p.woman.is_none_or(|w| w == woman));
        // *Oren wrote to Tal that he …*: whom a sentence begins with is whom the next are about.
        let begins =
            before.iter().rev().take_while(|(start, _)| *start >= paragraph && spoke.is_none_or(|b| *start > b.at));
        let begins = begins
            .map(|&(start, person)| (start, &self.people[person]))
            .find(|(start, p)| p.woman.is_none_or(|w| w == woman) && self.begins_sentence(*start));
        if let Some((_, person)) = begins {
            return Some(self.person(person));
        }
        match (spoke, named) {
            // Somebody named after the last speaker, in this paragraph or where nobody spoke yet, takes over.
            (Some(b), Some((start, p))) if start > b.at && start >= paragraph && b.at < paragraph => {
                Some(self.person(p))
            }
            // *Among them is Ana Oren. ¶ “I want a judge,” she said.*: of whom alone the paragraph before tells.
            (Some(b), Some((start, p))) if start > b.at && self.tells_of_one(start, at) && !inside => {
                Some(self.person(p))
            }
            (Some(b), _) => Some(b.speaker.clone()),
            (None, Some((_, p))) => Some(self.person(p)),
            (None, None) => None,
        }
    }

    /// Whether the paragraph before the one of a pronoun tells of one person alone, at this place, and nobody spoke since it began.
    fn tells_of_one(&self, named: usize, at: usize) -> bool {
        let (paragraph, before) = (line_start(self.text, at), line_before_start(self.text, at));
        let quoted = self.text[paragraph..].starts_with(['"', '“']);
        let mut told =
            self.narrated.iter().filter(|(start, _)| (before..paragraph).contains(start)).map(|(_, who)| who);
        let one = told.next().is_some_and(|first| told.all(|other| other == first));
        quoted && one && (before..paragraph).contains(&named) && self.before.iter().all(|b| b.at < before || b.at > at)
    }

    /// Whether a name stands at the beginning of a sentence, but for titles before it.
    fn begins_sentence(&self, at: usize) -> bool {
        let line = line_start(self.text, at);
        let before = self.text[line..at].rsplit(['.', '?', '!', '”', '"']).next().unwrap_or_default();
        before.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || is_role(w))
            && before.split_whitespace().count() < 5
    }

    fn may_be(&self, name: Option<&str>, woman: bool) -> bool {
        let Some(name) = name else { return false };
        let person = self.people.iter().find(|p| p.name == name);
        let told = person.map_or_else(|| given_name(name.split(' ').next()?), |p| p.woman);
        told.is_none_or(|w| w == woman)
    }

    /// The country or body that spoke last, or was named last at the beginning of a sentence before.
    pub(crate) fn last_body(&self, at: usize) -> Option<Speaker> {
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
    pub(crate) fn quoting(&self, at: usize) -> Option<Speaker> {
        let content = self.contents.iter().find(|c| c.start <= at && at < c.end)?;
        let near = |b: &&Before| b.at.abs_diff(content.start) < 400 || content.contains(&b.at);
        let before = || self.before.iter().rev().filter(|b| b.at < at);
        // *We* of an answer that tells what others said is whose answer it is.
        before().filter(|b| b.main).find(near).or_else(|| before().find(near)).map(|b| b.speaker.clone())
    }

    /// What stands right before *who* or *which*.
    pub(crate) fn antecedent(&self, at: usize) -> Option<Speaker> {
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

    /// The noun phrase right before *which*, from its article on.
    fn phrase_before(&self, at: usize) -> Option<Speaker> {
        let line = line_start(self.text, at);
        let before = self.text[line..at].trim_end().trim_end_matches(',');
        let mut start = before.len();
        for word in before.split_whitespace().rev().take(6) {
            if word.ends_with([',', '.', ';', ':', '”', '"']) && start < before.len() {
                break;
            }
            start = word.as_ptr() as usize - before.as_ptr() as usize;
            if ["the", "a", "an", "its", "their", "his", "her"].contains(&word.to_lowercase().as_str()) {
                return Some(self.source(line + start..line + before.len())).filter(|s| s.name.is_some());
            }
        }
        let last = before.rsplit(' ').next()?;
        let somebody = is_group(&last.to_lowercase()) || is_unnamed(&last.to_lowercase());
        somebody.then(|| self.source(line + before.len() - last.len()..line + before.len()))
    }

    /// The country or body named right before *which*.
    fn place_before(&self, at: usize) -> Option<Speaker> {
        let line = self.text[..at].rfind(['\n', '.']).map_or(0, |i| i + 1);
        let (range, _) = self.gazetteer.scan(&self.text[line..at]).pop()?;
        (at - line - range.end <= 4).then(|| self.place(&self.text[line..][range]))?
    }
}

fn plural(name: &str) -> bool {
    let head = head(name);
    is_group(&head) || is_unnamed(&head) || is_scholarly(name) || head == "team" || name.contains(" and ")
}
