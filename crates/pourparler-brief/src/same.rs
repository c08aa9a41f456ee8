//! Whether two reports give the same words: a copy, a shortened quotation, another translation of one utterance.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use pourparler_text::names;

/// Words count as the same where they begin with the same letters, so many of them: *shelled* and *shelling*.
const STEM: usize = 5;
/// A part of a quotation is recognised from so many words in a row on.
const PART: usize = 4;
/// Two wordings of one utterance share at least so many content words…
const SHARED: usize = 3;
/// … which are at least this share of the shorter one's …
const OF_SHORTER: f64 = 0.6;
/// … and this share of all.
const OF_ALL: f64 = 0.4;

/// Words of four letters and more that say nothing of what a statement is about, in alphabetical order.
const FUNCTION_WORDS: &[&str] = &[
    "about", "above", "after", "again", "against", "also", "although", "among", "another", "because", "been", "before",
    "being", "between", "both", "could", "does", "doing", "done", "down", "during", "each", "even", "ever", "every",
    "from", "have", "having", "here", "into", "itself", "just", "like", "made", "make", "many", "more", "most", "much",
    "must", "only", "other", "over", "said", "same", "says", "shall", "should", "since", "some", "still", "such",
    "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "told", "under",
    "until", "very", "want", "wants", "were", "what", "when", "where", "which", "while", "whom", "will", "with",
    "without", "would", "your",
];

/// Words that turn a statement round: what has one and what has none say different things.
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "cannot", "nothing", "nobody", "none", "neither", "nor", "t", "without", "refuse", "refused",
];

/// The words of a content in the forms in which they are compared.
#[derive(Debug, Clone)]
pub struct Wording {
    content: String,
    words: Vec<String>,
    /// The words between quotation marks, where only a part is quoted.
    quoted: Vec<Vec<String>>,
    /// A bit for each stem, several stems to a bit: what two have in common is at most what their bits have.
    bits: u64,
    /// The same of the quoted parts.
    quoted_bits: Vec<u64>,
    /// What most comparisons come to an end without.
    particulars: OnceLock<Particulars>,
}

#[derive(Debug, Clone)]
struct Particulars {
    stems: BTreeSet<String>,
    /// Numbers in figures, whether they were written so or in words.
    numbers: BTreeSet<String>,
    /// Words that are written with a capital inside a sentence.
    names: BTreeSet<String>,
    negated: bool,
}

impl Wording {
    /// Of a content.
    #[must_use]
    pub fn of(content: &str) -> Self {
        let words = in_figures(names::fold(content));
        let quoted = quoted(content);
        let bits_of = |words: &[String]| words.iter().filter(|w| tells(w)).fold(0, |bits, w| bits | bit(stem(w)));
        let (bits, quoted_bits) = (bits_of(&words), quoted.iter().map(|q| bits_of(q)).collect());
        Self { content: content.to_owned(), words, quoted, bits, quoted_bits, particulars: OnceLock::new() }
    }

    fn particulars(&self) -> &Particulars {
        self.particulars.get_or_init(|| Particulars {
            stems: self.words.iter().filter(|w| tells(w)).map(|w| stem(w).to_owned()).collect(),
            numbers: self.words.iter().filter(|w| w.chars().any(|c| c.is_ascii_digit())).cloned().collect(),
            names: proper(&self.content),
            negated: self.words.iter().any(|w| NEGATIONS.contains(&w.as_str())),
        })
    }

    /// Whether it has no word at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether two contents of one mouth on one occasion are the same utterance: word for word, one a part of the
    /// other or quoting a part, or most content words the same while no number, name or negation differs.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        if !self.may_be_same(other) {
            return false;
        }
        if self.words == other.words {
            return true;
        }
        let holds =
            |long: &[String], short: &[String]| short.len() >= PART && long.windows(short.len()).any(|w| w == short);
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if holds(&long.words, &short.words) {
            return true;
        }
        if self.quoted.iter().any(|q| holds(&other.words, q)) || other.quoted.iter().any(|q| holds(&self.words, q)) {
            return true;
        }
        let differ = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_subset(b) && !b.is_subset(a);
        let (own, others) = (self.particulars(), other.particulars());
        if own.negated != others.negated
            || differ(&own.numbers, &others.numbers)
            || differ(&own.names, &others.names)
            || self.exchanges(other)
            || !self.in_one_order(other)
        {
            return false;
        }
        let shared = own.stems.intersection(&others.stems).count();
        let share = |of: usize| {
            #[expect(clippy::cast_precision_loss, reason = "counts of words")]
            let share = shared as f64 / of.max(1) as f64;
            share
        };
        let smaller = own.stems.len().min(others.stems.len());
        let all = own.stems.len() + others.stems.len() - shared;
        shared >= SHARED && share(smaller) >= OF_SHORTER && share(all) >= OF_ALL
    }

    /// What [`is_same`](Self::is_same) holds of no pair that fails this, and which costs next to nothing: most pairs do fail it.
    fn may_be_same(&self, other: &Self) -> bool {
        let within = |part: u64, whole: u64| part & !whole == 0;
        let quotes = |a: &Self, b: &Self| a.quoted_bits.iter().any(|q| within(*q, b.bits));
        let shared = (self.bits & other.bits).count_ones();
        within(self.bits, other.bits)
            || within(other.bits, self.bits)
            || quotes(self, other)
            || quotes(other, self)
            // Each shared stem has its bit; where stems fell together, fewer bits stand for more.
            || f64::from(shared) >= OF_SHORTER * f64::from(self.bits.count_ones().min(other.bits.count_ones()))
    }

    /// Whether the names that both have stand in one order: *Tarn struck Velmora* is not *Velmora struck Tarn*.
    fn in_one_order(&self, other: &Self) -> bool {
        let (own, others) = (&self.particulars().names, &other.particulars().names);
        let both = |name: &str| own.contains(name) && others.contains(name);
        self.in_order(both) == other.in_order(both)
    }

    /// The stems that are wanted, each once, in the order in which they come first.
    fn in_order(&self, wanted: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut seen: Vec<&str> = Vec::new();
        for name in self.words.iter().map(|w| stem(w)).filter(|w| wanted(w)) {
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        seen
    }

    /// Whether the two are alike word for word but for one stretch, in which each has content words of its own: *give the
    /// minister an answer* and *give the company an answer* are two sayings.
    fn exchanges(&self, other: &Self) -> bool {
        let before = self.words.iter().zip(&other.words).take_while(|(a, b)| a == b).count();
        let (a, b) = (&self.words[before..], &other.words[before..]);
        let after = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[..a.len() - after], &b[..b.len() - after]);
        let own = |words: &[String]| words.iter().any(|w| tells(w));
        let short = a.len() <= 3 && b.len() <= 3;
        let same_stem = a.iter().map(|w| stem(w)).eq(b.iter().map(|w| stem(w)));
        before + after >= PART && short && own(a) && own(b) && !same_stem
    }
}

/// The bit of a stem.
fn bit(stem: &str) -> u64 {
    // FNV-1a, which spreads short words well.
    let hash = stem.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    1 << (hash >> 58)
}

/// Whether a word tells something of what a statement is about.
pub(crate) fn tells(word: &str) -> bool {
    word.chars().nth(3).is_some() && FUNCTION_WORDS.binary_search(&word).is_err()
}

/// The beginning of a word by which its forms are one.
pub(crate) fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}

/// The stems of a content's words that tell something; some may be there twice.
pub(crate) fn content_stems(content: &str) -> Vec<String> {
    let words = in_figures(names::fold(content));
    words.iter().filter(|w| tells(w)).map(|w| stem(w).to_owned()).collect()
}

/// The words that a capital marks as names: not those with which a sentence or a quotation begins.
fn proper(content: &str) -> BTreeSet<String> {
    let mut begins = true;
    let mut out = BTreeSet::new();
    for word in content.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let opened = word.starts_with(['“', '"', '‘', '„', '«']);
        if bare.starts_with(char::is_uppercase) && !begins && !opened && bare.chars().count() > 2 {
            out.extend(names::fold(bare).first().map(|w| stem(w).to_owned()));
        }
        begins = word.ends_with(['.', '!', '?', ':']);
    }
    out
}

/// The quoted parts, in compared words; none where the whole is one quotation or has no marks.
fn quoted(content: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut rest = content;
    while let Some(open) = rest.find(['“', '"']) {
        let inside = &rest[open..];
        let start = inside.chars().next().map_or(1, char::len_utf8);
        let Some(close) = inside[start..].find(['”', '"']) else { break };
        out.push(in_figures(names::fold(&inside[start..start + close])));
        let end = start + close;
        rest = &inside[end + inside[end..].chars().next().map_or(1, char::len_utf8)..];
    }
    out
}

/// What a word of a number stands for.
fn value(word: &str) -> Option<u64> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Numbers in words as figures: *four thousand* as *4000*; the words beside them stay.
fn in_figures(words: Vec<String>) -> Vec<String> {
    if words.iter().all(|word| value(word).is_none()) {
        return words;
    }
    let scale = |word: &str| match word {
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "million" => Some(1_000_000),
        _ => None,
    };
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let (mut total, mut current, mut end) = (0u64, 0u64, at);
        while let Some(word) = words.get(end) {
            if let Some(n) = value(word) {
                // *two four* are two numbers.
                if current % 100 != 0 && !(current % 10 == 0 && n < 10 && current % 100 >= 20) {
                    break;
                }
                current += n;
            } else if let Some(by) = scale(word).filter(|_| end > at) {
                if by == 100 {
                    current = current.saturating_mul(by)
                } else {
                    total = total.saturating_add(current.max(1).saturating_mul(by));
                    current = 0;
                }
            } else if !(word == "and"
                && end > at
                && words.get(end + 1).is_some_and(|w| value(w).is_some())
                && (current >= 100 || total > 0))
            {
                break;
            }
            end += 1;
        }
        match end - at {
            0 => out.push(words[at].clone()),
            // *one* by itself is seldom a number.
            1 if words[at] == "one" => out.push(words[at].clone()),
            _ => out.push((total + current).to_string()),
        }
        at = end.max(at + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_the_alphabet() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(!tells("would") && !tells("yes") && tells("yeast") && !tells("été") && tells("étés"));
    }

    #[test]
    fn numbers_in_words() {
        for (words, figures) in [
            ("four thousand people", "4000 people"),
            ("thirty one soldiers", "31 soldiers"),
            ("two hundred and six men and women", "206 men and women"),
            ("one of two", "one of 2"),
            ("six four", "6 4"),
            ("a hundred", "a hundred"),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert_eq!(in_figures(words).join(" "), figures);
        }
    }
}
