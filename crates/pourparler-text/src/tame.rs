//! Text from articles, made harmless where it is printed.

/// Whether a character acts on whoever shows the text instead of being read: control characters, overrides of the writing
/// direction, separators that end a line unseen, and the invisible tags in which words can be hidden from a human reader.
#[must_use]
pub fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}')
}

/// Text in one line that can steer no terminal: a blank stands for every character that [acts].
#[must_use]
pub fn tame(text: &str) -> String {
    text.chars().map(|c| if acts(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_a_blank() {
        for (given, wanted) in [
            ("\u{1b}[31mred\u{7}", " [31mred "),
            ("a\r\nb\tc\u{85}", "a  b c "),
            ("x\u{202e}y\u{2066}z\u{2028}", "x y z "),
            ("seen\u{e0068}\u{e0069}", "seen  "),
            ("שלום e\u{301} 👩\u{200d}🔬", "שלום e\u{301} 👩\u{200d}🔬"),
        ] {
            assert_eq!(tame(given), wanted);
        }
    }
}
