//! Which names are the same body's? Bodies without a place in the tables: one actor for each spelling;
//! acronyms and shortened names join the full one, and a name that is a person's last name joins the person.

use super::{ActorDraft, Actors, MAX_COMPARED, short_forms, text_of, written_name};
use crate::analysis::{Analysis, TokenRange};
use crate::gazetteer::NameSort;
use crate::mentions::{Found, Referent};
use crate::names;
use rapporteur_model::{ActorKind, Confidence, LinkReason, MentionForm};
use std::collections::{BTreeMap, HashMap};

/// The bodies by their names in lower case.
#[derive(Default)]
struct Bodies {
    by_name: HashMap<String, usize>,
    /// Short forms, each with the bodies that it may stand for.
    by_short_form: HashMap<String, Vec<usize>>,
    /// What stands in brackets after a name: "Amber Northern Line (ANL)".
    by_bracket: HashMap<String, usize>,
    /// All of them, with their names.
    names: Vec<(String, usize)>,
}

impl<'a> Actors<'a> {
    pub(super) fn bodies(&mut self, analysis: &Analysis<'a>, found: &[Found<'a>]) {
        let mut bodies = Bodies::default();
        self.short_forms_of_known(analysis, found, &mut bodies);
        let by_last: BTreeMap<String, usize> = self
            .list
            .iter()
            .enumerate()
            .filter_map(|(actor, draft)| Some((draft.parts.last()?.clone(), actor)))
            .take(MAX_COMPARED)
            .collect();
        let mut order: Vec<usize> =
            (0..found.len()).filter(|&idx| matches!(found[idx].referent, Referent::Body(_))).collect();
        order.sort_by_key(|&idx| (std::cmp::Reverse(found[idx].head.len()), idx));
        for mention_idx in order {
            let mention = &found[mention_idx];
            let Referent::Body(kind) = mention.referent else { continue };
            let name = written_name(text_of(analysis, name_range(analysis, mention)));
            if mention.head.len() == 1
                && !bodies.by_name.contains_key(&name.to_lowercase())
                && let Some((person, confidence, reason)) = person_called(&by_last, &name.to_lowercase())
            {
                self.tie(mention_idx, person, confidence, reason);
                continue;
            }
            let actor = self.body(&mut bodies, mention_idx, kind, &name);
            if let Some(bracket) = bracket_after(analysis, mention) {
                bodies.by_bracket.entry(bracket).or_insert(actor);
            }
            let draft = &mut self.list[actor];
            draft.allegiance = draft.allegiance.or_else(|| owner(analysis, mention));
        }
    }

    /// A body of the tables may have an acronym or a short name in this article that no table has.
    fn short_forms_of_known(&self, analysis: &Analysis<'a>, found: &[Found<'a>], bodies: &mut Bodies) {
        let listed = self.list.iter().enumerate().take(MAX_COMPARED);
        for (actor, draft) in listed.filter(|(_, draft)| draft.kind == ActorKind::Organisation) {
            for short in short_forms::of(&draft.name) {
                bodies.by_short_form.entry(short).or_default().push(actor);
            }
        }
        for (mention_idx, mention) in found.iter().enumerate() {
            let is_body = matches!(mention.referent, Referent::Known(known) if known.kind == ActorKind::Organisation);
            if let Some(actor) = self.actor_of(mention_idx).filter(|_| is_body)
                && let Some(bracket) = bracket_after(analysis, mention)
            {
                bodies.by_bracket.entry(bracket).or_insert(actor);
            }
        }
    }

    /// The body of a name, a new one where none fits.
    fn body(&mut self, bodies: &mut Bodies, mention_idx: usize, kind: ActorKind, name: &str) -> usize {
        let folded = name.to_lowercase();
        let (actor, confidence, reason) = self.body_called(bodies, mention_idx, kind, name).unwrap_or_else(|| {
            let actor = self.add(ActorDraft::named(kind, name));
            bodies.names.push((name.to_string(), actor));
            for short in short_forms::of(name) {
                bodies.by_short_form.entry(short).or_default().push(actor);
            }
            (actor, Confidence::High, LinkReason::SameName)
        });
        bodies.by_name.entry(folded).or_insert(actor);
        self.tie(mention_idx, actor, confidence, reason);
        actor
    }

    fn body_called(
        &self,
        bodies: &Bodies,
        mention_idx: usize,
        kind: ActorKind,
        name: &str,
    ) -> Option<(usize, Confidence, LinkReason)> {
        let folded = &name.to_lowercase();
        if let Some(&actor) = bodies.by_bracket.get(folded) {
            return Some((actor, Confidence::High, LinkReason::Acronym));
        }
        if let Some(&actor) = bodies.by_name.get(folded) {
            let reason = if short_forms::is_acronym(name) && self.list[actor].name.to_lowercase() != *folded {
                LinkReason::Acronym
            } else {
                LinkReason::SameName
            };
            return Some((actor, Confidence::High, reason));
        }
        // "European" is a people, not short for the European Union.
        if kind != ActorKind::Organisation {
            return None;
        }
        let is_acronym = short_forms::is_acronym(name);
        let reason = if is_acronym { LinkReason::Acronym } else { LinkReason::ShortName };
        match bodies.by_short_form.get(folded).map(Vec::as_slice) {
            Some(&[only]) => return Some((only, Confidence::High, reason)),
            Some(several) => {
                let mut before = self.of_mention[..mention_idx].iter().rev().take(MAX_COMPARED).flatten();
                let nearest = before.find(|told| several.contains(&told.actor)).map(|told| told.actor);
                let actor = nearest.or(several.first().copied())?;
                return Some((actor, Confidence::Low, reason));
            }
            None => {}
        }
        let listed = bodies.names.iter().take(MAX_COMPARED);
        let mut spelling = listed.filter(|(long, _)| is_acronym && short_forms::is_acronym_of(name, long));
        let only = spelling.next().filter(|_| spelling.next().is_none())?;
        Some((only.1, Confidence::Medium, LinkReason::Acronym))
    }
}

/// The tokens that name a body: without a determiner.
fn name_range(analysis: &Analysis<'_>, mention: &Found<'_>) -> TokenRange {
    let range = if mention.form == MentionForm::Name { mention.range } else { mention.head };
    let is_determiner = |idx: &usize| matches!(analysis.token(*idx).tag(), "DT" | "PDT" | "CC");
    let start = (range.start..mention.head.end - 1).find(|idx| !is_determiner(idx)).unwrap_or(range.start);
    TokenRange::new(start, range.end)
}

/// The only person whose last name a word is or looks like.
fn person_called(by_last: &BTreeMap<String, usize>, folded: &str) -> Option<(usize, Confidence, LinkReason)> {
    if let Some(&person) = by_last.get(folded) {
        return Some((person, Confidence::High, LinkReason::ShortName));
    }
    let mut similar = by_last.iter().filter(|(last, _)| names::similar(folded, last));
    let (_, &person) = similar.next().filter(|_| similar.next().is_none())?;
    Some((person, Confidence::Medium, LinkReason::SimilarSpelling))
}

/// The acronym in brackets right after a name, in lower case.
fn bracket_after(analysis: &Analysis<'_>, mention: &Found<'_>) -> Option<String> {
    short_forms::bracket_at(analysis, mention.head.end)
}

/// The key of the state or body whose adjective or name stands in the name of a body or right before it:
/// "the Norwegian Foreign Ministry", "Norway's parliament".
fn owner<'a>(analysis: &Analysis<'a>, mention: &Found<'a>) -> Option<&'a str> {
    let inside = (mention.head.start..mention.head.end).find_map(|idx| analysis.known_at(idx));
    let inside = inside.filter(|(range, known)| range.len() < mention.head.len() && known.sort != NameSort::City);
    let possessor = || {
        let end = mention.range.start.checked_sub(1).filter(|&mark| analysis.token(mark).tag() == "POS")?;
        let known = (end.saturating_sub(4)..end)
            .find_map(|idx| analysis.known_at(idx).filter(|(range, _)| range.end == end))?;
        Some(known)
    };
    inside.or_else(possessor).map(|(_, known)| known.key)
}
