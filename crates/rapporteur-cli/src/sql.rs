//! `rapporteur sql`: a question in SQL over the views of a case.

use crate::arguments::SqlArguments;
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_engine::case::SqlReader;
use rapporteur_view::case::{sql_json, sql_text};

pub(crate) fn run(arguments: &SqlArguments) -> Result<Outcome, Failure> {
    let mut reader = SqlReader::open(&arguments.case.case).map_err(rapporteur_engine::Error::from)?;
    let asked = reader.table(&arguments.question(), arguments.limits());
    let table = asked.map_err(|error| match error.hint() {
        Some(hint) => Failure::with_hint(error.to_string(), hint),
        None => Failure::new(error.to_string()),
    })?;
    let told = if arguments.case.json { sql_json(&table)? } else { sql_text(&table) };
    terminal::write_data(&told)?;
    Ok(if table.rows.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
