//! In which order do the items of a layer stand?

use super::times::days_of;
use crate::story::{HASH_BITS, number_of};
use rapporteur_model::TargetLayer;
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

/// What most independent origins report first.
pub(super) const BY_ORIGINS: &str = "e.n_origins_min DESC, e.n_articles DESC, e.value, e.id";

/// Entries of each layer whose positions are kept, from its beginning and from its end.
pub(super) const N_RANKED: i64 = 1_000;
pub(super) const N_RANKED_LAST: i64 = 100;

/// Notes the beginning and the end of each layer.
pub(crate) fn rank(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.execute_batch("DELETE FROM _rank")?;
    let mut insert = connection.prepare("INSERT INTO _rank VALUES (?1, ?2, ?3)")?;
    for layer in TargetLayer::OF_STORY {
        let keys = in_order(connection, layer, &[], Vec::new(), (None, None))?;
        for (position, key) in (0..N_RANKED).zip(&keys) {
            insert.execute([number_of(layer), position, *key])?;
        }
        for (position, key) in (1..=N_RANKED_LAST).zip(keys.iter().rev()) {
            insert.execute([number_of(layer), -position, *key])?;
        }
    }
    Ok(())
}

/// Between which hashes the entries of a layer are.
pub(super) fn bounds(layer: TargetLayer) -> (i64, i64) {
    let first = number_of(layer) << HASH_BITS;
    (first, first | ((1 << HASH_BITS) - 1))
}

/// The keys of a layer's entries that fulfil conditions and lie between days, in the order of the layer: by what does not
/// depend on the order in which articles came.
pub(super) fn in_order(
    connection: &Connection,
    layer: TargetLayer,
    conditions: &[String],
    values: Vec<Value>,
    (from, to): (Option<&str>, Option<&str>),
) -> Result<Vec<i64>, rusqlite::Error> {
    let order = match layer {
        // Of an actor the numbers of statements and of mentions stand in the columns of origins.
        TargetLayer::Actor => "e.n_origins_min DESC, e.n_origins_max DESC, e.label, e.id",
        TargetLayer::Issue => "e.n_articles DESC, e.label, e.id",
        TargetLayer::Position => "i.n_articles DESC, i.label, e.n_articles DESC, e.id",
        TargetLayer::Tension => "e.kind, e.n_articles DESC, e.id",
        _ => BY_ORIGINS,
    };
    let (first, last) = bounds(layer);
    let conditions = conditions.iter().map(|condition| format!(" AND {condition}")).collect::<String>();
    let is_by_time = matches!(layer, TargetLayer::Happening | TargetLayer::Timeline);
    let order = if is_by_time { String::new() } else { format!(" ORDER BY {order}") };
    // To look each entry's issue up takes as long as everything else.
    let is_of_issue = layer == TargetLayer::Position || conditions.contains("i.");
    let issue = if is_of_issue { " LEFT JOIN _entry i ON i.key = e.issue" } else { "" };
    let select = format!(
        "SELECT e.key, e.value, e.id FROM _entry e{issue}
        WHERE e.hash BETWEEN {first} AND {last}{conditions}{order}"
    );
    let mut select = connection.prepare(&select)?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let rows = select.query_map(rusqlite::params_from_iter(&values), row)?;
    let rows = rows.collect::<Result<Vec<(i64, Option<String>, String)>, _>>()?;
    if !is_by_time && from.is_none() && to.is_none() {
        return Ok(rows.into_iter().map(|(key, ..)| key).collect());
    }
    let with_days = |(key, value, id): (i64, Option<String>, String)| {
        let days = value.as_deref().and_then(days_of);
        let is_after = from.is_none_or(|from| days.as_ref().is_some_and(|(_, last)| last.as_str() >= from));
        let is_before = to.is_none_or(|to| days.as_ref().is_some_and(|(first, _)| first.as_str() <= to));
        let first = days.map(|(first, _)| first);
        (is_after && is_before).then_some((first.is_none(), first, value, id, key))
    };
    let mut rows: Vec<_> = rows.into_iter().filter_map(with_days).collect();
    if is_by_time {
        rows.sort_unstable();
    }
    Ok(rows.into_iter().map(|(.., key)| key).collect())
}
