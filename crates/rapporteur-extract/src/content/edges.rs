//! Where a content begins and ends, and what beside it belongs to the act of saying instead.

use super::{MAX_CHILDREN, MAX_CONTENT_TOKENS};
use crate::analysis::{Analysis, TokenRange};
use crate::cues::{self, CueHit};
use rapporteur_text::Token;

/// The reporting clause: cue, subject, and the short phrases after it that tell when, where and to whom.
pub(crate) fn reporting_clause(analysis: &Analysis<'_>, hit: &CueHit) -> TokenRange {
    let mut range = hit.words;
    if let Some(subject) = analysis.subject(hit.head) {
        let below = analysis.below(subject);
        let below = if below.contains(hit.head) { TokenRange::new(subject, subject + 1) } else { below };
        range = TokenRange::new(range.start.min(below.start), range.end.max(below.end));
    }
    for child in analysis.token(hit.head).children() {
        let below = analysis.below(child.idx());
        if below.start == range.end && is_adjunct(analysis, child) {
            range.end = below.end;
        }
        if below.end == range.start && child.dep() == "advmod" {
            range.start = below.start;
        }
    }
    range
}

/// Whether a phrase tells a time: "on Friday", "last month".
pub(crate) fn tells_time(analysis: &Analysis<'_>, phrase: Token<'_>) -> bool {
    let is_time = |token: Token<'_>| {
        let is_word = analysis.lexicon.words.has("times", analysis.lower(token.idx()));
        matches!(token.entity_type(), "DATE" | "TIME") || is_word
    };
    match phrase.dep() {
        "prep" => {
            analysis.lexicon.words.has("adjunct-prepositions", phrase.text())
                && phrase.children().any(|object| object.idx() > phrase.idx() && is_time(object))
        }
        _ => is_time(phrase),
    }
}

/// Whether a child of a cue tells when, where or to whom something was said.
pub(crate) fn is_adjunct(analysis: &Analysis<'_>, child: Token<'_>) -> bool {
    let words = &analysis.lexicon.words;
    let is_time = |token: Token<'_>| {
        matches!(token.entity_type(), "DATE" | "TIME") || words.has("times", analysis.lower(token.idx()))
    };
    match child.dep() {
        "npadvmod" | "advmod" | "tmod" | "dative" => true,
        "prep" if words.has("reporter-prepositions", child.text()) => true,
        "prep" => child.children().filter(|object| object.idx() > child.idx()).any(|object| {
            let lemma = analysis.lower(object.idx());
            let listens = matches!(child.text(), "to" | "with" | "by") && words.has("listeners", lemma);
            let carries = words.has("media", lemma) && words.has("adjunct-prepositions", child.text());
            is_time(object) && words.has("adjunct-prepositions", child.text()) || listens || carries
        }),
        _ => false,
    }
}

/// The end of a content that goes on to the right with what the parser hung on the cue itself.
pub(super) fn extend_right(analysis: &Analysis<'_>, hit: &CueHit, end: usize) -> usize {
    let mut end = end;
    for child in analysis.token(hit.head).children().filter(|child| child.idx() > hit.head).take(MAX_CHILDREN) {
        let below = analysis.below(child.idx());
        if below.start < end {
            continue;
        }
        let gap = TokenRange::new(end, below.start);
        let touches = gap.len() <= 1 && analysis.is_all_marks(gap);
        let goes_on = match child.dep() {
            "prep" | "npadvmod" | "advmod" | "xcomp" | "relcl" | "acl" => touches && !is_adjunct(analysis, child),
            "advcl" => touches && !is_tail(analysis, child),
            _ => false,
        };
        if !goes_on || cues::phrase_at(analysis, child.idx()).is_some() {
            break;
        }
        end = below.end;
    }
    end
}

/// Whether a clause is an -ing form by which the same speaker goes on: "adding that …".
pub(crate) fn is_tail(analysis: &Analysis<'_>, clause: Token<'_>) -> bool {
    clause.tag() == "VBG"
        && analysis.subject(clause.idx()).is_none()
        && analysis.lexicon.verbs.get(analysis.lemma(clause.idx())).is_some_and(|entry| entry.is_tail)
}

/// Whether a clause is headed by "to" and a verb.
pub(super) fn is_infinitive(clause: Token<'_>) -> bool {
    clause.tag() == "VB" && clause.children().any(|child| child.dep() == "aux" && child.tag() == "TO")
        || clause.children().any(|child| child.dep() == "aux" && child.tag() == "TO" && child.idx() < clause.idx())
}

/// From "to" (or its negation) to the end of the clause.
pub(super) fn infinitive_range(analysis: &Analysis<'_>, clause: Token<'_>) -> TokenRange {
    let mut start = clause.idx();
    for child in clause.children().take_while(|child| child.idx() < clause.idx()) {
        if (child.dep() == "aux" && child.tag() == "TO") || child.dep() == "neg" {
            start = start.min(child.idx());
        }
    }
    TokenRange::new(start, analysis.below(clause.idx()).end)
}

/// Whether a clause is a noun or adjective with a subject but without a finite verb.
pub(super) fn is_small_clause(analysis: &Analysis<'_>, clause: Token<'_>) -> bool {
    let is_verbal =
        matches!(clause.pos(), "VERB" | "AUX") || clause.children().any(|child| matches!(child.dep(), "cop" | "aux"));
    !is_verbal && analysis.subject(clause.idx()).is_some()
}

/// Drops a leading "that", and what stands between the cue and "that": "said Sunday that …".
pub(super) fn after_complementizer(clause: Token<'_>, range: TokenRange) -> TokenRange {
    let that =
        clause.children().find(|child| child.dep() == "mark" && child.text() == "that" && range.contains(child.idx()));
    match that {
        Some(that) if that.idx() - range.start <= 6 => TokenRange::new(that.idx() + 1, range.end),
        _ => range,
    }
}

/// Without punctuation, white space and conjunctions at the edges; quotation marks stay with their words.
pub(crate) fn trim(analysis: &Analysis<'_>, range: TokenRange) -> Option<TokenRange> {
    let mut range = TokenRange::new(range.start, range.end.min(range.start + MAX_CONTENT_TOKENS));
    let is_loose = |idx: usize| analysis.is_mark(idx) && !analysis.is_kept_mark(idx);
    let is_conjunction = |idx: usize| analysis.lexicon.words.has("conjunctions", analysis.lower(idx));
    while !range.is_empty() && (is_loose(range.start) || is_conjunction(range.start)) {
        range.start += 1;
    }
    while !range.is_empty() && (is_loose(range.end - 1) || is_conjunction(range.end - 1)) {
        range.end -= 1;
    }
    (!range.is_empty()).then_some(range)
}

pub(super) fn has_that(clause: Token<'_>) -> bool {
    clause.children().any(|child| child.dep() == "mark" && child.text() == "that")
}
