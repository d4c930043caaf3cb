//! What does an annotated text look like? [`Document`] and the borrowed views [`Token`] and
//! [`TokenSpan`] on it.

mod builder;
mod noun_chunks;
mod token;

pub use builder::{DocumentBuilder, TokenAnnotation};
pub use token::{EntityTag, Token, TokenSpan};

use crate::labels::{LabelId, Labels};
use std::sync::Arc;

/// Longest text of a document, in bytes: 1 GiB.
pub(crate) const MAX_TEXT_BYTES: usize = 1 << 30;

/// A stretch of a document's text in bytes, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextSpan {
    /// Byte offset of the first character.
    pub start: u32,
    /// Byte offset after the last character.
    pub end: u32,
}

impl TextSpan {
    /// The words that the span covers.
    ///
    /// # Panics
    /// If the span belongs to another, shorter text.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

/// A text with its annotation: tokens, tags, dependency tree, lemmas, sentences, named entities.
///
/// It owns the text. Tokens cover it without overlaps and in order; what lies between two tokens is
/// at most one space. Token positions are indices from 0; text positions are byte offsets.
///
/// ```
/// use rapporteur_text::{Document, TokenAnnotation};
///
/// let mut builder = Document::builder("She agreed.");
/// builder.push(TokenAnnotation { text: "She", whitespace: true, tag: "PRP", dep: "nsubj", head: 1, ..Default::default() });
/// builder.push(TokenAnnotation { text: "agreed", tag: "VBD", dep: "ROOT", head: 1, ..Default::default() });
/// builder.push(TokenAnnotation { text: ".", tag: ".", dep: "punct", head: 1, ..Default::default() });
/// let doc = builder.finish().expect("the tokens spell the text");
/// let verb = doc.token(0).head();
/// assert_eq!(verb.text(), "agreed");
/// assert_eq!(verb.children().map(|child| child.text()).collect::<Vec<_>>(), ["She", "."]);
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) text: Box<str>,
    /// Norms and lemmas that are not spelled like their token, one after the other.
    pub(crate) strings: String,
    pub(crate) tokens: Vec<TokenData>,
    pub(crate) labels: Arc<Labels>,
    /// Children of all tokens in ascending order; those of token `i` are
    /// `children[child_starts[i]..child_starts[i + 1]]`.
    children: Vec<u32>,
    child_starts: Vec<u32>,
    /// First token of each sentence.
    sentence_starts: Vec<u32>,
}

/// One token as it is stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenData {
    pub(crate) span: TextSpan,
    pub(crate) norm: StringRef,
    pub(crate) lemma: StringRef,
    pub(crate) head: u32,
    pub(crate) tag: LabelId,
    pub(crate) pos: LabelId,
    pub(crate) morph: LabelId,
    pub(crate) dep: LabelId,
    pub(crate) ent_type: LabelId,
    pub(crate) ent_tag: EntityTag,
    pub(crate) is_space: bool,
    pub(crate) has_space_after: bool,
    pub(crate) is_sentence_start: bool,
}

/// A string of a document: the token's own text, or a stretch of [`Document::strings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StringRef {
    start: u32,
    len: u32,
}

impl StringRef {
    /// Spelled like the token.
    pub(crate) const TOKEN_TEXT: StringRef = StringRef { start: u32::MAX, len: 0 };

    /// Stores `string` in `strings`, unless it is spelled like the token. The token's text stands in where
    /// `strings` would pass 4 GiB, which takes a model that gives words norms of many times their length.
    pub(crate) fn store(string: &str, token_text: &str, strings: &mut String) -> StringRef {
        if string == token_text {
            return Self::TOKEN_TEXT;
        }
        let (Ok(start), Ok(len)) = (u32::try_from(strings.len()), u32::try_from(string.len())) else {
            return Self::TOKEN_TEXT;
        };
        strings.push_str(string);
        StringRef { start, len }
    }
}

impl Document {
    /// Starts a document whose annotation comes from elsewhere: a test, a file, another parser.
    pub fn builder(text: &str) -> DocumentBuilder<'_> {
        DocumentBuilder::new(text)
    }

    /// Puts together what the pipeline found; `tokens` have valid heads.
    pub(crate) fn from_parts(text: Box<str>, strings: String, tokens: Vec<TokenData>, labels: Arc<Labels>) -> Self {
        let mut child_starts = vec![0u32; tokens.len() + 1];
        for (idx, token) in tokens.iter().enumerate() {
            if token.head as usize != idx {
                child_starts[token.head as usize + 1] += 1;
            }
        }
        for idx in 0..tokens.len() {
            child_starts[idx + 1] += child_starts[idx];
        }
        let mut next = child_starts.clone();
        let mut children = vec![0u32; child_starts[tokens.len()] as usize];
        for (idx, token) in tokens.iter().enumerate() {
            let head = token.head as usize;
            if head != idx {
                children[next[head] as usize] = idx as u32;
                next[head] += 1;
            }
        }
        let is_start = |(idx, token): (usize, &TokenData)| (idx == 0 || token.is_sentence_start).then_some(idx as u32);
        let sentence_starts = tokens.iter().enumerate().filter_map(is_start).collect();
        Document { text, strings, tokens, labels, children, child_starts, sentence_starts }
    }

    /// The text, as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are no tokens: the text was empty.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at `token_idx`.
    ///
    /// # Panics
    /// If `token_idx >= self.len()`.
    pub fn token(&self, token_idx: usize) -> Token<'_> {
        assert!(token_idx < self.len(), "token {token_idx} of {}", self.len());
        Token { doc: self, idx: token_idx as u32 }
    }

    /// All tokens in text order.
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + DoubleEndedIterator + Clone {
        (0..self.len() as u32).map(move |idx| Token { doc: self, idx })
    }

    /// The tokens from `start` up to `end` as one span without a label.
    ///
    /// # Panics
    /// If `start > end` or `end > self.len()`.
    pub fn span(&self, start: usize, end: usize) -> TokenSpan<'_> {
        assert!(start <= end && end <= self.len(), "tokens {start}..{end} of {}", self.len());
        TokenSpan { doc: self, start: start as u32, end: end as u32, label: LabelId::NONE }
    }

    /// Number of sentences.
    pub fn n_sentences(&self) -> usize {
        self.sentence_starts.len()
    }

    /// The sentences in text order; together they hold every token once.
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = TokenSpan<'_>> {
        (0..self.n_sentences()).map(|n| self.sentence(n))
    }

    /// The sentence that holds the token at `token_idx`.
    ///
    /// # Panics
    /// If `token_idx >= self.len()`.
    pub fn sentence_of(&self, token_idx: usize) -> TokenSpan<'_> {
        assert!(token_idx < self.len(), "token {token_idx} of {}", self.len());
        self.sentence(self.sentence_starts.partition_point(|&start| start as usize <= token_idx) - 1)
    }

    fn sentence(&self, n: usize) -> TokenSpan<'_> {
        let end = self.sentence_starts.get(n + 1).map_or(self.len(), |&end| end as usize);
        self.span(self.sentence_starts[n] as usize, end)
    }

    /// The named entities in text order, each with its label.
    pub fn entities(&self) -> impl Iterator<Item = TokenSpan<'_>> {
        let begins = (0..self.len()).filter(|&idx| self.tokens[idx].ent_tag == EntityTag::Begin);
        begins.map(|start| {
            let n_inside = self.tokens[start + 1..].iter().take_while(|t| t.ent_tag == EntityTag::Inside).count();
            TokenSpan { label: self.tokens[start].ent_type, ..self.span(start, start + 1 + n_inside) }
        })
    }

    /// Base noun phrases in text order, without overlaps: a noun with what stands left of it.
    pub fn noun_chunks(&self) -> impl Iterator<Item = TokenSpan<'_>> {
        noun_chunks::noun_chunks(self)
    }

    /// The token that covers byte `offset` of the text, if one does.
    pub fn token_at(&self, offset: usize) -> Option<Token<'_>> {
        let n_begun = self.tokens.partition_point(|token| token.span.start as usize <= offset);
        let idx = n_begun.checked_sub(1)?;
        (offset < self.tokens[idx].span.end as usize).then(|| self.token(idx))
    }

    pub(crate) fn children_of(&self, token_idx: u32) -> &[u32] {
        let [start, end] = [0, 1].map(|d| self.child_starts[token_idx as usize + d] as usize);
        &self.children[start..end]
    }

    pub(crate) fn string<'doc>(&'doc self, string: StringRef, token: &TokenData) -> &'doc str {
        if string == StringRef::TOKEN_TEXT {
            token.span.of(&self.text)
        } else {
            &self.strings[string.start as usize..][..string.len as usize]
        }
    }
}
