//! What shared wording makes of a pair of articles, and of all of them together.
//!
//! Prose and quotations count apart: two reporters who heard the same man write the same quotation,
//! and neither copied from the other.

use crate::align::Chain;
use crate::passages::{SharedPair, pieces};
use crate::text::{Texts, WordText};
use crate::unions::Unions;
use rapporteur_model::{Article, ArticleLink, Relation, TextGroup};
use std::collections::BTreeMap;

/// From this share of an article's prose on, nearly all of it stands in the other. Of 270 copies that
/// were only cut, shuffled or framed, nine in ten share more than this; of 93 with three words in ten
/// replaced, half share less than 0.87.
const NEARLY_ALL: f64 = 0.9;
/// Two articles whose common prose is shorter are not linked by it: a sentence of background or of an
/// agency's boilerplate has up to this many words.
const MIN_PROSE_WORDS: usize = 20;
/// The share of the common words that can be read in the same order in both, from which on the order
/// is the same: one paragraph that was moved leaves more, a shuffled text much less.
const SAME_ORDER: f64 = 0.7;

/// The links of all pairs, strongest first, and the groups that they make.
pub(crate) fn relate(articles: &[Article], texts: &Texts, shared: &[SharedPair]) -> (Vec<ArticleLink>, Vec<TextGroup>) {
    let mut groups = Unions::new(articles.len());
    let mut links: Vec<(Strength, ArticleLink)> = Vec::new();
    for pair in shared {
        let (a, b) = (&texts.texts[pair.a], &texts.texts[pair.b]);
        let Some((strength, relation)) = relation(pair, a, b) else { continue };
        if relation != Relation::QuoteOnly {
            groups.join(pair.a, pair.b);
        }
        let n_passages = pair.chains.iter().map(|chain| pieces(chain, a, b).len()).sum();
        let link = ArticleLink {
            a: articles[pair.a].id.clone(),
            b: articles[pair.b].id.clone(),
            relation,
            percent_of_a: percent(strength.share_a),
            percent_of_b: percent(strength.share_b),
            n_passages,
        };
        links.push((strength, link));
    }
    // Stable: equally strong ones stay in the order of the articles.
    links.sort_by_key(|(strength, link)| {
        let greater = percent(strength.share_a).max(percent(strength.share_b));
        (link.relation == Relation::QuoteOnly, std::cmp::Reverse((greater, strength.n_prose)))
    });
    let group =
        |members: Vec<usize>| TextGroup { articles: members.into_iter().map(|idx| articles[idx].id.clone()).collect() };
    let groups = groups.groups().into_iter().filter(|members| members.len() > 1).map(group).collect();
    (links.into_iter().map(|(_, link)| link).collect(), groups)
}

/// How much two articles share.
#[derive(Debug, Clone, Copy)]
struct Strength {
    /// Common words that are not quoted in both.
    n_prose: usize,
    share_a: f64,
    share_b: f64,
}

fn percent(share: f64) -> u8 {
    (share * 100.0).clamp(0.0, 100.0) as u8
}

fn relation(pair: &SharedPair, a: &WordText, b: &WordText) -> Option<(Strength, Relation)> {
    let strength = strength(&pair.chains, a, b);
    let (most, least) = (strength.share_a.max(strength.share_b), strength.share_a.min(strength.share_b));
    let relation = if most >= NEARLY_ALL && strength.n_prose > 0 {
        match (is_same_order(&pair.chains), least >= NEARLY_ALL) {
            (false, _) => Relation::Shuffled,
            (true, true) => Relation::Verbatim,
            (true, false) => Relation::Excerpt,
        }
    } else if strength.n_prose >= MIN_PROSE_WORDS {
        Relation::Partial
    } else {
        let has_quotation = pair.chains.iter().any(|chain| pieces(chain, a, b).iter().any(|p| p.is_quotation(a, b)));
        has_quotation.then_some(Relation::QuoteOnly)?
    };
    Some((strength, relation))
}

/// Counts the common words. What is quoted in both articles is a quotation; what only one of them
/// quotes is wording that the other took.
fn strength(chains: &[Chain], a: &WordText, b: &WordText) -> Strength {
    let (mut n_all, mut n_prose, mut n_quoted_in_a, mut n_quoted_in_b) = (0, 0, 0, 0);
    for (at_a, at_b) in chains.iter().flat_map(|chain| &chain.pairs) {
        let (in_a, in_b) = (a.words[*at_a as usize].is_quoted, b.words[*at_b as usize].is_quoted);
        n_all += 1;
        n_prose += usize::from(!(in_a && in_b));
        n_quoted_in_a += usize::from(in_a && !in_b);
        n_quoted_in_b += usize::from(in_b && !in_a);
    }
    let share_of_all = |text: &WordText| n_all as f64 / text.words.len().max(1) as f64;
    if share_of_all(a) >= NEARLY_ALL && share_of_all(b) >= NEARLY_ALL {
        // The same text from end to end is a copy, however much of it somebody says.
        return Strength { n_prose: n_all, share_a: share_of_all(a), share_b: share_of_all(b) };
    }
    let share = |text: &WordText, n_quoted: usize| {
        let n_own_prose = text.words.iter().filter(|word| !word.is_quoted).count();
        n_prose as f64 / (n_own_prose + n_quoted).max(1) as f64
    };
    Strength { n_prose, share_a: share(a, n_quoted_in_a), share_b: share(b, n_quoted_in_b) }
}

/// Whether most common words stand in the same order in both articles: the heaviest increasing
/// subsequence of the chains, by their words.
fn is_same_order(chains: &[Chain]) -> bool {
    let starts: Vec<(u32, usize)> =
        chains.iter().filter_map(|chain| Some((chain.pairs.first()?.1, chain.pairs.len()))).collect();
    let n_words: usize = starts.iter().map(|(_, len)| len).sum();
    // The weight of the heaviest sequence that ends at each start. Kept are those to which nothing
    // that ends earlier is equal, so that the nearest one before a start is the heaviest.
    let mut heaviest: BTreeMap<u32, usize> = BTreeMap::new();
    for (start, len) in starts {
        let weight = len + heaviest.range(..start).next_back().map_or(0, |(_, weight)| *weight);
        while let Some((later, _)) = heaviest.range(start..).next().filter(|(_, other)| **other <= weight) {
            let later = *later;
            heaviest.remove(&later);
        }
        heaviest.entry(start).or_insert(weight);
    }
    heaviest.into_values().next_back().unwrap_or(0) as f64 >= SAME_ORDER * n_words as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chains of the given lengths that stand in this order in one text and at the given places in
    /// the other.
    fn chains(places: &[(u32, u32)]) -> Vec<Chain> {
        let chain = |(place, len): &(u32, u32)| Chain { pairs: (0..*len).map(|at| (at, place + at)).collect() };
        places.iter().map(chain).collect()
    }

    #[test]
    fn the_order_is_the_same_where_the_heaviest_sequence_has_most_words() {
        for (places, expected) in [
            (&[][..], true),
            (&[(100, 10)], true),
            (&[(0, 10), (10, 10), (20, 10)], true),
            (&[(50, 10), (40, 10), (20, 10)], false),
            (&[(500, 30), (0, 50), (100, 50)], true),
            (&[(0, 50), (500, 60), (100, 50)], false),
            (&[(0, 9), (50, 30), (10, 20), (30, 20), (100, 30)], true),
            (&[(0, 9), (50, 50), (10, 20), (30, 20), (100, 30)], false),
        ] {
            assert_eq!(is_same_order(&chains(places)), expected, "{places:?}");
        }
    }
}
