//! Rows into a file: columns of fixed types, in groups of rows.

use crate::{Column, ColumnType, Error, Value};
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// A group ends with so many rows, or with so many bytes of text.
const MAX_ROWS: usize = 65_536;
const MAX_BYTES: usize = 16 << 20;

/// The values of a column of one group, and which rows have one.
enum Values {
    Bytes(Vec<ByteArray>),
    Integer(Vec<i64>),
    Boolean(Vec<bool>),
}

impl Values {
    fn of(holds: ColumnType) -> Self {
        match holds {
            ColumnType::Text | ColumnType::Json | ColumnType::Bytes => Values::Bytes(Vec::new()),
            ColumnType::Integer => Values::Integer(Vec::new()),
            ColumnType::Boolean => Values::Boolean(Vec::new()),
        }
    }
}

struct Buffered {
    values: Values,
    /// 1 where there is a value.
    levels: Vec<i16>,
}

/// Writes a table. The same rows give the same bytes.
pub struct Writer<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Buffered>,
    n_rows: usize,
    n_bytes: usize,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table of this name; `made_by` says who wrote it.
    ///
    /// # Errors
    /// If `out` takes nothing.
    pub fn new(name: &str, columns: &[Column], made_by: &str, out: W) -> Result<Self, Error> {
        let fields = columns.iter().map(|column| {
            let (physical, logical) = match column.holds {
                ColumnType::Text | ColumnType::Json => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
                ColumnType::Bytes => (PhysicalType::BYTE_ARRAY, None),
                ColumnType::Integer => (PhysicalType::INT64, None),
                ColumnType::Boolean => (PhysicalType::BOOLEAN, None),
            };
            let field = Type::primitive_type_builder(column.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical);
            field.build().map(Arc::new)
        });
        let schema = Type::group_type_builder(name).with_fields(fields.collect::<Result<_, _>>()?).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(made_by.to_string())
            .build();
        let columns = columns.iter().map(|column| Buffered { values: Values::of(column.holds), levels: Vec::new() });
        let columns = columns.collect();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Writer { writer, columns, n_rows: 0, n_bytes: 0 })
    }

    /// Adds a row, with a value or none for each column; each value has the type of its column.
    ///
    /// # Errors
    /// If the output takes no more.
    pub fn row(&mut self, values: Vec<Option<Value>>) -> Result<(), Error> {
        for (value, column) in values.into_iter().zip(&mut self.columns) {
            column.levels.push(i16::from(value.is_some()));
            let mut bytes = |bytes: Vec<u8>, values: &mut Vec<ByteArray>| {
                self.n_bytes += bytes.len();
                values.push(ByteArray::from(bytes));
            };
            match (value, &mut column.values) {
                (Some(Value::Text(text) | Value::Json(text)), Values::Bytes(values)) => {
                    bytes(text.into_bytes(), values)
                }
                (Some(Value::Bytes(value)), Values::Bytes(values)) => bytes(value, values),
                (Some(Value::Integer(number)), Values::Integer(values)) => values.push(number),
                (Some(Value::Boolean(is)), Values::Boolean(values)) => values.push(is),
                _ => {}
            }
        }
        self.n_rows += 1;
        if self.n_rows >= MAX_ROWS || self.n_bytes >= MAX_BYTES { self.end_group() } else { Ok(()) }
    }

    /// Writes what is left and the end of the file, and gives the output back.
    ///
    /// # Errors
    /// If the output takes no more.
    pub fn end(mut self) -> Result<W, Error> {
        self.end_group()?;
        // It writes the end of the file.
        Ok(self.writer.into_inner()?)
    }

    fn end_group(&mut self) -> Result<(), Error> {
        if self.n_rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut writer) = group.next_column()? else { break };
            column.write(&mut writer)?;
            writer.close()?;
        }
        group.close()?;
        (self.n_rows, self.n_bytes) = (0, 0);
        Ok(())
    }
}

impl Buffered {
    fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<(), Error> {
        let levels = std::mem::take(&mut self.levels);
        let levels = Some(levels.as_slice());
        match &mut self.values {
            Values::Bytes(values) => {
                writer.typed::<ByteArrayType>().write_batch(&std::mem::take(values), levels, None)?
            }
            Values::Integer(values) => {
                writer.typed::<Int64Type>().write_batch(&std::mem::take(values), levels, None)?
            }
            Values::Boolean(values) => writer.typed::<BoolType>().write_batch(&std::mem::take(values), levels, None)?,
        };
        Ok(())
    }
}
