//! A sentence as words, and the classes of small words that tell where its clauses begin and end.

use std::ops::Range;

use crate::act::listed;
use crate::dates::{month_number, weekday_named};

/// Words that bring in a noun that is then no subject.
const PREPOSITIONS: &str = "\
    of, in, at, on, for, to, from, about, with, without, over, into, during, despite, following, against, through, \
    between, among, towards, toward, amid, under, by, via, around, near, beyond, upon, regarding, concerning, \
    outside, throughout, ahead, within, besides, per, onto, involving, including, aimed, like";

/// Words that open a clause of its own.
const OPENERS: &str = "\
    that, who, whom, whose, which, what, after, before, while, when, because, since, although, though, whereas, as, \
    where, if, unless, whether, until, till, once, how, why, lest, than, so";

/// Verbs of saying: what follows is another clause.
const SAYING: &str = "\
    said, says, say, saying, told, tells, announced, announces, announcing, confirmed, confirms, confirming, \
    reported, reports, reporting, added, adding, stated, states, declared, declares, according, disclosed, revealed, \
    reveals, indicated, indicates, claimed, claims, acknowledged, noted, notes, reiterated, warned, warns, recalled, \
    explained, wrote, writes, believe, believes, believed, admitted, quoted, quotes, tweeted, predicted, predicts, \
    signalled, signaled, suggested, suggests, hinted";

const PRONOUNS: &str = "he, she, it, they, we, i, you";
const DETERMINERS: &str = "\
    the, a, an, these, those, this, its, their, his, her, our, your, my, another, any, no, some, each, every, all, \
    both, either, neither";
const ADVERBS: &str = "\
    also, again, now, just, already, then, later, earlier, early, late, still, soon, ever, today, tomorrow, \
    yesterday, instead, together, first, once, since, long, meanwhile, even, yet, therefore, thus, anew, \
    nonetheless, nevertheless";
const DAYS: &str = "today, yesterday, tomorrow, tonight, midnight, weekend, spring, summer, autumn";
const UNITS: &str = "day, days, week, month, year, morning, afternoon, evening, night, weekend, quarter";
const BEFORE_UNITS: &str = "this, last, next, earlier, later, early, late, coming, following, same, previous";

/// What parts a word from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space, or marks that part no clause.
    Joined,
    /// A comma.
    Comma,
    /// A mark that ends a clause, or the start of the sentence.
    Hard,
}

/// A word: letters and digits with the marks inside it (*six-party*, *Karveth’s*, *U.S*).
struct Word<'a> {
    text: &'a str,
    lower: String,
    range: Range<usize>,
    gap: Gap,
}

/// The words of a sentence. An index outside of it stands for no word, so that one may look before the first.
pub(super) struct Words<'a> {
    pub sentence: &'a str,
    words: Vec<Word<'a>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(sentence: &'a str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut gap_at = 0;
        let mut start = None;
        for (at, c) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
            let next = sentence.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            // The point of *U.N.-brokered* is inside the word, too.
            let inner = matches!(c, '-' | '’' | '\'' | '.' | '&') && next.is_some_and(char::is_alphanumeric)
                || (c == '.' && next == Some('-'));
            match start {
                None if c.is_alphanumeric() => start = Some(at),
                Some(from) if !c.is_alphanumeric() && !inner => {
                    let text = &sentence[from..at];
                    let gap = if words.is_empty() { Gap::Hard } else { gap(&sentence[gap_at..from]) };
                    words.push(Word { text, lower: text.to_lowercase().replace('’', "'"), range: from..at, gap });
                    (gap_at, start) = (at, None);
                }
                _ => {}
            }
        }
        Self { sentence, words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word in lower case, with straight apostrophes; empty outside of the sentence.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| &w.lower)
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| w.text)
    }

    /// What parts a word from the one before; after the last word the sentence ends.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Hard, |w| w.gap)
    }

    pub(super) fn is(&self, at: usize, list: &str) -> bool {
        listed(list, self.lower(at))
    }

    /// Whether one of some words is listed.
    pub(super) fn any(&self, words: Range<usize>, list: &str) -> bool {
        words.into_iter().any(|at| self.is(at, list))
    }

    /// The bytes from the first to the last of some words.
    pub(super) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let inside = self.words.get(words).unwrap_or_default();
        inside.first().zip(inside.last()).map_or(0..0, |(first, last)| first.range.start..last.range.end)
    }

    /// The word in which a byte lies, or the next one.
    pub(super) fn at_byte(&self, byte: usize) -> usize {
        self.words.partition_point(|w| w.range.end <= byte)
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }

    pub(super) fn possessive(&self, at: usize) -> bool {
        self.lower(at).ends_with("'s")
    }

    pub(super) fn preposition(&self, at: usize) -> bool {
        self.is(at, PREPOSITIONS)
    }

    pub(super) fn opener(&self, at: usize) -> bool {
        self.is(at, OPENERS)
    }

    pub(super) fn saying(&self, at: usize) -> bool {
        // *the United States*, *the reported talks*
        self.is(at, SAYING) && !self.capital(at) && !self.determiner(at.wrapping_sub(1))
    }

    pub(super) fn pronoun(&self, at: usize) -> bool {
        self.is(at, PRONOUNS)
    }

    pub(super) fn determiner(&self, at: usize) -> bool {
        self.is(at, DETERMINERS)
    }

    pub(super) fn adverb(&self, at: usize) -> bool {
        self.is(at, ADVERBS) || (self.lower(at).ends_with("ly") && !self.capital(at))
    }

    /// Whether a word is part of time words: *Monday*, *20*, *March*, *last week*.
    pub(super) fn date(&self, at: usize) -> bool {
        let word = self.text(at);
        let plain = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        let number = plain.trim_end_matches(['s', 't', 'h', 'n', 'r', 'd']);
        let digits = !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
        let pair = |before, unit| self.is(before, BEFORE_UNITS) && self.is(unit, UNITS);
        digits
            || weekday_named(plain).is_some()
            || (self.capital(at) && plain.len() > 2 && is_month(plain))
            || listed(DAYS, &plain.to_lowercase())
            || pair(at, at.wrapping_add(1))
            || pair(at.wrapping_sub(1), at)
    }

    /// The last word before `at` that is no adverb, in the same run of words.
    pub(super) fn back(&self, at: usize) -> usize {
        let mut at = at;
        while self.gap(at) == Gap::Joined {
            at = at.wrapping_sub(1);
            if !self.adverb(at) {
                return at;
            }
        }
        usize::MAX
    }
}

/// A month's whole name, or one of its abbreviations: not *Marching*.
fn is_month(word: &str) -> bool {
    const NAMES: &str = "\
    January, February, March, April, May, June, July, August, September, October, November, December, Jan, Feb, Mar, \
    Apr, Jun, Jul, Aug, Sep, Sept, Oct, Nov, Dec, mid-January, mid-February, mid-March";
    month_number(word).is_some() && listed(NAMES, word)
}

fn gap(between: &str) -> Gap {
    let hard = [';', ':', '—', '–', '(', ')', '!', '?', '[', ']', '…'];
    if between.contains(hard) || between.contains(" - ") || between.contains("--") {
        Gap::Hard
    } else if between.contains(',') {
        Gap::Comma
    } else {
        Gap::Joined
    }
}
