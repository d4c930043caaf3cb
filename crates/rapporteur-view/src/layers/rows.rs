//! A sentence broken into rows of a terminal, with the way from text positions to columns.

use crate::visible::visible;
use rapporteur_model::Span;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Joins characters into one picture.
const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// A row: what is shown, and where each piece of it comes from.
pub(crate) struct Row {
    pub(crate) text: String,
    cells: Vec<Cell>,
}

/// A character with what combines with it, or a run of white space.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Bytes of the article.
    start: usize,
    end: usize,
    /// Column of the row, and how many it takes.
    column: usize,
    width: usize,
}

impl Row {
    /// The stretch of the article that the row shows.
    pub(crate) fn bytes(&self) -> Range<usize> {
        self.cells.first().map_or(0, |cell| cell.start)..self.cells.last().map_or(0, |cell| cell.end)
    }

    /// The columns of the part of `span` that the row shows; `None` where it shows nothing of it.
    pub(crate) fn columns(&self, span: Span) -> Option<Range<usize>> {
        let first = self.cells.partition_point(|cell| cell.end <= span.start.get());
        let after = self.cells.partition_point(|cell| cell.start < span.end.get());
        let cells = self.cells.get(first..after)?;
        let (first, last) = (cells.first()?, cells.last()?);
        let columns = first.column..last.column + last.width;
        (!columns.is_empty()).then_some(columns)
    }
}

/// The rows of `sentence`, each of at most `width` columns. They break at white space, which is shown as one
/// space; a word that is wider than a row is broken anywhere. What would steer a terminal is made visible.
pub(crate) fn rows(text: &str, sentence: Span, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = Building::new(width);
    for (at, word) in words(text, sentence) {
        let clusters: Vec<(usize, &str)> = clusters(word).map(|(offset, cluster)| (at + offset, cluster)).collect();
        let shown: Vec<_> = clusters.iter().map(|(_, cluster)| visible(cluster)).collect();
        let word_width: usize = shown.iter().map(|shown| shown.width()).sum();
        if !row.is_empty() && row.n_columns + 1 + word_width > width {
            rows.push(row.finish());
            row = Building::new(width);
        }
        if !row.is_empty() {
            row.space(at);
        }
        for ((at, cluster), shown) in clusters.into_iter().zip(shown) {
            if row.n_columns + shown.width() > width && !row.is_empty() {
                rows.push(row.finish());
                row = Building::new(width);
            }
            row.push(at, at + cluster.len(), &shown);
        }
    }
    if !row.is_empty() {
        rows.push(row.finish());
    }
    rows
}

struct Building {
    row: Row,
    n_columns: usize,
}

impl Building {
    fn new(width: usize) -> Self {
        Building { row: Row { text: String::with_capacity(width), cells: Vec::with_capacity(width) }, n_columns: 0 }
    }

    fn is_empty(&self) -> bool {
        self.row.cells.is_empty()
    }

    /// White space up to byte `end`.
    fn space(&mut self, end: usize) {
        let start = self.row.cells.last().map_or(end, |cell| cell.end);
        self.push(start, end, " ");
    }

    fn push(&mut self, start: usize, end: usize, shown: &str) {
        let width = shown.width();
        self.row.cells.push(Cell { start, end, column: self.n_columns, width });
        self.row.text.push_str(shown);
        self.n_columns += width;
    }

    fn finish(self) -> Row {
        self.row
    }
}

/// The words of the sentence, each with the byte that it begins at.
fn words(text: &str, sentence: Span) -> impl Iterator<Item = (usize, &str)> {
    let words = sentence.of(text).split_whitespace();
    words.map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The word cut where a new column begins: a character with the marks that combine with it, or a picture that
/// is made of several. Simpler than the grapheme clusters of Unicode, and enough to count columns.
fn clusters(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut chars = word.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.next()?;
        let mut end = start + first.len_utf8();
        let mut last = first;
        while let Some((at, c)) = chars.next_if(|&(_, c)| joins(last, c)) {
            (end, last) = (at + c.len_utf8(), c);
        }
        Some((start, &word[start..end]))
    })
}

/// Whether `c` takes no column of its own after `last`.
fn joins(last: char, c: char) -> bool {
    let is_skin_tone = ('\u{1F3FB}'..='\u{1F3FF}').contains(&c);
    let is_mark = c.width() == Some(0) && visible(c.encode_utf8(&mut [0; 4])).len() == c.len_utf8();
    let is_joined = last == ZERO_WIDTH_JOINER && c.width().is_some_and(|width| width > 1);
    is_mark || is_skin_tone || is_joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, width: usize) -> Vec<String> {
        rows(text, Span::new(0, text.len()), width).into_iter().map(|row| row.text).collect()
    }

    fn columns(text: &str, words: &str) -> Range<usize> {
        let start = text.find(words).unwrap();
        rows(text, Span::new(0, text.len()), 80)[0].columns(Span::new(start, start + words.len())).unwrap()
    }

    #[test]
    fn rows_break_at_white_space_and_long_words_anywhere() {
        assert_eq!(shown("aa bb\r\n cc", 5), ["aa bb", "cc"]);
        assert_eq!(shown("a abcdefgh b", 5), ["a", "abcde", "fgh b"]);
        assert_eq!(shown("漢字漢字", 5), ["漢字", "漢字"]);
        assert_eq!(shown("漢", 1), ["漢"]);
        assert!(shown(" \n", 5).is_empty());
    }

    #[test]
    fn columns_count_what_a_terminal_shows() {
        assert_eq!(columns("漢字 said", "said"), 5..9);
        assert_eq!(columns("cafe\u{301} said", "said"), 5..9);
        assert_eq!(columns("e\u{301}\u{302} x", "e\u{301}"), 0..1);
        assert_eq!(columns("👩‍👩‍👧 x", "x"), 3..4);
        assert_eq!(columns("👍🏽 x", "x"), 3..4);
        assert_eq!(columns("a\u{1b}[2J b", "b"), 6..7);
        assert_eq!(columns("\u{202e}b", "b"), 8..9);
        assert_eq!(columns("a  \n\t b", "b"), 2..3);
    }

    #[test]
    fn a_span_is_told_in_each_row_that_shows_a_part_of_it() {
        let text = "aa bb cc";
        let rows = rows(text, Span::new(0, 8), 5);
        let span = Span::new(3, 8);
        assert_eq!((rows[0].columns(span), rows[1].columns(span)), (Some(3..5), Some(0..2)));
        assert_eq!(rows[1].columns(Span::new(0, 5)), None);
    }

    #[test]
    fn marks_without_end_take_linear_time() {
        let text = format!("a{} {}", "\u{301}".repeat(400_000), "x".repeat(400_000));
        let start = std::time::Instant::now();
        assert_eq!(rows(&text, Span::new(0, text.len()), 80).len(), 1 + 400_000 / 80);
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}
