//! Whom the labels of a transcript stand for: the one who is asked, whom an interview's title or first lines name; initials;
//! names in capitals and names with a title before them.

use std::ops::Range;

use pourparler_text::names::fold;
use pourparler_text::{Span, Speaker, SpeakerKind, paragraphs};

use crate::interview::TELLING;
use crate::lexicon::{is_modifier, is_outlet, is_role};
use crate::people::Person;
use crate::speaker::Resolver;
use crate::transcript::opening;
use crate::turn_label::{Turns, find, of_name, turns};

/// Titles that stand before a name and are no office.
const HONORIFICS: [&str; 10] = ["mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "hon", "the"];
/// Capitalised words of titles that begin no name.
const NO_NAMES: [&str; 39] = [
    "a",
    "about",
    "address",
    "after",
    "an",
    "and",
    "as",
    "at",
    "before",
    "briefing",
    "by",
    "chat",
    "conference",
    "conversation",
    "exclusive",
    "for",
    "from",
    "full",
    "i",
    "in",
    "interview",
    "news",
    "of",
    "on",
    "press",
    "q",
    "remarks",
    "speech",
    "statement",
    "talk",
    "talks",
    "text",
    "the",
    "to",
    "transcript",
    "video",
    "we",
    "why",
    "with",
];
/// Words after which a title names whom it is an interview with.
const BEFORE_GUESTS: [&str; 8] =
    ["with", "by", "interviews", "interviewed", "interviewing", "interview", "meets", "asks"];
/// Small words that may stand behind the name of who is asked.
const JOINING: [&str; 17] = [
    "about", "after", "and", "at", "before", "by", "during", "for", "from", "in", "of", "on", "over", "to", "who",
    "why", "with",
];
/// Words that join a name's parts.
const PARTICLES: [&str; 10] = ["de", "da", "del", "van", "von", "der", "al", "bin", "ben", "el"];

impl Resolver<'_> {
    /// The speaker of a turn, where its label alone does not name one; `None` where the phrase is no such label.
    pub(crate) fn turn(&self, range: &Range<usize>) -> Option<Speaker> {
        let label = &self.text[range.clone()];
        let start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at);
        let labelled = find(self.text, Span::new(start, end))
            .is_some_and(|label| Range::from(label.name) == *range && (!label.loose || !label.mark.is_empty()));
        if !labelled {
            return self.unmarked_turn(range, start);
        }
        if turns(label) == Turns::Answer {
            return Some(self.guest().unwrap_or_else(Speaker::unattributed));
        }
        self.by_initials(label).or_else(|| self.by_title(label))
    }

    /// The one who is asked in an interview: whom the title names, or else the first lines; never the one who wrote it.
    pub(crate) fn guest(&self) -> Option<Speaker> {
        let opening = opening(self.text);
        let first = |office: bool| {
            let named = self.people.iter().filter(|p| self.may_be_asked(p) && (p.role.is_some() || !office));
            named.filter(|p| p.mentions.first().is_some_and(|m| m.start < opening)).min_by_key(|p| p.mentions[0].start)
        };
        self.announced_guest().or_else(|| first(true).or_else(|| first(false)).map(|p| self.person(p)))
    }

    /// The one who is asked, where the title names somebody or the first lines say who it is: *The Gazette spoke with …*
    pub(crate) fn announced_guest(&self) -> Option<Speaker> {
        let title = self.article.title.as_deref().unwrap_or_default();
        if let Some(titled) = self.in_title(title) {
            // The text may know more of them.
            let last = titled.name.as_deref().and_then(|name| name.rsplit(' ').next()).unwrap_or_default();
            let person = self.people.iter().find(|p| is_last(&p.name, last)).map(|p| self.person(p));
            return Some(match person {
                Some(known) => Speaker {
                    role: titled.role.or(known.role),
                    party: known.party.or(titled.party),
                    name: known.name.filter(|name| name.contains(' ')).or(titled.name),
                    kind: SpeakerKind::Person,
                },
                None => titled,
            });
        }
        let words = title.split(|c: char| !c.is_alphanumeric() && c != '-');
        let in_title = words
            .filter(|word| word.starts_with(char::is_uppercase))
            .find_map(|word| self.people.iter().find(|p| is_last(&p.name, word) && self.may_be_asked(p)));
        in_title.or_else(|| self.told_first()).map(|p| self.person(p))
    }

    /// Whom *you* speaks to in a question: the one whose turn comes next, or whom the interview is with.
    pub(crate) fn addressed(&self, at: usize) -> Option<Speaker> {
        let rest = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        let next = paragraphs(&self.text[rest..]).into_iter().next()?;
        let next = Span::new(rest + next.start, rest + next.end);
        match find(self.text, next).filter(|label| !label.loose) {
            Some(label) => Some(self.source(label.name.into())).filter(|s| s.kind == SpeakerKind::Person),
            None if self.text[..rest].ends_with('?') => self.announced_guest(),
            None => None,
        }
    }

    /// Whom the first line with a word that tells an interview and a name behind it names there.
    fn told_first(&self) -> Option<&Person> {
        let opening = opening(self.text).min(self.text.floor_char_boundary(2500));
        paragraphs(&self.text[..opening]).into_iter().find_map(|line| {
            let lower = self.text[Range::from(line)].to_ascii_lowercase();
            let told = line.start + TELLING.iter().filter_map(|told| lower.find(told)).min()?;
            let first = |p: &Person| p.mentions.iter().map(|m| m.start).find(|&at| told < at && at < line.end);
            let named = self.people.iter().filter(|p| self.may_be_asked(p)).filter_map(|p| Some((first(p)?, p)));
            named.min_by_key(|(at, _)| *at).map(|(_, person)| person)
        })
    }

    /// Whether somebody neither wrote the interview nor is the paper that the tagger took for a person: *Wikinews*, *Harbour News*.
    fn may_be_asked(&self, person: &Person) -> bool {
        let byline = self.article.byline.as_deref().map(fold).unwrap_or_default();
        let name = fold(&person.name);
        let paper = |word: &String| word.ends_with("news") || is_outlet(word);
        let own = || self.article.outlet.as_deref().is_some_and(|outlet| fold(outlet) == name);
        name.last().is_some_and(|last| !byline.contains(last) && !paper(last)) && !own()
    }

    /// A person whom only the title names: *Interview with Foreign Minister Ana Oren*, *Ana Oren: “We will sign”*.
    fn in_title(&self, title: &str) -> Option<Speaker> {
        let words: Vec<&str> = title.split_whitespace().collect();
        let plain = |word: &str| -> String {
            let word = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
            word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
        };
        let office = |word: &str| {
            let word = plain(word);
            is_role(&word) || is_modifier(&word) || self.gazetteer.lookup(&word).is_some()
        };
        let of_a_name = |word: &str| {
            let plain = plain(word);
            of_name(&plain) && !office(word) && !NO_NAMES.contains(&&*plain.to_lowercase())
        };
        let mut at = 0;
        while at < words.len() {
            let mut end = at;
            while end < words.len() && (of_a_name(words[end]) || end > at && PARTICLES.contains(&words[end])) {
                end += 1;
                // A name ends with what is set behind it.
                if words[end - 1].ends_with(|c: char| !c.is_alphanumeric() && c != '.')
                    || words[end - 1].ends_with("’s")
                    || words[end - 1].ends_with("'s")
                {
                    break;
                }
            }
            if !(2..=4).contains(&(end - at)) {
                at = end.max(at + 1);
                continue;
            }
            let first =
                words[..at].iter().rposition(|w| !office(w) && !matches!(*w, "of" | "the")).map_or(0, |i| i + 1);
            let lead = first.checked_sub(1).map(|i| words[i]);
            let role: Vec<String> =
                words[first..at].iter().map(|w| plain(w)).filter(|w| is_role(w) || is_modifier(w)).collect();
            // *President of the Merrow Circle*: what an office is of holds none. *Sarn Bridge bar owner*: nor what only tells of another.
            let of_office = at > 0 && matches!(words[at - 1], "of" | "the");
            let goes_on =
                words.get(end).is_none_or(|w| !words[end - 1].ends_with(char::is_alphanumeric) || may_follow(w));
            let announced = !of_office
                && goes_on
                && (lead.is_some_and(|w| BEFORE_GUESTS.contains(&&*plain(w).to_lowercase()) || w.ends_with(':'))
                    || at == 0 && words[end - 1].ends_with([':', ','])
                    || role.iter().any(|w| is_role(w)));
            if announced {
                let name = words[at..end].iter().map(|w| plain(w)).collect::<Vec<_>>().join(" ");
                let before = self.party_in(&words[first..at]);
                let of = words[end - 1].ends_with(',') || words.get(end).is_some_and(|w| *w == "of");
                let behind = of.then(|| self.party_in(&words[end..])).flatten();
                return Some(self.named_by(name, Some(role.join(" ")).filter(|r| !r.is_empty()), before.or(behind)));
            }
            at = end;
        }
        None
    }

    fn party_in(&self, words: &[&str]) -> Option<String> {
        let words = words.join(" ");
        self.gazetteer.scan(&words).first().map(|(_, place)| place.party.to_owned())
    }

    /// Somebody of this name, with what the dossier and the table of leaders know of them.
    fn named_by(&self, name: String, role: Option<String>, party: Option<String>) -> Speaker {
        let day = self.article.published;
        let known = self.gazetteer.person(&name, day);
        let leader = || {
            let whole = name.contains(' ');
            let parties =
                if whole { self.gazetteer.leader(&name, day.map(jiff::civil::Date::year)) } else { Vec::new() };
            parties.first().map(|party| (*party).to_owned())
        };
        Speaker {
            party: known.as_ref().and_then(|k| k.party.map(str::to_owned)).or(party).or_else(leader),
            role: known.as_ref().and_then(|k| k.title.map(str::to_owned)).or(role),
            name: Some(known.map_or(name, |k| k.name.to_owned())),
            kind: SpeakerKind::Person,
        }
    }

    /// Initials that open paragraphs without a mark behind them: *AO  We come to the talks.*
    fn unmarked_turn(&self, range: &Range<usize>, line: usize) -> Option<Speaker> {
        let label = &self.text[range.clone()];
        let opening = format!("\n{label} ");
        let often = || self.text.matches(&opening).nth(1).is_some();
        self.by_initials(label).filter(|_| self.text[line..range.start].trim().is_empty() && often())
    }

    /// The one person with these initials: *AO*.
    fn by_initials(&self, label: &str) -> Option<Speaker> {
        let label: String = label.chars().filter(|c| *c != '.').collect();
        if !(2..=4).contains(&label.len()) || !label.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let initials = |name: &str| name.split([' ', '-']).filter_map(|w| w.chars().next()).collect::<String>();
        let mut found = self.people.iter().filter(|p| initials(&p.name) == label);
        let one = found.next().filter(|_| found.next().is_none()).map(|p| self.person(p));
        let titled = || {
            let title = self.article.title.as_deref().unwrap_or_default();
            self.in_title(title).filter(|s| s.name.as_deref().is_some_and(|name| initials(name) == label))
        };
        one.or_else(titled)
    }

    /// A name with its title before it, or in capitals: *PRIME MINISTER OREN*, *Mr. Oren*, *LENA BROOK*.
    fn by_title(&self, label: &str) -> Option<Speaker> {
        let is_title = |word: &str| {
            let word = word.trim_end_matches('.');
            HONORIFICS.contains(&&*word.to_lowercase()) || is_role(word) || is_modifier(word)
        };
        let words: Vec<&str> = label.split([' ', '\u{a0}']).filter(|w| !w.is_empty()).collect();
        let titles = words.iter().take_while(|w| is_title(w)).count();
        let (titles, name) = words.split_at(titles);
        let role: Vec<&str> = titles.iter().copied().filter(|w| is_role(w) || is_modifier(w)).collect();
        let capitals = !label.chars().any(char::is_lowercase);
        let Some(last) = name.last() else {
            // *THE PRESIDENT*: of the office that the title or the outlet names.
            return self.guest().filter(|s| holds(s, &role));
        };
        let whole = name.join(" ");
        if self.gazetteer.lookup(&whole).is_some() || self.abbreviated.contains_key(whole.as_str()) {
            return None;
        }
        if let Some(person) = self.people.iter().find(|p| is_last(&p.name, last) && p.name.contains(' ')) {
            let mut speaker = self.person(person);
            speaker.name = speaker.name.map(|name| name.split(' ').map(as_name).collect::<Vec<_>>().join(" "));
            return Some(speaker);
        }
        let title = self.article.title.as_deref().unwrap_or_default();
        if let Some(titled) = self.in_title(title).filter(|s| s.name.as_deref().is_some_and(|n| is_last(n, last))) {
            return Some(titled);
        }
        // One word in capitals may be a body's name; with a title before it, it is somebody's.
        let somebody = !titles.is_empty() || capitals && name.len() > 1;
        somebody.then(|| {
            let name = name.iter().map(|w| as_name(w)).collect::<Vec<_>>().join(" ");
            let role = role.iter().map(|w| as_name(w)).collect::<Vec<_>>().join(" ");
            self.named_by(name, Some(role).filter(|r| !r.is_empty()), None)
        })
    }
}

/// Whether a word may stand behind a name that says who was asked: *Ana Oren on gates*, *Ana Oren tells why*.
fn may_follow(word: &str) -> bool {
    let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    !is_role(plain) && (word.contains(|c: char| !c.is_lowercase()) || word.ends_with('s') || JOINING.contains(&word))
}

/// Whether a name ends in this word.
fn is_last(name: &str, word: &str) -> bool {
    !word.is_empty() && fold(name).last() == fold(word).last()
}

/// Whether somebody's office is the one that these words name.
fn holds(speaker: &Speaker, role: &[&str]) -> bool {
    let held = speaker.role.as_deref().map(fold).unwrap_or_default();
    !role.is_empty() && role.iter().all(|word| held.contains(&word.to_lowercase()))
}

/// A word as names are written; of one in capitals, `O'BRIEN` as *O'Brien*.
fn as_name(word: &str) -> String {
    if word.chars().any(char::is_lowercase) {
        return word.to_owned();
    }
    let mut begins = true;
    let cased = word.chars().flat_map(|c| {
        let out: Vec<char> =
            if std::mem::replace(&mut begins, !c.is_alphabetic()) { vec![c] } else { c.to_lowercase().collect() };
        out
    });
    cased.collect()
}

#[cfg(test)]
mod tests {
    use pourparler_dossier::{Dossier, Gazetteer};
    use pourparler_text::Article;

    use super::*;
    use crate::decode::{Entity, EntityKind};

    /// What a question gives about an article with this title and these people.
    fn resolved<T>([title, byline, text]: [&str; 3], people: &[&str], question: impl FnOnce(&Resolver) -> T) -> T {
        let mut article = Article::from_text(text);
        article.title = Some(title.to_owned());
        article.byline = Some(byline.to_owned());
        let spans =
            |name: &str| text.match_indices(name).map(|(at, n)| Span::new(at, at + n.len())).collect::<Vec<_>>();
        let mut entities: Vec<_> =
            people.iter().flat_map(|n| spans(n)).map(|span| Entity { span, kind: EntityKind::Person }).collect();
        entities.sort_by_key(|e| e.span.start);
        let gazetteer = Gazetteer::new(&Dossier::general());
        question(&Resolver::new(&article, &entities, &[], &gazetteer))
    }

    /// The speaker of the turn with this label.
    fn speaker(title: &str, byline: &str, text: &str, people: &[&str], label: &str) -> Option<Speaker> {
        let at = text.find(&format!("\n{label}")).map_or(0, |at| at + 1);
        resolved([title, byline, text], people, |resolver| resolver.turn(&(at..at + label.len())))
    }

    #[test]
    fn labels_stand_for_people() {
        let qa = "Q: Will you?\n\nA: We will.\n\nQ: When?\n\nA: In May.";
        let intro = format!("Lena Brook met Ana Oren, the foreign minister of Peru, in Sarn.\n\n{qa}");
        let asked = format!("Q: Tomas Kell says no. Will you?\n\n{}", &qa[14..]);
        for (title, byline, text, people, label, name, party) in [
            ("Interview with Foreign Minister Ana Oren of Tarn", "", qa, &[][..], "A", Some("Ana Oren"), None),
            (
                "Interview With Peruvian Foreign Minister Ana Oren On Gates",
                "",
                qa,
                &[],
                "A",
                Some("Ana Oren"),
                Some("Peru"),
            ),
            ("Ana Oren: “We will open the gates”", "", qa, &[], "A", Some("Ana Oren"), None),
            ("“We will open the gates”: Ana Oren on the talks", "", qa, &[], "A", Some("Ana Oren"), None),
            ("The Gazette interviews Ana Oren", "", qa, &[], "A", Some("Ana Oren"), None),
            (
                "We will open the gates",
                "Lena Brook",
                &intro,
                &["Lena Brook", "Ana Oren"],
                "A",
                Some("Ana Oren"),
                Some("Peru"),
            ),
            (
                "The gates",
                "",
                &format!("The Gazette spoke to Ana Oren in Sarn.\n\n{qa}"),
                &["Ana Oren"],
                "A",
                Some("Ana Oren"),
                None,
            ),
            (
                "The Gazette interviews president of the Merrow Circle",
                "",
                &format!(
                    "The Gazette interviews the president of the Circle\n\nThe Gazette spoke to Ana Oren in Sarn.\n\n{qa}"
                ),
                &["Ana Oren"],
                "A",
                Some("Ana Oren"),
                None,
            ),
            // Nobody is invented: neither papers nor places are asked.
            (
                "Harbour News interviews a minister",
                "",
                &format!("Harbour News asked.\n\n{qa}"),
                &["Harbour News"],
                "A",
                None,
                None,
            ),
            ("The Gazette interviews Sarn Bridge bar owner on gates", "", qa, &[], "A", None, None),
            ("An interview with 'Tarn's Finest News Source'", "", qa, &[], "A", None, None),
            // Whom a question speaks of is not who answers.
            ("We will open the gates", "", qa, &[], "A", None, None),
            ("The Gazette interviews President of the Merrow Circle", "", qa, &[], "A", None, None),
            ("Peace Talks Go On in West Sarn", "", qa, &[], "A", None, None),
            ("The gates", "", &asked, &["Tomas Kell"], "A", None, None),
        ] {
            let speaker = speaker(title, byline, text, people, label).expect("it is a label");
            assert_eq!((speaker.name.as_deref(), speaker.party.as_deref()), (name, party), "{title}");
        }
    }

    #[test]
    fn you_are_whoever_answers() {
        let text = "((HG))  Lena Brook says you said no. Is it so?\n\n((Ana Oren))  It is.\n\nAs you said, it is late.";
        let asked: Vec<Option<String>> = resolved(["", "", text], &["Lena Brook", "Ana Oren"], |resolver| {
            text.match_indices("you").map(|(at, _)| resolver.addressed(at).and_then(|s| s.name)).collect()
        });
        assert_eq!(asked, [Some("Ana Oren".to_owned()), None]);
    }

    #[test]
    fn names_in_labels() {
        let met = "The Gazette met Ana Oren.\n\n";
        for (title, text, label, want) in [
            ("", "AO: We will.", "AO", Some("Ana Oren")),
            ("", "OREN: We will.", "OREN", Some("Ana Oren")),
            ("", "FOREIGN MINISTER OREN: We will.", "FOREIGN MINISTER OREN", Some("Ana Oren")),
            ("", "MR. KELL: We will.", "MR. KELL", Some("Kell")),
            ("", "LENA O'BROOK, HOST: Welcome.", "LENA O'BROOK", Some("Lena O'Brook")),
            (
                "Remarks by Prime Minister Tomas Kell",
                "PRIME MINISTER KELL: Yes.",
                "PRIME MINISTER KELL",
                Some("Tomas Kell"),
            ),
            ("Remarks by President Tomas Kell", "THE PRESIDENT: Yes.", "THE PRESIDENT", Some("Tomas Kell")),
            // Others find out who these are.
            ("", "THE PRESIDENT: Yes.", "THE PRESIDENT", None),
            ("", "THG: Will you?", "THG", None),
            ("", "Kell: Yes.", "Kell", None),
            ("", "Kell said: yes", "Kell", None),
            ("", "PERU: Yes.", "PERU", None),
        ] {
            let found = speaker(title, "", &format!("{met}{text}"), &["Ana Oren"], label);
            assert_eq!(found.and_then(|s| s.name).as_deref(), want, "{label}");
        }
    }
}
