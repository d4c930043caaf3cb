//! Words around the words of articles.

use rapporteur_engine::case::Item;
use rapporteur_view::on_one_line;
use serde_json::Value;

/// A word of the program as people write it: `red-line` is "red line".
pub(crate) fn plain(name: &str) -> String {
    name.replace('-', " ")
}

/// The texts of a list among the facts of an item.
pub(crate) fn strings(item: &Item, name: &str) -> Vec<String> {
    let list = item.facts.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(on_one_line).collect()
}

/// A number of something, which is never negative.
pub(crate) fn number(n: i64) -> usize {
    usize::try_from(n).unwrap_or_default()
}
