//! Where do the parties of an issue stand?

use super::time_of;
use crate::pile::Pile;
use rapporteur_model::{EventType, Polarity, Position, StanceKind, StanceRef, Standing, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a party that takes such a stance may move.
pub(crate) fn is_open(kind: StanceKind) -> bool {
    matches!(kind, StanceKind::Offer | StanceKind::Openness | StanceKind::Promise)
}

/// Whether a party that takes such a stance wants something done or left.
pub(crate) fn is_firm(kind: StanceKind) -> bool {
    asks(kind) || shuts(kind)
}

fn asks(kind: StanceKind) -> bool {
    matches!(kind, StanceKind::Demand | StanceKind::Condition)
}

fn shuts(kind: StanceKind) -> bool {
    matches!(kind, StanceKind::Refusal | StanceKind::RedLine)
}

/// Whether a stance is of some sort.
type Holds = fn(StanceKind) -> bool;

/// The standing of an issue and what shows it.
pub(crate) fn standing(pile: &Pile<'_>, positions: &[Position]) -> (Standing, String) {
    let holding = |holds: Holds| {
        positions.iter().filter(move |position| position.stances.iter().any(|stance| holds(stance.kind)))
    };
    let name = |position: &Position| {
        let actor = pile.actor_idx_of(&position.party);
        actor.map_or_else(|| position.party.to_string(), |idx| pile.actor(idx).name.clone())
    };
    let others = |a: &Position, b: &Position| a.party != b.party;
    if let Some((first, second)) = agreed(pile, positions) {
        return (Standing::Agreed, format!("an agreement of {} and {}", name(first), name(second)));
    }
    // A demand that somebody refuses says most; two refusals, or an openness beside one, say less.
    let against: [(Holds, &str); 3] = [(asks, "a demand"), (shuts, "a refusal"), (is_open, "an openness")];
    for (holds, what) in against {
        let pairs = holding(shuts).flat_map(|shut| holding(holds).map(move |other| (other, shut)));
        if let Some((other, shut)) = pairs.into_iter().find(|(other, shut)| others(other, shut)) {
            return (Standing::Blocked, format!("{what} of {} against a refusal of {}", name(other), name(shut)));
        }
    }
    let open: Vec<&Position> = holding(is_open).collect();
    if let [first, second, ..] = open.as_slice() {
        return (Standing::Negotiable, format!("an openness of {} and of {}", name(first), name(second)));
    }
    if let [only] = open.as_slice()
        && let Some(asking) = holding(asks).find(|asking| others(asking, only))
    {
        return (Standing::Negotiable, format!("an openness of {} toward a demand of {}", name(only), name(asking)));
    }
    match positions {
        [only] => (Standing::Unanswered, format!("a stance of {} alone", name(only))),
        _ => (Standing::Unanswered, "no demand that another party has answered".to_string()),
    }
}

/// The first two parties that hold the issue by an agreement which they made with each other, where nobody shut the door
/// on a later day.
fn agreed<'p>(pile: &Pile<'_>, positions: &'p [Position]) -> Option<(&'p Position, &'p Position)> {
    // Each party with those whom an agreement that it holds joins it with, and the last day on which it is told.
    let mut joined: BTreeMap<usize, BTreeMap<usize, Option<String>>> = BTreeMap::new();
    for position in positions {
        let Some(party) = pile.actor_idx_of(&position.party) else { continue };
        for report in position.stances.iter().filter(|stance| is_assent(stance.kind)).flat_map(|stance| &stance.reports)
        {
            let Some((partners, day)) = agreement(pile, report) else { continue };
            for partner in partners.into_iter().filter(|partner| *partner != party) {
                let known = joined.entry(party).or_default().entry(partner).or_default();
                *known = known.take().max(day.clone());
            }
        }
    }
    let position_of = |party: usize| positions.iter().find(|position| position.party == pile.actor(party).id);
    let pairs = joined.iter().flat_map(|(a, partners)| partners.iter().map(move |(b, day)| (*a, *b, day)));
    let mut mutual = pairs.filter_map(|(a, b, day)| {
        let other_day = joined.get(&b)?.get(&a)?;
        (a < b).then_some((a, b, day.as_ref().max(other_day.as_ref())))
    });
    let (a, b, _) = mutual.find(|(_, _, day)| {
        let mut refusals = positions.iter().flat_map(|position| &position.stances).filter(|stance| shuts(stance.kind));
        refusals.all(|refusal| refusal.last_time.as_ref().is_some_and(|time| Some(time) <= *day))
    })?;
    Some((position_of(a)?, position_of(b)?))
}

/// Whether the stance is one by which somebody agrees; an offer to agree is no agreement.
fn is_assent(kind: StanceKind) -> bool {
    matches!(kind, StanceKind::Openness | StanceKind::Promise)
}

/// The parties of the agreement by which a stance was told, and its day; `None` where it was told by something else, or the
/// agreement did not take place.
fn agreement(pile: &Pile<'_>, report: &StanceRef) -> Option<(BTreeSet<usize>, Option<String>)> {
    let article_idx = pile.article_idx(&report.article)?;
    let record = pile.record(article_idx);
    let stance = record.stances.get(report.stance.0 as usize)?;
    let predication = record.predications.get(stance.predication.0 as usize)?;
    let mut of_stance = record.events.iter().filter(|event| event.predication == stance.predication);
    let is_made = predication.status == Status::Happened && predication.polarity == Polarity::Positive;
    if !is_made || !of_stance.any(|event| event.kind == EventType::Agree) {
        return None;
    }
    let arguments = predication.sources.iter().chain(&predication.targets);
    let actors = arguments.filter_map(|argument| pile.actor_idx(article_idx, argument.actor?));
    Some((actors.map(|actor| pile.party_idx(actor)).collect(), time_of(pile, article_idx, stance)))
}
