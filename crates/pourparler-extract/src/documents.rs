//! Documents as sources: *the report*, *a statement by the ministry*, *her memoirs*. Whoever gave one out speaks.

use std::ops::Range;

use pourparler_dossier::Form;
use pourparler_text::{Speaker, SpeakerKind};

use crate::decode::EntityKind;
use crate::described::without_article;
use crate::lexicon::{Pronoun, is_document, pronoun};
use crate::speaker::Resolver;

impl Resolver<'_> {
    /// *The IAEA resolution*, *a statement by the ministry*: the body whose document it is; of *the report*, the one that
    /// was named with it before.
    pub(crate) fn document(&self, phrase: &str, head: &str, at: usize) -> Option<Speaker> {
        if !is_document(head) {
            return None;
        }
        // *Judge Oren’s ruling*, *her memoirs*
        let owner = self.people.iter().find(|p| {
            let inside = p.mentions.iter().filter(|m| at <= m.start && m.end <= at + phrase.len());
            inside.map(|m| &self.text[m.end..]).any(|after| after.starts_with("'s ") || after.starts_with("’s "))
        });
        if let Some(person) = owner {
            return Some(self.person(person));
        }
        if let Some(pronoun @ (Pronoun::He | Pronoun::She | Pronoun::It)) = phrase.split(' ').next().and_then(pronoun) {
            return Some(self.pronoun(pronoun, at)).filter(|s| s.name.is_some());
        }
        if let Some((_, owner)) = [" by ", " from ", " of ", " issued by "]
            .iter()
            .filter_map(|of| phrase.split_once(of))
            .min_by_key(|(a, _)| a.len())
            && let start = at + owner.as_ptr() as usize - phrase.as_ptr() as usize
            && owner.contains(char::is_uppercase)
        {
            let owner = self.source(start..start + owner.len());
            return Some(owner).filter(|o| o.name.is_some());
        }
        if let Some(owner) = self.owner_in(at..at + phrase.len()) {
            return Some(owner);
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
