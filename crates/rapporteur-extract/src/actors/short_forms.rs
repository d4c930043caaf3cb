//! By which short names may a body with a long name go? "ANL" for "Amber Northern Line".

use crate::analysis::Analysis;

/// The names by which a body may go for short: its initials, and the words that it begins with.
pub(super) fn of(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let initials: String = words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    let mut forms: Vec<String> = (1..words.len()).rev().map(|n| words[..n].join(" ").to_lowercase()).collect();
    if initials.chars().count() >= 2 {
        forms.push(initials.to_lowercase());
    }
    forms
}

/// The acronym between brackets that open at a token, in lower case.
pub(crate) fn bracket_at(analysis: &Analysis<'_>, open: usize) -> Option<String> {
    let is_bracket =
        open + 2 < analysis.doc.len() && analysis.token(open).text() == "(" && analysis.token(open + 2).text() == ")";
    let word = is_bracket.then(|| analysis.token(open + 1).text())?;
    is_acronym(word).then(|| word.to_lowercase())
}

/// An acronym has so many letters.
const ACRONYM_LETTERS: std::ops::RangeInclusive<usize> = 2..=7;
/// So many letters of an acronym may come from one word: "SelAir" for "Selmarian Airways" is none.
const MAX_LETTERS_OF_WORD: usize = 3;

/// Whether a word looks like an acronym: capitals and digits only, with points or without.
pub(super) fn is_acronym(word: &str) -> bool {
    let n_letters = word.chars().filter(|c| *c != '.').count();
    let is_capital = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&');
    ACRONYM_LETTERS.contains(&n_letters) && word.chars().all(is_capital) && word.starts_with(char::is_uppercase)
}

/// Whether an acronym is made of the first letters of a name's words, in order, at least one of each word
/// with a capital: "SAL" and "SelAL" come from "Selmarian Air Lines".
pub(super) fn is_acronym_of(acronym: &str, name: &str) -> bool {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let words: Vec<Vec<char>> = name
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(|word| word.chars().flat_map(char::to_lowercase).take(MAX_LETTERS_OF_WORD).collect())
        .collect();
    if words.len() < 2 || words.len() > letters.len() {
        return false;
    }
    // Which numbers of letters the words so far can spell.
    let mut spelt = vec![false; letters.len() + 1];
    spelt[0] = true;
    for word in &words {
        let mut next = vec![false; letters.len() + 1];
        for n in (0..letters.len()).filter(|&n| spelt[n]) {
            let same = word.iter().zip(&letters[n..]).take_while(|(a, b)| a == b).count();
            (1..=same).for_each(|taken| next[n + taken] = true);
        }
        spelt = next;
    }
    spelt[letters.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letters_make_an_acronym() {
        assert!(is_acronym_of("ANL", "Amber Northern Line"));
        assert!(is_acronym_of("SELAL", "Selmarian Air Lines"));
        assert!(is_acronym_of("A.N.L.", "Amber Northern Line"));
        assert!(is_acronym_of("MT", "Ministry of Transport"));
        assert!(!is_acronym_of("AL", "Amber Northern Line"));
        assert!(!is_acronym_of("ANX", "Amber Northern Line"));
        assert!(!is_acronym_of("AMB", "Amber"));
        assert!(!is_acronym_of("", "Amber Line"));
    }

    #[test]
    fn acronyms_are_short_and_in_capitals() {
        assert!(is_acronym("ANL") && is_acronym("A.N.L.") && is_acronym("N7P"));
        assert!(!is_acronym("Anl") && !is_acronym("7") && !is_acronym("A") && !is_acronym("AMBERLINE"));
    }
}
