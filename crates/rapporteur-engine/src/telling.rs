//! From articles that were read alone to their story: what the pile tells of furniture and of dates, what people put right
//! by hand, and then the story.
//!
//! A run over inputs and a case go the same way, so that a story does not show in how many steps its articles came.

use crate::Error;
use crate::workers::Pool;
use rapporteur_model::{Article, ArticleId, CivilDate, Corrected, Correction, Evidenced, FurnitureKind, Record, Story};
use rapporteur_story::{Corrections, Issues, Wording, mask_repeated, without_repeated};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::HashMap;

/// What goes into a story.
pub(crate) struct Materials<'a> {
    /// By location and then id.
    pub(crate) articles: Vec<Article>,
    /// One for each article, as it was made of the article alone.
    pub(crate) records: Vec<Record>,
    /// Records that were made anew before with a date that other articles tell.
    pub(crate) dated: HashMap<ArticleId, (CivilDate, Record)>,
    /// The log of corrections.
    pub(crate) log: &'a [Correction],
    /// The list of common issues.
    pub(crate) issues: &'a Issues,
}

/// A story with what it was told of.
pub(crate) struct Told {
    /// With what the pile tells of them.
    pub(crate) articles: Vec<Article>,
    /// With what the pile tells and corrections change.
    pub(crate) records: Vec<Record>,
    pub(crate) story: Story,
    pub(crate) corrected: Corrected,
    /// Records that were made anew just now.
    pub(crate) newly_dated: Vec<(ArticleId, CivilDate, Record)>,
}

/// Tells the story. `again` makes the record of an article that has a date which it does not state.
pub(crate) fn told(
    materials: Materials<'_>,
    threads: &ThreadPool,
    again: &(dyn Fn(&Article) -> Result<Record, Error> + Sync),
) -> Result<Told, Error> {
    let Materials { mut articles, mut records, dated, log, issues } = materials;
    let workers = Pool(threads);
    mask_repeated(&mut articles, &workers);
    let mask = |(article, record): (&Article, &mut Record)| {
        if let Some(masked) = without_repeated(article, record) {
            *record = masked;
        }
    };
    articles.iter().zip(&mut records).for_each(mask);
    let wording = Wording::of(&articles, &records, &workers);
    let dates: HashMap<ArticleId, Evidenced<CivilDate>> =
        wording.missing_dates(&articles, &records).into_iter().collect();
    let read_again = |(article, record): (&mut Article, &mut Record)| {
        let Some(date) = dates.get(&article.id) else { return Ok(None) };
        article.published = Some(date.clone());
        let known = dated.get(&article.id).filter(|(known, _)| *known == date.value).map(|(_, record)| record.clone());
        let is_new = known.is_none();
        // Times are reckoned from an article's date: with the date that others tell its record is made once more, of
        // the article alone as before.
        let alone = match known {
            Some(record) => record,
            None => again(&without_mask(article))?,
        };
        *record = without_repeated(article, &alone).unwrap_or_else(|| alone.clone());
        Ok(is_new.then(|| (article.id.clone(), date.value, alone)))
    };
    let newly_dated: Vec<Option<_>> =
        threads.install(|| articles.par_iter_mut().zip(&mut records).map(read_again).collect::<Result<_, Error>>())?;
    let corrections = Corrections::resolve(log, &articles, &records);
    corrections.correct(&mut records);
    let (story, corrected) = wording.tell_corrected(&articles, &records, issues, &corrections);
    Ok(Told { articles, records, story, corrected, newly_dated: newly_dated.into_iter().flatten().collect() })
}

/// The article as it was read alone.
fn without_mask(article: &Article) -> Article {
    let mut alone = article.clone();
    alone.furniture.retain(|furniture| furniture.kind != FurnitureKind::Repeated);
    alone
}
