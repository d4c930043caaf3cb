//! What was found in one article, under the words it was found in, for people who look.
//!
//! A *row* is a line of the article as the terminal shows it. Below each row stand the items that begin in it,
//! one a line: a line of marks under the words, and beside it what is marked. The words of a statement are
//! marked in every row that they reach.

mod items;
mod paint;
pub(crate) mod rows;

use crate::check::{check_article, check_record, words};
use crate::describe::Told;
use crate::{Error, Style};
use rapporteur_model::{Article, Record, Span};

/// What can be shown under the text. The order is that of items that begin at the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Who said what: source (`-`), cue (`^`) and content (`~`).
    Statements,
    /// Who did what to whom, under the trigger.
    Events,
    /// What parties hold: trigger (`^`) and object (`~`).
    Stances,
    /// Expressions of time with their values.
    Time,
    /// Numbers of things.
    Quantities,
    /// Expressions that refer to somebody, with whom.
    Actors,
}

impl Layer {
    /// All layers.
    pub const ALL: [Layer; 6] =
        [Layer::Statements, Layer::Events, Layer::Stances, Layer::Time, Layer::Quantities, Layer::Actors];

    /// The name, as a user writes it.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Statements => "statements",
            Layer::Events => "events",
            Layer::Stances => "stances",
            Layer::Time => "time",
            Layer::Quantities => "quantities",
            Layer::Actors => "actors",
        }
    }

    /// The layer of that name.
    pub fn named(name: &str) -> Option<Layer> {
        Layer::ALL.into_iter().find(|layer| layer.name() == name)
    }

    /// The number of its colour on a terminal.
    fn color(self) -> u8 {
        match self {
            Layer::Statements => 32,
            Layer::Events => 33,
            Layer::Stances => 35,
            Layer::Time => 36,
            Layer::Quantities => 34,
            Layer::Actors => 31,
        }
    }
}

/// The article sentence by sentence with the items of `layers` under it; `sentences` are those that the record
/// was read over, in text order.
///
/// # Errors
/// If the article, its record and the sentences do not fit together.
pub fn to_text(
    article: &Article,
    sentences: &[Span],
    record: &Record,
    layers: &[Layer],
    style: Style,
) -> Result<String, Error> {
    check_article(article)?;
    check_record(article, record)?;
    for &sentence in sentences {
        words(article, "a sentence", sentence)?;
    }
    Ok(paint::paint(Told { article, record }, sentences, layers, style))
}

/// The sentences of a document, as far as they hold words.
pub fn sentences(doc: &rapporteur_text::Document) -> Vec<Span> {
    let trimmed = doc.sentences().filter_map(|sentence| {
        let mut words = sentence.tokens().filter(|token| !token.is_space()).map(|token| token.span());
        let first = words.next()?;
        let last = words.next_back().unwrap_or(first);
        Some(Span::new(first.start as usize, last.end as usize))
    });
    trimmed.collect()
}
