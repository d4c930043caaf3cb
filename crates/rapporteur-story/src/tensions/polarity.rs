//! It did against it did not: denied in one place and told in another.

use super::{MAX_COMPARED, Reading, Told, may_be_one_matter, order, tension};
use crate::data_file::words;
use crate::pile::Pile;
use crate::stems::Stem;
use crate::times::times_fit;
use crate::utterances::{Report, is_against, shared};
use hashbrown::HashSet;
use rapporteur_model::{Polarity, Span, StatementClass, Status, Tension, TensionKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is told has so many words of what is denied, and so many percent of their weight. Set on the
/// example coverage.
const MIN_SHARED_STEMS: usize = 2;
const MIN_PERCENT_SHARED: u32 = 34;

pub(super) fn find(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    denied(pile, told, tensions);
    negated(pile, told, tensions);
    undone(pile, told, tensions);
}

/// What somebody denies and somebody, perhaps himself, tells elsewhere.
fn denied(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    let reports = told.reports;
    let utterance_of = &told.utterance_of;
    let mut pairs: BTreeMap<(usize, usize), [Reading; 2]> = BTreeMap::new();
    for denial in reports.reports.iter().filter(|report| report.statement.class == StatementClass::Denial) {
        // What nobody else says leads to nobody.
        let mut keys: Vec<usize> = denial.stems.to_vec();
        keys.retain(|stem| reports.having[*stem].len() > 1);
        keys.sort_by_key(|stem| (reports.having[*stem].len(), *stem));
        let candidates: BTreeSet<usize> = keys
            .iter()
            .take(MAX_KEYS)
            .flat_map(|stem| reports.having[*stem].iter().copied().take(MAX_COMPARED))
            .collect();
        for other in candidates.into_iter().map(|idx| &reports.reports[idx]) {
            let may_clash =
                !is_against(other.statement) && may_be_one_matter(pile, denial.article_idx, other.article_idx);
            if !may_clash || !clash(told, denial, other) || !share_phrase(pile, denial, other) {
                continue;
            }
            let (Some(a), Some(b)) = (utterance_of.get(&denial.statement.id), utterance_of.get(&other.statement.id))
            else {
                continue;
            };
            let readings =
                pairs.entry((*a, *b)).or_insert_with(|| [Reading::new("denied", []), Reading::new("told", [])]);
            readings[0].places.insert((denial.article_idx, denial.hull()));
            readings[1].places.insert((other.article_idx, other.hull()));
        }
    }
    for readings in pairs.into_values() {
        tensions.push(tension(pile, TensionKind::Polarity, "denied in one place, told in another", readings.into()));
    }
}

/// Which stems two statements are found by.
const MAX_KEYS: usize = 5;

/// Whether a statement tells what another denies.
fn clash(told: &Told<'_>, denial: &Report<'_>, other: &Report<'_>) -> bool {
    let reports = told.reports;
    if denial.article_idx == other.article_idx || !times_fit(denial.time, other.time) {
        return false;
    }
    let shared: Vec<&usize> = shared(&denial.stems, &other.stems).collect();
    let denied = reports.weight(&denial.stems).max(1);
    shared.len() >= MIN_SHARED_STEMS
        // What is denied in the very words in which it is told: one names the other's voices.
        && denial.stems != other.stems
        && 100 * reports.weight(shared.iter().copied()) / denied >= MIN_PERCENT_SHARED
}

/// Whether two stems stand one after the other in both: "the median line".
fn share_phrase(pile: &Pile<'_>, a: &Report<'_>, b: &Report<'_>) -> bool {
    let phrases = |report: &Report<'_>| -> BTreeSet<(Stem, Stem)> {
        let stems = pile.stems(report.article_idx, report.hull());
        stems.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    !phrases(a).is_disjoint(&phrases(b))
}

/// Reports of one utterance of which one is negated and the other not.
fn negated(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    static NEGATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("../../data/negations.txt")));
    let negations = |article_idx: usize, span: Span| {
        let words = pile.words(article_idx, span).to_lowercase().replace('’', "'").replace("n't", " n't ");
        let words =
            words.split(|c: char| !c.is_alphanumeric() && c != '\'').map(|word| word.trim_matches('\'').to_string());
        words.filter(|word| NEGATIONS.contains(word.as_str())).count()
    };
    for utterance in told.utterances.iter().filter(|utterance| utterance.support.articles.len() > 1) {
        let reports: Vec<&Report<'_>> = utterance.reports.iter().filter_map(|id| told.by_id.get(id).copied()).collect();
        let longest = reports.iter().map(|report| report.stems.len()).max().unwrap_or_default();
        // A shorter report may leave out the negated part.
        let whole = reports.iter().filter(|report| 10 * report.stems.len() >= 8 * longest);
        let mut readings = [Reading::new("affirmed", []), Reading::new("negated", [])];
        for report in whole {
            let in_spans = report.statement.content.iter().map(|span| (negations(report.article_idx, *span), *span));
            let in_spans: Vec<(usize, Span)> = in_spans.collect();
            let n: usize = in_spans.iter().map(|(n, _)| n).sum();
            let n = n + usize::from(report.statement.polarity == Polarity::Negative);
            // The part that is negated, or the last one, where a negation stands more often than not.
            let part = in_spans.iter().find(|(n, _)| *n > 0).or(in_spans.last()).map(|(_, span)| *span);
            readings[n % 2].places.insert((report.article_idx, part.unwrap_or(report.hull())));
        }
        if readings.iter().all(|reading| !reading.places.is_empty()) {
            let reason = "the same words with and without a negation";
            tensions.push(tension(pile, TensionKind::Polarity, reason, readings.into()));
        }
    }
}

/// Events that took place in one account and did not in another.
fn undone(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    for happening in told.happenings.iter().filter(|happening| happening.support.articles.len() > 1) {
        let mut readings = [Reading::new("took place", []), Reading::new("did not", [])];
        for (article_idx, _, predication) in order::reports(pile, happening) {
            match predication.status {
                Status::Happened | Status::Ongoing => readings[0].places.insert((article_idx, predication.trigger)),
                Status::Denied => readings[1].places.insert((article_idx, predication.trigger)),
                _ => false,
            };
        }
        let denying = super::articles(&readings[1]);
        let is_apart = !denying.is_empty() && super::articles(&readings[0]).is_disjoint(&denying);
        if is_apart && !readings[0].places.is_empty() {
            let reason = "it took place in one account and not in another";
            tensions.push(tension(pile, TensionKind::Polarity, reason, readings.into()));
        }
    }
}
