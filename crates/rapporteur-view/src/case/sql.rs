//! What a question in SQL finds, for people and for other programs.

use super::json::{FORMAT, VERSION};
use crate::Error;
use crate::page::cut;
use crate::visible::on_one_line;
use rapporteur_store::{Cell, SqlTable};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

/// Columns of one cell in a text; the rest is cut.
const CELL_WIDTH: usize = 60;

/// The rows under the names of their columns.
pub fn sql_text(SqlTable { columns, rows }: &SqlTable) -> String {
    let cell = |cell: &Cell| {
        let text = match cell {
            Cell::Null => String::new(),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => on_one_line(text),
            Cell::Blob(bytes) => format!("{} bytes", bytes.len()),
        };
        cut(&text, CELL_WIDTH)
    };
    let mut lines: Vec<Vec<String>> = vec![columns.iter().map(|name| on_one_line(name)).collect()];
    lines.extend(rows.iter().map(|row| row.iter().map(cell).collect()));
    let width = |at: usize| lines.iter().map(|line| line[at].width()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let padded =
            line.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        text.push_str(padded.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Columns and rows as JSON. A blob is `{"hex": …}`; what is no number that JSON has is its name.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn sql_json(SqlTable { columns, rows }: &SqlTable) -> Result<String, Error> {
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
    fn a_table_has_its_columns_under_each_other() {
        let columns = vec!["who".to_string(), "n".to_string()];
        let rows = vec![
            vec![Cell::Text("Mara\u{202E} 漢".to_string()), Cell::Integer(3)],
            vec![Cell::Null, Cell::Blob(vec![1, 2])],
        ];
        let text = sql_text(&SqlTable { columns, rows });
        let at: Vec<Option<usize>> = text
            .lines()
            .zip(["n", "3", "2 bytes"])
            .map(|(line, last)| line.rfind(last).map(|at| line[..at].width()))
            .collect();
        assert!(at.iter().all(|column| column.is_some() && *column == at[0]), "{text}");
        assert!(!text.contains('\u{202E}'));
    }

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
        let table = SqlTable { columns: vec!["a".to_string()], rows: vec![row] };
        let told: Value = serde_json::from_str(&sql_json(&table).unwrap()).unwrap();
        assert_eq!(told["answer"]["columns"], json!(["a"]));
        assert_eq!(told["answer"]["rows"][0], json!([null, -1, 0.5, "Infinity", "a\0“", { "hex": "00ff" }]));
    }
}
