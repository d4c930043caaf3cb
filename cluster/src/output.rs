//! From the last plans into the tables of the folder.

use crate::Error;
use crate::functions::values::{LinkValue, OriginValue, PassageValue, from_bytes};
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::dataframe::DataFrame;
use datafusion::prelude::SessionContext;
use futures::StreamExt;
use rapporteur_bulk::{LineageTables, Related};
use rapporteur_model::Origin;
use std::path::Path;

/// The origins, in the order of their first articles.
pub(crate) async fn origins(session: &SessionContext) -> Result<Vec<Origin>, Error> {
    let mut found: Vec<OriginValue> = Vec::new();
    let mut batches = session.sql("SELECT unnest(origins) AS origin FROM gathered").await?.execute_stream().await?;
    while let Some(batch) = batches.next().await {
        each(&batch?, "origin", |bytes| {
            found.push(from_bytes(bytes)?);
            Ok(())
        })?;
    }
    found.sort_by_key(|value| value.number);
    Ok(found.into_iter().map(|value| value.origin).collect())
}

/// Writes links with their passages, and the origins.
pub(crate) async fn write(folder: &Path, links: DataFrame, origins: &[Origin]) -> Result<Related, Error> {
    let mut tables = LineageTables::begin(folder)?;
    let mut batches = links.execute_stream().await?;
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        let mut passages: Vec<Vec<PassageValue>> = Vec::new();
        each(&batch, "passages", |bytes| {
            passages.push(from_bytes(bytes)?);
            Ok(())
        })?;
        let mut passages = passages.into_iter();
        each(&batch, "link", |bytes| {
            let LinkValue { link, .. } = from_bytes(bytes)?;
            tables.link(&link)?;
            for value in passages.next().unwrap_or_default() {
                tables.passage(&value.passage, value.places)?;
            }
            Ok(())
        })?;
    }
    Ok(tables.end(origins.iter())?)
}

/// Hands the bytes of a column to `take`, row by row.
fn each(batch: &RecordBatch, name: &str, mut take: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
    let column = batch.column_by_name(name).ok_or_else(|| Error::new(format!("a plan gave no column {name}")))?;
    let column = cast(column, &DataType::Binary).map_err(|error| Error::new(error.to_string()))?;
    let column = column.as_binary::<i32>();
    (0..column.len()).try_for_each(|row| take(column.value(row)))
}
