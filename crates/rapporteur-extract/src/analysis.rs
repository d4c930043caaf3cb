//! The parse of an article together with what the rules ask of it again and again: quotations,
//! paragraphs, furniture, and the stretch of text below each token of the tree.

use crate::events::frames::Frames;
use crate::gazetteer::{Gazetteer, Known};
use crate::inferred::Inferred;
use crate::knowledge::Knowledge;
use crate::lexicon::Lexicon;
use crate::quotations::{self, Quotation};
use crate::stances::rules::Rules;
use rapporteur_model::{Article, FurnitureKind, Span};
use rapporteur_text::{Document, Token};

/// A run of tokens, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TokenRange {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl TokenRange {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        TokenRange { start, end: end.max(start) }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start >= self.end
    }

    pub(crate) fn contains(self, token_idx: usize) -> bool {
        (self.start..self.end).contains(&token_idx)
    }

    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// A clause is shown as far as this on either side of its verb; beyond it lies text without sentence marks, and clauses
/// inside clauses of a hostile one would else fill a record with the square of its length.
const MAX_CLAUSE_TOKENS: usize = 400;

/// An article, its parse, and indices over both.
pub(crate) struct Analysis<'a> {
    pub(crate) article: &'a Article,
    pub(crate) doc: &'a Document,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) frames: &'a Frames,
    pub(crate) stance_rules: &'a Rules,
    gazetteer: &'a Gazetteer,
    /// States that no table has.
    inferred: &'a Inferred,
    /// The names of known states and organisations, by their first tokens; they may overlap.
    known: Vec<(TokenRange, Known<'a>)>,
    /// Stretches between quotation marks, in text order, without overlaps.
    pub(crate) quotations: Vec<Quotation>,
    /// For each token the quotation whose inside holds it.
    quotation_of: Vec<Option<u32>>,
    /// For each token whether it is furniture that may hold no statement.
    is_masked: Vec<bool>,
    /// For each token whether it has neither letters nor digits.
    is_mark: Vec<bool>,
    /// The tokens of the article's title.
    title: TokenRange,
    /// For each token the number of its paragraph, counted from 1; 0 before the first.
    paragraph_of: Vec<u32>,
    /// For each paragraph whether any of it is the report, not furniture.
    is_report: Vec<bool>,
    sentence_of: Vec<TokenRange>,
    below: Vec<TokenRange>,
    subject_of: Vec<Option<u32>>,
    /// Tokens and lemmas in lower case, where they are not written so.
    words: Vec<Option<Box<str>>>,
    lemmas: Vec<Option<Box<str>>>,
}

impl<'a> Analysis<'a> {
    pub(crate) fn new(
        article: &'a Article,
        doc: &'a Document,
        inferred: &'a Inferred,
        knowledge: &'a Knowledge,
    ) -> Self {
        let is_masked = mark_furniture(article, doc);
        let quotations = quotations::find(article, doc, &knowledge.lexicon, &is_masked);
        let mut quotation_of = vec![None; doc.len()];
        for (idx, quotation) in quotations.iter().enumerate() {
            let inside = &mut quotation_of[quotation.tokens.start..quotation.tokens.end];
            inside.fill(u32::try_from(idx).ok());
        }
        let mut sentence_of = Vec::with_capacity(doc.len());
        for sentence in doc.sentences() {
            let range = TokenRange::new(sentence.start(), sentence.end());
            sentence_of.extend(std::iter::repeat_n(range, range.len()));
        }
        let title = article.furniture.iter().find(|furniture| furniture.kind == FurnitureKind::Title);
        let title = title.map_or(TokenRange::new(0, 0), |furniture| tokens_in(doc, furniture.span));
        let paragraph_of = number_paragraphs(article, doc);
        let mut is_report = vec![false; article.paragraphs.len() + 1];
        for token in doc.tokens().filter(|token| !token.is_space() && !is_masked[token.idx()]) {
            is_report[paragraph_of[token.idx()] as usize] = true;
        }
        let below = stretches_below(doc, &sentence_of);
        let name_at = |idx: usize| knowledge.gazetteer.name_at(doc, idx).or_else(|| inferred.name_at(doc, idx));
        let subject_of = subjects(doc);
        Analysis {
            article,
            doc,
            lexicon: &knowledge.lexicon,
            frames: &knowledge.frames,
            stance_rules: &knowledge.stance_rules,
            gazetteer: &knowledge.gazetteer,
            inferred,
            known: (0..doc.len()).filter_map(name_at).collect(),
            quotations,
            quotation_of,
            is_masked,
            is_mark: doc.tokens().map(|token| !token.text().chars().any(is_of_word)).collect(),
            title,
            paragraph_of,
            is_report,
            sentence_of,
            below,
            subject_of,
            words: doc.tokens().map(|token| lower_case(token.text())).collect(),
            lemmas: doc.tokens().map(|token| lower_case(token.lemma())).collect(),
        }
    }

    /// The subject of the token, active or passive.
    pub(crate) fn subject(&self, token_idx: usize) -> Option<usize> {
        self.subject_of[token_idx].map(|idx| idx as usize)
    }

    pub(crate) fn token(&self, token_idx: usize) -> Token<'a> {
        self.doc.token(token_idx)
    }

    /// The quotation whose inside holds the token.
    pub(crate) fn quotation_at(&self, token_idx: usize) -> Option<usize> {
        self.quotation_of[token_idx].map(|idx| idx as usize)
    }

    /// The longest name of a known state or organisation that starts at the token: one of the tables,
    /// or one that the article itself shows to be a state's.
    pub(crate) fn known_at(&self, token_idx: usize) -> Option<(TokenRange, Known<'a>)> {
        let at = self.known.binary_search_by_key(&token_idx, |(range, _)| range.start);
        at.ok().map(|at| self.known[at])
    }

    /// What a key of the tables or of the article's own states stands for.
    pub(crate) fn known_by_key(&self, key: &str) -> Option<Known<'a>> {
        self.gazetteer.by_key(key).or_else(|| self.inferred_by_key(key))
    }

    /// The role of an organisation of the tables, and the state that it belongs to.
    pub(crate) fn role_and_affiliation(&self, key: &str) -> (Option<&'a str>, Option<&'a str>) {
        self.gazetteer.role_and_affiliation(key)
    }

    /// The state that no table has and that the article shows under this key.
    pub(crate) fn inferred_by_key(&self, key: &str) -> Option<Known<'a>> {
        self.inferred.by_key(key)
    }

    pub(crate) fn is_masked(&self, token_idx: usize) -> bool {
        self.is_masked[token_idx]
    }

    /// Whether the token stands in the article's title.
    pub(crate) fn is_title(&self, token_idx: usize) -> bool {
        self.title.contains(token_idx)
    }

    /// The quotations that begin in a run of tokens.
    pub(crate) fn quotations_in(&self, start: usize, end: usize) -> impl Iterator<Item = TokenRange> {
        let first = self.quotations.partition_point(|quotation| quotation.tokens.start < start);
        let begun = self.quotations[first..].iter().map(|quotation| quotation.tokens);
        begun.take_while(move |tokens| tokens.start < end)
    }

    /// Whether part of a quotation stands in a run of tokens.
    pub(crate) fn has_quotation(&self, start: usize, end: usize) -> bool {
        let first = self.quotations.partition_point(|quotation| quotation.tokens.end <= start);
        self.quotations.get(first).is_some_and(|quotation| quotation.tokens.start < end)
    }

    /// How many tokens lie between a token and the next quotation.
    pub(crate) fn distance_to_quotation_after(&self, token_idx: usize) -> Option<usize> {
        let next = self.quotations.partition_point(|quotation| quotation.tokens.start <= token_idx);
        self.quotations.get(next).map(|quotation| quotation.tokens.start - token_idx - 1)
    }

    /// How many tokens lie between the quotation before a token and the token.
    pub(crate) fn distance_to_quotation_before(&self, token_idx: usize) -> Option<usize> {
        let n_ended = self.quotations.partition_point(|quotation| quotation.tokens.end <= token_idx);
        n_ended.checked_sub(1).map(|before| token_idx - self.quotations[before].tokens.end)
    }

    pub(crate) fn paragraph(&self, token_idx: usize) -> u32 {
        self.paragraph_of[token_idx]
    }

    /// How many paragraphs of the report lie between two tokens, with the later one's own: 0, 1 or more.
    pub(crate) fn paragraphs_apart(&self, earlier: usize, later: usize) -> usize {
        let after = self.paragraph_of[earlier] as usize + 1;
        let until = self.paragraph_of[later] as usize + 1;
        self.is_report
            .get(after..until)
            .map_or(0, |between| between.iter().filter(|is_report| **is_report).take(2).count())
    }

    /// The first token of a range that hangs on none of the others.
    pub(crate) fn head_of(&self, range: TokenRange) -> Option<usize> {
        (range.start..range.end).find(|&idx| self.hangs_outside(range, idx))
    }

    /// Whether a token of a range hangs on none of the others.
    pub(crate) fn hangs_outside(&self, range: TokenRange, idx: usize) -> bool {
        let token = self.token(idx);
        token.is_root() || !range.contains(token.head().idx())
    }

    pub(crate) fn sentence(&self, token_idx: usize) -> TokenRange {
        self.sentence_of[token_idx]
    }

    /// From the leftmost to the rightmost token below `token_idx` in the tree, inside its sentence.
    pub(crate) fn below(&self, token_idx: usize) -> TokenRange {
        self.below[token_idx]
    }

    /// The clause of a verb: what stands below it, as far as [`MAX_CLAUSE_TOKENS`] on either side of it.
    pub(crate) fn clause(&self, verb: usize) -> TokenRange {
        let below = self.below(verb);
        let start = below.start.max(verb.saturating_sub(MAX_CLAUSE_TOKENS));
        TokenRange::new(start, below.end.min(verb + 1 + MAX_CLAUSE_TOKENS))
    }

    /// The last token of a word that the tokenizer cut at its hyphens: "president" for "vice" in
    /// "vice-president"; the token itself where there is none.
    pub(crate) fn compound_end(&self, token_idx: usize) -> usize {
        let is_joined = |idx: usize| self.doc.token(idx).whitespace().is_empty();
        let noun = token_idx + 2;
        let is_cut = noun < self.doc.len()
            && is_joined(token_idx)
            && self.doc.token(token_idx + 1).text() == "-"
            && is_joined(token_idx + 1)
            && matches!(self.doc.token(noun).pos(), "NOUN" | "PROPN");
        if is_cut { noun } else { token_idx }
    }

    /// The token's lemma in lower case.
    pub(crate) fn lemma(&self, token_idx: usize) -> &str {
        self.lemmas[token_idx].as_deref().unwrap_or_else(|| self.doc.token(token_idx).lemma())
    }

    /// The token in lower case.
    pub(crate) fn lower(&self, token_idx: usize) -> &str {
        self.words[token_idx].as_deref().unwrap_or_else(|| self.doc.token(token_idx).text())
    }

    /// Whether the token stands for nothing but punctuation, a quotation mark or white space.
    pub(crate) fn is_mark(&self, token_idx: usize) -> bool {
        self.is_mark[token_idx]
    }

    /// Whether the token is a mark that belongs to the words beside it: a quotation mark, a bracket.
    pub(crate) fn is_kept_mark(&self, token_idx: usize) -> bool {
        self.quotation_mark_of(token_idx).is_some()
            || self.doc.token(token_idx).text().starts_with(['(', ')', '[', ']'])
    }

    /// The quotation of which the token is an opening or closing mark.
    pub(crate) fn quotation_mark_of(&self, token_idx: usize) -> Option<usize> {
        let n_begun = self.quotations.partition_point(|quotation| quotation.outer_tokens.start <= token_idx);
        let idx = n_begun.checked_sub(1)?;
        let quotation = &self.quotations[idx];
        (quotation.outer_tokens.contains(token_idx) && !quotation.tokens.contains(token_idx)).then_some(idx)
    }

    /// Whether every token of `range` is a mark.
    pub(crate) fn is_all_marks(&self, range: TokenRange) -> bool {
        (range.start..range.end).all(|idx| self.is_mark(idx))
    }

    /// The bytes that `range` covers.
    pub(crate) fn bytes(&self, range: TokenRange) -> Span {
        let span = self.doc.span(range.start, range.end.max(range.start)).span();
        Span::new(span.start as usize, span.end as usize)
    }

    /// The tokens that lie wholly or partly in `span`.
    pub(crate) fn tokens_in(&self, span: Span) -> TokenRange {
        tokens_in(self.doc, span)
    }
}

/// Whether a character stands for a word or a part of one.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '%' | '#' | '@')
}

/// A word in lower case, where it is not written so.
fn lower_case(word: &str) -> Option<Box<str>> {
    let is_lower_case = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    (!is_lower_case).then(|| word.to_lowercase().into_boxed_str())
}

/// The tokens of `doc` that lie wholly or partly in `span`.
pub(crate) fn tokens_in(doc: &Document, span: Span) -> TokenRange {
    let first_after = |offset: usize| {
        let (mut low, mut high) = (0, doc.len());
        while low < high {
            let mid = usize::midpoint(low, high);
            if (doc.token(mid).span().start as usize) < offset { low = mid + 1 } else { high = mid }
        }
        low
    };
    let mut start = first_after(span.start.get());
    if let Some(before) = start.checked_sub(1)
        && doc.token(before).span().end as usize > span.start.get()
    {
        start = before;
    }
    TokenRange::new(start, first_after(span.end.get()))
}

/// For each token its subject. Of several before it the first person's name is meant, else the nearest; where
/// the parser gives a verb none, a person's name that hangs on it and stands before it.
fn subjects(doc: &Document) -> Vec<Option<u32>> {
    let mut subject_of = vec![None; doc.len()];
    for token in doc.tokens().filter(|token| matches!(token.dep(), "nsubj" | "nsubjpass") && !token.is_root()) {
        let head = token.head().idx();
        let is_person = |idx: u32| doc.token(idx as usize).entity_type() == "PERSON";
        if subject_of[head].is_none_or(|other| token.idx() < head && !is_person(other)) {
            subject_of[head] = Some(token.idx() as u32);
        }
    }
    for token in doc.tokens().filter(|token| token.dep() == "npadvmod" && token.entity_type() == "PERSON") {
        let head = token.head();
        if token.idx() < head.idx() && head.pos() == "VERB" {
            subject_of[head.idx()].get_or_insert(token.idx() as u32);
        }
    }
    subject_of
}

fn mark_furniture(article: &Article, doc: &Document) -> Vec<bool> {
    let mut is_masked = vec![false; doc.len()];
    for furniture in article.furniture.iter().filter(|furniture| furniture.kind != FurnitureKind::Title) {
        let range = tokens_in(doc, furniture.span);
        is_masked[range.start..range.end].fill(true);
    }
    is_masked
}

fn number_paragraphs(article: &Article, doc: &Document) -> Vec<u32> {
    let mut number = 0;
    let mut paragraphs = article.paragraphs.iter().peekable();
    let mut number_of = |token: Token<'_>| {
        while paragraphs.next_if(|paragraph| paragraph.start.0 <= token.span().start).is_some() {
            number += 1;
        }
        number
    };
    doc.tokens().map(&mut number_of).collect()
}

/// The stretch below each token. One pass over the tokens, deepest first, instead of a walk through
/// each subtree: a hostile text may be one chain of a hundred thousand tokens.
fn stretches_below(doc: &Document, sentence_of: &[TokenRange]) -> Vec<TokenRange> {
    let mut depths: Vec<Option<u32>> = vec![None; doc.len()];
    let mut path = Vec::new();
    for idx in 0..doc.len() {
        let mut at = idx;
        while depths[at].is_none() && !doc.token(at).is_root() {
            path.push(at);
            at = doc.token(at).head().idx();
        }
        let mut depth = *depths[at].get_or_insert(0);
        while let Some(at) = path.pop() {
            depth += 1;
            depths[at] = Some(depth);
        }
    }
    let mut order: Vec<usize> = (0..doc.len()).collect();
    order.sort_by_key(|&idx| std::cmp::Reverse(depths[idx]));
    let mut below: Vec<TokenRange> = (0..doc.len()).map(|idx| TokenRange::new(idx, idx + 1)).collect();
    for idx in order {
        let head = doc.token(idx).head().idx();
        if head != idx && sentence_of[head].contains(idx) {
            below[head].start = below[head].start.min(below[idx].start);
            below[head].end = below[head].end.max(below[idx].end);
        }
    }
    below
}
