//! Tables: what they hold is what the case holds, whatever stands in it.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod hostile;

use hostile::{case, exported, text, told};
use rapporteur_export::tables::{Column, ColumnType, TABLES, Table};
use rapporteur_export::{Export, Exporter, Formulas, TableFormat, is_own};
use rapporteur_store::{Cell, SqlLimits, SqlReader, VIEWS};
use rapporteur_testkit::coverage;
use std::path::Path;

/// All rows of a view, sorted by themselves.
fn asked(path: &Path, table: &Table) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut reader = SqlReader::open(path).unwrap();
    let question = format!("SELECT * FROM {}", table.name);
    let mut names = Vec::new();
    let shown = |cell: &Cell, holds: ColumnType| match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) if holds == ColumnType::Boolean => (*number != 0).to_string(),
        Cell::Integer(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    reader
        .ask(&question, SqlLimits::default(), &mut |columns| names = columns.to_vec(), &mut |row| {
            rows.push(
                row.iter().zip(table.columns).map(|(cell, column)| shown(cell, column.holds)).collect::<Vec<_>>(),
            );
        })
        .unwrap();
    assert_eq!(names, table.columns.iter().map(|column| column.name).collect::<Vec<_>>(), "{}", table.name);
    rows.sort();
    rows
}

#[test]
fn tables_are_the_views_and_their_columns_are_described() {
    assert_eq!(TABLES.each_ref().map(|table| table.name), VIEWS);
    let described = include_str!("../../../docs/EXPORT.md");
    for table in &TABLES {
        let (_, after) = described.split_once(&format!("### `{}`\n", table.name)).unwrap();
        let lines = after.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
        let lines: Vec<&str> = lines.take_while(|line| line.starts_with('|')).collect();
        assert_eq!(lines.len(), table.columns.len(), "{}", table.name);
        for (line, column) in lines.iter().zip(table.columns) {
            let start = format!("| `{}` | {} | ", column.name, column.holds.name());
            assert!(line.starts_with(&start), "{}: {line}", table.name);
        }
    }
}

#[test]
fn every_format_holds_what_the_case_holds() {
    let folder = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    for path in [case(&folder), told(&other, coverage(3, 14))] {
        let mut n_all = 0;
        for table in &TABLES {
            let rows = asked(&path, table);
            n_all += rows.len();
            for (format, read) in [
                (TableFormat::Csv, from_csv as fn(&Table, &[u8]) -> Vec<Vec<String>>),
                (TableFormat::Jsonl, from_jsonl),
                (TableFormat::Parquet, from_parquet),
            ] {
                let export = Export::Table(table, format);
                let (bytes, n) = exported(&path, export, Formulas::Raw);
                assert_eq!(n, rows.len());
                assert!(bytes == exported(&path, export, Formulas::Raw).0, "the same bytes");
                let mut found = read(table, &bytes);
                found.sort();
                assert!(found == rows, "{} as {format:?}: {found:#?}\nand not\n{rows:#?}", table.name);
                let at = bytes.len().saturating_sub(4096);
                assert!(is_own(export, &bytes[..bytes.len().min(4096)], &bytes[at..]), "{}", table.name);
            }
        }
        assert!(n_all > 30, "{n_all}");
    }
}

fn from_csv(table: &Table, bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    assert_eq!(reader.headers().unwrap(), table.columns.iter().map(|column| column.name).collect::<Vec<_>>());
    reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect()
}

fn from_jsonl(table: &Table, bytes: &[u8]) -> Vec<Vec<String>> {
    let lines = std::str::from_utf8(bytes).unwrap().split_terminator('\n');
    let row = |line: &str| {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        assert_eq!(object.len(), table.columns.len());
        let cells = object.iter().zip(table.columns).map(|((name, value), column)| {
            assert_eq!(name, column.name);
            match value {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            }
        });
        cells.collect()
    };
    lines.map(row).collect()
}

fn from_parquet(table: &Table, bytes: &[u8]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let read = rapporteur_columns::rows_of_bytes(bytes.to_vec(), |row| {
        assert!(row.names().eq(table.columns.iter().map(|column| column.name)));
        let object = row.to_json();
        let cell = |column: &Column| match object.get(column.name) {
            None => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        rows.push(table.columns.iter().map(cell).collect());
        true
    });
    read.unwrap();
    rows
}

#[test]
fn formulas_in_csv_are_inert() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let table = Table::named("utterance").unwrap();
    let (csv, _) = text(&path, Export::Table(table, TableFormat::Csv));
    let rows = from_csv(table, csv.as_bytes());
    let words = table.columns.iter().position(|column| column.name == "words").unwrap();
    assert!(rows.iter().any(|row| row[words].starts_with("'=cmd|")), "{rows:?}");
    for row in rows {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
    }
}

#[test]
fn a_damaged_text_is_an_error_that_names_the_article() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let mut bytes = std::fs::read(&path).unwrap();
    // The text of an article and no other copy of it.
    let words = "watched.\nThe delegations".as_bytes();
    let places: Vec<usize> =
        bytes.windows(words.len()).enumerate().filter(|(_, window)| *window == words).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    places.into_iter().for_each(|at| bytes[at] = b'W');
    std::fs::write(&path, bytes).unwrap();
    for name in ["article", "place", "utterance", "timeline"] {
        let mut exporter = Exporter::open(&path).unwrap();
        let export = Export::Table(Table::named(name).unwrap(), TableFormat::Jsonl);
        let error = exporter.at_one_moment(|moment| moment.write(export, Formulas::Inert, &mut Vec::new()));
        let error = error.unwrap_err();
        assert!(error.to_string().contains("text"), "{name}: {error}");
    }
}
