//! Words that judge, in one of two accounts that share their wording.

use super::{Reading, tension};
use crate::data_file::words;
use crate::pile::Pile;
use hashbrown::HashSet;
use rapporteur_model::{PassageWording, Place, Span, Tension, TensionKind};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) fn find(pile: &Pile<'_>, tensions: &mut Vec<Tension>) {
    // The word that judges with the one it stands before; with it, without it.
    let mut found: BTreeMap<(String, String), [Reading; 2]> = BTreeMap::new();
    let altered = pile.story.passages.iter().filter(|passage| passage.wording == PassageWording::NearVerbatim);
    for passage in altered {
        for (with, without) in [(&passage.a, &passage.b), (&passage.b, &passage.a)] {
            for (loaded, pair, bare) in only_in(pile, with, without).into_iter().flatten() {
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
fn only_in(pile: &Pile<'_>, with: &Place, without: &Place) -> Option<Vec<Found>> {
    static LOADED: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("../../data/loaded-words.txt")));
    let (idx, other_idx) = (pile.article_idx(&with.article)?, pile.article_idx(&without.article)?);
    let there = split(pile.words(other_idx, without.span), without.span.start.get());
    let here = split(pile.words(idx, with.span), with.span.start.get());
    let mut found = Vec::new();
    for pair in here.windows(2).filter(|pair| LOADED.contains(pair[0].0.as_str())) {
        let is_there = there.iter().any(|(word, _)| *word == pair[0].0);
        let bare = there.iter().find(|(word, _)| *word == pair[1].0).filter(|_| !is_there);
        if let Some((_, span)) = bare {
            let key = (pair[0].0.clone(), pair[1].0.clone());
            found.push((key, (idx, pair[0].1.hull(pair[1].1)), (other_idx, *span)));
        }
    }
    Some(found)
}

/// The words of a stretch in lower case with where they stand; `offset` is where it begins in the article.
fn split(text: &str, offset: usize) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '-') {
        if !word.is_empty() {
            words.push((word.to_lowercase(), Span::new(offset + at, offset + at + word.len())));
        }
        // Every separator is one character; its length is known from what follows.
        let end = at + word.len();
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    words
}
