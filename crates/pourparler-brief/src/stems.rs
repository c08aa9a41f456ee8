//! The content words of many statements as numbers, so that what two of them share is counted at once.

use std::collections::HashMap;

use crate::same::content_stems;

/// Numbers of stems, the same stem having the same number in all that one vocabulary gives.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    numbers: HashMap<String, u32>,
}

/// The stems of one content.
#[derive(Debug, Default)]
pub(crate) struct Stems {
    /// In ascending order, each once.
    numbers: Box<[u32]>,
}

impl Vocabulary {
    /// The stems of a content's words, but for those that are passed over.
    pub(crate) fn of(&mut self, content: &str, passed_over: impl Fn(&str) -> bool) -> Stems {
        let mut numbers: Vec<u32> = Vec::new();
        for stem in content_stems(content).into_iter().filter(|stem| !passed_over(stem)) {
            // There are not as many stems as numbers.
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            numbers.push(*self.numbers.entry(stem).or_insert(next));
        }
        numbers.sort_unstable();
        numbers.dedup();
        Stems { numbers: numbers.into() }
    }
}

impl Stems {
    /// How many stems both have.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(x), Some(y)) = (self.numbers.get(a), other.numbers.get(b)) {
            a += usize::from(x <= y);
            b += usize::from(y <= x);
            shared += usize::from(x == y);
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_words_are_counted_once_by_their_beginnings() {
        let mut vocabulary = Vocabulary::default();
        let mut of = |content: &str| vocabulary.of(content, |stem| stem == "tarn" || stem == "lusen");
        let long = of("Lusenia’s shelling of the river ports, and of the river bridges, with 4000 shells");
        for (content, shared) in [
            ("", 0),
            ("river", 1),
            ("They shelled the bridges over the rivers.", 3),
            ("Lusenia and Tarn", 0),
            ("four thousand", 1),
            ("with this and that", 0),
        ] {
            assert_eq!(long.shared(&of(content)), shared, "{content}");
            assert_eq!(of(content).shared(&long), shared, "{content}");
        }
    }
}
