//! Which states, organisations and groups of single articles are one.
//!
//! A key or a name is enough. What one article shows to be a state or a body is one in all of them: the
//! name, the adjective and the capital that it is known by there may stand alone elsewhere, where the
//! bare word was read as somebody's name.

use crate::merging::Merging;
use crate::names::{PersonName, fold_name, is_given_name};
use crate::roster::{Member, names_of, written};
use rapporteur_model::{ActorKind, MentionForm, MergeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Known entities: one key, one actor.
pub(crate) fn join_entities(members: &[Member], merging: &mut Merging) {
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, member) in members.iter().enumerate() {
        if let Some(key) = &member.actor.entity_key {
            by_key.entry(key).or_default().push(idx);
        }
    }
    by_key.values().for_each(|group| merging.join_all(group, MergeKind::KnownEntity));
}

/// Named bodies: one name, one actor. What bears a name of one known entity is that entity. Gives the
/// members that were read as persons and are bodies.
pub(crate) fn join_bodies(members: &[Member], merging: &mut Merging) -> BTreeSet<usize> {
    let families = families(members);
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut read_as_persons: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut entities: BTreeMap<String, BTreeSet<(&str, usize)>> = BTreeMap::new();
    for (idx, member) in members.iter().enumerate().filter(|(_, member)| member.actor.is_named) {
        if let Some(key) = &member.actor.entity_key {
            let adjectives = written(member, MentionForm::Adjective);
            let aliases = names_of(member).into_keys().chain(adjectives.into_keys()).chain([member.actor.name.clone()]);
            for alias in aliases {
                entities.entry(comparable(&alias)).or_default().insert((key, idx));
            }
        } else if member.actor.kind != ActorKind::Person {
            by_name.entry(comparable(&member.actor.name)).or_default().push(idx);
        } else if may_be_body(member, &families) {
            read_as_persons.entry(comparable(&member.actor.name)).or_default().push(idx);
        }
    }
    let mut misread = BTreeSet::new();
    let names: BTreeSet<&String> =
        by_name.keys().chain(read_as_persons.keys()).filter(|name| !name.is_empty()).collect();
    for name in names {
        let bodies = by_name.get(name).map_or(&[][..], Vec::as_slice);
        let persons = read_as_persons.get(name).map_or(&[][..], Vec::as_slice);
        merging.join_all(bodies, MergeKind::BodyName);
        let bearers = entities.get(name).into_iter().flatten();
        let keys: BTreeSet<&str> = bearers.clone().map(|(key, _)| *key).collect();
        let bearer = bearers.map(|(_, bearer)| *bearer).next().filter(|_| keys.len() == 1);
        if let Some(bearer) = bearer {
            bodies.iter().for_each(|body| merging.join(*body, bearer, MergeKind::EntityName));
        }
        // An unnamed people ("the Fijians") does not make a person's name that of a body.
        let shows_body = |idx: &&usize| members[**idx].actor.kind != ActorKind::Group;
        if let Some(body) = bearer.or(bodies.iter().find(shows_body).copied()) {
            persons.iter().for_each(|person| merging.join(*person, body, MergeKind::ShownBody));
            misread.extend(persons);
        }
    }
    misread
}

/// A name in comparable spelling; of a name in the plural its singular.
fn comparable(name: &str) -> String {
    let folded = fold_name(name);
    match folded.strip_suffix('s') {
        Some(singular) if folded.contains(' ') && !singular.ends_with('s') => singular.to_string(),
        _ => folded,
    }
}

/// The family names of those whom an article names in full.
fn families(members: &[Member]) -> BTreeSet<String> {
    let persons = members.iter().filter(|member| member.is_named_person());
    let names = persons.filter_map(|member| PersonName::parse(&member.actor.name));
    names.filter(PersonName::is_full).map(|name| name.family).collect()
}

/// Whether the article says nothing of a person but the name, and the name may be a body's: neither title
/// nor side, no given name, and nobody of the pile has it as the family name.
fn may_be_body(member: &Member, families: &BTreeSet<String>) -> bool {
    let actor = member.actor;
    let mut words = actor.name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_family_name =
        words.next().is_none() && PersonName::parse(&actor.name).is_some_and(|name| families.contains(&name.family));
    actor.roles.is_empty() && actor.allegiance.is_none() && !is_given_name(first) && !is_family_name
}
