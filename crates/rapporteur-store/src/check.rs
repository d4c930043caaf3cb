//! Is a case whole? Every row is compared with what was written.

use crate::blocks::expanded;
use crate::digest::digest;
use crate::story::{UTTERANCE_WORDS, entry_digests};
use crate::{Case, Error};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::{BTreeSet, HashSet};

/// Something that is wrong with a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, as a lowercase fragment.
    pub message: String,
    /// The article that it hits, by location, where it is one.
    pub location: Option<String>,
}

/// Looks at one part of a case.
type Part = fn(&Case) -> Result<Vec<Problem>, Error>;

/// At most so many problems of one kind are listed.
const MAX_LISTED: usize = 20;

/// Tables that only a telling of the story writes.
const OF_STORY: [&str; 9] =
    ["_former", "_phrase", "_lineage", "_link", "_overlap", "_mark", "_orphan", "_change", "_rank"];
/// Tables that each step of a run may write.
const OF_LOG: [&str; 3] = ["_run", "_skipped", "_gap"];
/// Settings, without the seals, and of what the file is made.
const OF_SETTINGS: [&str; 2] = [
    "(SELECT * FROM _setting WHERE substr(name, 1, 5) <> 'seal_')",
    "(SELECT type, name, tbl_name, sql FROM sqlite_master)",
];

/// Notes what stands in the tables that a telling of the story writes.
pub(crate) fn seal_story(connection: &Connection) -> Result<(), rusqlite::Error> {
    seal(connection, "seal_story", &OF_STORY)
}

/// Notes what stands in the tables of the log.
pub(crate) fn seal_log(connection: &Connection) -> Result<(), rusqlite::Error> {
    seal(connection, "seal_log", &OF_LOG)
}

/// Notes the settings and of what the file is made.
pub(crate) fn seal_settings(connection: &Connection) -> Result<(), rusqlite::Error> {
    seal(connection, "seal_settings", &OF_SETTINGS)
}

fn seal(connection: &Connection, name: &str, tables: &[&str]) -> Result<(), rusqlite::Error> {
    let seal = digest_of(connection, tables)?.to_string();
    connection.execute("INSERT OR REPLACE INTO _setting VALUES (?1, ?2)", [name, &seal]).map(|_| ())
}

/// The columns of an article that its digest covers.
pub(crate) const ARTICLE_COLUMNS: &str = "id, text_id, name, location, format, title, outlet, byline, url, published,
    language, sha256, n_bytes, bytes_kept, run";

/// What the digest of a record with a date of others covers.
pub(crate) const DATED_COLUMNS: &str = "article, date, record_format, body";

/// A digest over the first columns of a row.
pub(crate) fn row_digest(row: &Row<'_>, n_columns: usize) -> Result<i64, rusqlite::Error> {
    let mut bytes = Vec::new();
    add_row(&mut bytes, row, n_columns)?;
    Ok(digest(&[&bytes]))
}

fn add_row(bytes: &mut Vec<u8>, row: &Row<'_>, n_columns: usize) -> Result<(), rusqlite::Error> {
    for column in 0..n_columns {
        match row.get_ref(column)? {
            ValueRef::Null => bytes.push(0),
            ValueRef::Integer(value) => add(bytes, 1, &value.to_le_bytes()),
            ValueRef::Real(value) => add(bytes, 2, &value.to_le_bytes()),
            ValueRef::Text(value) => add(bytes, 3, value),
            ValueRef::Blob(value) => add(bytes, 4, value),
        }
    }
    Ok(())
}

/// One bit of the file tells a text from other bytes: the type counts as well.
fn add(bytes: &mut Vec<u8>, of_type: u8, value: &[u8]) {
    bytes.push(of_type);
    bytes.extend((value.len() as u64).to_le_bytes());
    bytes.extend(value);
}

/// A digest over all that stands in some tables.
fn digest_of(connection: &Connection, tables: &[&str]) -> Result<i64, rusqlite::Error> {
    let mut bytes = Vec::new();
    for table in tables {
        let mut select = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))?;
        let n_columns = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            add_row(&mut bytes, row, n_columns)?;
        }
    }
    Ok(digest(&[&bytes]))
}

impl Case {
    /// All that is wrong with the file; nothing where it is whole.
    ///
    /// # Errors
    /// If it cannot be read at all.
    pub fn check(&self) -> Result<Vec<Problem>, Error> {
        let mut problems = Vec::new();
        // Each part is looked at for itself: what is damaged in one does not hide what is whole in another.
        let parts: [Part; 7] = [
            Case::check_file,
            Case::check_texts,
            Case::check_blocks,
            Case::check_corrections,
            Case::check_entries,
            Case::check_seals,
            Case::check_index,
        ];
        for part in parts {
            match part(self) {
                Ok(found) => problems.extend(found),
                Err(error) => problems.push(Problem { message: error.message().to_string(), location: None }),
            }
        }
        problems.dedup();
        Ok(problems)
    }

    fn check_file(&self) -> Result<Vec<Problem>, Error> {
        let read = || {
            let mut select = self.connection.prepare(&format!("PRAGMA integrity_check({MAX_LISTED})"))?;
            select.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()
        };
        let found = read().map_err(|error| self.fail(error))?;
        let wrong = found.into_iter().filter(|line| line != "ok");
        Ok(wrong.map(|line| problem(format!("SQLite: {}", line.replace('\n', " ")))).collect())
    }

    fn check_texts(&self) -> Result<Vec<Problem>, Error> {
        let select = format!(
            "SELECT {ARTICLE_COLUMNS}, digest, t.text, t.written, t.text_of FROM _article
            LEFT JOIN (SELECT key AS text_key, id AS text_of, digest AS written, text FROM _text) t ON t.text_key = _article.text"
        );
        let mut problems = self.each(&select, |row| {
            let (id, location): (String, String) = (row.get(0)?, row.get(3)?);
            let (text, written): (Option<String>, Option<i64>) = (row.get(16)?, row.get(17)?);
            let is_whole = row_digest(row, 15)? == row.get::<_, i64>(15)?
                && row.get::<_, Option<String>>(18)? == row.get::<_, Option<String>>(1)?;
            let message = match text {
                None => "has no text",
                Some(text) if Some(digest(&[text.as_bytes()])) != written => "has a text that is not what was read",
                Some(_) if !is_whole => "is not what was written",
                Some(_) => return Ok(None),
            };
            Ok(Some(Problem { message: format!("article {id} {message}"), location: Some(location) }))
        })?;
        let select =
            "SELECT a.location, a.id, b.body, b.digest, a.sha256 FROM _bytes b JOIN _article a ON a.key = b.article";
        problems.extend(self.each(select, |row| {
            let (location, id): (String, String) = (row.get(0)?, row.get(1)?);
            let body: Vec<u8> = row.get(2)?;
            let is_whole = digest(&[&body]) == row.get::<_, i64>(3)?
                && expanded(&body, &self.path).is_ok_and(|bytes| {
                    row.get::<_, Vec<u8>>(4).is_ok_and(|hash| crate::digest::sha256(&bytes) == hash)
                });
            let message = format!("article {id} has bytes that are not those that were read");
            Ok((!is_whole).then_some(Problem { message, location: Some(location) }))
        })?);
        let without =
            "SELECT location, id FROM _article WHERE bytes_kept = 2 AND key NOT IN (SELECT article FROM _bytes)";
        problems.extend(self.each(without, |row| {
            let message = format!("article {} does not have the bytes that were kept", row.get::<_, String>(1)?);
            Ok(Some(Problem { message, location: row.get(0)? }))
        })?);
        let select = format!("SELECT {DATED_COLUMNS}, digest FROM _dated");
        problems.extend(self.each(&select, |row| {
            let is_whole = row_digest(row, 4)? == row.get::<_, i64>(4)?;
            Ok((!is_whole).then(|| problem("a record with a date of others is not what was written".to_string())))
        })?);
        Ok(problems)
    }

    fn check_blocks(&self) -> Result<Vec<Problem>, Error> {
        let mut problems = Vec::new();
        let mut in_blocks = BTreeSet::new();
        for (number, block) in self.blocks()? {
            match block.articles(&self.path).and_then(|articles| block.records(&self.path).map(|_| articles)) {
                Ok(articles) => in_blocks.extend(articles.into_iter().map(|(key, _)| (number, key))),
                Err(error) => problems.push(problem(error.message().to_string())),
            }
        }
        problems.extend(self.each("SELECT key, location, id, block FROM _article", |row| {
            let is_there = in_blocks.contains(&(row.get(3)?, row.get(0)?));
            let message = format!("article {} has no record", row.get::<_, String>(2)?);
            Ok((!is_there).then_some(Problem { message, location: row.get(1)? }))
        })?);
        Ok(problems)
    }

    fn check_corrections(&self) -> Result<Vec<Problem>, Error> {
        let select = "SELECT id, at, author, act, body, digest FROM _correction";
        self.each(select, |row| {
            let body: String = row.get(4)?;
            let entry = serde_json::from_str::<rapporteur_model::Correction>(&body);
            let fits = |entry: rapporteur_model::Correction| {
                Ok::<_, rusqlite::Error>(
                    entry.id.as_str() == row.get::<_, String>(0)?
                        && entry.at.as_str() == row.get::<_, String>(1)?
                        && entry.author == row.get::<_, String>(2)?
                        && entry.act.name() == row.get::<_, String>(3)?,
                )
            };
            let is_whole =
                digest(&[body.as_bytes()]) == row.get::<_, i64>(5)? && entry.is_ok_and(|e| fits(e).unwrap_or(false));
            let message = format!("{} in the log is not what was written", row.get::<_, String>(0)?);
            Ok((!is_whole).then(|| problem(message)))
        })
    }

    fn check_entries(&self) -> Result<Vec<Problem>, Error> {
        let found = entry_digests(&self.connection).map_err(|error| self.fail(error))?;
        let wrong = found.into_iter().filter(|(_, is_whole)| !is_whole).take(MAX_LISTED);
        Ok(wrong.map(|(id, _)| problem(format!("{id} of the story is not what was written"))).collect())
    }

    fn check_seals(&self) -> Result<Vec<Problem>, Error> {
        let mut problems = Vec::new();
        for (name, tables, what) in [
            ("seal_story", &OF_STORY[..], "how articles relate and what changed"),
            ("seal_log", &OF_LOG[..], "the manifest"),
            ("seal_settings", &OF_SETTINGS[..], "the settings and the tables"),
        ] {
            let written = self.setting(name)?;
            let is = digest_of(&self.connection, tables).map_err(|error| self.fail(error))?.to_string();
            if Some(is) != written {
                problems.push(problem(format!("{what}: a row is not what was written")));
            }
        }
        Ok(problems)
    }

    /// Holds the indexes of words against new ones.
    fn check_index(&self) -> Result<Vec<Problem>, Error> {
        let compare = || {
            let fresh = Connection::open_in_memory()?;
            fresh.execute_batch(
                "CREATE TABLE _text (key INTEGER PRIMARY KEY, text TEXT);
                CREATE VIRTUAL TABLE _text_index USING fts5 (text, content = '', detail = none, columnsize = 0,
                    tokenize = \"porter unicode61 remove_diacritics 2\");
                CREATE VIRTUAL TABLE _utterance_index USING fts5 (text, content = '', detail = none, columnsize = 0,
                    tokenize = \"porter unicode61 remove_diacritics 2\");",
            )?;
            copy(&self.connection, "SELECT key, text FROM _text", &fresh, "_text_index")?;
            let without = copy(&self.connection, UTTERANCE_WORDS, &fresh, "_utterance_index")?;
            let mut problems = Vec::new();
            let none = HashSet::new();
            for (table, what, without) in
                [("_text_index", "texts", &none), ("_utterance_index", "utterances", &without)]
            {
                if vocabulary(&self.connection, table, without)? != vocabulary(&fresh, table, without)? {
                    problems.push(problem(format!("the index of {what} does not have their words")));
                }
            }
            Ok(problems)
        };
        // What is looked at is the file; the tables that show it are the connection's own.
        let query_only = |connection: &Connection| connection.pragma_query_value(None, "query_only", |row| row.get(0));
        let is_query_only: bool = query_only(&self.connection).map_err(|error| self.fail(error))?;
        let set = |value: bool| self.connection.pragma_update(None, "query_only", value);
        let compared = set(false).and_then(|()| compare());
        set(is_query_only).and(compared).map_err(|error| self.fail(error))
    }

    fn each(
        &self,
        select: &str,
        look: impl Fn(&Row<'_>) -> Result<Option<Problem>, rusqlite::Error>,
    ) -> Result<Vec<Problem>, Error> {
        let read = || {
            let mut select = self.connection.prepare(select)?;
            let mut rows = select.query([])?;
            let mut problems = Vec::new();
            while let Some(row) = rows.next()? {
                match look(row) {
                    Ok(found) => problems.extend(found.filter(|_| problems.len() < MAX_LISTED)),
                    Err(error @ rusqlite::Error::SqliteFailure(..)) => return Err(error),
                    Err(_) if problems.len() < MAX_LISTED => problems.push(problem("a row cannot be read".to_string())),
                    Err(_) => {}
                }
            }
            Ok(problems)
        };
        read().map_err(|error| self.fail(error))
    }
}

fn problem(message: String) -> Problem {
    Problem { message, location: None }
}

/// Fills an index with words; gives the keys of those that have none: those of an article that was taken out stay in the
/// index until the story is told anew.
fn copy(from: &Connection, select: &str, to: &Connection, table: &str) -> Result<HashSet<i64>, rusqlite::Error> {
    let mut select = from.prepare(select)?;
    let mut rows = select.query([])?;
    to.execute_batch("BEGIN")?;
    let mut insert = to.prepare(&format!("INSERT INTO {table} (rowid, text) VALUES (?1, ?2)"))?;
    let mut without = HashSet::new();
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        match row.get::<_, Option<String>>(1)? {
            Some(words) => drop(insert.execute((key, words))?),
            None => drop(without.insert(key)),
        }
    }
    to.execute_batch("COMMIT")?;
    Ok(without)
}

/// A digest of which rows have which words, some rows left out.
fn vocabulary(connection: &Connection, table: &str, without: &HashSet<i64>) -> Result<i64, rusqlite::Error> {
    let make = format!("CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab(main, '{table}', 'instance')");
    connection.execute_batch(&format!("DROP TABLE IF EXISTS temp.{table}_words"))?;
    connection.execute_batch(&make)?;
    let mut select = connection.prepare(&format!("SELECT term, doc FROM temp.{table}_words"))?;
    let mut rows = select.query([])?;
    let (mut bytes, mut terms) = (Vec::new(), Vec::<String>::new());
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(1)?;
        if !without.contains(&key) {
            let term: String = row.get(0)?;
            bytes.extend(term.as_bytes());
            bytes.push(0);
            bytes.extend(key.to_le_bytes());
            if terms.last() != Some(&term) {
                terms.push(term);
            }
        }
    }
    drop(rows);
    drop(select);
    // Going through an index is not looking up in it: what leads to the pages with a word is held for itself.
    let mut select = connection.prepare(&format!("SELECT doc FROM temp.{table}_words WHERE term = ?1"))?;
    for term in &terms {
        let mut rows = select.query([term])?;
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            if !without.contains(&key) {
                bytes.extend(key.to_le_bytes());
            }
        }
    }
    drop(select);
    connection.execute_batch(&format!("DROP TABLE temp.{table}_words"))?;
    Ok(digest(&[&bytes]))
}
