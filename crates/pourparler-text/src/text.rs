//! Frozen text: a string that never changes, its hash, and conversion of offsets between units.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::{Byte, CodePoint, Span, Utf16};

/// SHA-256 of bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of all that a stream still holds, in lower-case hexadecimal.
///
/// # Errors
/// Where the stream fails.
pub fn sha256_hex_of(mut stream: impl Read) -> io::Result<String> {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match stream.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            count => hash.update(&buffer[..count]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    for b in bytes {
        // Writing to a String cannot fail.
        let _ = write!(out, "{b:02x}");
    }
    out
}

/// The text of an article. It cannot be changed once made, so offsets into it stay true.
#[derive(Debug)]
pub struct Text {
    string: String,
    starts: OnceLock<Vec<u32>>,
    utf16: OnceLock<Vec<u32>>,
}

impl Text {
    /// Freezes a string.
    #[must_use]
    pub fn new(string: impl Into<String>) -> Self {
        Self { string: string.into(), starts: OnceLock::new(), utf16: OnceLock::new() }
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// SHA-256 of the UTF-8 bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(self.string.as_bytes())
    }

    /// The words under a span; empty where the span does not fit this text.
    #[must_use]
    pub fn get(&self, span: Span<Byte>) -> &str {
        self.string.get(span.start..span.end).unwrap_or("")
    }

    /// Byte offset of every code point, and of the end.
    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let end = self.string.len();
            self.string
                .char_indices()
                .map(|(i, _)| i)
                .chain([end])
                .map(|i| u32::try_from(i).unwrap_or(u32::MAX))
                .collect()
        })
    }

    /// Offset in UTF-16 code units of every code point, and of the end.
    fn utf16(&self) -> &[u32] {
        self.utf16.get_or_init(|| {
            let mut units = 0_u32;
            let mut out = vec![0];
            out.extend(self.string.chars().map(|c| {
                units = units.saturating_add(if c.len_utf16() == 2 { 2 } else { 1 });
                units
            }));
            out
        })
    }

    /// The same span counted in code points. An offset inside a character counts as that character's start.
    #[must_use]
    pub fn to_code_points(&self, span: Span<Byte>) -> Span<CodePoint> {
        if self.string.is_ascii() {
            return Span::new(span.start.min(self.string.len()), span.end.min(self.string.len()));
        }
        let starts = self.starts();
        let at = |byte: usize| {
            let byte = u32::try_from(byte.min(self.string.len())).unwrap_or(u32::MAX);
            starts.partition_point(|&s| s <= byte).saturating_sub(1)
        };
        Span::new(at(span.start), at(span.end))
    }

    /// The same span counted in bytes; offsets past the end are taken back to it.
    #[must_use]
    pub fn to_bytes(&self, span: Span<CodePoint>) -> Span<Byte> {
        let starts = self.starts();
        let at = |i: usize| starts[i.min(starts.len() - 1)] as usize;
        Span::new(at(span.start), at(span.end))
    }

    /// The same span counted in UTF-16 code units; offsets inside a character are taken back to its start, those past the end to it.
    #[must_use]
    pub fn to_utf16(&self, span: Span<Byte>) -> Span<Utf16> {
        let (points, units) = (self.to_code_points(span), self.utf16());
        let at = |i: usize| units[i.min(units.len() - 1)] as usize;
        Span::new(at(points.start), at(points.end))
    }

    /// The same span counted in code points. Characters of which it holds a part are in it whole; offsets past the end are taken back
    /// to it.
    #[must_use]
    pub fn from_utf16(&self, span: Span<Utf16>) -> Span<CodePoint> {
        let units = self.utf16();
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).min(units[units.len() - 1]);
        let first = units.partition_point(|&unit| unit <= offset(span.start)).saturating_sub(1);
        let end = if span.is_empty() { first } else { units.partition_point(|&unit| unit < offset(span.end)) };
        Span::new(first, end)
    }

    /// Whether the span lies inside the text and on character boundaries.
    #[must_use]
    pub fn fits(&self, span: Span<Byte>) -> bool {
        self.string.get(span.start..span.end).is_some()
    }
}

impl Clone for Text {
    fn clone(&self) -> Self {
        Self::new(self.string.clone())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.string == other.string
    }
}
impl Eq for Text {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units_differ_where_text_is_not_ascii() {
        let text = Text::new("“𝄞e\u{301}” שלום\r\n🎉.");
        let party = text.as_str().find('🎉').expect("it is there");
        let span = Span::new(party, party + 4);
        assert_eq!(text.to_code_points(span), Span::new(12, 13));
        assert_eq!(text.to_utf16(span), Span::new(13, 15));
        assert_eq!(text.get(span), "🎉");
        // Half of a character is all of it, and nothing in its middle is nothing.
        assert_eq!(text.from_utf16(Span::new(14, 15)), Span::new(12, 13));
        assert!(text.from_utf16(Span::new(14, 14)).is_empty() && text.from_utf16(Span::new(90, 99)).is_empty());
    }

    proptest! {
        #[test]
        fn code_points_and_back(s in "\\PC{0,40}(\r\n|🎉|e\u{301}|ש)?\\PC{0,40}", a in 0usize..90, b in 0usize..90) {
            let text = Text::new(s.clone());
            let n = s.chars().count();
            let (a, b) = (a.min(n), b.min(n));
            let span = Span::<CodePoint>::new(a.min(b), a.max(b));
            let bytes = text.to_bytes(span);
            prop_assert!(text.fits(bytes));
            prop_assert_eq!(text.to_code_points(bytes), span);
            prop_assert_eq!(text.get(bytes).chars().count(), span.len());
            let utf16 = text.to_utf16(bytes);
            prop_assert_eq!(text.get(bytes).encode_utf16().count(), utf16.len());
            prop_assert_eq!(text.from_utf16(utf16), span);
        }
    }
}
