//! A JSON object a line, with all columns in their order.

use super::{Rows, Table, Value, hex};
use crate::Error;
use serde_json::Value as Json;
use std::io::Write;

pub(super) struct Jsonl<'o> {
    table: &'static Table,
    out: &'o mut (dyn Write + Send),
}

impl<'o> Jsonl<'o> {
    pub(super) fn new(table: &'static Table, out: &'o mut (dyn Write + Send)) -> Self {
        Jsonl { table, out }
    }
}

impl Rows for Jsonl<'_> {
    fn row(&mut self, values: Vec<Option<Value>>) -> Result<(), Error> {
        let mut object = serde_json::Map::new();
        for (value, column) in values.into_iter().zip(self.table.columns) {
            let json = match value {
                None => Json::Null,
                Some(Value::Text(text)) => Json::String(text),
                Some(Value::Bytes(bytes)) => Json::String(hex(&bytes)),
                Some(Value::Integer(number)) => Json::from(number),
                Some(Value::Boolean(is)) => Json::Bool(is),
                Some(Value::Json(text)) => serde_json::from_str(&text).map_err(|error| {
                    Error::defect(format!("a value of {}.{} is no JSON: {error}", self.table.name, column.name))
                })?,
            };
            object.insert(column.name.to_string(), json);
        }
        serde_json::to_writer(&mut *self.out, &Json::Object(object))?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn end(self: Box<Self>) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}
