//! Which stretches of a text stand inside quotation marks.

use std::ops::Range;

/// The stretches of `paragraph` between quotation marks, without the marks, in bytes of it.
///
/// Known are `“…”`, `„…“`, `«…»`, `‘…’`, `"…"` and `''…''`. A quotation that does not end ends with
/// its paragraph: news text opens the next paragraph of a long quotation with a mark of its own.
pub(crate) fn quotations(paragraph: &str) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut open: Option<(Mark, usize)> = None;
    let mut rest = paragraph.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let is_doubled = c == '\'' && next == '\'';
        let after = at + c.len_utf8() + usize::from(is_doubled);
        match open {
            Some((mark, start)) if mark.closes(c, is_doubled, next) => {
                quotations.push(start..at);
                // A straight mark that stands like an opening one: the closing one was lost.
                let reopens = before.is_whitespace() && !next.is_whitespace();
                open = Mark::opened_by(c, is_doubled, before, next).filter(|_| reopens).map(|mark| (mark, after));
            }
            Some(_) => {}
            None => open = Mark::opened_by(c, is_doubled, before, next).map(|mark| (mark, after)),
        }
        if is_doubled {
            rest.next();
        }
        before = c;
    }
    quotations.extend(open.map(|(_, start)| start..paragraph.len()));
    quotations
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Curved,
    Low,
    Angled,
    Single,
    Straight,
    Doubled,
}

impl Mark {
    fn opened_by(c: char, is_doubled: bool, before: char, next: char) -> Option<Self> {
        match c {
            '“' => Some(Mark::Curved),
            '„' => Some(Mark::Low),
            '«' => Some(Mark::Angled),
            // A mark that stands like a closing one opens nothing: the opening one was lost.
            '"' if !before.is_alphanumeric() && !next.is_whitespace() => Some(Mark::Straight),
            '\'' if is_doubled => Some(Mark::Doubled),
            // The same sign stands for a missing letter: ‘em.
            '‘' if !before.is_alphanumeric() && !next.is_whitespace() => Some(Mark::Single),
            _ => None,
        }
    }

    fn closes(self, c: char, is_doubled: bool, next: char) -> bool {
        match self {
            // Damaged text closes with whatever mark is at hand.
            Mark::Curved => matches!(c, '”' | '"'),
            Mark::Low => matches!(c, '“' | '”' | '"'),
            Mark::Angled => c == '»',
            Mark::Straight => matches!(c, '"' | '”'),
            Mark::Doubled => is_doubled || c == '"',
            Mark::Single => c == '’' && !next.is_alphanumeric(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_in_all_their_marks() {
        for (text, expected) in [
            ("He said “no” and “never”.", vec!["no", "never"]),
            ("He said \"no\" and ''never.''", vec!["no", "never."]),
            ("„Nein“, «non», ‘it’s no’ he said", vec!["Nein", "non", "it’s no"]),
            ("“A quotation that goes on", vec!["A quotation that goes on"]),
            ("It’s the ministers’ word, isn't it?", vec![]),
            ("''", vec![""]),
            ("the end of it,\" he said. \"Never", vec!["Never"]),
            ("\"No. He left. \"Never\", she said", vec!["No. He left. ", "Never"]),
        ] {
            let found: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
