//! Words that judge, in one of two accounts that share their wording.

use super::phrases::Phrases;
use super::{Reading, Told, tension};
use crate::data_file::words;
use crate::pile::Pile;
use hashbrown::HashSet;
use rapporteur_model::{PassageWording, Span, Tension, TensionKind};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) fn find(pile: &Pile<'_>, _: &Told<'_>, tensions: &mut Vec<Tension>) {
    // The word that judges with the one it stands before; with it, without it.
    let mut found: BTreeMap<(String, String), [Reading; 2]> = BTreeMap::new();
    let places = places(pile);
    let altered = pile.passages().filter(|(passage, ..)| passage.wording == PassageWording::NearVerbatim);
    for (passage, idx_a, idx_b) in altered {
        let (a, b) = ((idx_a, passage.a.span), (idx_b, passage.b.span));
        for (with, without) in [(a, b), (b, a)] {
            let first = places[with.0].partition_point(|place| place.start < with.1.start);
            if places[with.0].get(first).is_none_or(|place| place.end > with.1.end) {
                continue;
            }
            for (loaded, pair, bare) in only_in(pile, with, without) {
                let readings =
                    found.entry(loaded).or_insert_with(|| [Reading::new("with", []), Reading::new("without", [])]);
                readings[0].places.insert(pair);
                readings[1].places.insert(bare);
            }
        }
    }
    for readings in found.into_values() {
        let reason = "a word that judges stands in one account and not in the other";
        tensions.push(tension(pile, TensionKind::Emphasis, reason, readings.into()));
    }
}

/// The judging word and its noun, where they stand, and where the noun stands alone.
type Found = ((String, String), (usize, Span), (usize, Span));

/// The words that judge in `with` of which `without` has none, before a word that it has.
fn only_in(pile: &Pile<'_>, (idx, span): (usize, Span), (other_idx, other_span): (usize, Span)) -> Vec<Found> {
    let mut found = Vec::new();
    let there = split(pile.words(other_idx, other_span), other_span.start.get());
    let here = split(pile.words(idx, span), span.start.get());
    for pair in here.windows(2).filter(|pair| LOADED.contains(pair[0].0.as_str())) {
        let is_there = there.iter().any(|(word, _)| *word == pair[0].0);
        let bare = there.iter().find(|(word, _)| *word == pair[1].0).filter(|_| !is_there);
        if let Some((_, span)) = bare {
            let key = (pair[0].0.clone(), pair[1].0.clone());
            found.push((key, (idx, pair[0].1.hull(pair[1].1)), (other_idx, *span)));
        }
    }
    found
}

static LOADED: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("../../data/loaded-words.txt")));

/// Where words of each article stand that may judge. Few passages have one: the words are not copied for it.
fn places(pile: &Pile<'_>) -> Vec<Vec<Span>> {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(LOADED.iter().copied()));
    let in_article = |article_idx| PHRASES.in_text(&pile.article(article_idx).text.to_ascii_lowercase());
    (0..pile.n_articles()).map(in_article).collect()
}

fn is_between_words(c: char) -> bool {
    !c.is_alphanumeric() && c != '-'
}

/// The words of a stretch in lower case with where they stand; `offset` is where it begins in the article.
fn split(text: &str, offset: usize) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(is_between_words) {
        if !word.is_empty() {
            words.push((word.to_lowercase(), Span::new(offset + at, offset + at + word.len())));
        }
        // Every separator is one character; its length is known from what follows.
        let end = at + word.len();
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_judges_begins_with_two_letters() {
        for word in LOADED.iter() {
            assert!(word.bytes().take(2).all(|byte| byte.is_ascii_lowercase()) && word.len() > 1, "{word}");
        }
    }
}
