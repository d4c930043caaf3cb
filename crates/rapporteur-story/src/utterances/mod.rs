//! Which reports are of one act of speech?
//!
//! A *report* is one statement of one article. Two are of one act where they stand at one place of wording that their
//! articles share, where one speaker's quoted words are the same, or where speaker, time and most words fit.

mod related;
mod reports;
mod same;

use crate::corrections::Replay;
use crate::pile::Pile;
use crate::roster::most_frequent;
use crate::times::most_precise;
use crate::unions::Unions;
use crate::workers::{Workers, in_parts, joined};
use rapporteur_model::{Span, StatementClass, Utterance, UtteranceId, UtteranceLink};
use reports::n_shared;
pub(crate) use reports::{Report, Reports, shared};
pub(crate) use same::is_against;
use same::{Shown, fit, same};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A report is compared by its rarest stems, so many of them …
const N_KEYS: usize = 5;
/// … with so many of those that have the stem too: the nearest in the reading, before and after.
const MAX_COMPARED: usize = 60;

/// The acts of speech of the pile, and how they belong together; `replay` has what people put right.
pub(crate) fn utterances(
    pile: &Pile<'_>,
    reports: &Reports<'_>,
    replay: &mut Replay<'_>,
    workers: &dyn Workers,
) -> (Vec<Utterance>, Vec<UtteranceLink>) {
    let mut unions = Unions::new(reports.reports.len());
    let mut shown: BTreeMap<usize, BTreeSet<Shown>> = BTreeMap::new();
    for (pairs, is_aligned) in [(aligned(pile, reports), true), (alike(reports, workers), false)] {
        let why = |(a, b): &(u32, u32)| {
            let (a, b) = (*a as usize, *b as usize);
            Some((a, b, same(pile, reports, a, b, is_aligned)?))
        };
        let found = in_parts(workers, &pairs, |pairs| pairs.iter().filter_map(why).collect::<Vec<_>>());
        for (a, b, why) in found.into_iter().flatten() {
            unions.join(a, b);
            shown.entry(a).or_default().insert(why);
        }
    }
    let statements = reports.reports.iter().map(|report| &report.statement.id);
    let corrected = replay.utterances(statements, unions.groups()).into_iter().map(|group| {
        match group.members.as_slice() {
            [alone] => drop(shown.remove(alone)),
            [first, ..] if group.is_by_hand => drop(shown.entry(*first).or_default().insert(Shown::ByHand)),
            _ => {}
        }
        group.members
    });
    let groups: Vec<Vec<usize>> = corrected.collect();
    let of_part = |part: &[Vec<usize>]| part.iter().map(|group| utterance(pile, reports, group, &shown)).collect();
    let utterances: Vec<Utterance> = joined(in_parts(workers, &groups, of_part));
    let links = related::links(pile, reports, &groups, &utterances);
    (utterances, links)
}

/// Pairs of reports that stand at one place of a passage.
fn aligned(pile: &Pile<'_>, reports: &Reports<'_>) -> Vec<(u32, u32)> {
    let by_article = pile.by_article(reports.reports.iter().map(|report| report.article_idx));
    let inside = |article_idx: usize, span: Span| -> Vec<usize> {
        let of_article = by_article.get(article_idx).into_iter().flatten();
        of_article.copied().filter(|idx| span.overlaps(reports.gists[*idx].hull)).collect()
    };
    let mut pairs = Vec::new();
    for (passage, idx_a, idx_b) in pile.passages() {
        let in_a = inside(idx_a, passage.a.span);
        if in_a.is_empty() {
            continue;
        }
        let in_b = inside(idx_b, passage.b.span);
        for a in &in_a {
            let shares = |b: &usize| {
                let (a, b) = (&reports.reports[*a].stems, &reports.reports[*b].stems);
                n_shared(a, b) * 200 / (a.len() + b.len()).max(1)
            };
            // Each report has one counterpart: the one most alike.
            let best = in_b.iter().max_by_key(|b| (shares(b), Reverse(**b)));
            pairs.extend(best.map(|b| in_order(*a, *b)));
        }
    }
    distinct(pairs)
}

/// Pairs of reports that share one of their rarest stems, and that nothing beside their words keeps apart.
fn alike(reports: &Reports<'_>, workers: &dyn Workers) -> Vec<(u32, u32)> {
    let all: Vec<usize> = (0..reports.reports.len()).collect();
    distinct(joined(in_parts(workers, &all, |part| alike_of(reports, part))))
}

/// The pairs of [`alike`] that the reports of `part` lead to.
fn alike_of(reports: &Reports<'_>, part: &[usize]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    // For each report the last one that it was held against.
    let mut last = vec![usize::MAX; reports.reports.len()];
    for idx in part.iter().copied() {
        let mut keys = reports.reports[idx].stems.clone();
        if keys.len() > N_KEYS {
            keys.select_nth_unstable_by_key(N_KEYS, |stem| (reports.having[*stem].len(), *stem));
            keys.truncate(N_KEYS);
        }
        for stem in keys {
            let having = &reports.having[stem];
            let at = having.partition_point(|other| *other < idx);
            let near = &having[at.saturating_sub(MAX_COMPARED)..having.len().min(at + MAX_COMPARED)];
            let is_new = |other: &usize| *other != idx && std::mem::replace(&mut last[*other], idx) != idx;
            let new = near.iter().copied().filter(is_new);
            pairs.extend(new.filter(|other| fit(reports, idx, *other).is_some()).map(|other| in_order(idx, other)));
        }
    }
    pairs
}

/// Two reports as a pair.
fn in_order(a: usize, b: usize) -> (u32, u32) {
    (a.min(b) as u32, a.max(b) as u32)
}

/// Each pair once, the least first.
fn distinct(mut pairs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    pairs.sort_unstable_by_key(|(a, b)| u64::from(*a) << 32 | u64::from(*b));
    pairs.dedup();
    pairs
}

fn utterance(
    pile: &Pile<'_>,
    reports: &Reports<'_>,
    group: &[usize],
    shown: &BTreeMap<usize, BTreeSet<Shown>>,
) -> Utterance {
    let of_group = || group.iter().map(|idx| &reports.reports[*idx]);
    let named = |report: &&Report<'_>| report.speaker.is_some_and(|actor| pile.actor(actor).is_named);
    let speaker = most_frequent(of_group().filter(named).filter_map(|report| Some((report.speaker?, 1))))
        .or_else(|| most_frequent(of_group().filter_map(|report| Some((report.speaker?, 1)))));
    let rank = |class: StatementClass| StatementClass::ALL.iter().position(|known| *known == class);
    let class = most_frequent(of_group().map(|report| (Reverse(rank(report.statement.class)), 1)));
    let class = class.and_then(|Reverse(rank)| rank).map_or(StatementClass::Speech, |rank| StatementClass::ALL[rank]);
    let first = &reports.reports[group[0]];
    let articles: BTreeSet<usize> = of_group().map(|report| report.article_idx).collect();
    let support = pile.support(&articles, pile.sourcing(speaker));
    let is_earliest = |report: &Report<'_>| Some(&pile.article(report.article_idx).id) == support.first.as_ref();
    let earliest = of_group().find(|report| is_earliest(report));
    let longest = of_group().zip(group).max_by_key(|(report, idx)| {
        let is_whole = !pile.is_altered(report.article_idx);
        (is_whole, report.quoted.len(), report.stems.len(), is_earliest(report), Reverse(**idx))
    });
    let fullest = longest.map_or(first, |(report, _)| report);
    let times = of_group().filter_map(|report| report.time);
    let reasons: BTreeSet<Shown> = group.iter().filter_map(|idx| shown.get(idx)).flatten().copied().collect();
    Utterance {
        id: UtteranceId::new(format!("utterance/{}", first.statement.id)),
        speaker: speaker.map(|idx| pile.actor(idx).id.clone()),
        class,
        time: most_precise(times).map(str::to_string),
        reports: of_group().map(|report| report.statement.id.clone()).collect(),
        fullest: fullest.statement.id.clone(),
        earliest: earliest.map(|report| report.statement.id.clone()),
        reasons: reasons.into_iter().map(|shown| shown.reason().to_string()).collect(),
        support,
    }
}
