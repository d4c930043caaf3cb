//! Byte offsets to code points and back: inside, positions are bytes; in every export they are code points.

use crate::Span;

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
