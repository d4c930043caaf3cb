//! Why a tool gives nothing.

use rapporteur_engine::Error;
use rapporteur_engine::case::CaseError;

/// Why a tool gives nothing, and what to do about it.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Refusal { message: message.into(), hint: hint.into() }
    }
}

impl From<CaseError> for Refusal {
    fn from(error: CaseError) -> Self {
        Error::from(error).into()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let hint = error.hint().unwrap_or("`rapporteur check CASE` tells whether the case is whole");
        Refusal::new(error.to_string(), hint)
    }
}
