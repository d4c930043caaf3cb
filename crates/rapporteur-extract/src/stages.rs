//! The stages of the extraction, for benches.

/// What of the extraction comes one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Mentions, actors, and statements with their circumstances: what the others need.
    Statements,
    /// Codes of actors.
    Codes,
    /// Expressions of time.
    Time,
    /// Numbers of things.
    Quantities,
    /// Predications and events.
    Events,
    /// Stances.
    Stances,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Stage; 6] =
        [Stage::Statements, Stage::Codes, Stage::Time, Stage::Quantities, Stage::Events, Stage::Stances];
}
