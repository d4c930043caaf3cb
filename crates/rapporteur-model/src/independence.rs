use crate::{ArticleId, Origin, Story};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Tells on how many independent origins a fact rests.
///
/// # Example
/// ```
/// use rapporteur_model::{ArticleId, Independence, Origin, Story};
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
/// assert_eq!(Independence::of(&story).n_origins(&all), 2..=3);
/// ```
#[derive(Debug, Clone)]
pub struct Independence<'s> {
    origins: &'s [Origin],
    origin_of: BTreeMap<&'s ArticleId, usize>,
}

impl<'s> Independence<'s> {
    /// Looks up the origins of the story's articles.
    pub fn of(story: &'s Story) -> Self {
        let mut origin_of = BTreeMap::new();
        for (idx, origin) in story.origins.iter().enumerate() {
            origin_of.extend(origin.articles.iter().map(|article| (article, idx)));
        }
        Independence { origins: &story.origins, origin_of }
    }

    /// The number of independent origins of what `articles` tell: a range, because origins that overlap count as one
    /// or as two, according to whether it stands in the part that they share. Articles that the story does not know
    /// are left out; none gives `0..=0`.
    pub fn n_origins<'i>(&self, articles: impl IntoIterator<Item = &'i ArticleId>) -> RangeInclusive<usize> {
        let known = articles.into_iter().filter_map(|id| self.origin_of.get(id).copied());
        let origins: BTreeSet<usize> = known.collect();
        self.n_apart(origins.clone())..=origins.len()
    }

    /// How many remain where all that overlap, one with the next, are taken as one.
    fn n_apart(&self, mut open: BTreeSet<usize>) -> usize {
        let mut n = 0;
        while let Some(start) = open.pop_first() {
            n += 1;
            let mut reached = vec![start];
            while let Some(origin) = reached.pop() {
                for next in &self.origins[origin].overlaps {
                    if open.remove(next) {
                        reached.push(*next);
                    }
                }
            }
        }
        n
    }
}
