//! A case as Python holds it.

use crate::arguments::{Pile, Settings, Wanted};
use crate::error::{raise, raise_told};
use pyo3::prelude::*;
use rapporteur::export::tables::Table;
use rapporteur::export::{EventFormat, Graph, TableFormat};
use rapporteur::{Case, Cell, Error, Export, Input, Question, SearchQuery, SqlLimits, view};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A case. What asks it waits for what asks it on another thread.
#[pyclass(name = "Case", module = "rapporteur._native", frozen)]
pub(crate) struct NativeCase(Mutex<Case>);

#[pymethods]
impl NativeCase {
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        told(py, || Case::open(&path)).map(NativeCase::of)
    }

    /// Reads a pile into the case at a path and gives it, with what was skipped.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf, pile: Pile, settings: Settings) -> PyResult<(Self, Vec<Skipped>)> {
        let options = settings.options(py)?;
        let (case, done) = told(py, || Case::read(&path, &pile.inputs(), &options))?;
        Ok((NativeCase::of(case), skipped(&done.skipped)))
    }

    /// Reads a pile into a case that is gone with the value, and gives it, with what was skipped.
    #[staticmethod]
    fn of_pile(py: Python<'_>, pile: Pile, settings: Settings) -> PyResult<(Self, Vec<Skipped>)> {
        let options = settings.options(py)?;
        let (case, done) = told(py, || Case::of_pile(&pile.inputs(), &options))?;
        Ok((NativeCase::of(case), skipped(&done.skipped)))
    }

    #[getter]
    fn path(&self) -> PathBuf {
        self.held().path().to_path_buf()
    }

    /// Reads more articles into the case and gives what was skipped.
    fn add(&self, py: Python<'_>, pile: Pile, settings: Settings) -> PyResult<Vec<Skipped>> {
        let options = settings.options(py)?;
        told(py, || self.held().add(&pile.inputs(), &options)).map(|done| skipped(&done.skipped))
    }

    fn brief(&self, py: Python<'_>) -> PyResult<String> {
        self.answer(py, Question::Brief)
    }

    fn items(&self, py: Python<'_>, wanted: Wanted) -> PyResult<String> {
        let (layer, query) = wanted.query(py)?;
        self.answer(py, Question::Items(layer, query))
    }

    fn search(&self, py: Python<'_>, query: &str, limit: usize) -> PyResult<String> {
        let query: SearchQuery = query.parse().map_err(|error: rapporteur::case::SearchError| raise(py, error))?;
        self.answer(py, Question::Search { query, limit })
    }

    fn show(&self, py: Python<'_>, id: String) -> PyResult<String> {
        self.answer(py, Question::Show(id))
    }

    fn sources(&self, py: Python<'_>, article: Option<String>, limit: usize) -> PyResult<String> {
        self.answer(py, Question::Sources { article, limit })
    }

    fn changes(&self, py: Python<'_>, since: Option<i64>) -> PyResult<String> {
        self.answer(py, Question::Changes(since))
    }

    /// The names of the columns and the rows that a question in SQL gives.
    fn sql(
        &self,
        py: Python<'_>,
        question: &str,
        seconds: f64,
        rows: usize,
    ) -> PyResult<(Vec<String>, Vec<Vec<Value>>)> {
        let time = Duration::try_from_secs_f64(seconds).map_err(|error| raise_told(py, &error.to_string(), None))?;
        let limits = SqlLimits { time, rows, ..SqlLimits::default() };
        let table = told(py, || self.held().sql(question, limits))?;
        let value = |cell| match cell {
            Cell::Null => None,
            Cell::Integer(number) => Some(Scalar::Integer(number)),
            Cell::Real(number) => Some(Scalar::Real(number)),
            Cell::Text(text) => Some(Scalar::Text(text)),
            Cell::Blob(bytes) => Some(Scalar::Blob(bytes)),
        };
        let rows = table.rows.into_iter().map(|row| row.into_iter().map(value).collect());
        Ok((table.columns, rows.collect()))
    }

    /// The case in the format of another program.
    fn export(&self, py: Python<'_>, format: &str, table: Option<&str>, graph: Option<&str>) -> PyResult<Vec<u8>> {
        let export =
            export_named(format, table, graph).map_err(|(message, hint)| raise_told(py, &message, Some(&hint)))?;
        told(py, || {
            let mut bytes = Vec::new();
            self.held().export(export, &mut bytes)?;
            Ok(bytes)
        })
    }

    /// What of a text stands in the case, as JSON.
    fn verify(&self, py: Python<'_>, text: String, strict: bool, settings: Settings) -> PyResult<String> {
        let options = settings.options(py)?;
        let text = Input::Bytes { name: "text.txt".to_string(), bytes: text.into_bytes() };
        told(py, || {
            let (verified, skipped) = self.held().verify(&[text], &options)?;
            Ok(view::verified_json(&verified, &skipped, strict)?)
        })
    }
}

impl NativeCase {
    fn of(case: Case) -> Self {
        NativeCase(Mutex::new(case))
    }

    /// A question that failed has left nothing half done: a case that is asked only reads.
    fn held(&self) -> MutexGuard<'_, Case> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, py: Python<'_>, question: Question) -> PyResult<String> {
        told(py, || Ok(view::answer_json(&self.held().ask(&question)?)?))
    }
}

/// Where something was skipped, why, and what to do about it.
type Skipped = (String, String, Option<String>);

fn skipped(all: &[rapporteur::model::Skipped]) -> Vec<Skipped> {
    all.iter().map(|one| (one.location.clone(), one.reason.clone(), one.hint.clone())).collect()
}

type Value = Option<Scalar>;

/// A value of SQL as Python has it.
#[derive(IntoPyObject)]
enum Scalar {
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// Works without the interpreter, and raises what fails.
fn told<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, Error> + Send) -> PyResult<T> {
    py.detach(work).map_err(|error| raise(py, error))
}

/// An export by its name, as the command line has it; or what is wrong with it and what to do about it.
fn export_named(format: &str, table: Option<&str>, graph: Option<&str>) -> Result<Export, (String, String)> {
    let named = |format| {
        let name = table.unwrap_or_default();
        let names = || rapporteur::export::tables::TABLES.iter().map(|table| table.name).collect::<Vec<_>>().join(", ");
        let table = Table::named(name)
            .ok_or_else(|| (format!("there is no table {name:?}"), format!("the tables are {}", names())));
        table.map(|table| Export::Table(table, format))
    };
    match (format, graph) {
        ("csv", None) => named(TableFormat::Csv),
        ("jsonl", None) => named(TableFormat::Jsonl),
        ("parquet", None) => named(TableFormat::Parquet),
        _ if table.is_some() => Err(("a table is csv, jsonl or parquet".to_string(), "leave `table` out".to_string())),
        ("plover", None) => Ok(Export::Events(EventFormat::Plover)),
        ("cameo", None) => Ok(Export::Events(EventFormat::Cameo)),
        ("gdelt", None) => Ok(Export::Events(EventFormat::Gdelt)),
        ("annotations", None) => Ok(Export::Annotations),
        ("timelinejs", None) => Ok(Export::TimelineJs),
        ("ical", None) => Ok(Export::Calendar),
        ("graphml", None | Some("positions")) => Ok(Export::Graph(Graph::Positions)),
        ("graphml", Some("lineage")) => Ok(Export::Graph(Graph::Lineage)),
        _ => {
            let hint = "csv, jsonl, parquet, plover, cameo, gdelt, annotations, graphml (positions or lineage), timelinejs, ical";
            Err((format!("there is no such export: {format}"), format!("the formats are {hint}")))
        }
    }
}
