//! Words around the words of articles.

/// A word of the program as people write it: `red-line` is "red line".
pub(crate) fn plain(name: &str) -> String {
    name.replace('-', " ")
}
