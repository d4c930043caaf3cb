//! Tables with typed columns as Parquet files, written and read as a stream.
//!
//! [`Writer`] takes rows of [`Value`]s and writes them in groups, so that no more than one group is in memory. [`rows`]
//! gives the rows of any Parquet file, whoever wrote it, one after the other.
//!
//! It knows nothing about what the tables are of.

mod error;
mod reader;
mod writer;

pub use error::Error;
pub use reader::{Row, is_parquet, rows, rows_of_bytes};
pub use writer::Writer;

/// What a column holds. Any column may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// Yes or no.
    Boolean,
    /// A JSON value.
    Json,
    /// Bytes.
    Bytes,
}

impl ColumnType {
    /// The name, as docs/EXPORT.md has it.
    pub fn name(self) -> &'static str {
        match self {
            ColumnType::Text => "text",
            ColumnType::Integer => "integer",
            ColumnType::Boolean => "boolean",
            ColumnType::Json => "JSON",
            ColumnType::Bytes => "bytes",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: ColumnType,
}

impl Column {
    /// A column of text.
    pub const fn text(name: &'static str) -> Self {
        Column { name, holds: ColumnType::Text }
    }

    /// A column of whole numbers.
    pub const fn integer(name: &'static str) -> Self {
        Column { name, holds: ColumnType::Integer }
    }

    /// A column of yes and no.
    pub const fn boolean(name: &'static str) -> Self {
        Column { name, holds: ColumnType::Boolean }
    }

    /// A column of JSON.
    pub const fn json(name: &'static str) -> Self {
        Column { name, holds: ColumnType::Json }
    }

    /// A column of bytes.
    pub const fn bytes(name: &'static str) -> Self {
        Column { name, holds: ColumnType::Bytes }
    }
}

/// A value as its column has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of a column of text.
    Text(String),
    /// Of a column of whole numbers.
    Integer(i64),
    /// Of a column of yes and no.
    Boolean(bool),
    /// Of a column of JSON, as it is written.
    Json(String),
    /// Of a column of bytes.
    Bytes(Vec<u8>),
}
