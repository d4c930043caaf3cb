//! Articles as sequences of words, each with its place, its sentence, and whether it is quoted.
//!
//! All that later steps ask of an article is here, in ten bytes a word, so that the text itself can be let go.

use crate::data_file::{entries, words};
use crate::lineage::quotation::quotations;
use hashbrown::{HashSet, HashTable};
use rapporteur_model::{Article, FurnitureKind, Record, Span};
use std::ops::Range;
use std::sync::LazyLock;

/// The words of one article, furniture other than its title left out.
#[derive(Debug, Default)]
pub(crate) struct WordText {
    /// The same id for the same word in any article, case and the form of apostrophes aside.
    ids: Vec<u32>,
    /// Where each word begins in the article, in bytes.
    starts: Vec<u32>,
    lens_bytes: Vec<u8>,
    marks: Vec<u8>,
    /// The first word of each sentence.
    sentences: Vec<u32>,
}

const QUOTED: u8 = 1;
const CAPITAL: u8 = 2;
/// Quoted as the article's record has it.
const QUOTED_IN_RECORD: u8 = 4;
/// A longer stretch of letters is several words: it is no word of any language, and lengths are kept in a byte.
const MAX_WORD_BYTES: usize = 255;
/// A rare word is in at most this share of the articles, and in a small pile in this many. Over 2,554 articles with 786
/// copies a share of .02 and of .10 find the same copies.
const MAX_RARE_SHARE: f64 = 0.05;
const MAX_RARE_ARTICLES: u32 = 20;

impl WordText {
    pub(crate) fn n_words(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// Length of a word in bytes.
    pub(crate) fn len_bytes(&self, word: usize) -> usize {
        usize::from(self.lens_bytes[word])
    }

    pub(crate) fn is_quoted(&self, word: usize) -> bool {
        self.marks[word] & (QUOTED | QUOTED_IN_RECORD) != 0
    }

    /// Whether the word is written with a capital.
    pub(crate) fn is_capital(&self, word: usize) -> bool {
        self.marks[word] & CAPITAL != 0
    }

    /// The number of the sentence that holds the word.
    pub(crate) fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|first| *first as usize <= word).saturating_sub(1)
    }

    /// The stretch of the sentence that holds the byte `at`: from its first word to its last.
    pub(crate) fn sentence_span_at(&self, at: usize) -> Option<Span> {
        let word = self.starts.partition_point(|start| *start as usize <= at).checked_sub(1)?;
        let sentence = self.sentence(self.sentence_of(word));
        Some(self.span(sentence))
    }

    pub(crate) fn n_sentences(&self) -> usize {
        self.sentences.len()
    }

    /// The words of a sentence.
    pub(crate) fn sentence(&self, sentence: usize) -> Range<usize> {
        let end = self.sentences.get(sentence + 1).map_or(self.ids.len(), |next| *next as usize);
        self.sentences[sentence] as usize..end
    }

    /// The stretch of the article from the first to the last of the words in `range`.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        match range.end.checked_sub(1).filter(|last| range.start <= *last && *last < self.ids.len()) {
            Some(last) => {
                Span::new(self.starts[range.start] as usize, self.starts[last] as usize + self.len_bytes(last))
            }
            None => Span::default(),
        }
    }

    /// Marks the words that begin inside one of `spans` as those that are quoted in the record.
    fn quote<'s>(&mut self, spans: impl Iterator<Item = &'s Span>) {
        self.marks.iter_mut().for_each(|marks| *marks &= !QUOTED_IN_RECORD);
        for span in spans {
            let first = self.starts.partition_point(|start| *start < span.start.0);
            let last = self.starts.partition_point(|start| *start < span.end.0);
            self.marks[first..last].iter_mut().for_each(|marks| *marks |= QUOTED_IN_RECORD);
        }
    }
}

/// The words of all articles.
#[derive(Default)]
pub(crate) struct Texts {
    texts: Vec<WordText>,
    vocabulary: Vocabulary,
}

impl Texts {
    /// Adds the words of an article. A word is quoted where it stands between quotation marks or where a statement
    /// of the article's record quotes it.
    pub(crate) fn add(&mut self, article: &Article, record: Option<&Record>) {
        let mut text = words_of(article, &mut self.vocabulary);
        text.quote(quoted_in(record));
        self.vocabulary.count(&text.ids, self.texts.len());
        self.texts.push(text);
    }

    /// Marks as quoted in a text what another record of its article quotes, and gives whether the marks are others now.
    pub(crate) fn quote(&mut self, idx: usize, record: Option<&Record>) -> bool {
        let text = &mut self.texts[idx];
        let before = text.marks.clone();
        text.quote(quoted_in(record));
        text.marks != before
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Takes the words of repeated paragraphs out of the text of an article.
    pub(crate) fn mask(&mut self, idx: usize, article: &Article) {
        let is_repeated = |f: &&rapporteur_model::Furniture| f.kind == FurnitureKind::Repeated;
        let masks: Vec<Span> = article.furniture.iter().filter(is_repeated).map(|f| f.span).collect();
        let text = std::mem::take(&mut self.texts[idx]);
        let mut kept = WordText::default();
        for sentence in 0..text.n_sentences() {
            let words = text.sentence(sentence);
            if !words.is_empty() && is_masked(&masks, text.span(words.clone())) {
                continue;
            }
            kept.sentences.push(kept.ids.len() as u32);
            kept.ids.extend(&text.ids[words.clone()]);
            kept.starts.extend(&text.starts[words.clone()]);
            kept.lens_bytes.extend(&text.lens_bytes[words.clone()]);
            kept.marks.extend(&text.marks[words]);
        }
        self.texts[idx] = kept;
    }

    /// Counts anew how many articles have each word, after words were taken out.
    pub(crate) fn recount(&mut self) {
        self.vocabulary.n_articles.iter_mut().for_each(|n| *n = 0);
        self.vocabulary.last_article.iter_mut().for_each(|last| *last = u32::MAX);
        for (idx, text) in self.texts.iter().enumerate() {
            self.vocabulary.count(&text.ids, idx);
        }
    }

    /// Puts the texts into another order: first the one at `order[0]`, and so on.
    pub(crate) fn reorder(&mut self, order: &[usize]) {
        self.texts = order.iter().map(|idx| std::mem::take(&mut self.texts[*idx])).collect();
    }

    pub(crate) fn text(&self, article: usize) -> &WordText {
        &self.texts[article]
    }

    /// A hash of the word, which does not depend on what else is in the pile.
    pub(crate) fn hash_of(&self, id: u32) -> u64 {
        self.vocabulary.hashes[id as usize]
    }

    pub(crate) fn n_distinct_words(&self) -> usize {
        self.vocabulary.hashes.len()
    }

    /// The id of a word, which is given folded; `None` where no article has it.
    pub(crate) fn id_of(&self, word: &str) -> Option<u32> {
        let hash = fnv1a(word.as_bytes());
        self.vocabulary.ids.find(mix(hash), |id| self.word(*id) == word).copied()
    }

    /// The word of this id, folded.
    pub(crate) fn word(&self, id: u32) -> &str {
        let Vocabulary { folded, ends, .. } = &self.vocabulary;
        let start = id.checked_sub(1).map_or(0, |before| ends[before as usize] as usize);
        &folded[start..ends[id as usize] as usize]
    }

    /// Whether the word is common in the language.
    pub(crate) fn is_common_word(&self, id: u32) -> bool {
        self.vocabulary.is_common[id as usize]
    }

    /// The number of articles that have the word.
    pub(crate) fn n_articles_with(&self, id: u32) -> u32 {
        self.vocabulary.n_articles[id as usize]
    }

    /// Whether few articles have the word, but more than one.
    pub(crate) fn is_rare(&self, id: u32) -> bool {
        let max_articles = MAX_RARE_ARTICLES.max((MAX_RARE_SHARE * self.len() as f64) as u32);
        (2..=max_articles).contains(&self.n_articles_with(id))
    }
}

fn quoted_in(record: Option<&Record>) -> impl Iterator<Item = &Span> {
    record.into_iter().flat_map(|record| &record.statements).flat_map(|statement| &statement.quoted)
}

/// Words and their ids.
#[derive(Default)]
struct Vocabulary {
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
    fn id_of(&mut self, word: &str) -> u32 {
        static COMMON: LazyLock<HashSet<&'static str>> =
            LazyLock::new(|| words(include_str!("../../data/common-words.txt")));
        self.scratch.clear();
        for c in word.chars() {
            match c {
                '’' => self.scratch.push('\''),
                c if c.is_ascii() => self.scratch.push(c.to_ascii_lowercase()),
                c => self.scratch.extend(c.to_lowercase()),
            }
        }
        let Vocabulary { ids, folded, ends, hashes, scratch, .. } = self;
        let hash = fnv1a(scratch.as_bytes());
        let known = |id: &u32| {
            let start = id.checked_sub(1).map_or(0, |before| ends[before as usize] as usize);
            hashes[*id as usize] == hash && folded[start..ends[*id as usize] as usize] == **scratch
        };
        if let Some(id) = ids.find(mix(hash), known) {
            return *id;
        }
        let id = hashes.len() as u32;
        hashes.push(hash);
        ids.insert_unique(mix(hash), id, |id| mix(hashes[*id as usize]));
        folded.push_str(scratch);
        ends.push(folded.len() as u64);
        self.is_common.push(COMMON.contains(self.scratch.as_str()));
        self.n_articles.push(0);
        self.last_article.push(u32::MAX);
        id
    }

    /// Counts an article for each of its words.
    fn count(&mut self, words: &[u32], article: usize) {
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

fn words_of(article: &Article, vocabulary: &mut Vocabulary) -> WordText {
    let mut words = WordText::default();
    let mut is_new_sentence;
    let masks: Vec<Span> =
        article.furniture.iter().filter(|f| f.kind != FurnitureKind::Title).map(|f| f.span).collect();
    for paragraph in &article.paragraphs {
        let Some(text) = article.text.get(paragraph.start.get()..paragraph.end.get()) else { continue };
        is_new_sentence = true;
        let offset = paragraph.start.get();
        let mut quotations = quotations(text).into_iter().peekable();
        let mut previous: Option<Range<usize>> = None;
        for range in word_ranges(text) {
            is_new_sentence |= previous.as_ref().is_some_and(|previous| ends_sentence(text, previous, range.start));
            previous = Some(range.clone());
            let span = Span::new(offset + range.start, offset + range.end);
            if is_masked(&masks, span) {
                is_new_sentence = true;
                continue;
            }
            while quotations.next_if(|quotation| quotation.end <= range.start).is_some() {}
            let is_quoted = quotations.peek().is_some_and(|quotation| quotation.start <= range.start);
            let is_capital = text[range.clone()].starts_with(char::is_uppercase);
            if std::mem::take(&mut is_new_sentence) {
                words.sentences.push(words.ids.len() as u32);
            }
            words.lens_bytes.push(range.len() as u8);
            words.ids.push(vocabulary.id_of(&text[range]));
            words.starts.push(span.start.0);
            words.marks.push(if is_quoted { QUOTED } else { 0 } | if is_capital { CAPITAL } else { 0 });
        }
    }
    for list in [&mut words.ids, &mut words.starts, &mut words.sentences] {
        list.shrink_to_fit();
    }
    words.lens_bytes.shrink_to_fit();
    words.marks.shrink_to_fit();
    words
}

/// `masks` are in order and do not overlap.
fn is_masked(masks: &[Span], span: Span) -> bool {
    let next = masks.partition_point(|mask| mask.end <= span.start);
    masks.get(next).is_some_and(|mask| mask.overlaps(span))
}

/// The words of `text`, in bytes of it: letters and digits with apostrophes between them; in scripts that are
/// written without spaces each sign is a word.
pub(crate) fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.peek().copied() {
            let is_inner_apostrophe =
                matches!(c, '\'' | '’') && text[at + c.len_utf8()..].starts_with(|next: char| next.is_alphanumeric());
            let goes_on = (c.is_alphanumeric() && !is_sign(first) && !is_sign(c)) || is_inner_apostrophe;
            if !goes_on || at + c.len_utf8() - start > MAX_WORD_BYTES {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        Some(start..end)
    })
}

/// Whether a character belongs to a script that is written without spaces: the ideographs, kana and Thai of the
/// Unicode blocks.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{edf}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a sentence ends between the word `before` and the one that starts at `next`.
fn ends_sentence(text: &str, before: &Range<usize>, next: usize) -> bool {
    let gap = &text[before.end..next];
    if gap == " " {
        return false;
    }
    if gap.contains(['。', '！', '？']) {
        return true;
    }
    let Some(mark) = gap.chars().find(|c| matches!(c, '.' | '!' | '?' | '…')) else { return false };
    let begins_sentence = text[next..].starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if !begins_sentence || !gap.contains(char::is_whitespace) {
        return false;
    }
    let word = text[before.clone()].to_lowercase();
    let goes_on = mark == '.' && (word.chars().count() == 1 || abbreviations().contains(word.as_str()));
    !goes_on
}

fn abbreviations() -> &'static HashSet<&'static str> {
    static ABBREVIATIONS: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| entries(include_str!("../../data/abbreviations.txt")).collect());
    &ABBREVIATIONS
}
