use super::{Document, TextSpan, TokenData};
use crate::labels::LabelId;
use std::fmt;

/// Where a token stands in a named entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum EntityTag {
    /// No entity recogniser has run.
    #[default]
    Unset,
    /// Inside an entity, after its first token.
    Inside,
    /// In no entity.
    Outside,
    /// First token of an entity.
    Begin,
}

impl EntityTag {
    /// The tag as one letter: `I`, `O`, `B`, or nothing where it is unset.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityTag::Unset => "",
            EntityTag::Inside => "I",
            EntityTag::Outside => "O",
            EntityTag::Begin => "B",
        }
    }
}

/// One token of a [`Document`], borrowed from it.
#[derive(Clone, Copy)]
pub struct Token<'doc> {
    pub(super) doc: &'doc Document,
    pub(super) idx: u32,
}

impl<'doc> Token<'doc> {
    fn data(self) -> &'doc TokenData {
        &self.doc.tokens[self.idx as usize]
    }

    fn label(self, id: LabelId) -> &'doc str {
        self.doc.labels.name(id)
    }

    fn at(self, idx: u32) -> Token<'doc> {
        Token { doc: self.doc, idx }
    }

    /// The document it belongs to.
    pub fn document(self) -> &'doc Document {
        self.doc
    }

    /// Its position among the document's tokens, from 0.
    pub fn idx(self) -> usize {
        self.idx as usize
    }

    /// Where it stands in the text, in bytes.
    pub fn span(self) -> TextSpan {
        self.data().span
    }

    /// The token as written.
    pub fn text(self) -> &'doc str {
        self.data().span.of(&self.doc.text)
    }

    /// Whether one space follows that belongs to no token.
    pub fn has_space_after(self) -> bool {
        self.data().has_space_after
    }

    /// The space that follows: `" "` or `""`.
    pub fn whitespace(self) -> &'static str {
        if self.data().has_space_after { " " } else { "" }
    }

    /// Whether the token is nothing but white space: a line break, a second space.
    pub fn is_space(self) -> bool {
        self.data().is_space
    }

    /// The normal form: lower case, with variant spellings and marks levelled.
    pub fn norm(self) -> &'doc str {
        self.doc.string(self.data().norm, self.data())
    }

    /// The fine-grained part of speech of the model's tag set, such as `VBD`.
    pub fn tag(self) -> &'doc str {
        self.label(self.data().tag)
    }

    /// The part of speech of Universal Dependencies, such as `VERB`.
    pub fn pos(self) -> &'doc str {
        self.label(self.data().pos)
    }

    /// Morphological features as `Field=Value|Field=Value`, sorted; empty where there are none.
    pub fn morph(self) -> &'doc str {
        self.label(self.data().morph)
    }

    /// The value of one morphological feature: `token.morph_value("Tense") == Some("Past")`.
    pub fn morph_value(self, field: &str) -> Option<&'doc str> {
        let mut features = self.morph().split('|');
        features.find_map(|feature| feature.strip_prefix(field)?.strip_prefix('='))
    }

    /// The base form.
    pub fn lemma(self) -> &'doc str {
        self.doc.string(self.data().lemma, self.data())
    }

    /// The relation to the head, such as `nsubj`; `ROOT` for the root of a sentence.
    pub fn dep(self) -> &'doc str {
        self.label(self.data().dep)
    }

    /// The token that this one depends on; a root is its own head.
    pub fn head(self) -> Token<'doc> {
        self.at(self.data().head)
    }

    /// Whether it is the root of its tree.
    pub fn is_root(self) -> bool {
        self.data().head == self.idx
    }

    /// Whether a sentence starts here.
    pub fn is_sentence_start(self) -> bool {
        self.data().is_sentence_start
    }

    /// Where it stands in a named entity.
    pub fn entity_tag(self) -> EntityTag {
        self.data().ent_tag
    }

    /// The type of the named entity that it belongs to, such as `GPE`; empty for none.
    pub fn entity_type(self) -> &'doc str {
        self.label(self.data().ent_type)
    }

    /// The tokens that depend on this one, in text order.
    pub fn children(self) -> impl ExactSizeIterator<Item = Token<'doc>> + DoubleEndedIterator + Clone {
        self.doc.children_of(self.idx).iter().map(move |&idx| self.at(idx))
    }

    /// The children left of the token, in text order.
    pub fn lefts(self) -> impl Iterator<Item = Token<'doc>> {
        self.children().take_while(move |child| child.idx < self.idx)
    }

    /// The children right of the token, in text order.
    pub fn rights(self) -> impl Iterator<Item = Token<'doc>> {
        self.children().skip_while(move |child| child.idx < self.idx)
    }

    /// The first child with the given relation.
    pub fn child(self, dep: &str) -> Option<Token<'doc>> {
        self.children().find(|child| child.dep() == dep)
    }

    /// The heads above the token, nearest first, up to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'doc>> {
        std::iter::successors(Some(self), |token| (!token.is_root()).then(|| token.head())).skip(1)
    }

    /// The token and everything below it, in text order.
    pub fn subtree(self) -> impl ExactSizeIterator<Item = Token<'doc>> + DoubleEndedIterator {
        let mut indices = vec![self.idx];
        let mut n_expanded = 0;
        while let Some(&idx) = indices.get(n_expanded) {
            indices.extend_from_slice(self.doc.children_of(idx));
            n_expanded += 1;
        }
        indices.sort_unstable();
        indices.into_iter().map(move |idx| self.at(idx))
    }

    /// Whether `other` is this token or stands above it in the tree.
    pub fn is_below(self, other: Token<'doc>) -> bool {
        self.idx == other.idx || self.ancestors().any(|ancestor| ancestor.idx == other.idx)
    }

    /// The sentence that holds the token.
    pub fn sentence(self) -> TokenSpan<'doc> {
        self.doc.sentence_of(self.idx())
    }

    /// The token before, if there is one.
    pub fn previous(self) -> Option<Token<'doc>> {
        self.idx.checked_sub(1).map(|idx| self.at(idx))
    }

    /// The token after, if there is one.
    pub fn next(self) -> Option<Token<'doc>> {
        (self.idx() + 1 < self.doc.len()).then(|| self.at(self.idx + 1))
    }
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.doc, other.doc) && self.idx == other.idx
    }
}

impl Eq for Token<'_> {}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.idx, self.text())
    }
}

/// A run of tokens of a [`Document`], with a label where it is a named entity.
#[derive(Clone, Copy)]
pub struct TokenSpan<'doc> {
    pub(super) doc: &'doc Document,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) label: LabelId,
}

impl<'doc> TokenSpan<'doc> {
    /// Index of the first token.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Index after the last token.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Number of tokens.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it holds no token.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The entity type, or `""`.
    pub fn label(self) -> &'doc str {
        self.doc.labels.name(self.label)
    }

    /// Its tokens in text order.
    pub fn tokens(self) -> impl ExactSizeIterator<Item = Token<'doc>> + DoubleEndedIterator + Clone {
        (self.start..self.end).map(move |idx| Token { doc: self.doc, idx })
    }

    /// Where it stands in the text, in bytes, without the space after the last token.
    pub fn span(self) -> TextSpan {
        if self.is_empty() {
            let at = self.doc.tokens.get(self.start()).map_or(self.doc.text.len() as u32, |token| token.span.start);
            return TextSpan { start: at, end: at };
        }
        let [first, last] = [self.start(), self.end() - 1].map(|idx| self.doc.tokens[idx].span);
        TextSpan { start: first.start, end: last.end }
    }

    /// The text it covers.
    pub fn text(self) -> &'doc str {
        self.span().of(&self.doc.text)
    }

    /// The token whose head lies outside the span (or that is a root); the first one where there are several.
    /// `None` for an empty span.
    pub fn root(self) -> Option<Token<'doc>> {
        self.tokens().find(|token| token.is_root() || !(self.start..self.end).contains(&token.data().head))
    }

    /// Whether the token at `token_idx` lies in the span.
    pub fn contains(self, token_idx: usize) -> bool {
        (self.start()..self.end()).contains(&token_idx)
    }
}

impl fmt::Debug for TokenSpan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}:{:?}", self.start, self.end, self.text())
    }
}
