//! Articles and their records: added in steps, loaded for a story, taken out for good.

use crate::blocks::{BLOCK_ARTICLES, Block, Keyed, RECORD_FORMAT, compressed, expanded, packed, unpacked};
use crate::check::{ARTICLE_COLUMNS, DATED_COLUMNS, row_digest, seal_log, seal_story};
use crate::digest::{digest, sha256};
use crate::{Case, Error};
use rapporteur_model::{Article, ArticleId, CivilDate, Instant, Record, Skipped};
use rusqlite::{Connection, params};
use std::collections::HashMap;
use std::path::Path;

/// An article on its way into a case.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The article as it was read, alone.
    pub article: Article,
    /// Its bytes as they came.
    pub bytes: Vec<u8>,
    /// What was found in it, alone.
    pub record: Record,
}

/// Whether the bytes of articles go into the file beside their texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeepBytes {
    /// They do, compressed, where they are not just the text.
    #[default]
    Yes,
    /// Their hash and place are kept, and the text, which every quotation needs.
    No,
}

/// All articles of a case with their records, as a story is told of them.
#[derive(Debug, Default)]
pub struct Pile {
    /// By location and then id.
    pub articles: Vec<Article>,
    /// One for each article, as extraction made it of the article alone.
    pub records: Vec<Record>,
    /// Records that were made anew with the date that other articles tell, with that date.
    pub dated: HashMap<ArticleId, (CivilDate, Record)>,
    /// Inputs that were not read.
    pub skipped: Vec<Skipped>,
}

/// What the file has of a text: no more than is needed for the question whether it is known.
#[derive(Debug, Default)]
pub struct Known {
    /// The articles, with their locations.
    pub articles: HashMap<ArticleId, String>,
    /// Those that were taken out for good and must not come back.
    pub gaps: std::collections::HashSet<ArticleId>,
}

impl Case {
    /// Which articles are there, and which must not come back.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn known(&self) -> Result<Known, Error> {
        let read = || {
            let mut known = Known::default();
            let mut select = self.connection.prepare("SELECT id, location FROM _article")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                known.articles.insert(ArticleId::new(row.get::<_, String>(0)?), row.get(1)?);
            }
            let mut select = self.connection.prepare("SELECT id FROM _gap")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                known.gaps.insert(ArticleId::new(row.get::<_, String>(0)?));
            }
            Ok(known)
        };
        read().map_err(|error| self.fail(error))
    }

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

    /// All articles with their records.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged, or a program of another version has written the records: then
    /// [`Case::articles`] has the articles all the same.
    pub fn pile(&self) -> Result<Pile, Error> {
        let mut texts = self.texts()?;
        let mut both: Vec<(Article, Record)> = Vec::with_capacity(texts.len());
        for (_, block) in self.blocks()? {
            let stale = || {
                let message = "another version of the program has made the records";
                Error::other(&self.path, message)
                    .with_hint("`rapporteur read --case CASE --again` makes them anew of the articles in the case")
            };
            let records = block.records(&self.path)?.ok_or_else(stale)?;
            for ((key, mut article), record) in block.articles(&self.path)?.into_iter().zip(records) {
                article.text = texts.remove(&key).ok_or_else(|| lacks_text(&self.path, &article.id))?;
                both.push((article, record));
            }
        }
        both.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
        let (articles, records): (Vec<Article>, Vec<Record>) = both.into_iter().unzip();
        Ok(Pile { articles, records, dated: self.dated()?, skipped: self.skipped()? })
    }

    /// All articles without their records, by location and then id.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn articles(&self) -> Result<Vec<Article>, Error> {
        let mut texts = self.texts()?;
        let mut articles = Vec::with_capacity(texts.len());
        for (_, block) in self.blocks()? {
            for (key, mut article) in block.articles(&self.path)? {
                article.text = texts.remove(&key).ok_or_else(|| lacks_text(&self.path, &article.id))?;
                articles.push(article);
            }
        }
        articles.sort_by(|a, b| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
        Ok(articles)
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

    /// The bytes of an article as they came; `None` where they were not kept or there is no such article.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn bytes_of(&self, article: &ArticleId) -> Result<Option<Vec<u8>>, Error> {
        let select =
            "SELECT a.bytes_kept, t.text, a.sha256, b.body, b.digest FROM _article a JOIN _text t ON t.key = a.text
            LEFT JOIN _bytes b ON b.article = a.key WHERE a.id = ?1";
        let found = self.connection.query_row(select, [article.as_str()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                row.get::<_, Option<Vec<u8>>>(3)?.zip(row.get::<_, Option<i64>>(4)?),
            ))
        });
        let damaged =
            || Error::damaged(&self.path, format!("the bytes of article {article} are not those that were read"));
        let (kept, text, hash, body) = match found {
            Ok(found) => found,
            Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(None),
            Err(error) => return Err(self.fail(error)),
        };
        let bytes = match (kept, body) {
            (1, _) => text.into_bytes(),
            (2, Some((body, written))) if digest(&[&body]) == written => expanded(&body, &self.path)?,
            (0, _) => return Ok(None),
            _ => return Err(damaged()),
        };
        if sha256(&bytes) == hash { Ok(Some(bytes)) } else { Err(damaged()) }
    }

    fn texts(&self) -> Result<HashMap<i64, String>, Error> {
        let read = || {
            let mut select = self.connection.prepare(
                "SELECT a.key, t.text, t.digest, t.id = a.text_id FROM _article a JOIN _text t ON t.key = a.text",
            )?;
            let mut rows = select.query([])?;
            let mut texts = HashMap::new();
            while let Some(row) = rows.next()? {
                let text: String = row.get(1)?;
                let is_whole = digest(&[text.as_bytes()]) == row.get::<_, i64>(2)? && row.get(3)?;
                texts.insert(row.get(0)?, is_whole.then_some(text));
            }
            Ok(texts)
        };
        let texts: HashMap<i64, Option<String>> = read().map_err(|error| self.fail(error))?;
        let whole = |(key, text): (i64, Option<String>)| {
            let text = text.ok_or_else(|| Error::damaged(&self.path, "a text is not what was read"))?;
            Ok((key, text))
        };
        texts.into_iter().map(whole).collect()
    }

    /// The blocks with their numbers.
    pub(crate) fn blocks(&self) -> Result<Vec<(i64, Block)>, Error> {
        let read = || {
            let select = "SELECT record_format, articles, records, digest, number FROM _block ORDER BY number";
            let mut select = self.connection.prepare(select)?;
            let block = |row: &rusqlite::Row<'_>| {
                let block = Block {
                    record_format: row.get(0)?,
                    articles: row.get(1)?,
                    records: row.get(2)?,
                    digest: row.get(3)?,
                };
                Ok((row.get(4)?, block))
            };
            select.query_map([], block)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

    fn dated(&self) -> Result<HashMap<ArticleId, (CivilDate, Record)>, Error> {
        let read = || {
            let select = format!(
                "SELECT {DATED_COLUMNS}, d.digest, a.id FROM _dated d JOIN _article a ON a.key = d.article
                WHERE d.record_format = ?1"
            );
            let mut select = self.connection.prepare(&select)?;
            let row = |row: &rusqlite::Row<'_>| {
                let is_whole = row_digest(row, 4)? == row.get::<_, i64>(4)?;
                Ok((row.get(5)?, row.get(1)?, row.get(3)?, is_whole))
            };
            select.query_map([RECORD_FORMAT], row)?.collect::<Result<Vec<(String, String, Vec<u8>, bool)>, _>>()
        };
        let mut dated = HashMap::new();
        for (id, date, body, is_whole) in read().map_err(|error| self.fail(error))? {
            let date = CivilDate::try_from(date).ok().filter(|_| is_whole);
            let damaged = || Error::damaged(&self.path, "a record with a date of others is not what was written");
            dated.insert(ArticleId::new(id), (date.ok_or_else(damaged)?, unpacked(&body, &self.path)?));
        }
        Ok(dated)
    }

    /// Inputs that were not read, by location.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn skipped(&self) -> Result<Vec<Skipped>, Error> {
        let read = || {
            let mut select = self.connection.prepare("SELECT location, reason, hint FROM _skipped ORDER BY 1, 2")?;
            let row =
                |row: &rusqlite::Row<'_>| Ok(Skipped { location: row.get(0)?, reason: row.get(1)?, hint: row.get(2)? });
            select.query_map([], row)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

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
            let forget =
                "UPDATE _change SET why = 'it rests on other articles since one was purged' WHERE instr(why, ?1)";
            connection.execute(forget, [&name]).map_err(wrap)?;
            take_out(connection, &path, key)?;
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

    /// Takes what a purge and the runs after it have withdrawn out of the list of changes: ids and names are words of the article too. How many
    /// they were stays with the run.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn forget_withdrawn(&mut self, run: i64) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            let forget = "DELETE FROM _change WHERE (layer, id) IN (
                SELECT layer, id FROM _change WHERE run >= ?1 AND kind = 'withdrawn'
                AND (article IS NULL OR article NOT IN (SELECT key FROM _article)))";
            let forgotten = connection.execute(forget, [run]);
            forgotten.and_then(|_| seal_story(connection)).map_err(|error| Error::sqlite(&path, &error))
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

fn lacks_text(path: &Path, article: &ArticleId) -> Error {
    Error::damaged(path, format!("article {article} has no text"))
}

fn without_text(article: &Article) -> Article {
    Article { text: String::new(), ..article.clone() }
}

/// The keys of the articles.
pub(crate) fn keys(connection: &Connection) -> Result<HashMap<ArticleId, i64>, rusqlite::Error> {
    let mut select = connection.prepare("SELECT id, key FROM _article")?;
    let row = |row: &rusqlite::Row<'_>| Ok((ArticleId::new(row.get::<_, String>(0)?), row.get(1)?));
    select.query_map([], row)?.collect()
}

fn put_block(connection: &Connection, path: &Path, block: &Block) -> Result<i64, Error> {
    let insert = "INSERT INTO _block (record_format, articles, records, digest) VALUES (?1, ?2, ?3, ?4)";
    let put = || {
        let mut insert = connection.prepare_cached(insert)?;
        insert.insert(params![block.record_format, block.articles, block.records, block.digest])
    };
    put().map_err(|error| Error::sqlite(path, &error))
}

fn add_block(connection: &Connection, path: &Path, run: i64, chunk: &[Incoming], keep: KeepBytes) -> Result<(), Error> {
    let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
    let next_key = "SELECT coalesce(max(key), 0) + 1 FROM _article";
    let first_key: i64 = connection.query_row(next_key, [], |row| row.get(0)).map_err(wrap)?;
    let next_block = "SELECT coalesce(max(number), 0) + 1 FROM _block";
    let block_number: i64 = connection.query_row(next_block, [], |row| row.get(0)).map_err(wrap)?;
    let mut keyed: Vec<Keyed> = Vec::with_capacity(chunk.len());
    for (Incoming { article, bytes, .. }, key) in chunk.iter().zip(first_key..) {
        let before = "SELECT key FROM _article WHERE location = ?1";
        let before: Vec<i64> = connection
            .prepare_cached(before)
            .and_then(|mut before| before.query_map([&article.location], |row| row.get(0))?.collect())
            .map_err(wrap)?;
        before.into_iter().try_for_each(|key| take_out(connection, path, key))?;
        put_article(connection, path, key, block_number, run, article, bytes, keep)?;
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
    bytes: &[u8],
    keep: KeepBytes,
) -> Result<(), Error> {
    let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
    let kept = match keep {
        KeepBytes::No => 0,
        KeepBytes::Yes if bytes == article.text.as_bytes() => 1,
        KeepBytes::Yes => 2,
    };
    if kept == 2 {
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
    let hash = sha256(bytes);
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
            bytes.len() as i64,
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

/// Makes the index of texts anew.
pub(crate) fn fill_index(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.execute_batch(
        "INSERT INTO _text_index (_text_index) VALUES ('delete-all');
        INSERT INTO _text_index (_text_index) VALUES ('rebuild')",
    )
}

/// Takes an article and its record out of all tables of articles.
fn take_out(connection: &Connection, path: &Path, key: i64) -> Result<(), Error> {
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
