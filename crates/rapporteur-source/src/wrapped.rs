//! Plain text that is broken at a fixed width, as mails and agencies' texts are: its lines become paragraphs again.

use crate::lines::{Line, is_wrapped, lines};
use rapporteur_model::Segment;

/// A text whose lines were joined.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Joined {
    pub(crate) text: String,
    /// Where the lines of the source went.
    pub(crate) segments: Vec<Segment>,
}

/// A line is full where the first word of the next one would have made it longer than this share of the longest line:
/// whoever broke it by hand did not count.
const FULL: f64 = 0.85;

/// The text with its lines joined by spaces; `None` where a line is a paragraph. All words stay, and all blank lines.
pub(crate) fn joined(text: &str) -> Option<Joined> {
    let lines = lines(text);
    if !is_wrapped(&lines) {
        return None;
    }
    let full = FULL * lines.iter().map(n_chars).max().unwrap_or_default() as f64;
    let mut joined = Joined { text: String::with_capacity(text.len()), segments: Vec::with_capacity(lines.len()) };
    let mut end = 0;
    for block in lines.chunk_by(|_, next| !next.blank_before) {
        // Headline, names and date stand together as well, and each of them is a line.
        let is_prose = block.iter().any(Line::ends_sentence);
        for (idx, line) in block.iter().enumerate() {
            let before = idx.checked_sub(1).map(|idx| &block[idx]);
            let between = &text[end..line.start];
            let goes_on = before.is_some_and(|before| {
                let first = line.text.split_whitespace().next().unwrap_or_default();
                let is_full = (n_chars(before) + 1 + first.chars().count()) as f64 > full;
                let is_small = first.starts_with(char::is_lowercase);
                !is_listed(first) && !is_indented(between, before, text) && (is_small || (is_prose && is_full))
            });
            if !goes_on {
                joined.text.push_str(between);
            } else if !ends_in_compound(&joined.text) {
                joined.text.push(' ');
            }
            joined.segments.push(Segment { text: joined.text.len().into(), source: line.start.into() });
            joined.text.push_str(line.text);
            end = line.end();
        }
    }
    joined.text.push_str(&text[end..]);
    Some(joined)
}

fn n_chars(line: &Line) -> usize {
    line.text.chars().count()
}

/// Whether a line that begins with this word is an item of a list, or a line of a mail that is answered.
fn is_listed(first: &str) -> bool {
    let number = first.trim_end_matches(['.', ')']);
    let is_number = number.len() < first.len() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number || first.starts_with(['>', '|', '•', '·']) || matches!(first, "-" | "*" | "–" | "—" | "+")
}

/// Whether the white space before a line sets it in deeper than the line before, as a first line of a paragraph is.
fn is_indented(between: &str, before: &Line, text: &str) -> bool {
    let depth = |space: &str| space.chars().rev().take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}')).count();
    depth(between) > depth(&text[..before.start])
}

/// Whether the text ends in the hyphen of a word, which needs no space behind it. The hyphen stays: who breaks plain text
/// breaks it where a hyphen stands anyway.
fn ends_in_compound(text: &str) -> bool {
    text.strip_suffix(['-', '‐']).is_some_and(|word| word.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WRAPPED: &str = "Karsk talks end without a date for the next\nround\nBy Mara Tellin\n\n\
        KARSK - The envoy of Velmora left on Sunday. She had come for a\r\ncease-\nfire that “both sides want”, and 40 ships\n\
        were still held back in the port of Halsk when she went home, her\noffice said.\n   It named\n   no date.\n\n\
        - The strait is shut.\n- The customs house is not.\n";

    #[test]
    fn lines_become_paragraphs_and_words_stay() {
        let joined = joined(WRAPPED).unwrap();
        assert_eq!(
            joined.text,
            "Karsk talks end without a date for the next round\nBy Mara Tellin\n\n\
             KARSK - The envoy of Velmora left on Sunday. She had come for a cease-fire that “both sides want”, and 40 ships \
             were still held back in the port of Halsk when she went home, her office said.\n   It named no date.\n\n\
             - The strait is shut.\n- The customs house is not.\n"
        );
        for Segment { text, source } in &joined.segments {
            let word = |text: &str| text.split_whitespace().next().unwrap_or_default().to_string();
            assert!(word(&joined.text[text.get()..]).starts_with(&word(&WRAPPED[source.get()..])));
        }
    }

    #[test]
    fn a_line_that_is_a_paragraph_stays_one() {
        let text = "Talks open in Karsk\n9 March 2031\n\nEnvoys of both states met on Sunday in the old town hall.\n";
        assert_eq!(joined(text), None);
        assert_eq!(joined(""), None);
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_changes(lines in proptest::collection::vec("[a-zé.“ -]{0,70}[\n\r\u{2028}]{1,2}", 0..20)) {
            let text = lines.concat();
            if let Some(joined) = joined(&text) {
                let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(words(&joined.text), words(&text));
                prop_assert!(joined.segments.windows(2).all(|pair| pair[0].text < pair[1].text && pair[0].source < pair[1].source));
            }
        }
    }
}
