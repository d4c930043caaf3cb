//! The pieces that lines are put together from.

use super::super::{Block, Inline, Line, NoteIdx};
use crate::case::told;
use crate::visible::on_one_line;
use crate::wording::{count, number, origins};
use rapporteur_store::{Item, ItemMark, Named};
use serde_json::Value;

/// A line that grows.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(pub(super) Vec<Inline>);

impl Words {
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Text(text.into()));
        self
    }

    pub(super) fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Strong(text.into()));
        self
    }

    pub(super) fn quote(mut self, words: impl Into<String>) -> Self {
        self.0.push(Inline::Quote(words.into()));
        self
    }

    pub(super) fn soft(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Soft(text.into()));
        self
    }

    pub(super) fn warning(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Warning(text.into()));
        self
    }

    pub(super) fn notes(mut self, notes: impl IntoIterator<Item = NoteIdx>) -> Self {
        self.0.extend(notes.into_iter().map(Inline::Note));
        self
    }

    /// " (4 articles, 2 independent origins)", set off where it may be one, or where all texts of it have a flaw.
    pub(super) fn support(self, n_articles: i64, (min, max): (i64, i64), flaw: Option<String>) -> Self {
        let articles = count(number(n_articles), "article");
        let told = origins(min, max);
        let words = match min {
            ..=1 => self.soft(format!(" ({articles}, ")).warning(told),
            _ => self.soft(format!(" ({articles}, {told}")),
        };
        match flaw {
            Some(flaw) => words.soft(", ").warning(format!("text {flaw}")).soft(")"),
            None => words.soft(")"),
        }
    }

    pub(super) fn line(self) -> Block {
        Block::Line(Line { level: 0, inlines: self.0 })
    }

    pub(super) fn line_below(self) -> Block {
        Block::Line(Line { level: 1, inlines: self.0 })
    }
}

pub(super) fn name(named: &Option<Named>) -> Option<String> {
    named.as_ref().map(|named| on_one_line(&named.label))
}

/// A string of the facts of an item.
pub(super) fn fact<'v>(facts: &'v Value, name: &str) -> Option<&'v str> {
    facts.get(name).and_then(Value::as_str)
}

/// A list of the facts of an item.
pub(super) fn facts<'i>(item: &'i Item, name: &str) -> &'i [Value] {
    item.facts.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// How many articles and origins a stance or a side has.
pub(super) fn support_of(facts: &Value) -> (i64, (i64, i64)) {
    let number = |name: &str| facts.get(name).and_then(Value::as_i64).unwrap_or_default();
    (number("n"), (number("min"), number("max")))
}

/// What somebody did by hand, and the note on it.
pub(super) fn by_hand(mark: &ItemMark) -> (String, String) {
    let told = told(mark);
    let note = format!("Correction by {} on {}.", on_one_line(&mark.author), super::moment(&mark.at));
    (format!("By hand: {told}"), note)
}

/// "… and 12 more are in the case", where there are more.
pub(super) fn more(n_total: usize, n_shown: usize, noun: &str) -> Option<Block> {
    let n_more = n_total.saturating_sub(n_shown);
    let (noun, rest) = noun.split_once(" of ").map_or((noun, String::new()), |(noun, of)| (noun, format!(" of {of}")));
    (n_more > 0).then(|| Block::Remark(format!("… and {}{rest} in the case.", count(n_more, &format!("more {noun}")))))
}
