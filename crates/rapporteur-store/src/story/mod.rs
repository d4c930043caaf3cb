//! The story in the file: written in one step, so that whoever asks sees the one before or this one, and only where it
//! differs from the one before, which tells what a run has changed.

mod entries;
mod lineage;
mod whole;
mod why;

pub(crate) use entries::{CIRCUMSTANCES, layer_of, number_of};
pub(crate) use lineage::{evidence_of, relation_of};
pub(crate) use whole::{entry_digests, is_whole};

use crate::articles::keys;
use crate::ask::rank;
use crate::check::{seal_settings, seal_story};
use crate::corrections::put_corrected;
use crate::digest::digest;
use crate::{Case, Error};
use entries::{NewEntry, NewPlace, Told};
use hashbrown::HashMap;
use rapporteur_model::{Article, ArticleId, Corrected, CorrectionId, Record, Story, TargetLayer};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, HashSet};
use why::{Before, Names, why_changed, why_gone};

/// What a run has changed in the story: numbers of entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changed {
    /// Entries that were not there before.
    pub n_new: usize,
    /// Entries that are told otherwise.
    pub n_changed: usize,
    /// Entries that are there no more.
    pub n_withdrawn: usize,
}

/// A story with what it was told of.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// All articles of the case, by location and then id.
    pub articles: &'a [Article],
    /// One for each article, as the story was told of them: with what corrections change.
    pub records: &'a [Record],
    /// The story.
    pub story: &'a Story,
    /// On what corrections hold.
    pub corrected: &'a Corrected,
    /// The corrections that reject something, whose items are not in the story.
    pub rejections: &'a HashSet<CorrectionId>,
}

impl Case {
    /// Puts a story in the place of the one before, in one step; the threads that this is called on lay it out.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn tell(&mut self, run: i64, telling: &Telling<'_>) -> Result<Changed, Error> {
        let path = self.path.clone();
        self.change(|connection| {
            let write = || {
                let keys = keys(connection)?;
                let phrases = phrases(connection, telling.story)?;
                let told = Told::new(telling.articles, telling.records, telling.story, &keys, &phrases);
                let rejecting =
                    telling.corrected.marks.iter().filter(|mark| telling.rejections.contains(&mark.correction));
                let rejected: HashMap<&str, &str> =
                    rejecting.map(|mark| (mark.item.as_str(), mark.correction.as_str())).collect();
                let changed = Diff::new(connection, run, telling, &keys, &rejected)?.write(told.entries())?;
                lineage::put(connection, &told, telling.story)?;
                put_corrected(connection, telling.corrected)?;
                rank(connection)?;
                let put = "INSERT OR REPLACE INTO _setting VALUES (?1, ?2)";
                connection.execute(put, ["story_run", &run.to_string()])?;
                connection.execute(put, ["story_articles", &telling.articles.len().to_string()])?;
                seal_story(connection)?;
                seal_settings(connection)?;
                Ok(changed)
            };
            write().map_err(|error| Error::sqlite(&path, &error))
        })
    }
}

/// The numbers of the reasons of a story in the file.
fn phrases(connection: &Connection, story: &Story) -> Result<HashMap<String, i64>, rusqlite::Error> {
    let reasons = entries::reasons(story);
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO _phrase (text) VALUES (?1)")?;
    for reason in &reasons {
        insert.execute([reason])?;
    }
    let mut select = connection.prepare("SELECT text, number FROM _phrase")?;
    let known: HashMap<String, i64> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    // A reason can have names in it, which go with the articles that have them.
    let mut delete = connection.prepare_cached("DELETE FROM _phrase WHERE number = ?1")?;
    for number in known.iter().filter(|(text, _)| !reasons.contains(text.as_str())).map(|(_, number)| number) {
        delete.execute([number])?;
    }
    Ok(known)
}

/// The entries of the file against those of a new story.
struct Diff<'c> {
    connection: &'c Connection,
    run: i64,
    /// The entries of the file: layer and id, then key and digest.
    before: HashMap<(i64, String), (i64, i64)>,
    /// Keys of entries of the file whose id another one has as well.
    doubles: Vec<i64>,
    next_key: i64,
    /// Keys of the entries that others refer to.
    keys: HashMap<String, i64>,
    names: Names<'c>,
    rejected: &'c HashMap<&'c str, &'c str>,
    /// Whether no run before this one has told the story: then all of it is new.
    is_first: bool,
    changed: Changed,
}

impl<'c> Diff<'c> {
    fn new(
        connection: &'c Connection,
        run: i64,
        telling: &Telling<'c>,
        articles: &HashMap<ArticleId, i64>,
        rejected: &'c HashMap<&'c str, &'c str>,
    ) -> Result<Self, rusqlite::Error> {
        let mut select = connection.prepare("SELECT hash, id, key, digest FROM _entry")?;
        let row = |row: &rusqlite::Row<'_>| {
            Ok(((row.get::<_, i64>(0)? >> HASH_BITS, row.get(1)?), (row.get(2)?, row.get(3)?)))
        };
        let (mut before, mut doubles, mut last_key) = (HashMap::new(), Vec::new(), 0);
        for entry in select.query_map([], row)? {
            let (named, (key, digest)): ((i64, String), (i64, i64)) = entry?;
            last_key = last_key.max(key);
            doubles.extend(before.insert(named, (key, digest)).map(|(key, _)| key));
        }
        let next_key = last_key + 1;
        let names =
            telling.articles.iter().filter_map(|article| Some((*articles.get(&article.id)?, article.name.as_str())));
        Ok(Diff {
            connection,
            run,
            before,
            doubles,
            next_key,
            keys: HashMap::new(),
            names: Names { articles: names.collect(), items: HashMap::new() },
            rejected,
            is_first: is_first(connection, run)?,
            changed: Changed::default(),
        })
    }

    fn write(mut self, entries: Vec<(NewEntry, i64)>) -> Result<Changed, rusqlite::Error> {
        // Each entry gets its key before any is written: they refer to each other.
        let (mut told_otherwise, mut open): (Vec<Keyed>, Vec<(NewEntry, i64)>) = (Vec::new(), Vec::new());
        let labelled = entries.iter().filter_map(|(entry, _)| Some((entry.id.clone(), entry.label.clone()?)));
        self.names.items = labelled.collect();
        for (entry, digest) in entries {
            match self.before.remove(&(entry.layer, entry.id.clone())) {
                Some((key, same)) => {
                    self.refer(&entry, key);
                    if same != digest {
                        told_otherwise.push((entry, key, digest));
                    }
                }
                None => open.push((entry, digest)),
            }
        }
        for key in std::mem::take(&mut self.doubles) {
            self.take_out(key)?;
        }
        let mut gone = self.gone()?;
        let mut fresh: Vec<Keyed> = Vec::new();
        // What stands on the same words under another id is what it was before.
        for (entry, digest) in open {
            let words = entry.places.iter().map(|(_, article, first, _)| (entry.layer, *article, *first));
            let mut known = words.filter_map(|words| gone.by_words.get(&words)).copied();
            let known = known.find(|key| gone.entries.contains_key(key));
            if let Some((key, (_, id))) = known.and_then(|key| Some((key, gone.entries.remove(&key)?))) {
                self.lead(&id, key)?;
                self.refer(&entry, key);
                told_otherwise.push((entry, key, digest));
            } else {
                let key = self.next_key;
                self.next_key += 1;
                self.refer(&entry, key);
                fresh.push((entry, key, digest));
            }
        }
        let heirs = gone.heirs(told_otherwise.iter().chain(&fresh));
        for (entry, key, digest) in told_otherwise {
            let before = Before::load(self.connection, key)?;
            self.put(&entry, key, digest)?;
            self.change(&entry, &before)?;
        }
        for (entry, key, digest) in fresh {
            self.put(&entry, key, digest)?;
            self.note(entry.layer, &entry.id, "new", None, None, &why::why_new(&entry, &self.names))?;
            self.changed.n_new += 1;
        }
        let gone: BTreeMap<i64, (i64, String)> = gone.entries.into_iter().collect();
        for (key, (layer, id)) in gone {
            self.withdraw(key, layer, &id, heirs.get(&key).copied())?;
        }
        Ok(self.changed)
    }

    /// What is left of the entries of the file, with the words they stand on.
    fn gone(&mut self) -> Result<Gone, rusqlite::Error> {
        let before = std::mem::take(&mut self.before);
        let entries: HashMap<i64, (i64, String)> =
            before.into_iter().map(|((layer, id), (key, _))| (key, (layer, id))).collect();
        let mut by_words = HashMap::new();
        let mut select = self.connection.prepare("SELECT article, first FROM _place WHERE entry = ?1")?;
        let mut keys: Vec<&i64> = entries.keys().collect();
        keys.sort_unstable();
        for key in keys {
            let mut rows = select.query([key])?;
            while let Some(row) = rows.next()? {
                by_words.entry((entries[key].0, row.get(0)?, row.get(1)?)).or_insert(*key);
            }
        }
        Ok(Gone { entries, by_words })
    }

    fn refer(&mut self, entry: &NewEntry, key: i64) {
        if entry.layer == number_of(TargetLayer::Actor) || entry.layer == number_of(TargetLayer::Issue) {
            self.keys.insert(entry.id.clone(), key);
        }
    }

    fn put(&self, entry: &NewEntry, key: i64, digest: i64) -> Result<(), rusqlite::Error> {
        let key_of = |id: &Option<String>| id.as_ref().and_then(|id| self.keys.get(id)).copied();
        let insert = "INSERT OR REPLACE INTO _entry VALUES
            (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
        self.connection.prepare_cached(insert)?.execute(params![
            key,
            entry.id,
            hash_of(entry.layer, &entry.id),
            entry.label,
            entry.kind,
            key_of(&entry.actor),
            key_of(&entry.party),
            key_of(&entry.issue),
            entry.value,
            entry.status,
            entry.n_articles,
            entry.n_origins_min,
            entry.n_origins_max,
            entry.sourcing,
            entry.first,
            entry.facts,
            digest
        ])?;
        self.connection.prepare_cached("DELETE FROM _place WHERE entry = ?1")?.execute([key])?;
        let mut insert = self.connection.prepare_cached("INSERT INTO _place VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (part, article, first, last) in &entry.places {
            insert.execute(params![key, part, article, first, last])?;
        }
        if entry.layer == number_of(TargetLayer::Utterance) {
            self.index(key, entry.places.first())?;
        }
        Ok(())
    }

    /// Puts the fullest wording of an utterance into the index.
    fn index(&self, key: i64, place: Option<&NewPlace>) -> Result<(), rusqlite::Error> {
        self.connection.prepare_cached("DELETE FROM _utterance_index WHERE rowid = ?1")?.execute([key])?;
        let Some((_, article, first, last)) = place else { return Ok(()) };
        let insert = "INSERT INTO _utterance_index (rowid, words)
            SELECT ?1, substr(t.text, ?3 + 1, ?4 - ?3) FROM _article a JOIN _text t ON t.key = a.text WHERE a.key = ?2";
        self.connection.prepare_cached(insert)?.execute(params![key, article, first, last])?;
        Ok(())
    }

    fn change(&mut self, entry: &NewEntry, before: &Before) -> Result<(), rusqlite::Error> {
        let Some(why) = why_changed(before, entry, &self.names) else { return Ok(()) };
        self.note(entry.layer, &entry.id, "changed", None, None, &why)?;
        self.changed.n_changed += 1;
        Ok(())
    }

    /// Takes an entry out; its id leads to its heir, where it has one.
    fn withdraw(&mut self, key: i64, layer: i64, id: &str, heir: Option<i64>) -> Result<(), rusqlite::Error> {
        let before = Before::load(self.connection, key)?;
        let why = why_gone(self.connection, &before, self.rejected.get(id).copied())?;
        self.note(layer, id, "withdrawn", before.words(self.connection)?.as_deref(), before.article(), &why)?;
        self.changed.n_withdrawn += 1;
        if let Some(heir) = heir {
            self.connection.prepare_cached("UPDATE _former SET entry = ?1 WHERE entry = ?2")?.execute([heir, key])?;
            self.lead(id, heir)?;
        }
        self.take_out(key)
    }

    /// Has an id that is gone lead to an entry.
    fn lead(&self, id: &str, key: i64) -> Result<(), rusqlite::Error> {
        let former = "INSERT OR REPLACE INTO _former VALUES (?1, ?2)";
        self.connection.prepare_cached(former)?.execute(params![id, key])?;
        Ok(())
    }

    fn take_out(&self, key: i64) -> Result<(), rusqlite::Error> {
        self.connection.prepare_cached("DELETE FROM _entry WHERE key = ?1")?.execute([key])?;
        self.connection.prepare_cached("DELETE FROM _place WHERE entry = ?1")?.execute([key])?;
        self.connection.prepare_cached("DELETE FROM _former WHERE entry = ?1")?.execute([key])?;
        // Only utterances are in the index; of others it has no row.
        self.connection.prepare_cached("DELETE FROM _utterance_index WHERE rowid = ?1")?.execute([key])?;
        Ok(())
    }

    /// Notes a change of this run. A run may tell the story more than once: what is new in it stays new, and what is new
    /// and gone again was never there.
    fn note(
        &self,
        layer: i64,
        id: &str,
        kind: &str,
        words: Option<&str>,
        article: Option<i64>,
        why: &str,
    ) -> Result<(), rusqlite::Error> {
        if self.is_first {
            return Ok(());
        }
        let select = "SELECT kind FROM _change WHERE run = ?1 AND layer = ?2 AND id = ?3";
        let mut select = self.connection.prepare_cached(select)?;
        let known: Option<String> =
            select.query_map(params![self.run, layer, id], |row| row.get(0))?.next().transpose()?;
        if known.as_deref() == Some("new") && kind == "changed" {
            return Ok(());
        }
        if known.as_deref() == Some("new") && kind == "withdrawn" {
            let delete = "DELETE FROM _change WHERE run = ?1 AND layer = ?2 AND id = ?3";
            self.connection.prepare_cached(delete)?.execute(params![self.run, layer, id])?;
            return Ok(());
        }
        let insert = "INSERT OR REPLACE INTO _change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.connection.prepare_cached(insert)?.execute(params![self.run, layer, id, kind, words, article, why])?;
        Ok(())
    }
}

/// Bits of a hash below those of the layer.
pub(crate) const HASH_BITS: u32 = 28;

/// What an entry is found by.
pub(crate) fn hash_of(layer: i64, id: &str) -> i64 {
    layer << HASH_BITS | digest(&[id.as_bytes()]) & ((1 << HASH_BITS) - 1)
}

fn is_first(connection: &Connection, run: i64) -> Result<bool, rusqlite::Error> {
    let select = "SELECT count(*) FROM _setting WHERE name = 'story_run' AND CAST(value AS INTEGER) <> ?1";
    connection.query_row(select, [run], |row| Ok(row.get::<_, i64>(0)? == 0))
}

/// The keys of utterances with the words by which they are found: those of the fullest report.
pub(crate) const UTTERANCE_WORDS: &str = "SELECT e.key, (SELECT substr(t.text, w.first + 1, w.last - w.first)
        FROM _place w LEFT JOIN _article a ON a.key = w.article LEFT JOIN _text t ON t.key = a.text
        WHERE w.entry = e.key ORDER BY w.part, w.article, w.first LIMIT 1) AS said
    FROM _entry e WHERE e.hash >> 28 = 2";

/// Makes the index of utterances anew.
pub(crate) fn fill_index(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.execute_batch("INSERT INTO _utterance_index (_utterance_index) VALUES ('delete-all')")?;
    let fill = format!("INSERT INTO _utterance_index (rowid, words) {UTTERANCE_WORDS} AND said IS NOT NULL");
    connection.execute(&fill, []).map(drop)
}

/// An entry with its key and its digest.
type Keyed = (NewEntry, i64, i64);

/// Entries of the file that the new story does not have under their ids.
struct Gone {
    /// By key: layer and id.
    entries: HashMap<i64, (i64, String)>,
    /// Layer, article and first position of their words, to the key.
    by_words: HashMap<(i64, i64, u32), i64>,
}

impl Gone {
    /// By the key of an entry that is gone that of the entry which has most of its words now: of actors that were found to be
    /// one, the one.
    fn heirs<'e>(&self, entries: impl Iterator<Item = &'e Keyed>) -> HashMap<i64, i64> {
        let mut n_common: BTreeMap<(i64, i64), usize> = BTreeMap::new();
        for (entry, key, _) in entries {
            for (_, article, first, _) in &entry.places {
                if let Some(gone) = self.by_words.get(&(entry.layer, *article, *first)) {
                    *n_common.entry((*gone, *key)).or_default() += 1;
                }
            }
        }
        let mut heirs: HashMap<i64, (i64, usize)> = HashMap::new();
        for ((gone, key), n) in n_common {
            let heir = heirs.entry(gone).or_insert((key, n));
            if n > heir.1 {
                *heir = (key, n);
            }
        }
        heirs.into_iter().map(|(gone, (key, _))| (gone, key)).collect()
    }
}
