use rapporteur_model::{ArticleId, Span};
use std::fmt;

/// A reading that does not fit together: a span outside its article, an index without an item.
///
/// The stages never make such a reading; it is what a reader would otherwise get to see as a
/// misplaced quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Error { message: message.into() }
    }

    pub(crate) fn span(article: &ArticleId, what: &str, span: Span) -> Self {
        Error::new(format!("article {article}: the span {span} of {what} does not lie in the text"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "inconsistent reading: {}", self.message)
    }
}

impl std::error::Error for Error {}
