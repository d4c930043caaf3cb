//! Reads the data files that are lists of words under `[name]` headings.

use std::collections::{HashMap, HashSet};

/// Named lists of words.
#[derive(Debug)]
pub(crate) struct WordLists {
    lists: HashMap<&'static str, HashSet<&'static str>>,
}

impl WordLists {
    /// Parses a file of comma-separated lists, each opened by a line `[name]`; `#` begins a comment line.
    pub(crate) fn parse(file: &'static str) -> Result<Self, String> {
        let mut lists: HashMap<&str, HashSet<&str>> = HashMap::new();
        let mut name = None;
        for line in content_lines(file) {
            if let Some(heading) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                if lists.insert(heading, HashSet::new()).is_some() {
                    return Err(format!("two lists named {heading:?}"));
                }
                name = Some(heading);
                continue;
            }
            let list = name.and_then(|name| lists.get_mut(name)).ok_or_else(|| format!("no list for {line:?}"))?;
            list.extend(line.split(',').map(str::trim).filter(|word| !word.is_empty()));
        }
        Ok(WordLists { lists })
    }

    /// Whether list `name` holds `word`.
    pub(crate) fn has(&self, name: &str, word: &str) -> bool {
        let list = self.lists.get(name);
        debug_assert!(list.is_some(), "no word list named {name:?}");
        list.is_some_and(|list| list.contains(word))
    }

    /// Whether there is a list of this name.
    pub(crate) fn has_list(&self, name: &str) -> bool {
        self.lists.contains_key(name)
    }

    /// The names of the lists that are there, for the check of the data files.
    #[cfg(test)]
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.lists.keys().copied()
    }
}

/// The lines of a data file that are neither blank nor comments.
pub(crate) fn content_lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
