//! Words as numbers, so that what many statements say is compared without looking at a letter twice.

use std::collections::HashMap;

use pourparler_text::names;

use crate::Cited;
use crate::same::{NEGATIONS, bit, in_figures, is_number_word, stem, tells};

/// The words of some statements, each with a number: the same word has the same in all that one vocabulary gives, and so has the same
/// stem.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    words: HashMap<String, u32>,
    stems: HashMap<String, u32>,
    /// By number of the word.
    known: Vec<Known>,
}

/// What is asked of a word.
#[derive(Debug, Clone, Copy)]
struct Known {
    stem: u32,
    /// Of the stem.
    bit: u64,
    tells: bool,
    number_word: bool,
    figure: bool,
    negation: bool,
}

/// Stems in ascending order, each once.
pub(crate) type Stems = Box<[u32]>;

impl Vocabulary {
    /// The words of a text, numbers in figures.
    pub(crate) fn words(&mut self, text: &str) -> Vec<u32> {
        let mut words = Vec::new();
        names::each_folded(text, |word| words.push(self.word(word)));
        if words.iter().any(|&word| self.known[word as usize].number_word) {
            words = in_figures(&names::fold(text)).iter().map(|word| self.word(word)).collect();
        }
        words
    }

    /// The stems of those words of a text that tell something of what it is about: of four letters or more, by their first five, without
    /// function words.
    pub(crate) fn stems(&mut self, text: &str) -> Stems {
        let words = self.words(text);
        self.telling(&words)
    }

    /// The same of words.
    pub(crate) fn telling(&self, words: &[u32]) -> Stems {
        let telling = words.iter().filter(|&&w| self.tells(w)).map(|&w| self.stem(w));
        ascending(telling.collect())
    }

    /// The bits of those words that tell something.
    pub(crate) fn bits(&self, words: &[u32]) -> u64 {
        let known = words.iter().map(|&word| self.known[word as usize]);
        known.filter(|word| word.tells).fold(0, |bits, word| bits | word.bit)
    }

    /// The number of a folded word.
    fn word(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let number = next(&self.words);
        self.words.insert(word.to_owned(), number);
        let known = Known {
            stem: self.stem_of(word),
            bit: bit(stem(word)),
            tells: tells(word),
            number_word: is_number_word(word),
            figure: word.contains(|c: char| c.is_ascii_digit()),
            negation: NEGATIONS.contains(&word),
        };
        self.known.push(known);
        number
    }

    /// The number of a folded word's stem.
    pub(crate) fn stem_of(&mut self, word: &str) -> u32 {
        let next = next(&self.stems);
        *self.stems.entry(stem(word).to_owned()).or_insert(next)
    }

    pub(crate) fn stem(&self, word: u32) -> u32 {
        self.known[word as usize].stem
    }

    /// Whether a word tells something of what a statement is about.
    pub(crate) fn tells(&self, word: u32) -> bool {
        self.known[word as usize].tells
    }

    /// Whether it has a figure in it.
    pub(crate) fn is_figure(&self, word: u32) -> bool {
        self.known[word as usize].figure
    }

    /// Whether it turns a statement round.
    pub(crate) fn is_negation(&self, word: u32) -> bool {
        self.known[word as usize].negation
    }
}

/// What statements are about, for those who hold many beside each other.
#[derive(Debug, Clone)]
pub(crate) struct Contents {
    /// By place in the list of statements.
    stems: Vec<Stems>,
    vocabulary: Vocabulary,
}

impl Contents {
    pub(crate) fn new(stems: Vec<Stems>, vocabulary: Vocabulary) -> Self {
        Self { stems, vocabulary }
    }

    /// Of some of the statements; the others are about nothing.
    pub(crate) fn of(statements: &[Cited], some: impl Fn(&Cited) -> bool) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut stems = |c: &Cited| if some(c) { vocabulary.stems(&c.entry.content) } else { Stems::default() };
        Self { stems: statements.iter().map(&mut stems).collect(), vocabulary }
    }

    /// The stems of a statement.
    pub(crate) fn stems(&self, place: usize) -> &[u32] {
        self.stems.get(place).map_or(&[], |stems| stems)
    }

    /// How many stems there are: all their numbers are below.
    pub(crate) fn count(&self) -> usize {
        self.vocabulary.stems.len()
    }

    /// The number of a folded word's stem, where it is in some content.
    pub(crate) fn stem_of(&self, word: &str) -> Option<u32> {
        self.vocabulary.stems.get(stem(word)).copied()
    }
}

fn next(numbers: &HashMap<String, u32>) -> u32 {
    // There are not as many words as numbers.
    u32::try_from(numbers.len()).unwrap_or(u32::MAX)
}

/// Numbers in ascending order, each once.
pub(crate) fn ascending(mut numbers: Vec<u32>) -> Box<[u32]> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into()
}

/// How many numbers two ascending lists have in common.
pub(crate) fn shared(one: &[u32], other: &[u32]) -> usize {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        a += usize::from(x <= y);
        b += usize::from(y <= x);
        shared += usize::from(x == y);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_words_are_counted_once_by_their_beginnings() {
        let mut vocabulary = Vocabulary::default();
        let long =
            vocabulary.stems("Lusenia’s shelling of the river ports, and of the river bridges, with 4000 shells");
        for (content, wanted) in [
            ("", 0),
            ("river", 1),
            ("They shelled the bridges over the rivers.", 3),
            ("Velmora and Tarn", 0),
            ("four thousand", 1),
            ("with this and that", 0),
        ] {
            let stems = vocabulary.stems(content);
            assert_eq!((shared(&long, &stems), shared(&stems, &long)), (wanted, wanted), "{content}");
        }
    }
}
