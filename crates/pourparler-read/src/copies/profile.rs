//! What is kept of a text for comparing it: its shingles in order, its sketch, and what its head tells.

use jiff::civil::Date;
use pourparler_text::{Article, Byte, Span, names};

use super::marks::Mark;
use crate::{ReadArticle, furniture};

/// Number of the method by which sketches are made: those of different numbers cannot be compared.
pub const METHOD: i64 = 1;

/// Words in a shingle.
pub(super) const SHINGLE: usize = 5;

/// Texts of fewer words are compared as a whole.
pub(super) const SHORT: usize = 30;

/// Most hashes in a sketch.
pub const SKETCH: usize = 24;

/// A text as it is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// How many words there are.
    pub(super) words: u32,
    /// Hash of all words in order.
    pub(super) whole: u64,
    /// Upper half of every shingle's hash, in the order of the text; none for a short text.
    pub(super) shingles: Vec<u32>,
    /// The smallest hashes, in order, each once.
    sketch: Vec<u64>,
    /// What headline or first line say of updates.
    pub(super) mark: Mark,
    /// Day of publication.
    pub(super) published: Option<Date>,
}

impl Profile {
    /// The profile of an article as it was read.
    #[must_use]
    pub fn of_read(read: &ReadArticle) -> Self {
        Self::with_furniture(&read.article, &read.furniture)
    }

    /// The profile of an article of which nothing more is known; which of its lines are furniture is found anew.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        Self::with_furniture(article, &furniture::find(article.text.as_str()))
    }

    /// The profile of an article whose furniture is known: lines in order.
    #[must_use]
    pub fn with_furniture(article: &Article, furniture: &[Span<Byte>]) -> Self {
        let text = article.text.as_str();
        let mut words = Words::default();
        let mut at = 0;
        for line in furniture {
            // Furniture that does not fit the text leaves it as it is.
            words.read(text.get(at..line.start).unwrap_or_default());
            at = at.max(line.end);
        }
        words.read(text.get(at..).unwrap_or_default());
        let first_line = furniture::lines(text).next().map_or("", |span| &text[span.start..span.end]);
        let mark = Mark::of(article.title.as_deref().unwrap_or_default()).or(Mark::of_line(first_line));
        Self::from_words(&words.hashes, mark, article.published)
    }

    fn from_words(words: &[u64], mark: Mark, published: Option<Date>) -> Self {
        let whole = words.iter().fold(words.len() as u64, |hash, &word| mix(hash ^ word));
        let mut hashes: Vec<u64> = match words.len() {
            0 => Vec::new(),
            // One hash for the whole of it; a shingle has it by no more than chance.
            1..SHORT => vec![whole],
            _ => words.windows(SHINGLE).map(|w| w.iter().fold(0, |hash, &word| mix(hash ^ word))).collect(),
        };
        let shingles = if words.len() < SHORT { Vec::new() } else { hashes.iter().map(|&h| upper(h)).collect() };
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SKETCH);
        let words = u32::try_from(words.len()).unwrap_or(u32::MAX);
        Self { words, whole, shingles, sketch: hashes, mark, published }
    }

    /// A profile put together again from what was kept of it; it has no sketch, which comparing does not need.
    pub(super) fn kept(words: u32, whole: u64, shingles: Vec<u32>, mark: Mark, published: Option<Date>) -> Self {
        Self { words, whole, shingles, sketch: Vec::new(), mark, published }
    }

    /// The hashes by which candidates are found: at most [`SKETCH`], in order, each once; none where the text has no
    /// words. They are the same on every machine and for every version of this method.
    #[must_use]
    pub fn sketch(&self) -> &[u64] {
        &self.sketch
    }

    /// How many words the text has, furniture left out.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }
}

/// The half of a shingle's hash that is kept for comparing: two texts have too few shingles for chance to matter.
fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Collects hashes of words.
#[derive(Default)]
struct Words {
    hashes: Vec<u64>,
}

impl Words {
    fn read(&mut self, text: &str) {
        let parted = |c: char| c.is_whitespace() || matches!(c, '‘' | '’' | '“' | '”' | '–' | '—' | '…');
        for token in text.split(parted) {
            if token.is_ascii() {
                let words = token.as_bytes().split(|b| !b.is_ascii_alphanumeric());
                words.filter(|w| !w.is_empty() && !w.eq_ignore_ascii_case(b"s")).for_each(|w| self.push(w));
            } else {
                for word in names::fold(token) {
                    self.push_folded(&word);
                }
            }
        }
    }

    /// In scripts that put no spaces between words, every character is one.
    fn push_folded(&mut self, word: &str) {
        if word.contains(is_unspaced) {
            let mut buffer = [0; 4];
            word.chars().for_each(|c| self.push(c.encode_utf8(&mut buffer).as_bytes()));
        } else {
            self.push(word.as_bytes());
        }
    }

    /// FNV-1a over lower-case bytes, mixed: it must be the same wherever and whenever it is made.
    fn push(&mut self, word: &[u8]) {
        let byte = |hash: u64, b: &u8| (hash ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01b3);
        self.hashes.push(mix(word.iter().fold(0xcbf2_9ce4_8422_2325, byte)));
    }
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Spreads every bit over all: the finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014).
fn mix(hash: u64) -> u64 {
    let hash = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(text: &str) -> Profile {
        Profile::of(&Article::from_text(text))
    }

    #[test]
    fn case_accents_marks_lines_and_furniture_do_not_count() {
        let plain = profile("The minister's envoy, Elise Novak, said in Sarn that the talks do not go on.");
        for text in [
            "THE MINISTER’S ENVOY ELISE NOVAK\nSAID IN SARN\nTHAT THE TALKS DO NOT GO ON",
            "The minister's envoy — Élise Novák — said in Sarn that the talks ‘do not go on’…",
            "The minister's envoy, E\u{301}lise Nova\u{301}k, said in Sarn that the talks do not go on.\nFollow us on Twitter\n\n© Oria Daily",
        ] {
            assert_eq!(profile(text), plain, "{text}");
        }
        assert_ne!(profile("The envoy said in Sarn that the talks go on."), plain);
        assert_eq!(plain.sketch().len(), 1);
        assert!(profile("— * —").sketch().is_empty());
    }

    #[test]
    fn hashes_are_those_of_every_machine() {
        // Ledgers keep them: a change here needs another METHOD.
        assert_eq!(profile("Talks go on").sketch(), [7_011_962_585_811_848_937]);
    }

    #[test]
    fn scripts_without_spaces_have_words() {
        assert_eq!(profile("会谈在萨恩继续进行").words(), 9);
        assert!(profile(&"会谈在萨恩继续进行".repeat(4)).shingles.len() > 20);
    }
}
