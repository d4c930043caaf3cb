//! Acts of speech, over all articles that report them.

use crate::{ActorId, StatementClass, StatementId, Support, UtteranceId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One act of speech, with all its reports: copied, translated, spun, paraphrased, excerpted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Utterance {
    /// Names the utterance; made from its first report.
    pub id: UtteranceId,
    /// Who said it, as its reports have it; `None` where none of them tells.
    pub speaker: Option<ActorId>,
    /// What kind of act it was, as most reports have it.
    pub class: StatementClass,
    /// When it was said, as a TIMEX3 value; the most precise that a report tells.
    pub time: Option<String>,
    /// The [`crate::Statement`]s that report it, in the order of the reading.
    pub reports: Vec<StatementId>,
    /// The report with the most of its words, quoted ones before others, of several the earliest; of an article whose
    /// words were altered only where there is no other.
    pub fullest: StatementId,
    /// The report that was published first; `None` where the dates do not tell.
    pub earliest: Option<StatementId>,
    /// What shows the reports to be of one act, one line for each kind of evidence, as lowercase fragments; empty
    /// for a single report.
    pub reasons: Vec<String>,
    /// On what it rests.
    pub support: Support,
}

/// Two utterances that are not one, and belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct UtteranceLink {
    /// The one that comes first in the story.
    pub a: UtteranceId,
    /// The other.
    pub b: UtteranceId,
    /// How they belong together.
    pub relation: UtteranceRelation,
    /// What shows it, as a lowercase fragment.
    pub reason: String,
}

/// How two utterances belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UtteranceRelation {
    /// Other words of the same interview, briefing, speech.
    SameOccasion,
    /// Much the same in other words: by two who speak for one party, or by one speaker at another time.
    SameMessage,
}
