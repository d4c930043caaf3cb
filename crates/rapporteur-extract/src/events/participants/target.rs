//! To whom is it done?

use super::{MAX_DEPTH, after_any, done_to_of, named_before, owner_is_target};
use crate::analysis::Analysis;
use crate::events::frames::{Target, TargetPlace, TriggerKind};
use crate::events::matching::{self, Match};
use crate::events::syntax::{self, children};
use rapporteur_model::EventType;

/// Prepositions after which the target of a trigger usually stands, the likeliest first.
const USUAL: [&str; 10] = ["against", "on", "with", "to", "at", "toward", "towards", "for", "from", "over"];
/// For talks and agreements: what they are on or for is no participant.
const USUAL_FOR_TALKS: [&str; 2] = ["with", "to"];

/// The head word of whom it is done to; it is not `source`.
pub(super) fn find(
    analysis: &Analysis<'_>,
    found: &Match<'_>,
    support: Option<usize>,
    source: Option<usize>,
) -> Option<usize> {
    let not_source = |head: &usize| Some(*head) != source;
    match &found.frame.target {
        Target::None => None,
        Target::At(places) => {
            let at = |place: &TargetPlace| match place {
                TargetPlace::Object if found.kind == TriggerKind::Noun => found.object,
                TargetPlace::Object => objects(analysis, found),
                TargetPlace::Subject => None,
                TargetPlace::After(word) => {
                    let of_support = || support.and_then(|verb| syntax::after(analysis, verb, &[word]));
                    after_any(analysis, found, &[word]).or_else(of_support)
                }
            };
            let is_subject = found.frame.target.may_be(&TargetPlace::Subject);
            let usual = || if is_subject { None } else { usual_target(analysis, found, support, 0) };
            let owner = || syntax::child(analysis, found.anchor, &["poss"]).filter(|_| owner_is_target(found));
            let of = || {
                syntax::after(analysis, found.anchor, &["of"])
                    .filter(|of| found.kind == TriggerKind::Noun && done_to_of(found) && !found.fillers.contains(of))
            };
            places.iter().find_map(at).or_else(owner).or_else(of).or_else(usual).filter(not_source)
        }
        Target::Usual => usual_target(analysis, found, support, 0).filter(not_source),
    }
}

/// The object of a trigger that is no filler of a slot, or the object that it has besides.
fn objects(analysis: &Analysis<'_>, found: &Match<'_>) -> Option<usize> {
    if let Some(preposition) = found.preposition {
        return syntax::object_of(analysis, preposition);
    }
    let dative = syntax::child(analysis, found.anchor, &["dative"]).and_then(|dative| {
        if analysis.token(dative).pos() == "ADP" { syntax::object_of(analysis, dative) } else { Some(dative) }
    });
    let patient = || syntax::patient(analysis, found.anchor).filter(|patient| Some(*patient) != found.object);
    dative.or_else(patient)
}

/// Where the target stands if the frame says nothing.
fn usual_target(analysis: &Analysis<'_>, found: &Match<'_>, support: Option<usize>, depth: usize) -> Option<usize> {
    let anchor = found.anchor;
    let usual: &[&str] = match found.frame.event {
        EventType::Consult | EventType::Agree => &USUAL_FOR_TALKS,
        _ => &USUAL,
    };
    let (own_object, after_usual): (Option<usize>, Option<usize>) = match found.kind {
        TriggerKind::Verb | TriggerKind::Own => {
            (objects(analysis, found).filter(|object| Some(*object) != found.object), after_any(analysis, found, usual))
        }
        _ => {
            let own = after_any(analysis, found, usual);
            let of_support = || support.and_then(|verb| syntax::after(analysis, verb, usual));
            let is_talk = matches!(found.frame.event, EventType::Consult | EventType::Agree);
            let place =
                || if is_talk { None } else { in_place(analysis, anchor) }.or_else(|| attacked_before(analysis, found));
            (None, own.or_else(of_support).or_else(place))
        }
    };
    // What is talked about, agreed or signed is no participant.
    let is_with_others = found.frame.is_mutual || found.frame.event == EventType::Consult;
    let is_slotted = found.object.is_some();
    let (first, second) = if is_slotted { (after_usual, own_object) } else { (own_object, after_usual) };
    first
        .or(second)
        .or_else(|| found.object.filter(|_| !is_with_others).and_then(|object| modifier(analysis, object)))
        .or_else(|| of_filler(analysis, found, depth))
        .or_else(|| embedded(analysis, found, depth))
        .or(found.object.filter(|_| !is_with_others))
}

/// "the threat of a Ukraine war": whom the deed concerns that fills a slot.
fn of_filler(analysis: &Analysis<'_>, found: &Match<'_>, depth: usize) -> Option<usize> {
    if found.kind != TriggerKind::Noun || depth >= MAX_DEPTH {
        return None;
    }
    let inner = found.fillers.iter().filter_map(|&filler| matching::find(analysis, filler, false));
    let mut targets = inner.filter_map(|inner| usual_or_told(analysis, &inner, depth + 1));
    targets.find(|target| !found.fillers.contains(target))
}

/// "the Ukraine war": a place before a noun of force.
fn attacked_before(analysis: &Analysis<'_>, found: &Match<'_>) -> Option<usize> {
    let is_place = |idx: &usize| analysis.token(*idx).pos() == "PROPN" && analysis.token(*idx).entity_type() == "GPE";
    let is_force = found.frame.event == EventType::Assault;
    is_force.then(|| named_before(analysis, found.anchor).into_iter().find(is_place)).flatten()
}

/// "the war in Ukraine": the place of a noun, where nothing else is said.
fn in_place(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    syntax::after(analysis, noun, &["in", "of"])
        .filter(|place| matches!(analysis.token(*place).entity_type(), "GPE" | "NORP" | "ORG" | "PERSON" | "LOC"))
}

/// "strike Syrian targets", "lift US sanctions": whose thing the object is.
fn modifier(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    let is_named = |idx: usize| matches!(analysis.token(idx).entity_type(), "GPE" | "NORP" | "ORG" | "PERSON");
    let own = children(analysis, noun)
        .filter(|child| matches!(child.dep(), "poss" | "compound" | "amod" | "nmod"))
        .find(|child| child.dep() == "poss" || is_named(child.idx()));
    own.map(|own| own.idx()).or_else(|| syntax::after(analysis, noun, &["of", "in"]).filter(|of| is_named(*of)))
}

/// Whom a clause below the trigger concerns: "demanded that NATO withdraw", "agreed to meet the envoy".
fn embedded(analysis: &Analysis<'_>, found: &Match<'_>, depth: usize) -> Option<usize> {
    if depth >= MAX_DEPTH {
        return None;
    }
    let via = found.preposition;
    let own = children(analysis, found.anchor).chain(via.into_iter().flat_map(|via| children(analysis, via)));
    // "open to talks on …": what an agreement is about is no participant.
    let is_agreement = found.frame.event == EventType::Agree;
    let is_clause = |child: &rapporteur_text::Token<'_>| match child.dep() {
        "ccomp" | "xcomp" | "acl" | "advcl" => true,
        "pcomp" => !is_agreement,
        _ => false,
    };
    let mut clauses = own.filter(|child| child.idx() > found.anchor).filter(is_clause);
    clauses.find_map(|clause| of_clause(analysis, clause.idx(), found.anchor, depth))
}

/// The target of a verb inside the clause of another.
fn usual_or_told(analysis: &Analysis<'_>, found: &Match<'_>, depth: usize) -> Option<usize> {
    let Target::At(places) = &found.frame.target else { return usual_target(analysis, found, None, depth) };
    let at = |place: &TargetPlace| match place {
        TargetPlace::Object => objects(analysis, found),
        TargetPlace::Subject => None,
        TargetPlace::After(word) => after_any(analysis, found, &[word]),
    };
    places.iter().find_map(at).or_else(|| usual_target(analysis, found, None, depth))
}

fn of_clause(analysis: &Analysis<'_>, verb: usize, anchor: usize, depth: usize) -> Option<usize> {
    if depth >= MAX_DEPTH {
        return None;
    }
    // Whom the act of the clause concerns: "willing to withdraw its troops from Fiji".
    if let Some(inner) = matching::find(analysis, verb, false)
        && inner.kind == TriggerKind::Verb
        && analysis.subject(verb).is_none()
        && let Some(target) = usual_or_told(analysis, &inner, depth + 1)
        && target > anchor
    {
        return Some(target);
    }
    // Its own subject, where it is another's; else whom it is done to.
    let own = analysis.subject(verb).filter(|subject| *subject > anchor && analysis.token(*subject).pos() != "PRON");
    own.or_else(|| {
        syntax::patient(analysis, verb).filter(|patient| *patient > anchor && analysis.token(*patient).pos() != "PRON")
    })
    .or_else(|| syntax::after(analysis, verb, &USUAL))
    .or_else(|| {
        let below = syntax::child(analysis, verb, &["xcomp", "ccomp", "advcl"])?;
        of_clause(analysis, below, anchor, depth + 1)
    })
}
