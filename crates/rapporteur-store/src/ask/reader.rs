//! What stands in one article, and when things were: what a reader of a text and of a timeline needs at once.

use super::sources::{LINK_ORDER, LINKS, LinkRow, link_of};
use crate::story::{HASH_BITS, layer_of, number_of};
use crate::{Case, Error};
use rapporteur_model::TargetLayer;
use rusqlite::{Row, params};
use std::collections::HashMap;

/// Words of an article that an item of the story rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemInArticle {
    /// What sort of item it is.
    pub layer: TargetLayer,
    /// Its id.
    pub id: String,
    /// Its kind, as in [`super::Item`].
    pub kind: Option<String>,
    /// Its own name, or that of who speaks or acts.
    pub label: Option<String>,
    /// Which stance, which side; 0 for the words to show.
    pub part: i64,
    /// Position of the first code point.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
}

/// An entry of the timeline without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineDay {
    /// When, as a TIMEX3 value.
    pub value: String,
    /// Whether it lay ahead when it was told, as [`super::Item::is_planned`].
    pub is_planned: bool,
}

/// Which items have words in each article, and which pairs each is the second of. It holds for one state of the case, and is
/// made of all of its places and pairs: a file that kept these indexes would be an eighth larger.
#[derive(Debug, Clone, Default)]
pub struct ByArticle {
    items: HashMap<i64, Vec<u32>>,
    firsts: HashMap<i64, Vec<u32>>,
}

impl Case {
    /// Which items and pairs each article has.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn by_article(&self) -> Result<ByArticle, Error> {
        let read = |select: &str| -> Result<HashMap<i64, Vec<u32>>, rusqlite::Error> {
            let mut by_article: HashMap<i64, Vec<u32>> = HashMap::new();
            let mut select = self.connection.prepare_cached(select)?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let keys = by_article.entry(row.get(0)?).or_default();
                let key = row.get(1)?;
                // Places of one item follow each other.
                if keys.last() != Some(&key) {
                    keys.push(key);
                }
            }
            Ok(by_article)
        };
        let both = || {
            Ok(ByArticle { items: read("SELECT article, entry FROM _place")?, firsts: read("SELECT b, a FROM _link")? })
        };
        both().map_err(|error| self.fail(error))
    }

    /// The items whose words stand in an article, in the order of the text, longer ones first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn items_in(&self, article: &str, known: &ByArticle) -> Result<Vec<ItemInArticle>, Error> {
        let read = || {
            let mut select = self.connection.prepare_cached("SELECT key FROM _article WHERE id = ?1")?;
            let Some(article) = select.query_map([article], |row| row.get::<_, i64>(0))?.next().transpose()? else {
                return Ok(Vec::new());
            };
            let select = "SELECT e.hash, e.id, e.kind, coalesce(e.label, a.label), w.part, w.first, w.last
                FROM _place w JOIN _entry e ON e.key = w.entry LEFT JOIN _entry a ON a.key = e.actor
                WHERE w.entry = ?1 AND w.article = ?2";
            let mut select = self.connection.prepare_cached(select)?;
            let row = |row: &Row<'_>| {
                Ok(ItemInArticle {
                    layer: layer_of(row.get::<_, i64>(0)? >> HASH_BITS).unwrap_or(TargetLayer::Actor),
                    id: row.get(1)?,
                    kind: row.get(2)?,
                    label: row.get(3)?,
                    part: row.get(4)?,
                    start: row.get(5)?,
                    end: row.get(6)?,
                })
            };
            let mut items: Vec<ItemInArticle> = Vec::new();
            for item in known.items.get(&article).into_iter().flatten() {
                for found in select.query_map(params![item, article], row)? {
                    items.push(found?);
                }
            }
            items.sort_by(|a, b| {
                let layer = |item: &ItemInArticle| number_of(item.layer);
                (a.start, b.end, layer(a), &a.id, a.part).cmp(&(b.start, a.end, layer(b), &b.id, b.part))
            });
            Ok(items)
        };
        read().map_err(|error| self.fail(error))
    }

    /// The closest pairs that the article of this id is in.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn links_of(&self, article: &str, known: &ByArticle, limit: usize) -> Result<Vec<LinkRow>, Error> {
        let read = || {
            let mut select = self.connection.prepare_cached("SELECT key FROM _article WHERE id = ?1")?;
            let Some(article) = select.query_map([article], |row| row.get::<_, i64>(0))?.next().transpose()? else {
                return Ok(Vec::new());
            };
            let firsts = known.firsts.get(&article).map(Vec::as_slice).unwrap_or_default();
            let firsts = firsts.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            let select = format!("{LINKS} WHERE l.a = ?1 OR (l.b = ?1 AND l.a IN ({firsts})) {LINK_ORDER} LIMIT ?2");
            let mut select = self.connection.prepare(&select)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            select.query_map([article, limit], link_of)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

    /// The names of the first actors in their order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn first_actors(&self, limit: usize) -> Result<Vec<String>, Error> {
        let read = || {
            let select = "SELECT e.label FROM _rank r JOIN _entry e ON e.key = r.entry
                WHERE r.layer = ?1 AND r.position >= 0 AND e.label IS NOT NULL ORDER BY r.position LIMIT ?2";
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut select = self.connection.prepare_cached(select)?;
            select.query_map([number_of(TargetLayer::Actor), limit], |row| row.get(0))?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

    /// All entries of the timeline, without their words, in no order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn timeline_days(&self) -> Result<Vec<TimelineDay>, Error> {
        let read = || {
            // Without the index of hashes: to go through the table is quicker than to look each entry up in it.
            let select = "SELECT value, facts -> '$.is_planned' IS NOT NULL OR status IS 'planned' FROM _entry
                WHERE +hash >> ?2 = ?1 AND value IS NOT NULL";
            let mut select = self.connection.prepare_cached(select)?;
            let row = |row: &Row<'_>| Ok(TimelineDay { value: row.get(0)?, is_planned: row.get(1)? });
            select.query_map(params![number_of(TargetLayer::Timeline), HASH_BITS], row)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }
}
