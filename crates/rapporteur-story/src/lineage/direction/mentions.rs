//! Does an article speak of people before it brings them in?
//!
//! A report names a person in full first and by the surname afterwards, and it does not begin with "He said". In a
//! text whose paragraphs were shuffled both happen.

use crate::data_file::section;
use crate::lineage::passages::SharedPair;
use crate::lineage::relation::Related;
use crate::lineage::text::{Texts, WordText};
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{Article, DirectionEvidence, DirectionKind, Place};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// Places to show.
const MAX_PLACES: usize = 5;

/// Where the two articles tell what they share in different orders: which of them has more mentions that come too
/// early?
pub(super) fn mention_order(
    articles: &[Article],
    texts: &Texts,
    pair: &SharedPair,
    related: &Related,
    known: &EarlyMentions,
) -> Option<DirectionEvidence> {
    if related.is_same_order {
        return None;
    }
    let (a, b) = (known.of(texts, pair.a), known.of(texts, pair.b));
    let (derived, early, n_other) = match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Greater => (pair.a, a, b.len()),
        std::cmp::Ordering::Less => (pair.b, b, a.len()),
        std::cmp::Ordering::Equal => return None,
    };
    let id = &articles[derived].id;
    let text = texts.text(derived);
    let places = early.iter().take(MAX_PLACES);
    Some(DirectionEvidence {
        kind: DirectionKind::MentionOrder,
        derived: id.clone(),
        reason: format!("{} mentions come before what they go back to, in the other {n_other}", early.len()),
        places: places.map(|range| Place { article: id.clone(), span: text.span(range.clone()) }).collect(),
    })
}

/// The mentions of each article that come too early, looked for once in each that is asked for.
pub(crate) struct EarlyMentions {
    by_article: Vec<OnceLock<Vec<Range<usize>>>>,
}

impl EarlyMentions {
    pub(crate) fn new(n_articles: usize) -> Self {
        EarlyMentions { by_article: (0..n_articles).map(|_| OnceLock::new()).collect() }
    }

    fn of(&self, texts: &Texts, article: usize) -> &[Range<usize>] {
        self.by_article[article].get_or_init(|| early_mentions(texts, texts.text(article)))
    }
}

/// Surnames before the full name, a first sentence that begins with a word that goes back, and persons that nobody
/// before them can be. What stands in the first sentence may be a headline, which names people as it likes.
fn early_mentions(texts: &Texts, text: &WordText) -> Vec<Range<usize>> {
    let ids = text.ids();
    // For each word with a capital where it first ends a name of two words, and where it first stands without one.
    let mut in_full: HashMap<u32, usize> = HashMap::new();
    let mut alone: HashMap<u32, usize> = HashMap::new();
    for sentence in 0..text.n_sentences() {
        let words = text.sentence(sentence);
        for word in words.clone().filter(|word| text.is_capital(*word) && text.len_bytes(*word) > 2) {
            let is_after_name = word > words.start && text.is_capital(word - 1) && !is_title(texts, ids[word - 1]);
            let is_before_name = word + 1 < words.end && text.is_capital(word + 1);
            // What begins a sentence has a capital for that.
            let is_first = word == words.start || (word == words.start + 1 && text.is_capital(words.start));
            if is_after_name && !is_first {
                in_full.entry(ids[word]).or_insert(word);
            } else if !is_after_name && !is_before_name && sentence > 0 {
                alone.entry(ids[word]).or_insert(word);
            }
        }
    }
    let mut early: Vec<Range<usize>> =
        in_full.iter().filter_map(|(id, full)| alone.get(id).filter(|at| *at < full).map(|at| *at..*at + 1)).collect();
    early.sort_by_key(|range| range.start);
    let begins_back = ids.first().is_some_and(|first| BACKWARD_WORDS.contains(texts.word(*first)));
    if begins_back {
        early.insert(0, 0..1);
    }
    // "He" where the sentence before speaks of nobody by name.
    for sentence in 1..text.n_sentences() {
        let first = text.sentence(sentence).start;
        let before = text.sentence(sentence - 1);
        let goes_back = ids.get(first).is_some_and(|id| PERSONAL_WORDS.contains(texts.word(*id)));
        let opens_back = ids.get(before.start).is_some_and(|id| BACKWARD_WORDS.contains(texts.word(*id)));
        // The first word of a sentence has a capital for that.
        let is_named = before.skip(1).any(|word| text.is_capital(word) || text.is_quoted(word));
        if goes_back && !opens_back && !is_named {
            early.push(first..first + 1);
        }
    }
    early
}

/// Whether a word is a title rather than a name: "Mr. Ryabkov" does not bring Ryabkov in.
fn is_title(texts: &Texts, id: u32) -> bool {
    SHORT_TITLES.contains(texts.word(id))
}

static BACKWARD_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| section(include_str!("../../../data/mention-words.txt"), "backward words"));
static PERSONAL_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| section(include_str!("../../../data/mention-words.txt"), "personal words"));
static SHORT_TITLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| section(include_str!("../../../data/mention-words.txt"), "short titles"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_words() {
        assert!(BACKWARD_WORDS.contains("but") && PERSONAL_WORDS.contains("he") && SHORT_TITLES.contains("mr"));
    }
}
