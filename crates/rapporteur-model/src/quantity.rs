//! Numbers of things.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An expression that says how many or how much: "more than 100,000 troops".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The expression, with its modifier and its unit.
    pub span: Span,
    /// The number in decimal notation: `100000`, `2.5`; the lower end of a range.
    pub value: String,
    /// The upper end of a range: "four or five".
    pub upper: Option<String>,
    /// What is counted or measured, as written: "troops", "draft treaties", "%".
    pub unit: Option<Span>,
    /// How exact the number is.
    pub modifier: QuantityModifier,
    /// What it is said of, with what tells it apart: "troops near Ukraine".
    pub referent: Option<Span>,
}

/// How exact a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuantityModifier {
    /// "100"
    #[default]
    Exact,
    /// "about 100", "some 100", "tens of thousands"
    Approximate,
    /// "more than 100"
    MoreThan,
    /// "at least 100"
    AtLeast,
    /// "fewer than 100"
    LessThan,
    /// "up to 100"
    AtMost,
    /// "the first of": a place in an order.
    Ordinal,
}
