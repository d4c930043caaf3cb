//! What lies ahead in one account and behind in another of the same day.

use super::{Reading, Told, tension};
use crate::pile::Pile;
use rapporteur_model::{Event, Happening, Predication, Status, Tension, TensionKind};

pub(super) fn find(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    let dated = told.happenings.iter().filter(|happening| happening.time.as_deref().is_some_and(is_day));
    for happening in dated.filter(|happening| happening.support.articles.len() > 1) {
        let with = |wanted: fn(Status) -> bool| {
            reports(pile, happening).filter(move |(_, _, predication)| wanted(predication.status))
        };
        let ahead = Reading::new("ahead", with(|status| status == Status::Planned).map(|(idx, _, p)| (idx, p.trigger)));
        let behind =
            Reading::new("behind", with(|status| status == Status::Happened).map(|(idx, _, p)| (idx, p.trigger)));
        let only_ahead = ahead.places.iter().any(|(idx, _)| behind.places.iter().all(|(other, _)| other != idx));
        if only_ahead && !behind.places.is_empty() {
            let reason = "it lies ahead in one account and behind in another";
            tensions.push(tension(pile, TensionKind::Order, reason, vec![ahead, behind]));
        }
    }
}

/// A day, with or without a part of it.
fn is_day(value: &str) -> bool {
    value.len() >= "2022-01-10".len() && !value.contains('W')
}

/// The events of a happening with what they rest on, and the positions of their articles.
pub(super) fn reports<'p>(
    pile: &'p Pile<'_>,
    happening: &'p Happening,
) -> impl Iterator<Item = (usize, &'p Event, &'p Predication)> {
    happening.reports.iter().filter_map(|report| {
        let article_idx = pile.article_idx(&report.article)?;
        let record = pile.record(article_idx);
        let event = record.events.get(report.event.0 as usize)?;
        Some((article_idx, event, record.predications.get(event.predication.0 as usize)?))
    })
}
