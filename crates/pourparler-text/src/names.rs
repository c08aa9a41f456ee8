//! Comparing names: folding case, accents and punctuation away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name as lower-case words without accents or punctuation: `Łukasz D’Arc-Sy` → `["łukasz", "d", "arc", "sy"]`.
/// A lone possessive *s* is dropped.
#[must_use]
pub fn fold(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|&c| !is_combining_mark(c)).collect::<String>().to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "s").map(str::to_owned).collect()
}

/// The folded words as one key.
#[must_use]
pub fn key(name: &str) -> String {
    fold(name).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_possessives_fold() {
        assert_eq!(key("Élysée’s"), "elysee");
        assert_eq!(key("U.S. State  Department"), "u state department");
        assert_eq!(key("O’Brien-Ñandú"), "o brien nandu");
    }
}
