use serde::{Deserialize, Serialize};
use std::fmt;

/// A position in an article's text: the number of bytes before it. Always on a character boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ByteOffset(pub u32);

impl ByteOffset {
    /// The offset as an index into the text's bytes.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for ByteOffset {
    /// # Panics
    /// If `offset` is 4 GiB or more; the source stage refuses articles of that length.
    fn from(offset: usize) -> Self {
        ByteOffset(u32::try_from(offset).expect("an article is shorter than 4 GiB"))
    }
}

/// A stretch of an article's text, half-open: `start` is in it, `end` is the first byte after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// Where the stretch begins.
    pub start: ByteOffset,
    /// The first position after the stretch.
    pub end: ByteOffset,
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    ///
    /// # Panics
    /// If `start > end`, or an offset does not fit (see [`ByteOffset`]).
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span runs forward: {start}..{end}");
        Span { start: start.into(), end: end.into() }
    }

    /// The words that the span covers.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries inside `text`: it belongs to another text.
    pub fn of(self, text: &str) -> &str {
        &text[self.start.get()..self.end.get()]
    }

    /// Length in bytes.
    pub fn len_bytes(self) -> usize {
        self.end.get() - self.start.get()
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn hull(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start.0, self.end.0)
    }
}
