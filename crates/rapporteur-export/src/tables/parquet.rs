//! Parquet: columns of fixed types, in groups of rows.

use super::{Rows, Table, Value};
use crate::Error;
use rapporteur_columns::Writer;
use std::io::Write;

pub(super) struct Parquet<'o>(Writer<&'o mut (dyn Write + Send)>);

impl<'o> Parquet<'o> {
    pub(super) fn new(table: &Table, out: &'o mut (dyn Write + Send)) -> Result<Self, Error> {
        Ok(Parquet(Writer::new(table.name, table.columns, crate::PARQUET_CREATED_BY, out)?))
    }
}

impl Rows for Parquet<'_> {
    fn row(&mut self, values: Vec<Option<Value>>) -> Result<(), Error> {
        Ok(self.0.row(values)?)
    }

    fn end(self: Box<Self>) -> Result<(), Error> {
        self.0.end()?;
        Ok(())
    }
}
