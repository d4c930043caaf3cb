//! What else was going on when it was said?

use super::act::Act;
use super::medium::is_medium;
use super::phrases::{Phrase, PhraseKind, noun_phrase};
use crate::analysis::TokenRange;

#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    pub(super) range: TokenRange,
    /// It places the act before or after itself, and so tells when.
    pub(super) orders: bool,
}

/// The occasion of an act, with its preposition.
pub(super) fn find(act: &Act<'_, '_>) -> Option<Occasion> {
    act.phrases.iter().find_map(|phrase| match phrase.kind {
        PhraseKind::Prepositional => of_noun(act, phrase),
        PhraseKind::Clause => of_clause(act, phrase),
        PhraseKind::Bare => of_measure(act, phrase),
    })
}

fn of_noun(act: &Act<'_, '_>, phrase: &Phrase) -> Option<Occasion> {
    let token = act.analysis.token(phrase.head);
    let is_time = act.is_date(phrase.head) || act.is_listed("measures", phrase.head);
    if is_time || matches!(token.pos(), "VERB" | "AUX" | "PRON" | "NUM") {
        return None;
    }
    let orders = act.is_listed("ordering-prepositions", phrase.opener);
    let names = act.is_listed("occasion-prepositions", phrase.opener) && act.is_listed("occasion-nouns", phrase.head);
    if !(orders || names && !is_medium(act, phrase)) {
        return None;
    }
    let range = noun_phrase(act.analysis, phrase.range.start, phrase.head, phrase.range.end, |_| true);
    Some(Occasion { range, orders })
}

/// "a day before the vote": a measure of time with what it is measured from.
fn of_measure(act: &Act<'_, '_>, phrase: &Phrase) -> Option<Occasion> {
    let mut prepositions = act.children(phrase.head).filter(|child| child.dep() == "prep");
    let is_measured = prepositions.any(|child| act.is_listed("ordering-prepositions", child.idx()));
    (is_measured && act.is_listed("measures", phrase.head)).then_some(Occasion { range: phrase.range, orders: true })
}

/// "while opening the bridge", "after meeting the mayor": the speaker's own act beside the act of saying. What
/// somebody else does in a clause of its own is a fact that the reporter sets beside it.
fn of_clause(act: &Act<'_, '_>, phrase: &Phrase) -> Option<Occasion> {
    let is_listed = act.is_listed("ordering-conjunctions", phrase.opener);
    let is_own = act.analysis.token(phrase.head).tag() == "VBG" && act.analysis.subject(phrase.head).is_none();
    let orders = act.is_listed("ordering-prepositions", phrase.opener);
    // The conjunction opens the clause; inside it, it would order something else.
    (is_listed && is_own && phrase.opener == phrase.range.start).then_some(Occasion { range: phrase.range, orders })
}
