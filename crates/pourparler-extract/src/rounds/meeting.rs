//! Nouns of meeting with the words that belong to them: *the third round of talks*, *a meeting between …*.

use std::ops::Range;

use super::happening;
use super::particulars::MEDIATED;
use super::words::{Gap, Words};
use crate::act::listed;
use crate::dates::ORDINALS;

/// What kind of noun it is: the less it says of a negotiation, the more its clause must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// *talks*, *negotiations*, *peace conference*.
    Talks,
    /// *summit*.
    Summit,
    /// *meeting*, which may be any body's.
    Meeting,
    /// *round* by itself, which may be one of voting.
    Round,
}

/// A noun of meeting with its phrase.
#[derive(Debug, Clone)]
pub(super) struct Meeting {
    /// The phrase from its determiner to its noun.
    pub words: Range<usize>,
    pub kind: Kind,
    /// Which one it is, where it is counted.
    pub number: Option<u32>,
    /// Whether it is one day of several: *the second day of talks*.
    pub day: bool,
    /// Whether the phrase itself tells that it is one of a negotiation.
    pub told: bool,
}

impl Meeting {
    pub(super) fn noun(&self) -> usize {
        self.words.end - 1
    }
}

const TALKS: &str = "talks, negotiations, negotiation, consultations";
/// Nouns that are of a negotiation after *peace* and its like, or after *a round of*.
const WITH_WORD: &str = "conference, discussions, dialogue";
const PEACE: &str = "peace, ceasefire, cease-fire, truce, armistice, disarmament, reconciliation, reunification";
/// Words before a noun of meeting that tell what is negotiated, or how.
const TELLING: &str = "\
    nuclear, direct, indirect, proximity, bilateral, trilateral, tripartite, quadrilateral, multilateral, two-party, \
    three-way, four-way, four-party, five-party, six-party, six-nation, border, settlement, status, trade, \
    accession, membership, climate, high-level, ministerial, working-level, technical, exploratory, preliminary, \
    substantive, political, diplomatic, inter-korean, security, arms, arms-control, demilitarisation, face-to-face, \
    un-mediated, shuttle, final-status, hostage, prisoner, disengagement, military, formal, informal, secret";
/// Words that make it another matter: business, wages, lectures.
const ELSE: &str = "\
    merger, takeover, acquisition, contract, pay, wage, wages, transfer, sales, business, coalition-building, \
    sponsorship, board, cabinet, staff, prayer, annual, plenary, town, lecture, ted, licensing";
/// What *of talks* may hang on. *Rounds* is none: several together have no one day.
const CHAIN: &str = "\
    round, session, series, day, days, week, weeks, hours, phase, stage, set, cycle, bout";
/// What an ordinal counts.
const COUNTED: &str = "round, session, meeting, summit";
/// Words that make a meeting one that nobody has planned.
const UNREAL: &str = "no, any, possible, potential, eventual, hypothetical, neither, proposed, would-be, future";
/// Words in *-ing* that may stand before the noun; others are verbs.
const ADJECTIVES: &str = "\
    ongoing, continuing, working, negotiating, gruelling, grueling, planning, opening, closing, fact-finding, \
    peacemaking";
const CARDINALS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// The nouns of meeting of a sentence. `round` by itself counts only where the article is about talks.
pub(super) fn meetings(words: &Words, about_talks: bool) -> Vec<Meeting> {
    (0..words.len()).filter_map(|noun| meeting(words, noun, about_talks)).collect()
}

fn meeting(words: &Words, noun: usize, about_talks: bool) -> Option<Meeting> {
    let next = words.lower(noun + 1);
    let goes_on = words.gap(noun + 1) == Gap::Joined;
    let kind = match words.lower(noun) {
        word if listed(TALKS, word) => Kind::Talks,
        word if listed(WITH_WORD, word) => Kind::Talks,
        "summit" => Kind::Summit,
        "meeting" => Kind::Meeting,
        "round" if about_talks && next != "of" && (!goes_on || round_ends(words, noun + 1)) => Kind::Round,
        _ => return None,
    };
    // *summit talks*: the last noun is the one.
    if goes_on && (listed(TALKS, next) || matches!(next, "summit" | "meeting" | "conference" | "round")) {
        return None;
    }
    let (start, chained) = phrase(words, noun);
    let phrase = start..noun;
    if words.any(phrase.clone(), UNREAL) || words.any(phrase.clone(), ELSE) {
        return None;
    }
    // *he talks about*, *is meeting with*, *after meeting with*
    if start == noun
        && (words.pronoun(noun.wrapping_sub(1)) || matches!(words.lower(noun.wrapping_sub(1)), "who" | "that"))
    {
        return None;
    }
    let determined = words.determiner(start) || words.possessive(start);
    let number = number(words, &(start..noun + 1));
    let told = match kind {
        Kind::Talks if words.is(noun, WITH_WORD) => {
            let told = words.any(phrase.clone(), PEACE) || (chained && words.lower(noun) != "conference");
            told.then_some(true)?
        }
        Kind::Talks => {
            chained || determined || number.is_some() || words.any(phrase.clone(), TELLING) || words.any(phrase, PEACE)
        }
        Kind::Summit => words.any(phrase, PEACE),
        Kind::Meeting if !(determined || number.is_some()) => return None,
        Kind::Meeting => false,
        Kind::Round if !(determined || number.is_some()) => return None,
        Kind::Round => true,
    };
    let day = (start + 1..noun).any(|at| words.lower(at) == "day" && ordinal(words.lower(at - 1)).is_some());
    Some(Meeting { words: start..noun + 1, kind, number, day, told })
}

/// Whether *round* is a noun by itself before this word, and no *round table*.
fn round_ends(words: &Words, next: usize) -> bool {
    words.preposition(next)
        || words.opener(next)
        || words.date(next)
        || words.adverb(next)
        || happening::may_follow(words, next)
}

/// Where the phrase of a noun begins, and whether the noun hangs on *a round of* or its like.
fn phrase(words: &Words, noun: usize) -> (usize, bool) {
    let (mut start, mut chained) = (noun, false);
    while words.gap(start) == Gap::Joined && noun - start < 10 {
        let before = start.wrapping_sub(1);
        let chain = |of: usize| words.lower(of) == "of" && words.is(of.wrapping_sub(1), CHAIN);
        if chain(before) {
            (start, chained) = (before - 1, true);
        } else if words.determiner(before) {
            start = before;
            if !chain(before.wrapping_sub(1)) {
                break;
            }
        } else if words.lower(before) == "face" && words.lower(before.wrapping_sub(1)) == "to" && before > 1 {
            // *face to face talks*
            start = before - 2;
        } else if let Some(mediator) = mediated(words, before) {
            start = mediator;
            break;
        } else if words.possessive(before) {
            start = before;
            // *next week’s talks*
            while words.is(start.wrapping_sub(1), "this, last, next") {
                start -= 1;
            }
            break;
        } else if words.preposition(before) || ends_phrase(words, before) {
            break;
        } else {
            start = before;
        }
    }
    (start, chained)
}

/// Where the name begins in *for United Nations brokered talks*; none where *the United Nations brokered talks*.
fn mediated(words: &Words, participle: usize) -> Option<usize> {
    let capitals = (0..participle).rev().take_while(|&at| words.capital(at) && words.gap(at + 1) == Gap::Joined);
    let first = capitals.last().filter(|_| words.is(participle, MEDIATED))?;
    words.preposition(first.checked_sub(1)?).then_some(first)
}

/// Whether a word cannot stand inside the phrase of a noun, before it.
fn ends_phrase(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    let verb = word.ends_with("ing") && !words.capital(at) && !listed(ADJECTIVES, word);
    verb || words.opener(at)
        || words.saying(at)
        || words.pronoun(at)
        || (words.date(at) && ordinal(word).is_none())
        || matches!(word, "and" | "or" | "but" | "nor" | "yet")
        || happening::may_follow(words, at)
        || happening::is_verb(words, at)
}

fn number(words: &Words, phrase: &Range<usize>) -> Option<u32> {
    for at in phrase.clone() {
        let word = words.lower(at);
        let counted = (at + 1..phrase.end.min(at + 4)).find(|&k| words.is(k, COUNTED));
        let after_round = words.lower(at.wrapping_sub(1)) == "round";
        let found = match counted {
            // *the first summit in years* counts none.
            Some(k) if word == "first" && words.is(k, "meeting, summit") => None,
            Some(_) => ordinal(word),
            None if after_round => cardinal(word),
            None => None,
        };
        if found.is_some() {
            return found;
        }
    }
    // *Round 3 opened*
    (words.lower(phrase.end - 1) == "round").then(|| cardinal(words.lower(phrase.end))).flatten()
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).and_then(|n| n.parse().ok());
    digits.or_else(|| ORDINALS.iter().position(|o| *o == word).and_then(|at| u32::try_from(at + 1).ok()))
}

fn cardinal(word: &str) -> Option<u32> {
    let named = CARDINALS.iter().position(|c| *c == word).and_then(|at| u32::try_from(at + 1).ok());
    named.or_else(|| word.parse().ok().filter(|n| *n < 100))
}
