//! What does a model see of a word? Distinct tokens ("types") with the lexical features that the
//! embeddings are keyed by.

use crate::error::Error;
use crate::folder::msgpack::{self, Access};
use crate::hash::StringId;
use crate::unicode;
use hashbrown::HashMap;
use std::sync::LazyLock;

/// Words of this many characters and more have one shape.
const LONG_WORD_CHARS: usize = 100;
/// A run of equal shape characters is cut to this length.
const MAX_SHAPE_RUN: usize = 4;

/// Marks and their normal form, for every language.
static BASE_NORMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/base_norms.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// Normal forms of words, by the word's id: the table `lexeme_norm` of the vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Norms {
    by_word: HashMap<u64, Box<str>>,
}

impl Norms {
    /// Reads `vocab/lookups.bin`; without the table there are no norms of words.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let lookups = msgpack::decode(bytes)?;
        let Some(table) = lookups.get("lexeme_norm")? else { return Ok(Norms::default()) };
        let pairs = table.pairs()?.iter().map(|(word, norm)| Ok((word.number()?, norm.string()?.into())));
        Ok(Norms { by_word: pairs.collect::<Result<_, Error>>()? })
    }

    fn norm<'a>(&'a self, text: &str, lower: &'a str) -> &'a str {
        let word_norm = self.by_word.get(&StringId::of(text).0).map(|norm| &**norm);
        word_norm.filter(|norm| !norm.is_empty()).or_else(|| BASE_NORMS.get(text).copied()).unwrap_or(lower)
    }
}

/// A distinct token of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(pub(crate) u32);

/// The features of a type.
#[derive(Debug, Clone)]
pub(crate) struct TokenType {
    pub(crate) text: Box<str>,
    pub(crate) lower: Box<str>,
    pub(crate) norm: Box<str>,
    pub(crate) keys: LexicalKeys,
    pub(crate) is_space: bool,
}

/// Ids of the strings that embeddings are keyed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LexicalKeys {
    pub(crate) orth: u64,
    pub(crate) lower: u64,
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
}

/// All types that a session has met.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    types: Vec<TokenType>,
    by_text: HashMap<Box<str>, TypeId>,
    /// Types whose norm was set by a tokenizer exception, by text and norm.
    by_text_and_norm: HashMap<(Box<str>, Box<str>), TypeId>,
}

impl Lexicon {
    /// The type of `text`, with the norm that a tokenizer exception gives it, if one does.
    pub(crate) fn intern(&mut self, text: &str, norm: Option<&str>, norms: &Norms) -> TypeId {
        if let Some(norm) = norm {
            let key = (text.into(), norm.into());
            if let Some(&id) = self.by_text_and_norm.get(&key) {
                return id;
            }
            let id = self.add(text, Some(norm), norms);
            self.by_text_and_norm.insert(key, id);
            return id;
        }
        if let Some(&id) = self.by_text.get(text) {
            return id;
        }
        let id = self.add(text, None, norms);
        self.by_text.insert(text.into(), id);
        id
    }

    fn add(&mut self, text: &str, norm: Option<&str>, norms: &Norms) -> TypeId {
        let lower = unicode::lowercase(text);
        let norm: Box<str> = norm.unwrap_or_else(|| norms.norm(text, &lower)).into();
        let n_suffix_bytes = text.chars().rev().take(3).map(char::len_utf8).sum::<usize>();
        let keys = LexicalKeys {
            orth: StringId::of(text).0,
            lower: StringId::of(&lower).0,
            norm: StringId::of(&norm).0,
            prefix: StringId::of(&text[..text.chars().next().map_or(0, char::len_utf8)]).0,
            suffix: StringId::of(&text[text.len() - n_suffix_bytes..]).0,
            shape: StringId::of(&shape(text)).0,
        };
        let is_space = text.chars().all(unicode::is_space);
        self.types.push(TokenType { text: text.into(), lower: lower.into(), norm, keys, is_space });
        TypeId(self.types.len() as u32 - 1)
    }

    pub(crate) fn get(&self, id: TypeId) -> &TokenType {
        &self.types[id.0 as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.types.len()
    }
}

/// The outline of a word: letters as `X` and `x`, digits as `d`.
fn shape(text: &str) -> String {
    if text.chars().nth(LONG_WORD_CHARS - 1).is_some() {
        return "LONG".to_string();
    }
    let mut shape = String::with_capacity(text.len());
    let mut run = (None, 0);
    for c in text.chars() {
        let outline = if unicode::is_alpha(c) {
            if unicode::is_upper(c) { 'X' } else { 'x' }
        } else if unicode::is_digit(c) {
            'd'
        } else {
            c
        };
        run = if run.0 == Some(outline) { (run.0, run.1 + 1) } else { (Some(outline), 1) };
        if run.1 <= MAX_SHAPE_RUN {
            shape.push(outline);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_level_letters_and_digits_and_cut_runs() {
        assert_eq!(shape("Kyiv's"), "Xxxx'x");
        assert_eq!(shape("12,345²"), "dd,dddd");
        assert_eq!(shape("--------"), "----");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn a_norm_from_an_exception_makes_a_type_of_its_own() {
        let (mut lexicon, norms) = (Lexicon::default(), Norms::default());
        let plain = lexicon.intern("ca", None, &norms);
        let special = lexicon.intern("ca", Some("can"), &norms);
        assert_ne!(plain, special);
        assert_eq!(lexicon.intern("ca", None, &norms), plain);
        assert_eq!(&*lexicon.get(special).norm, "can");
        assert_eq!(&*lexicon.get(lexicon.by_text["ca"]).norm, "ca");
        let quote = lexicon.intern("“", None, &norms);
        assert_eq!(&*lexicon.get(quote).norm, "\"");
    }
}
