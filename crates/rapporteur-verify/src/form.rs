//! A text as what is compared: its words and marks, without typography.

use rapporteur_model::Span;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters and digits.
    Word,
    /// A mark that says something: a full stop, a question mark, a dash.
    Mark,
    /// Dots that tell of words left out.
    Ellipsis,
}

/// A word or a mark, as it is compared, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// Letters that one glyph stands for.
const LIGATURES: [(char, &str); 5] =
    [('\u{FB00}', "ff"), ('\u{FB01}', "fi"), ('\u{FB02}', "fl"), ('\u{FB03}', "ffi"), ('\u{FB04}', "ffl")];

/// The units of a text in order. Quotation marks, spaces and what no reader sees are left out; dashes of all lengths are one.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |at: usize| chars.get(at).map_or(text.len(), |(start, _)| *start);
    let mut units: Vec<Unit> = Vec::new();
    let mut at = 0;
    while let Some(&(start, c)) = chars.get(at) {
        let next = if is_word(c) {
            end_of_word(&chars, at)
        } else if let Some(end) = end_of_ellipsis(&chars, at) {
            end
        } else if is_dash(c) {
            let dashes = chars[at..].iter().take_while(|(_, c)| is_dash(*c)).count();
            at + dashes
        } else {
            at + 1
        };
        let span = Span::new(start, end_of(next));
        let unit = |kind, text: String| Unit { kind, text, span };
        if is_word(c) {
            units.push(unit(Kind::Word, word(span.of(text))));
        } else if next > at + 1 && !is_dash(c) || c == '…' {
            units.push(unit(Kind::Ellipsis, "…".to_string()));
        } else if is_dash(c) {
            units.push(unit(Kind::Mark, "-".to_string()));
        } else if !is_quotation_mark(c) && !c.is_whitespace() && !is_unseen(c) {
            units.push(unit(Kind::Mark, c.nfc().collect()));
        }
        at = next;
    }
    units
}

/// A word as it is compared: composed, with straight apostrophes, without soft hyphens.
fn word(text: &str) -> String {
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let mut word = String::with_capacity(composed.len());
    for c in composed.chars().filter(|c| !is_unseen(*c)) {
        match LIGATURES.iter().find(|(ligature, _)| *ligature == c) {
            Some((_, letters)) => word.push_str(letters),
            None if is_apostrophe(c) => word.push('\''),
            None => word.push(c),
        }
    }
    word
}

/// The position after the word that begins at `at`: letters and digits, apostrophes between letters, points and commas
/// between digits.
fn end_of_word(chars: &[(usize, char)], at: usize) -> usize {
    let mut end = at;
    while let Some(&(_, c)) = chars.get(end) {
        let before = end.checked_sub(1).map(|before| chars[before].1);
        let after = chars.get(end + 1).map(|(_, c)| *c);
        let is_between = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        let goes_on = is_word(c)
            || (end > at && is_unseen(c) && after.is_some_and(is_word))
            || (is_apostrophe(c) && is_between(char::is_alphabetic))
            || (matches!(c, '.' | ',') && is_between(|c| c.is_ascii_digit()));
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// The position after an ellipsis that begins at `at`: "…", "...", ". . .", each in brackets or not.
fn end_of_ellipsis(chars: &[(usize, char)], at: usize) -> Option<usize> {
    let char_at = |at: usize| chars.get(at).map(|(_, c)| *c);
    let skip_spaces = |mut at: usize| {
        while char_at(at).is_some_and(|c| c == ' ' || c == '\u{A0}') {
            at += 1;
        }
        at
    };
    let closing = match char_at(at)? {
        '[' => Some(']'),
        '(' => Some(')'),
        _ => None,
    };
    let mut here = if closing.is_some() { skip_spaces(at + 1) } else { at };
    if char_at(here) == Some('…') {
        here += 1;
    } else {
        let mut n_dots = 0;
        let mut after_dot = here;
        while char_at(here) == Some('.') {
            n_dots += 1;
            after_dot = here + 1;
            here = skip_spaces(after_dot);
        }
        if n_dots < 3 {
            return None;
        }
        here = after_dot;
    }
    match closing {
        None => Some(here),
        Some(closing) => {
            let here = skip_spaces(here);
            (char_at(here) == Some(closing)).then_some(here + 1)
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '′' | '`' | '´')
}

fn is_quotation_mark(c: char) -> bool {
    is_apostrophe(c)
        || matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚' | '‛' | '″' | '「' | '」' | '＂')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// What stands in a text without being seen: soft hyphens, joiners, marks of direction and order.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        units(text).into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn typography_is_nothing() {
        let plain = forms("\"We don't want it -- not 2,300 trucks\"");
        assert_eq!(plain, ["We", "don't", "want", "it", "-", "not", "2,300", "trucks"]);
        for other in ["“We don’t want it — not 2,300 trucks”", "''We  don't\u{A0}want it–not 2,300\ntru\u{AD}cks''"]
        {
            assert_eq!(forms(other), plain, "{other}");
        }
        assert_eq!(forms("cafe\u{301} ﬁrst"), forms("café first"));
    }

    #[test]
    fn everything_else_is_something() {
        for (a, b) in
            [("is it?", "is it!"), ("We", "we"), ("2,300", "2.300"), ("do not", "don't"), ("30", "40"), ("a b", "ab")]
        {
            assert_ne!(forms(a), forms(b));
        }
    }

    #[test]
    fn an_ellipsis_is_one_however_it_is_written() {
        for text in ["a … b", "a ... b", "a . . . b", "a [...] b", "a (…) b", "a [ . . . ] b", "a... b"] {
            assert_eq!(forms(text), ["a", "…", "b"], "{text}");
        }
        assert_eq!(forms("a. b"), ["a", ".", "b"]);
        assert_eq!(forms("[a] b"), ["[", "a", "]", "b"]);
    }

    #[test]
    fn units_stand_where_they_say() {
        let text = "„Nie“ — 🙂 l’état 1.5…";
        let words: Vec<&str> = units(text).iter().map(|unit| unit.span.of(text)).collect();
        assert_eq!(words, ["Nie", "—", "🙂", "l’état", "1.5", "…"]);
    }
}
