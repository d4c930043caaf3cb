//! Articles as sequences of words, each with its place, its sentence, and whether it is quoted.

use crate::quotation::quotations;
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{Article, FurnitureKind, Record, Span};
use std::ops::Range;
use std::sync::LazyLock;

/// A word of an article: letters and digits with apostrophes between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// The same for the same word in any article, case and the form of apostrophes aside.
    pub(crate) id: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Number of the sentence in the article.
    pub(crate) sentence: u32,
    pub(crate) is_quoted: bool,
}

/// The words of one article, furniture other than its title left out.
#[derive(Debug, Default)]
pub(crate) struct WordText {
    pub(crate) words: Vec<Word>,
}

/// The words of all articles.
pub(crate) struct Texts {
    pub(crate) texts: Vec<WordText>,
    /// For each word id a hash of the word, which does not depend on what else is in the pile.
    hashes: Vec<u64>,
}

impl Texts {
    pub(crate) fn hash_of(&self, word: Word) -> u64 {
        self.hashes[word.id as usize]
    }
}

impl WordText {
    /// The stretch of the article from the first to the last of the words in `range`.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        match (self.words.get(range.start), self.words.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) => Span::new(first.start as usize, last.end as usize),
            _ => Span::default(),
        }
    }

    /// Marks the words that begin inside one of `spans` as quoted.
    fn quote<'s>(&mut self, spans: impl Iterator<Item = &'s Span>) {
        for span in spans {
            let first = self.words.partition_point(|word| word.start < span.start.0);
            for word in self.words[first..].iter_mut().take_while(|word| word.start < span.end.0) {
                word.is_quoted = true;
            }
        }
    }
}

/// Reads the words of all articles. A word is quoted where it stands between quotation marks or where
/// a statement of the article's record quotes it.
pub(crate) fn read(articles: &[Article], records: &[Record]) -> Texts {
    let mut vocabulary = Vocabulary::default();
    let records: HashMap<_, _> = records.iter().map(|record| (&record.article, record)).collect();
    let texts = articles.iter().map(|article| {
        let mut text = words_of(article, &mut vocabulary);
        if let Some(record) = records.get(&article.id) {
            text.quote(record.statements.iter().flat_map(|statement| &statement.quoted));
        }
        text
    });
    let texts = texts.collect();
    Texts { texts, hashes: vocabulary.hashes }
}

#[derive(Default)]
struct Vocabulary {
    ids: HashMap<String, u32>,
    hashes: Vec<u64>,
    scratch: String,
}

impl Vocabulary {
    fn id_of(&mut self, word: &str) -> u32 {
        self.scratch.clear();
        let folded = word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase);
        self.scratch.extend(folded);
        if let Some(id) = self.ids.get(self.scratch.as_str()) {
            return *id;
        }
        let id = self.hashes.len() as u32;
        self.ids.insert(self.scratch.clone(), id);
        self.hashes.push(fnv1a(self.scratch.as_bytes()));
        id
    }
}

/// The 64-bit Fowler–Noll–Vo hash, variant 1a: the same on every machine and in every run.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn words_of(article: &Article, vocabulary: &mut Vocabulary) -> WordText {
    let mut words = Vec::new();
    let mut sentence = 0;
    let masks: Vec<Span> =
        article.furniture.iter().filter(|f| f.kind != FurnitureKind::Title).map(|f| f.span).collect();
    for paragraph in &article.paragraphs {
        let Some(text) = article.text.get(paragraph.start.get()..paragraph.end.get()) else { continue };
        sentence += 1;
        let offset = paragraph.start.get();
        let mut quotations = quotations(text).into_iter().peekable();
        let mut previous: Option<Range<usize>> = None;
        for range in word_ranges(text) {
            if previous.as_ref().is_some_and(|previous| ends_sentence(text, previous, range.start)) {
                sentence += 1;
            }
            previous = Some(range.clone());
            let span = Span::new(offset + range.start, offset + range.end);
            if is_masked(&masks, span) {
                sentence += 1;
                continue;
            }
            while quotations.next_if(|quotation| quotation.end <= range.start).is_some() {}
            let is_quoted = quotations.peek().is_some_and(|quotation| quotation.start <= range.start);
            let id = vocabulary.id_of(&text[range]);
            words.push(Word { id, start: span.start.0, end: span.end.0, sentence, is_quoted });
        }
    }
    WordText { words }
}

/// `masks` are in order and do not overlap.
fn is_masked(masks: &[Span], span: Span) -> bool {
    let next = masks.partition_point(|mask| mask.end <= span.start);
    masks.get(next).is_some_and(|mask| mask.overlaps(span))
}

/// The words of `text`, in bytes of it.
pub(crate) fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.peek().copied() {
            let is_inner_apostrophe =
                matches!(c, '\'' | '’') && text[at + c.len_utf8()..].starts_with(|next: char| next.is_alphanumeric());
            if !c.is_alphanumeric() && !is_inner_apostrophe {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        Some(start..end)
    })
}

/// Whether a sentence ends between the word `before` and the one that starts at `next`.
fn ends_sentence(text: &str, before: &Range<usize>, next: usize) -> bool {
    let gap = &text[before.end..next];
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
        LazyLock::new(|| entries(include_str!("../data/abbreviations.txt")).collect());
    &ABBREVIATIONS
}

/// The entries of a data file: its lines, comments and blank ones left out.
pub(crate) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
