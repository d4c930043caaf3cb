//! Entries as they stand in the file, against their digests.

use super::entries::{NewEntry, NewPlace};
use super::{HASH_BITS, hash_of};
use rusqlite::{Connection, Row};

const COLUMNS: &str =
    "e.hash, e.id, e.label, e.kind, a.id, p.id, i.id, e.value, e.status, e.n_articles, e.n_origins_min,
    e.n_origins_max, e.sourcing, e.first, e.facts, e.digest, e.key FROM _entry e
    LEFT JOIN _entry a ON a.key = e.actor LEFT JOIN _entry p ON p.key = e.party LEFT JOIN _entry i ON i.key = e.issue";

/// All entries of a file by id, each with whether it is what was written.
pub(crate) fn entry_digests(connection: &Connection) -> Result<Vec<(String, bool)>, rusqlite::Error> {
    let mut select = connection.prepare(&format!("SELECT {COLUMNS}"))?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(1)?, is_row_whole(connection, row)?));
    }
    Ok(found)
}

/// Whether an entry with all its places is what was written.
pub(crate) fn is_whole(connection: &Connection, key: i64) -> Result<bool, rusqlite::Error> {
    let mut select = connection.prepare_cached(&format!("SELECT {COLUMNS} WHERE e.key = ?1"))?;
    select.query_row([key], |row| is_row_whole(connection, row))
}

fn is_row_whole(connection: &Connection, row: &Row<'_>) -> Result<bool, rusqlite::Error> {
    let mut places = connection.prepare_cached("SELECT part, article, first, last FROM _place WHERE entry = ?1")?;
    let place = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let mut places: Vec<NewPlace> = places.query_map([row.get::<_, i64>(16)?], place)?.collect::<Result<_, _>>()?;
    places.sort_unstable();
    let hash: i64 = row.get(0)?;
    let entry = NewEntry {
        layer: hash >> HASH_BITS,
        id: row.get(1)?,
        label: row.get(2)?,
        kind: row.get(3)?,
        actor: row.get(4)?,
        party: row.get(5)?,
        issue: row.get(6)?,
        value: row.get(7)?,
        status: row.get(8)?,
        n_articles: row.get(9)?,
        n_origins_min: row.get(10)?,
        n_origins_max: row.get(11)?,
        sourcing: row.get(12)?,
        first: row.get(13)?,
        facts: row.get(14)?,
        places,
    };
    Ok(entry.digest() == row.get::<_, i64>(15)? && hash == hash_of(entry.layer, &entry.id))
}
