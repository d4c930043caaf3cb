//! Articles and records into the file, in steps.

use super::purge::take_out;
use super::{Incoming, KeepBytes, Original, keys};
use crate::blocks::{BLOCK_ARTICLES, Block, Keyed, RECORD_FORMAT, compressed, packed};
use crate::check::{ARTICLE_COLUMNS, DATED_COLUMNS, row_digest, seal_log};
use crate::digest::digest;
use crate::{Case, Error};
use rapporteur_model::{Article, ArticleId, CivilDate, Record, Skipped};
use rusqlite::{Connection, params};
use std::path::Path;

impl Case {
    /// Adds articles in one step. One at a location where another article was read before takes its place: the file there
    /// has changed.
    ///
    /// # Errors
    /// If the file cannot be written; then nothing of the step is in it.
    pub fn add(&mut self, run: i64, incoming: &[Incoming], keep: KeepBytes) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            for chunk in incoming.chunks(BLOCK_ARTICLES) {
                add_block(connection, &path, run, chunk, keep)?;
            }
            seal_log(connection).map_err(|error| Error::sqlite(&path, &error))
        })
    }

    /// Notes inputs that were not read.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn skip(&mut self, run: i64, skipped: &[Skipped]) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            let insert = || {
                let insert = "INSERT OR REPLACE INTO _skipped VALUES (?1, ?2, ?3, ?4)";
                let mut insert = connection.prepare_cached(insert)?;
                for Skipped { location, reason, hint } in skipped {
                    insert.execute(params![location, reason, hint, run])?;
                }
                seal_log(connection)
            };
            insert().map_err(|error| Error::sqlite(&path, &error))
        })
    }

    /// Puts records that were made anew in the place of those that are there, all of them in one step. `records` are those
    /// of `articles`, which come without their texts.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn replace_records(&mut self, articles: &[Article], records: &[Record]) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            let wrap = |error: rusqlite::Error| Error::sqlite(&path, &error);
            let keys = keys(connection).map_err(wrap)?;
            connection.execute_batch("DELETE FROM _block; DELETE FROM _dated").map_err(wrap)?;
            let both: Vec<(&Article, &Record)> = articles.iter().zip(records).collect();
            for chunk in both.chunks(BLOCK_ARTICLES) {
                let keyed: Vec<Keyed> = chunk
                    .iter()
                    .filter_map(|(article, _)| Some((*keys.get(&article.id)?, without_text(article))))
                    .collect();
                let records: Vec<&Record> = chunk.iter().map(|(_, record)| *record).collect();
                let number = put_block(connection, &path, &Block::new(&keyed, &records, &path)?)?;
                for (key, _) in &keyed {
                    let update = "UPDATE _article SET block = ?2 WHERE key = ?1";
                    connection
                        .prepare_cached(update)
                        .and_then(|mut update| update.execute([*key, number]))
                        .map_err(wrap)?;
                }
            }
            Ok(())
        })
    }

    /// Keeps records that were made anew with a date that other articles tell.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn keep_dated(&mut self, dated: &[(ArticleId, CivilDate, Record)]) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            for (article, date, record) in dated {
                let body = packed(record, &path)?;
                let put = || {
                    let key = "SELECT key FROM _article WHERE id = ?1";
                    let mut key = connection.prepare_cached(key)?;
                    let Some(key) = key.query_map([article.as_str()], |row| row.get::<_, i64>(0))?.next() else {
                        return Ok(());
                    };
                    let key = key?;
                    let insert = "INSERT OR REPLACE INTO _dated VALUES (?1, ?2, ?3, ?4, 0)";
                    connection.prepare_cached(insert)?.execute(params![key, date.to_string(), RECORD_FORMAT, body])?;
                    let columns = format!("SELECT {DATED_COLUMNS} FROM _dated WHERE article = ?1");
                    let digest = connection.prepare_cached(&columns)?.query_row([key], |row| row_digest(row, 4))?;
                    let update = "UPDATE _dated SET digest = ?2 WHERE article = ?1";
                    connection.prepare_cached(update)?.execute([key, digest]).map(drop)
                };
                put().map_err(|error| Error::sqlite(&path, &error))?;
            }
            Ok(())
        })
    }
}

fn add_block(connection: &Connection, path: &Path, run: i64, chunk: &[Incoming], keep: KeepBytes) -> Result<(), Error> {
    let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
    let next_key = "SELECT coalesce(max(key), 0) + 1 FROM _article";
    let first_key: i64 = connection.query_row(next_key, [], |row| row.get(0)).map_err(wrap)?;
    let next_block = "SELECT coalesce(max(number), 0) + 1 FROM _block";
    let block_number: i64 = connection.query_row(next_block, [], |row| row.get(0)).map_err(wrap)?;
    let mut keyed: Vec<Keyed> = Vec::with_capacity(chunk.len());
    for (Incoming { article, original, .. }, key) in chunk.iter().zip(first_key..) {
        let before = "SELECT key FROM _article WHERE location = ?1";
        let before: Vec<i64> = connection
            .prepare_cached(before)
            .and_then(|mut before| before.query_map([&article.location], |row| row.get(0))?.collect())
            .map_err(wrap)?;
        before.into_iter().try_for_each(|key| take_out(connection, path, key))?;
        put_article(connection, path, key, block_number, run, article, original, keep)?;
        keyed.push((key, without_text(article)));
    }
    let records: Vec<&Record> = chunk.iter().map(|incoming| &incoming.record).collect();
    put_block(connection, path, &Block::new(&keyed, &records, path)?)?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the columns of a row")]
fn put_article(
    connection: &Connection,
    path: &Path,
    key: i64,
    block: i64,
    run: i64,
    article: &Article,
    original: &Original,
    keep: KeepBytes,
) -> Result<(), Error> {
    let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
    let (kept, bytes) = match (original, keep) {
        (Original::Hash { .. }, _) | (_, KeepBytes::No) => (0, None),
        (Original::Bytes(bytes), KeepBytes::Yes) if bytes == article.text.as_bytes() => (1, None),
        (Original::Bytes(bytes), KeepBytes::Yes) => (2, Some(bytes)),
    };
    if let Some(bytes) = bytes {
        let body = compressed(bytes, path)?;
        let digest = digest(&[&body]);
        let insert = "INSERT INTO _bytes VALUES (?1, ?2, ?3)";
        connection
            .prepare_cached(insert)
            .and_then(|mut insert| insert.execute(params![key, body, digest]))
            .map_err(wrap)?;
    }
    let insert = "INSERT INTO _article VALUES
        (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
    let text = put_text(connection, article).map_err(wrap)?;
    let format = serde_json::to_value(article.format).ok();
    let format = format.as_ref().and_then(|format| format.as_str()).unwrap_or_default();
    let (hash, len_bytes) = original.hash();
    let put = || {
        connection.prepare_cached(insert)?.execute(params![
            key,
            article.id.as_str(),
            article.text_id.as_str(),
            article.name,
            article.location,
            format,
            article.title.as_ref().map(|title| &title.value),
            article.outlet.as_ref().map(|outlet| &outlet.value),
            article.byline.as_ref().map(|byline| &byline.value),
            article.url.as_ref().map(|url| &url.value),
            article.published.as_ref().map(|date| date.value.to_string()),
            article.language.as_ref().map(|language| &language.value),
            hash,
            len_bytes as i64,
            kept,
            run,
            block,
            text,
            0,
        ])?;
        let columns = format!("SELECT {ARTICLE_COLUMNS} FROM _article WHERE key = ?1");
        let digest = connection.prepare_cached(&columns)?.query_row([key], |row| row_digest(row, 15))?;
        connection.prepare_cached("UPDATE _article SET digest = ?2 WHERE key = ?1")?.execute([key, digest])?;
        connection.prepare_cached("DELETE FROM _skipped WHERE location = ?1")?.execute([&article.location])
    };
    put().map_err(wrap)?;
    Ok(())
}

/// The key of the text of an article, which is put in where no other article has it.
fn put_text(connection: &Connection, article: &Article) -> Result<i64, rusqlite::Error> {
    let mut select = connection.prepare_cached("SELECT key FROM _text WHERE id = ?1")?;
    let known: Option<i64> = select.query_map([article.text_id.as_str()], |row| row.get(0))?.next().transpose()?;
    if let Some(key) = known {
        return Ok(key);
    }
    let digest = digest(&[article.text.as_bytes()]);
    let mut insert = connection.prepare_cached("INSERT INTO _text (id, digest, text) VALUES (?1, ?2, ?3)")?;
    let key = insert.insert(params![article.text_id.as_str(), digest, article.text])?;
    let index = "INSERT INTO _text_index (rowid, text) VALUES (?1, ?2)";
    connection.prepare_cached(index)?.execute(params![key, article.text])?;
    Ok(key)
}

fn put_block(connection: &Connection, path: &Path, block: &Block) -> Result<i64, Error> {
    let insert = "INSERT INTO _block (record_format, articles, records, digest) VALUES (?1, ?2, ?3, ?4)";
    let put = || {
        let mut insert = connection.prepare_cached(insert)?;
        insert.insert(params![block.record_format, block.articles, block.records, block.digest])
    };
    put().map_err(|error| Error::sqlite(path, &error))
}

fn without_text(article: &Article) -> Article {
    Article { text: String::new(), ..article.clone() }
}
