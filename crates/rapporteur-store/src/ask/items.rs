//! Items of the story, with the exact words they rest on.

use super::paragraphs;
use super::times::{days_of, register};
use crate::check::{ARTICLE_COLUMNS, row_digest};
use crate::digest::digest;
use crate::story::{HASH_BITS, hash_of, is_whole, layer_of, number_of};
use crate::{Case, Error};
use rapporteur_model::{CodePoints, TargetLayer};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params};
use serde_json::Value as Json;
use std::collections::HashMap;

/// An item of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What sort of item it is.
    pub layer: TargetLayer,
    /// Names it in this story.
    pub id: String,
    /// A name, where it has one.
    pub label: Option<String>,
    /// Its kind: of an actor what it is, of an utterance the class, of a happening the type, of an issue the standing, of a
    /// position the last stance.
    pub kind: Option<String>,
    /// Who speaks or acts first.
    pub actor: Option<Named>,
    /// For whom, or toward whom first.
    pub party: Option<Named>,
    /// On what.
    pub issue: Option<Named>,
    /// When, as a TIMEX3 value.
    pub value: Option<String>,
    /// Whether it took place.
    pub status: Option<String>,
    /// Number of articles that carry it.
    pub n_articles: i64,
    /// Least and greatest number of independent origins; zero where origins are not counted.
    pub n_origins: (i64, i64),
    /// Who stands for it.
    pub sourcing: Option<String>,
    /// The article that carried it first.
    pub first: Option<ArticleRef>,
    /// What else is known, by name.
    pub facts: serde_json::Map<String, Json>,
    /// The words, those to show first; as many as were asked for.
    pub places: Vec<ItemPlace>,
    /// How many there are.
    pub n_places: i64,
    /// Which corrections it bears.
    pub marks: Vec<ItemMark>,
}

/// An item that another one names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
}

/// An article that an item names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRef {
    /// Its id.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// Where it came from.
    pub location: String,
    /// When it was published, as it states or as others tell.
    pub published: Option<String>,
}

/// Exact words of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPlace {
    /// Which stance of a position, which side of a tension; for others 0 for the words to show and 1 for further reports.
    pub part: i64,
    /// The article.
    pub article: ArticleRef,
    /// Position of the first code point.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// Up to 32 code points before them.
    pub prefix: String,
    /// Up to 32 code points after them.
    pub suffix: String,
    /// The paragraph they begin in, counted from one.
    pub paragraph: usize,
}

/// A correction on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMark {
    /// The correction's id.
    pub correction: String,
    /// What it does.
    pub act: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub at: String,
    /// The whole entry as JSON.
    pub body: String,
}

/// Which items are asked for.
#[derive(Debug, Clone, Default)]
pub struct ItemQuery {
    /// Of this kind.
    pub kind: Option<String>,
    /// With an actor, a party or a name that has these words.
    pub who: Option<String>,
    /// On an issue whose name or id has these words.
    pub issue: Option<String>,
    /// Not before this day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Not after this day.
    pub to: Option<String>,
    /// At most so many, and so many left out before them.
    pub limit: usize,
    /// How many are left out before them.
    pub offset: usize,
    /// At most so many places of each.
    pub n_places: usize,
}

/// What a question finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Items {
    /// Items, in the order of the layer: actors by how much they say, issues and positions by articles, what has a time by
    /// time, utterances by independent origins.
    pub items: Vec<Item>,
    /// How many there are in all.
    pub n_total: usize,
}

/// What an id leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// An item of the story; with the id that was asked for where it had that before.
    Item(Box<Item>),
    /// An article: its row, its text, the ids of the items whose words stand in it.
    Article {
        /// Its row.
        article: Box<super::SourceRow>,
        /// Its text.
        text: String,
    },
    /// An entry of the log.
    Correction(ItemMark),
    /// An article that was taken out for good.
    Gap(super::Gap),
}

/// Context on either side of words.
const N_CONTEXT_CHARS: usize = 32;

pub(super) const COLUMNS: &str =
    "e.key, e.hash, e.id, e.label, e.kind, a.id, a.label, p.id, p.label, i.id, i.label, e.value,
    e.status, e.n_articles, e.n_origins_min, e.n_origins_max, e.sourcing, e.first, e.facts
    FROM _entry e LEFT JOIN _entry a ON a.key = e.actor LEFT JOIN _entry p ON p.key = e.party
    LEFT JOIN _entry i ON i.key = e.issue";

impl Case {
    /// Items of a layer.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn items(&self, layer: TargetLayer, query: &ItemQuery) -> Result<Items, Error> {
        if let Some(items) = self.ranked(layer, query)? {
            return Ok(items);
        }
        register(&self.connection).map_err(|error| self.fail(error))?;
        let mut conditions = vec![];
        let mut values: Vec<Value> = Vec::new();
        if let Some(kind) = &query.kind {
            conditions.push("e.kind = ? COLLATE NOCASE".to_string());
            values.push(kind.clone().into());
        }
        if let Some(who) = &query.who {
            let keys = self.actors_called(who)?;
            let own = if layer == TargetLayer::Actor { "e.key" } else { "e.actor" };
            conditions.push(format!("({own} IN ({keys}) OR e.party IN ({keys}))"));
        }
        if let Some(issue) = &query.issue {
            conditions.push("(has_words(i.label, ?) OR has_words(i.id, ?))".to_string());
            values.extend([issue.to_lowercase().into(), issue.to_lowercase().into()]);
        }
        let days = (query.from.as_deref(), query.to.as_deref());
        let keys = in_order(&self.connection, layer, &conditions, values, days).map_err(|error| self.fail(error))?;
        self.of_keys(&keys, query.limit, query.offset, query.n_places)
    }

    /// The beginning or the end of a layer that nothing narrows; `None` where more is asked for.
    fn ranked(&self, layer: TargetLayer, query: &ItemQuery) -> Result<Option<Items>, Error> {
        let ItemQuery { kind, who, issue, from, to, limit, offset, n_places } = query;
        if [kind, who, issue, from, to].iter().any(|condition| condition.is_some()) {
            return Ok(None);
        }
        let (first, last) = bounds(layer);
        let read = || {
            let count = "SELECT count(*) FROM _entry WHERE hash BETWEEN ?1 AND ?2";
            let n_total: i64 = self.connection.prepare_cached(count)?.query_row([first, last], |row| row.get(0))?;
            let (begin, limit) = (*offset as i64, (*limit as i64).min((n_total - *offset as i64).max(0)));
            let begin = if begin + limit <= N_RANKED { begin } else { begin - n_total };
            if begin < -N_RANKED_LAST {
                return Ok((n_total, None));
            }
            let select =
                "SELECT entry FROM _rank WHERE layer = ?1 AND position >= ?2 AND position < ?3 ORDER BY position";
            let mut select = self.connection.prepare_cached(select)?;
            let keys = select.query_map([number_of(layer), begin, begin + limit], |row| row.get(0))?;
            Ok((n_total, Some(keys.collect::<Result<Vec<i64>, _>>()?)))
        };
        let (n_total, keys) = read().map_err(|error| self.fail(error))?;
        let Some(keys) = keys else { return Ok(None) };
        let items = self.of_keys(&keys, keys.len(), 0, *n_places)?;
        Ok(Some(Items { n_total: usize::try_from(n_total).unwrap_or_default(), ..items }))
    }

    pub(super) fn of_keys(&self, keys: &[i64], limit: usize, offset: usize, n_places: usize) -> Result<Items, Error> {
        let shown = keys.iter().skip(offset).take(limit);
        let items = shown.map(|key| self.item(*key, n_places)).collect::<Result<_, _>>()?;
        Ok(Items { items, n_total: keys.len() })
    }

    /// The keys of entries that fulfil conditions, in an order.
    pub(super) fn keys(&self, conditions: &str, order: &str, values: Vec<Value>) -> Result<Vec<i64>, Error> {
        let read = || {
            let keys = format!("SELECT e.key FROM _entry e WHERE {conditions} ORDER BY {order}");
            let mut select = self.connection.prepare(&keys)?;
            let keys = select.query_map(rusqlite::params_from_iter(&values), |row| row.get(0))?;
            keys.collect::<Result<Vec<i64>, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

    /// The keys of the actors with such a name, as a list for SQL.
    pub(super) fn actors_called(&self, name: &str) -> Result<String, Error> {
        let read = || {
            let first = number_of(TargetLayer::Actor) << HASH_BITS;
            let select = "SELECT key FROM _entry WHERE hash BETWEEN ?1 AND ?2
                AND (has_words(label, ?3) OR has_words(id, ?3) OR has_words(facts -> '$.aliases', ?3))";
            let mut select = self.connection.prepare(select)?;
            let last = first | ((1 << HASH_BITS) - 1);
            let keys = select.query_map(params![first, last, name.to_lowercase()], |row| row.get::<_, i64>(0))?;
            keys.map(|key| key.map(|key| key.to_string())).collect::<Result<Vec<_>, _>>()
        };
        Ok(read().map_err(|error| self.fail(error))?.join(", "))
    }

    /// What an id leads to; one that an item had before leads to what it is now.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn show(&self, id: &str, n_places: usize) -> Result<Option<Shown>, Error> {
        if let Some(key) = self.key_of(id)? {
            return Ok(Some(Shown::Item(Box::new(self.item(key, n_places)?))));
        }
        if let Some((article, text)) = self.source_with_text(id)? {
            return Ok(Some(Shown::Article { article: Box::new(article), text }));
        }
        if let Some(mark) = self.marks("c.id = ?1", id)?.pop() {
            return Ok(Some(Shown::Correction(mark)));
        }
        Ok(self.gaps()?.into_iter().find(|gap| gap.id == id).map(Shown::Gap))
    }

    fn key_of(&self, id: &str) -> Result<Option<i64>, Error> {
        let read = || {
            let mut select = self.connection.prepare_cached("SELECT key FROM _entry WHERE hash = ?1 AND id = ?2")?;
            for layer in TargetLayer::ALL {
                let hash = hash_of(number_of(layer), id);
                if let Some(key) = select.query_map(params![hash, id], |row| row.get(0))?.next() {
                    return key.map(Some);
                }
            }
            let mut former = self.connection.prepare_cached("SELECT entry FROM _former WHERE id = ?1")?;
            former.query_map([id], |row| row.get(0))?.next().transpose()
        };
        read().map_err(|error| self.fail(error))
    }

    pub(super) fn item(&self, key: i64, n_places: usize) -> Result<Item, Error> {
        let read = || {
            let select = format!("SELECT {COLUMNS} WHERE e.key = ?1");
            self.connection
                .prepare_cached(&select)?
                .query_row([key], |row| Ok((item_of(row)?, row.get::<_, Option<i64>>(17)?)))
        };
        let (mut item, first) = read().map_err(|error| self.fail(error))?;
        // Which words an item rests on is a part of it: no other ones are shown for them.
        if !is_whole(&self.connection, key).map_err(|error| self.fail(error))? {
            return Err(Error::damaged(&self.path, format!("{} of the story is not what was written", item.id)));
        }
        item.first = first.map(|key| self.article_ref(key)).transpose()?.flatten();
        let count = "SELECT count(*) FROM _place WHERE entry = ?1";
        let n_places_all =
            self.connection.prepare_cached(count).and_then(|mut count| count.query_row([key], |row| row.get(0)));
        item.n_places = n_places_all.map_err(|error| self.fail(error))?;
        item.places = self.places(key, n_places)?;
        item.marks = self.marks("c.id IN (SELECT correction FROM _mark WHERE item = ?1)", &item.id)?;
        self.name_facts(&mut item)?;
        Ok(item)
    }

    /// Puts words in the place of the numbers that stand for them in facts.
    fn name_facts(&self, item: &mut Item) -> Result<(), Error> {
        if let Some(Json::Array(numbers)) = item.facts.get_mut("because") {
            for number in numbers {
                let select = "SELECT text FROM _phrase WHERE number = ?1";
                let text = self
                    .connection
                    .prepare_cached(select)
                    .and_then(|mut select| select.query_row([number.as_i64()], |row| row.get::<_, String>(0)));
                *number = Json::String(text.map_err(|error| self.fail(error))?);
            }
        }
        let Some(Json::Array(stances)) = item.facts.get_mut("stances") else { return Ok(()) };
        for stance in stances {
            let Some(Json::Array(conditions)) = stance.get_mut("conditions") else { continue };
            for condition in conditions {
                let number = |at: usize| condition.get(at).and_then(Json::as_i64).unwrap_or_default();
                let place = self.words_at(0, number(0), number(1), number(2), &mut HashMap::new())?;
                let linked = condition.get(3).cloned().unwrap_or_default();
                *condition = serde_json::json!({
                    "article": place.as_ref().map(|place| &place.article.id),
                    "start": place.as_ref().map(|place| place.start),
                    "end": place.as_ref().map(|place| place.end),
                    "exact": place.as_ref().map(|place| &place.exact),
                    "linked_issue": linked,
                });
            }
        }
        Ok(())
    }

    fn places(&self, key: i64, limit: usize) -> Result<Vec<ItemPlace>, Error> {
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
        let span = CodePoints::new(text).span(start, end).ok_or_else(damaged)?;
        let (before, after) = (&text[..span.start.get()], &text[span.end.get()..]);
        let prefix = before.char_indices().rev().take(N_CONTEXT_CHARS).last().map_or("", |(at, _)| &before[at..]);
        let suffix_end = after.char_indices().nth(N_CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
        let line_end = text[before.len()..].find('\n').map_or(text.len(), |at| before.len() + at);
        Ok(Some(ItemPlace {
            part,
            start,
            end,
            exact: span.of(text).to_string(),
            prefix: prefix.to_string(),
            suffix: after[..suffix_end].to_string(),
            paragraph: paragraphs(&text[..line_end]).count(),
            article: of,
        }))
    }

    pub(super) fn text_of(&self, article: i64) -> Result<String, Error> {
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

/// Entries of each layer whose positions are kept, from its beginning and from its end.
const N_RANKED: i64 = 1_000;
const N_RANKED_LAST: i64 = 100;

/// Notes the beginning and the end of each layer.
pub(crate) fn rank(connection: &Connection) -> Result<(), rusqlite::Error> {
    register(connection)?;
    connection.execute_batch("DELETE FROM _rank")?;
    let mut insert = connection.prepare("INSERT INTO _rank VALUES (?1, ?2, ?3)")?;
    for layer in TargetLayer::ALL {
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
fn bounds(layer: TargetLayer) -> (i64, i64) {
    let first = number_of(layer) << HASH_BITS;
    (first, first | ((1 << HASH_BITS) - 1))
}

/// The keys of a layer's entries that fulfil conditions and lie between days, in the order of the layer: by what does not
/// depend on the order in which articles came.
fn in_order(
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
        _ => "e.n_origins_min DESC, e.n_articles DESC, e.value, e.id",
    };
    let (first, last) = bounds(layer);
    let conditions = conditions.iter().map(|condition| format!(" AND {condition}")).collect::<String>();
    let select = format!(
        "SELECT e.key, e.value, e.id FROM _entry e LEFT JOIN _entry i ON i.key = e.issue
        WHERE e.hash BETWEEN {first} AND {last}{conditions} ORDER BY {order}"
    );
    let mut select = connection.prepare(&select)?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let rows = select.query_map(rusqlite::params_from_iter(&values), row)?;
    let rows = rows.collect::<Result<Vec<(i64, Option<String>, String)>, _>>()?;
    let is_by_time = matches!(layer, TargetLayer::Happening | TargetLayer::Timeline);
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

fn item_of(row: &Row<'_>) -> Result<Item, rusqlite::Error> {
    let named = |at: usize| -> Result<Option<Named>, rusqlite::Error> {
        let id: Option<String> = row.get(at)?;
        let label: Option<String> = row.get(at + 1)?;
        Ok(id.map(|id| Named { label: label.unwrap_or_else(|| id.clone()), id }))
    };
    let facts: Option<String> = row.get(18)?;
    Ok(Item {
        layer: layer_of(row.get::<_, i64>(1)? >> HASH_BITS).unwrap_or(TargetLayer::Actor),
        id: row.get(2)?,
        label: row.get(3)?,
        kind: row.get(4)?,
        actor: named(5)?,
        party: named(7)?,
        issue: named(9)?,
        value: row.get(11)?,
        status: row.get(12)?,
        n_articles: row.get(13)?,
        n_origins: (row.get(14)?, row.get(15)?),
        sourcing: row.get(16)?,
        first: None,
        facts: facts.and_then(|facts| serde_json::from_str(&facts).ok()).unwrap_or_default(),
        places: Vec::new(),
        n_places: 0,
        marks: Vec::new(),
    })
}
