//! Words without their endings: reports of one thing differ in the forms of their words.

use crate::data_file::entries;
use hashbrown::{HashMap, HashSet};
use rust_stemmers::{Algorithm, Stemmer};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// A stem of a pile, by its number among the [`Stems`]; the numbers tell nothing of the order of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Stem(u32);

impl Stem {
    pub(crate) fn number(self) -> usize {
        self.0 as usize
    }
}

/// The stems of a pile. Each different word is stemmed once, however often it is asked for, and whichever thread asks.
#[derive(Default)]
pub(crate) struct Stems {
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    /// By the word as written; `None` for one that carries no meaning.
    of_word: HashMap<Box<str>, Option<Stem>>,
    of_name: HashMap<Arc<str>, Stem>,
    names: Vec<Arc<str>>,
}

impl Stems {
    /// The stems of the words of `text` that carry meaning, in text order.
    pub(crate) fn of(&self, text: &str) -> Vec<Stem> {
        // Mostly all words are known.
        let stems: Option<Vec<Option<Stem>>> = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            words(text).map(|word| known.of_word.get(word).copied()).collect()
        };
        let stems = stems.unwrap_or_else(|| {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            words(text).map(|word| known.stem_of(word)).collect()
        });
        stems.into_iter().flatten().collect()
    }

    /// [`Stems::of`], each once.
    pub(crate) fn set_of(&self, text: &str) -> StemSet {
        StemSet::from(self.of(text))
    }

    /// Takes the stems out that begin with a digit.
    pub(crate) fn without_numbers(&self, stems: &mut Vec<Stem>) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        stems.retain(|stem| !known.names[stem.number()].starts_with(|c: char| c.is_ascii_digit()));
    }

    /// How a stem is written.
    pub(crate) fn name(&self, stem: Stem) -> Arc<str> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).names[stem.number()].clone()
    }

    /// The stem that is written like this.
    pub(crate) fn named(&self, name: &str) -> Stem {
        self.known.write().unwrap_or_else(PoisonError::into_inner).named(name)
    }
}

impl Known {
    fn stem_of(&mut self, word: &str) -> Option<Stem> {
        if let Some(stem) = self.of_word.get(word) {
            return *stem;
        }
        let stem = stem(word).map(|name| self.named(&name));
        self.of_word.insert(word.into(), stem);
        stem
    }

    fn named(&mut self, name: &str) -> Stem {
        if let Some(stem) = self.of_name.get(name) {
            return *stem;
        }
        let stem = Stem(self.names.len() as u32);
        let name: Arc<str> = name.into();
        self.names.push(name.clone());
        self.of_name.insert(name, stem);
        stem
    }
}

/// The stems of the words of `text` that carry meaning, in text order, as they are written.
pub(crate) fn stems(text: &str) -> Vec<String> {
    words(text).filter_map(stem).collect()
}

/// Stretches of letters, digits and apostrophes; empty ones stand between two marks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'')).filter(|word| !word.is_empty())
}

/// The stem of a word, if it carries meaning.
fn stem(word: &str) -> Option<String> {
    static SMALL_WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| entries(include_str!("../data/small-words.txt")).flat_map(str::split_whitespace).collect());
    let word = word.trim_matches(['’', '\'']).to_lowercase().replace('’', "'");
    let word = word.strip_suffix("'s").unwrap_or(&word);
    let is_meaning = !word.is_empty() && !SMALL_WORDS.contains(word);
    is_meaning.then(|| Stemmer::create(Algorithm::English).stem(word).into_owned())
}

/// Stems, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StemSet {
    /// In order.
    stems: Vec<Stem>,
}

impl From<Vec<Stem>> for StemSet {
    fn from(mut stems: Vec<Stem>) -> Self {
        stems.sort_unstable();
        stems.dedup();
        StemSet { stems }
    }
}

impl FromIterator<Stem> for StemSet {
    fn from_iter<I: IntoIterator<Item = Stem>>(stems: I) -> Self {
        StemSet::from(stems.into_iter().collect::<Vec<_>>())
    }
}

impl StemSet {
    pub(crate) fn len(&self) -> usize {
        self.stems.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// In the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Stem> {
        self.stems.iter().copied()
    }

    pub(crate) fn contains(&self, stem: Stem) -> bool {
        self.stems.binary_search(&stem).is_ok()
    }

    /// How many stems are in both.
    pub(crate) fn n_shared(&self, other: &StemSet) -> usize {
        self.shared(other).count()
    }

    pub(crate) fn is_disjoint(&self, other: &StemSet) -> bool {
        self.shared(other).next().is_none()
    }

    pub(crate) fn is_subset(&self, other: &StemSet) -> bool {
        self.n_shared(other) == self.len()
    }

    /// Whether something is known of both, and nothing is in both.
    pub(crate) fn clashes(&self, other: &StemSet) -> bool {
        !self.is_empty() && !other.is_empty() && self.is_disjoint(other)
    }

    /// Takes in the stems of another set.
    pub(crate) fn extend(&mut self, other: &StemSet) {
        if !other.is_subset(self) {
            self.stems.extend(&other.stems);
            self.stems.sort_unstable();
            self.stems.dedup();
        }
    }

    /// The stems that are not in another set.
    pub(crate) fn without(&self, other: &StemSet) -> StemSet {
        StemSet { stems: self.iter().filter(|stem| !other.contains(*stem)).collect() }
    }

    fn shared(&self, other: &StemSet) -> impl Iterator<Item = Stem> {
        let (mut a, mut b) = (self.stems.as_slice(), other.stems.as_slice());
        std::iter::from_fn(move || {
            while let ([first_a, rest_a @ ..], [first_b, rest_b @ ..]) = (a, b) {
                let order = first_a.cmp(first_b);
                if order.is_le() {
                    a = rest_a;
                }
                if order.is_ge() {
                    b = rest_b;
                }
                if order.is_eq() {
                    return Some(*first_a);
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem_and_small_words_none() {
        assert_eq!(stems("The Alliance’s expansions"), stems("an alliance expansion"));
        assert!(stems("it would have been of the").is_empty());
    }

    #[test]
    fn the_stems_of_a_pile_are_those_of_its_words() {
        let pile = Stems::default();
        for text in ["The Alliance’s expansions, 'an alliance' expansion", "''  ’", "it would", ""] {
            let names: Vec<String> = pile.of(text).into_iter().map(|stem| pile.name(stem).to_string()).collect();
            assert_eq!(names, stems(text), "{text}");
        }
        assert_eq!(pile.of("expansion"), [pile.named("expans")]);
    }

    #[test]
    fn sets_are_held_against_each_other() {
        let stems = Stems::default();
        let [mut a, b, c] = ["talks on grain", "grain talks", "a border"].map(|text| stems.set_of(text));
        assert!(a == b && a.is_subset(&b) && a.n_shared(&b) == 2 && !a.clashes(&b));
        assert!(a.clashes(&c) && !a.is_subset(&c) && !c.clashes(&StemSet::default()));
        a.extend(&c);
        assert!(a.len() == 3 && a.without(&c) == b && c.iter().all(|stem| a.contains(stem)));
    }
}
