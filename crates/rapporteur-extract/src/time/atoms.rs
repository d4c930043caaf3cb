//! The text in the pieces that patterns speak of: words, figures and marks.
//!
//! A token with figures or hyphens inside is cut further ("mid-1996", "7:15", "1990s"), since the tokenizer
//! leaves such tokens whole or not by rules of its own.

use super::words::{WordId, Words};
use crate::analysis::Analysis;

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// In bytes of the text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The token that it is, or is part of.
    pub(super) token: u32,
    pub(super) word: WordId,
    figures: i32,
    /// Number of figures, of a piece that is a number.
    pub(super) n_digits: u8,
    /// Whether it is a number that tells an order: "21st".
    pub(super) is_ordinal: bool,
    /// No space before it.
    pub(super) is_glued: bool,
    /// It is the point or the comma of a number.
    pub(super) is_point: bool,
    pub(super) is_hyphen: bool,
    /// It ends a paragraph, and stands for no text.
    pub(super) is_break: bool,
}

impl Atom {
    /// What its figures tell, if it is a plain number.
    pub(super) fn number(&self) -> Option<i32> {
        (self.n_digits > 0 && !self.is_ordinal).then_some(self.figures)
    }

    /// What its figures tell, if it is an ordinal number.
    pub(super) fn ordinal(&self) -> Option<i32> {
        (self.n_digits > 0 && self.is_ordinal).then_some(self.figures)
    }

    /// Whether a pattern may begin here.
    pub(super) fn is_of_interest(&self) -> bool {
        self.word != WordId::default() || self.n_digits > 0
    }
}

/// The pieces of an article's text.
pub(super) fn cut(analysis: &Analysis<'_>, words: &Words) -> Vec<Atom> {
    let doc = analysis.doc;
    let mut atoms = Vec::with_capacity(doc.len() + doc.len() / 8);
    let mut end_before = u32::MAX;
    for token in doc.tokens() {
        let span = token.span();
        if token.is_space() {
            if token.text().bytes().filter(|byte| *byte == b'\n').count() > 1 {
                atoms.push(Atom { is_break: true, ..piece(span.start, span.end, token.idx()) });
            }
            continue;
        }
        let (text, lower) = (token.text(), analysis.lower(token.idx()));
        let whole = Atom {
            is_glued: span.start == end_before,
            is_hyphen: matches!(text, "-" | "–"),
            ..piece(span.start, span.end, token.idx())
        };
        end_before = span.end;
        let word = words.get(lower);
        let word = if word == WordId::default() { without_stop(words, lower) } else { word };
        if word != WordId::default() {
            // "5" in a pattern does not keep the figure from being a number.
            atoms.push(numbered(Atom { word, ..whole }, text));
        } else if let Some(number) = Some(numbered(whole, text)).filter(|atom| atom.n_digits > 0) {
            atoms.push(number);
        } else if text.bytes().any(|byte| byte.is_ascii_digit()) || text.len() > 1 && text.contains(['-', '–', '/']) {
            cut_token(text, lower, whole, words, &mut atoms);
        } else {
            atoms.push(whole);
        }
    }
    atoms
}

fn piece(start: u32, end: u32, token_idx: usize) -> Atom {
    Atom {
        start,
        end,
        token: token_idx as u32,
        word: WordId::default(),
        figures: 0,
        n_digits: 0,
        is_ordinal: false,
        is_glued: false,
        is_point: false,
        is_hyphen: false,
        is_break: false,
    }
}

/// "Jan.": the full stop may belong to the token.
fn without_stop(words: &Words, lower: &str) -> WordId {
    lower.strip_suffix('.').map_or(WordId::default(), |stem| words.get(stem))
}

/// The atom with what its figures tell: "12", "1,200", "21st".
fn numbered(atom: Atom, text: &str) -> Atom {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(n_digits);
    let figures = match rest {
        "" => digits.parse().ok(),
        "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => {
            return match digits.parse() {
                Ok(figures) if n_digits <= 3 => Atom { figures, n_digits: n_digits as u8, is_ordinal: true, ..atom },
                _ => atom,
            };
        }
        _ if (1..=3).contains(&n_digits) && rest.starts_with(',') => grouped(digits, rest),
        _ => None,
    };
    match figures {
        // Nine figures fit; a longer number is no number of time.
        Some(figures) if n_digits <= 9 => Atom { figures, n_digits: n_digits as u8, ..atom },
        _ => atom,
    }
}

/// "1,200": groups of three.
fn grouped(digits: &str, rest: &str) -> Option<i32> {
    let mut value: i32 = digits.parse().ok()?;
    for group in rest[1..].split(',') {
        let is_group = group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
        value = value.checked_mul(1000)?.checked_add(group.parse().ok().filter(|_| is_group)?)?;
    }
    Some(value)
}

/// Cuts a token into runs of figures, of letters, and single marks.
fn cut_token(text: &str, lower: &str, whole: Atom, words: &Words, atoms: &mut Vec<Atom>) {
    // Lower case may have another length; the pieces are then looked up as they are written.
    let lower = if lower.len() == text.len() { lower } else { text };
    let kind = |c: char| if c.is_ascii_digit() { 0 } else { 1 + u8::from(!c.is_alphabetic() && c != '.') };
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = chars.peek().filter(|(_, next)| kind(*next) == kind(first) && kind(first) < 2) {
            end = at + next.len_utf8();
            chars.next();
        }
        // The ending of "21st" belongs to its figures.
        if kind(first) == 0 {
            let ending = ["st", "nd", "rd", "th"]
                .iter()
                .find(|ending| lower.get(end..).is_some_and(|rest| rest.starts_with(**ending)));
            let is_whole = |ending: &&&str| !lower[end + ending.len()..].starts_with(char::is_alphanumeric);
            if let Some(ending) = ending.filter(is_whole) {
                end += ending.len();
                chars.next();
                chars.next();
            }
        }
        let atom = Atom {
            start: whole.start + start as u32,
            end: whole.start + end as u32,
            is_glued: start > 0 || whole.is_glued,
            // Of this piece, not of the token.
            is_point: matches!(first, '.' | ','),
            is_hyphen: matches!(first, '-' | '–'),
            ..whole
        };
        let Some(part) = lower.get(start..end) else { continue };
        let word = words.get(part);
        let word = if word == WordId::default() { without_stop(words, part) } else { word };
        atoms.push(numbered(Atom { word, ..atom }, part));
    }
}
