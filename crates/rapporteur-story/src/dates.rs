//! When was an article written that does not say so itself?

use rapporteur_model::{Article, ArticleId, CivilDate, Evidence, Evidenced, Passage, Place, Record, TimexAnchor};
use std::collections::BTreeMap;

/// So many passages must name days that are reckoned from the other article's date: one may be a quotation of old
/// words.
const MIN_PASSAGES: usize = 2;

/// The dates of articles that have none, as [`crate::Wording::missing_dates`] gives them, by the passages of the articles.
pub(crate) fn missing_dates(
    articles: &[Article],
    records: &[Record],
    passages: &[Passage],
) -> Vec<(ArticleId, Evidenced<CivilDate>)> {
    let articles: BTreeMap<&ArticleId, &Article> = articles.iter().map(|article| (&article.id, article)).collect();
    let records: BTreeMap<&ArticleId, &Record> = records.iter().map(|record| (&record.article, record)).collect();
    let date_of = |id: &ArticleId| {
        let stated = articles.get(id)?.published.as_ref();
        stated.or_else(|| records.get(id)?.inferred_date.as_ref()).map(|date| date.value)
    };
    // For each article without a date those with one that share passages with days in them.
    let mut shared: BTreeMap<&ArticleId, BTreeMap<&ArticleId, usize>> = BTreeMap::new();
    let is_prose = |passage: &&Passage| !passage.is_quotation;
    for passage in passages.iter().filter(is_prose) {
        for (place, other) in [(&passage.a, &passage.b), (&passage.b, &passage.a)] {
            let is_open = date_of(&place.article).is_none() && date_of(&other.article).is_some();
            if is_open && records.get(&other.article).is_some_and(|record| names_days(record, other)) {
                *shared.entry(&place.article).or_default().entry(&other.article).or_default() += 1;
            }
        }
    }
    let dated = |(article, others): (&ArticleId, BTreeMap<&ArticleId, usize>)| {
        let best = others.into_iter().filter(|(_, n_passages)| *n_passages >= MIN_PASSAGES).min_by_key(
            |&(other, n_passages)| (std::cmp::Reverse(n_passages), date_of(other).map(|date| date.to_string()), other),
        );
        let (other, n_passages) = best?;
        let value = date_of(other)?;
        let name = &articles.get(other)?.name;
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
