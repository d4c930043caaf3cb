//! The one error type of the crate.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a pipeline could not be loaded or a document not be built. Annotating a text never fails.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) enum ErrorKind {
    /// A file that the pipeline needs is not there.
    Missing,
    /// A file could not be read.
    Io(std::io::Error),
    /// A file does not hold what its place promises.
    Corrupt(String),
    /// The pipeline asks for something that this runtime does not have.
    Unsupported(String),
    /// Tokens, text and heads given to a builder do not fit together.
    Annotation(String),
}

impl Error {
    /// Whether a file of the pipeline folder is missing.
    pub fn is_missing_file(&self) -> bool {
        matches!(self.kind, ErrorKind::Missing)
    }

    /// Whether a file of the pipeline folder is truncated, damaged, or not of its kind.
    pub fn is_corrupt(&self) -> bool {
        matches!(self.kind, ErrorKind::Corrupt(_))
    }

    /// Whether the pipeline is sound but asks for something that this runtime does not have.
    pub fn is_unsupported(&self) -> bool {
        matches!(self.kind, ErrorKind::Unsupported(_))
    }

    /// The file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The same error, said of the file at `path`.
    pub(crate) fn at(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_path_buf());
        self
    }

    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        ErrorKind::Corrupt(what.into()).into()
    }

    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        ErrorKind::Unsupported(what.into()).into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error { kind, path: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        match &self.kind {
            ErrorKind::Missing => f.write_str("the pipeline needs this file, and it is not there"),
            ErrorKind::Io(error) => write!(f, "could not be read: {error}"),
            ErrorKind::Corrupt(what) => write!(f, "truncated or damaged: {what}"),
            ErrorKind::Unsupported(what) => write!(f, "not supported: {what}"),
            ErrorKind::Annotation(what) => write!(f, "annotation does not fit the text: {what}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}
