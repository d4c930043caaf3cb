//! Which reports are of one event?
//!
//! Events at one place of wording that articles share are one unless times or participants differ, and so are verbal ones
//! whose cues report one utterance. These groups are then joined where type, participants, time and place fit, those of
//! which most is known first.

mod reports;
mod same;

use crate::corrections::{BY_HAND, Group, Replay};
use crate::pile::Pile;
use crate::roster::most_frequent;
use crate::times::most_precise;
use crate::unions::Unions;
use crate::workers::{Workers, in_parts, joined};
use hashbrown::HashMap;
use rapporteur_model::{
    ActorId, EventIdx, EventRef, EventType, Happening, HappeningId, Sourcing, Span, Status, Utterance,
};
pub(crate) use reports::{Report, reports};
use same::{Known, are_apart, fit};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A happening is held against so many others of its type and participants: the last that were told apart.
const MAX_COMPARED: usize = 60;

/// The events of the pile, of which `reports` tell; `replay` has what people put right.
pub(crate) fn happenings(
    pile: &Pile<'_>,
    reports: &[Report<'_>],
    utterances: &[Utterance],
    replay: &mut Replay<'_>,
    workers: &dyn Workers,
) -> Vec<Happening> {
    let mut unions = Unions::new(reports.len());
    join_aligned(pile, reports, &mut unions);
    join_uttered(pile, reports, utterances, &mut unions);
    let mut groups: Vec<Known<'_>> = unions.groups().into_iter().map(|group| Known::of(reports, group)).collect();
    groups.sort_by_key(|group| (Reverse(group.n_known()), group.members[0]));
    let mut told: Vec<Known<'_>> = Vec::new();
    let mut by_key: HashMap<(EventType, bool, Option<usize>), Vec<usize>> = HashMap::new();
    for group in groups {
        let first = &reports[group.members[0]];
        let keys: Vec<_> = first.parties().into_iter().map(Some).chain([None]).collect();
        let keys: Vec<_> = keys.into_iter().map(|party| (first.event.kind, first.is_real(), party)).collect();
        let candidates: BTreeSet<usize> = keys
            .iter()
            .filter_map(|key| by_key.get(key))
            .flat_map(|known| known.iter().rev().take(MAX_COMPARED).copied())
            .collect();
        let fits = candidates.into_iter().filter_map(|idx| Some((fit(reports, &told[idx], &group)?, Reverse(idx))));
        let idx = match fits.max() {
            Some((_, Reverse(idx))) => {
                told[idx].join(group);
                idx
            }
            None => {
                told.push(group);
                told.len() - 1
            }
        };
        for key in keys {
            let known = by_key.entry(key).or_default();
            if known.last() != Some(&idx) {
                known.push(idx);
            }
        }
    }
    for group in &mut told {
        group.members.sort_unstable();
    }
    told.sort_by_key(|group| group.members[0]);
    let groups = told.into_iter().map(|group| group.members).collect();
    let events = reports.iter().map(|report| (report.article_idx, report.event_idx));
    let groups = replay.happenings(events, groups);
    let of_part = |part: &[Group]| part.iter().map(|group| happening(pile, reports, group)).collect();
    joined(in_parts(workers, &groups, of_part))
}

/// Joins events of one type that stand at one place of a passage, the first with the first.
fn join_aligned(pile: &Pile<'_>, reports: &[Report<'_>], unions: &mut Unions) {
    let by_article = pile.by_article(reports.iter().map(|report| report.article_idx));
    // By type, those of one type in the order of the article.
    let inside = |article_idx: usize, span: Span| -> Vec<(EventType, usize)> {
        let of_article = by_article[article_idx].iter();
        let those = of_article.filter(|idx| span.contains(reports[**idx].predication.trigger));
        let mut inside: Vec<_> = those.map(|idx| (reports[*idx].event.kind, *idx)).collect();
        inside.sort_unstable();
        inside
    };
    for (passage, idx_a, idx_b) in pile.passages() {
        let in_a = inside(idx_a, passage.a.span);
        if in_a.is_empty() {
            continue;
        }
        let in_b = inside(idx_b, passage.b.span);
        for of_a in in_a.chunk_by(|(kind, _), (next, _)| kind == next) {
            let kind = of_a[0].0;
            let first = in_b.partition_point(|(other, _)| *other < kind);
            let of_b = in_b[first..].chunk_by(|(other, _), (next, _)| other == next).next();
            let Some(of_b) = of_b.filter(|of_b| of_b[0].0 == kind) else { continue };
            let is_whole = of_a.len() == of_b.len();
            for (n, (_, a)) in of_a.iter().enumerate() {
                // Where as many stand on both sides they follow each other; else the same words are looked for.
                let same_words = |b: &usize| {
                    reports[*a].is_real() == reports[*b].is_real() && !reports[*a].words.is_disjoint(&reports[*b].words)
                };
                let mut of_b = of_b.iter().map(|(_, b)| *b);
                let b = if is_whole { of_b.nth(n) } else { of_b.find(same_words) };
                // News has set phrases, which come again for other events.
                if let Some(b) = b.filter(|b| !unions.are_one(*a, *b) && !are_apart(&reports[*a], &reports[*b])) {
                    unions.join(*a, b);
                }
            }
        }
    }
}

/// Joins events of one type whose triggers are cues of one utterance.
fn join_uttered(pile: &Pile<'_>, reports: &[Report<'_>], utterances: &[Utterance], unions: &mut Unions) {
    let mut at: HashMap<(usize, Span), Vec<usize>> = HashMap::new();
    for (idx, report) in reports.iter().enumerate() {
        at.entry((report.article_idx, report.predication.trigger)).or_default().push(idx);
    }
    let mut cues = HashMap::new();
    for article_idx in 0..pile.n_articles() {
        let statements = pile.record(article_idx).statements.iter();
        cues.extend(statements.filter_map(|statement| Some((&statement.id, (article_idx, statement.cue?)))));
    }
    for utterance in utterances.iter().filter(|utterance| utterance.reports.len() > 1) {
        let mut first: BTreeMap<EventType, usize> = BTreeMap::new();
        for idx in utterance.reports.iter().filter_map(|id| at.get(cues.get(id)?)).flatten() {
            let first = *first.entry(reports[*idx].event.kind).or_insert(*idx);
            unions.join(first, *idx);
        }
    }
}

fn happening(pile: &Pile<'_>, reports: &[Report<'_>], Group { members, is_by_hand, .. }: &Group) -> Happening {
    let of_group = || members.iter().map(|idx| &reports[*idx]);
    let first = &reports[members[0]];
    let actors = |part: for<'r> fn(&'r Report<'_>) -> &'r BTreeSet<usize>| -> Vec<ActorId> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        of_group().flat_map(part).for_each(|actor| *counts.entry(*actor).or_default() += 1);
        let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(actor, n)| (Reverse(*n), *actor));
        counts.into_iter().map(|(actor, _)| pile.actor(actor).id.clone()).collect()
    };
    let articles: BTreeSet<usize> = of_group().map(|report| report.article_idx).collect();
    let place = |report: &Report<'_>| {
        let words = pile.words(report.article_idx, report.predication.place?);
        Some((words.split_whitespace().collect::<Vec<_>>().join(" "), 1))
    };
    let n_articles = articles.len();
    let reason = match (members.len(), n_articles) {
        (1, _) => None,
        _ if *is_by_hand => Some(BY_HAND),
        (_, 1) => Some("one article tells of it more than once"),
        _ => Some("type, participants, time and place fit, or the articles share the wording"),
    };
    Happening {
        id: HappeningId::new(format!("happening/{}.{}", pile.article(first.article_idx).id, first.event_idx)),
        kind: first.event.kind,
        sources: actors(|report| &report.sources),
        targets: actors(|report| &report.targets),
        status: status(pile, &of_group().collect::<Vec<_>>()),
        time: most_precise(of_group().filter_map(|report| report.time)).map(str::to_string),
        place: most_frequent(of_group().filter_map(place)),
        reports: of_group()
            .map(|report| EventRef {
                article: pile.article(report.article_idx).id.clone(),
                event: EventIdx(report.event_idx as u32),
            })
            .collect(),
        reasons: reason.map(str::to_string).into_iter().collect(),
        support: pile.support(&articles, Sourcing::Article),
    }
}

/// The status in the article that was published last; what took place before what was only arranged.
fn status(pile: &Pile<'_>, reports: &[&Report<'_>]) -> Status {
    let rank = |status: Status| match status {
        Status::Happened => 6,
        Status::Ongoing => 5,
        Status::Denied => 4,
        Status::Planned => 3,
        Status::Demanded => 2,
        Status::Conditional => 1,
        Status::Hypothetical => 0,
    };
    let latest =
        reports.iter().max_by_key(|report| (pile.published(report.article_idx), rank(report.predication.status)));
    latest.map_or(Status::Happened, |report| report.predication.status)
}
