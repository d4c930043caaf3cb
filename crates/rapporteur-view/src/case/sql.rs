//! What a question in SQL finds, for other programs.

use super::json::{FORMAT, VERSION};
use crate::Error;
use rapporteur_store::Cell;
use serde_json::{Value, json};

/// Columns and rows as JSON. A blob is `{"hex": …}`; what is no number that JSON has is its name.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn sql_json(columns: &[String], rows: &[Vec<Cell>]) -> Result<String, Error> {
    let rows: Vec<Vec<Value>> = rows.iter().map(|row| row.iter().map(value).collect()).collect();
    let answer = json!({ "columns": columns, "rows": rows });
    let export = json!({ "format": FORMAT, "version": VERSION, "question": "sql", "answer": answer });
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(number) => json!(number),
        Cell::Real(number) if number.is_finite() => json!(number),
        Cell::Real(number) if *number > 0.0 => json!("Infinity"),
        Cell::Real(_) => json!("-Infinity"),
        Cell::Text(text) => json!(text),
        Cell::Blob(bytes) => json!({ "hex": bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_json() {
        let row = vec![
            Cell::Null,
            Cell::Integer(-1),
            Cell::Real(0.5),
            Cell::Real(f64::INFINITY),
            Cell::Text("a\0“".to_string()),
            Cell::Blob(vec![0, 255]),
        ];
        let told: Value = serde_json::from_str(&sql_json(&["a".to_string()], &[row]).unwrap()).unwrap();
        assert_eq!(told["answer"]["columns"], json!(["a"]));
        assert_eq!(told["answer"]["rows"][0], json!([null, -1, 0.5, "Infinity", "a\0“", { "hex": "00ff" }]));
    }
}
