//! Where do the parties of an issue stand?

use crate::pile::Pile;
use rapporteur_model::{Position, StanceKind, Standing};

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

/// The standing of an issue and what shows it.
pub(crate) fn standing(pile: &Pile<'_>, positions: &[Position]) -> (Standing, String) {
    let holding = |holds: fn(StanceKind) -> bool| {
        positions.iter().filter(move |position| position.stances.iter().any(|stance| holds(stance.kind)))
    };
    let name = |position: &Position| {
        let actor = pile.actor_idx_of(&position.party);
        actor.map_or_else(|| position.party.to_string(), |idx| pile.actor(idx).name.clone())
    };
    let others = |a: &Position, b: &Position| a.party != b.party;
    for shut in holding(shuts) {
        let against = holding(asks).chain(holding(shuts)).chain(holding(is_open)).find(|asking| others(asking, shut));
        if let Some(asking) = against {
            let what = if asking.stances.iter().any(|stance| asks(stance.kind)) { "a demand" } else { "a stance" };
            return (Standing::Blocked, format!("{what} of {} against a refusal of {}", name(asking), name(shut)));
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
