//! Who a source is: the phrase that names it, seen with the article's people, the names of countries and bodies, and
//! those who spoke before.
//!
//! Nobody is invented: a name comes from the article's words, from the dossier where it knows that person, or from
//! the table of countries and bodies where the phrase is one of their names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pourparler_dossier::{Form, Gazetteer, Place};
use pourparler_text::names::fold;
use pourparler_text::{Article, Speaker, SpeakerKind};

use crate::beside_names::master_of_aide;
use crate::decode::{Attribution, Entity, EntityKind};
use crate::described::{called_for_short, head, without_article};
use crate::lexicon::{
    Pronoun, is_any_body, is_body, is_group, is_kin, is_modifier, is_organ, is_role, is_unnamed, pronoun,
};
use crate::people::{Person, line_before_start, people};
use crate::phrases::{abbreviated, before_examples, core, trim};
use crate::several::several_heads;
use crate::via;

/// Somebody who spoke or was named before.
pub(crate) struct Before {
    pub(crate) at: usize,
    pub(crate) speaker: Speaker,
    /// Whether a clause of its own names it, and not a relative clause or what another says.
    pub(crate) main: bool,
}

/// Resolves the sources of one article, in the order of the text.
pub struct Resolver<'a> {
    pub(crate) text: &'a str,
    pub(crate) entities: &'a [Entity],
    pub(crate) contents: Vec<Range<usize>>,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) people: Vec<Person>,
    /// Where people are named in the article's own words, and which of them, in order.
    pub(crate) narrated: Vec<(usize, usize)>,
    pub(crate) article: &'a Article,
    /// Parties that the article speaks of.
    pub(crate) parties: HashSet<&'a str>,
    /// The fullest form in which the article names a body.
    pub(crate) fullest: HashMap<&'a str, &'a str>,
    /// What the article's abbreviations stand for: *Syrian Democratic Forces (SDF)*.
    pub(crate) abbreviated: HashMap<&'a str, &'a str>,
    /// Where countries are named, and which; first those in the title, as at the text's beginning.
    pub(crate) countries: Vec<(usize, &'a str)>,
    /// How many of them are in the title.
    pub(crate) in_title: usize,
    /// Whether the text is somebody's own words as a whole.
    pub(crate) address: bool,
    pub(crate) before: Vec<Before>,
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
        let sources: Vec<Range<usize>> = attributions.iter().flat_map(|a| &a.source).map(|&s| s.into()).collect();
        let people = people(text, entities, &sources, gazetteer);
        contents.sort_by_key(|c| c.start);
        let quoted = |at: usize| {
            let content = contents.partition_point(|c| c.start <= at).checked_sub(1).map(|i| &contents[i]);
            content.is_some_and(|c| c.contains(&at))
        };
        let mentions = people.iter().enumerate().flat_map(|(i, p)| p.mentions.iter().map(move |m| (m.start, i)));
        let mut narrated: Vec<_> = mentions.filter(|(start, _)| !quoted(*start)).collect();
        narrated.sort_unstable();
        let places = gazetteer.scan(text);
        let parties = places.iter().map(|(_, place)| place.party).collect();
        let mut fullest: HashMap<&str, &str> = HashMap::new();
        for (range, place) in
            places.iter().filter(|(_, p)| matches!(p.form, Form::Agency | Form::Body | Form::Movement))
        {
            let words = &text[range.clone()];
            let proper =
                words.split(' ').all(|w| w.starts_with(char::is_uppercase) || w.len() <= 3) && words.contains(' ');
            // The article's own spelling, where it has another than the table; *U.S.* of an agency's name is *US*.
            let own = text.contains(place.name) || place.form == Form::Agency;
            let longest = fullest.entry(place.name).or_insert(if own { place.name } else { words });
            let letters = |name: &str| name.chars().filter(|c| *c != '.').count();
            // *The Islamic Emirate* is another name, and no fuller one, of the Taliban.
            let short = !place.name.contains(char::is_lowercase);
            let fuller = short || fold(words).iter().any(|w| fold(place.name).contains(w));
            if proper && fuller && letters(words) > letters(longest) {
                *longest = words;
            }
        }
        // An agency is named for what it says, wherever it is that this is about.
        let of_state = |p: &Place| {
            !(matches!(p.form, Form::Agency | Form::Body | Form::Movement) || p.form == Form::Seat && p.ambiguous)
        };
        // What the title names, the article is about.
        let title = gazetteer.scan(article.title.as_deref().unwrap_or_default());
        let titled: Vec<_> = title.iter().filter(|(_, p)| of_state(p)).map(|(_, p)| (0, p.party)).collect();
        let in_title = titled.len();
        // *In the Peruvian capital* is only where.
        let site = |range: &Range<usize>| {
            [" capital", " city", " resort", " port", " town"].iter().any(|site| text[range.end..].starts_with(site))
        };
        let named =
            places.iter().filter(|(range, p)| of_state(p) && !site(range)).map(|(range, p)| (range.start, p.party));
        let countries = titled.into_iter().chain(named).collect();
        let mut resolver = Self {
            narrated,
            text,
            entities,
            contents,
            gazetteer,
            people,
            article,
            parties,
            fullest,
            countries,
            in_title,
            abbreviated: abbreviated(text),
            address: false,
            before: Vec::new(),
        };
        resolver.address = resolver.is_address();
        resolver
    }

    /// The speaker of an attribution. Attributions have to come in the order of the text.
    pub fn resolve(&mut self, attribution: &Attribution) -> Speaker {
        let at = |spans: &[pourparler_text::Span<pourparler_text::Byte>]| spans.first().map(|s| s.start);
        let mut speaker = match attribution.source.first() {
            Some(&span) => self.source(trim(self.text, span.into())),
            None if attribution.asked => self.announced_guest().unwrap_or_else(Speaker::unattributed),
            None if attribution.cue.is_empty() => self.continued(at(&attribution.content).unwrap_or(0)),
            None => Speaker::unattributed(),
        };
        speaker.party = speaker.party.map(|party| called_for_short(&party).to_owned());
        // *League officials* are of the Tarn League of which the article tells.
        if let Some(whole) = speaker.party.as_deref().and_then(|party| self.named_in_whole(party)) {
            if speaker.kind == SpeakerKind::Organisation && speaker.name == speaker.party {
                speaker.name = Some(whole.clone());
            }
            speaker.party = Some(whole);
        }
        // *The South’s envoy* in an article on Korea
        if let Some(side @ ("North" | "South")) = speaker.party.as_deref() {
            let korea = format!("{side} Korea");
            speaker.party = Some(korea).filter(|korea| self.parties.contains(korea.as_str())).or(speaker.party);
        }
        self.call_as_written(&mut speaker);
        if speaker.name.is_some()
            && let Some(at) =
                at(&attribution.source).or_else(|| at(&attribution.cue)).or_else(|| at(&attribution.content))
        {
            let source = attribution.source.first().and_then(|s| self.text.get(s.start..s.end));
            let relative = source.and_then(pronoun) == Some(Pronoun::Relative);
            let main = !relative && !self.contents.iter().any(|c| c.start < at && at < c.end);
            self.before.push(Before { at, speaker: speaker.clone(), main });
        }
        speaker
    }

    /// Gives a country the name that it had on the article's day, or that the article uses where its day is not known; an organ of a
    /// state the whole name that it has in the article.
    fn call_as_written(&self, speaker: &mut Speaker) {
        let then = |name: &str| {
            let (then, until) = self.gazetteer.former_name(name)?;
            let fits = self.year().map_or_else(|| self.text.contains(then), |year| year < until);
            (fits && !self.text.contains(name)).then(|| then.to_owned())
        };
        if let Some(former) = speaker.party.as_deref().and_then(then) {
            speaker.party = Some(former);
        }
        let whole = match (speaker.kind, speaker.name.as_deref()) {
            (SpeakerKind::Country, Some(name)) => then(name),
            (SpeakerKind::Organisation, Some(name)) => {
                self.organ_in_full(name, speaker.party.as_deref()).map(str::to_owned)
            }
            _ => None,
        };
        speaker.name = whole.or_else(|| speaker.name.take());
    }

    /// Whether a name means this: of *the Foreign Office*, which several countries have, only where its country is named in another way.
    pub(crate) fn means(&self, place: &Place) -> bool {
        place.form != Form::Seat || !place.ambiguous || self.countries.iter().any(|(_, party)| *party == place.party)
    }

    /// Whether the text itself speaks here, as an address does: in the first person, outside of what others say.
    pub fn is_own_voice(&self, attribution: &Attribution) -> bool {
        let Some(source) = attribution.source.first() else { return false };
        let first = matches!(
            pronoun(self.text.get(source.start..source.end).unwrap_or_default()),
            Some(Pronoun::I | Pronoun::We)
        );
        first && self.quoting(source.start).is_none() && !self.contents.iter().any(|c| c.contains(&source.start))
    }

    pub(crate) fn source(&self, range: Range<usize>) -> Speaker {
        let phrase = &self.text[range.clone()];
        if let Some(speaker) = self.turn(&range) {
            return speaker;
        }
        if let Some(pronoun) = pronoun(phrase) {
            return self.pronoun(pronoun, range.start);
        }
        if phrase.eq_ignore_ascii_case("you") {
            return self.addressed(range.start).unwrap_or_else(Speaker::unattributed);
        }
        if let Some(person) = self.aged(phrase) {
            return self.person(person);
        }
        // The paper itself, which the tagger may take for somebody.
        if let Some(outlet) = self.article.outlet.as_deref().filter(|outlet| *outlet == without_article(phrase)) {
            let (name, kind) = (Some(outlet.to_owned()), SpeakerKind::Organisation);
            return Speaker { name, kind, role: None, party: None };
        }
        for near in ["Neighbouring ", "Neighboring ", "neighbouring ", "neighboring "] {
            if let Some(rest) = phrase.strip_prefix(near)
                && rest.starts_with(char::is_uppercase)
            {
                return self.source(range.end - rest.len()..range.end);
            }
        }
        // *The North* of Korea
        if let "the North" | "The North" | "the South" | "The South" = phrase
            && ["North Korea", "South Korea"].iter().all(|korea| self.parties.contains(korea))
        {
            return self.place(&format!("{} Korea", without_article(phrase))).unwrap_or_else(Speaker::unattributed);
        }
        // *The Peruvian*, as somebody is called who spoke before
        if let Some(people) = phrase.strip_prefix("the ").or_else(|| phrase.strip_prefix("The "))
            && people.ends_with("an")
            && let Some(place) = self.gazetteer.lookup(people)
            && place.form == Form::Demonym
        {
            let line = line_before_start(self.text, range.start);
            let mut spoke = self.before.iter().rev().take_while(|b| b.at >= line);
            let theirs = |s: &Speaker| s.party.as_deref().is_none_or(|p| p == place.party || !self.is_country(p));
            if let Some(b) =
                spoke.find(|b| b.at < range.start && b.speaker.kind == SpeakerKind::Person && theirs(&b.speaker))
            {
                return b.speaker.clone();
            }
        }
        let both = phrase.get(..5).is_some_and(|b| b.eq_ignore_ascii_case("both ")) && phrase.contains(" and ");
        if both {
            return self.source(range.start + 5..range.end);
        }
        // *He and others*
        if let Some((first, others)) = phrase.split_once(" and ")
            && let Some(pronoun @ (Pronoun::He | Pronoun::She)) = pronoun(first)
            && let Some(name) = self.pronoun(pronoun, range.start).name
        {
            let others = without_article(others);
            let other = Some(others).filter(|o| !o.contains(' ')).and_then(|o| self.known_by_last_word(o)?.name);
            return group(format!("{name} and {}", other.as_deref().unwrap_or(others)), None);
        }
        if let Some(whole) = self.abbreviated.get(phrase.trim_start_matches("the ").trim_start_matches("The ")) {
            let start = whole.as_ptr() as usize - self.text.as_ptr() as usize;
            return self.source(start..start + whole.len());
        }
        if let Some(whole) = self.spelled_out(without_article(phrase)) {
            return self.source(whole);
        }
        let first = phrase.split(' ').next().unwrap_or_default().to_lowercase();
        if (first == "our" || first == "my") && !is_role(&head(phrase)) && !is_kin(&head(phrase)) {
            return self.pronoun(if first == "my" { Pronoun::I } else { Pronoun::We }, range.start);
        }
        let without_clause = [", which ", ", who ", ", whose ", ", both ", ", all ", ", known as ", " -- "];
        let names =
            without_clause.iter().filter_map(|clause| phrase.find(clause)).min().map_or(phrase, |at| &phrase[..at]);
        if let Some(speaker) = self.listed(names) {
            return speaker;
        }
        // *Saudi Arabia*, of which the tagger may take a word for somebody
        let whole = without_article(phrase);
        if whole.contains(' ') && self.gazetteer.lookup(whole).is_some_and(|p| p.form == Form::Country) {
            return self.place(whole).unwrap_or_else(Speaker::unattributed);
        }
        // *Several firms, including Tarnel*, *critics such as Ana Oren*: the group speaks, and not one whom it names as a part of it.
        let named = self.named(&range);
        let part = |all: &&str| all.ends_with([',', '—', '–']) || phrase.contains(" including ") || !named.is_empty();
        if let Some(all) = before_examples(phrase).filter(part) {
            return self.source(trim(self.text, range.start..range.start + all.len()));
        }
        match named.as_slice() {
            [one] => return self.with_others(&self.people[*one], &range),
            [_, _, ..] => return self.together(&named),
            [] => {}
        }
        // *Paris* in an article on Ana Paris
        if self.is_named_as(phrase)
            && let Some(speaker) = self.known_by_last_word(phrase)
        {
            return speaker;
        }
        // *The island of Palau*
        let plain = without_article(phrase);
        let of_kind = ["country of ", "nation of ", "island of ", "island nation of "];
        let whole = of_kind.iter().find_map(|of| plain.strip_prefix(of)).unwrap_or(phrase);
        if let Some(speaker) =
            self.place(whole).or_else(|| self.organisation(phrase)).or_else(|| self.known_by_last_word(phrase))
        {
            return speaker;
        }
        // *Countries such as Peru, Chile and Bolivia* are these.
        if let Some(listed) = phrase.split_once(" such as ").and_then(|(_, examples)| self.listed(examples)) {
            return listed;
        }
        if phrase.contains(" such as ") && (is_group(&head(phrase)) || several_heads(&head(phrase))) {
            return group(without_article(phrase).to_owned(), None);
        }
        if let Some(speaker) = self.titled_name(phrase, range.start).or_else(|| self.country_described(phrase)) {
            return speaker;
        }
        let core = core(phrase);
        if core.is_empty() {
            return self.antecedent(range.start).unwrap_or_else(Speaker::unattributed);
        }
        // *Oren, 33*
        let bare_name = (core != phrase && !core.contains(' ')).then(|| self.known_by_last_word(core)).flatten();
        bare_name.or_else(|| self.place(core)).unwrap_or_else(|| self.described(core, range.start))
    }

    /// *Neighbouring Peru*, *the conference’s host Peru*: a country behind a word that only describes it.
    fn country_described(&self, phrase: &str) -> Option<Speaker> {
        let (range, place) = self.gazetteer.scan(phrase).into_iter().next()?;
        let before = phrase[..range.start].trim_end().rsplit(' ').next()?;
        let describes = before.contains('-')
            || ["neighbouring", "neighboring", "nearby", "host", "rival", "neutral", "fellow"].contains(&before);
        (describes && place.form == Form::Country && range.end == phrase.len()).then(|| self.place(&phrase[range]))?
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
            let joint = [" and ", " nor ", ", along with "].iter().any(|word| between.contains(word));
            joint && !between.contains(" who ")
        };
        let gap = |a: &(usize, usize), b: &(usize, usize)| {
            let end = self.people[a.1].mentions.iter().find(|m| m.start == a.0).map_or(a.0, |m| m.end);
            self.text.get(end..b.0).unwrap_or("")
        };
        let listed = |a: &(usize, usize), b: &(usize, usize)| {
            let between = gap(a, b);
            let between = between.split_once(')').map_or(between, |(_, rest)| rest);
            [", ", " and ", ", and "].contains(&between)
        };
        // *Tarn Governor Ana Oren*: what the office is of is not who holds it.
        let office = |a: &(usize, usize), b: &(usize, usize)| {
            let mut between = gap(a, b).split_whitespace().peekable();
            between.peek().is_some() && between.all(|w| is_role(w) || is_modifier(w))
        };
        if let [a, b, ..] = found.as_slice()
            && office(a, b)
        {
            found.remove(0);
        }
        let speak = match found.as_slice() {
            all if all.len() > 2 && all.windows(2).all(|pair| listed(&pair[0], &pair[1])) => all.len(),
            [a, b, ..] if joined(a, b) => 2,
            _ => 1,
        };
        found.into_iter().take(speak).map(|f| f.1).collect()
    }

    /// Whether a name in a source phrase is the speaker, and not whose office or spokesman speaks.
    fn speaks_itself(&self, range: &Range<usize>, mention: &Range<usize>) -> bool {
        let after = self.text[mention.end..range.end].trim_start();
        let owner = ["’s ", "'s ", "’ ", "' "].iter().find_map(|mark| after.strip_prefix(mark));
        if owner.is_some_and(|rest| !rest.starts_with(char::is_uppercase) || fold(rest).iter().any(|w| is_body(w))) {
            return false;
        }
        if ["administration", "government", "team", "camp", "campaign"].iter().any(|body| after.starts_with(body)) {
            return false;
        }
        // *Tarnel officials*, *Oren supporters*: others, who are called by the name.
        let next = after.split([' ', ',']).next().unwrap_or_default();
        if is_unnamed(next) || is_group(next) && next.ends_with('s') {
            return false;
        }
        let before = self.text[range.start..mention.start].trim_end().to_lowercase();
        let before = before.trim_end_matches([' ', '.']);
        // *The United States, which fought Oren*, *the jury in the Oren trial*
        let relative = [" who ", " which ", " that "].iter().any(|word| before.contains(word));
        let modifies = before.ends_with(" the") && after.starts_with(char::is_lowercase) && !after.starts_with("who ");
        if relative || modifies {
            return false;
        }
        // *Businessman and Oren loyalist Ivo Tal*
        let other = after.strip_prefix(next).is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase));
        if other && next.starts_with(char::is_lowercase) && (is_role(next) || next == "loyalist") {
            return false;
        }
        let stands_for = [" for", " of", " to", " with", " by", " near", "from", " in", " about", " against"];
        let titled = before.trim_end_matches(" mr").trim_end_matches(" ms").trim_end_matches(" president");
        !stands_for.iter().any(|p| titled.ends_with(p)) && !self.serves_titled(&self.text[range.start..mention.start])
    }

    /// *A spokeswoman for Tarn’s Prime Minister* before a name: whether it is that one's title, and somebody else speaks.
    pub(crate) fn serves_titled(&self, before: &str) -> bool {
        let trimmed = before.trim_end();
        let bare = |w: &'_ str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let last = trimmed.rsplit(' ').next().unwrap_or_default();
        // *An aide to the President of Peru, Ana Oren*
        if let Some(office) = trimmed.strip_suffix(',') {
            return master_of_aide(office).is_some();
        }
        if !is_role(&bare(last)) || !last.ends_with(char::is_alphanumeric) {
            return false;
        }
        let mut rest = trimmed;
        while let Some((words, last)) = rest.rsplit_once(' ') {
            let plain = bare(last);
            // *The Center for Peace director*: small words inside a name are no one's service.
            let inner = words.rsplit(' ').next().unwrap_or_default();
            let in_name =
                ["for", "of"].contains(&last) && inner.starts_with(char::is_uppercase) && !is_role(&bare(inner));
            if in_name {
                rest = words;
                continue;
            }
            if ["for", "to", "with", "by", "from"].contains(&last) || last == "of" && !is_role(&head(words)) {
                return true;
            }
            let titled = last.starts_with(char::is_uppercase) || is_role(&plain) || is_modifier(&plain);
            if !titled || last.ends_with(',') {
                return false;
            }
            rest = words;
        }
        false
    }

    /// A person, with those whom the phrase joins to them: *Mr. Oren and the leaders of Peru and Chile*.
    fn with_others(&self, person: &Person, range: &Range<usize>) -> Speaker {
        let speaker = self.person(person);
        let mention = person.mentions.iter().find(|m| range.start <= m.start && m.end <= range.end);
        let others = mention.map(|m| &self.text[m.end..range.end]).and_then(|rest| {
            // *Oren of the Civic Union and 78 others*, but not *Oren, who won in 2006 and 2007*
            let counted = |(before, rest): &(&str, &str)| {
                rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(' ') && !before.contains(" who ")
            };
            rest.strip_prefix(" and ").or_else(|| rest.split_once(" and ").filter(counted).map(|(_, rest)| rest))
        });
        match (others, &speaker.name) {
            (Some(others), Some(name)) => {
                // *Oren and other Tarnish officials* are of one party, as are those who come with a politician.
                let theirs = self.gazetteer.scan(others).into_iter().map(|(_, p)| p.party.to_owned()).next();
                // *Oren and other leaders* are of hers, *Oren and other world leaders* are not.
                let own =
                    ["other leaders", "other officials", "other heads of the party", "other leaders of the party"];
                let same = others.starts_with("other ") && theirs == speaker.party;
                let one = others == "others" || same || own.contains(&others);
                group(format!("{name} and {others}"), speaker.party.clone().filter(|_| one))
            }
            _ => speaker,
        }
    }

    fn together(&self, named: &[usize]) -> Speaker {
        let people: Vec<_> = named.iter().map(|&i| self.person(&self.people[i])).collect();
        let names: Vec<_> = people.iter().filter_map(|p| p.name.clone()).collect();
        let party = people[0].party.clone().filter(|first| people.iter().all(|p| p.party.as_ref() == Some(first)));
        group(names.join(" and "), party)
    }

    /// A single word by which the article names an organisation elsewhere: under its longer name where it has one.
    fn organisation(&self, phrase: &str) -> Option<Speaker> {
        let word = without_article(phrase);
        let general = is_any_body(word) || is_role(word) || is_organ(&fold(word));
        if word.contains(' ') || !word.starts_with(char::is_uppercase) || self.is_somebody(word) || general {
            return None;
        }
        let names = self.entities.iter().filter(|e| e.kind == EntityKind::Organisation);
        let names = names.filter_map(|e| self.text.get(Range::from(e.span)));
        let begin: Vec<&str> =
            names.filter(|n| n.strip_prefix(word).is_some_and(|r| r.is_empty() || r.starts_with(' '))).collect();
        // *Tarnco Chairman*, as the tagger may cut it, names nothing more than *Tarnco*.
        let office = |name: &str| name.rsplit(' ').next().is_some_and(is_role);
        let longer: HashSet<&str> = begin.iter().copied().filter(|n| *n != word && !office(n)).collect();
        let name = match longer.len() {
            1 => longer.into_iter().next()?,
            0 if begin.iter().all(|n| office(n)) && !begin.is_empty() => word,
            _ => begin.into_iter().find(|n| *n == word)?,
        };
        let party = Some(name.to_owned()).filter(|n| !via::is_outlet(n));
        Some(Speaker { name: Some(name.to_owned()), kind: SpeakerKind::Organisation, role: None, party })
    }

    /// Whether a name is the last one of somebody in the article, whatever the tagger took it for here.
    pub(crate) fn is_somebody(&self, name: &str) -> bool {
        let last = fold(name);
        self.people.iter().any(|p| p.name.contains(' ') && fold(&p.name).last() == last.last())
    }

    /// Whether a single word is both a city's or country's name and the last one of a person whom the article names in whole.
    fn is_named_as(&self, word: &str) -> bool {
        let place = || self.gazetteer.lookup(word).filter(|p| matches!(p.form, Form::Country | Form::Capital));
        let whole = |p: &Person| p.name.rsplit_once(' ').is_some_and(|(_, last)| last == word);
        !word.contains(' ') && self.people.iter().any(whole) && place().is_some()
    }

    /// A phrase that is as a whole the name of a country, capital, seat, body or movement.
    pub(crate) fn place(&self, phrase: &str) -> Option<Speaker> {
        let place = self.gazetteer.lookup(phrase).filter(|place| self.means(place))?;
        let people = without_article(phrase);
        // *Peruvians* are not Peru, as *the Peruvians* are at a table.
        if place.form == Form::Demonym
            && people.ends_with('s')
            && people.len() == phrase.len()
            && place.name == place.party
        {
            return Some(group(people.to_owned(), Some(place.party.to_owned())));
        }
        let kind = match place.form {
            // *Brussels* of the European Union
            Form::Capital if self.gazetteer.lookup(place.party).is_some_and(|p| p.form == Form::Body) => {
                SpeakerKind::Organisation
            }
            Form::Country | Form::Capital | Form::Demonym => SpeakerKind::Country,
            // *Democrats*, *Palestinians*
            Form::Movement if phrase.ends_with('s') && (place.name.ends_with("Party") || place.name != place.party) => {
                SpeakerKind::Group
            }
            Form::Seat | Form::Agency | Form::Body | Form::Movement => SpeakerKind::Organisation,
        };
        let name = match kind {
            SpeakerKind::Group => people,
            _ => self.fullest.get(place.name).copied().unwrap_or(place.name),
        };
        Some(Speaker { name: Some(name.to_owned()), kind, role: None, party: Some(place.party.to_owned()) })
    }
}

/// Several who speak at once.
pub(crate) fn group(name: String, party: Option<String>) -> Speaker {
    Speaker { name: Some(name), kind: SpeakerKind::Group, role: None, party }
}

#[cfg(test)]
pub(crate) mod tests;
