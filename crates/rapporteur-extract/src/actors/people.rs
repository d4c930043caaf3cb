//! Which names are the same person's?

use super::{ActorDraft, Actors, MAX_COMPARED, describe, text_of, written_name};
use crate::analysis::Analysis;
use crate::mentions::{Found, Referent};
use crate::names;
use rapporteur_model::{ActorKind, Confidence, LinkReason};
use std::collections::HashMap;

/// From this distance on ([`names::distance`]) two names are alike, not the same.
const ALIKE: u32 = 4;

/// The people so far, in the order in which they were named, and by last name.
#[derive(Default)]
struct People {
    all: Vec<usize>,
    by_last: HashMap<String, Vec<usize>>,
}

impl<'a> Actors<'a> {
    /// Full names first, so that short names find them wherever they stand.
    pub(super) fn persons(&mut self, analysis: &Analysis<'a>, found: &[Found<'a>]) {
        let named = found.iter().enumerate().filter(|(_, mention)| matches!(mention.referent, Referent::Person));
        let mut mentions: Vec<(usize, Vec<String>)> =
            named.map(|(idx, mention)| (idx, names::parts(text_of(analysis, mention.head)))).collect();
        mentions.retain(|(_, parts)| !parts.is_empty());
        let mut people = People::default();
        for is_full in [true, false] {
            for (mention_idx, parts) in mentions.iter().filter(|(_, parts)| (parts.len() > 1) == is_full) {
                let name = written_name(text_of(analysis, found[*mention_idx].head));
                self.person(analysis, &mut people, *mention_idx, parts, name);
            }
        }
    }

    fn person(
        &mut self,
        analysis: &Analysis<'a>,
        people: &mut People,
        mention_idx: usize,
        parts: &[String],
        name: String,
    ) {
        let fitting = self.fitting(people, parts);
        if let Some((distance, actor)) = self.closest(mention_idx, &fitting) {
            let (confidence, reason) = how_close(distance, fitting.len() == 1);
            self.tie(mention_idx, actor, confidence, reason);
            let drafted = &mut self.list[actor];
            if parts.len() > drafted.parts.len() {
                drafted.parts = parts.to_vec();
                drafted.name = name;
            }
            return;
        }
        let gender = describe::gender_of_name(analysis, parts);
        let draft = ActorDraft { parts: parts.to_vec(), gender, ..ActorDraft::named(ActorKind::Person, &name) };
        let actor = self.add(draft);
        people.all.push(actor);
        people.by_last.entry(parts.last().cloned().unwrap_or_default()).or_default().push(actor);
        self.tie(mention_idx, actor, Confidence::High, LinkReason::SameName);
    }

    /// The people whom a name fits, with how well: those with the same last name, else anybody.
    fn fitting(&self, people: &People, parts: &[String]) -> Vec<(u32, usize)> {
        let close = |&actor: &usize| Some((names::distance(parts, &self.list[actor].parts)?, actor));
        let same_last = parts.last().and_then(|last| people.by_last.get(last)).into_iter().flatten();
        let fitting: Vec<(u32, usize)> = same_last.take(MAX_COMPARED).filter_map(close).collect();
        if fitting.is_empty() { people.all.iter().take(MAX_COMPARED).filter_map(close).collect() } else { fitting }
    }

    /// The best of the fitting actors; among equals the one named last before the mention.
    fn closest(&self, mention_idx: usize, fitting: &[(u32, usize)]) -> Option<(u32, usize)> {
        let best = fitting.iter().map(|(distance, _)| *distance).min()?;
        let equals: Vec<usize> =
            fitting.iter().filter(|(distance, _)| *distance == best).map(|(_, actor)| *actor).collect();
        if let [only] = equals[..] {
            return Some((best, only));
        }
        if best >= ALIKE {
            return None;
        }
        let mut before = self.of_mention[..mention_idx].iter().rev().take(MAX_COMPARED).flatten();
        let nearest = before.find(|told| equals.contains(&told.actor)).map(|told| told.actor);
        Some((best, nearest.or(equals.first().copied())?))
    }
}

fn how_close(distance: u32, is_only_one: bool) -> (Confidence, LinkReason) {
    let reason = match distance {
        0 => LinkReason::SameName,
        ALIKE => LinkReason::SimilarSpelling,
        _ => LinkReason::ShortName,
    };
    let is_sure = is_only_one && distance < ALIKE;
    (if is_sure { Confidence::High } else { Confidence::Medium }, reason)
}
