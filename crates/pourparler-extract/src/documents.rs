//! Documents as sources: *the report*, *a statement by the ministry*, *her memoirs*. Whoever gave one out speaks.

use std::ops::Range;

use pourparler_dossier::Form;
use pourparler_text::names::fold;
use pourparler_text::{Speaker, SpeakerKind};

use crate::act::listed;
use crate::decode::EntityKind;
use crate::described::{head, owned, without_article};
use crate::lexicon::{Pronoun, is_document, pronoun};
use crate::speaker::Resolver;

/// What researchers write or do, which says what they say.
const STUDIES: &str =
    "study, paper, research, theory, model, experiment, experiments, findings, results, work, article, itself";
/// Those who do research, by what they are called.
const SCHOLARS: &str = "researchers, scientists, authors, archaeologists, astronomers, astrophysicists, biologists, colleagues, \
    academics, scholars";

/// What is done *by* others with what somebody wrote.
const NOT_WRITTEN: &str =
    "backed, carried, endorsed, obtained, published, quoted, seen, sponsored, co-sponsored, supported";

/// Whether a phrase is of researchers, by its head or by whose team it is.
pub(crate) fn is_scholarly(phrase: &str) -> bool {
    let called = head(phrase);
    let team = called == "team" && phrase.split_once(" of ").is_some_and(|(_, of)| listed(SCHOLARS, &head(of)));
    listed(SCHOLARS, &called) || team || phrase.ends_with(" et al")
}

impl Resolver<'_> {
    /// *The IAEA resolution*, *a statement by the ministry*: the body whose document it is; of *the report*, the one that
    /// was named with it before.
    pub(crate) fn document(&self, phrase: &str, head: &str, at: usize) -> Option<Speaker> {
        if let Some(scholars) = self.scholars_of(phrase, head, at) {
            return Some(scholars);
        }
        // *Tarnel’s Advisory Number 14*: what somebody gave out may be called so before the head, too.
        let called = |own: &str| fold(own).iter().any(|word| is_document(word));
        let owner = owned(phrase).filter(|(_, own)| called(own)).map(|(owner, _)| owner);
        if !is_document(head) && owner.is_none() {
            return None;
        }
        // *Judge Oren’s ruling*, *her memoirs*
        let person = self.people.iter().find(|p| {
            let inside = p.mentions.iter().filter(|m| at <= m.start && m.end <= at + phrase.len());
            // *A statement from Oren’s family* is the family's.
            let theirs = |owned: &str| {
                let end = owned.find([',', '.', '\n']).unwrap_or(owned.len());
                fold(&owned[..end]).iter().take(6).any(|word| word == head || is_document(word))
            };
            let after = inside.map(|m| &self.text[m.end..]);
            after.filter_map(|a| a.strip_prefix("'s ").or_else(|| a.strip_prefix("’s "))).any(theirs)
        });
        if let Some(person) = person {
            return Some(self.person(person));
        }
        if let Some(pronoun @ (Pronoun::He | Pronoun::She | Pronoun::It)) = phrase.split(' ').next().and_then(pronoun) {
            return Some(self.pronoun(pronoun, at)).filter(|s| s.name.is_some());
        }
        if let Some(speaker) = owner.and_then(|owner| self.owner_named(owner, at)) {
            return Some(speaker);
        }
        if let Some((_, owner)) = [" by ", " from ", " of ", " issued by "]
            .iter()
            .filter_map(|of| phrase.split_once(of))
            .filter(|(before, _)| !before.rsplit(' ').next().is_some_and(|word| listed(NOT_WRITTEN, word)))
            .min_by_key(|(a, _)| a.len())
            // *An email from Tarnel to Ana Oren*
            && let owner = owner.split(" to ").next().unwrap_or(owner)
            && let start = at + owner.as_ptr() as usize - phrase.as_ptr() as usize
            && owner.contains(char::is_uppercase)
        {
            let owner = self.source(start..start + owner.len());
            return Some(owner).filter(|o| o.name.is_some());
        }
        if let Some(owner) = self.owner_in(at..at + phrase.len()) {
            return Some(owner);
        }
        // *A lower court ruling*
        let court = without_article(phrase).strip_suffix(head).map(str::trim_end).filter(|of| of.ends_with(" court"));
        if let Some(court) = court {
            let (name, party) = (Some(court.to_owned()), self.home(at));
            return Some(Speaker { name, kind: SpeakerKind::Organisation, role: None, party });
        }
        // *A report* is new: nobody before gave it out.
        let definite = ["the ", "this ", "that ", "these ", "those ", "its ", "their "];
        if !definite.iter().any(|word| phrase.to_lowercase().starts_with(word)) {
            return None;
        }
        // Where it is spoken of before, its body is named in the sentence; else it is that of the body that spoke last.
        let body = |s: &Speaker| s.kind == SpeakerKind::Organisation && s.name.is_some();
        let sentence = |first: usize| {
            let start = self.text[..first].rfind(['\n', '.']).map_or(0, |i| i + 1);
            let end = self.text[first..].find(['\n', '.']).map_or(at, |i| first + i).min(at);
            self.owner_in(start..first).or_else(|| self.owner_in(first..end))
        };
        let first = self.text.get(..at)?.find(head);
        let owner = first.and_then(sentence);
        owner.clone().filter(body).or_else(|| self.last(at, body)).or(owner)
    }

    /// *Tarnel’s take-down notice*: the owner, where it is the name of a body or of somebody.
    fn owner_named(&self, owner: &str, at: usize) -> Option<Speaker> {
        let known = self.place(owner).map(|s| s.kind);
        let other = known.is_none() && self.gazetteer.scan(owner).is_empty();
        if !owner.contains(char::is_uppercase) || !(other || known == Some(SpeakerKind::Organisation)) {
            return None;
        }
        Some(self.source(at..at + owner.len())).filter(|s| s.name.is_some() && s.kind != SpeakerKind::Unnamed)
    }

    /// *The study*, *the research paper*: the researchers who spoke before.
    fn scholars_of(&self, phrase: &str, head: &str, at: usize) -> Option<Speaker> {
        let phrase = phrase.to_lowercase();
        let definite = ["the ", "this ", "their "].iter().find_map(|word| phrase.strip_prefix(word))?;
        let plain = definite.trim_end_matches(" itself");
        (listed(STUDIES, head) && plain.split(' ').count() <= 2).then(|| self.scholars(at))?
    }

    /// The researchers who spoke last under more than that word.
    pub(crate) fn scholars(&self, at: usize) -> Option<Speaker> {
        let known = |name: &str| without_article(name).contains(' ') && is_scholarly(name) && owned(name).is_none();
        self.last(at, |s| s.kind == SpeakerKind::Group && s.name.as_deref().is_some_and(known))
    }

    /// The body, or else the country or organisation, named last in a stretch of text.
    fn owner_in(&self, range: Range<usize>) -> Option<Speaker> {
        let stretch = self.text.get(range.clone())?;
        let places = self.gazetteer.scan(stretch);
        let body =
            places.iter().rfind(|(_, p)| matches!(p.form, Form::Seat | Form::Agency | Form::Body | Form::Movement));
        let name = |range: &Range<usize>| self.place(&stretch[range.clone()]);
        if let Some((range, _)) = body {
            return name(range);
        }
        let organisation = self
            .entities
            .iter()
            .rfind(|e| e.kind == EntityKind::Organisation && range.start <= e.span.start && e.span.end <= range.end);
        if let Some(entity) = organisation {
            let words = &self.text[Range::from(entity.span)];
            let name = Some(without_article(words).to_owned());
            let party = places.first().map(|(_, p)| p.party.to_owned()).or_else(|| name.clone());
            return Some(Speaker { name, kind: SpeakerKind::Organisation, role: None, party });
        }
        places.last().and_then(|(range, _)| name(range))
    }
}
