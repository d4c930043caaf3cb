//! What lies ahead in one account and behind in another of the same day.

use super::{Reading, Told, articles, tension};
use crate::pile::Pile;
use crate::times::day_of;
use rapporteur_model::{Event, Happening, Predication, Span, Status, Tension, TensionKind};
use std::collections::BTreeMap;

pub(super) fn find(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    let dated = told.happenings.iter().filter(|happening| happening.time.as_deref().and_then(day_of).is_some());
    for happening in dated.filter(|happening| happening.support.articles.len() > 1) {
        let ahead = Reading::new("ahead", witnesses(pile, happening, Status::Planned));
        let behind = Reading::new("behind", witnesses(pile, happening, Status::Happened));
        let only_ahead = !articles(&ahead).is_subset(&articles(&behind));
        if only_ahead && !behind.places.is_empty() {
            let reason = "it lies ahead in one account and behind in another";
            tensions.push(tension(pile, TensionKind::Order, reason, vec![ahead, behind]));
        }
    }
}

/// Where articles tell of the happening with a status: of each article the places that name its day, or all where none
/// does.
fn witnesses(pile: &Pile<'_>, happening: &Happening, status: Status) -> Vec<(usize, Span)> {
    let mut by_article: BTreeMap<usize, [Vec<Span>; 2]> = BTreeMap::new();
    for (article_idx, _, predication) in reports(pile, happening).filter(|(_, _, found)| found.status == status) {
        let timex = predication.time.and_then(|time| pile.record(article_idx).timexes.get(time.0 as usize));
        let names_day = timex.and_then(|timex| day_of(&timex.value)).is_some();
        by_article.entry(article_idx).or_default()[usize::from(!names_day)].push(predication.trigger);
    }
    let places = by_article.into_iter().flat_map(|(article_idx, [with_day, without])| {
        let places = if with_day.is_empty() { without } else { with_day };
        places.into_iter().map(move |span| (article_idx, span))
    });
    places.collect()
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
