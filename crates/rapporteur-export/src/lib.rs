//! A case in the formats of other programs.
//!
//! - [`tables`]: each view of the case as CSV, JSON Lines or Parquet.
//! - [`events`]: happenings as PLOVER, CAMEO and in the shape of GDELT.
//! - `annotations`: places as W3C Web Annotations. `graphs`: GraphML. `timelinejs`: slides. `calendar`: iCalendar.
//!
//! An [`Exporter`] holds one case. Each [`Export`] is written as a stream to whatever takes bytes; the same case gives the same
//! bytes. Words of articles are compared with their article once more, and what does not stand there is an error that names
//! the article.
//!
//! This crate knows nothing about files and terminals, asks the case in SQL over its views, and has no clock.

mod annotations;
mod calendar;
mod dates;
mod error;
pub mod events;
mod graphs;
mod recognise;
mod source;
pub mod tables;
mod timelinejs;

pub use annotations::ANNOTATIONS_START;
pub use calendar::CALENDAR_START;
pub use error::Error;
pub use graphs::{GRAPHML_START, Graph};
pub use recognise::{N_EDGE_BYTES, is_own};
pub use tables::{Formulas, TableFormat};
pub use timelinejs::TIMELINE_START;

use rapporteur_store::{Case, SqlReader};
use source::Texts;
use std::io::Write;
use std::path::Path;
use tables::Table;

/// Who made a Parquet file, as it tells.
pub const PARQUET_CREATED_BY: &str = concat!("rapporteur version ", env!("CARGO_PKG_VERSION"));

/// What of a case is written, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// A view as a table.
    Table(&'static Table, TableFormat),
    /// Happenings as an event table.
    Events(EventFormat),
    /// Places as W3C Web Annotations.
    Annotations,
    /// A graph as GraphML.
    Graph(Graph),
    /// The timeline as slides of TimelineJS.
    TimelineJs,
    /// What lies ahead as iCalendar.
    Calendar,
}

/// In the terms of which ontology, and in which shape, an event table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventFormat {
    /// CSV in the terms of PLOVER, a row for each happening.
    Plover,
    /// CSV in the terms of CAMEO, a row for each pair of actors.
    Cameo,
    /// The columns of a GDELT 2.0 event, between tabs.
    Gdelt,
}

/// A case that is exported.
pub struct Exporter {
    sql: SqlReader,
    texts: Texts,
}

impl Exporter {
    /// Opens a case.
    ///
    /// # Errors
    /// If there is none at `path`, or it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let texts = Texts::new(Case::open(path)?);
        Ok(Exporter { sql: SqlReader::open(path)?, texts })
    }

    /// Exports of one state of the case, whatever a run writes meanwhile.
    ///
    /// # Errors
    /// If the case cannot be read, and what `export` gives.
    pub fn at_one_moment<T>(&mut self, export: impl FnOnce(&mut Moment<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let texts = &mut self.texts;
        self.sql.at_one_moment(|sql| export(&mut Moment { sql, texts }))
    }
}

/// One state of a case.
pub struct Moment<'e> {
    sql: &'e mut SqlReader,
    texts: &'e mut Texts,
}

impl Moment<'_> {
    /// Writes an export and gives the number of its rows or items.
    ///
    /// # Errors
    /// If the case cannot be read, words do not stand in their article, or `out` takes no more.
    pub fn write(&mut self, export: Export, formulas: Formulas, out: &mut (dyn Write + Send)) -> Result<usize, Error> {
        let from = (&mut *self.sql, &mut *self.texts);
        match export {
            Export::Table(table, format) => tables::write(from, table, format, formulas, out),
            Export::Events(format) => events::write(from, format, formulas, out),
            Export::Annotations => annotations::write(from, out),
            Export::Graph(graph) => graphs::write(from.0, graph, out),
            Export::TimelineJs => timelinejs::write(from, out),
            Export::Calendar => calendar::write(from, out),
        }
    }
}
