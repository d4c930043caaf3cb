//! The lines of an article, and what can be seen of each on its own.

use crate::decode::is_blank;
use crate::lexicon::lexicon;
use rapporteur_model::Span;

/// A non-blank line without the white space around it: what a reader counts as a paragraph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// Byte offset of its start in the article's text.
    pub(crate) start: usize,
    pub(crate) text: &'t str,
    /// Whether a blank line, or the edge of the text, stands before it.
    pub(crate) blank_before: bool,
    /// Whether a blank line, or the edge of the text, stands after it.
    pub(crate) blank_after: bool,
    n_words: usize,
}

/// Whether `c` ends a line, in any of the conventions that text files follow (Unicode Standard,
/// section 5.8).
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The non-blank lines of `text`.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut blank_before = true;
    let mut start = 0;
    for raw in text.split_inclusive(is_line_end) {
        let left = raw.trim_start_matches(is_blank);
        let trimmed = left.trim_end_matches(is_blank);
        if !trimmed.is_empty() {
            let start = start + (raw.len() - left.len());
            lines.push(Line { blank_before, ..Line::new(start, trimmed) });
            blank_before = false;
        } else if raw != "\n" || !text[..start].ends_with('\r') {
            // The second half of "\r\n" is no line of its own.
            blank_before = true;
        }
        start += raw.len();
    }
    for idx in 1..lines.len() {
        lines[idx - 1].blank_after = lines[idx].blank_before;
    }
    lines
}

impl<'t> Line<'t> {
    /// A line with blank lines around it.
    pub(crate) fn new(start: usize, text: &'t str) -> Self {
        Line { start, text, blank_before: true, blank_after: true, n_words: words(text).count() }
    }

    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end())
    }

    /// The span in the article of a part of the line, given in bytes of the line.
    pub(crate) fn span_of(&self, start: usize, end: usize) -> Span {
        Span::new(self.start + start, self.start + end)
    }

    /// Its words: stretches between white space that hold a letter or digit, without the marks
    /// around them.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'t str> {
        words(self.text)
    }

    pub(crate) fn n_words(&self) -> usize {
        self.n_words
    }

    /// Whether it ends as a sentence does; closing quotation marks and brackets aside. A line that
    /// ends in a month's abbreviation does not: its date was cut off.
    pub(crate) fn ends_sentence(&self) -> bool {
        let core = self.text.trim_end_matches(is_closing);
        if !core.ends_with(['.', '!', '?', '…']) {
            return false;
        }
        !self.ends_in_cut_date()
    }

    /// Whether it ends in an abbreviated month with its full stop: "on Monday, Jan."
    pub(crate) fn ends_in_cut_date(&self) -> bool {
        let Some(last) = self.text.strip_suffix('.').and_then(|core| core.split_whitespace().last()) else {
            return false;
        };
        let is_short = last.len() < 5 && last != "May" && last.starts_with(char::is_uppercase);
        is_short && lexicon().months.contains_key(last.to_lowercase().as_str())
    }

    /// Whether it reads as prose: a sentence of some length, or a long line however it ends.
    pub(crate) fn is_prose(&self) -> bool {
        let n_words = self.n_words();
        n_words > MAX_TITLE_WORDS || (n_words >= MIN_PROSE_WORDS && self.ends_sentence())
    }

    pub(crate) fn has_quotation_mark(&self) -> bool {
        self.text.contains(['"', '“', '”', '„', '«', '»']) || self.text.contains("''")
    }

    /// Whether it begins like a sentence: with a capital, a digit, or a mark that opens something.
    pub(crate) fn begins_sentence(&self) -> bool {
        begins_sentence(self.text)
    }

    /// Whether any of its words is in `list`, which is in lower case.
    pub(crate) fn has_word_of(&self, list: &hashbrown::HashSet<&str>) -> bool {
        self.words().any(|word| {
            let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
            list.contains(word) || (!is_plain && list.contains(word.to_lowercase().replace('’', "'").as_str()))
        })
    }

    /// The line in lower case with plain quotation marks, as the word lists are written.
    pub(crate) fn folded(&self) -> String {
        fold(self.text)
    }
}

/// A first line up to this long can be a title. The 183 titles looked at have up to 15 words; a first
/// paragraph is mostly longer than this, and ends as a sentence does.
pub(crate) const MAX_TITLE_WORDS: usize = 25;
/// Shorter sentences stand in headers and captions as often as in reports.
const MIN_PROSE_WORDS: usize = 8;

pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase().replace(['’', '‘'], "'").replace(['“', '”'], "\"")
}

pub(crate) fn begins_sentence(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '"' | '“' | '„' | '«' | '‘' | '\'' | '(' | '[' | '$' | '€' | '£')
    })
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | ')' | ']' | '»') || is_blank(c)
}

pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// Whether `text` is written like a title: nearly all of its longer words begin with a capital.
pub(crate) fn is_title_case(text: &str) -> bool {
    let small = &lexicon().title_small_words;
    let (mut n_capital, mut n_big) = (0, 0);
    for word in words(text).filter(|word| !small.contains(word.to_lowercase().as_str())) {
        n_big += 1;
        n_capital += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    n_big >= 2 && n_capital as f64 >= MIN_TITLE_CAPITALS * n_big as f64
}

/// Hyphenated and foreign words leave a few without capital.
const MIN_TITLE_CAPITALS: f64 = 0.85;

/// Whether the text is broken at a fixed width, so that a line is not a paragraph and its end says
/// nothing.
pub(crate) fn is_wrapped(lines: &[Line]) -> bool {
    if lines.iter().any(|line| line.text.len() > MAX_WRAPPED_BYTES) {
        return false;
    }
    let (mut n_full, mut n_open) = (0, 0);
    for line in lines.iter().filter(|line| line.n_words() >= MIN_WRAPPED_WORDS) {
        n_full += 1;
        n_open += usize::from(!line.ends_sentence() && !line.text.ends_with(':'));
    }
    n_full >= MIN_WRAPPED_LINES && n_open as f64 > MAX_OPEN_LINES * n_full as f64
}

/// Text is wrapped at 60 to 80 columns, at most at 100; a few letters take more than one byte. All
/// 183 articles looked at have a paragraph that is longer.
const MAX_WRAPPED_BYTES: usize = 120;
/// A width of 60 to 80 gives lines of 8 to 14 words; shorter lines are headings and paragraph ends.
const MIN_WRAPPED_WORDS: usize = 6;
/// Fewer lines tell nothing.
const MIN_WRAPPED_LINES: usize = 4;
/// In unwrapped text hardly a longer line lacks the end of a sentence; in wrapped text four in five do.
const MAX_OPEN_LINES: f64 = 0.5;
