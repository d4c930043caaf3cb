//! The articles of a pile, one after the other, and what relates them in the end.

use crate::lineage::flaws::text_flaws;
use crate::lineage::links::{RelatedPair, Shown, link, links, related_pairs, telling_pairs, text_groups};
use crate::lineage::origins::origins;
use crate::lineage::passages::{SharedPair, pair_passages, shared_wording};
use crate::lineage::text::{Texts, fitted};
use crate::lineage::versions::versions;
use crate::repeated::{Print, mask, prints, site_of};
use crate::workers::{Alone, Workers};
use rapporteur_model::{Article, ArticleLink, Passage, Record, Story};

/// An index over the wording of articles, to which they are added one by one.
///
/// It keeps six bytes a word and what is known of each article, not the texts: a pile that is larger than the memory
/// can be related all the same.
///
/// # Example
/// ```
/// let mut index = rapporteur_story::LineageIndex::default();
/// # let articles: Vec<rapporteur_model::Article> = Vec::new();
/// for article in articles {
///     index.add(article, None);
/// }
/// let (articles, story) = index.relate();
/// assert!(story.links.is_empty() && articles.is_empty());
/// ```
#[derive(Default)]
pub struct LineageIndex {
    articles: Vec<Article>,
    texts: Texts,
    prints: Vec<Vec<Print>>,
}

impl LineageIndex {
    /// Adds an article and lets its text go. With its record what that finds quoted counts as quoted.
    pub fn add(&mut self, mut article: Article, record: Option<&Record>) {
        self.texts.add(&article, record);
        // Where no site is known nothing is repeated over it.
        self.prints.push(site_of(&article).map(|_| prints(&article)).unwrap_or_default());
        article.text = String::new();
        article.paragraphs = fitted(&article.paragraphs);
        self.articles.push(article);
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// What relates the articles: links, text groups, origins, flaws and versions, without passages and actors. Beside
    /// it the articles, sorted by location and then id, without their texts, and with what their sites repeat as
    /// furniture. The order in which they were added does not show.
    pub fn relate(self) -> (Vec<Article>, Story) {
        self.relate_with(&Alone)
    }

    /// [`LineageIndex::relate`], by `workers`, who do not show in what comes of it.
    pub fn relate_with(self, workers: &dyn Workers) -> (Vec<Article>, Story) {
        let (articles, texts) = self.in_order();
        let shared = shared_wording(&texts, workers);
        let story = lineage(&articles, &texts, shared, workers);
        (articles, story)
    }

    /// [`LineageIndex::relate_with`] for a pile with more pairs than can be held as links: of many copies not each pair is
    /// told, but those that tell where an article belongs. Each link is handed to `take` with its passages, in the order of
    /// the articles, and let go; the story has none. Of what shows a direction links have the kind.
    pub fn relate_each(
        self,
        workers: &dyn Workers,
        take: &mut dyn FnMut(ArticleLink, Vec<Passage>),
    ) -> (Vec<Article>, Story) {
        let (articles, texts) = self.in_order();
        let shared = shared_wording(&texts, workers);
        let pairs = related_pairs(&articles, &texts, shared, Shown::Kind, workers);
        let story = related_story(&articles, &texts, &pairs);
        for pair in telling_pairs(&articles, &story.origins, pairs) {
            let passages = pair_passages(&articles, &texts, &pair.pair);
            take(link(&articles, pair), passages);
        }
        (articles, story)
    }

    /// The articles by location and then id, and their words.
    fn in_order(self) -> (Vec<Article>, Texts) {
        let LineageIndex { mut articles, mut texts, prints } = self;
        let is_masked = mask(&mut articles, &prints);
        for (idx, article) in articles.iter().enumerate().filter(|(idx, _)| is_masked[*idx]) {
            texts.mask(idx, article);
        }
        if is_masked.contains(&true) {
            texts.recount();
        }
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by(|a, b| {
            let key = |idx: &usize| (&articles[*idx].location, &articles[*idx].id);
            key(a).cmp(&key(b))
        });
        put_in_order(order, |a, b| {
            articles.swap(a, b);
            texts.swap(a, b);
        });
        (articles, texts)
    }
}

/// Swaps things until they are in order where they are, without room for a second list: first the one at `order[0]`, and
/// so on.
fn put_in_order(mut order: Vec<usize>, mut swap: impl FnMut(usize, usize)) {
    for first in 0..order.len() {
        // Each place takes what belongs there from a place that is next, until what stood at the first is at its own.
        let mut place = first;
        while order[place] != first {
            let from = std::mem::replace(&mut order[place], place);
            swap(place, from);
            place = from;
        }
        order[place] = place;
    }
}

/// What relates `articles`, whose words are `texts` and of which `shared` have wording in common; the passages and the
/// actors are left open.
pub(crate) fn lineage(articles: &[Article], texts: &Texts, shared: Vec<SharedPair>, workers: &dyn Workers) -> Story {
    let pairs = related_pairs(articles, texts, shared, Shown::Whole, workers);
    let story = related_story(articles, texts, &pairs);
    Story { links: links(articles, pairs), ..story }
}

/// What the pairs tell together; the links are left open.
fn related_story(articles: &[Article], texts: &Texts, pairs: &[RelatedPair]) -> Story {
    Story {
        text_groups: text_groups(articles, pairs),
        origins: origins(articles, &texts.lengths(), pairs),
        text_flaws: text_flaws(articles, texts, pairs),
        versions: versions(articles, pairs),
        ..Story::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn swaps_put_things_in_order(order in Just((0..40usize).collect::<Vec<_>>()).prop_shuffle()) {
            let mut things: Vec<usize> = (0..order.len()).collect();
            put_in_order(order.clone(), |a, b| things.swap(a, b));
            prop_assert_eq!(things, order);
        }
    }
}
