//! What a text says of somebody, found once; statements, events and stances are views on it.

use crate::{ArticleActorIdx, Polarity, Span, TimexIdx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A trigger with its arguments, and how the text takes what it says: as fact, plan, demand …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predication {
    /// The words that say it: "attacked", "put forward suggestions".
    pub trigger: Span,
    /// Who acts, speaks or holds it; several where they are joined.
    pub sources: Vec<Argument>,
    /// To whom it is done or said, or whom it concerns.
    pub targets: Vec<Argument>,
    /// What it is about: what is demanded, offered, said.
    pub object: Option<Span>,
    /// Whether the text affirms it.
    pub polarity: Polarity,
    /// Whether it took place.
    pub status: Status,
    /// What it depends on: "if Russia is willing to".
    pub condition: Option<Span>,
    /// When.
    pub time: Option<TimexIdx>,
    /// Where, without a preposition.
    pub place: Option<Span>,
    /// The words that the values above rest on, in text order.
    pub reasons: Vec<Reason>,
}

/// Index into [`crate::Record::predications`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PredicationIdx(pub u32);

/// Somebody or something that takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// The words for it at this place.
    pub span: Span,
    /// The actor, where it is one that the article tells.
    pub actor: Option<ArticleActorIdx>,
}

/// Whether what a predication says took place. A speech act's own status says that it was uttered; what it
/// speaks of is a predication with a status of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It did.
    #[default]
    Happened,
    /// It goes on.
    Ongoing,
    /// It is arranged or announced.
    Planned,
    /// It hangs on a condition, or is one.
    Conditional,
    /// It is only thought of: "could", "the prospect of".
    Hypothetical,
    /// Somebody asks for it.
    Demanded,
    /// It did not, or is said not to have.
    Denied,
}

/// Words that a value of a predication rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What they show.
    pub shows: ReasonKind,
    /// The words.
    pub span: Span,
}

/// What the words of a [`Reason`] show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// The status: "will", "if", "called for".
    Status,
    /// The polarity: "not", "no".
    Polarity,
    /// The object that the frame asks for: "sanctions" of "lift sanctions".
    Object,
    /// An earlier place of the article that tells who takes part: "the talks" goes back to it.
    Antecedent,
    /// The other of the two sides of the article, whom an act in words concerns that names nobody.
    Counterpart,
    /// A verb that lends its arguments to a noun: "hold" of "hold talks".
    Support,
}
