//! Data files: readable lines, with comments after `#`. A file of the user's own adds to the built-in one
//! of its name.
//!
//! What both give together is the built-in entries without those that the user removes (a line `- WORD`) or
//! replaces (an entry for the same word), and the user's own. Their order in the user's file does not matter.

use crate::error::{Error, Mistake};
use std::borrow::Cow;
use std::collections::HashMap;

/// A built-in file, and the user's own of the same name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DataFile<'t> {
    pub(crate) name: &'static str,
    pub(crate) builtin: &'static str,
    pub(crate) own: Option<&'t str>,
}

/// A line that is neither blank nor a comment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// Counted from 1.
    pub(crate) number: usize,
    /// Without white space around it.
    pub(crate) text: &'t str,
}

/// What a file says of one word.
#[derive(Debug)]
pub(crate) struct Entry<'t, T> {
    pub(crate) word: &'t str,
    pub(crate) value: T,
    pub(crate) line: usize,
    pub(crate) is_own: bool,
}

impl<'t> DataFile<'t> {
    /// The entries of a file that has one a line, which `parse` takes apart into its word and the rest: the
    /// user's own in their order, then the built-in ones that they leave.
    pub(crate) fn entries<T>(
        self,
        parse: impl Fn(&'t str) -> Result<(&'t str, T), Mistake>,
    ) -> Result<Vec<Entry<'t, T>>, Error> {
        let mut removals = Vec::new();
        let mut own = Vec::new();
        for line in content_lines(self.own.unwrap_or_default()) {
            match removed(line.text) {
                Some(word) => removals.push(Line { text: word, ..line }),
                None => own.push(line),
            }
        }
        let builtin: Vec<Line<'t>> = content_lines(self.builtin).collect();
        let own = self.parse_lines(&own, &parse, true)?;
        let builtin = self.parse_lines(&builtin, &parse, false)?;
        // Of each built-in word, whether it is to go.
        let mut is_gone: HashMap<&str, bool> = builtin.iter().map(|entry| (entry.word, false)).collect();
        for entry in &own {
            is_gone.entry(entry.word).and_modify(|is_gone| *is_gone = true);
        }
        for line in removals {
            *is_gone.get_mut(line.text).ok_or_else(|| self.error(line, not_there(line.text)))? = true;
        }
        Ok(own.into_iter().chain(builtin.into_iter().filter(|entry| !is_gone[entry.word])).collect())
    }

    fn parse_lines<T>(
        self,
        lines: &[Line<'t>],
        parse: &impl Fn(&'t str) -> Result<(&'t str, T), Mistake>,
        is_own: bool,
    ) -> Result<Vec<Entry<'t, T>>, Error> {
        let mut first_at: HashMap<&str, usize> = HashMap::new();
        let entry = |line: &Line<'t>| {
            let at = |mistake| self.error(*line, mistake);
            let (word, value) = parse(line.text).map_err(at)?;
            if word.is_empty() {
                return Err(at(Mistake::new("the entry begins without a word")));
            }
            match first_at.insert(word, line.number) {
                Some(first) => Err(at(Mistake::new(format!("{word:?} stands in line {first} already")))),
                None => Ok(Entry { word, value, line: line.number, is_own }),
            }
        };
        lines.iter().map(entry).collect()
    }

    pub(crate) fn error(self, line: Line<'_>, mistake: Mistake) -> Error {
        Error::new(self.name, Some(line.number), mistake)
    }
}

/// A word of a data file: the built-in ones stand in the program, and need no copy.
pub(crate) type Word = Cow<'static, str>;

/// How the words of a text are kept: as they stand, if the text is built in, else as copies.
pub(crate) type Keep<'t> = fn(&'t str) -> Word;

/// Keeps a word of a user's file.
pub(crate) fn copied(word: &str) -> Word {
    Cow::Owned(word.to_string())
}

/// The lines of a data file that are neither blank nor comments.
pub(crate) fn content_lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let lines = text.lines().enumerate().map(|(idx, line)| Line { number: idx + 1, text: line.trim() });
    lines.filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

/// The words that a line `- WORD` removes.
pub(crate) fn removed(line: &str) -> Option<&str> {
    line.strip_prefix("- ").map(str::trim_start)
}

/// Nothing built in has the word that is to be removed.
pub(crate) fn not_there(word: &str) -> Mistake {
    Mistake::with_hint(format!("there is no built-in {word:?} to remove"), "leave the line out, or mend its spelling")
}

/// `word`, if it stands in lower case, as texts are compared.
pub(crate) fn in_lower_case(word: &str) -> Result<&str, Mistake> {
    let has_capitals = if word.is_ascii() {
        word.bytes().any(|byte| byte.is_ascii_uppercase())
    } else {
        word.chars().any(char::is_uppercase)
    };
    if has_capitals {
        let hint = "write it in lower case; it is found however the text writes it";
        return Err(Mistake::with_hint(format!("{word:?} has capital letters"), hint));
    }
    Ok(word)
}
