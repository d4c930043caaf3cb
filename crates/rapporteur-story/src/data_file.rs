//! The data files of this crate: words with comments.

use hashbrown::HashSet;

/// The entries of a data file: its lines, comments and blank ones left out.
pub(crate) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words of one section of a data file.
pub(crate) fn section(file: &'static str, name: &str) -> HashSet<&'static str> {
    let mut words = HashSet::new();
    let mut is_own = false;
    for line in entries(file) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(heading) => is_own = heading == name,
            None if is_own => words.extend(line.split_whitespace()),
            None => {}
        }
    }
    words
}
