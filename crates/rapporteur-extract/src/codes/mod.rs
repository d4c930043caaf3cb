//! What is an actor in an event code?
//!
//! A code has an *affiliation*, the state or organisation that somebody is or belongs to, and a *role* of
//! CAMEO and PLOVER. Bodies of the tables have theirs there; for others the words of their titles and names
//! are read (`data/roles.txt`).

mod description;

pub(crate) use description::RoleWords;

use crate::analysis::Analysis;
use description::Described;
use rapporteur_model::{ActorCode, ActorKind, ArticleActor, LinkReason, MentionForm, Record};

/// The role of a government and of whoever works for one.
const GOVERNMENT: &str = "GOV";
/// Roles of office; who has left one is of the elite.
const OFFICES: [&str; 6] = [GOVERNMENT, "MIL", "LEG", "JUD", "COP", "SPY"];
const ELITE: &str = "ELI";

/// Gives each actor of the record its code, where it has one.
pub(crate) fn fill(analysis: &Analysis<'_>, record: &mut Record) {
    let mut speaks = vec![false; record.actors.len()];
    for speaker in record.statements.iter().filter_map(|statement| statement.speaker) {
        speaks[speaker.0 as usize] = true;
    }
    for (actor, speaks) in record.actors.iter_mut().zip(speaks) {
        let mut mentions = actor.mentions.iter().map(|idx| &record.mentions[idx.0 as usize]);
        let is_government = speaks
            || mentions.any(|mention| {
                let is_metonym = mention.link.is_some_and(|link| link.reason == LinkReason::Metonym);
                is_metonym || mention.form == MentionForm::Nominal
            });
        actor.code = code(analysis, actor, is_government);
    }
}

/// A state that speaks, or is called by its capital or its government, is that government.
fn code(analysis: &Analysis<'_>, actor: &ArticleActor, is_government: bool) -> Option<ActorCode> {
    let key = actor.entity_key.as_deref();
    if actor.kind == ActorKind::State {
        let role = (is_government && key.is_some()).then(|| GOVERNMENT.to_string());
        return key.map(|key| ActorCode { affiliation: Some(key.to_string()), role });
    }
    let described = described(analysis, actor);
    // Of a body its own key comes first, of others whom they speak for.
    let body = key.or(actor.allegiance.as_deref());
    let (body_role, state) = body.map_or((None, None), |body| analysis.role_and_affiliation(body));
    let is_itself = key.is_some() || actor.kind == ActorKind::Person && actor.roles.is_empty();
    let role = match (described, body_role) {
        (_, Some(role)) if is_itself => Some(role.to_string()),
        (Described::Role { role, is_former }, _) if is_former && OFFICES.contains(&role.as_str()) => {
            Some(ELITE.to_string())
        }
        // The head of an alliance heads no government, and its spokesman is of the alliance.
        (Described::Role { role, .. }, Some(of_body)) if is_general(&role) => Some(of_body.to_string()),
        (Described::Role { role, .. }, _) => Some(role),
        (Described::Head { is_former: true, .. }, _) if body.is_some() => Some(ELITE.to_string()),
        (Described::Head { .. }, Some(of_body)) => Some(of_body.to_string()),
        (Described::Head { is_staff, .. }, None) => {
            body.filter(|body| is_staff && is_state(analysis, body)).map(|_| GOVERNMENT.to_string())
        }
        (Described::Unknown, _) => None,
    };
    let of_title = || {
        let titles = actor.roles.iter().filter(|_| actor.kind == ActorKind::Person);
        titles.filter_map(|title| description::only_state(&analysis.lexicon.roles, title)).next()
    };
    let affiliation = state.or(body).map(str::to_string).or_else(of_title);
    (affiliation.is_some() || role.is_some()).then_some(ActorCode { affiliation, role })
}

/// Roles that titles of any large body give: it has presidents, secretaries and envoys.
fn is_general(role: &str) -> bool {
    matches!(role, GOVERNMENT | "IGO" | "BUS")
}

fn is_state(analysis: &Analysis<'_>, key: &str) -> bool {
    analysis.known_by_key(key).is_some_and(|known| known.kind == ActorKind::State)
}

/// What the words for an actor say: a named person's titles, else the name or the description.
fn described(analysis: &Analysis<'_>, actor: &ArticleActor) -> Described {
    let roles = &analysis.lexicon.roles;
    let mut told = Described::Unknown;
    for title in &actor.roles {
        match description::read(roles, title) {
            role @ Described::Role { .. } => return role,
            head if told == Described::Unknown => told = head,
            _ => {}
        }
    }
    let is_named_person = actor.kind == ActorKind::Person && actor.is_named;
    if !is_named_person && told == Described::Unknown {
        told = description::read(roles, &actor.name);
    }
    // "Vale Brothers" are a firm.
    if actor.kind == ActorKind::Organisation
        && matches!(&told, Described::Role { role, .. } if role == description::CIVILIAN)
    {
        return Described::Unknown;
    }
    told
}
