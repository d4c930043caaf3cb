//! The pairs of articles that share wording, and which of them tell the same text.

use crate::lineage::direction::{EarlyMentions, direction};
use crate::lineage::passages::SharedPair;
use crate::lineage::relation::{Related, relate};
use crate::lineage::text::Texts;
use crate::unions::Unions;
use crate::workers::{Workers, in_parts};
use hashbrown::HashSet;
use rapporteur_model::{Article, ArticleLink, Direction, Relation, TextGroup};

/// A pair with what relates it.
pub(crate) struct RelatedPair {
    pub(crate) pair: SharedPair,
    pub(crate) related: Related,
    pub(crate) direction: Direction,
}

/// The pairs that are related, in the order of the articles.
pub(crate) fn related_pairs(
    articles: &[Article],
    texts: &Texts,
    shared: Vec<SharedPair>,
    workers: &dyn Workers,
) -> Vec<RelatedPair> {
    let early = EarlyMentions::new(texts.len());
    let related = |pair: &SharedPair| {
        let chains = pair.chains();
        let related = relate(&chains, texts.text(pair.a), texts.text(pair.b))?;
        let direction = direction(articles, texts, pair, &chains, &related, &early);
        Some((related, direction))
    };
    let found = in_parts(workers, &shared, |pairs| pairs.iter().map(related).collect::<Vec<_>>());
    let found = shared.into_iter().zip(found.into_iter().flatten());
    let with_pair = |(pair, found): (SharedPair, Option<(Related, Direction)>)| {
        found.map(|(related, direction)| RelatedPair { pair, related, direction })
    };
    let mut pairs: Vec<RelatedPair> = found.filter_map(with_pair).collect();
    for idx in compilations(texts, &pairs) {
        pairs[idx].related.relation = Relation::Partial;
    }
    pairs
}

/// The rest of a longer article is told by others from this share on.
const MIN_REST_SHARE: f64 = 0.6;
/// Of an article with more partners only so many are looked at.
const MAX_PARTNERS: usize = 64;

/// The pairs of which the longer article is put together of the shorter and of others that share nothing with it:
/// the shorter is a part of it, not an excerpt.
fn compilations(texts: &Texts, pairs: &[RelatedPair]) -> Vec<usize> {
    let mut pairs_of: Vec<Vec<usize>> = vec![Vec::new(); texts.len()];
    let mut linked: HashSet<(usize, usize)> = HashSet::new();
    for (idx, RelatedPair { pair, related, .. }) in pairs.iter().enumerate() {
        if related.relation != Relation::QuoteOnly {
            pairs_of[pair.a].push(idx);
            pairs_of[pair.b].push(idx);
            linked.insert((pair.a, pair.b));
        }
    }
    let is_compilation = |pair: &SharedPair| {
        let is_a_longer = texts.text(pair.a).n_words() > texts.text(pair.b).n_words();
        let (shorter, longer) = if is_a_longer { (pair.b, pair.a) } else { (pair.a, pair.b) };
        let mut is_told = vec![false; texts.text(longer).n_words()];
        // How many words of the longer one a pair tells that were not told before.
        let mut tell = |pair: &SharedPair| {
            let words = pair.common_words().map(|(at_a, at_b)| if pair.a == longer { at_a } else { at_b });
            words.filter(|word| !std::mem::replace(&mut is_told[*word as usize], true)).count()
        };
        let n_own = tell(pair);
        let mut n_others = 0;
        for other in pairs_of[longer].iter().take(MAX_PARTNERS).map(|idx| &pairs[*idx].pair) {
            let partner = if other.a == longer { other.b } else { other.a };
            let is_apart = partner != shorter && !linked.contains(&(partner.min(shorter), partner.max(shorter)));
            if is_apart {
                n_others += tell(other);
            }
        }
        let n_rest = texts.text(longer).n_words() - n_own;
        n_others as f64 >= MIN_REST_SHARE * n_rest as f64
    };
    let is_found =
        |related: &RelatedPair| related.related.relation == Relation::Excerpt && is_compilation(&related.pair);
    pairs.iter().enumerate().filter(|(_, related)| is_found(related)).map(|(idx, _)| idx).collect()
}

/// The links of all pairs, strongest first.
pub(crate) fn links(articles: &[Article], pairs: Vec<RelatedPair>) -> Vec<ArticleLink> {
    let mut links: Vec<(usize, ArticleLink)> = Vec::with_capacity(pairs.len());
    for RelatedPair { pair, related, direction } in pairs {
        let link = ArticleLink {
            a: articles[pair.a].id.clone(),
            b: articles[pair.b].id.clone(),
            relation: related.relation,
            prose: related.prose,
            quotations: related.quotations,
            n_passages: related.n_passages,
            n_replacements: related.edits.n_replacements,
            direction,
        };
        links.push((related.n_prose, link));
    }
    // Stable: equally strong ones stay in the order of the articles.
    links.sort_by_key(|(n_prose, link)| {
        (link.relation == Relation::QuoteOnly, std::cmp::Reverse((link.prose.greater(), *n_prose)))
    });
    links.into_iter().map(|(_, link)| link).collect()
}

/// The articles that tell the same text.
pub(crate) fn text_groups(articles: &[Article], pairs: &[RelatedPair]) -> Vec<TextGroup> {
    let mut groups = Unions::new(articles.len());
    for RelatedPair { pair, related, .. } in pairs {
        if related.relation != Relation::QuoteOnly {
            groups.join(pair.a, pair.b);
        }
    }
    let group =
        |members: Vec<usize>| TextGroup { articles: members.into_iter().map(|idx| articles[idx].id.clone()).collect() };
    groups.groups().into_iter().filter(|members| members.len() > 1).map(group).collect()
}
