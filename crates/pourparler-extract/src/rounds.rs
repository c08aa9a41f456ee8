//! Rounds of talks: the sentences in which a meeting of a negotiation is planned, is held, goes on or fails.
//!
//! A noun of meeting ([`meeting`]) and a verb of its happening ([`happening`]) must stand in one clause, one as the
//! other's subject or object. What is wished, denied, offered or made a condition is no round, nor is what talks are
//! said to be like: a round not found is better than one that never was. What else the clause tells is read by
//! [`particulars`] and [`date`].

mod date;
mod happening;
mod meeting;
mod particulars;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use pourparler_dossier::Gazetteer;
use pourparler_text::{Article, Byte, DateRange, Round, RoundState, Span, sentences};
use regex::Regex;

use crate::dates::Anchors;
use crate::decode::Entity;
use happening::{Happening, Told, happenings, rounds_told};
use meeting::{Kind, Meeting, meetings};
use particulars::{Clause, Name, bounds};
use words::{Gap, Words};

/// Words by which what comes after them is wished, doubted, offered or asked for.
const WISHES: &str = "\
    hope, hopes, hoped, hoping, want, wants, wanted, urge, urges, urged, urging, demand, demands, demanded, \
    demanding, propose, proposes, proposed, proposal, offer, offers, offered, suggest, suggests, suggested, \
    suggestion, wish, wishes, insist, insists, insisted, need, needs, ready, willing, prepared, refuse, refuses, \
    refused, reject, rejects, rejected, unlikely, doubt, doubts, doubted, doubtful, possible, possibility, possibly, \
    perhaps, may, might, could, should, must, can, cannot, ask, asks, asked, invite, invited, invitation, call, \
    calls, calling, called, threatens, threatened, uncertain, unclear, whether, if, unless, no, not, never, without, \
    neither, nor, fear, fears, feared, won't, didn't, doesn't, don't, isn't, aren't, hasn't, haven't, wouldn't, \
    would-be";
/// Words by which it is doubtful whether what *talks planned for Monday* speaks of will be.
const SHUNNED: &str = "\
    no, never, refuse, refuses, refused, boycott, boycotts, boycotted, reject, rejects, rejected, shunned";
/// Words by which what comes after them is denied, whatever its tense.
const DENIALS: &str = "\
    deny, denies, denied, denying, denial, whether, if, unless, lest, wish, imagine, rumours, rumors, false, never";
/// Words after a plan that make it hang on something.
const TERMS: &str = "if, unless, provided, providing, once, only, depending";
/// Words before a clause that make it one of no fact.
const NO_FACT: &str = "if, unless, whether, until, till, lest, once";

/// That an article speaks of negotiations by rounds. The forms here are constants that the tests compile.
static ABOUT_TALKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\brounds? of (?:[\w-]+ ){0,3}(?:talks|negotiations|consultations|discussions)\b|\bnegotiators?\b")
        .expect("the form is well-formed")
});
/// That it speaks of something else that comes in rounds.
static IN_ROUNDS: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"elections?|elected|vot(?:e|es|ing|ers)|ballots?|run-?off|tournament|match|matches|season|playoffs?";
    Regex::new(&format!(r"(?i)\b(?:{words})\b")).expect("the form is well-formed")
});

/// The rounds of talks that an article tells of, in the order of its text.
///
/// `entities` are its names in bytes of the text; those that do not fit it are passed over.
#[must_use]
pub fn rounds(article: &Article, entities: &[Entity], gazetteer: &Gazetteer, anchors: &Anchors) -> Vec<Round<Byte>> {
    let text = article.text.as_str();
    let about_talks = ABOUT_TALKS.is_match(text) && !IN_ROUNDS.is_match(text);
    let mut out = Vec::new();
    for sentence in sentences(text) {
        let words = Words::new(article.text.get(sentence));
        let meetings = meetings(&words, about_talks);
        if meetings.is_empty() {
            continue;
        }
        let inside = entities.iter().filter(|e| sentence.covers(e.span));
        let names: Vec<Name> = inside
            .map(|e| Name { range: e.span.start - sentence.start..e.span.end - sentence.start, kind: e.kind })
            .collect();
        let mut found: Vec<Round<Byte>> = Vec::new();
        for meeting in &meetings {
            for (at, (happening, set)) in rounds_told(happenings(&words, meeting)).into_iter().enumerate() {
                let reader = Reader { words: &words, names: &names, gazetteer, anchors, article };
                let Some(mut round) = reader.round(meeting, &happening, set, sentence) else { continue };
                // What a held round is followed by is another one.
                if at > 0 {
                    round.number = None;
                }
                add(&mut found, round);
            }
        }
        out.append(&mut found);
    }
    out
}

/// Adds a round of a sentence, unless it is one that the sentence has told of before.
fn add(found: &mut Vec<Round<Byte>>, round: Round<Byte>) {
    let planned = |r: &Round<Byte>| r.state == RoundState::Planned;
    let same = |r: &Round<Byte>| match (r.number, round.number) {
        (Some(a), Some(b)) => a == b,
        _ => planned(r) == planned(&round),
    };
    match found.iter_mut().find(|r| same(r)) {
        Some(known) if known.number.is_none() && round.number.is_some() => *known = round,
        Some(_) => {}
        None => found.push(round),
    }
}

/// Reads one meeting of one sentence.
struct Reader<'a> {
    words: &'a Words<'a>,
    names: &'a [Name],
    gazetteer: &'a Gazetteer,
    anchors: &'a Anchors,
    article: &'a Article,
}

impl Reader<'_> {
    fn round(
        &self,
        meeting: &Meeting,
        happening: &Happening,
        set: Option<Range<usize>>,
        sentence: Span<Byte>,
    ) -> Option<Round<Byte>> {
        let words = self.words;
        let range = bounds(words, meeting, happening);
        let clause = Clause { words, range, meeting, happening, names: self.names, gazetteer: self.gazetteer };
        let published = self.article.published;
        let coming = || date::ahead(&clause, published, None);
        let (state, when) = match happening.told {
            Told::State(RoundState::Planned) => (RoundState::Planned, coming()),
            Told::Ends => (RoundState::UnderWay, None),
            Told::IfDated => (RoundState::Planned, Some(coming()?)),
            Told::Now => match date::past(&clause, published, self.anchors) {
                // *Are meeting on Friday* is said on that day or before it.
                Some(past) if Some(past.to) != published => match coming() {
                    Some(coming) => (RoundState::Planned, Some(coming)),
                    None => (RoundState::UnderWay, None),
                },
                None if is_coming(coming().as_ref()) => (RoundState::Planned, coming()),
                past => (RoundState::UnderWay, past),
            },
            Told::State(RoundState::Failed) if set.is_some() => {
                let end = if happening.object { clause.range.end } else { happening.words.start };
                let set = set.map(|set| words.bytes(set.start..end));
                (RoundState::Failed, date::ahead(&clause, published, set))
            }
            Told::State(RoundState::Held) if meeting.day => {
                (RoundState::UnderWay, date::past(&clause, published, self.anchors))
            }
            Told::State(state) => (state, date::past(&clause, published, self.anchors)),
        };
        if !self.is_fact(&clause, state) {
            return None;
        }
        let place = clause.place();
        let mediator = clause.mediator();
        let parties = clause.parties(place.as_ref().map(|(range, _)| range), mediator.as_ref());
        let level = clause.level();
        let told = match meeting.kind {
            Kind::Talks => {
                meeting.told || !happening.object || !parties.is_empty() || level.is_some() || clause.between()
            }
            Kind::Summit => meeting.told || parties.len() > 1 || clause.between(),
            Kind::Meeting => level.is_some() && (parties.len() > 1 || clause.between()),
            Kind::Round => true,
        };
        told.then(|| Round {
            sentence,
            number: meeting.number,
            state,
            when,
            place: place.map(|(_, name)| name.to_owned()),
            remote: clause.remote(),
            parties,
            level: level.map(str::to_owned),
            mediator: mediator.map(|(_, name)| name),
        })
    }

    /// Whether the sentence gives the clause as a fact or a plan, not as a wish, a term or a denial.
    fn is_fact(&self, clause: &Clause, state: RoundState) -> bool {
        let words = self.words;
        let first = clause.meeting.words.start.min(clause.happening.words.start);
        let opening = clause.range.start.wrapping_sub(1);
        let part = (0..=first).rev().find(|&at| words.gap(at) == Gap::Hard).unwrap_or(0);
        if words.is(opening, NO_FACT) || words.any(part..first, DENIALS) {
            return false;
        }
        if state != RoundState::Planned {
            return true;
        }
        // What is wished before *when* or *who* is not the clause after it.
        let turns = |at: usize| words.is(at, "when, after, before, as, while, where, who, which, because, since");
        let governing = (part..first).rev().find(|&at| turns(at)).map_or(part, |at| at + 1);
        let finite = clause.happening.finite || clause.happening.object;
        let wished = words.any(governing..first, if finite { WISHES } else { SHUNNED });
        let would = words.any(clause.happening.words.clone(), "would");
        let reported = (part..first).any(|at| words.saying(at) || words.is(at, "agreed"));
        let when = words.lower(opening) == "when" && words.any(clause.happening.words.clone(), "will, would");
        let terms = words.any(clause.happening.words.end..words.len(), TERMS);
        !(wished || when || terms || (would && !reported))
    }
}

/// Whether time words name days to come by themselves: *are meeting next week*.
fn is_coming(days: Option<&DateRange>) -> bool {
    let text = days.and_then(|d| d.text.as_deref()).unwrap_or_default();
    text.contains("next ") || text.starts_with("tomorrow") || text.contains("coming ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use pourparler_dossier::Dossier;
    use proptest::prelude::*;

    use super::*;
    use crate::decode::EntityKind;

    /// Wednesday, 12 March 2031.
    const PUBLISHED: Date = date(2031, 3, 12);
    const PLACES: [&str; 3] = ["Lindhavn", "Tarn", "Arvo Island"];
    const PEOPLE: [&str; 3] = ["Jonas Oren", "Mira Temelik", "Sol Ilves"];
    const DOSSIER: &str = "\
        name = 'The strait'\n\
        [[side]]\nname = 'Karveth'\ncapital = 'Osmela'\ndemonyms = ['Karvethi', 'Karvethis']\nseats = ['the Citadel']\n\
        [[side]]\nname = 'Lusenia'\ncapital = 'Porto Cavel'\ndemonyms = ['Lusenian', 'Lusenians']\n\
        [[side]]\nname = 'Vestmere'\ncapital = 'Lindhavn'\ndemonyms = ['Vestmerian']\n\
        [[side]]\nname = 'TPA'\nkind = 'group'\n\
        [[side]]\nname = 'Inland Forum'\nkind = 'organisation'\n";

    fn find(text: &str, published: Option<Date>) -> Vec<Round<Byte>> {
        let article = Article { published, ..Article::from_text(text) };
        let named = |names: &'static [&'static str], kind| {
            let found = names.iter().flat_map(move |name| text.match_indices(name));
            found.map(move |(at, name)| Entity { span: Span::new(at, at + name.len()), kind })
        };
        let entities: Vec<_> = named(&PLACES, EntityKind::Place).chain(named(&PEOPLE, EntityKind::Person)).collect();
        static GAZETTEER: LazyLock<Gazetteer> =
            LazyLock::new(|| Gazetteer::new(&Dossier::parse(DOSSIER).expect("the dossier is well-formed")));
        rounds(&article, &entities, &GAZETTEER, &Anchors::default())
    }

    /// A round as `state number | from to | place | parties | level | mediator | remote`, without what is not told.
    fn shown(round: &Round<Byte>) -> String {
        let mut parts = vec![round.state.to_string()];
        parts.extend(round.number.map(|n| format!("number {n}")));
        parts.extend(round.when.as_ref().map(|d| format!("{} {}", d.from, d.to)));
        parts.extend(round.place.as_ref().map(|p| format!("in {p}")));
        parts.extend(Some(round.parties.join(" & ")).filter(|p| !p.is_empty()));
        parts.extend(round.level.clone());
        parts.extend(round.mediator.as_ref().map(|m| format!("by {m}")));
        parts.extend(round.remote.then(|| "remote".to_owned()));
        parts.join(" | ")
    }

    fn read(text: &str) -> Vec<String> {
        find(text, Some(PUBLISHED)).iter().map(shown).collect()
    }

    #[test]
    fn rounds_with_what_is_told_of_them() {
        for (text, expected) in [
            (
                "The third round of talks between Karveth and Lusenia opened in Lindhavn on Monday \
                 under Vestmerian mediation.",
                "under way | number 3 | 2031-03-10 2031-03-10 | in Lindhavn | Karveth & Lusenia | by Vestmere",
            ),
            (
                "Negotiators from Karveth and the TPA met by video link on Tuesday for a second round of negotiations.",
                "held | number 2 | 2031-03-11 2031-03-11 | Karveth & TPA | negotiators | remote",
            ),
            (
                "Both sides agreed to hold a fourth round of talks in Tarn on 20 and 21 March \
                 at the level of foreign ministers.",
                "planned | number 4 | 2031-03-20 2031-03-21 | in Tarn | ministers",
            ),
            (
                "The 2nd round of talks, held by telephone on 8 and 9 March, moved the lists of prisoners forward.",
                "held | number 2 | 2031-03-08 2031-03-09 | remote",
            ),
            (
                "Talks between Karveth and Lusenia collapsed on Monday.",
                "failed | 2031-03-10 2031-03-10 | Karveth & Lusenia",
            ),
            (
                "Karveth broke off the peace talks with Lusenia last week, days after the shelling of Tarn.",
                "failed | 2031-03-03 2031-03-09 | Karveth & Lusenia",
            ),
            (
                "Talks scheduled for Friday in Lindhavn have been postponed, the ministry said on Monday.",
                "failed | 2031-03-14 2031-03-14 | in Lindhavn",
            ),
            ("The negotiations entered their third day on Wednesday.", "under way | 2031-03-12 2031-03-12"),
            (
                "Vestmere hosted a fifth round of ceasefire talks between Karveth and Lusenia on Sunday.",
                "held | number 5 | 2031-03-09 2031-03-09 | Karveth & Lusenia | by Vestmere",
            ),
            (
                "A meeting between the foreign ministers of Karveth and Lusenia took place on Arvo Island \
                 under the auspices of the Inland Forum.",
                "held | Karveth & Lusenia | ministers | by Inland Forum",
            ),
            (
                "Vestmerian-brokered indirect talks between Karveth and the TPA are under way in the port of Tarn.",
                "under way | in Tarn | Karveth & TPA | by Vestmere",
            ),
            (
                "The Citadel said talks with Lusenia would resume next month.",
                "planned | 2031-04-01 2031-04-30 | Karveth & Lusenia",
            ),
            (
                "Karvethi President Mira Temelik and her Lusenian counterpart will hold a summit in Tarn tomorrow.",
                "planned | 2031-03-13 2031-03-13 | in Tarn | Karveth & Lusenia | leaders",
            ),
            (
                "Experts from Karveth and Lusenia resumed technical consultations, \
                 chaired by the Vestmerian envoy Jonas Oren, in Tarn.",
                "under way | in Tarn | Karveth & Lusenia | experts | by Jonas Oren",
            ),
            (
                "Ahead of the peace conference, due to open in Lindhavn on 3 April, guns fell silent.",
                "planned | 2031-04-03 2031-04-03 | in Lindhavn",
            ),
            (
                "Lusenia opens the sixth round of the talks in Tarn on Friday.",
                "planned | number 6 | 2031-03-14 2031-03-14 | in Tarn | Lusenia",
            ),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_talks_is_no_round() {
        for text in [
            "Oren said the talks with Karveth were difficult.",
            "There was no progress in the talks between Karveth and Lusenia on Monday.",
            "Hopes for talks between Karveth and Lusenia ended on Monday.",
            "Lusenia wants the talks to resume in Tarn.",
            "Karveth could hold talks with Lusenia next week.",
            "No talks between Karveth and Lusenia were held in Tarn.",
            "Karveth denied that talks with Lusenia had begun on Monday.",
            "If Lusenia withdraws, talks will resume on Friday.",
            "Lusenia said talks with Karveth would resume only after a truce.",
            "Oren left the talks in Tarn on Monday and ended his journey.",
            "The cabinet held a meeting in Osmela on Monday.",
            "Tarn Motors held talks with a rival carmaker last year.",
            "Oren called for a third round of talks between Karveth and Lusenia in Tarn.",
            "The second round of voting ended on Sunday.",
            "He talks about what began in Tarn.",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn one_sentence_may_tell_of_two() {
        let text = "The second round of talks ended in Tarn on Tuesday and will resume on 20 March.";
        assert_eq!(
            read(text),
            ["held | number 2 | 2031-03-11 2031-03-11 | in Tarn", "planned | 2031-03-20 2031-03-20 | in Tarn"]
        );
        let text = "The talks opened in Tarn on Monday but broke off after an hour.";
        assert_eq!(read(text), ["failed | 2031-03-10 2031-03-10 | in Tarn"]);
    }

    #[test]
    fn a_bare_round_needs_an_article_about_talks() {
        let told = "A third round is due to open in Tarn on Friday.";
        assert_eq!(read(told), Vec::<String>::new());
        let about = format!("Negotiators are tired. {told}");
        assert_eq!(read(&about), ["planned | number 3 | 2031-03-14 2031-03-14 | in Tarn"]);
        assert_eq!(read(&format!("{about} The election is far.")), Vec::<String>::new());
    }

    #[test]
    fn without_the_articles_date_only_full_dates_count() {
        let dates = |text: &str| find(text, None).iter().map(|r| r.when.as_ref().map(|d| d.from)).collect::<Vec<_>>();
        assert_eq!(dates("The talks ended in Tarn on Monday."), [None]);
        assert_eq!(dates("The talks ended in Tarn on 3 March 2031."), [Some(date(2031, 3, 3))]);
        assert_eq!(dates("The talks will resume in Tarn on 3 April 2031."), [Some(date(2031, 4, 3))]);
    }

    /// Scraps of sentences that set every part of the module going.
    const SCRAPS: [&str; 34] = [
        "talks",
        "the talks",
        "a third round of",
        "negotiations",
        "summit",
        "round",
        "meeting between",
        "opened",
        "were held",
        "will",
        "due to",
        "resume",
        "on Monday",
        "on 12 and 13 March",
        "in",
        "Lindhavn",
        "Karveth",
        "Lusenia",
        "and",
        ",",
        "which",
        "before",
        "being suspended",
        "U.N.-brokered",
        "mediated by",
        "under the",
        "auspices of",
        "with",
        "said",
        "next week",
        "’s",
        "“",
        ". ",
        "É",
    ];

    proptest! {
        #[test]
        fn no_text_makes_it_panic(
            scraps in prop::collection::vec(prop::sample::select(&SCRAPS[..]), 0..24),
            noise in "\\PC{0,12}",
            at in 0usize..20,
            dated in any::<bool>(),
            span in (0usize..120, 0usize..60),
        ) {
            let mut words: Vec<&str> = scraps;
            words.insert(at.min(words.len()), &noise);
            for text in [words.join(" "), words.concat()] {
                let article = Article { published: dated.then_some(PUBLISHED), ..Article::from_text(text.clone()) };
                let span = Span::new(span.0, span.0 + span.1);
                let entities = [EntityKind::Place, EntityKind::Person].map(|kind| Entity { span, kind });
                for round in rounds(&article, &entities, pourparler_dossier::world(), &Anchors::default()) {
                    prop_assert!(article.text.fits(round.sentence));
                    prop_assert!(round.place.is_none_or(|p| text.contains(&p)));
                }
                find(&text, dated.then_some(PUBLISHED));
            }
        }
    }
}
