//! Classes of words that the slots of frames ask for.

use crate::data_file::{DataFile, Keep, Word, copied};
use crate::error::Error;
use crate::word_lists::{Names, WordLists};
use hashbrown::HashMap;
use std::borrow::Cow;

/// The classes of `data/frame-classes.txt`.
#[derive(Debug)]
pub(crate) struct Classes {
    numbers: HashMap<String, usize>,
    /// For each head the phrases of the classes, with the number of the class.
    by_head: HashMap<Word, Vec<(Phrase, usize)>>,
}

/// A noun, or another word, with the words that stand right before and after it: "death sentence", "state of
/// emergency".
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) head: Word,
    /// The nearest first.
    before: Box<[Word]>,
    after: Box<[Word]>,
}

impl Phrase {
    /// The head is the last word, or that before "of". A hyphen parts words, as it does in texts.
    pub(crate) fn parse<'t>(text: &'t str, keep: Keep<'t>) -> Self {
        let is_gap = |byte: u8| matches!(byte, b' ' | b'-');
        if !text.is_empty() && !text.bytes().any(is_gap) {
            return Phrase { head: keep(text), before: [].into(), after: [].into() };
        }
        let words: Vec<&'t str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
        let head = words.iter().position(|word| *word == "of").map_or(words.len(), |of| of).saturating_sub(1);
        Phrase {
            head: words.get(head).copied().map(keep).unwrap_or_default(),
            before: words.iter().take(head).rev().copied().map(keep).collect(),
            after: words.iter().skip(head + 1).copied().map(keep).collect(),
        }
    }

    /// The words, with spaces between them.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        let words = self.before.iter().rev().chain([&self.head]).chain(&self.after);
        words.map(|word| &**word).collect::<Vec<_>>().join(" ")
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
            let class = *classes.numbers.entry_ref(name).or_insert(n);
            let phrase = match word {
                Cow::Borrowed(word) => Phrase::parse(word, Cow::Borrowed),
                Cow::Owned(word) => Phrase::parse(word, copied),
            };
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

fn starts_with<'t>(mut words: impl Iterator<Item = &'t str>, wanted: &[Word]) -> bool {
    wanted.iter().all(|wanted| words.next() == Some(&**wanted))
}
