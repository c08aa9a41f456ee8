//! Whom people speak for: by the dossier, their own description, the table of leaders, and what the text is about.

use std::ops::Range;

use jiff::civil::Date;
use pourparler_dossier::Form;
use pourparler_text::names::fold;

use crate::act::listed;
use crate::decode::EntityKind;
use crate::described::without_article;
use crate::lexicon::{is_role, leads, seeks_office};
use crate::people::{Person, TITLES, bare, is_former, line_before_start, line_start};
use crate::serves::{partisan, serves_client, speaks_for_none};
use crate::speaker::Resolver;
use crate::{outlet_words, via};

/// So many bytes before a place, what is named tells what the text is about there.
const NEAR: usize = 700;
/// What the name of a country weighs for what the text is about: in the same sentence, the same paragraph, the one before, not farther
/// than `NEAR`, before that; and in the title.
const WEIGHTS: [f32; 5] = [10.0, 3.0, 1.0, 0.5, 0.1];
const IN_TITLE: f32 = 1.0;
/// What it weighs which country's outlet the article is from: where it is of that country, the office's is left out.
const AT_HOME: f32 = 3.0;
/// News agencies by their single word, and whose state they are.
const STATE_AGENCIES: [(&str, &str); 27] = [
    ("KCNA", "North Korea"),
    ("Yonhap", "South Korea"),
    ("Xinhua", "China"),
    ("CCTV", "China"),
    ("IRNA", "Iran"),
    ("ISNA", "Iran"),
    ("Tasnim", "Iran"),
    ("TASS", "Russia"),
    ("Tass", "Russia"),
    ("RIA", "Russia"),
    ("SANA", "Syria"),
    ("SPA", "Saudi Arabia"),
    ("KUNA", "Kuwait"),
    ("QNA", "Qatar"),
    ("WAM", "United Arab Emirates"),
    ("Petra", "Jordan"),
    ("Anadolu", "Turkey"),
    ("SUNA", "Sudan"),
    ("BelTA", "Belarus"),
    ("Azertac", "Azerbaijan"),
    ("Armenpress", "Armenia"),
    ("Ukrinform", "Ukraine"),
    ("Tanjug", "Serbia"),
    ("Bernama", "Malaysia"),
    ("Antara", "Indonesia"),
    ("Granma", "Cuba"),
    ("Saba", "Yemen"),
];

impl Resolver<'_> {
    /// Whom a person speaks for, by the dossier, their own description and the table of leaders.
    pub(crate) fn party_of(&self, person: &Person) -> Option<String> {
        let known = self.gazetteer.person(&person.name, self.article.published);
        let words = person.role_words();
        let independent = speaks_for_none(&words);
        let former = is_former(&words) && !person.heads;
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
    pub(crate) fn is_country(&self, party: &str) -> bool {
        self.countries.iter().any(|(_, country)| *country == party)
    }

    /// The country that the text around a place is about: the one whose names before it weigh most, the nearer the more (`WEIGHTS`);
    /// where none is named before, the one that is named most in the whole article.
    pub(crate) fn home(&self, at: usize) -> Option<String> {
        let line = line_start(self.text, at);
        let sentence = self.text[line..at].rfind(['.', '?', '!']).map_or(line, |end| line + end + 1);
        let line_before = line_before_start(self.text, at);
        let [in_sentence, in_line, in_line_before, near, far] = WEIGHTS;
        // What is said may be about others; what it begins with, its speaker most often holds of himself.
        let of_others = |start: usize| {
            let quoted = |c: &Range<usize>| self.text[c.start..].starts_with(['"', '“', '‘', '«']);
            self.contents.iter().find(|c| c.contains(&start)).is_some_and(|c| start - c.start > "the ".len() || quoted(c))
        };
        let weight = |start: usize| match start {
            _ if start >= line && of_others(start) => near,
            _ if start >= sentence => in_sentence,
            _ if start >= line => in_line,
            _ if start >= line_before => in_line_before,
            _ if at - start <= NEAR => near,
            _ => far,
        };
        let (titled, named) = self.countries.split_at(self.in_title);
        let before = || named.iter().filter(|(start, _)| *start < at);
        // What only the title names, the text has not come to.
        let titled = titled.iter().filter(|(_, party)| before().any(|(_, named)| named == party));
        let weighed = before().map(|(start, party)| (*party, weight(*start)));
        let weighed = weighed.chain(titled.map(|(_, party)| (*party, IN_TITLE)));
        // A minister speaks to the agency of his own state.
        let sentence_end = self.text[at..].find(['.', '\n']).map_or(self.text.len(), |end| at + end);
        let mut words = self.text[sentence..sentence_end].split(|c: char| !c.is_alphanumeric());
        let agency = words.find_map(|word| STATE_AGENCIES.iter().find(|(name, _)| *name == word));
        let weighed = weighed.chain(agency.map(|(_, country)| (*country, in_sentence)));
        let outlet = self.article.outlet.as_deref().map(without_article);
        let home = outlet.and_then(|name| outlet_words::AT_HOME.iter().find(|(_, outlets)| listed(outlets, name)));
        let weighed = weighed.chain(home.filter(|(home, _)| self.parties.contains(home)).map(|(home, _)| (*home, AT_HOME)));
        heaviest(weighed).map(str::to_owned).or_else(|| self.main_country())
    }

    /// The country that the article and its title name most.
    pub(crate) fn main_country(&self) -> Option<String> {
        heaviest(self.countries.iter().map(|(_, party)| (*party, 1.0))).map(str::to_owned)
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
        // Right before the office: *its chief negotiator, Ana Oren*, and not *with their ranks, a demand that President Oren …*.
        let title = |w: &str| TITLES.contains(&bare(w).to_lowercase().as_str());
        let before = self.text[line..first.start].trim_end_matches([' ', ',']).rsplit(' ');
        let mut near = before.skip_while(|w| title(w)).take(5);
        let parts = |w: &str| w.ends_with(['.', ';', '”', '"']) || w.ends_with(',') && !is_role(bare(w));
        let own = |w: &str| ["its", "their", "his", "her"].contains(&w.to_lowercase().as_str());
        let word = near.find(|w| own(w) || parts(w)).filter(|w| w.ends_with(char::is_alphabetic));
        // *Ana Oren, one of its negotiators,*
        let behind = [", its ", ", one of its ", ", one of their "].iter().any(|b| self.text[first.end..].starts_with(b));
        let word = word.or_else(|| behind.then_some("its"))?;
        let place = |w: &str| w.as_ptr() as usize - self.text.as_ptr() as usize;
        if let own @ ("his" | "her") = word.to_lowercase().as_str() {
            return self.employer_of(person, own == "her", place(word));
        }
        let own_at = if word == "its" && behind { first.start } else { place(word) };
        let spoke = self.before.iter().rev().find(|b| b.at < first.start);
        // *The Tarnish government had doubts. Its minister, Ana Oren, …*: whose sentence stands before, if nobody spoke in it.
        let sentence = line + self.text[line..own_at].rfind(". ").map_or(0, |at| at + 2);
        let sentence_before =
            line + self.text[line..sentence].trim_end_matches(['.', ' ']).rfind(". ").map_or(0, |at| at + 2);
        let silent = spoke.is_none_or(|b| b.at < sentence_before) && sentence > line;
        // *The League stayed away. In a statement, its leader, Ana Oren, …*
        let owner = |e: &&crate::Entity| {
            e.kind == EntityKind::Organisation && sentence_before <= e.span.start && e.span.end <= first.start
        };
        let body = || self.entities.iter().find(owner).map(|e| without_article(&self.text[Range::from(e.span)]));
        let begins = ["Its ", "Their "].iter().any(|own| self.text[sentence..].starts_with(own));
        // The one that it names first: *The movement FFT has a team in Lima. Its spokesman, …*
        let subject = || {
            let places = self.gazetteer.scan(&self.text[sentence_before..sentence]).into_iter();
            let mut places = places.filter(|(_, p)| self.means(p)).map(|(r, p)| (sentence_before + r.start, p.party.to_owned()));
            let body = self.entities.iter().find(owner).map(|e| (e.span.start, without_article(&self.text[Range::from(e.span)])));
            let body = body.filter(|(_, name)| !via::is_outlet(name));
            let body = body.map(|(at, name)| (at, self.place(name).map_or_else(|| Some(name.to_owned()), |body| body.party)));
            let place = places.next();
            match (place, body) {
                (Some((at, _)), Some((earlier, party))) if earlier < at => party,
                (Some((_, party)), _) => Some(party),
                (None, body) => body?.1,
            }
        };
        if begins
            && silent
            && let Some(party) = subject()
        {
            return Some(party);
        }
        if silent && let Some(body) = body().filter(|body| !via::is_outlet(body)) {
            return self.place(body).map_or_else(|| Some(body.to_owned()), |body| body.party);
        }
        let spoke = spoke.and_then(|b| b.speaker.party.clone());
        let of_body = person.role.is_some() && !person.of_state;
        spoke.or_else(|| self.named_before(first.start).filter(|_| of_body))
    }
}

impl Resolver<'_> {
    /// Whom somebody speaks for who is another's: *his spokesman, Ana Oren*, of whoever spoke or was named last.
    fn employer_of(&self, person: &Person, woman: bool, at: usize) -> Option<String> {
        let serving = ["deputy", "negotiator", "negotiators", "adviser", "advisor", "aide", "ambassador", "envoy", "minister", "secretary"];
        let serves = |w: &String| serving.contains(&w.as_str()) || w.starts_with("spokes");
        let employer = self.last_person(at, woman).filter(|_| person.role_words().iter().any(serves))?;
        employer.party.filter(|_| employer.name.as_deref() != Some(person.name.as_str()))
    }
}

/// The country whose names weigh most in all, the first of several.
fn heaviest<'a>(names: impl Iterator<Item = (&'a str, f32)>) -> Option<&'a str> {
    let mut sums: Vec<(&str, f32)> = Vec::new();
    for (party, weight) in names {
        match sums.iter_mut().find(|(known, _)| *known == party) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((party, weight)),
        }
    }
    sums.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(party, _)| party)
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
            // By the title before the one that is held no more, and by the clause that tells what somebody heads.
            (
                "Chile, Chile. [The head of the Peruvian delegation, Deputy Foreign Minister <Ana Oren>,] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "[the African Union’s mediator, former Peruvian minister <Ana Oren>,] said no.",
                "Ana Oren",
                Person,
                Some("African Union"),
            ),
            ("[<Ana Oren>, who heads the Peruvian delegation,] said no.", "Ana Oren", Person, Some("Peru")),
            ("Peru. [<Ana Oren>, a retired officer,] said no.", "Ana Oren", Person, None),
            // The country that the sentence is about, and not the one that the article names most, or only where somebody is.
            (
                "Peru and Peru. In Chile, the unions wrote to Prime Minister <Ana Oren>. [<Oren>] said no.",
                "Ana Oren",
                Person,
                Some("Chile"),
            ),
            (
                "Peru met. It was in the Chilean capital. [The government] said no.",
                "government",
                Organisation,
                Some("Peru"),
            ),
            // What is said is about another one; the agency told is one’s own.
            ("Peru met. [Deputy Foreign Minister <Ana Oren>] told KCNA no.", "Ana Oren", Person, Some("North Korea")),
            // The government’s is of the country that the article is about.
            (
                "Peru, Peru and Chile met. [<Ana Oren>, head of the government delegation,] said no. Peru.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "Peru, Peru. The {League} met, and [Secretary General <Ana Oren>] said no.",
                "Ana Oren",
                Person,
                Some("League"),
            ),
            (
                "The {Front} spoke. [Junta spokesman Major General <Ana Oren>] of Peru said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "[The {Front}] spoke. Peru, Peru. [Junta spokesman <Ana Oren>] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            ("[A Western diplomat in Lima] said no. Peru.", "A Western diplomat in Lima", Unnamed, None),
            ("[Peruvian mediators] said no.", "Peruvian mediators", Group, Some("Peru")),
            ("[Mediators in Peru] said no.", "Mediators in Peru", Group, None),
            (
                "[A person close to the Peruvian delegation] said no.",
                "A person close to the Peruvian delegation",
                Unnamed,
                None,
            ),
            (
                "[the co-chairs from the European Union], the United Nations and Peru said no.",
                "co-chairs from the European Union, the United Nations and Peru",
                Group,
                None,
            ),
            (
                "Peru welcomed it. But [its foreign ministry] said no. Chile, Chile.",
                "its foreign ministry",
                Organisation,
                Some("Peru"),
            ),
            (
                "Peru, Peru. The {Salvation Front} stayed away. On Monday, [its leader, General <Ana Oren>,] said no.",
                "Ana Oren",
                Person,
                Some("Salvation Front"),
            ),
            // Whose *its* is: the government’s of which the sentence before tells.
            (
                "[The {Civic Union}] said no. The Peruvian government had doubts. [Its minister, <Ana Oren>,] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "[The {Civic Union}] said yes. It spoke of men with their arms, a wish that President <Ana Oren> fought. [<Oren>] said no.",
                "Ana Oren",
                Person,
                None,
            ),
            (
                "[<Ana Oren>, the Peruvian envoy mediating between the two sides,] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            ("Peru. [<Ana Oren>, a Lima-based security analyst,] said no.", "Ana Oren", Person, None),
            (
                "The {Arab League} met. [The bloc’s president <Ana Oren>] said no.",
                "Ana Oren",
                Person,
                Some("Arab League"),
            ),
            ("Peru, Peru. [An international tribunal] said no.", "international tribunal", Organisation, None),
            ("[fighters in a Peruvian-backed force] said no.", "fighters in a Peruvian-backed force", Group, None),
            // Officials of anybody’s, people of a country who do not speak for it.
            (
                "Peru, Peru. [three officials from two mediating countries] said no.",
                "three officials from two mediating countries",
                Unnamed,
                None,
            ),
            ("[officials from the ex-Soviet rivals] said no.", "officials from the ex-Soviet rivals", Unnamed, None),
            (
                "[an official briefed on Peruvian plans] said no.",
                "an official briefed on Peruvian plans",
                Unnamed,
                None,
            ),
            ("[Peruvian rail unions] said no.", "Peruvian rail unions", Group, None),
            ("[only 31% of Peruvians] said no.", "only 31% of Peruvians", Group, None),
            ("[United Nations experts] said no.", "United Nations experts", Group, Some("United Nations")),
            // Unions, by their abbreviations.
            ("[The moderate TRU] said no.", "TRU", Organisation, Some("TRU")),
            ("It ended. [TRU-Rail Secretary-General <Ana Oren>] said no.", "Ana Oren", Person, Some("TRU-Rail")),
            (
                "[<Ana Oren>, a TRU-Rail delegate at Lima’s {Gare de Tarn},] said no.",
                "Ana Oren",
                Person,
                Some("TRU-Rail"),
            ),
            ("It ended. [TRU-Mineurs chief <Ana Oren>] said no. Peru.", "Ana Oren", Person, Some("TRU-Mineurs")),
            ("Peru. [Gen. <Ana Oren>, a retired intelligence officer,] said no.", "Ana Oren", Person, None),
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
            ("[Al {Jazeera}’s <Ana Oren>] said no.", "Ana Oren", Person, None),
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
