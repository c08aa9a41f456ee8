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
        let is_movement = |party: &str| self.gazetteer.lookup(party).is_some_and(|p| p.form == Form::Movement);
        let own = match own {
            Some(party) if rules && is_movement(&party) => self.ruled(person).or(Some(party)),
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

    /// The year of the article, where its day is known.
    pub(crate) fn year(&self) -> Option<i16> {
        self.article.published.map(Date::year)
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
        let country = |party: &&str| self.gazetteer.lookup(party).is_some_and(|p| p.form == Form::Country);
        self.gazetteer.leader(&person.name, self.year()).into_iter().find(country).map(str::to_owned)
    }

    /// Whom a leader of the world speaks for: one whose name is given in whole or with a leader's title, or of whose
    /// party the article speaks.
    fn led(&self, person: &Person) -> Option<String> {
        // A misspelt title may have stayed with the name.
        let ending = person.name.match_indices(' ').map(|(i, _)| &person.name[i + 1..]).find(|rest| rest.contains(' '));
        let names = [Some(person.name.as_str()), ending].into_iter().flatten();
        let titled = person.role_words().iter().any(|w| leads(w));
        names.into_iter().find_map(|name| {
            let parties = self.gazetteer.leader(name, self.year());
            let mut spoken_of = parties.iter().copied().filter(|p| self.parties.contains(p));
            // Of a whole name's several parties the first, as of one who changed sides that year; of a last name's none.
            let named = spoken_of.next().filter(|_| name.contains(' ') || spoken_of.next().is_none());
            let only = || parties.first().copied().filter(|_| parties.len() == 1 && (titled || name.contains(' ')));
            named.or_else(only).map(str::to_owned)
        })
    }

    /// Whom the leader of the world with this last name speaks for, where there is one.
    pub(crate) fn leads_for(&self, name: &str) -> Option<String> {
        let parties = self.gazetteer.leader(name, self.year());
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

#[cfg(test)]
mod tests {
    use pourparler_text::SpeakerKind;

    use crate::speaker::tests::expect_all;

    #[test]
    fn whom_somebody_serves() {
        use SpeakerKind::{Group, Organisation, Person, Unnamed};
        expect_all(&[
            // A city or a region; of a country's governor, the region that the sentence tells.
            ("Peru, Peru. [The mayor of «Tarnville», <Ana Oren>,] said no.", "Ana Oren", Person, Some("Tarnville")),
            ("In «Tarnshire», [Governor <Ana Oren>] said no.", "Ana Oren", Person, Some("Tarnshire")),
            ("[«Tarnville» officials] said no.", "Tarnville officials", Unnamed, Some("Tarnville")),
            ("Peru, Peru. [{Tarnville Police}] said no.", "Tarnville Police", Organisation, Some("Tarnville Police")),
            ("[Peru’s {defence ministry}] said no.", "Peru’s defence ministry", Organisation, Some("Peru")),
            // A firm, by the office, behind a rank, by its whole name, under an abbreviation's full stop.
            ("[<Ana Oren>, a vice president at {R&D},] said no. Peru.", "Ana Oren", Person, Some("R&D")),
            ("[<Ana Oren>, the head of {Tarnel Inc.},] said no.", "Ana Oren", Person, Some("Tarnel")),
            ("[a spokesman for {NATO} forces in Peru, Colonel <Ana Oren>,] said no.", "Ana Oren", Person, Some("NATO")),
            ("[{Tarn} Society director <Ana Oren>] said no.", "Ana Oren", Person, Some("Tarn Society")),
            // The owner, and not what the office is for; a name of many words, some of which only describe.
            ("[<Ana Oren>, {Tarnel}’s director for {Northern Peru},] said no.", "Ana Oren", Person, Some("Tarnel")),
            (
                "[{Tarnel Environmental Research Institute} Director <Ana Oren>] said no.",
                "Ana Oren",
                Person,
                Some("Tarnel Environmental Research Institute"),
            ),
            (
                "[<Ana Oren>, speaking on behalf of the {Tarn Rescue},] said no.",
                "Ana Oren",
                Person,
                Some("Tarn Rescue"),
            ),
            // What is called one is the one that was named; the name alone is not the whole of it.
            (
                "The {Civic Union} met. The group left. [<Ana Oren>, the head of the group,] said no.",
                "Ana Oren",
                Person,
                Some("Civic Union"),
            ),
            ("The {Arab League} met. [the {League}] said no.", "Arab League", Organisation, Some("Arab League")),
            ("[the ruling {Civic Union}] said no.", "Civic Union", Organisation, Some("Civic Union")),
            // Another person.
            (
                "Peruvian President <Bo Tarn> came. [<Ana Oren>, <Tarn>’s chief of staff,] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "Peruvian President <Bo Tarn> came. [An aide to Mr. <Tarn>] said no.",
                "An aide to Mr. Tarn",
                Unnamed,
                Some("Peru"),
            ),
            (
                "Peruvian President <Bo Tarn> came. [Many members of the Tarn administration] said no.",
                "Many members of the Tarn administration",
                Group,
                Some("Peru"),
            ),
            (
                "Peruvian President <Bo Tarn> came. [<Tarn> and others] said no.",
                "Bo Tarn and others",
                Group,
                Some("Peru"),
            ),
            // A movement.
            ("[Republican <Ana Oren>] said no.", "Ana Oren", Person, Some("Republican Party")),
            ("[Senator <Ana Oren>, a moderate Republican,] said no.", "Ana Oren", Person, Some("Republican Party")),
            // Whom a lawyer speaks for, a client; a state's attorney not.
            ("Peru, Peru. [his attorney <Ana Oren>] said no.", "Ana Oren", Person, None),
            ("[U.S. Attorney <Ana Oren>] said no.", "Ana Oren", Person, Some("United States")),
            // Where somebody is from, or an outlet, is nobody's side.
            ("[<Ana Oren> from Brussels] said no.", "Ana Oren", Person, None),
            ("[<Ana Oren>, of {Radio Tarn},] said no.", "Ana Oren", Person, None),
            ("[{CNN Philippines}] said no.", "CNN Philippines", Organisation, None),
            // The second of two offices is not the first one's country's.
            (
                "U.S. Secretary of State Bo Tarn and United Nations Secretary-General <Ana Oren> met. [<Oren>] said no.",
                "Ana Oren",
                Person,
                Some("United Nations"),
            ),
            ("Peru, Peru. [Prosecutors] said no.", "Prosecutors", Unnamed, Some("Peru")),
            ("Peru, Peru. [Hospital officials] said no.", "Hospital officials", Unnamed, None),
            ("[Peruvians] said no.", "Peruvians", Group, Some("Peru")),
            (
                "Former Vice President <Bo Tarn> met President <Ana Oren>. Mr. <Tarn> left. [The president] said no.",
                "Ana Oren",
                Person,
                None,
            ),
            ("The {Civic Union} wrote a report. <Bo Tarn> left. [A report] said no.", "A report", Unnamed, None),
        ]);
    }
}
