//! When was an article written that does not say so itself?

use rapporteur_model::{Article, ArticleId, CivilDate, Evidence, Evidenced, Passage, Place, Record, TimexAnchor};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many passages must name days that are reckoned from the other article's date: one may be a quotation of old
/// words.
const MIN_PASSAGES: usize = 2;

/// The dates of articles that have none, as [`crate::Wording::missing_dates`] gives them, by the passages of the articles;
/// `sides` are the positions of each passage's two articles, `records` stand as the articles do.
pub(crate) fn missing_dates(
    articles: &[Article],
    records: &[Option<&Record>],
    passages: &[Passage],
    sides: &[(u32, u32)],
) -> Vec<(ArticleId, Evidenced<CivilDate>)> {
    let date = |(article, record): (&Article, &Option<&Record>)| {
        let stated = article.published.as_ref();
        stated.or_else(|| record.as_ref()?.inferred_date.as_ref()).map(|date| date.value)
    };
    let dates: Vec<Option<CivilDate>> = articles.iter().zip(records).map(date).collect();
    // For each article without a date those with one that share passages with days in them.
    let mut shared: BTreeMap<&ArticleId, BTreeMap<usize, usize>> = BTreeMap::new();
    for (passage, (a, b)) in passages.iter().zip(sides).filter(|(passage, _)| !passage.is_quotation) {
        let (a, b) = (*a as usize, *b as usize);
        for (open, other, place) in [(a, b, &passage.b), (b, a, &passage.a)] {
            let is_open = dates[open].is_none() && dates[other].is_some();
            if is_open && records[other].is_some_and(|record| names_days(record, place)) {
                *shared.entry(&articles[open].id).or_default().entry(other).or_default() += 1;
            }
        }
    }
    let dated = |(article, others): (&ArticleId, BTreeMap<usize, usize>)| {
        let enough = others.into_iter().filter(|(_, n_passages)| *n_passages >= MIN_PASSAGES);
        let best = enough.min_by_key(|(other, n_passages)| {
            (Reverse(*n_passages), dates[*other].map(|date| date.to_string()), &articles[*other].id)
        });
        let (other, n_passages) = best?;
        let value = dates[other]?;
        let name = &articles[other].name;
        let reason = format!("shares {n_passages} passages that name days with {name} of {value}");
        Some((article.clone(), Evidenced { value, evidence: Evidence::Inferred(reason) }))
    };
    shared.into_iter().filter_map(dated).collect()
}

/// Whether a stretch of a record's article holds a time that is reckoned from the article's date.
fn names_days(record: &Record, place: &Place) -> bool {
    // They stand in text order and do not overlap.
    let first = record.timexes.partition_point(|timex| timex.span.start < place.span.start);
    let mut inside = record.timexes[first..].iter().take_while(|timex| place.span.contains(timex.span));
    inside.any(|timex| timex.anchor == TimexAnchor::Published)
}
