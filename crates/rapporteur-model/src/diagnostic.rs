use crate::Span;
use serde::{Deserialize, Serialize};

/// Something about an article's text that a reader should know: not an error, the value stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stretch of text that it is about; `None` for the whole article.
    pub span: Option<Span>,
    /// What was seen, as a lowercase fragment.
    pub message: String,
    /// What a user can do about it.
    pub hint: Option<String>,
}
