//! Events of single articles with what tells whether two of them are one.

use crate::pile::Pile;
use crate::stems::StemSet;
use rapporteur_model::{Event, EventType, Predication, Status};
use std::collections::BTreeSet;

/// An event of one article.
pub(crate) struct Report<'a> {
    pub(crate) article_idx: usize,
    pub(crate) event_idx: usize,
    pub(crate) event: &'a Event,
    pub(crate) predication: &'a Predication,
    /// Who acts, and the states and organisations that they act for, as positions among the story's actors.
    pub(crate) sources: BTreeSet<usize>,
    pub(crate) targets: BTreeSet<usize>,
    /// When, as a TIMEX3 value.
    pub(crate) time: Option<&'a str>,
    /// Stems of the place.
    pub(crate) place: StemSet,
    /// Stems of the trigger and of what it is about.
    pub(crate) words: StemSet,
}

impl Report<'_> {
    /// Whether it is told as something that is, was or is arranged, and not only thought of or asked for.
    pub(crate) fn is_real(&self) -> bool {
        match self.predication.status {
            Status::Happened | Status::Ongoing | Status::Planned | Status::Denied => true,
            Status::Conditional | Status::Hypothetical | Status::Demanded => false,
        }
    }

    /// Everybody who takes part.
    pub(crate) fn parties(&self) -> BTreeSet<usize> {
        &self.sources | &self.targets
    }
}

/// Whether who acts and to whom it is done is the same thing: who meets whom.
pub(crate) fn is_mutual(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Cooperate | EventType::Agree)
}

/// Whether the event is done by saying something.
pub(crate) fn is_verbal(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Agree
            | EventType::Support
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
    )
}

/// All events, in the order of the reading.
pub(crate) fn reports<'a>(pile: &Pile<'a>) -> Vec<Report<'a>> {
    let mut reports = Vec::new();
    for article_idx in 0..pile.n_articles() {
        let record = pile.record(article_idx);
        for (event_idx, event) in record.events.iter().enumerate() {
            let Some(predication) = record.predications.get(event.predication.0 as usize) else { continue };
            let actors = |arguments: &[rapporteur_model::Argument]| -> BTreeSet<usize> {
                let known = arguments.iter().filter_map(|argument| pile.actor_idx(article_idx, argument.actor?));
                known.flat_map(|actor| [actor, pile.party_idx(actor)]).collect()
            };
            let words = |span| pile.stems(article_idx, span);
            let time = predication.time.and_then(|timex| record.timexes.get(timex.0 as usize));
            reports.push(Report {
                article_idx,
                event_idx,
                event,
                predication,
                sources: actors(&predication.sources),
                targets: actors(&predication.targets),
                time: time.map(|timex| timex.value.as_str()),
                place: predication.place.map(words).into_iter().flatten().collect(),
                words: words(predication.trigger)
                    .into_iter()
                    .chain(predication.object.map(words).into_iter().flatten())
                    .collect(),
            });
        }
    }
    reports
}
