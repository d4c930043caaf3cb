//! The data files of this crate: words with comments.

use hashbrown::HashSet;

/// The entries of a data file: its lines, comments and blank ones left out.
pub(crate) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of one section of a data file.
pub(crate) fn section_lines(file: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    let heading = |line: &'static str| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let after = entries(file).skip_while(move |line| heading(line) != Some(name)).skip(1);
    after.take_while(move |line| heading(line).is_none())
}

/// The words of one section of a data file.
pub(crate) fn section(file: &'static str, name: &str) -> HashSet<&'static str> {
    section_lines(file, name).flat_map(str::split_whitespace).collect()
}

/// The words of a data file without sections.
pub(crate) fn words(file: &'static str) -> HashSet<&'static str> {
    entries(file).flat_map(str::split_whitespace).collect()
}
