//! What a party holds.

use crate::{ArticleActorIdx, Confidence, PredicationIdx, Span, StatementId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a party demands, offers, refuses, threatens … as one place of an article shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stance {
    /// The predication that shows it.
    pub predication: PredicationIdx,
    /// Who holds it; several where they are joined.
    pub parties: Vec<ArticleActorIdx>,
    /// What kind of stance it is.
    pub kind: StanceKind,
    /// What it is about.
    pub object: Option<StanceObject>,
    /// What it depends on: "if Russia is willing to".
    pub condition: Option<Span>,
    /// The words that show it.
    pub evidence: Span,
    /// The statement that it was read from, where it was one.
    pub statement: Option<StatementId>,
    /// The entry of the data files that it was told by: `predications.txt: class demand`.
    pub rule: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Index into [`crate::Record::stances`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct StanceIdx(pub u32);

/// The object of a stance, brought to its head and arguments so that wordings can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StanceObject {
    /// The whole phrase.
    pub span: Span,
    /// The lemma of its head: "withdrawal", "expand".
    pub head: String,
    /// The head words of what hangs on it, in text order: "troops", "Ukraine".
    pub arguments: Vec<String>,
    /// Whether the phrase negates its head: "that NATO will not expand".
    pub is_negated: bool,
}

/// What kind of stance a party takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum StanceKind {
    Demand,
    Offer,
    Refusal,
    RedLine,
    Condition,
    Threat,
    Warning,
    Openness,
    Promise,
    Denial,
    Accusation,
    Complaint,
    Expectation,
    Hope,
}

impl StanceKind {
    /// All kinds.
    pub const ALL: [StanceKind; 14] = [
        StanceKind::Demand,
        StanceKind::Offer,
        StanceKind::Refusal,
        StanceKind::RedLine,
        StanceKind::Condition,
        StanceKind::Threat,
        StanceKind::Warning,
        StanceKind::Openness,
        StanceKind::Promise,
        StanceKind::Denial,
        StanceKind::Accusation,
        StanceKind::Complaint,
        StanceKind::Expectation,
        StanceKind::Hope,
    ];

    /// The name, as it is written in JSON and in data files.
    pub fn name(self) -> &'static str {
        match self {
            StanceKind::Demand => "demand",
            StanceKind::Offer => "offer",
            StanceKind::Refusal => "refusal",
            StanceKind::RedLine => "red-line",
            StanceKind::Condition => "condition",
            StanceKind::Threat => "threat",
            StanceKind::Warning => "warning",
            StanceKind::Openness => "openness",
            StanceKind::Promise => "promise",
            StanceKind::Denial => "denial",
            StanceKind::Accusation => "accusation",
            StanceKind::Complaint => "complaint",
            StanceKind::Expectation => "expectation",
            StanceKind::Hope => "hope",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_named_as_it_is_written() {
        for kind in StanceKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
