//! What two texts share where so many words were replaced that no run is left to join: the rest of a sentence
//! beside a chain, and whole sentences.

use crate::lineage::align::{Chain, common_subsequence};
use crate::lineage::text::{Texts, WordText};

/// Of a sentence at least this share of the words stands in the same order in the other one. Of sentences that were
/// written apart it is about a quarter, nearly all of them function words.
const MIN_COMMON_SHARE: f64 = 0.4;
/// Shorter sentences prove nothing.
const MIN_COMMON_WORDS: usize = 5;
/// So many words that they have in common are rare.
const MIN_RARE_WORDS: usize = 2;
/// Texts with more open sentences, and longer sentences, are left as they are: the work is quadratic in both.
const MAX_SENTENCES: usize = 120;
const MAX_SENTENCE_WORDS: usize = 120;

/// Adds to the chains of two texts what stands before and after them in the same sentences, where enough of it is
/// common.
pub(crate) fn extend(a: &WordText, b: &WordText, chains: &mut [Chain]) {
    let (mut used_a, mut used_b) = (vec![false; a.n_words()], vec![false; b.n_words()]);
    for (at_a, at_b) in chains.iter().flat_map(|chain| &chain.pairs) {
        used_a[*at_a as usize] = true;
        used_b[*at_b as usize] = true;
    }
    // The stretch of open words in a sentence that ends before a word, and that begins after one.
    let before = |text: &WordText, used: &[bool], word: usize| {
        let first = text.sentence(text.sentence_of(word)).start.max(word.saturating_sub(MAX_SENTENCE_WORDS));
        (first..word).rev().take_while(|at| !used[*at]).last().unwrap_or(word)..word
    };
    let after = |text: &WordText, used: &[bool], word: usize| {
        let end = text.sentence(text.sentence_of(word)).end.min(word + MAX_SENTENCE_WORDS);
        word + 1..(word + 1..end).take_while(|at| !used[*at]).last().unwrap_or(word) + 1
    };
    for chain in chains {
        let (Some(first), Some(last)) = (chain.pairs.first().copied(), chain.pairs.last().copied()) else { continue };
        let (head_a, head_b) = (before(a, &used_a, first.0 as usize), before(b, &used_b, first.1 as usize));
        let (tail_a, tail_b) = (after(a, &used_a, last.0 as usize), after(b, &used_b, last.1 as usize));
        let mut common = |range_a: std::ops::Range<usize>, range_b: std::ops::Range<usize>| {
            if !may_be_alike(range_a.len(), range_b.len()) {
                return Vec::new();
            }
            let found = common_subsequence(&a.ids()[range_a.clone()], &b.ids()[range_b.clone()]);
            if (found.len() as f64) < MIN_COMMON_SHARE * range_a.len().max(range_b.len()) as f64 {
                return Vec::new();
            }
            let pairs = found.iter().map(|(x, y)| ((range_a.start + x) as u32, (range_b.start + y) as u32));
            let pairs: Vec<(u32, u32)> = pairs.collect();
            for (at_a, at_b) in &pairs {
                used_a[*at_a as usize] = true;
                used_b[*at_b as usize] = true;
            }
            pairs
        };
        let mut pairs = common(head_a, head_b);
        let tail = common(tail_a, tail_b);
        pairs.append(&mut chain.pairs);
        pairs.extend(tail);
        chain.pairs = pairs;
    }
}

/// Whether stretches of so many words can have enough of them in common.
fn may_be_alike(n_a: usize, n_b: usize) -> bool {
    n_a.min(n_b) as f64 >= MIN_COMMON_SHARE * n_a.max(n_b) as f64
}

/// Adds the sentences that were reworded to the `chains` of two texts. Each sentence is used once, those with most
/// common words first.
pub(crate) fn add_reworded(texts: &Texts, a: &WordText, b: &WordText, chains: &mut Vec<Chain>) {
    let open_a = open_sentences(a, chains.iter().flat_map(|chain| chain.pairs.iter().map(|pair| pair.0)));
    let open_b = open_sentences(b, chains.iter().flat_map(|chain| chain.pairs.iter().map(|pair| pair.1)));
    if open_a.len().max(open_b.len()) > MAX_SENTENCES {
        return;
    }
    let rare_b: Vec<Vec<u32>> = open_b.iter().map(|sentence| rare_words(texts, b, *sentence)).collect();
    let mut found: Vec<(usize, usize, usize, Chain)> = Vec::new();
    for sentence_a in open_a {
        let rare_a = rare_words(texts, a, sentence_a);
        let words_a = a.sentence(sentence_a);
        for (sentence_b, rare_b) in open_b.iter().zip(&rare_b) {
            let n_rare = rare_a.iter().filter(|id| rare_b.binary_search(id).is_ok()).count();
            let words_b = b.sentence(*sentence_b);
            if n_rare < MIN_RARE_WORDS || !may_be_alike(words_a.len(), words_b.len()) {
                continue;
            }
            let common = common_subsequence(&a.ids()[words_a.clone()], &b.ids()[words_b.clone()]);
            let longer = words_a.len().max(words_b.len());
            if common.len() >= MIN_COMMON_WORDS && common.len() as f64 >= MIN_COMMON_SHARE * longer as f64 {
                let pairs = common.iter().map(|(x, y)| ((words_a.start + x) as u32, (words_b.start + y) as u32));
                found.push((common.len(), sentence_a, *sentence_b, Chain { pairs: pairs.collect() }));
            }
        }
    }
    found.sort_by_key(|(n_common, sentence_a, sentence_b, _)| (std::cmp::Reverse(*n_common), *sentence_a, *sentence_b));
    let (mut used_a, mut used_b) = (Vec::new(), Vec::new());
    for (_, sentence_a, sentence_b, chain) in found {
        if !used_a.contains(&sentence_a) && !used_b.contains(&sentence_b) {
            used_a.push(sentence_a);
            used_b.push(sentence_b);
            chains.push(chain);
        }
    }
    chains.sort_by(|x, y| x.pairs.first().cmp(&y.pairs.first()));
}

/// The sentences without a word in a chain.
fn open_sentences(text: &WordText, in_chains: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut is_open = vec![true; text.n_sentences()];
    for word in in_chains {
        is_open[text.sentence_of(word as usize)] = false;
    }
    let is_fit = |sentence: &usize| (MIN_COMMON_WORDS..=MAX_SENTENCE_WORDS).contains(&text.sentence(*sentence).len());
    (0..text.n_sentences()).filter(|sentence| is_open[*sentence]).filter(is_fit).collect()
}

/// The rare words of a sentence, sorted.
fn rare_words(texts: &Texts, text: &WordText, sentence: usize) -> Vec<u32> {
    let mut rare: Vec<u32> = text.sentence(sentence).map(|word| text.ids()[word]).collect();
    rare.retain(|id| texts.is_rare(*id));
    rare.sort_unstable();
    rare.dedup();
    rare
}
