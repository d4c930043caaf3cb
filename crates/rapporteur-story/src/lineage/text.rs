//! Articles as sequences of words, each with its place, its sentence, and whether it is quoted.
//!
//! All that later steps ask of an article is here, in six bytes a word, so that the text itself can be let go.

use crate::lineage::quotation::quotations;
use crate::lineage::vocabulary::Vocabulary;
use crate::lineage::words::{ends_sentence, word_ranges};
use crate::workers::{Workers, in_parts};
use hashbrown::HashMap;
use rapporteur_model::{Article, ArticleId, FurnitureKind, Record, Span};
use std::ops::Range;

/// The words of one article, furniture other than its title left out.
#[derive(Debug, Default)]
pub(crate) struct WordText {
    /// The same id for the same word in any article, case and the form of apostrophes aside.
    ids: Vec<u32>,
    lens_bytes: Vec<u8>,
    /// The marks of each word, and from [`GAP`] on how many bytes lie between it and the word before it; [`FAR`] where `far`
    /// has where it begins.
    marks: Vec<u8>,
    /// Words with the byte of the article at which they begin, in order: the first of each sentence, and every so many in
    /// long ones.
    far: Vec<(u32, u32)>,
    /// The first word of each sentence.
    sentences: Vec<u32>,
}

/// No more words than this stand between two whose beginning is known.
const MAX_STEPS: usize = 64;

/// The marks take the bits below this one.
const GAP: u8 = 8;
/// In place of a gap: the greatest number that the bits above the marks hold.
const FAR: u8 = u8::MAX / GAP;
const GAPS: u8 = FAR * GAP;
const QUOTED: u8 = 1;
const CAPITAL: u8 = 2;
/// Quoted as the article's record has it.
const QUOTED_IN_RECORD: u8 = 4;
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

    /// How many of the words are quoted.
    pub(crate) fn n_quoted(&self, words: Range<usize>) -> usize {
        self.marks[words].iter().filter(|marks| **marks & (QUOTED | QUOTED_IN_RECORD) != 0).count()
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
        let word = self.n_words_where(|start| start as usize <= at).checked_sub(1)?;
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
            Some(last) => Span::new(self.start(range.start) as usize, self.start(last) as usize + self.len_bytes(last)),
            None => Span::default(),
        }
    }

    /// Adds a word with its marks; the sentence that it begins was added before it.
    fn push(&mut self, id: u32, start: u32, len_bytes: u8, marks: u8) {
        let word = self.ids.len();
        let n_steps = self.far.last().map_or(MAX_STEPS, |(last, _)| word - *last as usize);
        let is_first = self.sentences.last().is_some_and(|first| *first as usize == word);
        let gap = match word.checked_sub(1) {
            Some(before) if n_steps < MAX_STEPS && !is_first => {
                let end = self.start(before) + u32::from(self.lens_bytes[before]);
                u8::try_from(start - end).ok().filter(|gap| *gap < FAR)
            }
            _ => None,
        };
        if gap.is_none() {
            self.far.push((word as u32, start));
        }
        self.ids.push(id);
        self.lens_bytes.push(len_bytes);
        self.marks.push((marks & !GAPS) | (gap.unwrap_or(FAR) * GAP));
    }

    /// The same without room for more words.
    fn fitted(&self) -> Self {
        let WordText { ids, lens_bytes, marks, far, sentences } = self;
        WordText {
            ids: fitted(ids),
            lens_bytes: fitted(lens_bytes),
            marks: fitted(marks),
            far: fitted(far),
            sentences: fitted(sentences),
        }
    }

    /// How many bytes after each of these words the next one begins, where that is no [`FAR`] one.
    fn steps(&self, words: Range<usize>) -> impl Iterator<Item = u32> {
        let lens = self.lens_bytes[words.clone()].iter();
        let gaps = self.marks[words.start + 1..words.end + 1].iter().map(|marks| marks / GAP);
        lens.zip(gaps).map(|(len, gap)| u32::from(*len) + u32::from(gap))
    }

    /// Where a word begins in the article, in bytes.
    fn start(&self, word: usize) -> u32 {
        let known = self.far.partition_point(|(far, _)| *far as usize <= word).saturating_sub(1);
        let Some((far, start)) = self.far.get(known) else { return 0 };
        self.steps(*far as usize..word).fold(*start, |start, step| start + step)
    }

    /// The number of words from the first on that begin where `is_before` says, which holds for the first ones and for no
    /// others.
    fn n_words_where(&self, is_before: impl Fn(u32) -> bool) -> usize {
        let Some(known) = self.far.partition_point(|(_, start)| is_before(*start)).checked_sub(1) else { return 0 };
        let (far, mut start) = self.far[known];
        let end = self.far.get(known + 1).map_or(self.ids.len(), |(next, _)| *next as usize);
        let near = self.steps(far as usize..end - 1).take_while(|step| {
            start += step;
            is_before(start)
        });
        far as usize + 1 + near.count()
    }

    /// Marks the words that begin inside one of `spans` as those that are quoted in the record.
    fn quote<'s>(&mut self, spans: impl Iterator<Item = &'s Span>) {
        self.marks.iter_mut().for_each(|marks| *marks &= !QUOTED_IN_RECORD);
        for span in spans {
            let first = self.n_words_where(|start| start < span.start.0);
            let last = self.n_words_where(|start| start < span.end.0);
            self.marks[first..last].iter_mut().for_each(|marks| *marks |= QUOTED_IN_RECORD);
        }
    }
}

/// The words of all articles.
#[derive(Default)]
pub(crate) struct Texts {
    texts: Vec<WordText>,
    vocabulary: Vocabulary,
    /// Articles of the pile, where these are but some of it.
    n_piled: Option<usize>,
}

impl Texts {
    /// Adds the words of an article. A word is quoted where it stands between quotation marks or where a statement
    /// of the article's record quotes it.
    pub(crate) fn add(&mut self, article: &Article, record: Option<&Record>) {
        self.add_quoting(article, quoted_in(record));
    }

    /// [`Texts::add`] with what the article's record quotes instead of the record.
    pub(crate) fn add_quoting<'s>(&mut self, article: &Article, quoted: impl Iterator<Item = &'s Span>) {
        let mut text = words_of(article, &mut self.vocabulary);
        text.quote(quoted);
        self.vocabulary.count(&text.ids, self.texts.len());
        self.texts.push(text);
    }

    /// The words of articles, with their records.
    pub(crate) fn of(articles: &[Article], records: &HashMap<&ArticleId, &Record>, workers: &dyn Workers) -> Self {
        let of_part = |articles: &[Article]| {
            let mut texts = Texts::default();
            articles.iter().for_each(|article| texts.add(article, records.get(&article.id).copied()));
            texts
        };
        let parts = in_parts(workers, articles, of_part).into_iter();
        parts.reduce(Texts::joined).unwrap_or_default()
    }

    /// The texts of two parts of a pile, as if the later ones had been added to the earlier ones.
    fn joined(mut self, later: Texts) -> Texts {
        let n_before = self.texts.len();
        let ids = self.vocabulary.take_in(&later.vocabulary, n_before);
        self.texts.extend(later.texts);
        for id in self.texts[n_before..].iter_mut().flat_map(|text| &mut text.ids) {
            *id = ids[*id as usize];
        }
        self
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
            for word in words {
                kept.push(text.ids[word], text.start(word), text.lens_bytes[word], text.marks[word]);
            }
        }
        self.texts[idx] = kept.fitted();
    }

    /// Counts anew how many articles have each word, after words were taken out.
    pub(crate) fn recount(&mut self) {
        self.vocabulary.forget_counts();
        for (idx, text) in self.texts.iter().enumerate() {
            self.vocabulary.count(&text.ids, idx);
        }
    }

    /// Tells that these texts are but some of a pile of `n_articles`, and of some words in how many articles they are; the
    /// others are in one.
    pub(crate) fn tell_pile(&mut self, n_articles: usize, counts: impl Iterator<Item = (u64, u32)>) {
        self.n_piled = Some(n_articles);
        self.vocabulary.tell_counts(counts);
    }

    /// Articles of the pile.
    pub(crate) fn n_piled(&self) -> usize {
        self.n_piled.unwrap_or(self.texts.len())
    }

    /// Words of each text.
    pub(crate) fn lengths(&self) -> Vec<usize> {
        self.texts.iter().map(WordText::n_words).collect()
    }

    /// Changes the places of two texts.
    pub(crate) fn swap(&mut self, a: usize, b: usize) {
        self.texts.swap(a, b);
    }

    pub(crate) fn text(&self, article: usize) -> &WordText {
        &self.texts[article]
    }

    /// A hash of the word, which does not depend on what else is in the pile.
    pub(crate) fn hash_of(&self, id: u32) -> u64 {
        self.vocabulary.hash_of(id)
    }

    pub(crate) fn n_distinct_words(&self) -> usize {
        self.vocabulary.len()
    }

    /// The id of a word, which is given folded; `None` where no article has it.
    pub(crate) fn id_of(&self, word: &str) -> Option<u32> {
        self.vocabulary.known_id_of(word)
    }

    /// The word of this id, folded.
    pub(crate) fn word(&self, id: u32) -> &str {
        self.vocabulary.word(id)
    }

    /// Whether the word is common in the language.
    pub(crate) fn is_common_word(&self, id: u32) -> bool {
        self.vocabulary.is_common(id)
    }

    /// The number of articles that have the word.
    pub(crate) fn n_articles_with(&self, id: u32) -> u32 {
        self.vocabulary.n_articles_with(id)
    }

    /// Whether few articles have the word, but more than one.
    pub(crate) fn is_rare(&self, id: u32) -> bool {
        let max_articles = MAX_RARE_ARTICLES.max((MAX_RARE_SHARE * self.n_piled() as f64) as u32);
        (2..=max_articles).contains(&self.n_articles_with(id))
    }
}

/// What a record quotes.
pub(crate) fn quoted_in(record: Option<&Record>) -> impl Iterator<Item = &Span> {
    record.into_iter().flat_map(|record| &record.statements).flat_map(|statement| &statement.quoted)
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
            let marks = if is_quoted { QUOTED } else { 0 } | if is_capital { CAPITAL } else { 0 };
            words.push(vocabulary.id_of(&text[range.clone()]), span.start.0, range.len() as u8, marks);
        }
    }
    words.fitted()
}

/// The same items in a list that has room for these alone: an allocator need not give back what is beyond a list that shrinks.
pub(super) fn fitted<T: Clone>(items: &[T]) -> Vec<T> {
    items.to_vec()
}

/// `masks` are in order and do not overlap.
fn is_masked(masks: &[Span], span: Span) -> bool {
    let next = masks.partition_point(|mask| mask.end <= span.start);
    masks.get(next).is_some_and(|mask| mask.overlaps(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEN: u8 = 2;

    proptest! {
        #[test]
        fn every_word_is_found_where_it_begins(gaps in prop::collection::vec((0u32..600, any::<bool>()), 0..400), at in 0u32..2_000) {
            let (mut text, mut starts, mut next) = (WordText::default(), Vec::new(), 0);
            for (word, (gap, is_new_sentence)) in (0u32..).zip(gaps) {
                next += gap + u32::from(LEN);
                if is_new_sentence || word == 0 {
                    text.sentences.push(word);
                }
                starts.push(next);
                text.push(word, next, LEN, CAPITAL);
            }
            for (word, start) in starts.iter().enumerate() {
                prop_assert_eq!(text.start(word), *start);
                prop_assert!(text.is_capital(word) && !text.is_quoted(word));
            }
            prop_assert_eq!(text.n_words_where(|start| start < at), starts.partition_point(|start| *start < at));
        }
    }
}
