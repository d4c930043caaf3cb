//! What an earlier export looks like, so that nothing else is overwritten by a later one.

use crate::events::first_line_start;
use crate::tables::Table;
use crate::{
    ANNOTATIONS_START, CALENDAR_START, Export, GRAPHML_START, PARQUET_CREATED_BY, TIMELINE_START, TableFormat,
};

/// How many bytes from either end of a file tell what it is.
pub const N_EDGE_BYTES: usize = 16 << 10;

/// Whether a file that begins and ends with these bytes is an export of this kind, or empty.
pub fn is_own(export: Export, start: &[u8], end: &[u8]) -> bool {
    let begins = |mark: &str| start.starts_with(mark.as_bytes());
    start.is_empty()
        || match export {
            Export::Table(table, TableFormat::Csv) => begins(&(header(table) + "\r\n")),
            Export::Table(table, TableFormat::Jsonl) => is_object_of(table, start),
            Export::Table(_, TableFormat::Parquet) => {
                // Whatever version it was that wrote it.
                let made_by = PARQUET_CREATED_BY.rsplit_once(' ').map_or(PARQUET_CREATED_BY, |(name, _)| name);
                begins("PAR1") && end.windows(made_by.len()).any(|window| window == made_by.as_bytes())
            }
            Export::Events(format) => begins(first_line_start(format)),
            Export::Annotations => begins(ANNOTATIONS_START),
            Export::Graph(_) => begins(GRAPHML_START),
            Export::TimelineJs => begins(TIMELINE_START),
            Export::Calendar => begins(CALENDAR_START),
        }
}

fn header(table: &Table) -> String {
    table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",")
}

/// Whether a line of JSON begins with the first two columns; texts may be longer than what is looked at.
fn is_object_of(table: &Table, start: &[u8]) -> bool {
    let [first, second, ..] = table.columns else { return false };
    let text = String::from_utf8_lossy(start);
    text.starts_with(&format!("{{\"{}\":", first.name)) && text.contains(&format!(",\"{}\":", second.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_not_taken_for_exports() {
        let table = Table::named("gap").unwrap();
        let csv = Export::Table(table, TableFormat::Csv);
        assert!(is_own(csv, b"", b""));
        assert!(is_own(csv, b"id,at,author,reason,run\r\n1", b""));
        assert!(!is_own(csv, b"id,at,author,reason,run,more\r\n1", b""));
        let jsonl = Export::Table(table, TableFormat::Jsonl);
        assert!(is_own(jsonl, b"{\"id\":\"x\",\"at\":null", b""));
        assert!(!is_own(jsonl, b"{\"id\":\"x\"}", b""));
        let parquet = Export::Table(table, TableFormat::Parquet);
        assert!(is_own(parquet, b"PAR1", b"..rapporteur version 0.0.1..PAR1"));
        assert!(!is_own(parquet, b"PAR1", b"..parquet-cpp..PAR1"));
        assert!(!is_own(Export::Calendar, b"BEGIN:VCALENDAR\r\nPRODID:-//Other", b""));
    }
}
