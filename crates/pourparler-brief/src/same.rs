//! Whether two reports give the same words: a copy, a shortened quotation, another translation of one utterance.

use pourparler_text::names;

use crate::vocabulary::{Stems, Vocabulary, ascending, shared};

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
pub(crate) const NEGATIONS: &[&str] = &[
    "not", "no", "never", "cannot", "nothing", "nobody", "none", "neither", "nor", "t", "without", "refuse", "refused",
];

/// The words of a content in the forms in which they are compared; all numbers are those of one [`Vocabulary`].
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    words: Vec<u32>,
    stems: Stems,
    /// Numbers in figures, whether they were written so or in words.
    numbers: Box<[u32]>,
    /// The stems of words that are written with a capital inside a sentence.
    names: Box<[u32]>,
    /// The words between quotation marks, where only a part is quoted.
    quoted: Vec<Vec<u32>>,
    negated: bool,
    /// A bit for each stem, several stems to a bit: what two have in common is at most what their bits have.
    bits: u64,
    /// The same of the quoted parts.
    quoted_bits: Vec<u64>,
}

impl Wording {
    /// Of a content.
    pub(crate) fn of(content: &str, vocabulary: &mut Vocabulary) -> Self {
        let words = vocabulary.words(content);
        let names = ascending(proper(content).iter().map(|word| vocabulary.stem_of(word)).collect());
        let quoted: Vec<Vec<u32>> = quoted(content).into_iter().map(|part| vocabulary.words(part)).collect();
        let stems = vocabulary.telling(&words);
        Self {
            bits: vocabulary.bits(&words),
            quoted_bits: quoted.iter().map(|part| vocabulary.bits(part)).collect(),
            numbers: ascending(words.iter().copied().filter(|w| vocabulary.is_figure(*w)).collect()),
            negated: words.iter().any(|w| vocabulary.is_negation(*w)),
            stems,
            names,
            quoted,
            words,
        }
    }

    /// The stems that tell what it is about.
    pub(crate) fn into_stems(self) -> Stems {
        self.stems
    }

    /// Whether it has no word at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether two contents of one mouth on one occasion are the same utterance: word for word, one a part of the
    /// other or quoting a part, or most content words the same while no number, name or negation differs.
    pub(crate) fn is_same(&self, other: &Self, vocabulary: &Vocabulary) -> bool {
        if !self.may_be_same(other) {
            return false;
        }
        if self.words == other.words {
            return true;
        }
        let holds = |long: &[u32], short: &[u32]| short.len() >= PART && long.windows(short.len()).any(|w| w == short);
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if holds(&long.words, &short.words) {
            return true;
        }
        if self.quoted.iter().any(|q| holds(&other.words, q)) || other.quoted.iter().any(|q| holds(&self.words, q)) {
            return true;
        }
        // Each has what the other has not.
        let differ = |a: &[u32], b: &[u32]| shared(a, b) < a.len().min(b.len());
        if self.negated != other.negated
            || differ(&self.numbers, &other.numbers)
            || differ(&self.names, &other.names)
            || self.exchanges(other, vocabulary)
            || !self.in_one_order(other, vocabulary)
        {
            return false;
        }
        let shared = shared(&self.stems, &other.stems);
        let share = |of: usize| {
            #[expect(clippy::cast_precision_loss, reason = "counts of words")]
            let share = shared as f64 / of.max(1) as f64;
            share
        };
        let smaller = self.stems.len().min(other.stems.len());
        let all = self.stems.len() + other.stems.len() - shared;
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
    fn in_one_order(&self, other: &Self, vocabulary: &Vocabulary) -> bool {
        let order = |words: &[u32]| {
            let mut seen: Vec<u32> = Vec::new();
            for stem in words.iter().map(|w| vocabulary.stem(*w)) {
                let both = [&self.names, &other.names].iter().all(|names| names.binary_search(&stem).is_ok());
                if both && !seen.contains(&stem) {
                    seen.push(stem);
                }
            }
            seen
        };
        order(&self.words) == order(&other.words)
    }

    /// Whether the two are alike word for word but for one stretch, in which each has content words of its own: *give the
    /// minister an answer* and *give the company an answer* are two sayings.
    fn exchanges(&self, other: &Self, vocabulary: &Vocabulary) -> bool {
        let before = self.words.iter().zip(&other.words).take_while(|(a, b)| a == b).count();
        let (a, b) = (&self.words[before..], &other.words[before..]);
        let after = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[..a.len() - after], &b[..b.len() - after]);
        let own = |words: &[u32]| words.iter().any(|w| vocabulary.tells(*w));
        let short = a.len() <= 3 && b.len() <= 3;
        let same_stem = a.iter().map(|w| vocabulary.stem(*w)).eq(b.iter().map(|w| vocabulary.stem(*w)));
        before + after >= PART && short && own(a) && own(b) && !same_stem
    }
}

/// The bit of a stem.
pub(crate) fn bit(stem: &str) -> u64 {
    // FNV-1a, which spreads short words well.
    let hash = stem.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    1 << (hash >> 58)
}

/// Whether a word tells something of what a statement is about.
pub(crate) fn tells(word: &str) -> bool {
    word.chars().nth(3).is_some() && FUNCTION_WORDS.binary_search(&word).is_err()
}

/// Whether a word begins with one of a list.
pub(crate) fn begins_with(list: &[&str], word: &str) -> bool {
    // Most differ in the first letter already, and many words are asked.
    let first = word.as_bytes().first();
    list.iter().any(|begin| begin.as_bytes().first() == first && word.starts_with(begin))
}

/// The beginning of a word by which its forms are one.
pub(crate) fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}

/// The words that a capital marks as names, folded: not those with which a sentence or a quotation begins.
fn proper(content: &str) -> Vec<String> {
    let mut begins = true;
    let mut out = Vec::new();
    for word in content.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let opened = word.starts_with(['“', '"', '‘', '„', '«']);
        if bare.starts_with(char::is_uppercase) && !begins && !opened && bare.chars().count() > 2 {
            out.extend(names::fold(bare).into_iter().next());
        }
        begins = word.ends_with(['.', '!', '?', ':']);
    }
    out
}

/// The quoted parts; none where the whole is one quotation or has no marks.
fn quoted(content: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = content;
    while let Some(open) = rest.find(['“', '"']) {
        let inside = &rest[open..];
        let start = inside.chars().next().map_or(1, char::len_utf8);
        let Some(close) = inside[start..].find(['”', '"']) else { break };
        out.push(&inside[start..start + close]);
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

/// Whether a word may begin a number.
pub(crate) fn is_number_word(word: &str) -> bool {
    value(word).is_some()
}

/// Numbers in words as figures: *four thousand* as *4000*; the words beside them stay.
pub(crate) fn in_figures(words: &[String]) -> Vec<String> {
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
            assert_eq!(in_figures(&words).join(" "), figures);
        }
    }
}
