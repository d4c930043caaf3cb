//! The exact words of articles, and what is said about these articles and by hand.

use super::item::{ArticleRef, ItemMark, ItemPlace};
use super::paragraphs;
use crate::check::{ARTICLE_COLUMNS, row_digest};
use crate::digest::digest;
use crate::{Case, Error};
use rapporteur_model::CodePoints;
use rusqlite::{Row, params};
use std::collections::HashMap;

impl Case {
    pub(super) fn places(&self, key: i64, limit: usize) -> Result<Vec<ItemPlace>, Error> {
        let read = || {
            let select = "SELECT w.part, w.article, w.first, w.last FROM _place w
                LEFT JOIN _lineage l ON l.article = w.article WHERE w.entry = ?1
                ORDER BY w.part, l.position, w.first LIMIT ?2";
            let mut select = self.connection.prepare_cached(select)?;
            let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            select.query_map(params![key, limit as i64], row)?.collect::<Result<Vec<(i64, i64, i64, i64)>, _>>()
        };
        let mut texts = HashMap::new();
        let mut places = Vec::new();
        for (part, article, first, last) in read().map_err(|error| self.fail(error))? {
            places.extend(self.words_at(part, article, first, last, &mut texts)?);
        }
        Ok(places)
    }

    /// The words of an article between two code points; `None` where there is no such article or no such stretch.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn words(&self, article: &str, start: u32, end: u32) -> Result<Option<ItemPlace>, Error> {
        let read = || {
            let mut select = self.connection.prepare_cached("SELECT key FROM _article WHERE id = ?1")?;
            select.query_map([article], |row| row.get::<_, i64>(0))?.next().transpose()
        };
        let Some(key) = read().map_err(|error| self.fail(error))? else { return Ok(None) };
        let mut texts = HashMap::from([(key, self.text_of(key)?)]);
        let n = u32::try_from(texts[&key].chars().count()).unwrap_or(u32::MAX);
        if start > end || end > n {
            return Ok(None);
        }
        self.words_at(0, key, i64::from(start), i64::from(end), &mut texts)
    }

    /// The words of a stretch. The text is compared with what was read: no altered quotation leaves the case.
    pub(super) fn words_at(
        &self,
        part: i64,
        article: i64,
        first: i64,
        last: i64,
        texts: &mut HashMap<i64, String>,
    ) -> Result<Option<ItemPlace>, Error> {
        let Some(of) = self.article_ref(article)? else { return Ok(None) };
        if let std::collections::hash_map::Entry::Vacant(open) = texts.entry(article) {
            open.insert(self.text_of(article)?);
        }
        let text = &texts[&article];
        let damaged = || Error::damaged(&self.path, format!("a place of article {} lies outside its text", of.id));
        let (start, end) = (u32::try_from(first).map_err(|_| damaged())?, u32::try_from(last).map_err(|_| damaged())?);
        let code_points = CodePoints::new(text);
        let span = code_points.span(start, end).ok_or_else(damaged)?;
        let quote = code_points.quote(span).ok_or_else(damaged)?;
        let start_bytes = span.start.get();
        let line_end = text[start_bytes..].find('\n').map_or(text.len(), |at| start_bytes + at);
        Ok(Some(ItemPlace {
            part,
            start: quote.start,
            end: quote.end,
            exact: quote.exact.to_string(),
            prefix: quote.prefix.to_string(),
            suffix: quote.suffix.to_string(),
            paragraph: paragraphs(&text[..line_end]).count(),
            article: of,
        }))
    }

    pub(crate) fn text_of(&self, article: i64) -> Result<String, Error> {
        let select =
            "SELECT t.text, t.digest, t.id = a.text_id FROM _article a JOIN _text t ON t.key = a.text WHERE a.key = ?1";
        let read = || {
            let mut select = self.connection.prepare_cached(select)?;
            let row = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, bool>(2)?));
            select.query_row([article], row)
        };
        let (text, written, is_its_own) = read().map_err(|error| self.fail(error))?;
        if is_its_own && digest(&[text.as_bytes()]) == written {
            Ok(text)
        } else {
            Err(Error::damaged(&self.path, "a text is not what was read"))
        }
    }

    pub(super) fn article_ref(&self, key: i64) -> Result<Option<ArticleRef>, Error> {
        let read = || {
            let select = format!(
                "SELECT {ARTICLE_COLUMNS}, digest,
                coalesce((SELECT l.published FROM _lineage l WHERE l.article = _article.key), published)
                FROM _article WHERE key = ?1"
            );
            let mut select = self.connection.prepare_cached(&select)?;
            let row = |row: &Row<'_>| {
                let is_whole = row_digest(row, 15)? == row.get::<_, i64>(15)?;
                let article =
                    ArticleRef { id: row.get(0)?, name: row.get(2)?, location: row.get(3)?, published: row.get(16)? };
                Ok((article, is_whole))
            };
            select.query_map([key], row)?.next().transpose()
        };
        match read().map_err(|error| self.fail(error))? {
            Some((article, false)) => {
                Err(Error::damaged(&self.path, format!("article {} is not what was written", article.id)))
            }
            found => Ok(found.map(|(article, _)| article)),
        }
    }

    /// Entries of the log, with a condition on them that has one parameter.
    pub(super) fn marks(&self, condition: &str, value: &str) -> Result<Vec<ItemMark>, Error> {
        let read = || {
            let select = format!(
                "SELECT c.id, c.act, c.author, c.at, c.body FROM _correction c WHERE {condition} ORDER BY c.at, c.id"
            );
            let mut select = self.connection.prepare_cached(&select)?;
            let row = |row: &Row<'_>| {
                Ok(ItemMark {
                    correction: row.get(0)?,
                    act: row.get(1)?,
                    author: row.get(2)?,
                    at: row.get(3)?,
                    body: row.get(4)?,
                })
            };
            select.query_map([value], row)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }
}
