//! On how many independent origins does a fact rest?

use rapporteur_model::{ArticleId, Origin, Story};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// The number of independent origins of `articles`: a range, because origins that overlap count as one or as two,
/// according to whether the fact stands in the part that they share.
///
/// Articles that the story does not know are left out; none gives `0..=0`.
///
/// # Example
/// ```
/// use rapporteur_model::{ArticleId, Origin, Story};
/// let origin = |name: &str, overlaps: Vec<usize>| Origin {
///     articles: vec![ArticleId::new(name)],
///     first: None,
///     unseen_source: None,
///     overlaps,
/// };
/// let story = Story {
///     origins: vec![origin("a", vec![1]), origin("b", vec![0]), origin("c", vec![])],
///     ..Story::default()
/// };
/// let all = ["a", "b", "c"].map(ArticleId::new);
/// assert_eq!(rapporteur_story::n_independent(&story, &all), 2..=3);
/// ```
pub fn n_independent<'i>(story: &Story, articles: impl IntoIterator<Item = &'i ArticleId>) -> RangeInclusive<usize> {
    let mut origin_of: BTreeMap<&ArticleId, usize> = BTreeMap::new();
    for (idx, origin) in story.origins.iter().enumerate() {
        origin_of.extend(origin.articles.iter().map(|article| (article, idx)));
    }
    let origins: BTreeSet<usize> = articles.into_iter().filter_map(|id| origin_of.get(id).copied()).collect();
    n_apart(&story.origins, &origins)..=origins.len()
}

/// How many remain where all that overlap, one with the next, are taken as one.
fn n_apart(origins: &[Origin], chosen: &BTreeSet<usize>) -> usize {
    let mut open = chosen.clone();
    let mut n = 0;
    while let Some(start) = open.pop_first() {
        n += 1;
        let mut reached = vec![start];
        while let Some(origin) = reached.pop() {
            for next in &origins[origin].overlaps {
                if open.remove(next) {
                    reached.push(*next);
                }
            }
        }
    }
    n
}
