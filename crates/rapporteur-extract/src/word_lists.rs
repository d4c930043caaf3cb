//! Reads the data files that are lists of words under `[name]` headings.

use crate::data_file::{DataFile, Line, content_lines, in_lower_case, not_there, removed};
use crate::error::{Error, Mistake};
use hashbrown::{HashMap, HashSet};

/// Named lists of words.
#[derive(Debug)]
pub(crate) struct WordLists {
    names: Vec<String>,
    /// For each word the lists that hold it, as indices of their names: most words that are asked for stand in none.
    lists_of: HashMap<String, Vec<usize>>,
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
        let mut lists: HashMap<String, HashSet<String>> = HashMap::new();
        for (name, lines) in by_name(file, file.builtin)? {
            let words = lines.iter().flat_map(|line| words(line.text)).map(str::to_string);
            lists.insert(name.text.to_string(), words.collect());
        }
        let builtin_names: Vec<String> = lists.keys().cloned().collect();
        for (name, lines) in by_name(file, file.own.unwrap_or_default())? {
            if names == Names::Fixed && !lists.contains_key(name.text) {
                return Err(file.error(name, unknown_list(name.text, builtin_names)));
            }
            let word = in_lower_case(name.text).map_err(|mistake| file.error(name, mistake))?;
            let list = lists.entry(word.to_string()).or_default();
            let (removals, additions): (Vec<Line<'_>>, Vec<Line<'_>>) =
                lines.into_iter().partition(|line| removed(line.text).is_some());
            for line in removals {
                for word in removed(line.text).into_iter().flat_map(words) {
                    if !list.remove(word) {
                        return Err(file.error(line, not_there(word)));
                    }
                }
            }
            for line in additions {
                for word in words(line.text) {
                    list.insert(own_word(word).map_err(|mistake| file.error(line, mistake))?.to_string());
                }
            }
        }
        let mut by_word = WordLists { names: Vec::new(), lists_of: HashMap::new() };
        // By name, so that what a word is said to be does not hang on the order of a hash.
        let mut lists: Vec<(String, HashSet<String>)> = lists.into_iter().collect();
        lists.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (list_idx, (name, words)) in lists.into_iter().enumerate() {
            by_word.names.push(name);
            words.into_iter().for_each(|word| by_word.lists_of.entry(word).or_default().push(list_idx));
        }
        Ok(by_word)
    }

    /// Whether list `name` holds `word`.
    pub(crate) fn has(&self, name: &str, word: &str) -> bool {
        debug_assert!(self.has_list(name), "no word list named {name:?}");
        self.lists_of.get(word).is_some_and(|lists| lists.iter().any(|&list_idx| self.names[list_idx] == name))
    }

    /// Each list's name with each of its words, in the order of both.
    pub(crate) fn entries(&self) -> Vec<(&str, &str)> {
        let mut entries: Vec<(&str, &str)> = self
            .lists_of
            .iter()
            .flat_map(|(word, lists)| lists.iter().map(|&list_idx| (self.names[list_idx].as_str(), word.as_str())))
            .collect();
        entries.sort_unstable();
        entries
    }

    /// The names of the lists that hold `word`, by name.
    pub(crate) fn lists_of(&self, word: &str) -> impl Iterator<Item = &str> {
        let lists = self.lists_of.get(word).map_or(&[][..], Vec::as_slice);
        lists.iter().map(|&list_idx| self.names[list_idx].as_str())
    }

    /// Whether there is a list of this name.
    pub(crate) fn has_list(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// All words and phrases.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.lists_of.keys().map(String::as_str)
    }

    /// The names of the lists that are there, for the check of the data files.
    #[cfg(test)]
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
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

fn unknown_list(name: &str, mut known: Vec<String>) -> Mistake {
    known.sort_unstable();
    Mistake::with_hint(format!("unknown list [{name}]"), format!("the lists are: {}", known.join(", ")))
}
