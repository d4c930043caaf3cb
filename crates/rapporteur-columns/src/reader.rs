//! Rows out of a file, whoever wrote it.
//!
//! The file is a stranger's: what it says of its size is looked at before anything is unpacked, and what makes the library
//! fail in a way that it should not is an error here.

use crate::Error;
use bytes::Bytes;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row as ParquetRow, RowAccessor};
use serde_json::{Map, Number, Value as Json};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A group of rows that says that it unpacks to more is not read: groups hold some hundred megabytes.
const MAX_GROUP_BYTES: i64 = 4 << 30;
/// Lists and groups deeper than this are left out.
const MAX_DEPTH: usize = 8;

/// Whether bytes begin as such a file does.
pub fn is_parquet(head: &[u8]) -> bool {
    head.starts_with(b"PAR1")
}

/// A row.
#[derive(Debug)]
pub struct Row(ParquetRow);

impl Row {
    /// The row as an object, its columns by their names. Bytes that are no text are left out; moments are text.
    pub fn to_json(&self) -> Json {
        Json::Object(object(&self.0, 0))
    }

    /// The text of a column, where it has one.
    pub fn text(&self, column: usize) -> Option<&str> {
        self.0.get_string(column).ok().map(String::as_str)
    }

    /// The bytes of a column, where it has some.
    pub fn bytes(&self, column: usize) -> Option<&[u8]> {
        self.0.get_bytes(column).ok().map(|bytes| bytes.data())
    }

    /// The number of a column, where it has one.
    pub fn integer(&self, column: usize) -> Option<i64> {
        self.0.get_long(column).ok()
    }

    /// The name of each column.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.get_column_iter().map(|(name, _)| name.as_str())
    }
}

/// Hands the rows of a file to `take` until it wants no more.
///
/// # Errors
/// If it is no Parquet file, or is damaged; rows before the damage were handed over.
pub fn rows(file: File, take: impl FnMut(Row) -> bool) -> Result<(), Error> {
    read(file, take)
}

/// [`rows`] of bytes that are in memory.
///
/// # Errors
/// As [`rows`].
pub fn rows_of_bytes(bytes: Vec<u8>, take: impl FnMut(Row) -> bool) -> Result<(), Error> {
    read(Bytes::from(bytes), take)
}

fn read<R: ChunkReader + 'static>(source: R, mut take: impl FnMut(Row) -> bool) -> Result<(), Error> {
    let reader = whole(|| SerializedFileReader::new(source))??;
    let metadata = reader.metadata();
    for group in metadata.row_groups() {
        let n_bytes = group.columns().iter().fold(0i64, |sum, column| sum.saturating_add(column.uncompressed_size()));
        if !(0..=MAX_GROUP_BYTES).contains(&n_bytes) {
            return Err(Error::new(format!("a group of rows that unpacks to {n_bytes} bytes")));
        }
    }
    for group in 0..metadata.num_row_groups() {
        let group = whole(|| reader.get_row_group(group))??;
        let mut rows = whole(|| RowIter::from_row_group(None, group.as_ref()))??;
        while let Some(row) = whole(|| rows.next())? {
            if !take(Row(row?)) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What `work` gives; where the library fails on what it reads, an error.
fn whole<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Error::new("a damaged Parquet file"))
}

fn object(row: &ParquetRow, depth: usize) -> Map<String, Json> {
    row.get_column_iter().filter_map(|(name, field)| Some((name.clone(), value(field, depth)?))).collect()
}

fn value(field: &Field, depth: usize) -> Option<Json> {
    let float = |number: f64| Number::from_f64(number).map(Json::Number);
    Some(match field {
        Field::Null => return None,
        Field::Bool(is) => Json::Bool(*is),
        Field::Byte(number) => Json::from(*number),
        Field::Short(number) => Json::from(*number),
        Field::Int(number) => Json::from(*number),
        Field::Long(number) => Json::from(*number),
        Field::UByte(number) => Json::from(*number),
        Field::UShort(number) => Json::from(*number),
        Field::UInt(number) => Json::from(*number),
        Field::ULong(number) => Json::from(*number),
        Field::Float16(number) => return float(number.to_f64()),
        Field::Float(number) => return float(f64::from(*number)),
        Field::Double(number) => return float(*number),
        Field::Str(text) => Json::String(text.clone()),
        Field::Bytes(bytes) => Json::String(std::str::from_utf8(bytes.data()).ok()?.to_string()),
        Field::Group(row) if depth < MAX_DEPTH => Json::Object(object(row, depth + 1)),
        Field::ListInternal(list) if depth < MAX_DEPTH => {
            Json::Array(list.elements().iter().filter_map(|field| value(field, depth + 1)).collect())
        }
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => return None,
        // Dates, moments, times and decimals, as they are written.
        other => Json::String(other.to_string()),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in tests a panic is the message")]
mod tests {
    use super::*;
    use crate::{Column, Value, Writer};
    use proptest::prelude::*;

    const COLUMNS: [Column; 5] = [
        Column::text("text"),
        Column::integer("number"),
        Column::boolean("is"),
        Column::json("json"),
        Column::bytes("bytes"),
    ];

    type Drawn = (Option<String>, Option<i64>, Option<bool>, Option<Vec<u8>>);

    fn written(rows: &[Drawn]) -> Vec<u8> {
        let mut writer = Writer::new("drawn", &COLUMNS, "a test", Vec::new()).unwrap();
        for (text, number, is, bytes) in rows.iter().cloned() {
            writer
                .row(vec![
                    text.clone().map(Value::Text),
                    number.map(Value::Integer),
                    is.map(Value::Boolean),
                    text.map(Value::Json),
                    bytes.map(Value::Bytes),
                ])
                .unwrap();
        }
        writer.end().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_written_is_read(rows: Vec<Drawn>) {
            let mut found = Vec::new();
            rows_of_bytes(written(&rows), |row| {
                let is = row.to_json().get("is").and_then(Json::as_bool);
                assert_eq!(row.text(0), row.text(3));
                found.push((row.text(0).map(str::to_string), row.integer(1), is, row.bytes(4).map(<[u8]>::to_vec)));
                true
            }).unwrap();
            prop_assert_eq!(found, rows);
        }

        #[test]
        fn a_damaged_file_is_an_error_or_reads(rows in prop::collection::vec(any::<Drawn>(), 1..20), at: prop::sample::Index, byte: u8) {
            let mut bytes = written(&rows);
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = rows_of_bytes(bytes.clone(), |_| true);
            bytes.truncate(at);
            prop_assert!(rows_of_bytes(bytes, |_| true).is_err());
        }
    }

    #[test]
    fn reading_ends_where_nobody_wants_more() {
        let rows: Vec<Drawn> = (0..10).map(|n| (None, Some(n), None, None)).collect();
        let mut n = 0;
        rows_of_bytes(written(&rows), |_| {
            n += 1;
            n < 3
        })
        .unwrap();
        assert_eq!(n, 3);
    }
}
