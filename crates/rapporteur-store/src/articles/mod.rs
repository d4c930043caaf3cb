//! Articles and their records: added in steps, loaded for a story, taken out for good.

mod purge;
mod write;

use crate::blocks::{Block, Keyed, RECORD_FORMAT, expanded, unpacked};
use crate::check::{DATED_COLUMNS, row_digest};
use crate::digest::{digest, sha256};
use crate::{Case, Error};
use rapporteur_model::{Article, ArticleId, CivilDate, Record, Skipped};
use rayon::prelude::*;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// An article on its way into a case.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The article as it was read, alone.
    pub article: Article,
    /// Its bytes as they came.
    pub original: Original,
    /// What was found in it, alone.
    pub record: Record,
}

/// An article as it came, before anything was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Original {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// What is left of them where they were not kept.
    Hash {
        /// Their SHA-256.
        sha256: Vec<u8>,
        /// How many there were.
        len_bytes: u64,
    },
}

impl From<Vec<u8>> for Original {
    fn from(bytes: Vec<u8>) -> Self {
        Original::Bytes(bytes)
    }
}

impl Original {
    /// What is left of bytes that are not kept.
    pub fn hash_of(bytes: &[u8]) -> Self {
        Original::Hash { sha256: sha256(bytes), len_bytes: bytes.len() as u64 }
    }

    /// The SHA-256 of its bytes, and how many there were.
    pub fn hash(&self) -> (Vec<u8>, u64) {
        match self {
            Original::Bytes(bytes) => (sha256(bytes), bytes.len() as u64),
            Original::Hash { sha256, len_bytes } => (sha256.clone(), *len_bytes),
        }
    }
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

    /// All articles with their records; the threads that this is called on unpack them.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged, or a program of another version has written the records: then
    /// [`Case::articles`] has the articles all the same.
    pub fn pile(&self) -> Result<Pile, Error> {
        let mut texts = self.texts()?;
        let mut both: Vec<(Article, Record)> = Vec::with_capacity(texts.len());
        let path = &self.path;
        let unpacked = |(_, block): (i64, Block)| both_of(&block, path);
        // Of several errors the first one is told, whichever thread comes upon one first.
        let blocks: Vec<Result<_, Error>> = self.blocks()?.into_par_iter().map(unpacked).collect();
        for block in blocks {
            let (articles, records) = block?;
            for ((key, mut article), record) in articles.into_iter().zip(records) {
                article.text = texts.remove(&key).ok_or_else(|| lacks_text(&self.path, &article.id))?;
                both.push((article, record));
            }
        }
        both.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
        let (articles, records): (Vec<Article>, Vec<Record>) = both.into_iter().unzip();
        Ok(Pile { articles, records, dated: self.dated()?, skipped: self.skipped()? })
    }

    /// One article with its record, both as they were made of the article alone; `None` where there is no such article.
    ///
    /// # Errors
    /// As [`Case::pile`].
    pub fn article_and_record(&self, id: &ArticleId) -> Result<Option<(Article, Record)>, Error> {
        let Some((key, block)) = self.block_with(id)? else { return Ok(None) };
        let (articles, records) = both_of(&block, &self.path)?;
        let found = articles.into_iter().zip(records).find(|((other, _), _)| *other == key);
        let Some(((_, mut article), record)) = found else { return Ok(None) };
        article.text = self.text_of(key)?;
        Ok(Some((article, record)))
    }

    /// One article as it was read, whichever program made its record; `None` where there is no such article.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn article_as_read(&self, id: &ArticleId) -> Result<Option<Article>, Error> {
        let Some((key, block)) = self.block_with(id)? else { return Ok(None) };
        let found = block.articles(&self.path)?.into_iter().find(|(other, _)| *other == key);
        let Some((_, mut article)) = found else { return Ok(None) };
        article.text = self.text_of(key)?;
        Ok(Some(article))
    }

    /// The block that an article is in, and the article's key.
    fn block_with(&self, id: &ArticleId) -> Result<Option<(i64, Block)>, Error> {
        let read = || {
            let select = "SELECT a.key, b.record_format, b.articles, b.records, b.digest
                FROM _article a JOIN _block b ON b.number = a.block WHERE a.id = ?1";
            let mut select = self.connection.prepare_cached(select)?;
            let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, block_of(row, 1)?));
            select.query_map([id.as_str()], row)?.next().transpose()
        };
        read().map_err(|error| self.fail(error))
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

    /// The texts of all articles by id.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn texts_by_id(&self) -> Result<BTreeMap<ArticleId, String>, Error> {
        let mut texts = self.texts()?;
        let keys = keys(&self.connection).map_err(|error| self.fail(error))?;
        Ok(keys.into_iter().filter_map(|(id, key)| Some((id, texts.remove(&key)?))).collect())
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
            let block = |row: &rusqlite::Row<'_>| Ok((row.get(4)?, block_of(row, 0)?));
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
}

/// The block whose columns begin at one of a row.
fn block_of(row: &rusqlite::Row<'_>, first: usize) -> Result<Block, rusqlite::Error> {
    Ok(Block {
        record_format: row.get(first)?,
        articles: row.get(first + 1)?,
        records: row.get(first + 2)?,
        digest: row.get(first + 3)?,
    })
}

/// The articles of a block, without their texts, and their records.
fn both_of(block: &Block, path: &Path) -> Result<(Vec<Keyed>, Vec<Record>), Error> {
    let stale = || {
        Error::other(path, "another version of the program has made the records")
            .with_hint("`rapporteur read --case CASE --again` makes them anew of the articles in the case")
    };
    let records = block.records(path)?.ok_or_else(stale)?;
    Ok((block.articles(path)?, records))
}

fn lacks_text(path: &Path, article: &ArticleId) -> Error {
    Error::damaged(path, format!("article {article} has no text"))
}

/// The keys of the articles.
pub(crate) fn keys(connection: &Connection) -> Result<hashbrown::HashMap<ArticleId, i64>, rusqlite::Error> {
    let mut select = connection.prepare("SELECT id, key FROM _article")?;
    let row = |row: &rusqlite::Row<'_>| Ok((ArticleId::new(row.get::<_, String>(0)?), row.get(1)?));
    select.query_map([], row)?.collect()
}
