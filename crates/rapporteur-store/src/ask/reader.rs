//! What stands in one article, and when things were: what a reader of a text and of a timeline needs at once.

use crate::story::{HASH_BITS, layer_of, number_of};
use crate::{Case, Error};
use rapporteur_model::TargetLayer;
use rusqlite::{Row, params};

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

impl Case {
    /// The items whose words stand in an article, in the order of the text, longer ones first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn items_in(&self, article: &str) -> Result<Vec<ItemInArticle>, Error> {
        let read = || {
            let select = "SELECT e.hash, e.id, e.kind, coalesce(e.label, a.label), w.part, w.first, w.last
                FROM _place w JOIN _entry e ON e.key = w.entry LEFT JOIN _entry a ON a.key = e.actor
                WHERE w.article = (SELECT key FROM _article WHERE id = ?1)
                ORDER BY w.first, w.last DESC, e.hash >> 28, e.id, w.part";
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
            select.query_map([article], row)?.collect::<Result<_, _>>()
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
