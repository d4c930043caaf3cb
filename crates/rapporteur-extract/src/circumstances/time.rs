//! When was it said?

use super::act::{Act, Tie};
use super::medium::is_medium;
use super::phrases::{Phrase, PhraseKind};
use crate::analysis::TokenRange;

/// The words that tell the time of an act: those that hang on the cue first, a point before a stretch of
/// time, a date before an adverb.
pub(super) fn find(act: &Act<'_, '_>) -> Option<TokenRange> {
    let told = act.phrases.iter().filter_map(|phrase| of_phrase(act, phrase));
    let distance = |range: TokenRange| range.start.abs_diff(act.anchor);
    // "this year the city expects …": what the plan is about.
    let is_plan = act.is_listed("planning", act.anchor);
    let told = told.filter(|(_, range)| !is_plan || range.start > act.anchor);
    let own = told.min_by_key(|(rank, range)| (*rank, distance(*range))).map(|(_, range)| range);
    own.or_else(|| beside_cue(act)).or_else(|| act.phrases.iter().find_map(|phrase| inside(act, phrase)))
}

/// The time that a phrase tells by itself: "on Friday", "last month", "earlier this week"; the lower the rank,
/// the surer.
fn of_phrase(act: &Act<'_, '_>, phrase: &Phrase) -> Option<((bool, u8), TokenRange)> {
    let words = || dated_words(act, phrase.range.start, phrase.head, phrase.range.end);
    let is_own = phrase.tie == Tie::Cue;
    match phrase.kind {
        PhraseKind::Prepositional => {
            let is_time = (is_dated(act, phrase.head) || is_measured(act, phrase.head))
                && act.is_listed("time-prepositions", phrase.opener);
            let rank = if act.is_listed("point-prepositions", phrase.opener) { 0 } else { 1 };
            is_time.then(|| ((!is_own, rank), words()))
        }
        PhraseKind::Bare => {
            let is_noun = (is_dated(act, phrase.head) || is_measured(act, phrase.head))
                && act.analysis.token(phrase.head).dep() != "dobj";
            let is_adverb = act.is_listed("time-adverbs", phrase.head);
            // "two days after the vote": the measure belongs to the preposition.
            let is_measure = act.is_listed_at("ordering-prepositions", phrase.range.end);
            (!is_measure && (is_adverb || is_noun)).then(|| ((!is_own, if is_noun { 0 } else { 2 }), words()))
        }
        PhraseKind::Clause => None,
    }
}

/// "has recently revealed", "Vale today announced": inside the cue or right before it.
fn beside_cue(act: &Act<'_, '_>) -> Option<TokenRange> {
    let start = act.cue.start.saturating_sub(1);
    let adverb = (start..act.cue.end).find(|&idx| act.is_listed("time-adverbs", idx) && !act.is_said(idx))?;
    Some(TokenRange::new(adverb, adverb + 1))
}

/// The time inside a medium or an occasion: "at a briefing on Friday", "in a July 16 speech".
fn inside(act: &Act<'_, '_>, phrase: &Phrase) -> Option<TokenRange> {
    if phrase.kind != PhraseKind::Prepositional || !is_medium(act, phrase) {
        return None;
    }
    let start = (phrase.range.start..phrase.range.end).find(|&idx| names_point(act, idx))?;
    let is_preposition = start > phrase.opener + 1 && act.is_listed("time-prepositions", start - 1);
    let start = if is_preposition { start - 1 } else { start };
    Some(dated_words(act, start, start + usize::from(is_preposition), phrase.range.end))
}

/// Whether the token belongs to a date, and not to a measure such as "two-hour" before a noun.
fn names_point(act: &Act<'_, '_>, idx: usize) -> bool {
    let analysis = act.analysis;
    let token = analysis.token(idx);
    // "his two-hour speech", but "this week", "two days ago".
    let lists = &analysis.lexicon.circumstances;
    let is_pointed = idx > 0 && lists.has("pointing", analysis.lower(idx - 1))
        || idx + 1 < analysis.doc.len() && analysis.lower(idx + 1) == "ago";
    let is_measure = lists.has("measures", analysis.lemma(idx)) && !is_pointed;
    is_dated(act, idx) && !is_measure && !matches!(token.pos(), "ADJ" | "PUNCT" | "DET" | "NUM")
        || analysis.lexicon.circumstances.has("time-adverbs", analysis.lower(idx))
}

fn is_dated(act: &Act<'_, '_>, idx: usize) -> bool {
    act.is_date(idx) || !act.is_in_title(idx) && act.is_listed("time-nouns", idx)
}

/// "after six hours": a measure with its number.
fn is_measured(act: &Act<'_, '_>, idx: usize) -> bool {
    act.is_listed("measures", idx) && act.children(idx).any(|child| child.dep() == "nummod")
}

/// From `start` to the end of the run of date words that holds `head`.
fn dated_words(act: &Act<'_, '_>, start: usize, head: usize, limit: usize) -> TokenRange {
    let (mut start, mut end) = (start, head + 1);
    // "two days earlier": the measure before the adverb.
    while start > 0 && act.is_date(start - 1) && act.is_listed("time-adverbs", head) && !act.is_said(start - 1) {
        start -= 1;
    }
    let goes_on = |idx: usize| {
        let is_link = matches!(act.analysis.lower(idx), "," | "of" | "the");
        let is_joint = is_link && idx + 1 < limit && act.is_date(idx + 1);
        act.is_date(idx) || is_joint || act.is_listed("time-adverbs", idx)
    };
    while end < limit && goes_on(end) {
        end += 1;
    }
    TokenRange::new(start, end)
}
