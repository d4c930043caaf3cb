//! One act of speech with sources that do not agree: another speaker, or somebody without a name who is described
//! differently.

use super::{Reading, Told, articles, tension};
use crate::pile::Pile;
use crate::stems::StemSet;
use crate::utterances::Report;
use rapporteur_model::{ActorKind, MentionForm, Tension, TensionKind};
use std::collections::BTreeMap;

pub(super) fn find(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    for utterance in told.utterances.iter().filter(|utterance| utterance.support.articles.len() > 1) {
        let reports = || utterance.reports.iter().filter_map(|id| told.by_id.get(id).copied());
        let named = by_description(pile, reports().filter(|report| is_named_person(pile, report)));
        if named.len() > 1 {
            tensions.push(tension(pile, TensionKind::Attribution, "the same words of another speaker", named));
            continue;
        }
        let unnamed = by_description(pile, reports().filter(|report| is_unnamed(pile, report)));
        if is_drift(pile, &unnamed) {
            let reason = "the same words of a source that is described differently";
            tensions.push(tension(pile, TensionKind::Attribution, reason, unnamed));
        }
    }
}

fn is_named_person(pile: &Pile<'_>, report: &Report<'_>) -> bool {
    report.speaker.map(|idx| pile.actor(idx)).is_some_and(|actor| actor.is_named && actor.kind == ActorKind::Person)
}

fn is_unnamed(pile: &Pile<'_>, report: &Report<'_>) -> bool {
    let Some(source) = report.statement.source else { return false };
    let mentions = &pile.record(report.article_idx).mentions;
    let is_pronoun = mentions.iter().any(|mention| mention.form == MentionForm::Pronoun && mention.span == source);
    !is_pronoun && report.speaker.is_none_or(|idx| !pile.actor(idx).is_named)
}

/// The sources by who they are: the actor for those with a name, the words for those without.
fn by_description<'r>(pile: &Pile<'_>, reports: impl Iterator<Item = &'r Report<'r>>) -> Vec<Reading> {
    let mut readings: BTreeMap<String, Reading> = BTreeMap::new();
    for report in reports {
        let Some(source) = report.statement.source else { continue };
        let value = match report.speaker.map(|idx| pile.actor(idx)).filter(|actor| actor.is_named) {
            Some(actor) => actor.name.clone(),
            None => pile.words(report.article_idx, source).to_lowercase(),
        };
        let reading = readings.entry(value.clone()).or_insert_with(|| Reading::new(value, []));
        reading.places.insert((report.article_idx, source));
    }
    readings.into_values().collect()
}

/// Whether articles describe a source by words of which the other has not all: "others" and "other analysts", but not
/// "the official" beside "a senior official".
fn is_drift(pile: &Pile<'_>, readings: &[Reading]) -> bool {
    let meaning = |reading: &Reading| StemSet::from(pile.stems_of(&reading.value));
    let pairs = readings.iter().enumerate().flat_map(|(n, a)| readings[n + 1..].iter().map(move |b| (a, b)));
    let mut pairs = pairs.filter(|(a, b)| articles(a).is_disjoint(&articles(b)));
    // Who says less of a source does not say another thing.
    pairs.any(|(a, b)| {
        let (a, b) = (meaning(a), meaning(b));
        !a.is_subset(&b) && !b.is_subset(&a)
    })
}
