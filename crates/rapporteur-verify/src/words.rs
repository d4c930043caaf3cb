//! Words that change what a sentence says, and words of names that tell nothing.

use hashbrown::HashSet;
use rust_stemmers::{Algorithm, Stemmer};
use std::sync::LazyLock;

static NEGATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| listed(include_str!("../data/negations.txt")));
static SMALL: LazyLock<HashSet<&str>> = LazyLock::new(|| listed(include_str!("../data/name-words.txt")));
static NUMBERS: LazyLock<HashSet<&str>> = LazyLock::new(|| listed(include_str!("../data/numbers.txt")));

fn listed(file: &'static str) -> HashSet<&'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

pub(crate) fn is_negation(word: &str) -> bool {
    let word = word.to_lowercase();
    NEGATIONS.contains(word.as_str()) || word.ends_with("n't")
}

pub(crate) fn is_number(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) || NUMBERS.contains(word.to_lowercase().as_str())
}

/// Whether a word of a name, in lower case, does not tell who it is.
pub(crate) fn is_small(word: &str) -> bool {
    SMALL.contains(word)
}

/// Whether two words are forms of one: "gives" and "gave" are not told, "gives" and "giving" are.
pub(crate) fn is_same_stem(a: &str, b: &str) -> bool {
    let stemmer = Stemmer::create(Algorithm::English);
    stemmer.stem(&a.to_lowercase()) == stemmer.stem(&b.to_lowercase())
}
