//! What is a letter? Character classes and case as Python sees them (Unicode 14), because the
//! models were trained on features made with Python's `str` methods.

mod tables;

fn is_in(table: &[(u32, u32)], c: char) -> bool {
    let code = c as u32;
    let n_begun = table.partition_point(|&(first, _)| first <= code);
    n_begun > 0 && code <= table[n_begun - 1].1
}

/// `str.isalpha`.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { is_in(tables::ALPHABETIC, c) }
}

/// `str.isupper` of one character.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { is_in(tables::UPPERCASE, c) }
}

/// `str.isdigit`: includes superscripts and circled digits.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { is_in(tables::DIGIT, c) }
}

/// The pattern `\d`.
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { is_in(tables::DECIMAL, c) }
}

/// The pattern `\w`.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { is_in(tables::WORD, c) }
}

/// `str.isspace` of one character.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c,
        '\u{9}'..='\u{d}' | '\u{1c}'..='\u{20}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// `str.lower`. Letters that are newer than Unicode 14 stay as they are.
pub(crate) fn lowercase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let has_newer = text.chars().any(|c| !is_cased_14(c) && c.to_lowercase().next() != Some(c));
    if !has_newer {
        return text.to_lowercase();
    }
    // Lower each stretch between newer letters alone; those are the only characters kept as they are.
    let mut lowered = String::with_capacity(text.len());
    for stretch in text.split_inclusive(|c: char| !is_cased_14(c) && c.to_lowercase().next() != Some(c)) {
        match stretch.chars().next_back() {
            Some(last) if !is_cased_14(last) && last.to_lowercase().next() != Some(last) => {
                lowered.push_str(&stretch[..stretch.len() - last.len_utf8()].to_lowercase());
                lowered.push(last);
            }
            _ => lowered.push_str(&stretch.to_lowercase()),
        }
    }
    lowered
}

/// Whether the character has a lower-case mapping in Unicode 14.
fn is_cased_14(c: char) -> bool {
    is_upper(c) || is_in(tables::TITLECASE, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_pythons_not_rusts() {
        assert!(is_digit('²') && is_digit('①') && !is_digit('½'));
        assert!(!is_decimal('²') && is_decimal('٣') && is_word('²'));
        assert!(!is_alpha('\u{345}'), "a combining mark is Alphabetic but no letter");
        assert!(is_upper('Ⓐ') && !is_alpha('Ⓐ'));
        assert!(is_space('\u{1c}') && !is_space('\u{200b}'));
    }

    #[test]
    fn lower_case_is_the_full_mapping() {
        assert_eq!(lowercase("ΣΑΣ"), "σας");
        assert_eq!(lowercase("İstanbul"), "i\u{307}stanbul");
        assert_eq!(lowercase("ǅ"), "ǆ");
        assert_eq!(lowercase("KYIV’S"), "kyiv’s");
        assert_eq!(lowercase("A\u{10d50}B"), "a\u{10d50}b", "a capital of Unicode 16 is not touched");
    }
}
