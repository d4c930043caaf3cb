//! Corrections while the story is told: after the automatic step has made its groups and before they are described.

use super::groups::{Group, Groups};
use super::items::Item;
use super::{Corrections, Deed, Held};
use crate::roster::Member;
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{Actor, ArticleActorIdx, ArticleId, Mention, MentionForm, StatementId, TargetLayer};
use std::collections::BTreeMap;

/// Why the reports of a group are one.
pub(crate) const BY_HAND: &str = "put together or taken apart by hand";

/// A log of corrections on the way through one telling of the story.
pub(crate) struct Replay<'c> {
    pub(super) corrections: &'c Corrections,
    /// For targets that no words hold, by entry and target, the actors of articles that bear the name.
    pub(super) by_label: BTreeMap<(usize, usize), Vec<Item>>,
    /// Entries with several targets of which fewer than two were found.
    pub(super) is_too_few: Vec<bool>,
    /// Names given by hand, by the first member of each actor.
    names: HashMap<(ArticleId, ArticleActorIdx), String>,
}

impl<'c> Replay<'c> {
    pub(crate) fn of(corrections: &'c Corrections) -> Self {
        Replay {
            corrections,
            by_label: BTreeMap::new(),
            is_too_few: vec![false; corrections.entries.len()],
            names: HashMap::new(),
        }
    }

    fn is_about(&self, layer: TargetLayer) -> bool {
        self.corrections.entries.iter().flat_map(|entry| &entry.targets).any(|held| held.layer == layer)
    }

    /// Corrects the `groups` of the actors of articles; also gives the members that each merge by hand has joined.
    pub(crate) fn actors(
        &mut self,
        members: &[Member],
        articles: &[rapporteur_model::Article],
        groups: Vec<Vec<usize>>,
    ) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        if !self.is_about(TargetLayer::Actor) {
            return (groups, Vec::new());
        }
        let at: HashMap<(usize, ArticleActorIdx), usize> =
            members.iter().zip(0..).map(|(member, idx)| ((member.article, member.at), idx)).collect();
        let idx_of = |item: &Item| match item {
            Item::Actor(article_idx, actor) => at.get(&(*article_idx, *actor)).copied(),
            _ => None,
        };
        let entries = &self.corrections.entries;
        let held_by_name = entries.iter().flat_map(|entry| &entry.targets).filter(|held| is_held_by_name(held));
        let bearers = bearers(members, held_by_name.map(|held| held.label.as_str()).collect());
        let mut by_label = BTreeMap::new();
        let mut named: Vec<(usize, &str)> = Vec::new();
        let found = |entry_idx: usize, target_idx: usize, held: &Held, groups: &Groups, named: &[(usize, &str)]| {
            if !is_held_by_name(held) {
                return held.items.iter().filter_map(idx_of).collect();
            }
            // An actor that was given the name bears it as well.
            let given = named.iter().filter(|(_, name)| *name == held.label).map(|(member, _)| *member);
            let bearers: Vec<usize> =
                bearers.get(held.label.as_str()).into_iter().flatten().copied().chain(given).collect();
            if groups.holding(&bearers).len() != 1 {
                return Vec::new();
            }
            let items = bearers.iter().map(|idx| Item::Actor(members[*idx].article, members[*idx].at));
            by_label.insert((entry_idx, target_idx), items.collect());
            bearers
        };
        let (groups, joined) =
            replay(self.corrections, TargetLayer::Actor, groups, found, &mut named, &mut self.is_too_few);
        self.by_label = by_label;
        let first =
            |group: &Group| (articles[members[group.members[0]].article].id.clone(), members[group.members[0]].at);
        self.names = groups.iter().filter_map(|group| Some((first(group), group.name.clone()?.1))).collect();
        (groups.into_iter().map(|group| group.members).collect(), joined)
    }

    /// Gives actors the names that they bear by hand.
    pub(crate) fn rename(&self, actors: &mut [Actor]) {
        for actor in actors.iter_mut().filter(|_| !self.names.is_empty()) {
            let first = actor.members.first().map(|member| (member.article.clone(), member.actor));
            if let Some(name) = first.and_then(|first| self.names.get(&first)) {
                actor.name = name.clone();
            }
        }
    }

    /// Corrects the `groups` of reports of acts of speech, of which `statements` gives the articles and ids.
    pub(crate) fn utterances<'s>(
        &mut self,
        statements: impl Iterator<Item = &'s StatementId>,
        groups: Vec<Vec<usize>>,
    ) -> Vec<Group> {
        if !self.is_about(TargetLayer::Utterance) {
            return automatic(groups);
        }
        let at: HashMap<&StatementId, usize> = statements.zip(0..).collect();
        let idx_of = |item: &Item| match item {
            Item::Statement(_, id) => at.get(id).copied(),
            _ => None,
        };
        self.reports(TargetLayer::Utterance, groups, idx_of)
    }

    /// Corrects the `groups` of reports of events, of which `events` gives the positions of the articles and in them.
    pub(crate) fn happenings(
        &mut self,
        events: impl Iterator<Item = (usize, usize)>,
        groups: Vec<Vec<usize>>,
    ) -> Vec<Group> {
        if !self.is_about(TargetLayer::Happening) {
            return automatic(groups);
        }
        let at: HashMap<(usize, usize), usize> = events.zip(0..).collect();
        let idx_of = |item: &Item| match item {
            Item::Event(article_idx, event) => at.get(&(*article_idx, *event)).copied(),
            _ => None,
        };
        self.reports(TargetLayer::Happening, groups, idx_of)
    }

    fn reports(
        &mut self,
        layer: TargetLayer,
        groups: Vec<Vec<usize>>,
        idx_of: impl Fn(&Item) -> Option<usize>,
    ) -> Vec<Group> {
        let found = |_: usize, _: usize, held: &Held, _: &Groups, _: &[(usize, &str)]| {
            held.items.iter().filter_map(&idx_of).collect()
        };
        replay(self.corrections, layer, groups, found, &mut Vec::new(), &mut self.is_too_few).0
    }
}

fn automatic(groups: Vec<Vec<usize>>) -> Vec<Group> {
    groups.into_iter().map(|members| Group { members, ..Group::default() }).collect()
}

/// Replays what the log has on a layer over `groups`; `found` gives the members that a target is about. Also gives the
/// members that each merge has joined.
fn replay<'c>(
    corrections: &'c Corrections,
    layer: TargetLayer,
    groups: Vec<Vec<usize>>,
    mut found: impl FnMut(usize, usize, &Held, &Groups, &[(usize, &str)]) -> Vec<usize>,
    named: &mut Vec<(usize, &'c str)>,
    is_too_few: &mut [bool],
) -> (Vec<Group>, Vec<Vec<usize>>) {
    let mut groups = Groups::new(groups);
    let mut joined = Vec::new();
    for (entry_idx, entry) in corrections.entries.iter().enumerate() {
        let of_layer = entry.targets.iter().enumerate().filter(|(_, held)| held.layer == layer);
        let mut members: Vec<Vec<usize>> =
            of_layer.map(|(target_idx, held)| found(entry_idx, target_idx, held, &groups, named)).collect();
        members.retain(|members| !members.is_empty());
        match &entry.deed {
            Deed::Merge if entry.targets[0].layer == layer => {
                is_too_few[entry_idx] = members.len() < 2;
                let all = members.concat();
                if members.len() > 1 && groups.merge(&all) {
                    joined.push(all);
                }
            }
            Deed::Split => groups.split(&members.concat()),
            Deed::Rename(name) => {
                for member in members.concat() {
                    let group = groups.of(member);
                    groups.group_mut(group).name = Some((entry_idx, name.clone()));
                    named.push((member, name));
                }
            }
            Deed::Merge | Deed::Reject | Deed::Mark | Deed::Nothing(_) => {}
        }
    }
    (groups.into_groups(), joined)
}

/// Whether an actor can be told by its name alone: no words that hold it stand anywhere.
fn is_held_by_name(held: &Held) -> bool {
    held.layer == TargetLayer::Actor && held.places.is_empty()
}

/// The members that bear each of `labels`, as their name or as one that is written.
fn bearers<'l>(members: &[Member], labels: HashSet<&'l str>) -> HashMap<&'l str, Vec<usize>> {
    let mut bearers: HashMap<&str, Vec<usize>> = HashMap::new();
    if labels.is_empty() {
        return bearers;
    }
    for (idx, member) in members.iter().enumerate() {
        let written = |mention: &&Mention| match mention.form {
            MentionForm::Name => Some(mention.head),
            MentionForm::Nominal if !member.actor.is_named => Some(mention.span),
            MentionForm::Nominal | MentionForm::Adjective | MentionForm::Pronoun => None,
        };
        let spans = member.mentions.iter().filter_map(written);
        let words = spans.filter_map(|span| member.text.get(span.start.get()..span.end.get()));
        for name in words.chain([member.actor.name.as_str()]) {
            if let Some(label) = labels.get(name) {
                let known = bearers.entry(*label).or_default();
                if known.last() != Some(&idx) {
                    known.push(idx);
                }
            }
        }
    }
    bearers
}
