//! Hashes as the models were trained with: names to 64-bit ids, ids to rows of an embedding table.

use hashbrown::HashMap;
use std::sync::LazyLock;

/// The number that stands for a string in features and tables. Zero is the empty string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct StringId(pub(crate) u64);

/// Names that have a small number of their own; content words among them ("mark", "number").
static SYMBOLS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    let lines = include_str!("../data/symbols.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).filter_map(|(name, id)| Some((name, id.parse().ok()?))).collect()
});

impl StringId {
    /// The id of `string`: its symbol number, or else its hash.
    pub(crate) fn of(string: &str) -> StringId {
        if string.is_empty() {
            return StringId(0);
        }
        StringId(SYMBOLS.get(string).copied().unwrap_or_else(|| murmur_hash_64a(string.as_bytes(), 1)))
    }
}

/// Austin Appleby's MurmurHash64A.
fn murmur_hash_64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let mut blocks = bytes.chunks_exact(8);
    for block in &mut blocks {
        let mut k = block.iter().rev().fold(0u64, |k, &byte| k << 8 | u64::from(byte));
        k = k.wrapping_mul(M);
        k ^= k >> R;
        k = k.wrapping_mul(M);
        hash ^= k;
        hash = hash.wrapping_mul(M);
    }
    let tail = blocks.remainder();
    if !tail.is_empty() {
        hash ^= tail.iter().rev().fold(0u64, |k, &byte| k << 8 | u64::from(byte));
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

/// The four rows of a table of `n_rows` whose sum is the embedding of `key`: MurmurHash3_x64_128 of
/// the key's eight bytes, cut into 32-bit words.
pub(crate) fn embedding_rows(key: u64, seed: u32, n_rows: u32) -> [u32; 4] {
    fn finalise(mut h: u64) -> u64 {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }
    const LEN_BYTES: u64 = 8;
    let seed = u64::from(seed);
    let mut h1 = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ LEN_BYTES;
    let mut h2 = seed ^ LEN_BYTES;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = finalise(h1);
    h2 = finalise(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32].map(|word| word % n_rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_format() {
        assert_eq!(StringId::of("hello").0, 5983625672228268878);
        assert_eq!(StringId::of("Apple").0, 6418411030699964375);
        assert_eq!(StringId::of("a").0, 11901859001352538922);
        assert_eq!(StringId::of("日本").0, 2324319125191504834);
        assert_eq!(StringId::of("").0, 0);
        assert_eq!(StringId::of("mark").0, 423, "a symbol's own number");
        assert_eq!(SYMBOLS.len(), 457);
    }

    #[test]
    fn rows_are_those_of_the_format() {
        assert_eq!(embedding_rows(5983625672228268878, 8, 5000), [510, 382, 3265, 1925]);
        assert_eq!(embedding_rows(1, 8, 5000), [108, 3286, 162, 1281]);
        assert_eq!(embedding_rows(0, 8, 5000), [0, 0, 0, 0]);
    }
}
