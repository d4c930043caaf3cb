//! Where the words of a text stand, and where its sentences end.
//!
//! The lineage reads millions of articles without a language model: a few marks and a list of abbreviations do.

use crate::data_file::entries;
use hashbrown::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A longer stretch of letters is several words: it is no word of any language, and lengths are kept in a byte.
const MAX_WORD_BYTES: usize = 255;

/// The words of `text`, in bytes of it: letters and digits with apostrophes between them; in scripts that are
/// written without spaces each sign is a word.
pub(super) fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.peek().copied() {
            let is_inner_apostrophe =
                matches!(c, '\'' | '’') && text[at + c.len_utf8()..].starts_with(|next: char| next.is_alphanumeric());
            let goes_on = (c.is_alphanumeric() && !is_sign(first) && !is_sign(c)) || is_inner_apostrophe;
            if !goes_on || at + c.len_utf8() - start > MAX_WORD_BYTES {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        Some(start..end)
    })
}

/// Whether a character belongs to a script that is written without spaces: the ideographs, kana and Thai of the
/// Unicode blocks.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{edf}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a sentence ends between the word `before` and the one that starts at `next`.
pub(super) fn ends_sentence(text: &str, before: &Range<usize>, next: usize) -> bool {
    let gap = &text[before.end..next];
    if gap == " " {
        return false;
    }
    if gap.contains(['。', '！', '？']) {
        return true;
    }
    let Some(mark) = gap.chars().find(|c| matches!(c, '.' | '!' | '?' | '…')) else { return false };
    let begins_sentence = text[next..].starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if !begins_sentence || !gap.contains(char::is_whitespace) {
        return false;
    }
    let word = text[before.clone()].to_lowercase();
    let goes_on = mark == '.' && (word.chars().count() == 1 || abbreviations().contains(word.as_str()));
    !goes_on
}

fn abbreviations() -> &'static HashSet<&'static str> {
    static ABBREVIATIONS: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| entries(include_str!("../../data/abbreviations.txt")).collect());
    &ABBREVIATIONS
}
