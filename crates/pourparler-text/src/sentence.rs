//! Paragraphs and sentences of a text.

use crate::{Byte, Span};

/// Every line that is not blank, without its line break.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Span<Byte>> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            out.push(Span::new(start, start + line.trim_end_matches('\r').len()));
        }
        start += line.len() + 1;
    }
    out
}

/// The sentences of a text, each inside one paragraph, without the white space around it.
///
/// Boundaries inside a paragraph are those of the `sentencex` crate for English.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span<Byte>> {
    let mut out = Vec::new();
    for paragraph in paragraphs(text) {
        let part = &text[paragraph.start..paragraph.end];
        for s in sentencex::get_sentence_boundaries("en", part) {
            let Some(words) = part.get(s.start_byte..s.end_byte) else { continue };
            let left = words.len() - words.trim_start().len();
            let trimmed = words.trim();
            if !trimmed.is_empty() {
                let start = paragraph.start + s.start_byte + left;
                out.push(Span::new(start, start + trimmed.len()));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_stay_inside_paragraphs() {
        let text = "Mr. Oren spoke at 5 p.m. in Tarn. \"We agree,\" he said.\n\nNo more";
        let found: Vec<_> = sentences(text).iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(found.last(), Some(&"No more"));
        assert!(found.iter().all(|s| !s.contains('\n')));
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_on_boundaries(text in "(\\PC|\n|\\. |\" ){0,80}") {
            let mut before = 0;
            for s in sentences(&text) {
                prop_assert!(s.start >= before && text.get(s.start..s.end).is_some_and(|w| w.trim() == w));
                before = s.end;
            }
        }
    }
}
