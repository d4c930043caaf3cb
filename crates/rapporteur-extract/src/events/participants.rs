//! Who does it, and to whom is it done?

use super::frames::{Target, TargetPlace, TriggerKind};
use super::matching::{self, Match};
use super::syntax::{self, children};
use crate::analysis::Analysis;
use rapporteur_model::EventType;

/// The head words of those who take part.
#[derive(Debug, Default)]
pub(super) struct Participants {
    pub(super) sources: Vec<usize>,
    pub(super) targets: Vec<usize>,
    /// The verb that lends its subject to a noun: "hold" of "hold talks".
    pub(super) support: Option<usize>,
}

/// Prepositions after which the target of a trigger usually stands, the likeliest first.
const USUAL: [&str; 10] = ["against", "on", "with", "to", "at", "toward", "towards", "for", "from", "over"];
/// For talks and agreements: what they are on or for is no participant.
const USUAL_FOR_TALKS: [&str; 2] = ["with", "to"];
/// How deep a chain of infinitives is followed to a target.
const MAX_DEPTH: usize = 3;

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
    let mut source = source(analysis, found, support);
    // "an invasion would trigger sanctions": a deed imposes nothing.
    let is_deed = |source: &usize| {
        analysis.token(*source).pos() == "NOUN"
            && matching::find(analysis, *source, false).is_some_and(|deed| deed.frame.event.quad() == 4)
    };
    source = source.filter(|source| found.kind != TriggerKind::Verb || !is_deed(source));
    let mut target = target(analysis, found, support, source);
    let pair = || between(analysis, found.anchor).or_else(|| found.object.and_then(|object| between(analysis, object)));
    if let Some(pair) = pair() {
        // "talks between X and Y": neither is the target of the other.
        let sources = syntax::joined(analysis, pair);
        return Participants { sources, targets: Vec::new(), support };
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
            _ => syntax::subject(analysis, syntax_verb(analysis, found.anchor)),
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
    let spread = |head: Option<usize>| head.map_or_else(Vec::new, |head| syntax::joined(analysis, head));
    Participants { sources: spread(source), targets: spread(target), support }
}

/// The verb of which an adjective or a noun is the predicate, else the word itself.
fn syntax_verb(analysis: &Analysis<'_>, idx: usize) -> usize {
    let token = analysis.token(idx);
    let is_predicate = matches!(token.dep(), "acomp" | "attr" | "oprd" | "dobj" | "pobj" | "prep" | "xcomp");
    let mut head = token.head();
    if head.pos() == "ADP" && !head.is_root() {
        head = head.head();
    }
    if is_predicate && syntax::is_verb(head) { head.idx() } else { idx }
}

fn source(analysis: &Analysis<'_>, found: &Match<'_>, support: Option<usize>) -> Option<usize> {
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
    let verb = syntax_verb(analysis, anchor);
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
pub(super) fn support(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
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

fn target(analysis: &Analysis<'_>, found: &Match<'_>, support: Option<usize>, source: Option<usize>) -> Option<usize> {
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
