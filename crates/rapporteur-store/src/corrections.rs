//! The log of corrections: only ever added to.

use crate::check::seal_story;
use crate::digest::{digest, sha256};
use crate::{Case, Error};
use rapporteur_model::{
    Anchor, ArticleId, Corrected, Correction, CorrectionAct, CorrectionId, Instant, Orphan, Target, TargetLayer,
};
use rusqlite::{Connection, params};
use std::path::Path;

/// A new entry of a log, with its id.
///
/// # Example
/// ```
/// use rapporteur_model::{CorrectionAct, CorrectionId, Instant};
/// let undo = || CorrectionAct::Undo { correction: CorrectionId::new("c-1") };
/// let at = Instant::new("2031-03-09T14:30:00Z");
/// let entry = rapporteur_store::entry("Dana", &at, undo(), None);
/// assert_eq!(entry, rapporteur_store::entry("Dana", &at, undo(), None));
/// ```
pub fn entry(author: &str, at: &Instant, act: CorrectionAct, reason: Option<&str>) -> Correction {
    let open = Correction {
        id: CorrectionId::new(""),
        at: at.clone(),
        author: author.to_string(),
        act,
        reason: reason.map(str::to_string),
    };
    let hash = sha256(serde_json::to_string(&open).unwrap_or_default().as_bytes());
    let id: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Correction { id: CorrectionId::new(format!("correction/{id}")), ..open }
}

impl Case {
    /// The log, in the order of time and then of the ids, whatever the order in which entries were added.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn corrections(&self) -> Result<Vec<Correction>, Error> {
        let read = || {
            let mut select = self.connection.prepare("SELECT body, digest FROM _correction ORDER BY at, id")?;
            select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<(String, i64)>, _>>()
        };
        let of_row = |(body, written): (String, i64)| {
            if digest(&[body.as_bytes()]) != written {
                return Err(Error::damaged(&self.path, "an entry of the log of corrections is not what was written"));
            }
            serde_json::from_str(&body).map_err(|error| Error::damaged(&self.path, error))
        };
        read().map_err(|error| self.fail(error))?.into_iter().map(of_row).collect()
    }

    /// Adds entries to the log; those that are there already are left as they are. Gives how many are new.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn append(&mut self, entries: &[Correction]) -> Result<usize, Error> {
        let path = self.path.clone();
        self.change(|connection| {
            let mut n_new = 0;
            for entry in entries {
                let body = serde_json::to_string(entry).map_err(|error| Error::other(&path, error.to_string()))?;
                let insert = "INSERT OR IGNORE INTO _correction (id, at, author, act, body, digest)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let values = params![
                    entry.id.as_str(),
                    entry.at.as_str(),
                    entry.author,
                    entry.act.name(),
                    body,
                    digest(&[body.as_bytes()])
                ];
                n_new += connection.execute(insert, values).map_err(|error| Error::sqlite(&path, &error))?;
            }
            if n_new > 0 {
                // The log of another case may quote an article that was taken out of this one.
                for gap in gaps(connection).map_err(|error| Error::sqlite(&path, &error))? {
                    forget(connection, &path, &gap)?;
                }
            }
            Ok(n_new)
        })
    }

    /// Puts entries of the log that change nothing in the story on their items at once, until the story is told again.
    /// `false`, and nothing done, where one of them is about something that is not in the case as it is now.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn mark(&mut self, entries: &[Correction]) -> Result<bool, Error> {
        let mut marks = Vec::new();
        for entry in entries {
            for Target { layer, id, .. } in entry.act.targets() {
                let is_there = *layer == TargetLayer::Outlet || self.show(id, 0)?.is_some();
                if !is_there {
                    return Ok(false);
                }
                marks.push((&entry.id, *layer, id));
            }
        }
        let path = self.path.clone();
        self.change(|connection| {
            let put = || {
                let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO _mark VALUES (?1, ?2, ?3)")?;
                for (correction, layer, item) in &marks {
                    insert.execute(params![correction.as_str(), layer.name(), item])?;
                }
                seal_story(connection)
            };
            put().map_err(|error| Error::sqlite(&path, &error))
        })?;
        Ok(true)
    }

    /// Which entries of the log hold on nothing in the story, with the reason.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn orphans(&self) -> Result<Vec<Orphan>, Error> {
        let read = || {
            let mut select = self.connection.prepare("SELECT correction, reason FROM _orphan ORDER BY correction")?;
            let row = |row: &rusqlite::Row<'_>| {
                Ok(Orphan { correction: CorrectionId::new(row.get::<_, String>(0)?), reason: row.get(1)? })
            };
            select.query_map([], row)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }
}

/// What corrections hold on, as the story tells.
pub(crate) fn put_corrected(connection: &Connection, corrected: &Corrected) -> Result<(), rusqlite::Error> {
    connection.execute_batch("DELETE FROM _mark; DELETE FROM _orphan")?;
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO _mark VALUES (?1, ?2, ?3)")?;
    for mark in &corrected.marks {
        insert.execute(params![mark.correction.as_str(), mark.layer.name(), mark.item])?;
    }
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO _orphan VALUES (?1, ?2)")?;
    for orphan in &corrected.orphans {
        insert.execute(params![orphan.correction.as_str(), orphan.reason])?;
    }
    Ok(())
}

/// What stands for words that must go.
const GONE: &str = "[purged]";

fn gaps(connection: &Connection) -> Result<Vec<ArticleId>, rusqlite::Error> {
    let mut select = connection.prepare("SELECT id FROM _gap ORDER BY id")?;
    select.query_map([], |row| Ok(ArticleId::new(row.get::<_, String>(0)?)))?.collect()
}

/// Takes the words of an article out of the log; the entries stay, with their ids and what they did.
pub(crate) fn forget(connection: &Connection, path: &Path, article: &ArticleId) -> Result<(), Error> {
    let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
    let read = || {
        let like = "SELECT number, body FROM _correction WHERE instr(body, ?1)";
        let mut select = connection.prepare(like)?;
        select
            .query_map([article.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(i64, String)>, _>>()
    };
    for (number, body) in read().map_err(wrap)? {
        let mut entry: Correction = serde_json::from_str(&body).map_err(|error| Error::damaged(path, error))?;
        entry.act.targets_mut().into_iter().for_each(|target| forget_target(target, article));
        if let CorrectionAct::Add { words, .. } = &mut entry.act {
            forget_anchor(words, article);
        }
        let body = serde_json::to_string(&entry).map_err(|error| Error::other(path, error.to_string()))?;
        let update = "UPDATE _correction SET body = ?2, digest = ?3 WHERE number = ?1";
        connection.execute(update, params![number, body, digest(&[body.as_bytes()])]).map_err(wrap)?;
    }
    Ok(())
}

fn forget_target(target: &mut Target, article: &ArticleId) {
    let n_hit: usize = target.places.iter_mut().map(|anchor| usize::from(forget_anchor(anchor, article))).sum();
    let is_article = target.layer == TargetLayer::Article && target.id == article.as_str();
    // The name of an actor that other articles mention as well is not this article's.
    let is_known_elsewhere = target.layer == TargetLayer::Actor && n_hit < target.places.len();
    if is_article || n_hit > 0 && !is_known_elsewhere {
        target.label = GONE.to_string();
        // The ids of actors and of what they stand for are made of names; others of hashes.
        if matches!(target.layer, TargetLayer::Actor | TargetLayer::Issue | TargetLayer::Position) {
            target.id = GONE.to_string();
        }
    }
}

fn forget_anchor(anchor: &mut Anchor, article: &ArticleId) -> bool {
    let is_hit = anchor.article == *article;
    if is_hit {
        anchor.location = GONE.to_string();
        anchor.exact = String::new();
        anchor.prefix = String::new();
        anchor.suffix = String::new();
    }
    is_hit
}
