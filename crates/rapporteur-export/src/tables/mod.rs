//! Each view of a case as a table: CSV, JSON Lines, Parquet.
//!
//! Rows are read and written as a stream. Words are compared with their article on the way.

mod columns;
mod csv;
mod jsonl;
mod parquet;

pub use self::csv::Formulas;
pub(crate) use self::csv::{Sheet, inert};
pub use columns::{TABLES, Table};
pub use rapporteur_columns::{Column, ColumnType};

use crate::Error;
use crate::source::{Texts, each_row, integer, text};
use columns::Words;
use rapporteur_columns::Value;
use rapporteur_store::{Cell, SqlReader};
use std::io::Write;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values (RFC 4180) with a line of names.
    Csv,
    /// A JSON object a line.
    Jsonl,
    /// Parquet, compressed with Snappy.
    Parquet,
}

impl TableFormat {
    /// How the name of a file of this format ends.
    pub fn extension(self) -> &'static str {
        match self {
            TableFormat::Csv => "csv",
            TableFormat::Jsonl => "jsonl",
            TableFormat::Parquet => "parquet",
        }
    }
}

/// Somebody that writes rows.
trait Rows {
    fn row(&mut self, values: Vec<Option<Value>>) -> Result<(), Error>;
    fn end(self: Box<Self>) -> Result<(), Error>;
}

impl Table {
    /// The table of this name.
    pub fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// The question that gives its rows; behind the columns stands where words to check are.
    fn question(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|column| format!("v.\"{}\"", column.name)).collect();
        let (columns, order) = (columns.join(", "), self.order);
        let plain = |more: &str| format!("SELECT {columns}{more} FROM {} v ORDER BY {order}", self.name);
        match self.words {
            Words::No => plain(""),
            Words::Article => plain(", v.id, NULL, NULL"),
            Words::Place => plain(", v.article, v.start, v.\"end\""),
            Words::Item { layer, .. } => format!(
                "WITH w AS MATERIALIZED ({FIRST_PLACES} AND layer = '{layer}')
                SELECT {columns}, w.article, w.start, w.\"end\" FROM {} v LEFT JOIN w ON w.item = v.id ORDER BY v.{order}",
                self.name
            ),
        }
    }

    fn check(&self, row: &[Cell], texts: &mut Texts) -> Result<(), Error> {
        let behind = &row[self.columns.len()..];
        let (Words::Article | Words::Place | Words::Item { .. }, Some(article)) =
            (self.words, behind.first().and_then(text))
        else {
            return Ok(());
        };
        let cell = |name: &str| {
            let at = self.columns.iter().position(|column| column.name == name);
            at.and_then(|at| text(&row[at]))
        };
        match self.words {
            Words::Article if cell("text") != Some(texts.of(article)?.whole()) => {
                Err(Error::words(article, "the words of `text`"))
            }
            Words::Place | Words::Item { .. } => {
                if let (Some(words), Some(start), Some(end)) = (cell("words"), integer(&behind[1]), integer(&behind[2]))
                {
                    texts.check(article, start, end, words)?;
                }
                let Words::Item { within, .. } = self.words else { return Ok(()) };
                for name in within {
                    if let Some(words) = cell(name)
                        && !texts.of(article)?.whole().contains(words)
                    {
                        return Err(Error::words(article, &format!("the words of `{name}`")));
                    }
                }
                Ok(())
            }
            Words::Article | Words::No => Ok(()),
        }
    }
}

/// The place with the words to show of each item; `AND` may follow.
pub(crate) const FIRST_PLACES: &str = "SELECT item, article, start, \"end\", words FROM place WHERE part = 0";

/// Writes a table and gives the number of its rows.
pub(crate) fn write(
    (sql, texts): (&mut SqlReader, &mut Texts),
    table: &'static Table,
    format: TableFormat,
    formulas: Formulas,
    out: &mut (dyn Write + Send),
) -> Result<usize, Error> {
    let mut rows: Box<dyn Rows + '_> = match format {
        TableFormat::Csv => Box::new(csv::Csv::new(table, formulas, out)?),
        TableFormat::Jsonl => Box::new(jsonl::Jsonl::new(table, out)),
        TableFormat::Parquet => Box::new(parquet::Parquet::new(table, out)?),
    };
    let mut n_rows = 0;
    each_row(sql, &table.question(), &mut |row| {
        table.check(&row, texts)?;
        n_rows += 1;
        let cells = row.into_iter().zip(table.columns);
        rows.row(cells.map(|(cell, column)| value(table, column, cell)).collect::<Result<_, _>>()?)
    })?;
    rows.end()?;
    Ok(n_rows)
}

/// Bytes as text.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn value(table: &Table, column: &Column, cell: Cell) -> Result<Option<Value>, Error> {
    Ok(Some(match (column.holds, cell) {
        (_, Cell::Null) => return Ok(None),
        (ColumnType::Text, Cell::Text(text)) => Value::Text(text),
        (ColumnType::Json, Cell::Text(text)) => Value::Json(text),
        (ColumnType::Integer, Cell::Integer(number)) => Value::Integer(number),
        (ColumnType::Boolean, Cell::Integer(number)) => Value::Boolean(number != 0),
        (holds, _) => {
            let (table, column) = (table.name, column.name);
            return Err(Error::defect(format!("a value of {table}.{column} is no {}", holds.name())));
        }
    }))
}
