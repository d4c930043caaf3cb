use super::{Document, EntityTag, MAX_TEXT_BYTES, StringRef, TextSpan, TokenData};
use crate::error::{Error, ErrorKind};
use crate::labels::Labels;
use crate::unicode;
use std::sync::Arc;

/// The annotation of one token, for [`DocumentBuilder::push`]. Fields left at their default are empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokenAnnotation<'a> {
    /// The token as written.
    pub text: &'a str,
    /// Whether a space follows that belongs to no token.
    pub whitespace: bool,
    /// Normal form; the lower-cased text where it is empty.
    pub norm: &'a str,
    /// Fine-grained part of speech.
    pub tag: &'a str,
    /// Universal part of speech.
    pub pos: &'a str,
    /// Morphological features.
    pub morph: &'a str,
    /// Base form; the lower-cased text where it is empty.
    pub lemma: &'a str,
    /// Relation to the head.
    pub dep: &'a str,
    /// Index of the head; the token's own index for a root.
    pub head: usize,
    /// Whether a sentence starts here.
    pub is_sentence_start: bool,
    /// Place in a named entity.
    pub entity_tag: EntityTag,
    /// Type of that entity.
    pub entity_type: &'a str,
}

/// Makes a [`Document`] from annotation that comes from elsewhere; see [`Document::builder`].
#[derive(Debug)]
pub struct DocumentBuilder<'text> {
    text: &'text str,
    strings: String,
    tokens: Vec<TokenData>,
    labels: Labels,
    end: usize,
    misspelled: Option<usize>,
}

impl<'text> DocumentBuilder<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        DocumentBuilder {
            text,
            strings: String::new(),
            tokens: Vec::new(),
            labels: Labels::new(),
            end: 0,
            misspelled: None,
        }
    }

    /// Adds the next token.
    pub fn push(&mut self, token: TokenAnnotation<'_>) -> &mut Self {
        let start = self.end;
        let end = start + token.text.len();
        if self.text.get(start..end) != Some(token.text) || token.text.is_empty() {
            self.misspelled.get_or_insert(self.tokens.len());
            return self;
        }
        self.end = end + usize::from(token.whitespace && self.text[end..].starts_with(' '));
        let lower = unicode::lowercase(token.text);
        let or_lower = |string: &'_ str| if string.is_empty() { lower.clone() } else { string.to_string() };
        let norm = StringRef::store(&or_lower(token.norm), token.text, &mut self.strings);
        let lemma = StringRef::store(&or_lower(token.lemma), token.text, &mut self.strings);
        self.tokens.push(TokenData {
            span: TextSpan { start: start as u32, end: end as u32 },
            norm,
            lemma,
            // A head beyond any token is refused by `finish`.
            head: u32::try_from(token.head).unwrap_or(u32::MAX),
            tag: self.labels.intern(token.tag),
            pos: self.labels.intern(token.pos),
            morph: self.labels.intern(token.morph),
            dep: self.labels.intern(token.dep),
            ent_type: self.labels.intern(token.entity_type),
            ent_tag: token.entity_tag,
            is_space: token.text.chars().all(unicode::is_space),
            has_space_after: self.end > end,
            is_sentence_start: token.is_sentence_start,
        });
        self
    }

    /// The finished document.
    ///
    /// # Errors
    /// If the text has more than 1 GiB, the tokens do not spell it, or a head lies outside the document or is part of a circle.
    pub fn finish(self) -> Result<Document, Error> {
        if self.text.len() > MAX_TEXT_BYTES {
            return Err(ErrorKind::Annotation("the text has more than 1 GiB".to_string()).into());
        }
        if let Some(token_idx) = self.misspelled {
            return Err(ErrorKind::Annotation(format!("token {token_idx} is not what the text continues with")).into());
        }
        if self.end != self.text.len() {
            return Err(
                ErrorKind::Annotation(format!("the tokens end at byte {} of {}", self.end, self.text.len())).into()
            );
        }
        if self.labels.is_overfull() {
            return Err(ErrorKind::Annotation("more than 65,535 different labels".to_string()).into());
        }
        if let Some(token_idx) = first_without_root(&self.tokens) {
            return Err(ErrorKind::Annotation(format!("the heads of token {token_idx} lead to no root")).into());
        }
        Ok(Document::from_parts(self.text.into(), self.strings, self.tokens, Arc::new(self.labels)))
    }
}

/// The first token whose chain of heads leaves the document or runs in a circle.
fn first_without_root(tokens: &[TokenData]) -> Option<usize> {
    let mut is_rooted = vec![false; tokens.len()];
    for idx in 0..tokens.len() {
        let mut at = idx;
        let mut n_steps = 0;
        loop {
            let head = tokens[at].head as usize;
            if head >= tokens.len() || n_steps > tokens.len() {
                return Some(idx);
            }
            if head == at || is_rooted[head] {
                break;
            }
            at = head;
            n_steps += 1;
        }
        let mut at = idx;
        while !is_rooted[at] {
            is_rooted[at] = true;
            at = tokens[at].head as usize;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finish(text: &str, tokens: &[(&str, usize)]) -> Result<Document, Error> {
        let mut builder = DocumentBuilder::new(text);
        for &(text, head) in tokens {
            builder.push(TokenAnnotation { text, head, whitespace: true, ..Default::default() });
        }
        builder.finish()
    }

    #[test]
    fn tokens_must_spell_the_text() {
        assert!(finish("no deal", &[("no", 1), ("deal", 1)]).is_ok());
        for tokens in [&[("no", 0)][..], &[("no", 0), ("dealt", 1)], &[("no", 0), ("", 1), ("deal", 2)]] {
            assert!(finish("no deal", tokens).is_err(), "{tokens:?}");
        }
    }

    #[test]
    fn heads_must_lead_to_a_root() {
        for tokens in [[("no", 1), ("deal", 0)], [("no", 2), ("deal", 1)], [("no", usize::MAX), ("deal", 1)]] {
            assert!(finish("no deal", &tokens).is_err(), "{tokens:?}");
        }
    }
}
