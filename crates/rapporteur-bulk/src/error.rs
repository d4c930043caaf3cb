use rapporteur_engine::case::{CaseError, SqlError};
use std::fmt;
use std::io;
use std::path::Path;

/// Why a folder was not made or read.
#[derive(Debug)]
pub struct Error {
    message: String,
    hint: Option<String>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), hint: None }
    }

    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        Error { hint: Some(hint.into()), ..self }
    }

    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        Error::new(format!("{}: {error}", path.display()))
            .with_hint("check the space on the disk and the rights of the folder")
    }

    /// What stands in a file is not what was written.
    pub(crate) fn damaged(path: &Path, what: impl fmt::Display) -> Self {
        let hint = "take the folder out and run `rapporteur bulk` again, or restore it from a copy";
        Error::new(format!("{}: {what}", path.display())).with_hint(hint)
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
        Error { message: error.to_string(), hint: error.hint().map(str::to_string) }
    }
}

impl From<Error> for rapporteur_engine::Error {
    fn from(error: Error) -> Self {
        let told = rapporteur_engine::Error::new(error.message);
        match error.hint {
            Some(hint) => told.with_hint(hint),
            None => told,
        }
    }
}

impl From<CaseError> for Error {
    fn from(error: CaseError) -> Self {
        Error::from(rapporteur_engine::Error::from(error))
    }
}

impl From<SqlError> for Error {
    fn from(error: SqlError) -> Self {
        Error { message: error.to_string(), hint: error.hint().map(str::to_string) }
    }
}
