//! Errors as Python has them.

use pyo3::prelude::*;

/// `rapporteur.Error` with the message and the hint.
pub(crate) fn raise(py: Python<'_>, error: impl Into<rapporteur::Error>) -> PyErr {
    let error = error.into();
    raise_told(py, &error.to_string(), error.hint())
}

pub(crate) fn raise_told(py: Python<'_>, message: &str, hint: Option<&str>) -> PyErr {
    let class = py.import("rapporteur._error").and_then(|module| module.getattr("Error"));
    match class.and_then(|class| class.call1((message, hint))) {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}
