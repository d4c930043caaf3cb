//! Which pairs of articles can share a passage, without a look at all pairs.
//!
//! Of each article a sample of its word sequences is kept by winnowing (Schleimer, Wilkerson, Aiken:
//! "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003): of each window of
//! neighbouring sequences the one with the least hash. Two articles that share a run of
//! [`GRAM_WORDS`] + [`WINDOW`] - 1 words share a fingerprint for certain. An inverted index over the
//! fingerprints gives the pairs.

use crate::text::{Texts, WordText};

/// Words in a sequence. Five is what text-reuse tools settle on (passim, rensa): shorter ones are
/// idioms.
pub(crate) const GRAM_WORDS: usize = 5;
/// Sequences of which one is kept: with 4, no shared run of 8 words is missed, the shortest that
/// counts (see `align`).
const WINDOW: usize = 4;
/// A fingerprint in more articles than this pairs each of them with the first and with the next
/// only. What a hundred outlets carry is mostly one wire text, and those links hold it together; all
/// pairs of them would be thousands.
const MAX_ALL_PAIRS: usize = 40;

/// For each article the later articles that it shares a fingerprint with, in order.
pub(crate) fn candidates(texts: &Texts, considered: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let mut postings: Vec<(u64, u32)> = Vec::new();
    for idx in considered {
        let mut prints = fingerprints(texts, &texts.texts[*idx]);
        prints.sort_unstable();
        prints.dedup();
        postings.extend(prints.into_iter().map(|print| (print, *idx as u32)));
    }
    postings.sort_unstable();

    let mut partners: Vec<Partners> = (0..texts.texts.len()).map(|_| Partners::default()).collect();
    for group in postings.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        for (at, (_, article)) in group.iter().enumerate() {
            let later = &group[at + 1..];
            let later = if group.len() <= MAX_ALL_PAIRS || at == 0 { later } else { &later[..later.len().min(1)] };
            partners[*article as usize].add(later.iter().map(|(_, other)| *other));
        }
    }
    let partners = partners.into_iter().map(Partners::finish).enumerate();
    partners.filter(|(_, partners)| !partners.is_empty()).collect()
}

/// The partners of one article; it meets the same one once for each fingerprint.
#[derive(Default)]
struct Partners {
    pending: Vec<u32>,
    n_distinct: usize,
}

impl Partners {
    fn add(&mut self, others: impl Iterator<Item = u32>) {
        self.pending.extend(others);
        // Repetitions are removed as they pile up, so that the list stays near its final length.
        if self.pending.len() > 2 * self.n_distinct + 1024 {
            self.remove_repetitions();
        }
    }

    fn remove_repetitions(&mut self) {
        self.pending.sort_unstable();
        self.pending.dedup();
        self.n_distinct = self.pending.len();
    }

    fn finish(mut self) -> Vec<usize> {
        self.remove_repetitions();
        self.pending.into_iter().map(|other| other as usize).collect()
    }
}

/// The winnowed hashes of the word sequences of `text`.
fn fingerprints(texts: &Texts, text: &WordText) -> Vec<u64> {
    let grams: Vec<u64> = text
        .words
        .windows(GRAM_WORDS)
        .map(|words| words.iter().fold(0, |hash: u64, word| mix(hash.rotate_left(7) ^ texts.hash_of(*word))))
        .collect();
    let mut prints = Vec::new();
    let mut last = None;
    let n_windows = grams.len().saturating_sub(WINDOW - 1).max(usize::from(!grams.is_empty()));
    for start in 0..n_windows {
        let window = &grams[start..grams.len().min(start + WINDOW)];
        // The rightmost of equal ones, as the paper has it.
        let least = window.iter().enumerate().min_by_key(|(at, hash)| (**hash, std::cmp::Reverse(*at)));
        if let Some((at, hash)) = least.filter(|(at, _)| last != Some(start + at)) {
            last = Some(start + at);
            prints.push(*hash);
        }
    }
    prints
}

/// Spreads the bits of a hash (the finalizer of SplitMix64), so that least hashes are a fair sample.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
