//! Who takes part where only other places tell: "the talks", an act in words that names nobody, a deed told of twice.

use hashbrown::HashMap;
use rapporteur_model::{
    ActorKind, Argument, ArticleActorIdx, Event, EventType, MentionIdx, Predication, Reason, ReasonKind, Record, Span,
    Status,
};

/// Adds participants that the place of an event does not name.
pub(super) fn fill(record: &mut Record) {
    let sides = Sides::new(record);
    let opponents = opponents(record, &sides);
    fill_talks(record, &sides, opponents);
    if let Some(pair) = opponents {
        add_counterparts(record, &sides, pair);
    }
    answer_demands(record);
    complete(record);
}

/// For each actor the state or organisation that it is or acts for, and the states among them.
struct Sides {
    of_actor: Vec<Option<usize>>,
    /// For each side the actor that is that state and that the article names; none for others.
    state: Vec<Option<ArticleActorIdx>>,
    names: Vec<String>,
}

impl Sides {
    fn new(record: &Record) -> Self {
        let mut sides = Sides { of_actor: Vec::new(), state: Vec::new(), names: Vec::new() };
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for (actor, idx) in record.actors.iter().zip(0..) {
            let is_state = actor.kind == ActorKind::State;
            let own = actor.entity_key.as_deref();
            let affiliation = actor.code.as_ref().and_then(|code| code.affiliation.as_deref());
            let key = own.filter(|_| is_state).or(affiliation).or(own).or(actor.allegiance.as_deref());
            let side = key.map(|key| {
                *numbers.entry(key).or_insert_with(|| {
                    sides.names.push(key.to_string());
                    sides.state.push(None);
                    sides.names.len() - 1
                })
            });
            if let Some(side) = side.filter(|_| is_state && own == key && !actor.mentions.is_empty()) {
                sides.state[side].get_or_insert(ArticleActorIdx(idx));
            }
            sides.of_actor.push(side);
        }
        sides
    }

    fn of(&self, actor: ArticleActorIdx) -> Option<usize> {
        self.of_actor[actor.0 as usize]
    }

    fn of_each<'s>(&'s self, arguments: &'s [Argument]) -> impl Iterator<Item = usize> + 's {
        arguments.iter().filter_map(|argument| self.of(argument.actor?))
    }
}

/// Gives talks without participants those of the nearest talks before that have two sides; where there are none,
/// the two states that speak most in the article.
fn fill_talks(record: &mut Record, sides: &Sides, opponents: Option<[ArticleActorIdx; 2]>) {
    let is_talk = |event: &&Event| event.kind == EventType::Consult;
    let talks: Vec<usize> = record.events.iter().filter(is_talk).map(|event| event.predication.0 as usize).collect();
    let mut antecedent: Option<usize> = None;
    for idx in talks {
        let predication = &record.predications[idx];
        if has_two_sides(predication, sides) {
            antecedent = Some(idx);
        }
        if participants(predication).any(|argument| argument.actor.is_some()) {
            continue;
        }
        let (sources, shown): (Vec<Argument>, Span) = match (antecedent, opponents) {
            (Some(antecedent), _) => {
                let antecedent = &record.predications[antecedent];
                (participants(antecedent).cloned().collect(), antecedent.trigger)
            }
            (None, Some(pair)) => {
                let both: Vec<Argument> =
                    pair.iter().filter_map(|&actor| nearest(record, actor, predication.trigger)).collect();
                let Some(first) = both.first() else { continue };
                let shown = first.span;
                (both, shown)
            }
            (None, None) => continue,
        };
        let predication = &mut record.predications[idx];
        predication.sources = sources;
        explain(predication, ReasonKind::Antecedent, shown);
    }
}

fn participants(predication: &Predication) -> impl Iterator<Item = &Argument> {
    predication.sources.iter().chain(&predication.targets)
}

/// Whether two states take part: a council that meets is a room, not a side.
fn has_two_sides(predication: &Predication, sides: &Sides) -> bool {
    let both = sides.of_each(&predication.sources).chain(sides.of_each(&predication.targets));
    let mut states = both.filter(|&side| sides.state[side].is_some());
    states.next().is_some_and(|first| states.any(|side| side != first))
}

/// The states that speak and act in words most often.
fn opponents(record: &Record, sides: &Sides) -> Option<[ArticleActorIdx; 2]> {
    let mut counts = vec![0usize; sides.names.len()];
    let speakers = record.statements.iter().filter_map(|statement| statement.speaker);
    let in_words = record.events.iter().filter(|event| matches!(event.kind.quad(), 1 | 3));
    let sources = in_words.flat_map(|event| &record.predications[event.predication.0 as usize].sources);
    for actor in speakers.chain(sources.filter_map(|source| source.actor)) {
        if let Some(side) = sides.of(actor) {
            counts[side] += 1;
        }
    }
    let mut order: Vec<usize> = (0..counts.len()).filter(|&side| counts[side] > 0).collect();
    // Of those that speak as often the first by name.
    order.sort_by_key(|&side| (std::cmp::Reverse(counts[side]), &sides.names[side]));
    let mut states = order.into_iter().filter_map(|side| sides.state[side]);
    Some([states.next()?, states.next()?])
}

/// Who demands, refuses, threatens or accuses without saying whom means the other side, where the article has two.
fn add_counterparts(record: &mut Record, sides: &Sides, pair: [ArticleActorIdx; 2]) {
    for event_idx in 0..record.events.len() {
        let event = &record.events[event_idx];
        let is_offer = event.kind == EventType::Agree && matches!(event.mode.as_deref(), Some("offer" | "ready"));
        let is_to_somebody = is_offer
            || matches!(event.kind, EventType::Request | EventType::Reject | EventType::Threaten | EventType::Accuse);
        let idx = event.predication.0 as usize;
        let predication = &record.predications[idx];
        let own: Vec<usize> = sides.of_each(&predication.sources).collect();
        // Nobody warns himself.
        let is_other = |actor: ArticleActorIdx| sides.of(actor).is_none_or(|side| !own.contains(&side));
        let is_told = predication.targets.iter().any(|target| target.actor.is_some_and(is_other));
        if !is_to_somebody || is_told || own.is_empty() {
            continue;
        }
        let mut others = pair.into_iter().filter(|actor| is_other(*actor));
        let (Some(other), None) = (others.next(), others.next()) else { continue };
        let Some(counterpart) = nearest(record, other, predication.trigger) else { continue };
        let predication = &mut record.predications[idx];
        explain(predication, ReasonKind::Counterpart, counterpart.span);
        predication.targets.retain(|target| target.actor.is_none());
        predication.targets.push(counterpart);
    }
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
            let object = record.predications[*demand].object;
            object.is_some_and(|object| object.contains(predication.trigger))
        };
        let Some(demand) = demand.filter(is_near).filter(|_| predication.status == Status::Demanded) else { continue };
        let demand = &record.predications[demand];
        let (asking, asked) = (demand.sources.clone(), demand.targets.clone());
        let is_own = |argument: &Argument| asking.iter().any(|other| other.actor == argument.actor);
        let is_asked = !asked.is_empty() && predication.sources.iter().all(is_own);
        let shown = demand.trigger;
        let predication = &mut record.predications[idx];
        if is_asked {
            predication.sources = asked;
            if predication.targets.is_empty() {
                predication.targets = asking;
            }
            explain(predication, ReasonKind::Antecedent, shown);
        }
    }
}

/// Who is missing in a deed of force is taken from the first other report of such a deed to the same, or by the same:
/// "military action against Molv" beside "if Karsk invades Molv".
fn complete(record: &mut Record) {
    let is_force = |kind: EventType| matches!(kind, EventType::Assault | EventType::Mobilize | EventType::Coerce);
    let deeds = record.events.iter().filter(|event| is_force(event.kind));
    let deeds: Vec<(EventType, usize)> = deeds.map(|event| (event.kind, event.predication.0 as usize)).collect();
    let first = |arguments: &[Argument]| arguments.iter().find_map(|argument| argument.actor);
    let mut by_source: HashMap<(EventType, ArticleActorIdx), usize> = HashMap::new();
    let mut by_target: HashMap<(EventType, ArticleActorIdx), usize> = HashMap::new();
    for &(kind, idx) in &deeds {
        let predication = &record.predications[idx];
        if let (Some(source), Some(target)) = (first(&predication.sources), first(&predication.targets)) {
            by_source.entry((kind, source)).or_insert(idx);
            by_target.entry((kind, target)).or_insert(idx);
        }
    }
    for (kind, idx) in deeds {
        let predication = &record.predications[idx];
        let (source, target) = (first(&predication.sources), first(&predication.targets));
        let found = match (source, target) {
            (None, Some(target)) => by_target.get(&(kind, target)),
            (Some(source), None) => by_source.get(&(kind, source)),
            _ => None,
        };
        let Some(&other) = found else { continue };
        let other = &record.predications[other];
        let (sources, targets, shown) = (other.sources.clone(), other.targets.clone(), other.trigger);
        let predication = &mut record.predications[idx];
        if source.is_none() {
            predication.sources = sources;
        } else {
            predication.targets = targets;
        }
        explain(predication, ReasonKind::Antecedent, shown);
    }
}

fn explain(predication: &mut Predication, shows: ReasonKind, span: Span) {
    predication.reasons.push(Reason { shows, span });
    predication.reasons.sort_by_key(|reason| reason.span);
}

/// The mention of an actor that stands nearest before a place, else the first.
fn nearest(record: &Record, actor: ArticleActorIdx, place: Span) -> Option<Argument> {
    let mentions = &record.actors[actor.0 as usize].mentions;
    let of = |idx: &MentionIdx| record.mentions[idx.0 as usize].span;
    let n_before = mentions.partition_point(|idx| of(idx).start < place.start);
    let mention = n_before.checked_sub(1).and_then(|before| mentions.get(before)).or(mentions.first())?;
    Some(Argument { span: of(mention), actor: Some(actor) })
}
