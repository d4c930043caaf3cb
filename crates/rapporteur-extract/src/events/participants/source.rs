//! Who does it?

use super::{after_any, done_to_of, named_before, owner_is_target, verb_of_predicate};
use crate::analysis::Analysis;
use crate::events::frames::TriggerKind;
use crate::events::matching::Match;
use crate::events::syntax;
use rapporteur_model::EventType;

/// The head word of whoever does it.
pub(super) fn find(analysis: &Analysis<'_>, found: &Match<'_>, support: Option<usize>) -> Option<usize> {
    let frame = found.frame;
    if !frame.source.is_empty()
        && let Some(source) = after_any(analysis, found, &frame.source)
    {
        return Some(source);
    }
    match found.kind {
        TriggerKind::Verb | TriggerKind::Own => syntax::agent(analysis, found.anchor),
        // Whoever speaks, which the statement tells.
        TriggerKind::Duty | TriggerKind::Class => None,
        TriggerKind::Adjective => of_adjective(analysis, found.anchor),
        TriggerKind::Noun => of_noun(analysis, found, support),
    }
}

/// "officials are disappointed", "the angry officials"
fn of_adjective(analysis: &Analysis<'_>, anchor: usize) -> Option<usize> {
    let token = analysis.token(anchor);
    if token.dep() == "amod" {
        return Some(token.head().idx());
    }
    let verb = verb_of_predicate(analysis, anchor);
    (verb != anchor).then(|| syntax::subject(analysis, verb)).flatten().or_else(|| syntax::subject(analysis, anchor))
}

fn of_noun(analysis: &Analysis<'_>, found: &Match<'_>, support: Option<usize>) -> Option<usize> {
    let noun = found.anchor;
    let owner = syntax::child(analysis, noun, &["poss"]).filter(|_| !owner_is_target(found));
    let by = || syntax::after(analysis, noun, &["by"]);
    // "the Ukraine war" is fought there.
    let is_place = |idx: &usize| {
        found.frame.event == EventType::Assault
            && analysis.token(*idx).pos() == "PROPN"
            && analysis.token(*idx).entity_type() == "GPE"
    };
    let before = || named_before(analysis, noun).into_iter().find(|idx| !is_place(idx));
    let supporter = || support.and_then(|verb| syntax::agent(analysis, verb));
    let is_done_to = done_to_of(found);
    let of = || {
        if is_done_to { None } else { syntax::after(analysis, noun, &["of"]).filter(|of| !found.fillers.contains(of)) }
    };
    let from = || syntax::after(analysis, noun, &["from"]);
    let holder = || carrier(analysis, noun).or_else(|| of_plan(analysis, noun));
    owner.or_else(by).or_else(before).or_else(supporter).or_else(of).or_else(from).or_else(holder)
}

/// The subject of a verb that does or plans what a noun names; whoever repels an attack does not attack.
fn carrier(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    let token = analysis.token(noun);
    let words = &analysis.lexicon.event_words;
    let lemma = analysis.lemma(token.head().idx());
    let lists = ["support-verbs", "planning", "pursuing", "threatening"];
    let is_doing = token.dep() == "pobj" || lists.iter().any(|list| words.has(list, lemma));
    is_doing.then(|| syntax::carrier(analysis, noun)).flatten()
}

/// "a pretext for an attack", "the threat of war": whoever has what governs the noun.
fn of_plan(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    let preposition = analysis.token(noun).head();
    let words = &analysis.lexicon.event_words;
    // "made plans for an attack": the preposition may hang on the verb.
    let governor = preposition.head();
    let governor = match syntax::child(analysis, governor.idx(), &["dobj"]) {
        Some(object) if syntax::is_verb(governor) => analysis.token(object),
        _ => governor,
    };
    let is_plan = analysis.token(noun).dep() == "pobj"
        && matches!(analysis.lower(preposition.idx()), "of" | "for")
        && ["supposing", "planning"].iter().any(|list| words.has(list, analysis.lemma(governor.idx())));
    let of_governor = || {
        let is_deed = |idx: &usize| *idx == noun;
        syntax::holder(analysis, governor.idx())
            .filter(|holder| !is_deed(holder))
            .or_else(|| syntax::carrier(analysis, governor.idx()))
    };
    is_plan.then(of_governor).flatten()
}
