//! The data files of this crate: words with comments.

use hashbrown::HashSet;

/// The entries of a data file: its lines, comments and blank ones left out.
pub(crate) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words of one section of a data file.
pub(crate) fn section(file: &'static str, name: &str) -> HashSet<&'static str> {
    phrases(file, name).into_iter().flat_map(str::split_whitespace).collect()
}

/// The words of a data file without sections.
pub(crate) fn words(file: &'static str) -> HashSet<&'static str> {
    entries(file).flat_map(str::split_whitespace).collect()
}

/// The lines of one section of a data file.
pub(crate) fn phrases(file: &'static str, name: &str) -> Vec<&'static str> {
    let mut is_own = false;
    let mut phrases = Vec::new();
    for line in entries(file) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(heading) => is_own = heading == name,
            None if is_own => phrases.push(line),
            None => {}
        }
    }
    phrases
}
