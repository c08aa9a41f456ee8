//! Offsets of one text in UTF-16 code units, from the other two units, without counting from the start each time.

use pourparler_text::{Byte, CodePoint, Span, Utf16};

pub(super) struct Units {
    /// The offset in bytes and in UTF-16 of every code point, and of the end.
    starts: Vec<(usize, usize)>,
}

impl Units {
    pub fn of(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() + 1);
        let mut utf16 = 0;
        for (byte, c) in text.char_indices() {
            starts.push((byte, utf16));
            utf16 += c.len_utf16();
        }
        starts.push((text.len(), utf16));
        Self { starts }
    }

    /// The whole text.
    pub fn whole(&self) -> Span<Utf16> {
        Span::new(0, self.at(usize::MAX))
    }

    /// Offsets past the end are taken back to it.
    pub fn of_code_points(&self, span: Span<CodePoint>) -> Span<Utf16> {
        Span::new(self.at(span.start), self.at(span.end))
    }

    /// Offsets inside a character are taken back to its start.
    pub fn of_bytes(&self, span: Span<Byte>) -> Span<Utf16> {
        let at = |byte: usize| self.at(self.starts.partition_point(|(start, _)| *start <= byte).saturating_sub(1));
        Span::new(at(span.start), at(span.end))
    }

    fn at(&self, code_point: usize) -> usize {
        // There always is the end.
        self.starts.get(code_point).or(self.starts.last()).map_or(0, |(_, utf16)| *utf16)
    }
}
