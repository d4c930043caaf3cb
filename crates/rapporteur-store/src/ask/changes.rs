//! What is new in a case, what changed, what was withdrawn, and why.

use crate::story::layer_of;
use crate::{Case, Error};
use rapporteur_model::TargetLayer;
use rusqlite::{Row, params};

/// A change of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The run that made it, of several the last.
    pub run: i64,
    /// What sort of item it is.
    pub layer: TargetLayer,
    /// Its id.
    pub id: String,
    /// What became of it.
    pub kind: ChangeKind,
    /// Its name or its words; `None` where they were purged.
    pub words: Option<String>,
    /// Why, as a lowercase fragment; of several runs one after the other.
    pub why: String,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It was not there before.
    New,
    /// It is told otherwise.
    Changed,
    /// It is there no more.
    Withdrawn,
}

impl ChangeKind {
    /// The name, as it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::New => "new",
            ChangeKind::Changed => "changed",
            ChangeKind::Withdrawn => "withdrawn",
        }
    }
}

impl Case {
    /// What runs after `since` have changed, by layer, kind and id. What is new and then gone is left out, and the whole
    /// story that a case began with is not listed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn changes(&self, since: i64) -> Result<Vec<Change>, Error> {
        let read = || {
            let select = "SELECT run, layer, id, kind, words, why FROM _change WHERE run > ?1 ORDER BY layer, id, run";
            let mut select = self.connection.prepare(select)?;
            let row = |row: &Row<'_>| {
                let kind = match row.get::<_, String>(3)?.as_str() {
                    "new" => ChangeKind::New,
                    "withdrawn" => ChangeKind::Withdrawn,
                    _ => ChangeKind::Changed,
                };
                let layer = layer_of(row.get(1)?).unwrap_or(TargetLayer::Actor);
                Ok(Change { run: row.get(0)?, layer, id: row.get(2)?, kind, words: row.get(4)?, why: row.get(5)? })
            };
            select.query_map(params![since], row)?.collect::<Result<Vec<_>, _>>()
        };
        let mut merged: Vec<Change> = Vec::new();
        for change in read().map_err(|error| self.fail(error))? {
            match merged.last_mut().filter(|last| (last.layer, &last.id) == (change.layer, &change.id)) {
                None => merged.push(change),
                Some(last) => match (last.kind, change.kind) {
                    (ChangeKind::New, ChangeKind::Withdrawn) => drop(merged.pop()),
                    (ChangeKind::New, _) => last.run = change.run,
                    (ChangeKind::Withdrawn, ChangeKind::New) => {
                        *last = Change {
                            kind: ChangeKind::Changed,
                            why: format!("{}; {}", last.why, change.why),
                            ..change
                        };
                    }
                    (_, kind) => {
                        let why = format!("{}; {}", last.why, change.why);
                        *last = Change { kind, why, words: change.words.clone().or(last.words.take()), ..change };
                    }
                },
            }
        }
        merged.sort_by(|a, b| (a.layer, a.kind, &a.id).cmp(&(b.layer, b.kind, &b.id)));
        for change in merged.iter_mut().filter(|change| change.kind != ChangeKind::Withdrawn) {
            change.words = self.words_of(&change.id)?;
        }
        Ok(merged)
    }

    /// The name or the words of an item.
    fn words_of(&self, id: &str) -> Result<Option<String>, Error> {
        Ok(match self.show(id, 1)? {
            Some(super::Shown::Item(item)) => {
                let named = [&item.party, &item.issue].map(|named| named.as_ref().map(|named| named.label.as_str()));
                let label = item.label.clone().or_else(|| {
                    (item.layer == TargetLayer::Position)
                        .then(|| named.into_iter().flatten().collect::<Vec<_>>().join(": "))
                });
                label.or_else(|| item.places.first().map(|place| place.exact.clone()))
            }
            _ => None,
        })
    }
}
