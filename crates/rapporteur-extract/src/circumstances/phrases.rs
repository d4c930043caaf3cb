//! Phrases that may tell a circumstance: a preposition with its object, a bare noun phrase of time, an
//! adverb, a clause with its conjunction.

use super::act::Tie;
use crate::analysis::{Analysis, TokenRange};
use crate::content;

/// A longer phrase is cut: it is no phrase but text without sentence marks.
const MAX_PHRASE_TOKENS: usize = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhraseKind {
    /// A preposition with a noun.
    Prepositional,
    /// A noun phrase or an adverb without a preposition.
    Bare,
    /// A clause with a conjunction before it.
    Clause,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub(super) kind: PhraseKind,
    /// The preposition or conjunction; for a bare phrase its head.
    pub(super) opener: usize,
    /// The noun, adverb or verb.
    pub(super) head: usize,
    /// All of it.
    pub(super) range: TokenRange,
    /// What it hangs on.
    pub(super) tie: Tie,
}

/// The phrase that `top` heads in the tree, as far as its tokens are free.
pub(super) fn phrase(analysis: &Analysis<'_>, top: usize, tie: Tie, is_free: impl Fn(usize) -> bool) -> Option<Phrase> {
    let token = analysis.token(top);
    let below = analysis.below(top);
    let (kind, opener, head, start) = match token.dep() {
        "prep" | "agent" | "dative" if token.pos() == "ADP" || token.tag() == "VBG" || token.tag() == "RB" => {
            let object = object_of(analysis, top)?;
            // "two days after the talks", "shortly before the vote"
            (PhraseKind::Prepositional, top, object, below.start)
        }
        "npadvmod" | "tmod" | "advmod" | "appos" | "dobj" | "dep" => (PhraseKind::Bare, top, top, below.start),
        "advcl" | "pcomp" => {
            let is_conjunction =
                |child: &rapporteur_text::Token<'_>| child.idx() < top && matches!(child.dep(), "mark" | "advmod");
            let conjunction = token.children().find(is_conjunction)?.idx();
            (PhraseKind::Clause, conjunction, top, below.start)
        }
        _ => return None,
    };
    let end = below.end.min(start + MAX_PHRASE_TOKENS);
    let first = (start..=opener.min(head)).rev().take_while(|&idx| is_free(idx)).last()?;
    let last = (opener.min(head)..end).take_while(|&idx| is_free(idx)).last()?;
    let range = content::trim(analysis, TokenRange::new(first, last + 1))?;
    (range.contains(opener) && range.contains(head)).then_some(Phrase { kind, opener, head, range, tie })
}

/// The noun of a preposition; through a second preposition ("ahead of", "on the sidelines of" keeps its own).
fn object_of(analysis: &Analysis<'_>, preposition: usize) -> Option<usize> {
    let mut at = preposition;
    for _ in 0..3 {
        let after = |dep: &str| {
            let mut children = analysis.token(at).children();
            children.find(|child| child.idx() > at && child.dep() == dep).map(|child| child.idx())
        };
        match after("pobj") {
            Some(object) => return Some(object),
            None => at = after("prep").or_else(|| after("pcomp"))?,
        }
    }
    None
}

/// The noun phrase of `head` from `start`, without time, clauses and what stands after a comma; of the
/// prepositions after the noun only those of `keeps` go on with it.
pub(super) fn noun_phrase(
    analysis: &Analysis<'_>,
    start: usize,
    head: usize,
    limit: usize,
    keeps: impl Fn(usize) -> bool,
) -> TokenRange {
    let mut end = limit.min(analysis.below(head).end).max(head + 1);
    for child in analysis.token(head).children().filter(|child| child.idx() > head).take(MAX_PHRASE_TOKENS) {
        let below = analysis.below(child.idx());
        let goes_on = match child.dep() {
            "prep" => !content::tells_time(analysis, child) && keeps(child.idx()),
            "conj" | "cc" | "compound" | "nummod" | "case" | "poss" => true,
            _ => false,
        };
        if !goes_on {
            end = end.min(below.start.max(head + 1));
            break;
        }
    }
    content::trim(analysis, TokenRange::new(start, end)).unwrap_or(TokenRange::new(start, head + 1))
}
