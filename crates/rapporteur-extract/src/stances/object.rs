//! What is a stance about? Brings a phrase to its head and arguments, so that wordings can be compared.

use crate::analysis::Analysis;
use rapporteur_model::{Span, StanceObject};

/// More arguments than this are a list of everything.
const MAX_ARGUMENTS: usize = 8;

/// The phrase with its head word and the nouns that hang on it.
pub(super) fn of_span(analysis: &Analysis<'_>, span: Span) -> Option<StanceObject> {
    let range = analysis.tokens_in(span);
    let is_word = |idx: &usize| !analysis.is_mark(*idx);
    let head = (range.start..range.end)
        .filter(is_word)
        .find(|&idx| analysis.hangs_outside(range, idx) && is_content(analysis, idx));
    let head = head.or_else(|| (range.start..range.end).find(|&idx| is_content(analysis, idx)))?;
    let is_argument = |idx: &usize| {
        *idx != head
            && matches!(analysis.token(*idx).pos(), "NOUN" | "PROPN")
            && analysis.token(*idx).dep() != "compound"
    };
    let arguments = (range.start..range.end).filter(is_argument).take(MAX_ARGUMENTS);
    let is_negated = analysis
        .token(head)
        .children()
        .take(MAX_ARGUMENTS * 4)
        .any(|child| child.dep() == "neg" || child.dep() == "det" && analysis.lower(child.idx()) == "no");
    Some(StanceObject {
        span,
        head: analysis.lemma(head).to_string(),
        arguments: arguments.map(|idx| analysis.lemma(idx).to_string()).collect(),
        is_negated,
    })
}

fn is_content(analysis: &Analysis<'_>, idx: usize) -> bool {
    matches!(analysis.token(idx).pos(), "NOUN" | "PROPN" | "VERB" | "ADJ" | "AUX" | "PRON")
}
