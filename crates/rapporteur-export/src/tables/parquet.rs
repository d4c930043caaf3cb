//! Parquet: columns of fixed types, in groups of rows, so that no more than one group is in memory.

use super::{ColumnType, Rows, Table, Value};
use crate::Error;
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// A group ends with so many rows, or with so many bytes of text.
const MAX_GROUP_ROWS: usize = 65_536;
const MAX_GROUP_BYTES: usize = 16 << 20;

/// The values of a column of one group, and which rows have one.
enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Boolean(Vec<bool>),
}

struct Buffered {
    values: Values,
    /// 1 where there is a value.
    levels: Vec<i16>,
}

pub(super) struct Parquet<'o> {
    writer: SerializedFileWriter<&'o mut (dyn Write + Send)>,
    columns: Vec<Buffered>,
    n_rows: usize,
    n_bytes: usize,
}

impl<'o> Parquet<'o> {
    pub(super) fn new(table: &Table, out: &'o mut (dyn Write + Send)) -> Result<Self, Error> {
        let fields = table.columns.iter().map(|column| {
            let (physical, logical) = match column.holds {
                ColumnType::Text | ColumnType::Json => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
                ColumnType::Integer => (PhysicalType::INT64, None),
                ColumnType::Boolean => (PhysicalType::BOOLEAN, None),
            };
            let field = Type::primitive_type_builder(column.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical);
            field.build().map(Arc::new)
        });
        let schema = Type::group_type_builder(table.name).with_fields(fields.collect::<Result<_, _>>()?).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(crate::PARQUET_CREATED_BY.to_string())
            .build();
        let columns = table.columns.iter().map(|column| Buffered {
            values: match column.holds {
                ColumnType::Text | ColumnType::Json => Values::Text(Vec::new()),
                ColumnType::Integer => Values::Integer(Vec::new()),
                ColumnType::Boolean => Values::Boolean(Vec::new()),
            },
            levels: Vec::new(),
        });
        let columns = columns.collect();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Parquet { writer, columns, n_rows: 0, n_bytes: 0 })
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
            Values::Text(values) => {
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

impl Rows for Parquet<'_> {
    fn row(&mut self, values: Vec<Option<Value>>) -> Result<(), Error> {
        for (value, column) in values.into_iter().zip(&mut self.columns) {
            column.levels.push(i16::from(value.is_some()));
            match (value, &mut column.values) {
                (Some(Value::Text(text) | Value::Json(text)), Values::Text(values)) => {
                    self.n_bytes += text.len();
                    values.push(ByteArray::from(text.into_bytes()));
                }
                (Some(Value::Integer(number)), Values::Integer(values)) => values.push(number),
                (Some(Value::Boolean(is)), Values::Boolean(values)) => values.push(is),
                // A value has the type of its column.
                _ => {}
            }
        }
        self.n_rows += 1;
        if self.n_rows >= MAX_GROUP_ROWS || self.n_bytes >= MAX_GROUP_BYTES { self.end_group() } else { Ok(()) }
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        self.end_group()?;
        self.writer.close()?;
        Ok(())
    }
}
