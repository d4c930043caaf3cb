//! The module behind the Python package `rapporteur`.
//!
//! It gives the library to Python as it is: answers are the JSON that docs/JSON.md describes, tables are Parquet. What is
//! pleasant in Python (dictionaries, Arrow, pandas) is made in Python, in `python/rapporteur`. Nothing here holds the
//! interpreter while it works.

mod arguments;
mod case;
mod error;

use pyo3::prelude::*;

/// The module behind the package.
#[pymodule]
mod _native {
    use super::arguments::{Pile, Settings};
    use super::error::raise;
    use pyo3::prelude::*;
    use rapporteur::{language_model, view};
    use std::path::PathBuf;

    #[pymodule_export]
    use super::case::NativeCase;

    /// The version of the program.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// The names of the tables.
    #[pyfunction]
    fn tables() -> Vec<&'static str> {
        rapporteur::export::tables::TABLES.iter().map(|table| table.name).collect()
    }

    /// Everything that is found in a pile, as JSON.
    #[pyfunction]
    fn read(py: Python<'_>, pile: Pile, settings: Settings) -> PyResult<String> {
        let options = settings.options(py)?;
        let told = py.detach(|| {
            let reading = rapporteur::read(&pile.inputs(), &options)?;
            view::reading_json(&reading).map_err(rapporteur::Error::from)
        });
        told.map_err(|error| raise(py, error))
    }

    /// Installs the language model and gives its folder.
    #[pyfunction]
    fn install_model(py: Python<'_>, say: Py<PyAny>) -> PyResult<PathBuf> {
        // Whoever listens cannot stop it.
        let tell = |line: &str| Python::attach(|py| say.call1(py, (line,)).map(drop)).unwrap_or_default();
        py.detach(|| language_model::install(&tell)).map_err(|error| raise(py, error))
    }

    /// The folder of the language model, or where it would be.
    #[pyfunction]
    fn model_folder(py: Python<'_>) -> PyResult<PathBuf> {
        language_model::folder(None).map_err(|error| raise(py, error))
    }
}
