//! Why an export was not written.

use rapporteur_store::SqlError;
use std::fmt;
use std::io;

/// Why an export was not written.
#[derive(Debug)]
pub struct Error {
    message: String,
    hint: Option<String>,
    output: Option<io::Error>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Error { message: message.into(), hint: Some(hint.into()), output: None }
    }

    /// Something that no case of this program holds.
    pub(crate) fn defect(message: impl Into<String>) -> Self {
        Error::new(message, "`rapporteur check CASE` tells whether the file is whole")
    }

    /// Words that do not stand where they should.
    pub(crate) fn words(article: &str, what: &str) -> Self {
        Error::defect(format!("article {article}: {what} do not stand in its text where they should"))
    }

    /// What a user can do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// What the system says, where the output could not be written.
    pub fn output(&self) -> Option<&io::Error> {
        self.output.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error { message: format!("cannot write the export: {error}"), hint: None, output: Some(error) }
    }
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Self {
        Error::from(io::Error::from(error))
    }
}

impl From<rapporteur_columns::Error> for Error {
    fn from(error: rapporteur_columns::Error) -> Self {
        Error::from(io::Error::from(error))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::from(io::Error::from(error))
    }
}

impl From<rapporteur_store::Error> for Error {
    fn from(error: rapporteur_store::Error) -> Self {
        Error::from(SqlError::from(error))
    }
}

impl From<SqlError> for Error {
    fn from(error: SqlError) -> Self {
        Error { message: error.to_string(), hint: error.hint().map(str::to_string), output: None }
    }
}
