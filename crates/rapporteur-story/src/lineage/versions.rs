//! Which articles replace others?

use crate::address::plain;
use crate::lineage::links::RelatedPair;
use rapporteur_model::{Article, Evidence, Relation, Version};
use std::collections::BTreeMap;

/// Two texts at one address are versions of one article where so much of one of them stands in the other: a first flash
/// of a few lines is part of what is written later, and the front page of a site has another text each day.
const MIN_PERCENT: u8 = 30;

/// The articles that replace others: published at the same address, sharing a good part of the text, told apart by when they
/// were changed or published. Of several versions each replaces the one before it.
pub(crate) fn versions(articles: &[Article], pairs: &[RelatedPair]) -> Vec<Version> {
    let mut by_address: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, article) in articles.iter().enumerate() {
        if let Some(address) = article.url.as_ref().and_then(|url| plain(&url.value)) {
            by_address.entry(address).or_default().push(idx);
        }
    }
    let shares_most = |a: usize, b: usize| {
        let found = pairs.binary_search_by_key(&(a.min(b), a.max(b)), |pair| (pair.pair.a, pair.pair.b));
        let related = found.ok().map(|at| &pairs[at].related);
        related.is_some_and(|r| r.relation != Relation::QuoteOnly && r.prose.greater() >= MIN_PERCENT)
    };
    let mut versions: Vec<(usize, Version)> = Vec::new();
    for (url, mut group) in by_address.into_iter().filter(|(_, group)| group.len() > 1) {
        group.retain(|idx| changed(&articles[*idx]).is_some());
        group.sort_by_key(|idx| (changed(&articles[*idx]), *idx));
        for pair in group.windows(2) {
            let (before, after) = (&articles[pair[0]], &articles[pair[1]]);
            let is_later = is_before(changed(before), changed(after)) && before.text_id != after.text_id;
            if is_later && shares_most(pair[0], pair[1]) {
                versions.push((
                    pair[1],
                    Version {
                        article: after.id.clone(),
                        version_of: before.id.clone(),
                        reason: format!("at the same address, {url}, and later"),
                    },
                ));
            }
        }
    }
    versions.sort_by_key(|(idx, _)| *idx);
    versions.into_iter().map(|(_, version)| version).collect()
}

/// When an article was changed last, or else published: the day, and the moment where it is known.
fn changed(article: &Article) -> Option<(String, Option<&str>)> {
    let published_at = || article.published_at.as_ref().map(|moment| moment.value.as_str());
    match &article.modified {
        Some(modified) => Some((modified.value.to_string(), None)),
        None => Some((article.published.as_ref()?.value.to_string(), published_at())),
    }
}

/// Whether one is before the other; of two on one day only moments tell.
fn is_before(a: Option<(String, Option<&str>)>, b: Option<(String, Option<&str>)>) -> bool {
    match (a, b) {
        (Some((day_a, Some(moment_a))), Some((day_b, Some(moment_b)))) if day_a == day_b => moment_a < moment_b,
        (Some((day_a, _)), Some((day_b, _))) => day_a < day_b,
        _ => false,
    }
}

/// When an article was published as it says itself, as text that compares as dates do; `None` for less than a day.
pub(crate) fn stated_moment(article: &Article) -> Option<String> {
    let date = article.published.as_ref().filter(|date| !matches!(date.evidence, Evidence::Inferred(_)))?;
    matches!(date.value.parts(), (_, Some(_), Some(_))).then(|| date.value.to_string())
}
