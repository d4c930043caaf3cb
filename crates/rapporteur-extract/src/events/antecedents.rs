//! Who takes part where only other places tell: "the talks".

use rapporteur_model::{
    ActorKind, Argument, ArticleActorIdx, EventType, Mention, Predication, Reason, ReasonKind, Record, Span, Status,
};
use std::collections::BTreeMap;

/// Gives talks without participants those of the nearest talks before that have two sides; where there are none,
/// the two states that speak most in the article.
pub(super) fn fill(record: &mut Record) {
    let is_talk = |event: &&rapporteur_model::Event| event.kind == EventType::Consult;
    let talks: Vec<usize> = record.events.iter().filter(is_talk).map(|event| event.predication.0 as usize).collect();
    let mut antecedent: Option<usize> = None;
    let opponents = opponents(record);
    for idx in talks {
        let predication = &record.predications[idx];
        if sides(record, predication).len() > 1 {
            antecedent = Some(idx);
        }
        if !actors(predication).is_empty() {
            continue;
        }
        let (participants, shown) = match (antecedent, opponents) {
            (Some(antecedent), _) => {
                let antecedent = &record.predications[antecedent];
                (antecedent.sources.iter().chain(&antecedent.targets).cloned().collect(), antecedent.trigger)
            }
            (None, Some(pair)) => {
                let participants: Vec<Argument> =
                    pair.iter().filter_map(|&actor| nearest(record, actor, predication.trigger)).collect();
                let Some(first) = participants.first() else { continue };
                let shown = first.span;
                (participants, shown)
            }
            (None, None) => continue,
        };
        let predication = &mut record.predications[idx];
        predication.sources = participants;
        predication.reasons.push(Reason { shows: ReasonKind::Antecedent, span: shown });
        predication.reasons.sort_by_key(|reason| reason.span);
    }
    if let Some(pair) = opponents {
        add_counterparts(record, pair);
    }
    answer_demands(record);
    complete(record);
}

/// What is demanded is asked of those whom the demand is made to: "demanded guarantees from Karsk".
fn answer_demands(record: &mut Record) {
    let mut demand: Option<usize> = None;
    for event_idx in 0..record.events.len() {
        let event = &record.events[event_idx];
        let idx = event.predication.0 as usize;
        let predication = &record.predications[idx];
        if event.kind == EventType::Request {
            demand = Some(idx);
            continue;
        }
        let is_near = |demand: &usize| {
            let demand = &record.predications[*demand];
            demand.object.is_some_and(|object| object.contains(predication.trigger))
        };
        let Some(demand) = demand.filter(is_near).filter(|_| predication.status == Status::Demanded) else { continue };
        let (asking, asked) =
            (record.predications[demand].sources.clone(), record.predications[demand].targets.clone());
        let is_own = |argument: &Argument| asking.iter().any(|other| other.actor == argument.actor);
        let is_asked = !asked.is_empty() && predication.sources.iter().all(is_own);
        let predication = &mut record.predications[idx];
        if is_asked {
            predication.sources = asked;
            if predication.targets.is_empty() {
                predication.targets = asking;
            }
        }
    }
}

/// Who is missing in a deed is taken from other reports of such a deed to the same, or by the same: "military action
/// against Molv" beside "if Karsk invades Molv".
fn complete(record: &mut Record) {
    let events: Vec<(EventType, usize)> =
        record.events.iter().map(|event| (event.kind, event.predication.0 as usize)).collect();
    let first = |arguments: &[Argument]| arguments.iter().find_map(|argument| argument.actor);
    let is_force = |kind: EventType| matches!(kind, EventType::Assault | EventType::Mobilize | EventType::Coerce);
    for &(kind, idx) in events.iter().filter(|(kind, _)| is_force(*kind)) {
        let predication = &record.predications[idx];
        let (source, target) = (first(&predication.sources), first(&predication.targets));
        let others = || {
            events.iter().filter(|(other, at)| *other == kind && *at != idx).map(|(_, at)| &record.predications[*at])
        };
        let found = match (source, target) {
            (None, Some(target)) => {
                others().find(|other| first(&other.targets) == Some(target) && first(&other.sources).is_some())
            }
            (Some(source), None) => {
                others().find(|other| first(&other.sources) == Some(source) && first(&other.targets).is_some())
            }
            _ => None,
        };
        let Some(other) = found else { continue };
        let (sources, targets, shown) = (other.sources.clone(), other.targets.clone(), other.trigger);
        let predication = &mut record.predications[idx];
        if source.is_none() {
            predication.sources = sources
        } else {
            predication.targets = targets
        }
        predication.reasons.push(Reason { shows: ReasonKind::Antecedent, span: shown });
        predication.reasons.sort_by_key(|reason| reason.span);
    }
}

/// Who demands, refuses, threatens or accuses without saying whom means the other side, where the article has two.
fn add_counterparts(record: &mut Record, pair: [ArticleActorIdx; 2]) {
    for event_idx in 0..record.events.len() {
        let event = &record.events[event_idx];
        let is_to_somebody =
            matches!(event.kind, EventType::Request | EventType::Reject | EventType::Threaten | EventType::Accuse);
        let predication = &record.predications[event.predication.0 as usize];
        let own: Vec<&str> = predication.sources.iter().filter_map(|source| side(record, source.actor?)).collect();
        // Nobody warns himself.
        let is_told = predication.targets.iter().any(|target| {
            target.actor.is_some_and(|actor| side(record, actor).is_none_or(|side| !own.contains(&side)))
        });
        if !is_to_somebody || is_told || own.is_empty() {
            continue;
        }
        let mut others = pair.into_iter().filter(|actor| side(record, *actor).is_some_and(|side| !own.contains(&side)));
        let (Some(other), None) = (others.next(), others.next()) else { continue };
        let Some(counterpart) = nearest(record, other, predication.trigger) else { continue };
        let idx = event.predication.0 as usize;
        let predication = &mut record.predications[idx];
        predication.reasons.push(Reason { shows: ReasonKind::Counterpart, span: counterpart.span });
        predication.reasons.sort_by_key(|reason| reason.span);
        predication.targets.retain(|target| target.actor.is_none());
        predication.targets.push(counterpart);
    }
}

fn actors(predication: &Predication) -> Vec<ArticleActorIdx> {
    let arguments = predication.sources.iter().chain(&predication.targets);
    arguments.filter_map(|argument| argument.actor).collect()
}

/// The states that the participants are or speak for: a council that meets is a room, not a side.
fn sides<'r>(record: &'r Record, predication: &Predication) -> Vec<&'r str> {
    let is_state = |key: &&str| {
        record.actors.iter().any(|actor| actor.kind == ActorKind::State && actor.entity_key.as_deref() == Some(*key))
    };
    let sides = actors(predication).into_iter().filter_map(|actor| side(record, actor));
    let mut sides: Vec<&str> = sides.filter(is_state).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

fn side(record: &Record, actor: ArticleActorIdx) -> Option<&str> {
    let actor = &record.actors[actor.0 as usize];
    let affiliation = actor.code.as_ref().and_then(|code| code.affiliation.as_deref());
    let own = actor.entity_key.as_deref().filter(|_| actor.kind == ActorKind::State);
    own.or(affiliation).or(actor.entity_key.as_deref()).or(actor.allegiance.as_deref())
}

/// The states that speak and act in words most often, each by the first actor that is it.
fn opponents(record: &Record) -> Option<[ArticleActorIdx; 2]> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let speakers = record.statements.iter().filter_map(|statement| statement.speaker);
    let in_words = record.events.iter().filter(|event| matches!(event.kind.quad(), 1 | 3));
    let sources = in_words.flat_map(|event| &record.predications[event.predication.0 as usize].sources);
    for actor in speakers.chain(sources.filter_map(|source| source.actor)) {
        if let Some(side) = side(record, actor) {
            *counts.entry(side).or_default() += 1;
        }
    }
    let actor = |key: &str| {
        let is_it = |actor: &rapporteur_model::ArticleActor| {
            actor.kind == ActorKind::State && actor.entity_key.as_deref() == Some(key) && !actor.mentions.is_empty()
        };
        let idx = record.actors.iter().position(is_it)?;
        u32::try_from(idx).ok().map(ArticleActorIdx)
    };
    let mut sides: Vec<(&str, usize)> = counts.into_iter().collect();
    // Of those that speak as often the first by name.
    sides.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut states = sides.into_iter().filter_map(|(key, _)| actor(key));
    Some([states.next()?, states.next()?])
}

/// The mention of an actor that stands nearest before a place, else the first.
fn nearest(record: &Record, actor: ArticleActorIdx, place: Span) -> Option<Argument> {
    let mentions = &record.actors[actor.0 as usize].mentions;
    let of = |idx: &rapporteur_model::MentionIdx| -> &Mention { &record.mentions[idx.0 as usize] };
    let before = mentions.iter().map(of).take_while(|mention| mention.span.start < place.start).last();
    let mention = before.or_else(|| mentions.first().map(of))?;
    Some(Argument { span: mention.span, actor: Some(actor) })
}
