//! Texts in the first person, as addresses and statements are: who speaks, and who *we* and *they* are.

use std::ops::Range;
use std::sync::LazyLock;

use pourparler_text::{Speaker, SpeakerKind};
use regex::Regex;

use crate::lexicon::{is_modifier, is_role};
use crate::people::line_before_start;
use crate::speaker::{Resolver, group};

/// *I spoke with*, *I had a conversation with*: whom *we* takes in, in what follows.
static MET: LazyLock<Regex> = LazyLock::new(|| {
    let met = r"\bI [^.!?\n]{0,60}?\b(?:spoke|met|talked|talks|conversation|call|meeting|negotiations)\b[^.!?\n]{0,60}?\bwith ";
    Regex::new(met).expect("the pattern is well-formed")
});

/// So many bytes before *we*, somebody was met.
const MET_NEAR: usize = 500;

impl Resolver<'_> {
    /// First person in the text's own voice: of an address, a statement or an interview, the person whom its title
    /// or byline names, or else the first whom its beginning names.
    pub(crate) fn own_voice(&self) -> Option<Speaker> {
        let head = [self.article.title.as_deref(), self.article.byline.as_deref()].into_iter().flatten();
        let in_head = head
            .clone()
            .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '-'))
            .find_map(|word| if word.starts_with(char::is_uppercase) { self.known_by_last_word(word) } else { None });
        let opening = self.text.char_indices().nth(600).map_or(self.text.len(), |(i, _)| i);
        let first = self.people.iter().filter_map(|p| p.mentions.first().map(|m| (m.start, p))).min_by_key(|(m, _)| *m);
        let first = first.filter(|(m, _)| *m < opening).map(|(_, p)| self.person(p));
        in_head
            .or_else(|| head.clone().find_map(|line| self.announced(line)))
            .or_else(|| self.of_the_office())
            .or(first)
    }

    /// A leader of the world whom a title announces: *Briefing by Ana Oren, Adviser to the President*.
    fn announced(&self, line: &str) -> Option<Speaker> {
        let year = self.year();
        let words: Vec<&str> = line.split_whitespace().collect();
        let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        words.windows(2).enumerate().find_map(|(at, pair)| {
            let name = format!("{} {}", plain(pair[0]), plain(pair[1]));
            let party = (*self.gazetteer.leader(&name, year).first()?).to_owned();
            let before: Vec<_> = words[..at]
                .iter()
                .rev()
                .map(|w| plain(w))
                .take_while(|w| is_role(w) || is_modifier(w) || w == "of" || self.gazetteer.lookup(w).is_some())
                .filter(|w| w != "of" && self.gazetteer.lookup(w).is_none())
                .collect();
            let role: Vec<_> = before.into_iter().rev().collect();
            let role = Some(role.join(" ")).filter(|r| !r.is_empty());
            Some(Speaker { name: Some(name), kind: SpeakerKind::Person, role, party: Some(party) })
        })
    }

    /// Who holds the office that gave the text out: *Office of the President of Ukraine*.
    fn of_the_office(&self) -> Option<Speaker> {
        let outlet = self.article.outlet.as_deref()?;
        let country = self.gazetteer.scan(outlet).first().map(|(_, p)| p.party)?;
        let title = ["Prime Minister", "President", "Chancellor"].into_iter().find(|title| outlet.contains(title))?;
        let name = self.gazetteer.holder(country, title, self.article.published)?;
        Some(Speaker {
            name: Some(name.to_owned()),
            kind: SpeakerKind::Person,
            role: Some(title.to_owned()),
            party: Some(country.to_owned()),
        })
    }

    /// Whether the text is somebody's own words as a whole.
    pub(crate) fn is_address(&self) -> bool {
        let outlet = self.article.outlet.as_deref().unwrap_or_default();
        let title = self.article.title.as_deref().unwrap_or_default();
        let own = ["Address", "Speech", "Briefing", "Statement", "Remarks", "briefing"];
        self.of_the_office().is_some() || own.iter().any(|w| title.contains(w)) || outlet.starts_with("Official")
    }

    /// Whom *they* stands for in an address: the country that was named last and is not the speaker's own, or else the
    /// one that the text names most.
    pub(crate) fn other_side(&self, at: usize) -> Option<Speaker> {
        if !self.address || self.quoting(at).is_some() {
            return None;
        }
        let own = self.own_voice()?.party?;
        let foreign = |(start, party): &&(usize, &str)| *party != own && *start < at;
        let near = line_before_start(self.text, at);
        let last = self.countries.iter().filter(foreign).rfind(|(start, _)| *start >= near);
        let most = || {
            let count = |party: &str| self.countries.iter().filter(|(_, p)| *p == party).count();
            self.countries
                .iter()
                .filter(|(_, p)| *p != own)
                .max_by_key(|(start, p)| (count(p), std::cmp::Reverse(*start)))
        };
        let (_, party) = last.or_else(most)?;
        self.place(party)
    }

    /// The speaker and whom they met, where *we* follows the meeting: *I spoke with the President. We agreed …*
    pub(crate) fn with_met(&self, speaker: &Speaker, at: usize) -> Option<Speaker> {
        let joint = ["discussed", "agreed", "talked", "spoke", "also discussed", "also spoke", "also agreed"];
        let rest = self.text[at..].split_once(' ')?.1;
        let from = line_before_start(self.text, at).max(at.saturating_sub(MET_NEAR));
        let from = (from..=at).find(|&i| self.text.is_char_boundary(i))?;
        let met = joint.iter().any(|j| rest.starts_with(j)).then(|| MET.find_iter(&self.text[from..at]).last())??;
        let start = from + met.end();
        let end = start + self.text[start..].find(['.', '!', '?', '\n'])?;
        let inside = |m: &&Range<usize>| start <= m.start && m.end <= end;
        let named = self.people.iter().find_map(|p| p.mentions.iter().find(inside).map(|m| (m.start, p)));
        let other = named.and_then(|(_, p)| self.person(p).name);
        let other = other.unwrap_or_else(|| self.text[start..end].trim_start_matches("the ").to_owned());
        let name = format!("{} and {other}", speaker.name.as_deref()?);
        Some(group(name, None))
    }

    /// Whom *we* stands for: the side of the one who says it.
    pub(crate) fn side_of(&self, speaker: Speaker) -> Speaker {
        let side = speaker.party.as_deref().and_then(|p| self.place(p));
        side.unwrap_or(speaker)
    }
}
