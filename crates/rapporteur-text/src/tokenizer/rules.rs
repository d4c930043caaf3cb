//! The rules of one pipeline's tokenizer, and how they split a chunk.

use crate::error::Error;
use crate::folder::msgpack::{self, Access};
use crate::pattern::Pattern;
use crate::unicode;
use hashbrown::HashMap;
use rmpv::ValueRef;

/// Attribute numbers of the format in exceptions.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// A token of an exception: its text, and its norm where the exception sets one.
type ExceptionToken = (Box<str>, Option<Box<str>>);

/// The tokenizer's rules.
#[derive(Debug)]
pub(crate) struct Rules {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token_match: Option<Pattern>,
    url_match: Option<Pattern>,
    exceptions: HashMap<Box<str>, Vec<ExceptionToken>>,
    max_exception_bytes: usize,
    /// Exceptions that the rules would split, as the tokens they would be split into, by first token.
    phrases: HashMap<Box<str>, Vec<Vec<Box<str>>>>,
}

impl Rules {
    /// Reads the file `tokenizer`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let file = msgpack::decode(bytes)?;
        let pattern = |name: &str| match file.get(name)? {
            Some(source) => Pattern::new(source.string()?).map(Some),
            None => Ok(None),
        };
        let mut exceptions: HashMap<Box<str>, _> = HashMap::new();
        if let Some(table) = file.get("exceptions")? {
            for (text, tokens) in table.pairs()? {
                let tokens = tokens.items()?.iter().map(exception_token).collect::<Result<Vec<_>, _>>()?;
                let text = text.string()?;
                if tokens.iter().map(|(orth, _)| &**orth).collect::<String>() != text {
                    return Err(Error::corrupt(format!("the tokens of exception {text:?} do not spell it")));
                }
                exceptions.insert(text.into(), tokens);
            }
        }
        let is_every_exception_a_phrase = matches!(file.get("faster_heuristics")?, Some(ValueRef::Boolean(false)));
        let mut rules = Rules {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            token_match: pattern("token_match")?,
            url_match: pattern("url_match")?,
            max_exception_bytes: exceptions.keys().map(|text| text.len()).max().unwrap_or(0),
            exceptions,
            phrases: HashMap::new(),
        };
        rules.phrases = rules.find_phrases(is_every_exception_a_phrase);
        Ok(rules)
    }

    fn find_phrases(&self, is_every_exception_a_phrase: bool) -> HashMap<Box<str>, Vec<Vec<Box<str>>>> {
        let mut phrases: HashMap<Box<str>, Vec<Vec<Box<str>>>> = HashMap::new();
        for text in self.exceptions.keys() {
            let chars: Vec<char> = text.chars().collect();
            let is_split = |pattern: &Option<Pattern>| pattern.as_ref().is_some_and(|p| p.find(&chars).is_some());
            let is_phrase = is_every_exception_a_phrase
                || text.contains(' ')
                || is_split(&self.prefix)
                || is_split(&self.infix)
                || is_split(&self.suffix);
            if is_phrase {
                let tokens: Vec<Box<str>> = self.split_at_spaces(text).into_iter().map(Box::from).collect();
                if let Some(first) = tokens.first() {
                    phrases.entry(first.clone()).or_default().push(tokens);
                }
            }
        }
        phrases
    }

    /// The tokens of an exception's text if there were no exceptions.
    fn split_at_spaces<'t>(&'t self, text: &'t str) -> Vec<&'t str> {
        let mut tokens = Vec::new();
        let mut start = 0;
        let mut is_in_space = text.chars().next().is_some_and(unicode::is_space);
        for (at, c) in text.char_indices() {
            if unicode::is_space(c) != is_in_space {
                if start < at {
                    tokens.extend(self.split(&text[start..at], false).into_iter().map(|(token, _)| token));
                }
                start = if c == ' ' { at + 1 } else { at };
                is_in_space = !is_in_space;
            }
        }
        tokens.extend(self.split(&text[start..], false).into_iter().map(|(token, _)| token));
        tokens
    }

    /// The tokens of the exception `text`, if it is one.
    pub(crate) fn exception(&self, text: &str) -> Option<&[ExceptionToken]> {
        if text.len() > self.max_exception_bytes {
            return None;
        }
        self.exceptions.get(text).map(Vec::as_slice)
    }

    /// The token sequences that begin with `first` and may be an exception.
    pub(crate) fn phrases_from(&self, first: &str) -> Option<&[Vec<Box<str>>]> {
        self.phrases.get(first).map(Vec::as_slice)
    }

    /// The tokens of a chunk (no white space inside, or nothing else), with norms from exceptions,
    /// which count only if `with_exceptions`.
    pub(crate) fn split<'s>(&'s self, chunk: &'s str, with_exceptions: bool) -> Vec<(&'s str, Option<&'s str>)> {
        let exception = |text: &str| if with_exceptions { self.exception(text) } else { None };
        if let Some(tokens) = exception(chunk) {
            return spell(chunk, tokens);
        }
        Splitter::new(self, chunk).split(&exception)
    }
}

fn exception_token(token: &ValueRef<'_>) -> Result<ExceptionToken, Error> {
    let mut orth = None;
    let mut norm = None;
    for (attribute, value) in token.pairs()? {
        let name = attribute.string().unwrap_or("");
        match attribute.number().unwrap_or(0) {
            ORTH => orth = Some(value.string()?.into()),
            NORM => norm = Some(value.string()?.into()),
            _ if name == "ORTH" => orth = Some(value.string()?.into()),
            _ if name == "NORM" => norm = Some(value.string()?.into()),
            other => return Err(Error::unsupported(format!("attribute {other}{name} of an exception"))),
        }
    }
    Ok((orth.ok_or_else(|| Error::corrupt("an exception's token without a text"))?, norm))
}

/// The stretches of `text` that the tokens of an exception are.
pub(super) fn spell<'s>(text: &'s str, tokens: &'s [ExceptionToken]) -> Vec<(&'s str, Option<&'s str>)> {
    let mut at = 0;
    let stretch = |(orth, norm): &'s ExceptionToken| {
        let token = &text[at..at + orth.len()];
        at += orth.len();
        (token, norm.as_deref())
    };
    tokens.iter().map(stretch).collect()
}

/// A chunk as characters, and where each begins in bytes.
struct Splitter<'s> {
    rules: &'s Rules,
    chunk: &'s str,
    chars: Vec<char>,
    offsets: Vec<usize>,
}

impl<'s> Splitter<'s> {
    fn new(rules: &'s Rules, chunk: &'s str) -> Self {
        let chars = chunk.chars().collect();
        let offsets = chunk.char_indices().map(|(offset, _)| offset).chain([chunk.len()]).collect();
        Splitter { rules, chunk, chars, offsets }
    }

    fn text(&self, start: usize, end: usize) -> &'s str {
        &self.chunk[self.offsets[start]..self.offsets[end]]
    }

    fn match_len(&self, pattern: &Option<Pattern>, start: usize, end: usize) -> usize {
        pattern.as_ref().and_then(|p| p.find(&self.chars[start..end])).map_or(0, |(from, to)| to - from)
    }

    fn matches(&self, pattern: &Option<Pattern>, start: usize, end: usize) -> bool {
        pattern.as_ref().is_some_and(|p| p.matches_at_start(&self.chars[start..end]))
    }

    /// Cuts off prefixes and suffixes until an exception or nothing is left to cut, then infixes.
    fn split(&self, exception: &dyn Fn(&str) -> Option<&'s [ExceptionToken]>) -> Vec<(&'s str, Option<&'s str>)> {
        let is_exception = |start, end| exception(self.text(start, end)).is_some();
        let (mut start, mut end) = (0, self.chars.len());
        let mut tokens = Vec::new();
        let mut suffixes = Vec::new();
        while start < end {
            if self.matches(&self.rules.token_match, start, end) || is_exception(start, end) {
                break;
            }
            let n_prefix = self.match_len(&self.rules.prefix, start, end);
            let after_prefix = start + n_prefix;
            if n_prefix > 0 && after_prefix < end && is_exception(after_prefix, end) {
                tokens.push((self.text(start, after_prefix), None));
                start = after_prefix;
                break;
            }
            let n_suffix = self.match_len(&self.rules.suffix, after_prefix, end);
            let before_suffix = end - n_suffix;
            if n_suffix > 0 && start < before_suffix && is_exception(start, before_suffix) {
                suffixes.push((self.text(before_suffix, end), None));
                end = before_suffix;
                break;
            }
            if n_prefix == 0 && n_suffix == 0 {
                break;
            }
            if n_prefix > 0 {
                tokens.push((self.text(start, after_prefix), None));
                start = after_prefix;
            }
            if n_suffix > 0 {
                suffixes.push((self.text(before_suffix, end), None));
                end = before_suffix;
            }
        }
        if start < end {
            match exception(self.text(start, end)) {
                Some(inner) => tokens.extend(spell(self.text(start, end), inner)),
                None => self.push_middle(start, end, &mut tokens),
            }
        }
        tokens.extend(suffixes.into_iter().rev());
        tokens
    }

    /// What is left between prefixes and suffixes, split at infixes unless it is a whole of its own.
    fn push_middle(&self, start: usize, end: usize, tokens: &mut Vec<(&'s str, Option<&'s str>)>) {
        let is_whole =
            self.matches(&self.rules.token_match, start, end) || self.matches(&self.rules.url_match, start, end);
        let infixes = match &self.rules.infix {
            Some(infix) if !is_whole => infix.find_all(&self.chars[start..end]),
            _ => Vec::new(),
        };
        let mut at = start;
        for (from, to) in infixes {
            // An infix at the very beginning is passed over: it stays with what follows.
            if from == 0 {
                continue;
            }
            if start + from != at {
                tokens.push((self.text(at, start + from), None));
            }
            tokens.push((self.text(start + from, start + to), None));
            at = start + to;
        }
        if at < end {
            tokens.push((self.text(at, end), None));
        }
    }
}
