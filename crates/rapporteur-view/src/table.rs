//! A table that somebody asked for in SQL, as people and as programs read it.

use crate::Error;
use crate::visible::on_one_line;
use rapporteur_store::Cell;
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

/// Columns of one cell in a text; the rest is cut.
const CELL_WIDTH: usize = 60;

/// The rows under the names of their columns.
pub fn to_text(columns: &[String], rows: &[Vec<Cell>]) -> String {
    let cell = |cell: &Cell| {
        let text = match cell {
            Cell::Null => String::new(),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => on_one_line(text),
            Cell::Blob(bytes) => format!("{} bytes", bytes.len()),
        };
        crate::page::cut(&text, CELL_WIDTH)
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

/// An object a line, with the columns in their order; bytes as numbers of a list.
///
/// # Errors
/// If two columns have one name: as an object a row cannot have both.
pub fn to_json_lines(columns: &[String], rows: &[Vec<Cell>]) -> Result<String, Error> {
    if let Some(twice) = columns.iter().enumerate().find(|(at, name)| columns[..*at].contains(name)) {
        return Err(Error::new(format!("two columns are called {}; name one with AS", on_one_line(twice.1))));
    }
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Integer(number) => Value::from(*number),
        Cell::Real(number) => Value::from(*number),
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Blob(bytes) => Value::from(bytes.clone()),
    };
    let mut lines = String::new();
    for row in rows {
        let object: Map<String, Value> = columns.iter().cloned().zip(row.iter().map(value)).collect();
        lines.push_str(&Value::Object(object).to_string());
        lines.push('\n');
    }
    Ok(lines)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in tests a panic is the message")]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_by_people_and_programs() {
        let columns = ["who".to_string(), "n".to_string()];
        let rows =
            [vec![Cell::Text("Mara\u{202E} Tellin".to_string()), Cell::Integer(3)], vec![Cell::Null, Cell::Real(1.5)]];
        let text = to_text(&columns, &rows);
        assert!(text.starts_with("who") && text.lines().count() == 3 && !text.contains('\u{202E}'), "{text}");
        let json = to_json_lines(&columns, &rows).unwrap();
        assert_eq!(json, "{\"who\":\"Mara\u{202E} Tellin\",\"n\":3}\n{\"who\":null,\"n\":1.5}\n");
        assert!(to_json_lines(&["a".to_string(), "a".to_string()], &[]).is_err());
    }
}
