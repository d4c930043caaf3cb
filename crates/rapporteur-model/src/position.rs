//! What parties hold on the issues of a story.

use crate::{ActorId, ArticleId, IssueId, Span, StanceIdx, StanceKind, Support};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that parties take stances on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// Names the issue: the key of the list of common issues, or its name in comparable spelling.
    pub id: IssueId,
    /// The name to show: that of the list, or its commonest wording.
    pub name: String,
    /// Whether the list of common issues has it; else it was found in the pile.
    pub is_common: bool,
    /// How its object is worded, most frequent first, at most ten.
    pub wordings: Vec<String>,
    /// Where the parties stand.
    pub standing: Standing,
    /// What shows the standing, as a lowercase fragment: "a demand of Russia against a refusal of the United States".
    pub reason: String,
}

/// Where the parties of an issue stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Two parties hold it by an agreement that they made, and no refusal came after it.
    Agreed,
    /// There is an openness on both sides, or an offer that was not refused.
    Negotiable,
    /// A demand stands against a refusal or a red line.
    Blocked,
    /// One side alone has taken a stance.
    Unanswered,
}

/// What one party holds on one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Who holds it: a state or an organisation for those who speak for it, else the actor itself.
    pub party: ActorId,
    /// On what.
    pub issue: IssueId,
    /// Its stances, those of one kind together, by the time of the first and then by kind.
    pub stances: Vec<PositionStance>,
    /// Where the party came to hold something else, by time.
    pub changes: Vec<PositionChange>,
    /// On what it rests.
    pub support: Support,
}

impl Position {
    /// Names the position in its story: `position/state/karsk/strait`.
    pub fn id(&self) -> String {
        format!("position/{}/{}", self.party, self.issue)
    }
}

/// The stances of one kind of a party on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionStance {
    /// What kind of stance it is.
    pub kind: StanceKind,
    /// Who voiced it, where that is another than the party.
    pub voiced_by: Vec<ActorId>,
    /// When it was taken first, as a TIMEX3 value.
    pub first_time: Option<String>,
    /// When it was taken last.
    pub last_time: Option<String>,
    /// What it depends on: the words of conditions, and the other issue that is linked by one.
    pub conditions: Vec<PositionCondition>,
    /// The stances of single articles that show it, in the order of the reading.
    pub reports: Vec<StanceRef>,
    /// On what it rests.
    pub support: Support,
}

/// What a stance depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PositionCondition {
    /// The article.
    pub article: ArticleId,
    /// Its words.
    pub span: Span,
    /// The issue that the condition is about, where it is one: a linkage.
    pub linked_issue: Option<IssueId>,
}

/// A party that came to hold something else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PositionChange {
    /// What it held before.
    pub from: StanceKind,
    /// What it holds since.
    pub to: StanceKind,
    /// When, as a TIMEX3 value.
    pub time: String,
}

/// A stance of one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct StanceRef {
    /// The article.
    pub article: ArticleId,
    /// Which of its stances.
    pub stance: StanceIdx,
}
