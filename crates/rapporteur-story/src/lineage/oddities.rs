//! What shows a text to be spun without any other text beside it: phrases that only programs for synonyms write, and
//! "a" before a vowel, which is left over where the word after it was replaced.

use crate::data_file::entries;
use crate::lineage::text::{Texts, WordText};
use hashbrown::HashMap;
use std::ops::Range;

/// Words of a text that hardly anybody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Oddity {
    pub(crate) words: Range<usize>,
    /// What stands there usually.
    pub(crate) usual: String,
}

/// The phrases as ids of the words of a pile.
pub(crate) struct Oddities {
    /// For the first word of a phrase the words after it and the usual ones.
    by_first: HashMap<u32, Vec<(Vec<u32>, &'static str)>>,
    /// By the id of a word: whether a phrase begins with it, and how it sounds after "a" and "an".
    kinds: Vec<u8>,
    article: [Option<u32>; 2],
}

/// A text with more is looked at no further.
const MAX_ODDITIES: usize = 100;

const BEGINS: u8 = 1;
const VOWEL: u8 = 2;
const CONSONANT: u8 = 4;

impl Oddities {
    pub(crate) fn of(texts: &Texts) -> Self {
        let mut by_first: HashMap<u32, Vec<(Vec<u32>, &'static str)>> = HashMap::new();
        let mut kinds: Vec<u8> = (0..texts.n_distinct_words() as u32).map(|id| sound(texts.word(id))).collect();
        for line in entries(include_str!("../../data/spun-phrases.txt")) {
            let Some((phrase, usual)) = line.split_once(" = ") else { continue };
            let ids: Option<Vec<u32>> = phrase.split_whitespace().map(|word| texts.id_of(word)).collect();
            // A pile without one of the words has no such phrase.
            let Some((first, rest)) = ids.as_deref().and_then(<[u32]>::split_first) else { continue };
            kinds[*first as usize] |= BEGINS;
            by_first.entry(*first).or_default().push((rest.to_vec(), usual));
        }
        Oddities { by_first, kinds, article: ["a", "an"].map(|word| texts.id_of(word)) }
    }

    /// The oddities of a text, each phrase once, in order.
    pub(crate) fn in_text(&self, text: &WordText) -> Vec<Oddity> {
        let ids = text.ids();
        let mut found: Vec<Oddity> = Vec::new();
        for at in 0..ids.len() {
            if found.len() >= MAX_ODDITIES {
                break;
            }
            let kind = self.kinds[ids[at] as usize];
            for (rest, usual) in self.by_first.get(&ids[at]).filter(|_| kind & BEGINS != 0).into_iter().flatten() {
                let words = at..at + 1 + rest.len();
                let is_known = found.iter().any(|oddity| oddity.usual == **usual);
                if ids.get(at + 1..words.end) == Some(rest) && !is_known {
                    found.push(Oddity { words, usual: (*usual).to_string() });
                }
            }
            if at > 0 && !text.is_capital(at) && text.sentence_of(at - 1) == text.sentence_of(at) {
                let before = Some(ids[at - 1]);
                let is_odd = (before == self.article[0] && kind & VOWEL != 0)
                    || (before == self.article[1] && kind & CONSONANT != 0);
                if is_odd && found.iter().all(|oddity| ids[oddity.words.end - 1] != ids[at]) {
                    let usual = if kind & VOWEL != 0 { "an" } else { "a" };
                    found.push(Oddity { words: at - 1..at + 1, usual: format!("{usual} …") });
                }
            }
        }
        found
    }
}

/// How an English word in small letters sounds after the indefinite article, where its letters tell: "hour" and
/// "union" do not sound as they are written, and single letters are read by their names.
fn sound(word: &str) -> u8 {
    let is_plain = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    match word.bytes().next() {
        Some(b'a' | b'i') if is_plain => VOWEL,
        Some(b'e') if is_plain && !word.starts_with("eu") && !word.starts_with("ew") => VOWEL,
        Some(b'o') if is_plain && !word.starts_with("on") && !word.starts_with("oui") => VOWEL,
        Some(b'b'..=b'd' | b'f' | b'g' | b'j'..=b'n' | b'p'..=b't' | b'v' | b'w' | b'z') if is_plain => CONSONANT,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_file_is_a_phrase_with_its_usual_words() {
        for line in entries(include_str!("../../data/spun-phrases.txt")) {
            let (phrase, usual) = line.split_once(" = ").unwrap_or_else(|| panic!("no phrase: {line}"));
            assert!(phrase != usual && phrase.contains(' ') && line == line.to_lowercase(), "{line}");
        }
    }

    #[test]
    fn the_letters_tell_how_a_word_sounds_where_they_do() {
        for (word, expected) in [
            ("agreement", VOWEL),
            ("settlement", CONSONANT),
            ("hour", 0),
            ("union", 0),
            ("european", 0),
            ("onetime", 0),
        ] {
            assert_eq!(sound(word), expected, "{word}");
        }
    }
}
