//! The tables that are kept between plans, as Parquet files of a folder that all machines see.

use crate::Error;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::dataframe::DataFrame;
use datafusion::logical_expr::{EmptyRelation, LogicalPlan};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use futures::StreamExt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A part of a file that one task reads.
const ROWS_A_GROUP: usize = 16_384;

/// A folder of tables.
pub(crate) struct Tables {
    folder: PathBuf,
}

impl Tables {
    /// Begins a new folder in the place of an earlier one.
    pub(crate) fn begin(folder: PathBuf) -> Result<Self, Error> {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Tables { folder })
    }

    /// Writes the answer of a plan, over that of an earlier run; gives the number of its rows.
    pub(crate) async fn write(&self, name: &str, answer: &DataFrame) -> Result<usize, Error> {
        let mut writer = self.writer(name, answer.schema().inner())?;
        let mut batches = answer.clone().execute_stream().await?;
        let mut n_rows = 0;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            n_rows += batch.num_rows();
            writer.write(&batch).map_err(written(name))?;
        }
        writer.close().map_err(written(name))?;
        Ok(n_rows)
    }

    /// Registers what was written as a table of a session.
    pub(crate) async fn register_kept(
        &self,
        session: &SessionContext,
        name: &str,
        answer: &DataFrame,
        n_rows: usize,
    ) -> Result<(), Error> {
        if n_rows > 0 {
            return self.register(session, name).await;
        }
        // A scan of nothing has no parts, for which a cluster waits in vain: it is told that there is nothing.
        let nothing = EmptyRelation { produce_one_row: false, schema: Arc::new(answer.schema().clone()) };
        let nothing = DataFrame::new(session.state(), LogicalPlan::EmptyRelation(nothing));
        session.register_table(name, nothing.into_view())?;
        Ok(())
    }

    /// Keeps rows that this process has made.
    pub(crate) async fn keep_rows(
        &self,
        session: &SessionContext,
        name: &str,
        rows: &RecordBatch,
    ) -> Result<(), Error> {
        let mut writer = self.writer(name, &rows.schema())?;
        writer.write(rows).map_err(written(name))?;
        writer.close().map_err(written(name))?;
        self.register(session, name).await
    }

    /// Takes the folder away.
    pub(crate) fn end(self) -> Result<(), Error> {
        Ok(std::fs::remove_dir_all(self.folder)?)
    }

    fn writer(&self, name: &str, schema: &datafusion::arrow::datatypes::SchemaRef) -> Result<ArrowWriter<File>, Error> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROWS_A_GROUP))
            .build();
        let file = File::create(self.path(name))?;
        ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(written(name))
    }

    /// Registers a table that is kept.
    pub(crate) async fn register(&self, session: &SessionContext, name: &str) -> Result<(), Error> {
        register(session, name, &self.path(name)).await
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.parquet"))
    }
}

/// Registers a file, or all files of a folder, as a table.
pub(crate) async fn register(session: &SessionContext, name: &str, path: &Path) -> Result<(), Error> {
    let place = path.to_str().ok_or_else(|| Error::new(format!("{}: the path is no UTF-8", path.display())))?;
    let place = if path.is_dir() { format!("{place}/") } else { place.to_string() };
    Ok(session.register_parquet(name, place, ParquetReadOptions::default()).await?)
}

fn written(name: &str) -> impl Fn(datafusion::parquet::errors::ParquetError) -> Error {
    let name = name.to_string();
    move |error| Error::new(format!("the table {name}: {error}"))
}
