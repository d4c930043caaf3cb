//! What counts once: which articles report independently?
//!
//! Articles are of one origin where most of what one of them tells stands in the other. A smaller part in common does
//! not make them one: it makes two origins *overlap*, and for what stands in that part they count as one.

use crate::address::site_name;
use crate::lineage::direction::is_same_name;
use crate::lineage::links::RelatedPair;
use crate::lineage::versions::stated_moment;
use crate::unions::Unions;
use rapporteur_model::{Article, ArticleId, Evidence, Origin, Place, Relation, UnseenSource};
use std::collections::{BTreeMap, BTreeSet};

/// From this share of the prose of either article on they are of one origin.
const MOST_PERCENT: u8 = 50;
/// Articles that share wording three ways show a source that none of them is where each pair has so many words in
/// common that the third lacks: a paragraph.
const MIN_OWN_WORDS: usize = 30;
/// In larger origins the first ones are compared.
const MAX_COMPARED: usize = 24;
/// In larger origins the credits of the first ones are looked at.
const MAX_CREDITED: usize = 200;

/// The origins of all articles, in the order of their first ones. `lengths` are the words of each article.
pub(crate) fn origins(articles: &[Article], lengths: &[usize], pairs: &[RelatedPair]) -> Vec<Origin> {
    let linked = || pairs.iter().filter(|pair| pair.related.relation != Relation::QuoteOnly);
    let mut unions = Unions::new(articles.len());
    for pair in linked().filter(|pair| is_most(pair)) {
        unions.join(pair.pair.a, pair.pair.b);
    }
    let groups = unions.groups();
    let mut group_of = vec![0; articles.len()];
    for (group_idx, group) in groups.iter().enumerate() {
        group.iter().for_each(|article| group_of[*article] = group_idx);
    }
    let mut overlaps: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); groups.len()];
    let mut inside: Vec<Vec<&RelatedPair>> = vec![Vec::new(); groups.len()];
    for pair in linked() {
        let (a, b) = (group_of[pair.pair.a], group_of[pair.pair.b]);
        if a == b {
            inside[a].push(pair);
        } else {
            overlaps[a].insert(b);
            overlaps[b].insert(a);
        }
    }
    let origin = |(group, (overlaps, inside)): (Vec<usize>, (BTreeSet<usize>, Vec<&RelatedPair>))| {
        let first = first(articles, &group, &inside);
        let credited = credited_source(articles, &group);
        let unseen_source = credited.or_else(|| first.is_none().then(|| hidden_source(lengths, &group, &inside))?);
        let first = first.filter(|_| unseen_source.is_none());
        let articles = group.iter().map(|article| articles[*article].id.clone()).collect();
        Origin { articles, first, unseen_source, overlaps: overlaps.into_iter().collect() }
    };
    groups.into_iter().zip(overlaps.into_iter().zip(inside)).map(origin).collect()
}

/// Whether most of what one article of a pair tells stands in the other.
fn is_most(pair: &RelatedPair) -> bool {
    pair.related.prose.greater() >= MOST_PERCENT
}

/// The article of a group that is shown to descend from no other, if there is one alone or one earliest of them.
fn first(articles: &[Article], group: &[usize], inside: &[&RelatedPair]) -> Option<ArticleId> {
    if let [only] = group {
        return Some(articles[*only].id.clone());
    }
    let derived = |pair: &&RelatedPair| Some(pair.descent.derived_and_other(pair.pair.a, pair.pair.b)?.0);
    let derived: BTreeSet<usize> = inside.iter().filter_map(derived).collect();
    let open: Vec<&Article> = group.iter().filter(|idx| !derived.contains(idx)).map(|idx| &articles[*idx]).collect();
    if let [only] = open[..] {
        return Some(only.id.clone());
    }
    // Of many identical copies not each pair is compared: the earliest of those that are left is the first.
    let dates: Option<Vec<String>> = open.iter().map(|article| stated_moment(article)).collect();
    let dates = dates?;
    let earliest = dates.iter().min()?;
    let mut earliest_ones = open.iter().zip(&dates).filter(|(_, date)| *date == earliest);
    let (first, _) = earliest_ones.next()?;
    earliest_ones.next().is_none().then(|| first.id.clone())
}

/// A source that several articles of a group credit and that none of them is.
fn credited_source(articles: &[Article], group: &[usize]) -> Option<UnseenSource> {
    let mut credited: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for article in group.iter().take(MAX_CREDITED) {
        if let Some(credit) = &articles[*article].credit {
            let name = credit.value.trim().to_string();
            let known = credited.keys().find(|known| is_same_name(known, &name)).cloned();
            credited.entry(known.unwrap_or(name)).or_default().push(*article);
        }
    }
    let is_of = |article: &Article, name: &str| {
        let outlet = article.outlet.as_ref().is_some_and(|outlet| is_same_name(&outlet.value, name));
        let dateline = article.dateline.as_ref().is_some_and(|line| line.value.contains(name));
        let site = article.url.as_ref().and_then(|url| site_name(&url.value));
        outlet || dateline || site.is_some_and(|site| is_same_name(&site, name))
    };
    let (name, members) = credited
        .into_iter()
        .filter(|(_, members)| members.len() > 1)
        .max_by_key(|(name, members)| (members.len(), std::cmp::Reverse(name.clone())))?;
    if group.iter().any(|article| is_of(&articles[*article], &name)) {
        return None;
    }
    let place = |article: &usize| match articles[*article].credit.as_ref()?.evidence {
        Evidence::Stated(span) => Some(Place { article: articles[*article].id.clone(), span }),
        _ => None,
    };
    Some(UnseenSource {
        reason: format!("{} articles credit it", members.len()),
        places: members.iter().filter_map(place).collect(),
        name: Some(name),
    })
}

/// A source that shows itself by what three articles share two by two.
fn hidden_source(lengths: &[usize], group: &[usize], inside: &[&RelatedPair]) -> Option<UnseenSource> {
    let group = &group[..group.len().min(MAX_COMPARED)];
    // For each article and partner the words of the article that stand in the partner.
    let mut shared: BTreeMap<(usize, usize), Vec<bool>> = BTreeMap::new();
    let is_compared = |pair: &&&RelatedPair| group.contains(&pair.pair.a) && group.contains(&pair.pair.b);
    for RelatedPair { pair, .. } in inside.iter().filter(is_compared) {
        let mut of_a = vec![false; lengths[pair.a]];
        let mut of_b = vec![false; lengths[pair.b]];
        for (at_a, at_b) in pair.common_words() {
            of_a[at_a as usize] = true;
            of_b[at_b as usize] = true;
        }
        shared.insert((pair.a, pair.b), of_a);
        shared.insert((pair.b, pair.a), of_b);
    }
    // Words of `a` that stand in `b` and not in `c`.
    let n_without = |a: usize, b: usize, c: usize| {
        let (Some(in_b), in_c) = (shared.get(&(a, b)), shared.get(&(a, c))) else { return 0 };
        let is_in_c = |word: usize| in_c.is_some_and(|in_c| in_c[word]);
        in_b.iter().enumerate().filter(|(word, in_b)| **in_b && !is_in_c(*word)).count()
    };
    for (at, a) in group.iter().enumerate() {
        for (next, b) in group.iter().enumerate().skip(at + 1) {
            for c in &group[next + 1..] {
                let least = n_without(*a, *b, *c).min(n_without(*a, *c, *b)).min(n_without(*b, *c, *a));
                if least >= MIN_OWN_WORDS {
                    let reason = "three articles share wording two by two that the third lacks".to_string();
                    return Some(UnseenSource { name: None, reason, places: Vec::new() });
                }
            }
        }
    }
    None
}
