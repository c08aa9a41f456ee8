//! Names that the tagger did not see: behind an office, of the dossier's people, the last or first name of somebody whom the
//! article names in whole.

use pourparler_text::names::fold;
use pourparler_text::{Speaker, SpeakerKind};

use crate::described::without_article;
use crate::lexicon::{is_body, is_modifier, is_role, opens};
use crate::people::{Person, given_name, is_day};
use crate::speaker::Resolver;

impl Resolver<'_> {
    /// *Tarn’s Foreign Minister Ana Oren*, whose name the tagger did not see: capitalised words that end a phrase behind an office, or
    /// first and last name behind one that goes on, *the Minister of State Ana Oren*.
    pub(crate) fn titled_name(&self, phrase: &str, at: usize) -> Option<Speaker> {
        let begun = phrase.split_once(' ').filter(|(first, _)| opens(first));
        let (at, phrase) = begun.map_or((at, phrase), |(first, rest)| (at + first.len() + 1, rest));
        let parted = |space: usize| (&phrase[..space], &phrase[space + 1..]);
        let office = phrase.rmatch_indices(' ').map(|(at, _)| parted(at)).find(|(title, _)| {
            let word = title.rsplit(' ').next().unwrap_or_default();
            is_role(word.trim_end_matches('.'))
        });
        let goes_on = |(_, name): &(&str, &str)| name.starts_with("of ") || name.starts_with("for ");
        let (title, name) = match office? {
            longer if goes_on(&longer) => phrase
                .rmatch_indices(' ')
                .nth(1)
                .map(|(at, _)| parted(at))
                .filter(|(_, name)| name.split(' ').next().and_then(given_name).is_some())?,
            office => office,
        };
        let name = name.strip_prefix("Dr. ").unwrap_or(name);
        let words = name.split(' ').count();
        let proper = |w: &str| {
            w.starts_with(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
                && !(is_modifier(w) || is_body(w) || is_day(w))
        };
        // A single word is a name behind nothing but an office: *President Oren*.
        let office_alone =
            || title.split(' ').all(|w| is_role(w) || is_modifier(w)) && name.len() > 2 && !is_role(name);
        let fits = (words == 1 && office_alone() || (2..=4).contains(&words)) && name.split(' ').all(proper);
        if !fits
            || !self.gazetteer.scan(name).is_empty()
            || [" and ", " who ", " which "].iter().any(|w| title.contains(w))
            || self.serves_titled(title)
        {
            return None;
        }
        let places = self.gazetteer.scan(title);
        let role: Vec<&str> = title.split(' ').filter(|w| self.gazetteer.lookup(w).is_none()).collect();
        Some(Speaker {
            name: Some(name.to_owned()),
            kind: SpeakerKind::Person,
            role: Some(without_article(&role.join(" ")).to_owned()),
            party: places
                .first()
                .map(|(_, p)| p.party.to_owned())
                .or_else(|| self.leads_for(name))
                .or_else(|| self.described(title, at).party),
        })
    }

    /// A name that the tagger did not see as one: of the dossier's people, or the last name of somebody named here.
    pub(crate) fn known_by_last_word(&self, phrase: &str) -> Option<Speaker> {
        let plain = phrase.strip_suffix("'s").or_else(|| phrase.strip_suffix("’s")).unwrap_or(phrase);
        let (before, last) = plain.rsplit_once(' ').unwrap_or(("", plain));
        // *A spokesman for Mr. Oren* is somebody else.
        let of_another =
            before.split(' ').any(|w| ["for", "of", "to", "with", "by", "from", "who", "which"].contains(&w));
        // *al-Oren*, *d’Oren*: what stands before the capital belongs to the name.
        let particle = last.split_once(['-', '\'', '’']).filter(|(of, name)| {
            let title = before.is_empty() || before.split(' ').all(|w| w.ends_with('.') || is_role(w));
            title && ["al", "el", "d", "o"].contains(of) && name.starts_with(char::is_uppercase)
        });
        if of_another || !last.starts_with(char::is_uppercase) && particle.is_none() {
            return None;
        }
        let named =
            |p: &&Person| fold(&p.name).last() == fold(last).last() && (particle.is_none() || p.name.contains(' '));
        let called =
            |p: &&Person| before.is_empty() && p.name.contains(' ') && fold(&p.name).first() == fold(last).first();
        let only = || {
            let mut called = self.people.iter().filter(called);
            called.next().filter(|_| called.next().is_none())
        };
        if let Some(person) = self.people.iter().find(named).or_else(only) {
            return Some(self.person(person));
        }
        if let Some(name) = self.in_full(plain) {
            let party = self.leads_for(name);
            return Some(Speaker { name: Some(name.to_owned()), kind: SpeakerKind::Person, role: None, party });
        }
        let known = self.gazetteer.person(plain, self.article.published)?;
        Some(Speaker {
            name: Some(known.name.to_owned()),
            kind: SpeakerKind::Person,
            role: known.title.map(str::to_owned),
            party: known.party.map(str::to_owned),
        })
    }

    /// A single last name with the given name that stands before it elsewhere in the text, where the tagger saw neither.
    fn in_full(&self, last: &str) -> Option<&str> {
        let text: &str = self.text;
        let whole = |(at, _): (usize, &str)| {
            let first = text[..at].strip_suffix(' ')?.rsplit(|c: char| !c.is_alphabetic()).next()?;
            let ends = !text[at + last.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
            (ends && first.starts_with(char::is_uppercase) && given_name(first).is_some())
                .then(|| &text[at - first.len() - 1..at + last.len()])
        };
        let single = last.starts_with(char::is_uppercase) && last.chars().all(char::is_alphabetic);
        single.then(|| text.match_indices(last).find_map(whole))?
    }
}

#[cfg(test)]
mod tests {
    use pourparler_text::SpeakerKind;

    use crate::speaker::tests::last;

    #[test]
    fn names_behind_an_office_are_seen() {
        for (marked, name, party) in [
            ("[Peruvian Foreign Minister Ana Oren] said no.", "Ana Oren", Some("Peru")),
            // The tagger saw nothing here, and the sentence begins with a word that is no part of the title.
            ("The Tal administration failed. [While President Temelik] said no.", "Temelik", None),
            ("[U.S. Secretary of State Colin Oren] said no.", "Colin Oren", Some("United States")),
        ] {
            assert_eq!(
                last(marked),
                (Some(name.to_owned()), SpeakerKind::Person, party.map(str::to_owned)),
                "{marked}"
            );
        }
        for phrase in [
            "The President’s Office",
            "The Minister of State",
            "The Director of Public Prosecutions",
            "The Foreign Minister",
        ] {
            let name = last(&format!("[{phrase}] said no.")).0.unwrap_or_default();
            assert!(phrase.ends_with(&name) && name.split(' ').count() > 1, "{phrase}: {name}");
        }
    }
}
