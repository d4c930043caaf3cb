//! Byte offsets to code points and back: inside, positions are bytes; in every export they are code points.

use crate::Span;
use schemars::JsonSchema;
use serde::Serialize;

/// Code points of context on either side of a quotation.
const N_CONTEXT: usize = 32;

/// A stretch of a text as it is exported: the TextPositionSelector and the TextQuoteSelector of the W3C Web Annotation Data
/// Model (section 4.2) in one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quote<'a> {
    /// Position of the first code point.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
    /// The words.
    pub exact: &'a str,
    /// Up to 32 code points before them.
    pub prefix: &'a str,
    /// Up to 32 code points after them.
    pub suffix: &'a str,
}

/// Bytes between two entries of the table: a look-up counts through at most this many.
const BLOCK_BYTES: usize = 64;

/// For one text, the number of code points before a byte offset; made in one pass over the text.
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Number of code points that begin before byte `n * BLOCK_BYTES`.
    n_before: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// The table of a text.
    pub fn new(text: &'a str) -> Self {
        let mut n_before = Vec::with_capacity(text.len() / BLOCK_BYTES + 1);
        let mut n = 0;
        for block in text.as_bytes().chunks(BLOCK_BYTES) {
            n_before.push(n);
            n += n_begun(block);
        }
        n_before.push(n);
        CodePoints { text, n_before }
    }

    /// Number of code points before byte `offset`, which lies in the text.
    fn at(&self, offset: usize) -> u32 {
        let block = offset / BLOCK_BYTES;
        let n_in_block = n_begun(&self.text.as_bytes()[block * BLOCK_BYTES..offset]);
        self.n_before[block] + n_in_block
    }

    /// The span in code points, half-open.
    ///
    /// # Panics
    /// If the span does not lie in the text.
    pub fn of(&self, span: Span) -> (u32, u32) {
        (self.at(span.start.get()), self.at(span.end.get()))
    }

    /// The span with its words and what stands around them; `None` where it does not lie on character boundaries of the text.
    pub fn quote(&self, span: Span) -> Option<Quote<'a>> {
        let exact = self.text.get(span.start.get()..span.end.get())?;
        let (start, end) = self.of(span);
        let (before, after) = (&self.text[..span.start.get()], &self.text[span.end.get()..]);
        let prefix = before.char_indices().rev().take(N_CONTEXT).last().map_or("", |(at, _)| &before[at..]);
        let suffix_end = after.char_indices().nth(N_CONTEXT).map_or(after.len(), |(at, _)| at);
        Some(Quote { start, end, exact, prefix, suffix: &after[..suffix_end] })
    }

    /// The text between two positions in code points; `None` where it ends before.
    pub fn slice(&self, start: u32, end: u32) -> Option<&'a str> {
        self.text.get(self.byte_at(start)?..self.byte_at(end)?)
    }

    /// The span between two positions in code points; `None` where the text ends before, or they run backward.
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        (start <= end).then_some(())?;
        Some(Span::new(self.byte_at(start)?, self.byte_at(end)?))
    }

    fn byte_at(&self, position: u32) -> Option<usize> {
        let block = self.n_before.partition_point(|&n| n <= position) - 1;
        let start = (block * BLOCK_BYTES).min(self.text.len());
        let mut n = self.n_before[block];
        for (idx, &byte) in self.text.as_bytes()[start..].iter().enumerate() {
            if is_begin(byte) {
                if n == position {
                    return Some(start + idx);
                }
                n += 1;
            }
        }
        (n == position).then_some(self.text.len())
    }
}

fn n_begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| is_begin(byte)).count() as u32
}

/// Whether the byte is the first of a code point.
fn is_begin(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_converts_there_and_back() {
        let text = "aé漢🙂\u{301} “quoted” ".repeat(23);
        let code_points = CodePoints::new(&text);
        let offsets: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        for (position, &offset) in offsets.iter().enumerate() {
            assert_eq!(code_points.of(Span::new(0, offset)), (0, position as u32));
            assert_eq!(code_points.slice(0, position as u32), Some(&text[..offset]));
        }
        assert_eq!(code_points.slice(0, offsets.len() as u32), None);
    }

    #[test]
    fn an_empty_text_has_one_position() {
        let code_points = CodePoints::new("");
        assert_eq!(code_points.of(Span::new(0, 0)), (0, 0));
        assert_eq!(code_points.slice(0, 0), Some(""));
        assert_eq!(code_points.slice(0, 1), None);
    }
}
