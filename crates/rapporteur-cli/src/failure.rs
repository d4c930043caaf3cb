//! Why a command did not do what it was asked to.

use std::fmt;
use std::io;

/// A failure as a user is told about it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody reads the output any more, as after `| head`.
    ClosedPipe,
    Told {
        message: String,
        hint: Option<String>,
    },
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Failure::Told { message: message.into(), hint: None }
    }

    pub(crate) fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::Told { message: message.into(), hint: Some(hint.into()) }
    }

    /// Output that could not be written.
    pub(crate) fn output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::new(format!("cannot write to standard output: {error}")),
        }
    }
}

impl From<rapporteur_engine::Error> for Failure {
    fn from(error: rapporteur_engine::Error) -> Self {
        Failure::Told { message: error.to_string(), hint: error.hint().map(String::from) }
    }
}

impl From<rapporteur_bulk::Error> for Failure {
    fn from(error: rapporteur_bulk::Error) -> Self {
        Failure::Told { message: error.to_string(), hint: error.hint().map(String::from) }
    }
}

impl From<rapporteur_export::Error> for Failure {
    fn from(error: rapporteur_export::Error) -> Self {
        let hint = error.hint().unwrap_or("check the space on the disk, or name a file elsewhere");
        Failure::with_hint(error.to_string(), hint)
    }
}

impl From<rapporteur_view::Error> for Failure {
    fn from(error: rapporteur_view::Error) -> Self {
        Failure::with_hint(error.to_string(), "this is a defect of the program; please report it with the input")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::ClosedPipe => f.write_str("the output was closed"),
            Failure::Told { message, .. } => f.write_str(message),
        }
    }
}
