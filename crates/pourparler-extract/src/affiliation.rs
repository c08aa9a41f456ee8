//! Whom people speak for: by the dossier, their own description, the table of leaders, and what the text is about.

use std::ops::Range;

use jiff::civil::Date;
use pourparler_dossier::Form;
use pourparler_text::names::fold;

use crate::lexicon::{leads, seeks_office};
use crate::people::{Person, is_former, line_start};
use crate::serves::{partisan, serves_client, speaks_for_none};
use crate::speaker::Resolver;

/// So many bytes before a place, what is named tells what the text is about there.
const NEAR: usize = 700;

impl Resolver<'_> {
    /// Whom a person speaks for, by the dossier, their own description and the table of leaders.
    pub(crate) fn party_of(&self, person: &Person) -> Option<String> {
        let known = self.gazetteer.person(&person.name, self.article.published);
        let words = person.role_words();
        let independent = speaks_for_none(&words);
        let former = is_former(&words);
        let client = person.role.as_deref().is_some_and(serves_client);
        // A former candidate is still of the party that they stood for.
        let stood = words.iter().any(|w| seeks_office(w));
        let partisan = || person.role.as_deref().filter(|_| stood).and_then(|role| partisan(role, self.gazetteer));
        let own = match () {
            () if former => partisan(),
            () if independent || client => None,
            // *Tarnish presidential candidate Ana Oren* does not speak for the country yet.
            () if stood && person.party.as_deref().is_some_and(|party| self.is_country(party)) => partisan(),
            () => person.party.clone(),
        };
        // *Opposition candidate Ana Oren* speaks for no country.
        let opposed =
            words.iter().any(|w| w == "opposition") && own.as_deref().is_none_or(|party| self.is_country(party));
        let own = if opposed { Some("opposition".to_owned()) } else { own };
        // *Prime Minister and Civic Union leader Ana Oren* speaks for the country, unless she runs for office.
        let states = ["president", "premier", "chancellor", "minister"];
        let runs = person.phrases.iter().any(|p| fold(&self.text[p.clone()]).iter().any(|w| seeks_office(w)));
        let rules = !former && !runs && words.iter().any(|w| states.contains(&w.as_str()));
        let partisan = |party: &str| self.gazetteer.lookup(party).is_some_and(|p| p.form == Form::Movement);
        let own = match own {
            Some(party) if rules && partisan(&party) => self.ruled(person).or(Some(party)),
            own => own,
        };
        known
            .and_then(|k| k.party.map(str::to_owned))
            .or(own)
            .or_else(|| self.owner_of(person).filter(|_| !independent))
            .or_else(|| self.led(person).filter(|party| !(former || stood && self.is_country(party))))
    }

    /// The body whose abbreviation a person's description has: *a spokesman for the TSG*, of which the tagger may have seen nothing.
    pub(crate) fn abbreviated_in(&self, person: &Person) -> Option<String> {
        let words =
            |p: &Range<usize>| self.text.get(p.clone()).unwrap_or_default().split(|c: char| !c.is_alphanumeric());
        let whole = person.phrases.iter().flat_map(words).find_map(|word| self.abbreviated.get(word))?;
        self.place(whole).map_or_else(|| Some((*whole).to_owned()), |body| body.party)
    }

    /// Whether this is the name of a country of which the article speaks.
    fn is_country(&self, party: &str) -> bool {
        self.countries.iter().any(|(_, country)| *country == party)
    }

    /// The country that the text around a place is about: that of more than half of the names of countries shortly before, or
    /// else the one that is named most in the whole article.
    pub(crate) fn home(&self, at: usize) -> Option<String> {
        let near = self.countries.iter().filter(|(start, _)| *start < at && at - start <= NEAR);
        let here = most_named(near).filter(|(_, share)| *share > 0.5);
        here.or_else(|| most_named(self.countries.iter())).map(|(party, _)| party.to_owned())
    }

    /// The country that a person rules in the article's year.
    fn ruled(&self, person: &Person) -> Option<String> {
        let year = self.article.published.map(Date::year);
        let country = |party: &&str| self.gazetteer.lookup(party).is_some_and(|p| p.form == Form::Country);
        self.gazetteer.leader(&person.name, year).into_iter().find(country).map(str::to_owned)
    }

    /// Whom a leader of the world speaks for: one whose name is given in whole or with a leader's title, or of whose
    /// party the article speaks.
    fn led(&self, person: &Person) -> Option<String> {
        let year = self.article.published.map(Date::year);
        // A misspelt title may have stayed with the name.
        let ending = person.name.match_indices(' ').map(|(i, _)| &person.name[i + 1..]).find(|rest| rest.contains(' '));
        let names = [Some(person.name.as_str()), ending].into_iter().flatten();
        let titled = person.role_words().iter().any(|w| leads(w));
        names.into_iter().find_map(|name| {
            let parties = self.gazetteer.leader(name, year);
            let mut spoken_of = parties.iter().copied().filter(|p| self.parties.contains(p));
            // Of a whole name's several parties the first, as of one who changed sides that year; of a last name's none.
            let named = spoken_of.next().filter(|_| name.contains(' ') || spoken_of.next().is_none());
            let only = || parties.first().copied().filter(|_| parties.len() == 1 && (titled || name.contains(' ')));
            named.or_else(only).map(str::to_owned)
        })
    }

    /// Whom the leader of the world with this last name speaks for, where there is one.
    pub(crate) fn leads_for(&self, name: &str) -> Option<String> {
        let parties = self.gazetteer.leader(name, self.article.published.map(Date::year));
        let mut spoken_of = parties.iter().filter(|p| self.parties.contains(**p));
        let one = spoken_of.next().filter(|_| spoken_of.next().is_none());
        one.or(parties.first().filter(|_| parties.len() == 1)).map(|p| (*p).to_owned())
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
        let spoke = self.before.iter().rev().find(|b| b.at < first.start).and_then(|b| b.speaker.party.clone());
        let of_body = person.role.is_some() && !person.of_state;
        spoke.or_else(|| self.named_before(first.start).filter(|_| of_body))
    }
}

/// The country that is named most, the first of several; with its share of all names.
fn most_named<'a, 'b: 'a>(countries: impl Iterator<Item = &'a (usize, &'b str)>) -> Option<(&'b str, f64)> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (_, party) in countries {
        match counts.iter_mut().find(|(known, _)| known == party) {
            Some((_, n)) => *n += 1,
            None => counts.push((party, 1)),
        }
    }
    let all: usize = counts.iter().map(|(_, n)| n).sum();
    let (party, most) = counts.into_iter().rev().max_by_key(|(_, n)| *n)?;
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    let share = most as f64 / all as f64;
    Some((party, share))
}
