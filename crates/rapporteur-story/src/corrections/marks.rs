//! Which items of the story bear which corrections, and what of it is taken out or named by hand.

use super::items::Item;
use super::replay::Replay;
use super::{Deed, Entry, Held, Place};
use hashbrown::HashMap;
use rapporteur_model::{
    Actor, Article, ArticleActorIdx, ArticleId, Corrected, Happening, IssueId, Mark, Orphan, StatementId, Story,
    TargetLayer, Utterance,
};
use std::cmp::Reverse;
use std::collections::BTreeSet;

const NO_WORDS: &str = "the words stand in no article of the case";

impl Replay<'_> {
    /// Takes out of the story what was rejected there, names issues, and tells what bears each correction.
    pub(crate) fn finish(self, articles: &[Article], story: &mut Story) -> Corrected {
        let entries = &self.corrections.entries;
        let mut corrected = Corrected::default();
        if entries.is_empty() {
            return corrected;
        }
        let items = Items::of(articles, story);
        // What each target is about, by positions in its layer.
        let found: Vec<Vec<BTreeSet<usize>>> = (0..entries.len()).map(|idx| self.found(&items, idx)).collect();
        let mut taken_out: BTreeSet<(TargetLayer, usize)> = BTreeSet::new();
        for (entry, found) in entries.iter().zip(&found).filter(|(entry, _)| matches!(entry.deed, Deed::Reject)) {
            let (held, found) = (&entry.targets[0], &found[0]);
            if matches!(held.layer, TargetLayer::Issue | TargetLayer::Timeline | TargetLayer::Tension) {
                taken_out.extend(found.iter().map(|idx| (held.layer, *idx)));
            }
        }
        let rejected: BTreeSet<usize> = of_layer(&taken_out, TargetLayer::Issue).collect();
        let of_rejected = story
            .positions
            .iter()
            .enumerate()
            .filter(|(_, position)| rejected.iter().any(|idx| story.issues[*idx].id == position.issue));
        taken_out.extend(of_rejected.map(|(idx, _)| (TargetLayer::Position, idx)));

        for (entry_idx, (entry, found)) in entries.iter().zip(&found).enumerate() {
            let marks = marks(entry, found, &items, &taken_out);
            let reason = match entry.deed {
                Deed::Nothing(reason) => Some(reason.to_string()),
                Deed::Merge if self.is_too_few[entry_idx] => {
                    Some("fewer than two of what was put together are there".to_string())
                }
                _ if marks.is_empty() => Some(reason(&entry.targets)),
                _ => None,
            };
            match reason {
                Some(reason) => corrected.orphans.push(Orphan { correction: entry.id.clone(), reason }),
                None => corrected.marks.extend(marks),
            }
        }
        drop(items);
        let names = entries.iter().zip(&found).filter_map(|(entry, found)| match &entry.deed {
            Deed::Rename(name) if entry.targets[0].layer == TargetLayer::Issue => Some((found[0].clone(), name)),
            _ => None,
        });
        for (issue_idx, name) in names.flat_map(|(found, name)| found.into_iter().map(move |idx| (idx, name))) {
            story.issues[issue_idx].name = name.clone();
        }
        take_out(story, &taken_out);
        corrected
    }

    fn found(&self, items: &Items<'_>, entry_idx: usize) -> Vec<BTreeSet<usize>> {
        let entry = &self.corrections.entries[entry_idx];
        let target = |(target_idx, held): (usize, &Held)| {
            let of_label = self.by_label.get(&(entry_idx, target_idx));
            items.found(held, of_label.unwrap_or(&held.items))
        };
        entry.targets.iter().enumerate().map(target).collect()
    }
}

/// The marks of an entry, in the order of the items. What is rejected is named as it was.
fn marks(
    entry: &Entry,
    found: &[BTreeSet<usize>],
    items: &Items<'_>,
    taken_out: &BTreeSet<(TargetLayer, usize)>,
) -> Vec<Mark> {
    let mark = |layer, item: String| Mark { correction: entry.id.clone(), layer, item };
    let mut marks: Vec<(TargetLayer, usize, Mark)> = Vec::new();
    for (held, found) in entry.targets.iter().zip(found) {
        let is_gone = held.is_rejected && (found.is_empty() || matches!(entry.deed, Deed::Reject));
        if is_gone || found.iter().any(|idx| taken_out.contains(&(held.layer, *idx))) {
            marks.push((held.layer, 0, mark(held.layer, held.id.clone())));
            continue;
        }
        let of_target = found.iter().map(|idx| (held.layer, *idx, mark(held.layer, items.id(held, *idx))));
        marks.extend(of_target);
    }
    marks.sort_by(|(layer, idx, a), (other_layer, other, b)| (layer, idx, &a.item).cmp(&(other_layer, other, &b.item)));
    marks.dedup_by(|(_, _, a), (_, _, b)| a == b);
    marks.into_iter().map(|(_, _, mark)| mark).collect()
}

/// Why nothing bears a correction on these.
fn reason(targets: &[Held]) -> String {
    let Some(held) = targets.first() else { return NO_WORDS.to_string() };
    let has_words = targets.iter().any(|held| !held.places.is_empty());
    match held.layer {
        TargetLayer::Article => "the article is not in the case".to_string(),
        TargetLayer::Outlet => "no article of the case is of this outlet".to_string(),
        TargetLayer::Issue => "no issue of the story has this id".to_string(),
        TargetLayer::Actor if !has_words => {
            format!(
                "{}, and there is not one actor of this name",
                if held.has_anchors { NO_WORDS } else { "no words hold it" }
            )
        }
        layer if has_words => format!("no {} stands at the words any more", layer.name()),
        _ if held.has_anchors => NO_WORDS.to_string(),
        layer => format!("no words hold it, and no {} of the story has this id", layer.name()),
    }
}

/// The story's items by what they are made of.
struct Items<'s> {
    articles: &'s [Article],
    story: &'s Story,
    actors: HashMap<(&'s ArticleId, ArticleActorIdx), usize>,
    utterances: HashMap<&'s StatementId, usize>,
    happenings: HashMap<(&'s ArticleId, usize), usize>,
    positions: HashMap<(&'s ArticleId, usize), Vec<usize>>,
}

impl<'s> Items<'s> {
    fn of(articles: &'s [Article], story: &'s Story) -> Self {
        let members = |(actor, idx): (&'s Actor, usize)| {
            actor.members.iter().map(move |member| ((&member.article, member.actor), idx))
        };
        let statements =
            |(utterance, idx): (&'s Utterance, usize)| utterance.reports.iter().map(move |report| (report, idx));
        let events = |(happening, idx): (&'s Happening, usize)| {
            happening.reports.iter().map(move |report| ((&report.article, report.event.0 as usize), idx))
        };
        let mut positions: HashMap<(&ArticleId, usize), Vec<usize>> = HashMap::new();
        for (idx, position) in story.positions.iter().enumerate() {
            for report in position.stances.iter().flat_map(|stance| &stance.reports) {
                positions.entry((&report.article, report.stance.0 as usize)).or_default().push(idx);
            }
        }
        Items {
            articles,
            story,
            actors: story.actors.iter().zip(0..).flat_map(members).collect(),
            utterances: story.utterances.iter().zip(0..).flat_map(statements).collect(),
            happenings: story.happenings.iter().zip(0..).flat_map(events).collect(),
            positions,
        }
    }

    /// The positions, in its layer, of what a target with these items is about.
    fn found(&self, held: &Held, items: &[Item]) -> BTreeSet<usize> {
        let by_id = |ids: &mut dyn Iterator<Item = bool>| {
            ids.enumerate().find(|(_, is_it)| *is_it).map(|(idx, _)| idx).into_iter().collect()
        };
        match held.layer {
            TargetLayer::Issue => by_id(&mut self.story.issues.iter().map(|issue| issue.id.as_str() == held.id)),
            TargetLayer::Timeline => {
                let value = |id: &str| id.split('/').nth(1).map(str::to_string);
                let entries = self.story.timeline.iter().map(|entry| (entry.id(), entry.places.iter().collect()));
                self.best(held, value, entries.collect())
            }
            TargetLayer::Tension => {
                let kind = |id: &str| id.split_once('.').map(|(kind, _)| kind.to_string());
                let tensions = self.story.tensions.iter().map(|tension| {
                    (tension.id.to_string(), tension.sides.iter().flat_map(|side| &side.places).collect())
                });
                self.best(held, kind, tensions.collect())
            }
            TargetLayer::Position => {
                let of_stances: BTreeSet<usize> = items.iter().flat_map(|item| self.holding(item)).collect();
                let same = of_stances.iter().copied().find(|idx| self.story.positions[*idx].id() == held.id);
                same.map_or(of_stances, |idx| BTreeSet::from([idx]))
            }
            TargetLayer::Actor
            | TargetLayer::Utterance
            | TargetLayer::Happening
            | TargetLayer::Article
            | TargetLayer::Outlet => items.iter().flat_map(|item| self.holding(item)).collect(),
        }
    }

    /// The items of the story that hold an item of an article.
    fn holding(&self, item: &Item) -> Vec<usize> {
        let id = |article_idx: usize| &self.articles[article_idx].id;
        let one = match item {
            Item::Actor(of, actor) => self.actors.get(&(id(*of), *actor)),
            Item::Statement(_, statement) => self.utterances.get(statement),
            Item::Event(of, event) => self.happenings.get(&(id(*of), *event)),
            Item::Stance(of, stance) => return self.positions.get(&(id(*of), *stance)).cloned().unwrap_or_default(),
            Item::Article(of) => Some(of),
            Item::Outlet(_) => Some(&0),
        };
        one.copied().into_iter().collect()
    }

    /// Of items by their ids and places the one that a target is about: of the same sort, as a part of the id tells it,
    /// and at most of the words that hold it; of several the one that still has the id. Without words the id tells.
    fn best(
        &self,
        held: &Held,
        sort_of: impl Fn(&str) -> Option<String>,
        candidates: Vec<(String, Vec<&rapporteur_model::Place>)>,
    ) -> BTreeSet<usize> {
        let sort = sort_of(&held.id);
        let is_at = |(article_idx, span): &Place, places: &[&rapporteur_model::Place]| {
            let id = &self.articles[*article_idx].id;
            places.iter().any(|place| place.article == *id && place.span.overlaps(*span))
        };
        let fits = candidates.iter().enumerate().filter_map(|(idx, (id, places))| {
            let is_same = *id == held.id;
            let n_held = held.places.iter().filter(|place| is_at(place, places)).count();
            let is_held = if held.has_anchors { n_held > 0 && sort_of(id) == sort } else { is_same };
            is_held.then_some((is_same, n_held, Reverse(idx)))
        });
        fits.max().map(|(_, _, Reverse(idx))| idx).into_iter().collect()
    }

    /// The id of an item of the target's layer.
    fn id(&self, held: &Held, idx: usize) -> String {
        match held.layer {
            TargetLayer::Actor => self.story.actors[idx].id.to_string(),
            TargetLayer::Utterance => self.story.utterances[idx].id.to_string(),
            TargetLayer::Happening => self.story.happenings[idx].id.to_string(),
            TargetLayer::Issue => self.story.issues[idx].id.to_string(),
            TargetLayer::Position => self.story.positions[idx].id(),
            TargetLayer::Timeline => self.story.timeline[idx].id(),
            TargetLayer::Tension => self.story.tensions[idx].id.to_string(),
            TargetLayer::Article => self.articles[idx].id.to_string(),
            TargetLayer::Outlet => match held.items.first() {
                Some(Item::Outlet(name)) => name.clone(),
                _ => held.id.clone(),
            },
        }
    }
}

fn of_layer(items: &BTreeSet<(TargetLayer, usize)>, layer: TargetLayer) -> impl Iterator<Item = usize> {
    items.iter().filter(move |(of, _)| *of == layer).map(|(_, idx)| *idx)
}

/// Takes out issues, positions, entries of the timeline and tensions by their positions.
fn take_out(story: &mut Story, taken_out: &BTreeSet<(TargetLayer, usize)>) {
    let issues: BTreeSet<IssueId> =
        of_layer(taken_out, TargetLayer::Issue).map(|idx| story.issues[idx].id.clone()).collect();
    retain(&mut story.issues, TargetLayer::Issue, taken_out);
    retain(&mut story.positions, TargetLayer::Position, taken_out);
    retain(&mut story.timeline, TargetLayer::Timeline, taken_out);
    retain(&mut story.tensions, TargetLayer::Tension, taken_out);
    let stances = story.positions.iter_mut().flat_map(|position| &mut position.stances);
    for condition in stances.flat_map(|stance| &mut stance.conditions) {
        condition.linked_issue.take_if(|linked| issues.contains(linked));
    }
}

fn retain<T>(items: &mut Vec<T>, layer: TargetLayer, taken_out: &BTreeSet<(TargetLayer, usize)>) {
    let mut idx = 0;
    items.retain(|_| {
        idx += 1;
        !taken_out.contains(&(layer, idx - 1))
    });
}
