//! Spans whose unit is part of their type, so that a byte offset is never taken for a code point.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod sealed {
    pub trait Sealed {}
}

/// A unit in which offsets are counted.
pub trait Unit: sealed::Sealed {}

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {}
        impl sealed::Sealed for $name {}
        impl Unit for $name {}
    };
}

unit!(
    /// UTF-8 bytes: how the program works inside.
    Byte
);
unit!(
    /// Unicode code points: the statements' JSON, brat, REFI-QDA.
    CodePoint
);
unit!(
    /// UTF-16 code units: DNA, UIMA CAS, browsers.
    Utf16
);

/// A half-open range of offsets counted in `U`.
pub struct Span<U: Unit> {
    /// First offset inside.
    pub start: usize,
    /// First offset after.
    pub end: usize,
    unit: PhantomData<U>,
}

impl<U: Unit> Span<U> {
    /// A span from `start` to `end`, end exclusive. A span that ends before it starts is empty at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start), unit: PhantomData }
    }

    /// Number of units inside.
    #[must_use]
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is inside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether the offset lies inside.
    #[must_use]
    pub fn contains(&self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the other span lies wholly inside.
    #[must_use]
    pub fn covers(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share an offset.
    #[must_use]
    pub fn overlaps(&self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether two lists of spans, each without overlaps, cover mostly the same: at least half of what either covers.
    #[must_use]
    pub fn same_place(a: &[Self], b: &[Self]) -> bool {
        let length = |spans: &[Self]| spans.iter().map(Self::len).sum::<usize>();
        let shared = |x: &Self, y: &Self| x.end.min(y.end).saturating_sub(x.start.max(y.start));
        let common: usize = a.iter().flat_map(|x| b.iter().map(move |y| shared(x, y))).sum();
        common > 0 && 2 * common >= length(a) + length(b) - common
    }
}

// Derives would ask the same of `U`, which is never a value.
impl<U: Unit> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U: Unit> Copy for Span<U> {}
impl<U: Unit> PartialEq for Span<U> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<U: Unit> Eq for Span<U> {}
impl<U: Unit> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<U: Unit> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<U: Unit> Hash for Span<U> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<U: Unit> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl<U: Unit> From<Range<usize>> for Span<U> {
    fn from(r: Range<usize>) -> Self {
        Self::new(r.start, r.end)
    }
}

impl From<Span<Byte>> for Range<usize> {
    fn from(s: Span<Byte>) -> Self {
        s.start..s.end
    }
}

impl<U: Unit> Serialize for Span<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

impl<'de, U: Unit> Deserialize<'de> for Span<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [start, end] = <[usize; 2]>::deserialize(deserializer)?;
        if end < start {
            return Err(serde::de::Error::custom(format!("a span ends at {end} before it starts at {start}")));
        }
        Ok(Self::new(start, end))
    }
}
