//! What of an article's wording is worth looking for in other articles.
//!
//! Two kinds of features, each a hash:
//!
//! - *long runs*: neighbouring words with at least [`RUN_LETTERS_BYTES`] bytes of letters, whatever stands between
//!   them. Of the runs of an article a sample is kept by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local
//!   algorithms for document fingerprinting", SIGMOD 2003): of each window of neighbouring runs the one with the
//!   least hash, so that a long enough stretch that two articles share gives both the same feature for certain;
//! - *rare pairs*: two rare words of one sentence, wherever in it they stand. A text whose words were replaced one by
//!   one keeps its names and numbers, and so its pairs, when hardly a run is left.

use crate::lineage::text::{Texts, WordText};
use crate::lineage::vocabulary::mix;

/// Bytes of letters in a run: passim and others take 20 to 25 characters; shorter ones are idioms.
const RUN_LETTERS_BYTES: usize = 20;
/// A run of fewer words is a name.
const MIN_RUN_WORDS: usize = 3;
/// Runs of which one is kept: with 4, hardly a shared stretch of 8 words is missed, the shortest that counts (see
/// `align`).
const WINDOW: usize = 4;
/// Of so many of the rarest words of a sentence all pairs are features. A sentence of news has two to four names and
/// numbers.
const PAIRED_WORDS: usize = 5;
/// Shorter words are function words and initials.
const MIN_RARE_WORD_BYTES: usize = 2;

/// The winnowed hashes of the long runs of `text`.
pub(crate) fn runs(texts: &Texts, text: &WordText, take: &mut dyn FnMut(u64)) {
    let ids = text.ids();
    let mut window = [u64::MAX; WINDOW];
    let (mut n_runs, mut last_kept) = (0usize, usize::MAX);
    let (mut end, mut n_bytes) = (0, 0);
    for start in 0..ids.len() {
        while end < ids.len() && (n_bytes < RUN_LETTERS_BYTES || end < start + MIN_RUN_WORDS) {
            n_bytes += text.len_bytes(end);
            end += 1;
        }
        if n_bytes < RUN_LETTERS_BYTES || end < start + MIN_RUN_WORDS {
            break;
        }
        let hash = ids[start..end].iter().fold(0, |hash: u64, id| mix(hash.rotate_left(7) ^ texts.hash_of(*id)));
        n_bytes -= text.len_bytes(start);
        window[n_runs % WINDOW] = hash;
        n_runs += 1;
        // The rightmost of equal ones, as the paper has it.
        let first = n_runs.saturating_sub(WINDOW);
        let least = (first..n_runs).min_by_key(|at| (window[at % WINDOW], std::cmp::Reverse(*at)));
        if let Some(at) = least.filter(|at| n_runs >= WINDOW && last_kept != *at) {
            last_kept = at;
            take(window[at % WINDOW]);
        }
    }
    if (1..WINDOW).contains(&n_runs) {
        // Shorter than a window: the least of all.
        window[..n_runs].iter().min().into_iter().for_each(|hash| take(*hash));
    }
}

/// The hashes of the rare pairs of `text`.
pub(crate) fn rare_pairs(texts: &Texts, text: &WordText, take: &mut dyn FnMut(u64)) {
    let mut rarest: Vec<(u32, u64)> = Vec::new();
    for sentence in 0..text.n_sentences() {
        rarest.clear();
        for word in text.sentence(sentence) {
            let id = text.ids()[word];
            if texts.is_rare(id) && text.len_bytes(word) >= MIN_RARE_WORD_BYTES {
                rarest.push((texts.n_articles_with(id), texts.hash_of(id)));
            }
        }
        rarest.sort_unstable();
        rarest.dedup();
        rarest.truncate(PAIRED_WORDS);
        rarest.sort_unstable_by_key(|(_, hash)| *hash);
        for (at, (_, first)) in rarest.iter().enumerate() {
            for (_, second) in &rarest[at + 1..] {
                take(mix(mix(*first) ^ *second));
            }
        }
    }
}
