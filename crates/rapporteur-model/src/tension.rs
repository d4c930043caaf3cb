//! Where accounts cannot all stand.

use crate::{Place, Support, TensionId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Places that cannot all stand as written, or that show a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tension {
    /// Names the tension; made from its kind and its first place.
    pub id: TensionId,
    /// What clashes.
    pub kind: TensionKind,
    /// Whether it is a change over time rather than a contradiction.
    pub is_change: bool,
    /// What it is about, as a lowercase fragment: "how the talks went"; for numbers with the stem of what is counted.
    pub reason: String,
    /// The sides, each with the few words that clash, those with most articles first: two or more, one where a text
    /// cannot be read as it stands.
    pub sides: Vec<TensionSide>,
}

/// One of the readings that clash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TensionSide {
    /// What this side says: a value in comparable form (`2300`, `2024-03-15`) or a word for it ("denied"); empty where the
    /// words themselves tell.
    pub value: String,
    /// The words in articles that have this reading, at most three, one of each article first.
    pub places: Vec<Place>,
    /// On what it rests.
    pub support: Support,
}

/// What clashes in a tension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TensionKind {
    /// Numbers of the same thing.
    Number,
    /// Dates of the same thing.
    Date,
    /// It did against it did not; it will against it will not.
    Polarity,
    /// The same words with different speakers or differently described sources.
    Attribution,
    /// What came before what; what lies ahead against what lies behind.
    Order,
    /// A word that judges, in one and not in the other.
    Emphasis,
    /// Readings of motive or outcome by different people.
    Interpretation,
    /// A reading that the other accounts rule out, or a text that cannot be read as it stands.
    Corruption,
}

impl TensionKind {
    /// All kinds, in the order of their variants.
    pub const ALL: [TensionKind; 8] = [
        TensionKind::Number,
        TensionKind::Date,
        TensionKind::Polarity,
        TensionKind::Attribution,
        TensionKind::Order,
        TensionKind::Emphasis,
        TensionKind::Interpretation,
        TensionKind::Corruption,
    ];

    /// The name, as it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            TensionKind::Number => "number",
            TensionKind::Date => "date",
            TensionKind::Polarity => "polarity",
            TensionKind::Attribution => "attribution",
            TensionKind::Order => "order",
            TensionKind::Emphasis => "emphasis",
            TensionKind::Interpretation => "interpretation",
            TensionKind::Corruption => "corruption",
        }
    }
}
