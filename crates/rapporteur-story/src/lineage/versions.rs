//! Which articles replace others?

use crate::lineage::links::RelatedPair;
use rapporteur_model::{Article, Relation, Version};
use std::collections::BTreeMap;

/// Two texts at one address are versions of one article where so much of one of them stands in the other.
const MIN_PERCENT: u8 = 30;

/// The articles that replace others: published at the same address, sharing most of the text, told apart by when they
/// were changed or published. Of several versions each replaces the one before it.
pub(crate) fn versions(articles: &[Article], pairs: &[RelatedPair]) -> Vec<Version> {
    let mut by_address: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, article) in articles.iter().enumerate() {
        if let Some(url) = &article.url {
            by_address.entry(address(&url.value)).or_default().push(idx);
        }
    }
    let shares_most = |a: usize, b: usize| {
        let found = pairs.binary_search_by_key(&(a.min(b), a.max(b)), |pair| (pair.pair.a, pair.pair.b));
        let related = found.ok().map(|at| &pairs[at].related);
        related.is_some_and(|r| r.relation != Relation::QuoteOnly && r.prose.greater() >= MIN_PERCENT)
    };
    let mut versions: Vec<(usize, Version)> = Vec::new();
    for (url, mut group) in by_address.into_iter().filter(|(_, group)| group.len() > 1) {
        group.retain(|idx| moment(&articles[*idx]).is_some());
        group.sort_by_key(|idx| (moment(&articles[*idx]), *idx));
        for pair in group.windows(2) {
            let (before, after) = (&articles[pair[0]], &articles[pair[1]]);
            let is_later = moment(before) < moment(after) && before.text_id != after.text_id;
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

/// An address without what does not tell pages apart: scheme, query for tracking, fragment, slash at the end.
fn address(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let rest = rest.split_once("?utm_").map_or(rest, |(rest, _)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/')
}

/// When an article was changed last, or else published, as text that compares as dates do.
fn moment(article: &Article) -> Option<String> {
    let published = || article.published_at.as_ref().map(|moment| moment.value.as_str().to_string());
    let modified = article.modified.as_ref().map(|date| date.value.to_string());
    modified.or_else(published).or_else(|| article.published.as_ref().map(|date| date.value.to_string()))
}
