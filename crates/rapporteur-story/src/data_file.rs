//! The data files of this crate: words with comments.

/// The entries of a data file: its lines, comments and blank ones left out.
pub(crate) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
