//! The different words of a pile.

use crate::data_file::words;
use hashbrown::{HashSet, HashTable};
use std::sync::LazyLock;

/// The different words of a pile by their ids: the same id for the same word in any article, case and the form of
/// apostrophes aside.
#[derive(Default)]
pub(super) struct Vocabulary {
    ids: HashTable<u32>,
    /// The folded words, one after the other, and where each ends.
    folded: String,
    ends: Vec<u64>,
    hashes: Vec<u64>,
    is_common: Vec<bool>,
    n_articles: Vec<u32>,
    last_article: Vec<u32>,
    scratch: String,
}

impl Vocabulary {
    /// The id of a word as written, a new one where it is new.
    pub(super) fn id_of(&mut self, word: &str) -> u32 {
        self.scratch.clear();
        for c in word.chars() {
            match c {
                '’' => self.scratch.push('\''),
                c if c.is_ascii() => self.scratch.push(c.to_ascii_lowercase()),
                c => self.scratch.extend(c.to_lowercase()),
            }
        }
        let scratch = std::mem::take(&mut self.scratch);
        let id = self.id_of_folded(&scratch);
        self.scratch = scratch;
        id
    }

    /// The word of this id, folded.
    pub(super) fn word(&self, id: u32) -> &str {
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before as usize] as usize);
        &self.folded[start..self.ends[id as usize] as usize]
    }

    /// The id of a word that is folded; `None` where no article has it.
    pub(super) fn known_id_of(&self, word: &str) -> Option<u32> {
        self.ids.find(mix(fnv1a(word.as_bytes())), |id| self.word(*id) == word).copied()
    }

    /// The number of different words.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// A hash of the word, which does not depend on what else is in the pile.
    pub(super) fn hash_of(&self, id: u32) -> u64 {
        self.hashes[id as usize]
    }

    /// Whether the word is common in the language.
    pub(super) fn is_common(&self, id: u32) -> bool {
        self.is_common[id as usize]
    }

    /// The number of articles that have the word.
    pub(super) fn n_articles_with(&self, id: u32) -> u32 {
        self.n_articles[id as usize]
    }

    /// Takes in the words of a later part of the pile, before which there are so many articles; gives the ids that
    /// they have here.
    pub(super) fn take_in(&mut self, later: &Vocabulary, n_before: usize) -> Vec<u32> {
        let mut ids = Vec::with_capacity(later.hashes.len());
        for theirs in 0..later.hashes.len() as u32 {
            let id = self.id_of_folded(later.word(theirs));
            self.n_articles[id as usize] += later.n_articles[theirs as usize];
            self.last_article[id as usize] = later.last_article[theirs as usize].saturating_add(n_before as u32);
            ids.push(id);
        }
        ids
    }

    /// The id of a word that is folded, a new one where it is new.
    fn id_of_folded(&mut self, word: &str) -> u32 {
        static COMMON: LazyLock<HashSet<&'static str>> =
            LazyLock::new(|| words(include_str!("../../data/common-words.txt")));
        let Vocabulary { ids, folded, ends, hashes, .. } = self;
        let hash = fnv1a(word.as_bytes());
        let known = |id: &u32| {
            let start = id.checked_sub(1).map_or(0, |before| ends[before as usize] as usize);
            hashes[*id as usize] == hash && folded[start..ends[*id as usize] as usize] == *word
        };
        if let Some(id) = ids.find(mix(hash), known) {
            return *id;
        }
        let id = hashes.len() as u32;
        hashes.push(hash);
        ids.insert_unique(mix(hash), id, |id| mix(hashes[*id as usize]));
        folded.push_str(word);
        ends.push(folded.len() as u64);
        self.is_common.push(COMMON.contains(word));
        self.n_articles.push(0);
        self.last_article.push(u32::MAX);
        id
    }

    /// Forgets which articles have which words.
    pub(super) fn forget_counts(&mut self) {
        self.n_articles.iter_mut().for_each(|n| *n = 0);
        self.last_article.iter_mut().for_each(|last| *last = u32::MAX);
    }

    /// Takes these numbers of articles by the hashes of words, and one for all other words.
    pub(super) fn tell_counts(&mut self, counts: impl Iterator<Item = (u64, u32)>) {
        self.n_articles.iter_mut().for_each(|n| *n = 1);
        for (hash, n_articles) in counts {
            if let Some(id) = self.ids.find(mix(hash), |id| self.hashes[*id as usize] == hash) {
                self.n_articles[*id as usize] = n_articles;
            }
        }
    }

    /// Counts an article for each of its words.
    pub(super) fn count(&mut self, words: &[u32], article: usize) {
        for id in words {
            let last = &mut self.last_article[*id as usize];
            if *last != article as u32 {
                *last = article as u32;
                self.n_articles[*id as usize] += 1;
            }
        }
    }
}

/// The 64-bit Fowler–Noll–Vo hash, variant 1a: the same on every machine and in every run.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Spreads the bits of a hash (the finalizer of SplitMix64), so that least hashes are a fair sample.
pub(crate) fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
