//! Where accounts cannot all stand.

use crate::{Place, TensionId};
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
    /// What it is about, as a lowercase fragment without words of the articles: "the number of trucks".
    pub reason: String,
    /// The sides, each with the few words that clash; two or more.
    pub sides: Vec<TensionSide>,
}

/// One of the readings that clash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TensionSide {
    /// The value that this side gives, in comparable form: `2300`, `2024-03-15`; empty where there is none.
    pub value: String,
    /// The words, in every article that has this reading, in the order of the reading.
    pub places: Vec<Place>,
}

/// What clashes in a tension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
