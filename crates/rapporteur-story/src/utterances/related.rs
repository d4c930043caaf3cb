//! Which utterances belong together without being one?

use super::same::is_against;
use super::{MAX_COMPARED, N_KEYS, distinct, in_order};
use crate::pile::Pile;
use crate::stems::{Stem, StemSet};
use crate::times::times_fit;
use crate::utterances::reports::{Report, Reports, shared};
use rapporteur_model::{ActorKind, Span, Utterance, UtteranceLink, UtteranceRelation};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The same message has so many percent of the weight of the shorter one's words: fewer than one act of speech (see
/// [`super::same`]), as the words are chosen anew.
const MIN_PERCENT_SAME_MESSAGE: u32 = 50;
/// Fewer stems recur by chance.
const MIN_SHARED_STEMS: usize = 3;
/// A party repeats itself: an utterance is linked with so many others, those most alike first.
const MAX_SAME_MESSAGE: usize = 3;

/// The links between utterances, at most one for each pair.
pub(crate) fn links(
    pile: &Pile<'_>,
    reports: &Reports<'_>,
    groups: &[Vec<usize>],
    utterances: &[Utterance],
) -> Vec<UtteranceLink> {
    let mut links = same_occasion(pile, reports, groups, utterances);
    links.extend(same_message(pile, reports, groups, utterances));
    links.sort();
    links.dedup_by(|a, b| (&a.a, &a.b) == (&b.a, &b.b));
    links
}

/// Each utterance with the one before it of the same occasion.
fn same_occasion(
    pile: &Pile<'_>,
    reports: &Reports<'_>,
    groups: &[Vec<usize>],
    utterances: &[Utterance],
) -> Vec<UtteranceLink> {
    let mut last: BTreeMap<Setting, (usize, Option<&str>)> = BTreeMap::new();
    let mut links = Vec::new();
    for (idx, group) in groups.iter().enumerate() {
        let settings: BTreeMap<Setting, Option<&str>> =
            group.iter().filter_map(|report| setting(pile, &reports.reports[*report])).collect();
        for (key, time) in settings {
            let before = last.insert(key, (idx, time));
            let Some((other, other_time)) = before else { continue };
            if other != idx && times_fit(time, other_time) {
                links.push(UtteranceLink {
                    a: utterances[other].id.clone(),
                    b: utterances[idx].id.clone(),
                    relation: UtteranceRelation::SameOccasion,
                    reason: "one speaker through one medium, at times that fit".to_string(),
                });
            }
        }
    }
    links
}

/// A speaker and the words for a medium or an occasion.
type Setting = (usize, Vec<Stem>);

/// Speaker and medium of a report, with the time.
fn setting<'r>(pile: &Pile<'_>, report: &Report<'r>) -> Option<(Setting, Option<&'r str>)> {
    let medium = report.statement.medium.or(report.statement.occasion)?;
    let words = pile.stems(report.article_idx, medium);
    (!words.is_empty()).then_some(((report.speaker?, words), report.time))
}

/// An utterance of somebody who speaks for a state or an organisation.
struct Message<'r, 'a> {
    utterance_idx: usize,
    speaker: usize,
    party: usize,
    /// The report with the most of its words.
    fullest: &'r Report<'a>,
    /// The media and the occasions that its reports tell, as stems.
    media: StemSet,
    occasions: StemSet,
}

/// Utterances of one party with much the same words.
fn same_message(
    pile: &Pile<'_>,
    reports: &Reports<'_>,
    groups: &[Vec<usize>],
    utterances: &[Utterance],
) -> Vec<UtteranceLink> {
    let messages = messages(pile, reports, groups, utterances);
    let mut alike: Vec<(Reverse<u32>, usize, usize, &str)> = Vec::new();
    for (a, b) in candidates(&messages) {
        let (a, b) = (a as usize, b as usize);
        let (first, second) = (&messages[a], &messages[b]);
        if let Some(apart) = apart(utterances, first, second)
            && let Some(percent) = percent_shared(reports, first.fullest, second.fullest)
        {
            alike.push((Reverse(percent), a, b, apart));
        }
    }
    // Those most alike first; of equals those that stand near each other in the reading.
    alike.sort_by_key(|(percent, a, b, _)| (*percent, b - a, *a));
    let mut n_linked = vec![0; messages.len()];
    let mut links = Vec::new();
    for (_, a, b, apart) in alike {
        if n_linked[a].max(n_linked[b]) < MAX_SAME_MESSAGE {
            n_linked[a] += 1;
            n_linked[b] += 1;
            links.push(UtteranceLink {
                a: utterances[messages[a].utterance_idx].id.clone(),
                b: utterances[messages[b].utterance_idx].id.clone(),
                relation: UtteranceRelation::SameMessage,
                reason: format!("{apart}, and many words in common"),
            });
        }
    }
    links
}

fn messages<'r, 'a>(
    pile: &Pile<'_>,
    reports: &'r Reports<'a>,
    groups: &[Vec<usize>],
    utterances: &[Utterance],
) -> Vec<Message<'r, 'a>> {
    let mut messages = Vec::new();
    for (utterance_idx, (group, utterance)) in groups.iter().zip(utterances).enumerate() {
        let of_group = || group.iter().map(|idx| &reports.reports[*idx]);
        let Some(speaker) = utterance.speaker.as_ref().and_then(|id| pile.actor_idx_of(id)) else { continue };
        let party = pile.party_idx(speaker);
        let is_party = matches!(pile.actor(party).kind, ActorKind::State | ActorKind::Organisation);
        let Some(fullest) = of_group().find(|report| report.statement.id == utterance.fullest) else { continue };
        if is_party && fullest.stems.len() >= MIN_SHARED_STEMS {
            let told = |part: fn(&Report<'_>) -> Option<Span>| -> StemSet {
                let spans = of_group().filter_map(|report| Some((report.article_idx, part(report)?)));
                spans.flat_map(|(article_idx, span)| pile.stems(article_idx, span)).collect()
            };
            let media = told(|report| report.statement.medium);
            let occasions = told(|report| report.statement.occasion);
            messages.push(Message { utterance_idx, speaker, party, fullest, media, occasions });
        }
    }
    messages
}

/// Pairs of one party that share one of their rarest stems, each once: the nearest in the reading.
fn candidates(messages: &[Message<'_, '_>]) -> Vec<(u32, u32)> {
    let mut having: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (idx, message) in messages.iter().enumerate() {
        for stem in &message.fullest.stems {
            having.entry((message.party, *stem)).or_default().push(idx);
        }
    }
    let mut pairs = Vec::new();
    for (idx, message) in messages.iter().enumerate() {
        let mut of_party: Vec<&[usize]> =
            message.fullest.stems.iter().map(|stem| having[&(message.party, *stem)].as_slice()).collect();
        of_party.retain(|having| having.len() > 1);
        of_party.sort_by_key(|having| having.len());
        for having in of_party.into_iter().take(N_KEYS) {
            let after = having.partition_point(|other| *other <= idx);
            pairs.extend(having[after..].iter().take(MAX_COMPARED).map(|other| in_order(idx, *other)));
        }
    }
    distinct(pairs)
}

/// What makes two utterances of one party two acts: who spoke, when, or on which occasion.
fn apart(utterances: &[Utterance], a: &Message<'_, '_>, b: &Message<'_, '_>) -> Option<&'static str> {
    let is_inside = a.fullest.article_idx == b.fullest.article_idx && a.fullest.hull().overlaps(b.fullest.hull());
    if is_inside || is_against(a.fullest.statement) != is_against(b.fullest.statement) {
        return None;
    }
    let time = |message: &Message<'_, '_>| utterances[message.utterance_idx].time.as_deref();
    if a.speaker != b.speaker {
        return Some("two speakers of one party");
    }
    if !times_fit(time(a), time(b)) {
        return Some("one speaker at another time");
    }
    let is_elsewhere = a.media.clashes(&b.media) || a.occasions.clashes(&b.occasions);
    is_elsewhere.then_some("one speaker on another occasion")
}

/// How much of the shorter one's words the other has, in percent of their weight, where that is much.
fn percent_shared(reports: &Reports<'_>, a: &Report<'_>, b: &Report<'_>) -> Option<u32> {
    let (less, more) = {
        let (a, b) = (reports.weight(&a.stems).max(1), reports.weight(&b.stems).max(1));
        (a.min(b), a.max(b))
    };
    let shared: Vec<&usize> = shared(&a.stems, &b.stems).collect();
    let n_shared = shared.len();
    let percent = 100 * reports.weight(shared) / less;
    // A short report is part of every long one: the longer must not say much more.
    (n_shared >= MIN_SHARED_STEMS && percent >= MIN_PERCENT_SAME_MESSAGE && more <= 4 * less).then_some(percent)
}
