//! Whom a description without a name goes back to: *the minister*, *the retired general*, *the officials*, *another official*.

use pourparler_text::names::fold;
use pourparler_text::{Speaker, SpeakerKind};

use crate::act::listed;
use crate::described::{head as head_of, owned, without_article};
use crate::documents::is_scholarly;
use crate::lexicon::{is_unnamed, leads, serves_state};
use crate::people::{Person, line_before_start, line_start};
use crate::several::several_heads;
use crate::speaker::Resolver;

/// What people are beside the office by which they were brought in.
const ELSE: &str = "diplomat, general, brigadier, minister, secretary, head, colonel, admiral, negotiator, lawmaker, legislator, politician, veteran, senator, \
    congressman, congresswoman, mp, mep, mla, cleric, economist, mediator, envoy, lawyer, judge, professor, officer, governor, mayor";
/// Of those, what tells nothing of whom one speaks for.
const BESIDE: &str = "veteran, cleric, economist, lawyer, judge, professor";

impl Resolver<'_> {
    /// *The 52-year-old*: whose age stands behind the name, *Ana Oren, 52,*.
    pub(crate) fn aged(&self, phrase: &str) -> Option<&Person> {
        let age = without_article(phrase).strip_suffix("-year-old").filter(|age| age.parse::<u8>().is_ok())?;
        let behind = |p: &Person| {
            p.mentions.iter().any(|m| {
                let rest = self.text[m.end..].strip_prefix(", ").and_then(|rest| rest.strip_prefix(age));
                rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
            })
        };
        self.people.iter().find(|p| behind(p))
    }

    /// *The officials*, *the rebels*, *the team*: those who were brought in with more words.
    pub(crate) fn brought_in(&self, head: &str, words: &[String], definite: bool, at: usize) -> Option<Speaker> {
        let study = words.len() <= 6 && listed("study, research, paper", words.last()?) && is_scholarly(head);
        if !definite || words.len() != 1 && !study || !(is_unnamed(head) || several_heads(head)) {
            return None;
        }
        let more = |name: &str| name.contains(' ') && head_of(name) == head;
        let many = |s: &Speaker| matches!(s.kind, SpeakerKind::Group | SpeakerKind::Unnamed);
        let same = self.last(at, |s| s.name.as_deref().is_some_and(more) && (is_unnamed(head) || many(s)));
        same.filter(|_| !study).or_else(|| is_scholarly(head).then(|| self.scholars(at))?)
    }

    /// *A senior administration official* is what reporters in Washington call one.
    pub(crate) fn of_administration(&self, words: &[String]) -> Option<String> {
        let administration = words.iter().rev().nth(1).is_some_and(|w| w == "administration");
        Some("United States").filter(|c| administration && self.parties.contains(c)).map(str::to_owned)
    }

    /// *Another official*: whose the one is who was called so before.
    pub(crate) fn another(&self, phrase: &str, at: usize) -> Option<String> {
        let rest = ["another ", "Another ", "a second ", "A second ", "a third ", "A third "];
        let head = rest.iter().find_map(|other| phrase.strip_prefix(other)).map(head_of)?;
        let same = |s: &Speaker| {
            s.kind == SpeakerKind::Unnamed
                && s.name.as_deref().is_some_and(|n| head_of(n).trim_end_matches('s') == head)
        };
        self.last(at, same)?.party
    }

    /// *The retired general*, *the Peruvian diplomat*: whoever spoke last in the paragraph, called by what else they are.
    pub(crate) fn just_spoken(
        &self,
        head: &str,
        words: &[String],
        phrase: &str,
        party: Option<&str>,
        at: usize,
    ) -> Option<Speaker> {
        let the = phrase.starts_with("the ") || phrase.starts_with("The ");
        let owned = owned(phrase).is_some() || phrase.replace(" of state", "").contains(" of ");
        let inside = self.contents.iter().any(|c| c.start < at && at < c.end);
        if !the || !(2..=5).contains(&words.len()) || !listed(ELSE, head) || owned || inside {
            return None;
        }
        let line = line_before_start(self.text, at);
        let paragraph = line_start(self.text, at);
        let quoted = self.text[paragraph..].starts_with(['"', '“']);
        let spoke = self.before.iter().rev().find(|b| b.at < at);
        // Whom the paragraph names in the article's own words since.
        let told = self.narrated.iter().rev().find(|(start, _)| (paragraph..at).contains(start));
        let told = told.filter(|(start, _)| spoke.is_none_or(|b| b.at < *start));
        let (last, speaker) = match (told, spoke) {
            (Some(&(start, who)), _) => (start, self.person(&self.people[who])),
            (None, spoke) => spoke.map(|b| (b.at, b.speaker.clone()))?,
        };
        let near = last >= paragraph || quoted && last >= line;
        let theirs = speaker.party.as_deref();
        // Somebody of a body may be of any country.
        let of_party =
            party.is_none() || theirs.is_none() || party == theirs || theirs.is_some_and(|p| !self.is_country(p));
        // Of whom an office is told, another one tells nothing.
        let office = ["minister", "secretary", "head"].contains(&head) && speaker.role.is_some();
        if !near || !of_party || office || speaker.kind != SpeakerKind::Person {
            return None;
        }
        // Of whom nothing was told, the description tells it.
        let home = || serves_state(head).then(|| self.home(at))?;
        let party = speaker.party.clone().or_else(|| party.map(str::to_owned)).or_else(home);
        let role = speaker.role.clone().or_else(|| Some(head.to_owned()));
        Some(Speaker { party: party.filter(|_| !listed(BESIDE, head)), role, ..speaker })
    }

    /// *The country*: the one that spoke or was named last.
    pub(crate) fn country_called(&self, head: &str, definite: bool, at: usize) -> Option<Speaker> {
        if !definite || !["country", "nation"].contains(&head) {
            return None;
        }
        self.last(at, |s| s.kind == SpeakerKind::Country).or_else(|| self.last_body(at))
    }

    /// *The minister*, *the Ukrainian leader*: the person last named whose office and country fit; where nobody was named
    /// yet, the first one who will be.
    pub(crate) fn epithet(&self, head: &str, words: &[String], party: Option<&str>, at: usize) -> Option<Speaker> {
        let role_fits = |p: &Person| {
            let role = self.person(p).role.as_deref().map(fold).unwrap_or_default();
            let same = role.iter().any(|w| w == head || same_office(w, head));
            // *The Peruvian head*, and not *the customs' head*
            let heads = head == "leader" || ["head", "chief"].contains(&head) && words.len() <= 2;
            let leader = heads && role.iter().any(|w| leads(w));
            // "foreign minister" is not the "defence minister"
            let particular = words
                .iter()
                .filter(|w| ["foreign", "prime", "defence", "defense", "vice", "deputy"].contains(&w.as_str()));
            // *The president* is not the vice president, nor who was one.
            let lesser = ["vice", "deputy", "former", "ex", "candidate", "nominee", "elect"];
            let lesser = role.iter().any(|w| lesser.contains(&w.as_str()) && !words.contains(w));
            (same || leader) && !lesser && particular.into_iter().all(|w| role.contains(w))
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
            let prime = |role: &[String]| {
                !words.iter().any(|w| w == "prime") || role.iter().any(|w| w == "prime" || w == "premier")
            };
            let lesser =
                |role: &[String]| role.iter().any(|w| ["vice", "deputy"].contains(&w.as_str()) && !words.contains(w));
            let fits = |r: Vec<String>| r.iter().any(|w| w == head) && prime(&r) && !lesser(&r);
            role.map(fold).is_some_and(fits) && of_party(s.party.as_deref())
        };
        let spoke = self.before.iter().rev().find(|b| b.at < at && described(&b.speaker));
        match (spoke, person) {
            (Some(b), Some((mention, p))) if b.at < mention => Some(self.person(p)),
            (Some(b), _) => Some(b.speaker.clone()),
            (None, Some((_, p))) => Some(self.person(p)),
            (None, None) => {
                let fits = |p: &&Person| {
                    let theirs = self.person(p).party;
                    role_fits(p) && party.is_some() && (theirs.as_deref() == party || theirs.is_none())
                };
                let later = self.people.iter().filter(fits);
                let first = later.min_by_key(|p| p.mentions.first().map(|m| m.start));
                // Of whom no office is told, the only one of that party.
                let bare =
                    |p: &&Person| p.role.is_none() && party.is_some() && self.person(p).party.as_deref() == party;
                let mut others = self.people.iter().filter(bare).filter(|_| leads(head));
                let only = others.next().filter(|_| others.next().is_none());
                // What the description tells of whom else nothing was told.
                let told = |s: Speaker| Speaker { party: s.party.clone().or_else(|| party.map(str::to_owned)), ..s };
                first.or(only).map(|p| told(self.person(p)))
            }
        }
    }
}

fn same_office(a: &str, b: &str) -> bool {
    let spoken = |w: &str| w.starts_with("spokes");
    let chaired = |w: &str| w.starts_with("chair");
    let advising = |w: &str| w == "adviser" || w == "advisor" || w == "aide";
    let unnamed = |w: &str| ["source", "official", "diplomat", "aide"].contains(&w);
    let negotiating = |w: &str| ["envoy", "negotiator", "mediator", "diplomat", "ambassador"].contains(&w);
    spoken(a) && spoken(b)
        || negotiating(a) && negotiating(b)
        || b == "source" && unnamed(a)
        || chaired(a) && chaired(b)
        || advising(a) && advising(b)
        || (a == "minister" && b == "premier")
}

#[cfg(test)]
mod tests {
    use pourparler_text::SpeakerKind;

    use crate::speaker::tests::expect_all;

    #[test]
    fn whom_a_description_goes_back_to() {
        use SpeakerKind::{Person, Unnamed};
        expect_all(&[
            // By the age behind a name.
            ("<Ana Oren>, 52, met <Bo Tal>, 39. [The 52-year-old] said no.", "Ana Oren", Person, None),
            ("<Ana Oren>, 152, met <Bo Tal>, 39. [The 52-year-old] said no.", "The 52-year-old", Unnamed, None),
            // Of two of one name, the one whom the courtesy fits, whoever was named last.
            ("<Joyce Oren> and <Alfred Oren> met. [Mrs <Oren>] said no.", "Joyce Oren", Person, None),
            ("<Alfred Oren> and <Joyce Oren> met. [Mr. <Oren>] said no.", "Alfred Oren", Person, None),
            // Who just spoke, called by what else they are; nobody of another country, or inside another's words.
            ("[Peruvian envoy <Ana Oren>] said yes. [The retired general] said no.", "Ana Oren", Person, Some("Peru")),
            (
                "[Peruvian envoy <Ana Oren>] said yes. [The Chilean diplomat] said no.",
                "Chilean diplomat",
                Unnamed,
                Some("Chile"),
            ),
            (
                "Peru. [The mediator, <Ana Oren>,] was there. [The Peruvian diplomat] said no.",
                "Ana Oren",
                Person,
                Some("Peru"),
            ),
            ("[Peruvian envoy <Ana Oren>] said yes. [The Peruvian] said no.", "Ana Oren", Person, Some("Peru")),
            // Another one is whose the first is.
            (
                "Chile. [A Peruvian official] said yes. [Another official] said no.",
                "Another official",
                Unnamed,
                Some("Peru"),
            ),
            (
                "Washington. Peru, Peru. [A senior administration official] said no.",
                "A senior administration official",
                Unnamed,
                Some("United States"),
            ),
            // *The two envoys* are those two, *two diplomats* are any.
            ("<Ana Oren> met <Bo Tarn>. [Two diplomats] said no.", "Two diplomats", Unnamed, None),
            // Of whom alone the paragraph before tells.
            (
                "[A Peruvian official] said yes.\n\nAmong them is <Ana Oren>, a nurse.\n\n“No,” [she] said.",
                "Ana Oren",
                Person,
                None,
            ),
        ]);
    }
}
