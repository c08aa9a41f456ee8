//! What XML 1.0 can hold.

use std::borrow::Cow;

/// A text as a document of XML 1.0 can hold it, and how many characters had to become U+FFFD for that.
pub(crate) fn held(text: &str) -> (Cow<'_, str>, usize) {
    let strange = text.chars().filter(|c| !holds(*c)).count();
    if strange == 0 {
        return (Cow::Borrowed(text), 0);
    }
    (Cow::Owned(text.chars().map(|c| if holds(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()), strange)
}

fn holds(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
