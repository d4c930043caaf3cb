//! Where does a token begin and end? White space, then prefixes, suffixes and infixes by the
//! pattern rules of the model folder, then exceptions; [`rules`] reads them, [`special_cases`] is
//! the pass over the finished tokens.

mod rules;
mod special_cases;

pub(crate) use rules::Rules;

use crate::lexicon::{Lexicon, Norms, TypeId};
use crate::unicode;
use hashbrown::HashMap;

/// Chunks longer than this many bytes are not remembered: they do not come again.
const MAX_CACHED_CHUNK_BYTES: usize = 128;

/// A token before annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) type_id: TypeId,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) has_space_after: bool,
}

/// What a session remembers of chunks: text between white space and its tokens.
#[derive(Debug, Default)]
pub(crate) struct ChunkCache {
    ranges: HashMap<Box<str>, (u32, u32)>,
    tokens: Vec<ChunkToken>,
}

impl ChunkCache {
    /// Number of chunks that are remembered.
    pub(crate) fn len(&self) -> usize {
        self.ranges.len()
    }
}

#[derive(Debug, Clone, Copy)]
struct ChunkToken {
    type_id: TypeId,
    len_bytes: u32,
}

/// Splits a text into tokens.
pub(crate) struct Tokenizer<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) norms: &'a Norms,
    pub(crate) lexicon: &'a mut Lexicon,
    pub(crate) cache: &'a mut ChunkCache,
    /// For each type, whether an exception spelled over several tokens begins with it; grows with the lexicon.
    pub(crate) begins_phrase: &'a mut Vec<bool>,
}

impl Tokenizer<'_> {
    /// The tokens of `text`, in order; together with the spaces after them they spell it.
    pub(crate) fn tokenize(&mut self, text: &str) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut start = 0;
        let mut is_in_space = text.chars().next().is_some_and(unicode::is_space);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let (is_space, len_bytes) = match bytes[at] {
                byte if byte.is_ascii() => (unicode::is_space(byte as char), 1),
                _ => {
                    let c = text[at..].chars().next().unwrap_or(' ');
                    (unicode::is_space(c), c.len_utf8())
                }
            };
            if is_space != is_in_space {
                if start < at {
                    self.push_chunk(text, start, at, &mut tokens);
                }
                start = at;
                if bytes[at] == b' ' {
                    if let Some(last) = tokens.last_mut() {
                        last.has_space_after = true;
                    }
                    start += 1;
                }
                is_in_space = is_space;
            }
            at += len_bytes;
        }
        if start < bytes.len() {
            self.push_chunk(text, start, bytes.len(), &mut tokens);
        }
        self.note_phrases();
        let begins_phrase = |token: &RawToken| self.begins_phrase[token.type_id.0 as usize];
        if tokens.iter().any(begins_phrase) {
            tokens = self.apply_special_cases(text, tokens);
            self.note_phrases();
        }
        tokens
    }

    fn push_chunk(&mut self, text: &str, start: usize, end: usize, tokens: &mut Vec<RawToken>) {
        let chunk = &text[start..end];
        let (first, n) = match self.cache.ranges.get(chunk) {
            Some(&range) => range,
            None => self.analyse(chunk),
        };
        let mut at = start as u32;
        for token in &self.cache.tokens[first as usize..(first + n) as usize] {
            let end = at + token.len_bytes;
            tokens.push(RawToken { type_id: token.type_id, start: at, end, has_space_after: false });
            at = end;
        }
        if chunk.len() > MAX_CACHED_CHUNK_BYTES {
            self.cache.tokens.truncate(first as usize);
        }
    }

    /// Splits a chunk by the rules; gives the range of its tokens in the cache.
    fn analyse(&mut self, chunk: &str) -> (u32, u32) {
        let first = self.cache.tokens.len() as u32;
        for (token, norm) in self.rules.split(chunk, true) {
            let type_id = self.lexicon.intern(token, norm, self.norms);
            self.cache.tokens.push(ChunkToken { type_id, len_bytes: token.len() as u32 });
        }
        let range = (first, self.cache.tokens.len() as u32 - first);
        if chunk.len() <= MAX_CACHED_CHUNK_BYTES {
            self.cache.ranges.insert(chunk.into(), range);
        }
        range
    }

    /// Brings the note on phrase beginnings up to date with the lexicon.
    fn note_phrases(&mut self) {
        for n in self.begins_phrase.len()..self.lexicon.len() {
            let text = &self.lexicon.get(TypeId(n as u32)).text;
            self.begins_phrase.push(self.rules.phrases_from(text).is_some());
        }
    }
}
