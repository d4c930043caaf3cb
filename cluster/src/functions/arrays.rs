//! Columns of Arrow as values, and values as columns.

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BinaryBuilder, ListBuilder, StringArray, StructArray, UInt64Builder,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Int64Type, UInt32Type, UInt64Type};
use datafusion::common::cast::{as_binary_array, as_list_array, as_string_array, as_struct_array};
use datafusion::error::Result;
use std::sync::Arc;

/// The type of a list of numbers.
pub(super) fn numbers() -> DataType {
    DataType::List(Arc::new(Field::new_list_field(DataType::UInt64, true)))
}

/// The type of a list of bytes.
pub(super) fn many_bytes() -> DataType {
    DataType::List(Arc::new(Field::new_list_field(DataType::Binary, true)))
}

/// Texts, however they are kept.
pub(super) struct Texts(ArrayRef);

impl Texts {
    pub(super) fn of(column: &ArrayRef) -> Result<Self> {
        Ok(Texts(cast(column, &DataType::Utf8)?))
    }

    pub(super) fn array(&self) -> Result<&StringArray> {
        as_string_array(&self.0)
    }
}

/// Bytes, however they are kept.
pub(super) struct Bytes(ArrayRef);

impl Bytes {
    pub(super) fn of(column: &ArrayRef) -> Result<Self> {
        Ok(Bytes(cast(column, &DataType::Binary)?))
    }

    pub(super) fn array(&self) -> Result<&BinaryArray> {
        as_binary_array(&self.0)
    }
}

/// Lists; of one that is missing nothing is listed.
pub(super) struct Lists(ArrayRef);

impl Lists {
    pub(super) fn of(column: &ArrayRef) -> Self {
        Lists(Arc::clone(column))
    }

    fn row(&self, row: usize) -> Result<Option<ArrayRef>> {
        if self.0.data_type() == &DataType::Null || self.0.is_null(row) {
            return Ok(None);
        }
        Ok(Some(as_list_array(&self.0)?.value(row)))
    }

    /// The numbers of a row.
    pub(super) fn numbers(&self, row: usize) -> Result<Vec<u64>> {
        let Some(row) = self.row(row)? else { return Ok(Vec::new()) };
        let row = cast(&row, &DataType::UInt64)?;
        Ok(row.as_primitive::<UInt64Type>().iter().flatten().collect())
    }

    /// The words of a row with the numbers of their articles.
    pub(super) fn counts(&self, row: usize) -> Result<Vec<(u64, u32)>> {
        let Some(row) = self.row(row)? else { return Ok(Vec::new()) };
        let row = as_struct_array(&row)?;
        let (words, counts) = (field(row, 0, &DataType::UInt64)?, field(row, 1, &DataType::UInt32)?);
        Ok(words
            .as_primitive::<UInt64Type>()
            .values()
            .iter()
            .copied()
            .zip(counts.as_primitive::<UInt32Type>().values().iter().copied())
            .collect())
    }

    /// The fields of the structures of a row, in the types that are asked for.
    pub(super) fn fields<const N: usize>(&self, row: usize, types: [DataType; N]) -> Result<Option<[ArrayRef; N]>> {
        let Some(row) = self.row(row)? else { return Ok(None) };
        let row = as_struct_array(&row)?;
        let fields: Result<Vec<ArrayRef>> = types.iter().enumerate().map(|(at, kind)| field(row, at, kind)).collect();
        Ok(fields?.try_into().ok())
    }
}

fn field(row: &StructArray, at: usize, kind: &DataType) -> Result<ArrayRef> {
    Ok(cast(row.column(at), kind)?)
}

/// A number that is the same in all rows.
pub(super) fn constant(column: &ArrayRef) -> Result<usize> {
    let column = cast(column, &DataType::Int64)?;
    let first = column.as_primitive::<Int64Type>().iter().flatten().next();
    Ok(first.and_then(|number| usize::try_from(number).ok()).unwrap_or_default())
}

/// A column of bytes.
pub(super) fn bytes_column(rows: impl Iterator<Item = Result<Option<Vec<u8>>>>) -> Result<ArrayRef> {
    let mut column = BinaryBuilder::new();
    for row in rows {
        column.append_option(row?);
    }
    Ok(Arc::new(column.finish()))
}

/// A column of lists of numbers.
pub(super) fn numbers_column(rows: impl Iterator<Item = Result<Vec<u64>>>) -> Result<ArrayRef> {
    let mut column = ListBuilder::new(UInt64Builder::new());
    for row in rows {
        column.append_value(row?.into_iter().map(Some));
    }
    Ok(Arc::new(column.finish()))
}

/// A column of lists of bytes.
pub(super) fn many_bytes_column(rows: impl Iterator<Item = Result<Vec<Vec<u8>>>>) -> Result<ArrayRef> {
    let mut column = ListBuilder::new(BinaryBuilder::new());
    for row in rows {
        column.append_value(row?.into_iter().map(Some));
    }
    Ok(Arc::new(column.finish()))
}
