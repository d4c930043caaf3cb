//! docs/BULK.md describes each table, column by column.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_bulk::tables::{ARTICLES, N_ASKED, TABLES};

#[test]
fn every_column_is_documented_with_its_type() {
    let text = include_str!("../../../docs/BULK.md");
    let mut sections = text.split("\n### `").skip(1);
    for table in TABLES {
        let section = sections.next().unwrap();
        let (name, section) = section.split_once('`').unwrap();
        assert_eq!(name, table.name);
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
        let documented: Vec<(&str, &str)> = rows
            .map(|row| {
                let (name, rest) = row.split_once('`').unwrap();
                (name, rest.split('|').nth(1).unwrap().trim())
            })
            .collect();
        let columns: Vec<(&str, &str)> =
            table.columns.iter().map(|column| (column.name, column.holds.name())).collect();
        assert_eq!(documented, columns, "{name}");
    }
    assert!(sections.next().is_none());
    assert_eq!(ARTICLES.columns[N_ASKED - 1].name, "text", "a condition speaks of the columns up to the text");
}
