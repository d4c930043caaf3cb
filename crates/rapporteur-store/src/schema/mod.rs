//! Which formats of the file there are, and how an old one becomes the newest.
//!
//! A step of [`STEPS`] is never changed once a version of the program was published with it: a new format is a new step,
//! with a case of the old format among the fixtures of the tests.

use crate::Error;
use crate::check::{seal_log, seal_settings, seal_story};
use rusqlite::Connection;
use std::path::Path;

/// `PRAGMA application_id` of a case: the letters `RapC`.
pub(crate) const APPLICATION_ID: i64 = 0x5261_7043;

/// What leads from each format to the next, from nothing to format 1 first. A script may hold several statements.
const STEPS: [&str; 1] = [include_str!("format-1.sql")];

/// The newest format: `PRAGMA user_version` of a case.
pub const FORMAT: i64 = STEPS.len() as i64;

/// The format of a case; `None` for a file that is empty, or none yet.
///
/// # Errors
/// If the file is something else than a case, or its format is newer.
pub(crate) fn format_of(connection: &Connection, path: &Path) -> Result<Option<i64>, Error> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
    let n_objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).map_err(wrap)?;
    let (application, version) = (pragma("application_id").map_err(wrap)?, pragma("user_version").map_err(wrap)?);
    match (application, version) {
        (0, 0) if n_objects == 0 => Ok(None),
        (APPLICATION_ID, version) if version > FORMAT => Err(Error::newer(path, version)),
        (APPLICATION_ID, version) => Ok(Some(version)),
        _ => Err(Error::no_case(path)),
    }
}

/// Brings a case to the newest format, in one transaction, and makes its views anew where they are not those of this
/// program.
pub(crate) fn bring_up(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let from = format_of(connection, path)?.unwrap_or(0);
    let views = include_str!("views.sql");
    let is_current = |connection: &Connection| {
        let made_with = "SELECT value FROM _setting WHERE name = 'views'";
        connection.query_row(made_with, [], |row| row.get::<_, String>(0)).is_ok_and(|made_with| made_with == views)
    };
    if from == FORMAT && is_current(connection) {
        return Ok(());
    }
    let bring = |connection: &mut Connection| {
        let transaction = connection.transaction()?;
        for step in &STEPS[usize::try_from(from).unwrap_or_default()..] {
            transaction.execute_batch(step)?;
        }
        for name in view_names(&transaction)? {
            transaction.execute_batch(&format!("DROP VIEW {name}"))?;
        }
        transaction.execute_batch(views)?;
        transaction.execute("INSERT OR REPLACE INTO _setting VALUES ('views', ?1)", [views])?;
        if from == 0 {
            seal_story(&transaction)?;
            seal_log(&transaction)?;
        }
        seal_settings(&transaction)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        transaction.commit()
    };
    bring(connection).map_err(|error| Error::sqlite(path, &error))
}

fn view_names(connection: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut select = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'view'")?;
    select.query_map([], |row| row.get(0))?.collect()
}
