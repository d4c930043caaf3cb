//! Items of the story, with the exact words they rest on.

use super::item::{Item, ItemPlace, ItemQuery, Items, Named, Shown};
use super::order::{N_RANKED, N_RANKED_LAST, bounds, in_order};
use crate::story::{CIRCUMSTANCES, HASH_BITS, hash_of, is_whole, layer_of, number_of};
use crate::{Case, Error};
use rapporteur_model::TargetLayer;
use rusqlite::types::Value;
use rusqlite::{Row, params};
use serde_json::Value as Json;
use std::collections::HashMap;

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
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).min(n_total);
            let begin = number(*offset);
            let limit = number(*limit).min(n_total - begin);
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
            let (first, last) = bounds(TargetLayer::Actor);
            let select = "SELECT key FROM _entry WHERE hash BETWEEN ?1 AND ?2
                AND (has_words(label, ?3) OR has_words(id, ?3) OR has_words(facts -> '$.aliases', ?3))";
            let mut select = self.connection.prepare(select)?;
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
        self.name_facts(key, &mut item)?;
        Ok(item)
    }

    /// Puts words in the place of the numbers that stand for them in facts.
    fn name_facts(&self, key: i64, item: &mut Item) -> Result<(), Error> {
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
        self.name_circumstances(key, item)?;
        let Some(Json::Array(stances)) = item.facts.get_mut("stances") else { return Ok(()) };
        for stance in stances {
            let Some(Json::Array(conditions)) = stance.get_mut("conditions") else { continue };
            for condition in conditions {
                let place = self.words_at(
                    0,
                    number(condition, 0),
                    number(condition, 1),
                    number(condition, 2),
                    &mut HashMap::new(),
                )?;
                let linked = condition.get(3).cloned().unwrap_or_default();
                *condition = selector(place);
                condition["linked_issue"] = linked;
            }
        }
        Ok(())
    }

    /// Puts words in the place of the positions that stand for them.
    fn name_circumstances(&self, key: i64, item: &mut Item) -> Result<(), Error> {
        if !CIRCUMSTANCES.iter().any(|name| item.facts.get(*name).is_some_and(Json::is_array)) {
            return Ok(());
        }
        let shown = "SELECT article FROM _place WHERE entry = ?1 AND part = 0";
        let article =
            self.connection.prepare_cached(shown).and_then(|mut shown| shown.query_row([key], |row| row.get(0)));
        let article = article.map_err(|error| self.fail(error))?;
        let mut texts = HashMap::new();
        for name in CIRCUMSTANCES {
            if let Some(fact) = item.facts.get_mut(name).filter(|fact| fact.is_array()) {
                *fact = selector(self.words_at(0, article, number(fact, 0), number(fact, 1), &mut texts)?);
            }
        }
        Ok(())
    }
}

fn number(list: &Json, at: usize) -> i64 {
    list.get(at).and_then(Json::as_i64).unwrap_or_default()
}

/// Words with the place they stand at, as a fact.
fn selector(place: Option<ItemPlace>) -> Json {
    serde_json::json!({
        "article": place.as_ref().map(|place| &place.article.id),
        "start": place.as_ref().map(|place| place.start),
        "end": place.as_ref().map(|place| place.end),
        "exact": place.as_ref().map(|place| &place.exact),
    })
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
