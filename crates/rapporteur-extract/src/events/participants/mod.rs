//! Who does it, and to whom is it done?

mod source;
mod target;

use super::frames::{TargetPlace, TriggerKind};
use super::matching::{self, Match};
use super::syntax::{self, children};
use crate::analysis::Analysis;
use rapporteur_model::EventType;

/// How deep a chain of infinitives is followed to a target.
const MAX_DEPTH: usize = 3;

/// The head words of those who take part.
#[derive(Debug, Default)]
pub(super) struct Participants {
    pub(super) sources: Vec<usize>,
    pub(super) targets: Vec<usize>,
    /// The verb that lends its subject to a noun: "hold" of "hold talks".
    pub(super) support: Option<usize>,
}

/// Who takes part in what a match tells.
pub(super) fn find(analysis: &Analysis<'_>, found: &Match<'_>) -> Participants {
    if found.kind == TriggerKind::Duty {
        let token = analysis.token(found.anchor);
        let verb = if token.dep() == "aux" { token.head().idx() } else { found.anchor };
        let subject = analysis.subject(verb).or_else(|| syntax::subject(analysis, verb));
        let targets = subject.map_or_else(Vec::new, |subject| syntax::joined(analysis, subject));
        return Participants { sources: Vec::new(), targets, support: None };
    }
    let support = (found.kind == TriggerKind::Noun).then(|| support(analysis, found.anchor)).flatten();
    let mut source = source::find(analysis, found, support);
    // "an invasion would trigger sanctions": a deed imposes nothing.
    let is_deed = |source: &usize| {
        analysis.token(*source).pos() == "NOUN"
            && matching::find(analysis, *source, false).is_some_and(|deed| deed.frame.event.quad() == 4)
    };
    source = source.filter(|source| found.kind != TriggerKind::Verb || !is_deed(source));
    let mut target = target::find(analysis, found, support, source);
    let pair = || between(analysis, found.anchor).or_else(|| found.object.and_then(|object| between(analysis, object)));
    if let Some(pair) = pair() {
        // "talks between X and Y": neither is the target of the other.
        let sources = syntax::joined(analysis, pair);
        return Participants { sources, targets: Vec::new(), support };
    }
    if found.frame.event == EventType::Request {
        target = target.map(|target| asked(analysis, target).filter(|asked| Some(*asked) != source).unwrap_or(target));
    }
    if target == source {
        // "the invasion of Fiji": what is done to it, not what it does.
        if found.kind == TriggerKind::Noun && done_to_of(found) {
            source = None;
        } else {
            target = None;
        }
    }
    if target.is_none() && found.frame.target.may_be(&TargetPlace::Subject) {
        target = match found.kind {
            TriggerKind::Verb => syntax::subject(analysis, found.anchor),
            _ => syntax::subject(analysis, verb_of_predicate(analysis, found.anchor)),
        };
        source = after_any(analysis, found, &found.frame.source).filter(|source| Some(*source) != target);
    }
    // "US-Russia talks", "Greek and Turkish talks"
    if found.frame.is_mutual && found.kind == TriggerKind::Noun && target.is_none() {
        let named = named_before(analysis, found.anchor);
        if named.len() > 1 {
            return Participants { sources: named, targets: Vec::new(), support };
        }
    }
    // "the meeting of Monday": a day takes part in nothing.
    let is_time = |head: &usize| matches!(analysis.token(*head).entity_type(), "DATE" | "TIME");
    let spread = |head: Option<usize>| {
        head.filter(|head| !is_time(head)).map_or_else(Vec::new, |head| syntax::joined(analysis, head))
    };
    Participants { sources: spread(source), targets: spread(target), support }
}

/// Of whom a deed is asked: "demanded the withdrawal of Fijian troops", "called for talks with Fiji".
fn asked(analysis: &Analysis<'_>, deed: usize) -> Option<usize> {
    let is_deed = analysis.token(deed).pos() == "NOUN";
    let inner = matching::find(analysis, deed, false).filter(|_| is_deed)?;
    let doer = source::find(analysis, &inner, None).filter(|doer| *doer > deed || analysis.below(deed).contains(*doer));
    doer.or_else(|| target::find(analysis, &inner, None, None)).filter(|asked| *asked != deed)
}

/// The verb of which an adjective or a noun is the predicate, else the word itself.
fn verb_of_predicate(analysis: &Analysis<'_>, idx: usize) -> usize {
    let token = analysis.token(idx);
    let is_predicate = matches!(token.dep(), "acomp" | "attr" | "oprd" | "dobj" | "pobj" | "prep" | "xcomp");
    let mut head = token.head();
    if head.pos() == "ADP" && !head.is_root() {
        head = head.head();
    }
    if is_predicate && syntax::is_verb(head) { head.idx() } else { idx }
}

/// "Vale's arrest": what a noun with a target after "of" and a source after "by" has as its genitive is the target.
fn owner_is_target(found: &Match<'_>) -> bool {
    found.frame.target.may_be_after("of") && found.frame.source.iter().any(|word| &**word == "by")
}

/// Whether what "of" gives is what is done to: "the invasion of Fiji", but "the promise of Fiji".
fn done_to_of(found: &Match<'_>) -> bool {
    let is_deed = found.frame.event.quad() == 4
        || matches!(found.frame.event, EventType::Retreat | EventType::Accuse | EventType::Aid);
    let is_source = found.frame.source.iter().any(|word| &**word == "of");
    found.frame.target.may_be_after("of") || is_deed && !is_source
}

/// The names and adjectives of states before a noun: "Russian threats", "a U.N. appeal".
fn named_before(analysis: &Analysis<'_>, noun: usize) -> Vec<usize> {
    let is_named = |idx: usize| {
        let token = analysis.token(idx);
        let is_adjective = token.pos() == "ADJ" && matches!(token.entity_type(), "NORP" | "GPE");
        let is_noun = token.pos() == "PROPN" && matches!(token.entity_type(), "NORP" | "GPE" | "ORG" | "PERSON");
        is_adjective || is_noun || analysis.known_at(idx).is_some()
    };
    let modifies = |token: &rapporteur_text::Token<'_>| {
        token.idx() < noun && matches!(token.dep(), "compound" | "amod" | "nmod" | "conj")
    };
    let before = children(analysis, noun).filter(modifies);
    let with_joined =
        before.flat_map(|child| std::iter::once(child).chain(children(analysis, child.idx()).filter(modifies)));
    let mut named: Vec<usize> = with_joined.map(|child| child.idx()).filter(|&idx| is_named(idx)).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// The verb that only lends its subject to a noun: "launch an attack", "a meeting was held".
fn support(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..MAX_DEPTH {
        let token = analysis.token(at);
        let head = token.head();
        if token.is_root() {
            return None;
        }
        match token.dep() {
            "dobj" | "nsubjpass" | "attr" if syntax::is_verb(head) => {
                let is_light = analysis.lexicon.event_words.has("support-verbs", analysis.lemma(head.idx()));
                return is_light.then_some(head.idx());
            }
            "conj" => at = head.idx(),
            "pobj" => {
                let governor = head.head();
                if analysis.lower(head.idx()) == "of" && syntax::is_noun(governor) {
                    at = governor.idx();
                } else {
                    // "enter into talks", "engage in dialogue"
                    let is_light = syntax::is_verb(governor)
                        && analysis
                            .lexicon
                            .event_words
                            .has("support-verbs-with-preposition", analysis.lemma(governor.idx()));
                    return is_light.then_some(governor.idx());
                }
            }
            _ => return None,
        }
    }
    None
}

/// What stands after one of the prepositions: on the trigger, its object or the fillers of its slots.
fn after_any(analysis: &Analysis<'_>, found: &Match<'_>, prepositions: &[impl AsRef<str>]) -> Option<usize> {
    let own_object = || {
        syntax::patient(analysis, found.anchor).filter(|_| matches!(found.kind, TriggerKind::Verb | TriggerKind::Own))
    };
    let carriers = [Some(found.anchor), found.object, found.preposition];
    let on_trigger = carriers.into_iter().chain(found.fillers.iter().map(|filler| Some(*filler))).flatten();
    let mut on_trigger = on_trigger.filter_map(|carrier| syntax::after(analysis, carrier, prepositions));
    on_trigger.find(|object| !found.fillers.contains(object)).or_else(|| {
        let object = own_object()?;
        syntax::after(analysis, object, prepositions)
    })
}

/// "talks between X and Y", "among the three": those who stand after the preposition.
fn between(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    syntax::after(analysis, noun, &["between", "among"])
}
