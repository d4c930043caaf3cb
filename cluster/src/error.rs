//! What can go wrong.

use ballista_core::error::BallistaError;
use datafusion::error::DataFusionError;
use std::fmt;

/// An error with what to do about it.
#[derive(Debug)]
pub struct Error {
    message: String,
    hint: Option<String>,
}

impl Error {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), hint: None }
    }

    /// The same with what to do about it.
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Error { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

impl std::error::Error for Error {}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        Error::new(error.strip_backtrace())
    }
}

impl From<BallistaError> for Error {
    fn from(error: BallistaError) -> Self {
        Error::new(error.to_string())
    }
}

impl From<rapporteur_bulk::Error> for Error {
    fn from(error: rapporteur_bulk::Error) -> Self {
        Error { message: error.to_string(), hint: error.hint().map(str::to_string) }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::new(error.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::new(format!("a value of a plan: {error}"))
    }
}
