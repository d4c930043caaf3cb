//! Article text as it may be shown: nothing in it steers a terminal or reorders the page.
//!
//! Text from outside can hold escape sequences that a terminal obeys and bidirectional controls
//! that show words in another order than they stand (Unicode Technical Report 36, section 2.8).
//! Both are made visible instead of left out, so that a reader sees that the text holds them.
//! Exports for programs keep the text as it is.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with control characters and bidirectional controls replaced by visible marks. White
/// space stays.
///
/// ```
/// assert_eq!(rapporteur_view::visible("a\u{1b}[31mb"), "a␛[31mb");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            _ if !is_steering(c) => shown.push(c),
            // The block Control Pictures shows the C0 controls in their order.
            '\0'..='\x1f' => shown.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}')),
            '\x7f' => shown.push('\u{2421}'),
            _ => write!(shown, "⟨U+{:04X}⟩", c as u32).expect("writing to a string does not fail"),
        }
    }
    Cow::Owned(shown)
}

/// [`visible`] on one line: every run of white space is one space, none at the ends.
///
/// ```
/// assert_eq!(rapporteur_view::on_one_line("a\u{1b}[2K\nerror: b"), "a␛[2K error: b");
/// ```
pub fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&visible(word));
    }
    line
}

fn is_steering(c: char) -> bool {
    let is_control = c.is_control() && !c.is_whitespace();
    is_control || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_and_white_space_stays() {
        assert_eq!(visible("a\x1b[31mb\0\x7f"), "a␛[31mb␀␡");
        assert_eq!(visible("a\u{202e}b\u{2066}"), "a⟨U+202E⟩b⟨U+2066⟩");
        assert!(matches!(visible("tab\tline\r\nשלום"), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_levels_white_space() {
        assert_eq!(on_one_line("  two\r\n\twords\u{a0} "), "two words");
        assert_eq!(on_one_line(" \n"), "");
    }
}
