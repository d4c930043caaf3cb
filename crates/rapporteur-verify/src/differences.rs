//! What is different between a quotation and the words that it comes from.

use crate::form::{Kind, Unit};
use crate::words::{is_negation, is_number, is_same_stem};

/// A stretch in which a quotation is not what the article says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What sort of change it is.
    pub kind: DifferenceKind,
    /// The words of the article; empty where the quotation adds some.
    pub was: String,
    /// The words of the quotation; empty where it leaves some out.
    pub is: String,
}

/// What sort of change a difference is, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// A word that says the opposite is more or less.
    Negation,
    /// Another number.
    Number,
    /// Words that do not stand together in any article are put together.
    PutTogether,
    /// Other words.
    Word,
    /// Another form of a word: a tense, a plural.
    Form,
    /// Words are left out without a mark.
    LeftOut,
    /// Words are added.
    Added,
    /// The same words in another order.
    Order,
    /// Capital and small letters.
    Case,
    /// Marks.
    Punctuation,
}

impl DifferenceKind {
    /// All kinds.
    pub const ALL: [DifferenceKind; 10] = [
        DifferenceKind::Negation,
        DifferenceKind::Number,
        DifferenceKind::PutTogether,
        DifferenceKind::Word,
        DifferenceKind::Form,
        DifferenceKind::LeftOut,
        DifferenceKind::Added,
        DifferenceKind::Order,
        DifferenceKind::Case,
        DifferenceKind::Punctuation,
    ];

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            DifferenceKind::Negation => "negation",
            DifferenceKind::Number => "number",
            DifferenceKind::Word => "word",
            DifferenceKind::Form => "form",
            DifferenceKind::LeftOut => "left-out",
            DifferenceKind::Added => "added",
            DifferenceKind::Order => "order",
            DifferenceKind::PutTogether => "put-together",
            DifferenceKind::Case => "case",
            DifferenceKind::Punctuation => "punctuation",
        }
    }
}

/// What a run of units of an article became in a quotation; texts give the words as written.
pub(crate) fn difference((was, was_text): (&[Unit], &str), (is, is_text): (&[Unit], &str)) -> Difference {
    let words = |units: &[Unit]| -> Vec<String> {
        units.iter().filter(|unit| unit.kind == Kind::Word).map(|unit| unit.text.clone()).collect()
    };
    let (before, after) = (words(was), words(is));
    let count = |words: &[String], test: fn(&str) -> bool| words.iter().filter(|word| test(word)).count();
    let numbers = |words: &[String]| words.iter().filter(|word| is_number(word)).cloned().collect::<Vec<_>>();
    let lower = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>();
    let sorted = |words: &[String]| {
        let mut words = lower(words);
        words.sort_unstable();
        words
    };
    let kind = if before == after {
        DifferenceKind::Punctuation
    } else if lower(&before) == lower(&after) {
        DifferenceKind::Case
    } else if count(&before, is_negation) != count(&after, is_negation) {
        DifferenceKind::Negation
    } else if numbers(&before) != numbers(&after) && !before.is_empty() && !after.is_empty() {
        DifferenceKind::Number
    } else if after.is_empty() {
        DifferenceKind::LeftOut
    } else if before.is_empty() {
        DifferenceKind::Added
    } else if sorted(&before) == sorted(&after) {
        DifferenceKind::Order
    } else if before.len() == after.len() && before.iter().zip(&after).all(|(a, b)| is_same_stem(a, b)) {
        DifferenceKind::Form
    } else {
        DifferenceKind::Word
    };
    Difference { kind, was: as_written(was, was_text), is: as_written(is, is_text) }
}

/// The words of units, from the first to the last, as the text writes them.
pub(crate) fn as_written(units: &[Unit], text: &str) -> String {
    match (units.first(), units.last()) {
        (Some(first), Some(last)) => text[first.span.start.get()..last.span.end.get()].to_string(),
        _ => String::new(),
    }
}
