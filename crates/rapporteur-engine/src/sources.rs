//! Articles as they come out of their inputs, and where their texts come from: what needs no language model.

use crate::Error;
use crate::inputs::{self, Input};
use crate::run::{Options, article_of, threads, write_or_skip};
use crate::stream::{Progress, for_each};
use crate::workers::Pool;
use rapporteur_model::{Article, ArticleId, ArticleLink, Passage, Place, Record, Skipped, Story};
use rapporteur_story::LineageIndex;
use std::collections::{BTreeMap, BTreeSet};

/// Texts up to so many bytes are kept while a pile is related; of a larger pile those that are quoted are read again.
const MAX_KEPT_BYTES: usize = 256 << 20;

/// Where the texts of a pile come from.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    /// The articles, by location and then id, without their texts.
    pub articles: Vec<Article>,
    /// Links, text groups, origins, flaws and versions; no actors and no passages.
    pub story: Story,
    /// Inputs that were not read.
    pub skipped: Vec<Skipped>,
    /// The words at the places that were quoted.
    words: BTreeMap<Place, String>,
}

impl Lineage {
    /// The words at a place that was quoted; `None` where its article could not be read again.
    pub fn words(&self, place: &Place) -> Option<String> {
        self.words.get(place).cloned()
    }
}

/// Relates the texts of all articles that `inputs` name. `quoted` tells of which places the words will be asked for. Of
/// the texts no more than 256 MiB are held, however large the pile is, and of a larger one those with quoted places are
/// read again; the index takes about six bytes a word.
///
/// # Errors
/// If threads cannot be started. An input that cannot be read is listed in [`Lineage::skipped`].
pub fn lineage(
    inputs: &[Input],
    options: &Options,
    quoted: impl Fn(&Story) -> Vec<Place>,
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<Lineage, Error> {
    let (found, mut skipped) = inputs::find(inputs);
    let threads = threads(options)?;
    let mut index = LineageIndex::default();
    let (mut texts, mut n_kept_bytes) = (BTreeMap::new(), 0);
    let mut take = |article: Article| {
        if n_kept_bytes + article.text.len() <= MAX_KEPT_BYTES {
            n_kept_bytes += article.text.len();
            texts.insert(article.id.clone(), article.text.clone());
        }
        index.add(article, None);
        Ok::<(), Error>(())
    };
    let make = |entry| article_of(entry, options);
    for_each(&found, &options.reading, &threads, on_progress, make, write_or_skip(&mut take, &mut skipped))?;
    let (articles, story) = index.relate_with(&Pool(&threads));
    let mut wanted: BTreeMap<ArticleId, BTreeSet<Place>> = BTreeMap::new();
    for place in quoted(&story) {
        wanted.entry(place.article.clone()).or_default().insert(place);
    }
    let mut words = BTreeMap::new();
    wanted.retain(|id, places| match texts.get(id) {
        Some(text) => {
            words.extend(words_at(text, places));
            false
        }
        None => true,
    });
    drop(texts);
    if !wanted.is_empty() {
        // Standard input cannot be read twice; what stood there has no words then.
        let again = |entry| {
            let article = article_of(entry, options).ok()?;
            Some(words_at(&article.text, wanted.get(&article.id)?))
        };
        for_each(&found, &options.reading, &threads, &|_| {}, again, |found| {
            words.extend(found.into_iter().flatten());
            Ok::<(), Error>(())
        })?;
    }
    skipped.sort();
    Ok(Lineage { articles, story, skipped, words })
}

/// Relates the texts of articles that `fill` adds one by one, with their records, for a pile with more pairs than can be held:
/// `take` gets each link that tells where an article belongs ([`LineageIndex::relate_each`]). Gives the articles, by location
/// and then id, without their texts, and the story, which has no links.
///
/// # Errors
/// If threads cannot be started, and what `fill` gives.
pub fn relate_each<E: From<Error>>(
    options: &Options,
    fill: impl FnOnce(&mut dyn FnMut(Article, &Record)) -> Result<(), E>,
    take: &mut dyn FnMut(ArticleLink, Vec<Passage>),
) -> Result<(Vec<Article>, Story), E> {
    let threads = threads(options)?;
    let mut index = LineageIndex::default();
    fill(&mut |article, record| index.add(article, Some(record)))?;
    Ok(index.relate_each(&Pool(&threads), take))
}

/// The words of a text at these places.
fn words_at(text: &str, places: &BTreeSet<Place>) -> Vec<(Place, String)> {
    let words = |place: &Place| {
        let words = text.get(place.span.start.get()..place.span.end.get())?;
        Some((place.clone(), words.to_string()))
    };
    places.iter().filter_map(words).collect()
}

/// Hands each article that `inputs` name to `write`, in the order of the inputs, as what `render` makes of it on the
/// same thread. Gives the inputs that were skipped.
///
/// # Errors
/// If threads cannot be started, or if `write` fails, which ends the run.
pub fn articles<T: Send, E: From<Error>>(
    inputs: &[Input],
    options: &Options,
    render: impl Fn(Article) -> T + Sync,
    on_progress: &(dyn Fn(Progress) + Sync),
    mut write: impl FnMut(T) -> Result<(), E>,
) -> Result<Vec<Skipped>, E> {
    let (found, mut skipped) = inputs::find(inputs);
    let threads = threads(options)?;
    let render_one = |entry| Ok(render(article_of(entry, options)?));
    for_each(&found, &options.reading, &threads, on_progress, render_one, write_or_skip(&mut write, &mut skipped))?;
    Ok(skipped)
}
