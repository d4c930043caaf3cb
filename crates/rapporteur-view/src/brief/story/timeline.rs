//! What happened when, and what is planned.

use super::{SupportLine, WordPlace};
use crate::Error;
use crate::lookup::Lookup;
use crate::visible::on_one_line;
use rapporteur_model::{Status, TimelineEntry, TimelineKind};
use serde::Serialize;

/// Something with a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineLine {
    /// When, as a TIMEX3 value.
    pub value: String,
    /// What kind of fact it is.
    pub kind: TimelineKind,
    /// For what an event is behind: whether it took place.
    pub status: Option<Status>,
    /// Whether it lay ahead when it was reported last.
    pub is_planned: bool,
    /// For a meeting its place or body.
    pub forum: Option<String>,
    /// The exact words that tell it, on one line.
    pub words: String,
    /// Where it is told.
    pub places: Vec<WordPlace>,
    /// On what it rests.
    pub support: SupportLine,
}

/// The timeline, in the order of the story.
pub(in crate::brief) fn timeline(lookup: &Lookup<'_>) -> Result<Vec<TimelineLine>, Error> {
    let line = |entry: &TimelineEntry| {
        Ok(TimelineLine {
            value: on_one_line(&entry.value),
            kind: entry.kind,
            status: entry.status,
            is_planned: entry.is_planned,
            forum: entry.forum.as_deref().map(on_one_line),
            words: on_one_line(lookup.place_words(&entry.words)?.1),
            places: entry.places.iter().map(|place| WordPlace::new(lookup, place)).collect::<Result<_, Error>>()?,
            support: SupportLine::new(lookup, &entry.support)?,
        })
    };
    lookup.reading.story.timeline.iter().map(line).collect()
}
