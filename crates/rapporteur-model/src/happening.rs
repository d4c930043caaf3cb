//! Events, over all articles that report them.

use crate::{ActorId, ArticleId, EventIdx, EventType, HappeningId, Status, Support};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One event, with all its reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Happening {
    /// Names the happening; made from its first report.
    pub id: HappeningId,
    /// What kind of event it is.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Who acts, as most reports have it, most frequent first.
    pub sources: Vec<ActorId>,
    /// To whom it is done, most frequent first.
    pub targets: Vec<ActorId>,
    /// Whether it took place: as the article that was published last has it.
    pub status: Status,
    /// When, as a TIMEX3 value; the most precise that a report tells.
    pub time: Option<String>,
    /// Where, as most reports write it.
    pub place: Option<String>,
    /// The events of single articles that report it, in the order of the reading.
    pub reports: Vec<EventRef>,
    /// What shows the reports to be of one event, as lowercase fragments; empty for a single report.
    pub reasons: Vec<String>,
    /// On what it rests.
    pub support: Support,
}

/// An event of one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct EventRef {
    /// The article.
    pub article: ArticleId,
    /// Which of its events.
    pub event: EventIdx,
}
