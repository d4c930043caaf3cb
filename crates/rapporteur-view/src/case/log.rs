//! The log of corrections as JSON Lines, and what a run has done.

use super::json::{FORMAT, VERSION};
use crate::Error;
use crate::wording::thousands;
use rapporteur_model::Correction;
use schemars::{Schema, SchemaGenerator};
use serde_json::json;

/// An entry of the log as JSON on one line, with a line break at the end.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn log_line(entry: &Correction) -> Result<String, Error> {
    let mut line = serde_json::to_string(entry).map_err(|error| Error::new(error.to_string()))?;
    line.push('\n');
    Ok(line)
}

/// The schema of an entry of the log.
pub fn log_schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Correction>()
}

/// The entry that a line of a log has.
///
/// # Errors
/// If the line is something else; the error says what is wrong with it.
pub fn correction_of(line: &str) -> Result<Correction, Error> {
    serde_json::from_str(line).map_err(|error| Error::new(format!("no correction: {error}")))
}

/// What a run has done, as JSON; `counts` are numbers with what they count.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn run_json(run: i64, counts: &[(&str, usize)]) -> Result<String, Error> {
    let counts: serde_json::Map<String, serde_json::Value> =
        counts.iter().map(|(what, n)| (what.replace(' ', "_"), json!(n))).collect();
    let answer = json!({ "run": run, "counts": counts });
    let export = json!({ "format": FORMAT, "version": VERSION, "question": "run", "answer": answer });
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}

/// What a run has done, on one line; what there is none of is left out.
pub fn run_text(run: i64, counts: &[(&str, usize)]) -> String {
    let some = counts.iter().filter(|(_, n)| *n > 0);
    let told: Vec<String> = some.map(|(what, n)| format!("{what}: {}", thousands(*n))).collect();
    format!("run {run}: {}\n", if told.is_empty() { "nothing to do".to_string() } else { told.join(", ") })
}
