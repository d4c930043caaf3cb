//! Reads the data files that are lists of words under `[name]` headings.

use crate::data_file::{DataFile, Line, Word, content_lines, copied, in_lower_case, not_there, removed};
use crate::error::{Error, Mistake};
use hashbrown::HashMap;
use std::borrow::Cow;

/// Named lists of words.
#[derive(Debug)]
pub(crate) struct WordLists {
    names: Vec<Word>,
    /// For each word the lists that hold it, as indices of their names: most words that are asked for stand in none.
    lists_of: HashMap<Word, Vec<usize>>,
}

/// Which lists a user's file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Those that are built in: each has a use of its own.
    Fixed,
    /// Others as well.
    Open,
}

impl WordLists {
    /// Parses a file of comma-separated lists, each opened by a line `[name]`. A user's words are added to
    /// the list of the name; under it a line `- word, word` removes.
    pub(crate) fn parse(file: DataFile<'_>, names: Names) -> Result<Self, Error> {
        let mut lists: Vec<(Word, Vec<Word>)> = Vec::new();
        for (name, lines) in by_name(file, file.builtin)? {
            let words = lines.iter().flat_map(|line| words(line.text)).map(Cow::Borrowed);
            lists.push((name.text.into(), words.collect()));
        }
        let n_builtin = lists.len();
        for (name, lines) in by_name(file, file.own.unwrap_or_default())? {
            let known = lists.iter().position(|(known, _)| *known == name.text);
            if names == Names::Fixed && known.is_none() {
                let builtin_names = lists[..n_builtin].iter().map(|(name, _)| &**name).collect();
                return Err(file.error(name, unknown_list(name.text, builtin_names)));
            }
            let word = in_lower_case(name.text).map_err(|mistake| file.error(name, mistake))?;
            let known = known.unwrap_or_else(|| {
                lists.push((copied(word), Vec::new()));
                lists.len() - 1
            });
            let list = &mut lists[known].1;
            let (removals, additions): (Vec<Line<'_>>, Vec<Line<'_>>) =
                lines.into_iter().partition(|line| removed(line.text).is_some());
            for line in removals {
                for word in removed(line.text).into_iter().flat_map(words) {
                    let n_before = list.len();
                    list.retain(|known| *known != word);
                    if list.len() == n_before {
                        return Err(file.error(line, not_there(word)));
                    }
                }
            }
            for line in additions {
                for word in words(line.text) {
                    list.push(copied(own_word(word).map_err(|mistake| file.error(line, mistake))?));
                }
            }
        }
        let n_words = lists.iter().map(|(_, words)| words.len()).sum();
        let mut by_word = WordLists { names: Vec::new(), lists_of: HashMap::with_capacity(n_words) };
        // By name, so that what a word is said to be does not hang on the order of the file.
        lists.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (list_idx, (name, words)) in lists.into_iter().enumerate() {
            by_word.names.push(name);
            for word in words {
                let lists = by_word.lists_of.entry(word).or_default();
                if lists.last() != Some(&list_idx) {
                    lists.push(list_idx);
                }
            }
        }
        Ok(by_word)
    }

    /// Whether list `name` holds `word`.
    pub(crate) fn has(&self, name: &str, word: &str) -> bool {
        debug_assert!(self.has_list(name), "no word list named {name:?}");
        self.lists_of.get(word).is_some_and(|lists| lists.iter().any(|&list_idx| self.names[list_idx] == name))
    }

    /// Each list's name with each of its words, in no order that says something.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Word)> {
        let names = &self.names;
        self.lists_of.iter().flat_map(move |(word, lists)| lists.iter().map(move |&list_idx| (&*names[list_idx], word)))
    }

    /// The names of the lists that hold `word`, by name.
    pub(crate) fn lists_of(&self, word: &str) -> impl Iterator<Item = &str> {
        let lists = self.lists_of.get(word).map_or(&[][..], Vec::as_slice);
        lists.iter().map(|&list_idx| &*self.names[list_idx])
    }

    /// Whether there is a list of this name.
    pub(crate) fn has_list(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// All words and phrases.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.lists_of.keys().map(|word| &**word)
    }

    /// The names of the lists that are there, for the check of the data files.
    #[cfg(test)]
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}

/// The lists of a file: the line with the name, then the lines with the words.
fn by_name<'t>(file: DataFile<'_>, text: &'t str) -> Result<Vec<(Line<'t>, Vec<Line<'t>>)>, Error> {
    let mut lists: Vec<(Line<'t>, Vec<Line<'t>>)> = Vec::new();
    for line in content_lines(text) {
        let name = line.text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if let Some(name) = name {
            if lists.iter().any(|(other, _)| other.text == name) {
                return Err(file.error(line, Mistake::new(format!("a second list [{name}]"))));
            }
            lists.push((Line { text: name, ..line }, Vec::new()));
        } else if let Some((_, lines)) = lists.last_mut() {
            lines.push(line);
        } else {
            let hint = "a line with the list's name in square brackets goes before its words";
            return Err(file.error(line, Mistake::with_hint("words that stand under no list", hint)));
        }
    }
    Ok(lists)
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// A word of a user's list.
fn own_word(word: &str) -> Result<&str, Mistake> {
    if word.starts_with('-') {
        let hint = "a line of its own that begins with a hyphen and a space removes words";
        return Err(Mistake::with_hint(format!("{word:?} begins with a hyphen"), hint));
    }
    in_lower_case(word)
}

fn unknown_list(name: &str, mut known: Vec<&str>) -> Mistake {
    known.sort_unstable();
    Mistake::with_hint(format!("unknown list [{name}]"), format!("the lists are: {}", known.join(", ")))
}
