//! What articles share, for the brief.

use super::{Link, PassageLine, SharedText};
use crate::Error;
use crate::lookup::Lookup;
use crate::quotation::letters_and_digits;
use crate::visible::on_one_line;
use rapporteur_model::{Passage, PassageWording, Place};
use std::collections::BTreeMap;

/// The links of the story with their passages.
pub(super) fn links(lookup: &Lookup<'_>) -> Result<Vec<Link>, Error> {
    let story = &lookup.reading.story;
    let mut passages: BTreeMap<(usize, usize), Vec<(&Passage, PassageLine)>> = BTreeMap::new();
    for passage in &story.passages {
        let (a, words_a) = lookup.place_words(&passage.a)?;
        let (b, words_b) = lookup.place_words(&passage.b)?;
        let paragraph = |place: &Place, idx: usize| lookup.reading.articles[idx].paragraph_number(place.span);
        let line = PassageLine {
            words_a: on_one_line(words_a),
            words_b: on_one_line(words_b),
            wording: passage.wording,
            n_shared_words: passage.n_shared_words,
            is_quotation: passage.is_quotation,
            paragraph_a: paragraph(&passage.a, a),
            paragraph_b: paragraph(&passage.b, b),
        };
        passages.entry((a, b)).or_default().push((passage, line));
    }
    let mut links = Vec::with_capacity(story.links.len());
    for link in &story.links {
        let (a, b) = (lookup.article_idx(&link.a)?, lookup.article_idx(&link.b)?);
        let mut shared = passages.remove(&(a, b)).unwrap_or_default();
        shared.sort_by_key(|(passage, _)| (passage.a.span, passage.b.span));
        links.push(Link {
            a,
            b,
            relation: link.relation,
            percent_of_a: link.prose.percent_of_a,
            percent_of_b: link.prose.percent_of_b,
            passages: shared.into_iter().map(|(_, line)| line).collect(),
        });
    }
    Ok(links)
}

/// The text groups of the story with the number of passages inside each.
pub(super) fn text_groups(lookup: &Lookup<'_>, links: &[Link]) -> Result<Vec<SharedText>, Error> {
    let mut groups = Vec::new();
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (group_idx, group) in lookup.reading.story.text_groups.iter().enumerate() {
        let articles: Result<Vec<_>, _> = group.articles.iter().map(|id| lookup.article_idx(id)).collect();
        let articles = articles?;
        group_of.extend(articles.iter().map(|&article| (article, group_idx)));
        groups.push(SharedText { articles, n_passages: 0 });
    }
    for link in links {
        if let Some(&group_idx) = group_of.get(&link.a).filter(|group| group_of.get(&link.b) == Some(group)) {
            groups[group_idx].n_passages += link.passages.len();
        }
    }
    Ok(groups)
}

/// A passage with every place that any pair of articles shows.
pub(super) struct FoldedPassage<'b> {
    pub(super) words: &'b str,
    pub(super) wording: PassageWording,
    pub(super) n_shared_words: usize,
    /// Article positions and paragraph numbers, without repetitions.
    pub(super) places: Vec<(usize, Option<usize>)>,
}

/// The passages of all pairs, longest first; those of the same words are one. Copies of copies share
/// the same wording in every pair.
pub(super) fn folded(links: &[Link]) -> Vec<FoldedPassage<'_>> {
    let mut folded: Vec<FoldedPassage<'_>> = Vec::new();
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    for (link, passage) in links.iter().flat_map(|link| link.passages.iter().map(move |passage| (link, passage))) {
        let position = *positions.entry(letters_and_digits(&passage.words_a)).or_insert(folded.len());
        if position == folded.len() {
            folded.push(FoldedPassage {
                words: &passage.words_a,
                wording: passage.wording,
                n_shared_words: passage.n_shared_words,
                places: Vec::new(),
            });
        }
        let entry = &mut folded[position];
        entry.wording = entry.wording.max(passage.wording);
        entry.n_shared_words = entry.n_shared_words.max(passage.n_shared_words);
        entry.places.extend([(link.a, passage.paragraph_a), (link.b, passage.paragraph_b)]);
    }
    for entry in &mut folded {
        entry.places.sort_unstable();
        entry.places.dedup();
    }
    folded.sort_by_key(|entry| std::cmp::Reverse(entry.n_shared_words));
    folded
}
