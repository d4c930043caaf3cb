//! Why does the program say this of that place? [`explain`] finds all that covers a place of an article and
//! gives the reasons for each, as far as the record tells them.
//!
//! A *place* is a position in code points, as the JSON has them, or words to look for. A *part* is the stretch
//! of an item that the place stands in: the cue of a statement, the source of an event.

mod events;
mod items;
mod json;
mod text;

use crate::Error;
use crate::check::{check_article, check_record, words};
use crate::describe::Told;
use rapporteur_model::{Article, Record, Span};

pub use json::{FORMAT, VERSION, schema};

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// The code point with this number, counted from 0.
    Offset(usize),
    /// The first stretch of the article with these words, however they are spaced.
    Words(&'a str),
}

/// What there is to say of a place.
#[derive(Debug)]
pub enum Answer<'a> {
    /// Something stands there.
    Explained(Explanation<'a>),
    /// Nothing was found there.
    NothingThere(Explanation<'a>),
    /// The article does not have the words.
    NoSuchWords,
    /// The article ends before; it has so many code points.
    PastEnd(usize),
}

/// A place of an article with all that covers it.
#[derive(Debug)]
pub struct Explanation<'a> {
    article: &'a Article,
    place: Span,
    sentence: Option<Span>,
    items: Vec<Explained>,
}

/// An item of the record and the reasons for it.
#[derive(Debug)]
struct Explained {
    /// The list of the record that it stands in, by the name that it has in the JSON.
    list: &'static str,
    /// Its position there.
    index: usize,
    /// What it is, for a heading.
    title: String,
    /// The part of it that the place stands in.
    part: &'static str,
    facts: Vec<Fact>,
}

/// One thing to know about an item.
#[derive(Debug)]
struct Fact {
    name: &'static str,
    value: String,
    /// The words that show it.
    span: Option<Span>,
}

/// All that covers `place`; `sentences` are those that the record was read over, in text order.
///
/// # Errors
/// If the article, its record and the sentences do not fit together.
pub fn explain<'a>(
    article: &'a Article,
    sentences: &[Span],
    record: &'a Record,
    place: Place<'_>,
) -> Result<Answer<'a>, Error> {
    check_article(article)?;
    check_record(article, record)?;
    for &sentence in sentences {
        words(article, "a sentence", sentence)?;
    }
    let place = match place {
        Place::Offset(offset) => match article.text.char_indices().nth(offset) {
            Some((start, c)) => Span::new(start, start + c.len_utf8()),
            None => return Ok(Answer::PastEnd(article.text.chars().count())),
        },
        Place::Words(words) => match find(&article.text, words) {
            Some(span) => span,
            None => return Ok(Answer::NoSuchWords),
        },
    };
    let n_begun = sentences.partition_point(|sentence| sentence.start <= place.start);
    let sentence = n_begun.checked_sub(1).map(|idx| sentences[idx]);
    let items = items::covering(Told { article, record }, place);
    let explanation = Explanation { article, place, sentence, items };
    Ok(match explanation.items.is_empty() {
        true => Answer::NothingThere(explanation),
        false => Answer::Explained(explanation),
    })
}

/// The first stretch of `text` with the words of `sought`, with any white space between them.
fn find(text: &str, sought: &str) -> Option<Span> {
    let mut words = sought.split_whitespace();
    let first = words.next()?;
    let rest: Vec<&str> = words.collect();
    let end_of = |start: usize| {
        let mut end = start + first.len();
        for word in &rest {
            let after = text[end..].trim_start();
            let is_apart = after.len() < text.len() - end;
            if !is_apart || !after.starts_with(word) {
                return None;
            }
            end = text.len() - after.len() + word.len();
        }
        Some(end)
    };
    text.match_indices(first).find_map(|(start, _)| Some(Span::new(start, end_of(start)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_spaced() {
        let found = |sought| find("a no one\r\n  came, no two", sought).map(|span| (span.start.get(), span.end.get()));
        assert_eq!(found("no"), Some((2, 4)));
        assert_eq!(found("one came"), Some((5, 16)));
        assert_eq!(found("no  two"), Some((18, 24)));
        assert_eq!((found("no three"), found("noone"), found(" ")), (None, None, None));
    }
}
