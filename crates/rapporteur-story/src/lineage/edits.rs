//! How the common wording of two texts was changed: which words stand for which others.

use crate::lineage::align::Chain;
use crate::lineage::text::WordText;
use std::ops::Range;

/// Words of one text that stand where the other has others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) a: Range<usize>,
    pub(crate) b: Range<usize>,
}

/// The replacements inside a chain: gaps between common words that neither text leaves empty.
pub(crate) fn replacements(chain: &Chain) -> impl Iterator<Item = Replacement> {
    let gaps = chain.pairs.windows(2).map(|pair| Replacement {
        a: pair[0].0 as usize + 1..pair[1].0 as usize,
        b: pair[0].1 as usize + 1..pair[1].1 as usize,
    });
    gaps.filter(|gap| !gap.a.is_empty() && !gap.b.is_empty())
}

/// How much was changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Edits {
    pub(crate) n_common: usize,
    pub(crate) n_replacements: usize,
    /// Places where one text has words and the other none.
    pub(crate) n_insertions: usize,
    /// Sentences of the first text with common words, and those of them with a replacement.
    pub(crate) n_sentences: usize,
    pub(crate) n_changed_sentences: usize,
}

/// Words were replaced one by one where there is a replacement among so many common words … The 355 spun copies
/// looked at have one for 6 to 20 common words; where an agency edited its own report it is one for 60 and more.
const MIN_REPLACEMENTS_A_WORD: f64 = 0.035;
/// … and in so many of the sentences: a spinner goes through all of them, an editor changes some. Of the spun copies
/// the least has .39.
const MIN_CHANGED_SENTENCES: f64 = 0.35;
/// Fewer replacements are chance.
const MIN_REPLACEMENTS: usize = 4;

impl Edits {
    pub(crate) fn of(chains: &[Chain], a: &WordText) -> Edits {
        let mut edits = Edits::default();
        // For each sentence whether it has common words, and whether a replacement.
        let mut sentences = vec![(false, false); a.n_sentences()];
        for chain in chains {
            edits.n_common += chain.pairs.len();
            let mut sentence = 0..0;
            let mut number = 0;
            let mut previous: Option<(u32, u32)> = None;
            for (at_a, at_b) in &chain.pairs {
                if let Some((before_a, before_b)) = previous {
                    let (gap_a, gap_b) = (at_a - before_a - 1, at_b - before_b - 1);
                    if gap_a > 0 && gap_b > 0 {
                        edits.n_replacements += 1;
                        sentences[number].1 = true;
                    } else if gap_a + gap_b > 0 {
                        edits.n_insertions += 1;
                    }
                }
                previous = Some((*at_a, *at_b));
                if !sentence.contains(&(*at_a as usize)) {
                    number = a.sentence_of(*at_a as usize);
                    sentence = a.sentence(number);
                    sentences[number].0 = true;
                }
            }
        }
        edits.n_sentences = sentences.iter().filter(|(is_common, _)| *is_common).count();
        edits.n_changed_sentences = sentences.iter().filter(|(_, is_changed)| *is_changed).count();
        edits
    }

    /// Whether words were replaced one by one all over the common wording, as programs for synonyms do.
    pub(crate) fn are_spun(&self) -> bool {
        self.n_replacements >= MIN_REPLACEMENTS
            && self.n_replacements >= self.n_insertions
            && self.n_replacements as f64 >= MIN_REPLACEMENTS_A_WORD * self.n_common as f64
            && self.n_changed_sentences as f64 >= MIN_CHANGED_SENTENCES * self.n_sentences as f64
    }
}
