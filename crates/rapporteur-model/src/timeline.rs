//! What happened when.

use crate::{HappeningId, Place, Status, Support, UtteranceId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something with a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// When, as a TIMEX3 value: `2022-01-12`, `2022-W02`, `2014`.
    pub value: String,
    /// What kind of fact it is.
    pub kind: TimelineKind,
    /// For what an event is behind: whether it took place, as the article that was published last has it.
    pub status: Option<Status>,
    /// Whether it lay ahead when it was reported last: as an article plans it, or with a date after all articles.
    pub is_planned: bool,
    /// The meeting that it is a session of, where it is one: its place or body as written.
    pub forum: Option<String>,
    /// What to show: the words of the best report, on one line.
    pub words: Place,
    /// The happenings behind it.
    pub happenings: Vec<HappeningId>,
    /// The utterances behind it.
    pub utterances: Vec<UtteranceId>,
    /// All places that date it: the sentence around the expression of time, in the order of the reading.
    pub places: Vec<Place>,
    /// On what it rests.
    pub support: Support,
}

impl TimelineEntry {
    /// Names the entry in its story: its value, where its words begin, and its kind. A date line and what is said in its
    /// sentence begin in one place.
    pub fn id(&self) -> String {
        let kind = match self.kind {
            TimelineKind::Happening => "happening",
            TimelineKind::Utterance => "utterance",
            TimelineKind::Publication => "publication",
            TimelineKind::Background => "background",
        };
        format!("timeline/{}/{}.{}/{kind}", self.value, self.words.article, self.words.span.start.0)
    }
}

/// What kind of fact an entry of the timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimelineKind {
    /// Something that parties did or are going to do.
    Happening,
    /// Something that was said.
    Utterance,
    /// That articles were published, as their date lines say.
    Publication,
    /// What lies behind: dated and told, without an event of its own.
    Background,
}
