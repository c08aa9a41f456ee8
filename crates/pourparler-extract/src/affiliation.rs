//! Whom people speak for: by the dossier, their own description, the table of leaders, and what the text is about.

use std::ops::Range;

use jiff::civil::Date;
use pourparler_dossier::Form;
use pourparler_text::names::fold;
use pourparler_text::{Speaker, SpeakerKind};

use crate::decode::EntityKind;
use crate::described::without_article;
use crate::lexicon::{is_role, leads, seeks_office, serves_state};
use crate::partisans::partisan;
use crate::people::{Person, TITLES, bare, is_former, line_start};
use crate::serves::{heads_firm, serves_client, speaks_for_none};
use crate::speaker::Resolver;
use crate::via;

impl Resolver<'_> {
    /// A person as the speaker of what they say: by the dossier's name and office where it knows them, with whom they speak for.
    pub(crate) fn person(&self, person: &Person) -> Speaker {
        let known = self.gazetteer.person(&person.name, self.article.published);
        Speaker {
            name: Some(match &known {
                Some(k) if fold(k.name).len() >= fold(&person.name).len() => k.name.to_owned(),
                _ => person.name.clone(),
            }),
            kind: SpeakerKind::Person,
            // The dossier knows the office of that day; the article may call somebody by a former one.
            role: known.and_then(|k| k.title.map(str::to_owned)).or_else(|| person.role.clone()),
            party: self.party_of(person).or_else(|| {
                let words = person.role_words();
                let former = is_former(&words) && !person.heads;
                let independent = speaks_for_none(&words);
                let client = person.role.as_deref().is_some_and(serves_client);
                let master = || self.master_of(person).filter(|_| !independent && !client && !former);
                // *The presidential physician* is of a state's house.
                let stood = words.iter().any(|w| seeks_office(w));
                // *A security analyst* serves no state’s security.
                let studies = ["analyst", "researcher", "expert", "professor", "historian", "scholar", "fellow"];
                let scholar = words.iter().any(|w| studies.contains(&w.as_str()));
                let of_none =
                    client || former || stood || independent && (scholar || !words.iter().any(|w| serves_state(w)));
                let first = person.mentions.first().map_or(0, |m| m.start);
                let of_other = || person.phrases.iter().any(|p| self.text[p.clone()].contains(" for "));
                // *The army spokesman* is no rebel’s who spoke before.
                let of_organ =
                    words.iter().any(|w| ["army", "junta", "government", "military", "police"].contains(&w.as_str()));
                // *The Foreign Ministry spokesman* is a country's.
                let of_ministry = words.iter().any(|w| w == "ministry");
                let spokesman = words.iter().any(|w| w.starts_with("spokes")) && !of_none && !of_other() && !of_organ;
                let speaking = || self.speaking_before(first).filter(|party| !of_ministry || self.is_country(party));
                let body = || spokesman.then(speaking)?;
                // *The head of the government’s delegation*: of the government that the article is about.
                let of_government = person.phrases.iter().any(|p| self.text[p.clone()].contains("government"));
                // *Secretary General Ana Oren* is a body's, the one that was named last.
                let of_body = words.iter().any(|w| w == "secretary") && words.iter().any(|w| w == "general");
                let body = || body().or_else(|| self.named_before(first).filter(|_| of_body && !of_none));
                let spoken_of = |party: &str| self.parties.contains(party).then(|| party.to_owned());
                // *Enlargement Commissioner Ana Oren*, *Commission President Bo Tarn*: the Union's, where the article speaks of it.
                let commission = person.phrases.iter().any(|p| {
                    let phrase = &self.text[p.clone()];
                    phrase.ends_with(" Commissioner") || phrase.starts_with("Commission ")
                });
                let others = ["police", "high", "chief", "election", "electoral"];
                let police = words.iter().any(|w| others.contains(&w.as_str()));
                let union = || spoken_of("European Union").filter(|_| commission && !police && !of_none);
                let nations = || spoken_of("United Nations").filter(|_| of_body && !of_none);
                let body = || union().or_else(body).or_else(nations);
                let home = || {
                    let country = if of_government { self.main_country() } else { self.home(first) };
                    country.filter(|_| person.of_state && !of_none && !of_body)
                };
                let firm = || self.named_before(first).filter(|_| !of_none && heads_firm(&words) && !of_other());
                let short = || self.abbreviated_in(person).filter(|_| !of_none);
                let serves = |p: &Range<usize>| {
                    let another = !person.mentions.iter().any(|m| p.start <= m.start && m.end <= p.end);
                    self.mastered(p).filter(|_| another)
                };
                let of_another = || person.phrases.iter().find_map(serves).filter(|_| !of_none);
                let short = || short().or_else(of_another);
                master().or_else(short).or_else(body).or_else(firm).or_else(home)
            }),
        }
    }

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
        let behind =
            [", its ", ", one of its ", ", one of their "].iter().any(|b| self.text[first.end..].starts_with(b));
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
            let mut places =
                places.filter(|(_, p)| self.means(p)).map(|(r, p)| (sentence_before + r.start, p.party.to_owned()));
            let body = self
                .entities
                .iter()
                .find(owner)
                .map(|e| (e.span.start, without_article(&self.text[Range::from(e.span)])));
            let body = body.filter(|(_, name)| !via::is_outlet(name));
            let body =
                body.map(|(at, name)| (at, self.place(name).map_or_else(|| Some(name.to_owned()), |body| body.party)));
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

    /// Whom somebody speaks for who is another's: *his spokesman, Ana Oren*, of whoever spoke or was named last.
    fn employer_of(&self, person: &Person, woman: bool, at: usize) -> Option<String> {
        let serving = [
            "deputy",
            "negotiator",
            "negotiators",
            "adviser",
            "advisor",
            "aide",
            "ambassador",
            "envoy",
            "minister",
            "secretary",
        ];
        let serves = |w: &String| serving.contains(&w.as_str()) || w.starts_with("spokes");
        let employer = self.last_person(at, woman).filter(|_| person.role_words().iter().any(serves))?;
        employer.party.filter(|_| employer.name.as_deref() != Some(person.name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use pourparler_text::SpeakerKind;

    use crate::speaker::tests::expect_all;

    #[test]
    fn capitals_that_the_tagger_took_for_somebody() {
        use SpeakerKind::{Country, Organisation, Person};
        expect_all(&[
            ("[<Paris>] accused Chile of delay.", "France", Country, Some("France")),
            ("[<Brussels>] said no.", "European Union", Organisation, Some("European Union")),
            ("The Seychelles wait. [<Victoria>] said no.", "Seychelles", Country, Some("Seychelles")),
            ("[<Victoria>] said no.", "Victoria", Person, None),
            ("<Sofia>, 12, came. [<Sofia>] said no.", "Sofia", Person, None),
            ("<Ana Paris> came. [<Paris>] said no.", "Ana Paris", Person, None),
        ]);
    }

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
            ("[<Ana Oren>, who works for the {Tarn Fund},] said no.", "Ana Oren", Person, Some("Tarn Fund")),
            ("[<Ana Oren> with {Tarn Relief}] said no.", "Ana Oren", Person, Some("Tarn Relief")),
            ("“No,” said [<Ana Oren> at {Tarn Relief}].", "Ana Oren", Person, Some("Tarn Relief")),
            ("They met <Ana Oren> at the {Tarn Fund} on Monday. [<Oren>] said no.", "Ana Oren", Person, None),
            ("Speaking for the {Tarn Fund}, [<Ana Oren>] said no.", "Ana Oren", Person, Some("Tarn Fund")),
            (
                "<Ana Oren> was elected leader of the {Tarn Front}. [<Oren>] said no.",
                "Ana Oren",
                Person,
                Some("Tarn Front"),
            ),
            ("[<Ana Oren>, Peru’s chief negotiator with the {Tarn Front},] said no.", "Ana Oren", Person, Some("Peru")),
            ("Peru’s [<Ana Oren>] said no.", "Ana Oren", Person, Some("Peru")),
            ("Peru. [<Ana Oren>, a retired officer,] said no.", "Ana Oren", Person, None),
            // Whom a clause tells that somebody heads, whatever they were; a minister's party is no country's.
            (
                "[Retired General <Ana Oren>, who represents Peru in the talks,] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "Peru. [<Ana Oren>, who speaks for the self-styled {Tarn Army},] said no.",
                "Ana Oren",
                Person,
                Some("Tarn Army"),
            ),
            (
                "Peru. [<Ana Oren>, whose {Tarn Front} faction holds the north,] said no.",
                "Ana Oren",
                Person,
                Some("Tarn Front"),
            ),
            (
                "Peru. [Finance Minister <Ana Oren>, whose {Tarn Union} party holds seven seats,] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "Chile, Chile. The Peruvian envoy was more guarded. Speaking in Rome, [<Ana Oren>] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            // Whose negotiator and spokesman somebody is.
            (
                "[Peruvian President <Bo Tarn>] said yes. [His chief negotiator, <Ana Oren>,] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            (
                "Peru. The {Tarn Front} has a list. [Its military spokesman, Col. <Ana Oren>,] said no.",
                "Ana Oren",
                Person,
                Some("Tarn Front"),
            ),
            ("Peru, Peru. [President <Bo Tarn>’s spokesman, <Ana Oren>,] said no.", "Ana Oren", Person, Some("Peru")),
            // Members of parties that nothing but their capitals tells, scholars of whatever body.
            (
                "Peru. [<Ana Oren>, a lawmaker from the opposition {Tarnos} party,] said no.",
                "Ana Oren",
                Person,
                Some("Tarnos"),
            ),
            (
                "[Opposition leader <Ana Oren> of the centrist Tarnar party] said no.",
                "Ana Oren",
                Person,
                Some("Tarnar"),
            ),
            ("[Opposition Leader <Ana Oren> of Yesh Tarn] said no.", "Ana Oren", Person, Some("Yesh Tarn")),
            ("Peru. [<Ana Oren> of the {Tarn Institute}] said no.", "Ana Oren", Person, None),
            ("Peru, Peru. [<Ana Oren>, a former federal prosecutor,] said no.", "Ana Oren", Person, None),
            (
                "Peru. [The opposition {Tarn Forward} party] said no.",
                "Tarn Forward party",
                Organisation,
                Some("Tarn Forward"),
            ),
            (
                "Peru, Peru. [The {Tarnish Forces}, a Christian party with four ministers,] said no.",
                "Tarnish Forces",
                Organisation,
                Some("Tarnish Forces"),
            ),
            ("[Leaders of Peru’s two gangs] said no.", "Leaders of Peru’s two gangs", Group, None),
            ("Brussels. [Enlargement Commissioner <Ana Oren>] said no.", "Ana Oren", Person, Some("European Union")),
            ("Peru. [The Foreign Office] said no.", "Foreign Office", Organisation, Some("Peru")),
            ("Britain. [The Foreign Office] said no.", "Foreign Office", Organisation, Some("United Kingdom")),
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
