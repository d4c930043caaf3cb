//! Which stretches of a text stand inside quotation marks.

use crate::data_file::entries;
use std::ops::Range;
use std::sync::LazyLock;

/// The stretches of `paragraph` between quotation marks, without the marks, in bytes of it.
///
/// The marks are those of `data/quotation-marks.txt`. A quotation inside a quotation is part of it.
/// One that does not end ends with its paragraph: news text opens the next paragraph of a long
/// quotation with a mark of its own.
pub(crate) fn quotations(paragraph: &str) -> Vec<Range<usize>> {
    let signs = signs(paragraph);
    let mut quotations = Vec::new();
    let mut open: Option<(&Mark, usize)> = None;
    for (idx, sign) in signs.iter().enumerate() {
        match open {
            Some((mark, start)) if mark.closes(sign) => {
                quotations.push(start..sign.start);
                // A mark that closes but stands like an opening one: the closing one was lost.
                let reopens = sign.is_after_space && !sign.is_before_space;
                open = Mark::opened_by(sign, &signs[idx + 1..]).filter(|_| reopens).map(|mark| (mark, sign.end()));
            }
            Some(_) => {}
            None => open = Mark::opened_by(sign, &signs[idx + 1..]).map(|mark| (mark, sign.end())),
        }
    }
    quotations.extend(open.map(|(_, start)| start..paragraph.len()));
    quotations
}

/// A sign of a text that may be a quotation mark, with what tells whether it is one.
struct Sign<'t> {
    text: &'t str,
    start: usize,
    is_after_space: bool,
    is_before_space: bool,
    /// A letter or digit stands before.
    is_after_word: bool,
    is_before_word: bool,
    is_before_digit: bool,
}

impl Sign<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// All signs of `paragraph` that may be quotation marks.
fn signs(paragraph: &str) -> Vec<Sign<'_>> {
    let mut signs = Vec::new();
    let mut end = 0;
    for (start, c) in paragraph.char_indices() {
        if start < end || c.is_alphanumeric() || c.is_whitespace() {
            continue;
        }
        let Some(known) = MARKS.signs.iter().find(|sign| paragraph[start..].starts_with(**sign)) else { continue };
        end = start + known.len();
        let before = paragraph[..start].chars().next_back().unwrap_or(' ');
        let after = paragraph[end..].chars().next().unwrap_or(' ');
        signs.push(Sign {
            text: known,
            start,
            is_after_space: before.is_whitespace(),
            is_before_space: after.is_whitespace(),
            is_after_word: before.is_alphanumeric(),
            is_before_word: after.is_alphanumeric(),
            is_before_digit: after.is_numeric(),
        });
    }
    signs
}

/// How an opening mark is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opening,
    Either,
    Single,
    Apostrophe,
}

/// A mark that opens a quotation.
#[derive(Debug)]
struct Mark {
    sign: &'static str,
    shape: Shape,
    closing: Vec<&'static str>,
}

/// An apostrophe whose partner is further away is none, in bytes: three paragraphs of speech.
const MAX_APOSTROPHE_QUOTED_BYTES: usize = 1500;
/// The same in signs, so that a text of nothing but signs is read in time.
const MAX_APOSTROPHE_QUOTED_SIGNS: usize = 64;

impl Mark {
    fn opened_by(sign: &Sign, rest: &[Sign]) -> Option<&'static Mark> {
        let mark = MARKS.opening.iter().find(|mark| mark.sign == sign.text)?;
        let begins_word = !sign.is_after_word && !sign.is_before_space;
        // '90s has lost a century, not its partner.
        let is_elision = sign.is_before_digit;
        let opens = match mark.shape {
            Shape::Opening => true,
            Shape::Either => begins_word,
            Shape::Single => begins_word && !is_elision,
            Shape::Apostrophe => {
                let near = rest.iter().take(MAX_APOSTROPHE_QUOTED_SIGNS);
                let mut near = near.take_while(|other| other.start - sign.start <= MAX_APOSTROPHE_QUOTED_BYTES);
                begins_word && !is_elision && near.any(|other| mark.closes(other))
            }
        };
        opens.then_some(mark)
    }

    fn closes(&self, sign: &Sign) -> bool {
        let ends_word = !sign.is_after_space && !sign.is_before_word;
        self.closing.contains(&sign.text) && (ends_word || !matches!(self.shape, Shape::Single | Shape::Apostrophe))
    }
}

/// The marks of the data file.
struct Marks {
    opening: Vec<Mark>,
    /// All signs that open or close, the longest first.
    signs: Vec<&'static str>,
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks::parse().expect("a test checks the data file"));

impl Marks {
    fn parse() -> Result<Self, String> {
        let mut opening: Vec<Mark> = Vec::new();
        let mut shape = None;
        for line in entries(include_str!("../../data/quotation-marks.txt")) {
            if let Some(heading) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                shape = Some(match heading {
                    "opening" => Shape::Opening,
                    "either" => Shape::Either,
                    "single" => Shape::Single,
                    "apostrophe" => Shape::Apostrophe,
                    _ => return Err(format!("unknown heading {heading:?}")),
                });
                continue;
            }
            let (sign, closing) = line.split_once(':').ok_or_else(|| format!("no colon: {line:?}"))?;
            let shape = shape.ok_or_else(|| format!("no heading before {line:?}"))?;
            if opening.iter().any(|mark| mark.sign == sign) {
                return Err(format!("{sign:?} stands twice"));
            }
            opening.push(Mark { sign, shape, closing: closing.split_whitespace().collect() });
        }
        let all = opening.iter().flat_map(|mark| mark.closing.iter().copied().chain([mark.sign]));
        let mut signs: Vec<&str> = all.collect();
        signs.sort_unstable_by_key(|sign| (std::cmp::Reverse(sign.chars().count()), *sign));
        signs.dedup();
        Ok(Marks { opening, signs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_well_formed() {
        let marks = Marks::parse().unwrap();
        assert!(marks.opening.iter().all(|mark| !mark.closing.is_empty()));
    }

    #[test]
    fn all_kinds_of_marks_quote() {
        for text in [
            "a “b c” d",
            "a \"b c\" d",
            "a ''b c'' d",
            "a ``b c'' d",
            "a ’’b c’’ d",
            "a «b c» d",
            "a »b c« d",
            "a ‹b c› d",
            "a ›b c‹ d",
            "a „b c“ d",
            "a „b c” d",
            "a ‘b c’ d",
            "a 'b c' d",
            "a `b c' d",
        ] {
            let found: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, ["b c"], "{text}");
        }
    }

    #[test]
    fn quotations_are_found_among_apostrophes_and_lost_marks() {
        for (text, expected) in [
            ("He said “no” and “never”.", vec!["no", "never"]),
            ("He said \"no\" and ''never.''", vec!["no", "never."]),
            ("„Nein“, «non», ‘it’s no’ he said", vec!["Nein", "non", "it’s no"]),
            ("“A quotation that goes on", vec!["A quotation that goes on"]),
            ("‘A quotation that goes on. It’s long", vec!["A quotation that goes on. It’s long"]),
            ("It’s the ministers’ word, isn't it?", vec![]),
            ("the ministers' plan and Karsk's answer in the '90s isn't new", vec![]),
            ("it's 'Karsk's plan' again", vec!["Karsk's plan"]),
            ("so ''We told them 'Stop!' twice''", vec!["We told them 'Stop!' twice"]),
            ("''", vec![""]),
            ("the end of it,\" he said. \"Never", vec!["Never"]),
            ("\"No. He left. \"Never\", she said", vec!["No. He left. ", "Never"]),
            ("c’est dit » et « Mot » et fin", vec![" Mot "]),
        ] {
            let found: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
