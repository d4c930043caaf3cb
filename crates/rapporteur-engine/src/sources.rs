//! Articles as they come out of their inputs, and where their texts come from: what needs no language model.

use crate::Error;
use crate::inputs::{self, Found, Input};
use crate::run::{Options, article_of, threads};
use crate::stream::{Progress, for_each};
use rapporteur_model::{Article, ArticleId, Place, Skipped, Story};
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
    /// The texts of the articles that hold one of the quoted places.
    texts: BTreeMap<ArticleId, String>,
}

impl Lineage {
    /// The words at a place that was quoted; `None` where its article could not be read again.
    pub fn words(&self, place: &Place) -> Option<String> {
        let text = self.texts.get(&place.article)?;
        text.get(place.span.start.get()..place.span.end.get()).map(String::from)
    }
}

/// Relates the texts of all articles that `inputs` name. `quoted` tells of which places the words will be asked for. Of
/// the texts no more than 256 MiB are held, however large the pile is; the index takes about ten bytes a word.
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
    let take = |article| {
        match article {
            Ok(article) => {
                let article: Article = article;
                if n_kept_bytes + article.text.len() <= MAX_KEPT_BYTES {
                    n_kept_bytes += article.text.len();
                    texts.insert(article.id.clone(), article.text.clone());
                }
                index.add(article, None);
            }
            Err(reason) => skipped.push(reason),
        }
        Ok::<(), Error>(())
    };
    for_each(&found, &options.reading, &threads, on_progress, |entry| article_of(entry, options), take)?;
    let (articles, story) = index.relate();
    let wanted: BTreeSet<ArticleId> = quoted(&story).into_iter().map(|place| place.article).collect();
    texts.retain(|id, _| wanted.contains(id));
    let missing: BTreeSet<&ArticleId> = wanted.iter().filter(|id| !texts.contains_key(*id)).collect();
    if !missing.is_empty() {
        read_again(&found, options, &missing, &mut texts)?;
    }
    skipped.sort();
    Ok(Lineage { articles, story, skipped, texts })
}

/// Adds the texts of the missing articles. Standard input cannot be read twice.
fn read_again(
    found: &[Found<'_>],
    options: &Options,
    missing: &BTreeSet<&ArticleId>,
    texts: &mut BTreeMap<ArticleId, String>,
) -> Result<(), Error> {
    let threads = threads(options)?;
    let wanted = |entry| article_of(entry, options).ok().filter(|article| missing.contains(&article.id));
    for_each(found, &options.reading, &threads, &|_| {}, wanted, |article| {
        texts.extend(article.map(|article: Article| (article.id, article.text)));
        Ok(())
    })
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
    for_each(&found, &options.reading, &threads, on_progress, render_one, |rendered| match rendered {
        Ok(rendered) => write(rendered),
        Err(reason) => {
            skipped.push(reason);
            Ok(())
        }
    })?;
    Ok(skipped)
}
