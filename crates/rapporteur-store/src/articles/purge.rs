//! Articles out of the file, for good.

use crate::blocks::{Block, Keyed};
use crate::check::{seal_log, seal_story};
use crate::{Case, Error};
use rapporteur_model::{ArticleId, Instant, Record};
use rusqlite::{Connection, params};
use std::path::Path;

impl Case {
    /// Takes an article out for good: its text, bytes and record, the words of it in the index, in the log of corrections
    /// and in the list of changes, and what the pages of the file still hold of them. A gap stays with its id, which tells
    /// nothing of the article, and keeps it from being read again. The story has to be told anew afterwards. Gives
    /// whether there was such an article.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn purge(
        &mut self,
        run: i64,
        article: &ArticleId,
        at: &Instant,
        author: &str,
        reason: Option<&str>,
    ) -> Result<bool, Error> {
        let path = self.path.clone();
        let select = "SELECT key FROM _article WHERE id = ?1";
        let key: i64 = match self.connection.query_row(select, [article.as_str()], |row| row.get(0)) {
            Ok(key) => key,
            Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(false),
            Err(error) => return Err(self.fail(error)),
        };
        self.change(|connection| {
            let wrap = |error: rusqlite::Error| Error::sqlite(&path, &error);
            let name = "SELECT name FROM _article WHERE key = ?1";
            let name: String = connection.query_row(name, [key], |row| row.get(0)).map_err(wrap)?;
            let mut names = names_in(connection, key).map_err(wrap)?;
            take_out(connection, &path, key)?;
            retain_gone(connection, &mut names).map_err(wrap)?;
            for name in names.iter().chain([&name]) {
                let forget = format!("UPDATE _change SET why = '{RESTS_ON_OTHERS}' WHERE instr(why, ?1)");
                connection.execute(&forget, [name]).map_err(wrap)?;
            }
            connection
                .execute(
                    "INSERT OR REPLACE INTO _gap VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![article.as_str(), at.as_str(), author, reason, run],
                )
                .map_err(wrap)?;
            connection.execute("UPDATE _change SET words = NULL WHERE article = ?1", [key]).map_err(wrap)?;
            crate::corrections::forget(connection, &path, article)?;
            seal_log(connection).map_err(wrap)?;
            seal_story(connection).map_err(wrap)?;
            Ok(())
        })?;
        Ok(true)
    }

    /// Takes what rests on no article of the case any more out of the list of changes, after a purge that began with `run`:
    /// ids and names are words of the article too, also of what an earlier run has withdrawn. What the purge tells otherwise
    /// is not told with what it was before. How many they were stays with the run.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn forget_withdrawn(&mut self, run: i64) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            let forget = || {
                connection.execute_batch(
                    "DELETE FROM _change WHERE (layer, id) IN (
                    SELECT layer, id FROM _change WHERE kind = 'withdrawn'
                    AND (article IS NULL OR article NOT IN (SELECT key FROM _article)))",
                )?;
                let otherwise =
                    format!("UPDATE _change SET why = '{RESTS_ON_OTHERS}' WHERE run >= ?1 AND kind = 'changed'");
                connection.execute(&otherwise, [run])?;
                seal_story(connection)
            };
            forget().map_err(|error| Error::sqlite(&path, &error))
        })
    }

    /// Writes the file anew with its rows close together, as after a run that added most of it. Needs as much room again while
    /// it is done; where there is none the file stays as it is.
    pub fn compact(&mut self) {
        // What is complete stays complete, in more room.
        let _ = self.connection.execute_batch("VACUUM");
    }

    /// Makes the indexes of words anew and writes the file anew, so that no page holds what was deleted.
    ///
    /// # Errors
    /// If the file cannot be written: it needs as much room again while it is done.
    pub fn wipe(&mut self) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            // What an index has deleted stays in its pages until they are merged; a new one has never held it.
            let fill = fill_index(connection).and_then(|()| crate::story::fill_index(connection));
            fill.map_err(|error| Error::sqlite(&path, &error))
        })?;
        let wipe = || {
            self.connection.execute_batch("PRAGMA secure_delete = ON; VACUUM")?;
            self.connection.pragma_update_and_check(None, "wal_checkpoint", "truncate", |_| Ok(()))
        };
        wipe().map_err(|error| self.fail(error))
    }
}

/// Why something is told otherwise, where the reason itself has words of an article that was purged.
const RESTS_ON_OTHERS: &str = "it rests on other articles since one was purged";

/// What the people and issues of an article are called, or were before they were withdrawn. Ids that they had before are
/// forgotten: they are made of names.
fn names_in(connection: &Connection, article: i64) -> Result<Vec<String>, rusqlite::Error> {
    let here = "SELECT DISTINCT entry FROM _place WHERE article = ?1";
    connection.execute(&format!("DELETE FROM _former WHERE entry IN ({here})"), [article])?;
    let select = format!(
        "SELECT label FROM _entry WHERE key IN ({here}) AND label IS NOT NULL
        UNION SELECT a.value FROM _entry e, json_each(e.facts, '$.aliases') a WHERE e.key IN ({here})
        UNION SELECT words FROM _change WHERE article = ?1 AND words IS NOT NULL"
    );
    connection.prepare(&select)?.query_map([article], |row| row.get(0))?.collect()
}

/// Keeps the names that stand in none of the texts that are left.
fn retain_gone(connection: &Connection, names: &mut Vec<String>) -> Result<(), rusqlite::Error> {
    let mut select = connection.prepare("SELECT EXISTS (SELECT 1 FROM _text WHERE instr(text, ?1))")?;
    let mut gone = Vec::new();
    for name in names.drain(..) {
        if !select.query_row([&name], |row| row.get::<_, bool>(0))? {
            gone.push(name);
        }
    }
    *names = gone;
    Ok(())
}

/// Makes the index of texts anew.
pub(crate) fn fill_index(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.execute_batch(
        "INSERT INTO _text_index (_text_index) VALUES ('delete-all');
        INSERT INTO _text_index (_text_index) VALUES ('rebuild')",
    )
}

/// Takes an article and its record out of all tables of articles.
pub(super) fn take_out(connection: &Connection, path: &Path, key: i64) -> Result<(), Error> {
    let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
    let select = "SELECT b.number, b.record_format, b.articles, b.records, b.digest
        FROM _article a JOIN _block b ON b.number = a.block WHERE a.key = ?1";
    let (number, block) = connection
        .query_row(select, [key], |row| {
            let block =
                Block { record_format: row.get(1)?, articles: row.get(2)?, records: row.get(3)?, digest: row.get(4)? };
            Ok((row.get::<_, i64>(0)?, block))
        })
        .map_err(wrap)?;
    let articles = block.articles(path)?;
    if let Some(records) = block.records(path)? {
        let rest: Vec<(Keyed, Record)> =
            articles.into_iter().zip(records).filter(|((other, _), _)| *other != key).collect();
        let (articles, records): (Vec<Keyed>, Vec<Record>) = rest.into_iter().unzip();
        let block = Block::new(&articles, &records.iter().collect::<Vec<_>>(), path)?;
        let update = "UPDATE _block SET articles = ?2, records = ?3, digest = ?4 WHERE number = ?1";
        connection.execute(update, params![number, block.articles, block.records, block.digest]).map_err(wrap)?;
    } else {
        let message = "another version of the program has made the records";
        let hint = "`rapporteur read --case CASE --again` makes them anew; then it can be done";
        return Err(Error::other(path, message).with_hint(hint));
    }
    let delete = || {
        for table in ["_bytes", "_dated", "_lineage"] {
            connection.execute(&format!("DELETE FROM {table} WHERE article = ?1"), [key])?;
        }
        let text: i64 = connection.query_row("SELECT text FROM _article WHERE key = ?1", [key], |row| row.get(0))?;
        connection.execute("DELETE FROM _article WHERE key = ?1", [key])?;
        let rest = "SELECT count(*) FROM _article WHERE text = ?1";
        if connection.query_row(rest, [text], |row| row.get::<_, i64>(0))? == 0 {
            // An index over texts that stand elsewhere has to be told what it forgets.
            let index = "INSERT INTO _text_index (_text_index, rowid, text) SELECT 'delete', key, text FROM _text WHERE key = ?1";
            connection.execute(index, [text])?;
            connection.execute("DELETE FROM _text WHERE key = ?1", [text])?;
        }
        Ok(())
    };
    delete().map_err(wrap)?;
    Ok(())
}
