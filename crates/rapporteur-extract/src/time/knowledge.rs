//! What the finding of times knows: the words and the patterns of the data files.

use super::numbers::NumberWords;
use super::rules::Rules;
use super::words::{ClassId, WordId, Words};
use crate::data_file::DataFile;
use crate::error::{Error, Mistake};

/// The words of time and what expressions are made of them.
#[derive(Debug)]
pub(crate) struct TimeKnowledge {
    pub(super) words: Words,
    pub(super) rules: Rules,
    pub(super) numbers: NumberWords,
    /// Words that name a time only with a capital letter.
    pub(super) capital: Option<ClassId>,
    /// Words that name a time only as nouns.
    pub(super) noun: Option<ClassId>,
}

impl TimeKnowledge {
    /// Reads the two files.
    pub(crate) fn parse(words: DataFile<'_>, patterns: DataFile<'_>) -> Result<Self, Error> {
        let name = words.name;
        let mut words = Words::parse(words)?;
        let numbers = NumberWords::of(&mut words)
            .ok_or_else(|| Error::new(name, None, Mistake::new("no lists [number-word] and [scale]")))?;
        let rules = Rules::parse(patterns, &mut words)?;
        let (capital, noun) = (words.class("only-with-capital"), words.class("only-as-noun"));
        Ok(TimeKnowledge { words, rules, numbers, capital, noun })
    }

    /// Whether the list of the words' file holds the word.
    pub(super) fn is_listed(&self, list: &str, word: &str) -> bool {
        self.is_in(list, self.words.get(word))
    }

    /// The same for a word that was looked up.
    pub(super) fn is_in(&self, list: &str, word: WordId) -> bool {
        self.words.class(list).is_some_and(|class| self.words.value(word, class).is_some())
    }
}
