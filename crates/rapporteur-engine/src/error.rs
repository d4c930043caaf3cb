use std::fmt;

/// Why a run could not be done at all. An article that cannot be read is no error: it is skipped.
#[derive(Debug)]
pub struct Error {
    message: String,
    hint: Option<String>,
    is_model_missing: bool,
}

impl Error {
    /// With a message, as a lowercase fragment.
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), hint: None, is_model_missing: false }
    }

    /// With what to do about it.
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Error { hint: Some(hint.into()), ..self }
    }

    pub(crate) fn model_missing(message: impl Into<String>) -> Self {
        Error { is_model_missing: true, ..Error::new(message) }
    }

    /// The same error once more, for the next article that meets it.
    pub(crate) fn again(&self) -> Self {
        Error { message: self.message.clone(), hint: self.hint.clone(), is_model_missing: self.is_model_missing }
    }

    /// What a user can do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Whether the language model is not installed.
    pub fn is_model_missing(&self) -> bool {
        self.is_model_missing
    }
}

impl From<rapporteur_store::Error> for Error {
    fn from(error: rapporteur_store::Error) -> Self {
        let told = Error::new(format!("{}: {}", error.path().display(), error.message()));
        match error.hint() {
            Some(hint) => told.with_hint(hint),
            None => told,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
