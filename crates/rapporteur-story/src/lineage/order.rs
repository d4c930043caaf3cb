//! Do two articles tell what they share in the same order?

use crate::lineage::align::Chain;
use std::collections::BTreeMap;

/// The share of the common words that can be read in the same order in both, from which on the order
/// is the same: one paragraph that was moved leaves more, a shuffled text much less.
const SAME_ORDER: f64 = 0.7;

/// Whether most common words stand in the same order in both articles: the heaviest increasing
/// subsequence of the chains, by their words.
pub(crate) fn is_same_order(chains: &[Chain]) -> bool {
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
