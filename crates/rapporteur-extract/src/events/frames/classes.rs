//! Classes of words that the slots of frames ask for.

use crate::data_file::DataFile;
use crate::error::Error;
use crate::word_lists::{Names, WordLists};
use hashbrown::HashMap;

/// The classes of `data/frame-classes.txt`.
#[derive(Debug)]
pub(crate) struct Classes {
    numbers: HashMap<String, usize>,
    /// For each head the phrases of the classes, with the number of the class.
    by_head: HashMap<String, Vec<(Phrase, usize)>>,
}

/// A noun, or another word, with the words that stand right before and after it: "death sentence", "state of
/// emergency".
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) head: String,
    /// The nearest first.
    before: Vec<String>,
    after: Vec<String>,
}

impl Phrase {
    /// The head is the last word, or that before "of". A hyphen parts words, as it does in texts.
    pub(crate) fn parse(text: &str) -> Self {
        let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
        let head = words.iter().position(|word| *word == "of").map_or(words.len(), |of| of).saturating_sub(1);
        let owned = |word: &&str| (*word).to_string();
        Phrase {
            head: words.get(head).map(owned).unwrap_or_default(),
            before: words.iter().take(head).rev().map(owned).collect(),
            after: words.iter().skip(head + 1).map(owned).collect(),
        }
    }

    /// Whether the words around a head are those of the phrase: `before` with the nearest first.
    pub(crate) fn stands<'t>(
        &self,
        before: impl Iterator<Item = &'t str>,
        after: impl Iterator<Item = &'t str>,
    ) -> bool {
        starts_with(before, &self.before) && starts_with(after, &self.after)
    }
}

impl Classes {
    pub(crate) fn parse(file: DataFile<'_>) -> Result<Self, Error> {
        let lists = WordLists::parse(file, Names::Open)?;
        let mut classes = Classes { numbers: HashMap::new(), by_head: HashMap::new() };
        for (name, word) in lists.entries() {
            let n = classes.numbers.len();
            let class = *classes.numbers.entry(name.to_string()).or_insert(n);
            let phrase = Phrase::parse(word);
            classes.by_head.entry(phrase.head.clone()).or_default().push((phrase, class));
        }
        Ok(classes)
    }

    /// The number of a class.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// The names of the classes, for a hint.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.numbers.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// Whether a word is of a class; `before` gives the words before it, the nearest first, and `after` those after it.
    pub(crate) fn has<'t>(
        &self,
        class: usize,
        head: &str,
        before: impl Iterator<Item = &'t str> + Clone,
        after: impl Iterator<Item = &'t str> + Clone,
    ) -> bool {
        let listed = self.by_head.get(head).map_or(&[][..], Vec::as_slice);
        listed.iter().any(|(phrase, own)| *own == class && phrase.stands(before.clone(), after.clone()))
    }
}

fn starts_with<'t>(mut words: impl Iterator<Item = &'t str>, wanted: &[String]) -> bool {
    wanted.iter().all(|wanted| words.next() == Some(wanted.as_str()))
}
