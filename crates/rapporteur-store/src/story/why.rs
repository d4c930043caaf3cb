//! Why is an entry of the story new, told otherwise, or gone?

use super::entries::{NewEntry, NewPlace, number_of};
use hashbrown::HashMap;
use rapporteur_model::TargetLayer;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// At most so many articles are named.
const MAX_NAMES: usize = 3;

/// What people know things by.
pub(super) struct Names<'a> {
    /// The articles, by key.
    pub(super) articles: HashMap<i64, &'a str>,
    /// The actors and issues of the new story, by id.
    pub(super) items: HashMap<String, String>,
}

/// An entry as it stood in the file.
pub(super) struct Before {
    label: Option<String>,
    kind: Option<String>,
    value: Option<String>,
    status: Option<String>,
    actor: Option<String>,
    party: Option<String>,
    n_articles: i64,
    n_origins_min: i64,
    n_origins_max: i64,
    facts: Option<String>,
    places: Vec<NewPlace>,
}

impl Before {
    pub(super) fn load(connection: &Connection, key: i64) -> Result<Self, rusqlite::Error> {
        let select =
            "SELECT e.label, e.kind, e.value, e.status, e.n_articles, e.n_origins_min, e.n_origins_max, e.facts,
            a.label, p.label FROM _entry e LEFT JOIN _entry a ON a.key = e.actor LEFT JOIN _entry p ON p.key = e.party
            WHERE e.key = ?1";
        let before = connection.prepare_cached(select)?.query_row([key], |row| {
            Ok(Before {
                label: row.get(0)?,
                kind: row.get(1)?,
                value: row.get(2)?,
                status: row.get(3)?,
                n_articles: row.get(4)?,
                n_origins_min: row.get(5)?,
                n_origins_max: row.get(6)?,
                facts: row.get(7)?,
                actor: row.get(8)?,
                party: row.get(9)?,
                places: Vec::new(),
            })
        })?;
        let select = "SELECT part, article, first, last FROM _place WHERE entry = ?1";
        let mut select = connection.prepare_cached(select)?;
        let place = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        Ok(Before { places: select.query_map([key], place)?.collect::<Result<_, _>>()?, ..before })
    }

    /// The article of its words.
    pub(super) fn article(&self) -> Option<i64> {
        self.places.first().map(|(_, article, ..)| *article)
    }

    /// What a reader knew it by: its name or its words, as far as they are still there.
    pub(super) fn words(&self, connection: &Connection) -> Result<Option<String>, rusqlite::Error> {
        let Some((_, article, first, last)) = self.places.first().filter(|_| self.label.is_none()) else {
            return Ok(self.label.clone());
        };
        let select =
            "SELECT substr(t.text, ?2 + 1, ?3 - ?2) FROM _article a JOIN _text t ON t.key = a.text WHERE a.key = ?1";
        let mut select = connection.prepare_cached(select)?;
        select.query_map(params![article, first, last], |row| row.get(0))?.next().transpose()
    }

    fn articles(&self) -> BTreeSet<i64> {
        self.places.iter().map(|(_, article, ..)| *article).collect()
    }
}

/// Which articles brought it in.
pub(super) fn why_new(entry: &NewEntry, names: &Names<'_>) -> String {
    let articles: BTreeSet<i64> = entry.places.iter().map(|(_, article, ..)| *article).collect();
    if articles.is_empty() {
        "it follows from what is new".to_string()
    } else {
        format!("told by {}", listed(&articles, names))
    }
}

/// What is told otherwise; `None` where nothing of it can be said.
pub(super) fn why_changed(before: &Before, entry: &NewEntry, names: &Names<'_>) -> Option<String> {
    let mut why = Vec::new();
    let after: BTreeSet<i64> = entry.places.iter().map(|(_, article, ..)| *article).collect();
    let articles = before.articles();
    let more: BTreeSet<i64> = after.difference(&articles).copied().collect();
    let fewer = articles.difference(&after).count();
    if !more.is_empty() {
        why.push(format!("also told by {}", listed(&more, names)));
    }
    if fewer > 0 {
        why.push(format!("no longer told by {fewer} {}", if fewer == 1 { "article" } else { "articles" }));
    }
    let mut from_to = |what: &str, before: &Option<String>, after: &Option<String>| {
        let written = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".to_string());
        if before != after {
            why.push(format!("{what} {} instead of {}", written(after), written(before)));
        }
    };
    from_to("called", &before.label, &entry.label);
    from_to("now", &before.kind, &entry.kind);
    from_to("dated", &before.value, &entry.value);
    from_to("status", &before.status, &entry.status);
    let named = |id: &Option<String>| id.as_ref().and_then(|id| names.items.get(id)).cloned();
    from_to("by", &before.actor, &named(&entry.actor));
    let side = if entry.layer == number_of(TargetLayer::Happening) { "toward" } else { "for" };
    from_to(side, &before.party, &named(&entry.party));
    let origins = |min: i64, max: i64| if min == max { min.to_string() } else { format!("{min} to {max}") };
    let (was, is) =
        (origins(before.n_origins_min, before.n_origins_max), origins(entry.n_origins_min, entry.n_origins_max));
    if entry.layer == number_of(TargetLayer::Actor) {
        // Of an actor these are numbers of statements and of mentions.
        if before.n_origins_min != entry.n_origins_min {
            why.push(format!("{} statements instead of {}", entry.n_origins_min, before.n_origins_min));
        }
    } else if was != is {
        why.push(format!("independent origins {is} instead of {was}"));
    }
    if why.is_empty() && before.n_articles != entry.n_articles {
        why.push(format!("carried by {} articles instead of {}", entry.n_articles, before.n_articles));
    }
    if why.is_empty() && before.places != entry.places {
        why.push("told by other words".to_string());
    }
    if why.is_empty() && before.facts != entry.facts {
        why.push("its details changed".to_string());
    }
    (!why.is_empty()).then(|| why.join("; "))
}

/// Why an entry is gone: its words are part of another one, a correction has rejected it, or no article carries it.
pub(super) fn why_gone(
    connection: &Connection,
    before: &Before,
    rejected_by: Option<&str>,
) -> Result<String, rusqlite::Error> {
    if let Some(correction) = rejected_by {
        return Ok(format!("rejected by {correction}"));
    }
    let there = "SELECT count(*) FROM _article WHERE key = ?1";
    let mut is_any_there = before.places.is_empty();
    for article in before.articles() {
        is_any_there |= connection.prepare_cached(there)?.query_row([article], |row| row.get::<_, i64>(0))? > 0;
    }
    if !is_any_there {
        return Ok("its articles are no longer in the case".to_string());
    }
    Ok("the articles together no longer show it".to_string())
}

fn listed(articles: &BTreeSet<i64>, names: &Names<'_>) -> String {
    let mut listed: Vec<&str> = articles.iter().filter_map(|key| names.articles.get(key).copied()).collect();
    listed.sort_unstable();
    let n_more = listed.len().saturating_sub(MAX_NAMES);
    let shown = listed.into_iter().take(MAX_NAMES).collect::<Vec<_>>().join(", ");
    if n_more > 0 { format!("{shown} and {n_more} more") } else { shown }
}
