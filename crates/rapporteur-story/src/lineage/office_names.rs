//! Names of offices with one place that takes certain words only.

use crate::data_file::entries;
use crate::lineage::text::{Texts, WordText};
use hashbrown::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A name at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which of the names.
    pub(crate) name: usize,
    pub(crate) words: Range<usize>,
    /// Whether the open place has another word than it can take.
    pub(crate) is_altered: bool,
}

/// Shorter words in the open place are function words: "secretary of the".
const MIN_ALTERED_BYTES: usize = 4;

/// The names as ids of the words of a pile.
pub(crate) struct OfficeNames {
    by_first: HashMap<u32, Vec<KnownName>>,
    is_first: Vec<bool>,
}

/// A name whose first word is known.
struct KnownName {
    name: usize,
    /// The fixed words after the first.
    rest: Vec<u32>,
    /// What the last place can take.
    open: Vec<u32>,
}

impl OfficeNames {
    pub(crate) fn of(texts: &Texts) -> Self {
        let mut by_first: HashMap<u32, Vec<KnownName>> = HashMap::new();
        let mut is_first = vec![false; texts.n_distinct_words()];
        for (name, (fixed, open)) in NAMES.iter().enumerate() {
            let ids: Option<Vec<u32>> = fixed.iter().map(|word| texts.id_of(word)).collect();
            // A pile without one of the words has no such name.
            let Some((first, rest)) = ids.as_deref().and_then(<[u32]>::split_first) else { continue };
            is_first[*first as usize] = true;
            let open = open.iter().filter_map(|word| texts.id_of(word)).collect();
            by_first.entry(*first).or_default().push(KnownName { name, rest: rest.to_vec(), open });
        }
        OfficeNames { by_first, is_first }
    }

    /// The names in a text, whole and altered, in order.
    pub(crate) fn in_text(&self, text: &WordText, take: &mut dyn FnMut(Found)) {
        let ids = text.ids();
        for start in (0..ids.len()).filter(|word| self.is_first[ids[*word] as usize]) {
            for KnownName { name, rest, open } in self.by_first.get(&ids[start]).into_iter().flatten() {
                let at = start + 1 + rest.len();
                if at >= ids.len() || ids[start + 1..at] != rest[..] || text.sentence_of(start) != text.sentence_of(at)
                {
                    continue;
                }
                let is_altered = !open.contains(&ids[at]);
                // Names of two words are names by their capitals; longer ones stand in small letters too.
                let is_name = (text.is_capital(start) && text.is_capital(at)) || !rest.is_empty();
                let is_long = text.len_bytes(at) >= MIN_ALTERED_BYTES;
                if !is_altered || (is_name && is_long) {
                    take(Found { name: *name, words: start..at + 1, is_altered });
                }
            }
        }
    }
}

/// The words before the open place and the words that it can take.
type Name = (Vec<&'static str>, Vec<&'static str>);

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let parsed = entries(include_str!("../../data/office-names.txt")).filter_map(parse);
    parsed.collect()
});

fn parse(line: &'static str) -> Option<Name> {
    let (fixed, open) = line.split_once('[')?;
    let open = open.strip_suffix(']')?;
    Some((fixed.split_whitespace().collect(), open.split_whitespace().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_file_is_a_name() {
        for line in entries(include_str!("../../data/office-names.txt")) {
            let (fixed, open) = parse(line).unwrap_or_else(|| panic!("not a name: {line}"));
            assert!(!fixed.is_empty() && !open.is_empty() && line == line.to_lowercase(), "{line}");
        }
    }
}
