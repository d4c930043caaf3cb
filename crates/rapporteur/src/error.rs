use std::fmt;

/// Why something could not be done, with what to do about it.
#[derive(Debug)]
pub struct Error {
    message: String,
    hint: Option<String>,
}

impl Error {
    /// With a message, as a lowercase fragment, and what to do about it.
    pub(crate) fn new(message: impl fmt::Display, hint: Option<&str>) -> Self {
        Error { message: message.to_string(), hint: hint.map(str::to_string) }
    }

    /// What a user can do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<rapporteur_engine::Error> for Error {
    fn from(error: rapporteur_engine::Error) -> Self {
        Error::new(&error, error.hint())
    }
}

impl From<rapporteur_engine::case::CaseError> for Error {
    fn from(error: rapporteur_engine::case::CaseError) -> Self {
        Error::from(rapporteur_engine::Error::from(error))
    }
}

impl From<rapporteur_engine::case::SqlError> for Error {
    fn from(error: rapporteur_engine::case::SqlError) -> Self {
        Error::new(&error, error.hint())
    }
}

impl From<rapporteur_engine::case::SearchError> for Error {
    fn from(error: rapporteur_engine::case::SearchError) -> Self {
        Error::new(&error, Some(error.hint()))
    }
}

impl From<rapporteur_export::Error> for Error {
    fn from(error: rapporteur_export::Error) -> Self {
        Error::new(&error, error.hint())
    }
}

impl From<rapporteur_view::Error> for Error {
    fn from(error: rapporteur_view::Error) -> Self {
        Error::new(&error, None)
    }
}
