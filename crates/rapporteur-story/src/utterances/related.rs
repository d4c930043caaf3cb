//! Which utterances belong together without being one?

use crate::pile::{Pile, stems};
use crate::times::times_fit;
use crate::utterances::reports::{Report, Reports};
use rapporteur_model::{Utterance, UtteranceLink, UtteranceRelation};
use std::collections::BTreeMap;

/// The links between utterances: each with the one before it of the same occasion.
pub(crate) fn links(
    pile: &Pile<'_>,
    reports: &Reports<'_>,
    groups: &[Vec<usize>],
    utterances: &[Utterance],
) -> Vec<UtteranceLink> {
    let mut last: BTreeMap<(usize, String), (usize, Option<&str>)> = BTreeMap::new();
    let mut links = Vec::new();
    for (idx, group) in groups.iter().enumerate() {
        let settings: BTreeMap<(usize, String), Option<&str>> =
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
    links.sort();
    links.dedup_by(|a, b| (&a.a, &a.b) == (&b.a, &b.b));
    links
}

/// Speaker and medium of a report, with the time.
fn setting<'r>(pile: &Pile<'_>, report: &Report<'r>) -> Option<((usize, String), Option<&'r str>)> {
    let medium = report.statement.medium.or(report.statement.occasion)?;
    let words = stems(pile.words(report.article_idx, medium)).join(" ");
    (!words.is_empty()).then_some(((report.speaker?, words), report.time))
}
