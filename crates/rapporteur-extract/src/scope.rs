//! What counts as a statement.

/// How widely a run casts its net.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Communicative acts and stances with content: what somebody said, demanded, offered, denied,
    /// expects. An act that is only named ("criticised the plan") is an act report.
    #[default]
    Statement,
    /// Every propositional attitude: also what is merely mentioned, shown, known or supported, and
    /// what an act report is about counts as its content. Finds more, and more that is wrong.
    Attitude,
}
