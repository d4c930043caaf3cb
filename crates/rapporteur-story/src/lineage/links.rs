//! The pairs of articles that share wording, and which of them tell the same text.

use crate::lineage::descent::Descent;
use crate::lineage::direction::{EarlyMentions, direction};
use crate::lineage::passages::SharedPair;
use crate::lineage::relation::{Related, relate};
use crate::lineage::text::Texts;
use crate::unions::Unions;
use crate::workers::{Workers, in_parts};
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{Article, ArticleId, ArticleLink, Direction, Origin, Relation, TextGroup};

/// A pair with what relates it.
pub(crate) struct RelatedPair {
    pub(crate) pair: SharedPair,
    pub(crate) related: Related,
    pub(crate) descent: Descent,
    /// The direction with its reasons and places, where these are kept.
    pub(crate) direction: Option<Box<Direction>>,
}

/// How much of what shows the direction of a pair is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All of it.
    Whole,
    /// Its kind alone: a pile has millions of pairs, most of which are told to nobody.
    Kind,
}

/// So many pairs are related at a time, so that they are not there twice.
const STEP_PAIRS: usize = 1 << 16;

/// The pairs that are related, in the order of the articles.
pub(crate) fn related_pairs(
    articles: &[Article],
    texts: &Texts,
    shared: Vec<SharedPair>,
    shown: Shown,
    workers: &dyn Workers,
) -> Vec<RelatedPair> {
    let early = EarlyMentions::new(texts.len());
    let related = |pair: &SharedPair| {
        let chains = pair.chains();
        let related = relate(&chains, texts.text(pair.a), texts.text(pair.b))?;
        let direction = direction(articles, texts, pair, &chains, &related, &early);
        let descent = Descent::of(&direction, &articles[pair.a]);
        Some((related, descent, (shown == Shown::Whole).then(|| Box::new(direction))))
    };
    let mut pairs: Vec<RelatedPair> = Vec::with_capacity(shared.len());
    let mut shared = shared.into_iter().peekable();
    while shared.peek().is_some() {
        let step: Vec<SharedPair> = shared.by_ref().take(STEP_PAIRS).collect();
        let found = in_parts(workers, &step, |pairs| pairs.iter().map(related).collect::<Vec<_>>());
        let found = step.into_iter().zip(found.into_iter().flatten());
        pairs.extend(found.filter_map(|(pair, found)| {
            let (related, descent, direction) = found?;
            Some(RelatedPair { pair, related, descent, direction })
        }));
    }
    part_compilations(&texts.lengths(), &mut pairs);
    pairs
}

/// Calls an excerpt a part where the longer article is put together of several. `lengths` are the words of each article.
pub(crate) fn part_compilations(lengths: &[usize], pairs: &mut [RelatedPair]) {
    for idx in compilations(lengths, pairs) {
        pairs[idx].related.relation = Relation::Partial;
    }
}

/// The rest of a longer article is told by others from this share on.
const MIN_REST_SHARE: f64 = 0.6;
/// Of an article with more partners only so many are looked at.
const MAX_PARTNERS: usize = 64;

/// The pairs of which the longer article is put together of the shorter and of others that share nothing with it:
/// the shorter is a part of it, not an excerpt.
fn compilations(lengths: &[usize], pairs: &[RelatedPair]) -> Vec<usize> {
    let mut pairs_of: Vec<Vec<usize>> = vec![Vec::new(); lengths.len()];
    let mut linked: HashSet<(usize, usize)> = HashSet::new();
    for (idx, RelatedPair { pair, related, .. }) in pairs.iter().enumerate() {
        if related.relation != Relation::QuoteOnly {
            pairs_of[pair.a].push(idx);
            pairs_of[pair.b].push(idx);
            linked.insert((pair.a, pair.b));
        }
    }
    let is_compilation = |pair: &SharedPair| {
        let is_a_longer = lengths[pair.a] > lengths[pair.b];
        let (shorter, longer) = if is_a_longer { (pair.b, pair.a) } else { (pair.a, pair.b) };
        let mut is_told = vec![false; lengths[longer]];
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
        let n_rest = lengths[longer] - n_own;
        n_others as f64 >= MIN_REST_SHARE * n_rest as f64
    };
    let is_found =
        |related: &RelatedPair| related.related.relation == Relation::Excerpt && is_compilation(&related.pair);
    pairs.iter().enumerate().filter(|(_, related)| is_found(related)).map(|(idx, _)| idx).collect()
}

/// The links of all pairs, strongest first.
pub(crate) fn links(articles: &[Article], pairs: Vec<RelatedPair>) -> Vec<ArticleLink> {
    let link = |pair: RelatedPair| (pair.related.n_prose, link(articles, pair));
    let mut links: Vec<(u32, ArticleLink)> = pairs.into_iter().map(link).collect();
    // Stable: equally strong ones stay in the order of the articles.
    links.sort_by_key(|(n_prose, link)| {
        (link.relation == Relation::QuoteOnly, std::cmp::Reverse((link.prose.greater(), *n_prose)))
    });
    links.into_iter().map(|(_, link)| link).collect()
}

/// The link of a pair; of what shows its direction the kind alone where no more is kept.
pub(crate) fn link(articles: &[Article], pair: RelatedPair) -> ArticleLink {
    let RelatedPair { pair, related, descent, direction } = pair;
    let (a, b) = (&articles[pair.a], &articles[pair.b]);
    ArticleLink {
        a: a.id.clone(),
        b: b.id.clone(),
        relation: related.relation,
        prose: related.prose,
        quotations: related.quotations,
        n_passages: related.n_passages as usize,
        n_replacements: related.edits.n_replacements as usize,
        direction: direction.map_or_else(|| descent.told(a, b), |direction| *direction),
    }
}

/// The pairs that tell where each article belongs, instead of all pairs of many copies: of each origin those that tie an
/// article to the first of it, or, where nothing does, the strongest that ties it to another of it; and of two origins that
/// share something the strongest that joins them. In the order of the pairs.
pub(crate) fn telling_pairs(articles: &[Article], origins: &[Origin], pairs: Vec<RelatedPair>) -> Vec<RelatedPair> {
    let idx_of: HashMap<&ArticleId, usize> =
        articles.iter().zip(0..).map(|(article, idx)| (&article.id, idx)).collect();
    let (mut origin_of, mut first_of) = (vec![0; articles.len()], Vec::with_capacity(origins.len()));
    for (origin, number) in origins.iter().zip(0..) {
        let mut members = origin.articles.iter().filter_map(|id| idx_of.get(id).copied());
        members.clone().for_each(|member| origin_of[member] = number);
        let first = origin.first.as_ref().and_then(|id| idx_of.get(id).copied());
        first_of.push(first.or_else(|| members.next()).unwrap_or_default());
    }
    let strength = |pair: &RelatedPair| (pair.related.relation != Relation::QuoteOnly, pair.related.n_prose);
    // By what it tells the strongest pair, the first of equal ones.
    let mut strongest: HashMap<(bool, usize, usize), usize> = HashMap::new();
    for (idx, pair) in pairs.iter().enumerate() {
        let (a, b) = (pair.pair.a, pair.pair.b);
        let mut tell = |key| {
            let known = strongest.entry(key).or_insert(idx);
            if strength(pair) > strength(&pairs[*known]) {
                *known = idx;
            }
        };
        if origin_of[a] != origin_of[b] {
            tell((false, origin_of[a].min(origin_of[b]), origin_of[a].max(origin_of[b])));
        } else {
            let first = first_of[origin_of[a]];
            for (member, other) in [(a, b), (b, a)] {
                if member != first {
                    tell((true, member, usize::from(other != first)));
                }
            }
        }
    }
    let is_tied = |member: usize| strongest.contains_key(&(true, member, 0));
    let mut kept: Vec<usize> = strongest
        .iter()
        .filter(|((is_inside, member, is_other), _)| !is_inside || *is_other == 0 || !is_tied(*member))
        .map(|(_, idx)| *idx)
        .collect();
    kept.sort_unstable();
    kept.dedup();
    let mut kept = kept.into_iter().peekable();
    let is_kept = move |(idx, _): &(usize, RelatedPair)| kept.next_if_eq(idx).is_some();
    pairs.into_iter().enumerate().filter(is_kept).map(|(_, pair)| pair).collect()
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
