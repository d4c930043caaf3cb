use std::fmt;

/// What is wrong with a data file that was given to [`Knowledge::extended`](crate::Knowledge::extended).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    file: String,
    line: Option<usize>,
    message: String,
    hint: Option<String>,
}

impl Error {
    pub(crate) fn new(file: &str, line: Option<usize>, mistake: Mistake) -> Self {
        Error { file: file.to_string(), line, message: mistake.message, hint: mistake.hint }
    }

    /// The name of the file, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, counted from 1; `None` where the file as a whole is wrong.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// What is wrong, as a lowercase fragment without file and line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What can be done about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for Error {}

/// What is wrong, before it is known where.
#[derive(Debug)]
pub(crate) struct Mistake {
    message: String,
    hint: Option<String>,
}

impl Mistake {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Mistake { message: message.into(), hint: None }
    }

    pub(crate) fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Mistake { message: message.into(), hint: Some(hint.into()) }
    }

    /// Names the built-in entry that cannot be used any more, because of what a file changes.
    pub(crate) fn of_builtin(self, entry: &str) -> Self {
        Mistake { message: format!("the built-in entry {entry:?} cannot be used with it: {}", self.message), ..self }
    }
}
