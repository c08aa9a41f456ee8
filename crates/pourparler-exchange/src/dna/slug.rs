//! Ids of issues from the names of concepts.

use std::collections::HashSet;

use pourparler_text::sha256_hex;
use unicode_normalization::UnicodeNormalization;

/// Where a longer id is ended, between words.
const LONGEST: usize = 60;

/// An id from a name: its letters and figures without their accents, small, words joined by hyphens. A name of other scripts than
/// Latin gets one from its hash. The same name always gives the same id.
pub fn slug(name: &str) -> String {
    let plain: String = name.nfkd().flat_map(char::to_lowercase).filter(|c| !is_mark(*c)).collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let mut id = String::new();
    for word in words {
        if !id.is_empty() && id.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(&word[..word.len().min(LONGEST)]);
    }
    // Where most of the name is lost, what is left says little.
    let letters = plain.chars().filter(|c| c.is_alphanumeric());
    let (kept, lost): (Vec<char>, Vec<char>) = letters.partition(char::is_ascii);
    match id.is_empty() || kept.len() < lost.len() {
        true => format!("concept-{}", &sha256_hex(name.as_bytes())[..8]),
        false => id,
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’')
}

/// The id of a name among others that are taken, which it joins.
pub fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let base = slug(name);
    let mut id = base.clone();
    for n in 2.. {
        if taken.insert(id.clone()) {
            break;
        }
        id = format!("{base}-{n}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("CO2 legislation will not hurt the economy.", "co2-legislation-will-not-hurt-the-economy"),
            ("Économie d’énergie", "economie-denergie"),
            ("  Cap & trade ", "cap-trade"),
            ("Нейтралитет", "concept-41c2f2d9"),
            ("", "concept-e3b0c442"),
        ] {
            assert_eq!(slug(name), id);
        }
        let mut taken = HashSet::new();
        let ids: Vec<String> = ["A b", "a-b", "A, B!"].iter().map(|n| unique(n, &mut taken)).collect();
        assert_eq!(ids, ["a-b", "a-b-2", "a-b-3"]);
        assert!(slug(&"word ".repeat(40)).len() <= LONGEST);
    }
}
