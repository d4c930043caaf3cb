//! The manifest: what was done to a case, when, by which program and with which settings.

use crate::check::{seal_log, seal_settings};
use crate::{Case, Error};
use rapporteur_model::Instant;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that was done to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Counted from one.
    pub number: i64,
    /// What was done.
    pub kind: RunKind,
    /// When it began.
    pub started: Instant,
    /// When it was done; `None` while it goes on, and for good where it was stopped.
    pub ended: Option<Instant>,
    /// The program and its version.
    pub program: String,
    /// What it was done with, by name.
    pub settings: BTreeMap<String, String>,
    /// What came of it: numbers by name.
    pub counts: BTreeMap<String, i64>,
}

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// Articles are added.
    Read,
    /// The records of all articles are made anew.
    Again,
    /// Corrections are added.
    Correct,
    /// An article is taken out for good.
    Purge,
}

impl RunKind {
    /// The name, as it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            RunKind::Read => "read",
            RunKind::Again => "again",
            RunKind::Correct => "correct",
            RunKind::Purge => "purge",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [RunKind::Read, RunKind::Again, RunKind::Correct, RunKind::Purge].into_iter().find(|kind| kind.name() == name)
    }
}

impl Case {
    /// Begins a run; gives its number.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn begin(
        &mut self,
        kind: RunKind,
        started: &Instant,
        settings: &BTreeMap<String, String>,
    ) -> Result<i64, Error> {
        let path = self.path.clone();
        let settings = serde_json::to_string(settings).map_err(|error| Error::other(&path, error.to_string()))?;
        self.change(|connection| {
            let insert = "INSERT INTO _run (kind, started, program, settings, counts) VALUES (?1, ?2, ?3, ?4, '{}')";
            let program = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));
            let values = params![kind.name(), started.as_str(), program, settings];
            let mut insert = connection.prepare(insert).map_err(|error| Error::sqlite(&path, &error))?;
            let number = insert.insert(values).map_err(|error| Error::sqlite(&path, &error))?;
            seal_log(connection).map_err(|error| Error::sqlite(&path, &error))?;
            Ok(number)
        })
    }

    /// Notes that a run is done, and what came of it.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn end(&mut self, run: i64, ended: &Instant, counts: &BTreeMap<String, i64>) -> Result<(), Error> {
        let path = self.path.clone();
        let counts = serde_json::to_string(counts).map_err(|error| Error::other(&path, error.to_string()))?;
        self.change(|connection| {
            let update = "UPDATE _run SET ended = ?2, counts = ?3 WHERE number = ?1";
            let done = connection.execute(update, params![run, ended.as_str(), counts]);
            done.and_then(|_| seal_log(connection)).map_err(|error| Error::sqlite(&path, &error))
        })
    }

    /// All runs, the first one first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, Error> {
        let read = || {
            let select = "SELECT number, kind, started, ended, program, settings, counts FROM _run ORDER BY number";
            let mut select = self.connection.prepare(select)?;
            let run = |row: &rusqlite::Row<'_>| {
                Ok(Run {
                    number: row.get(0)?,
                    kind: RunKind::of(&row.get::<_, String>(1)?).unwrap_or(RunKind::Read),
                    started: Instant::new(row.get::<_, String>(2)?),
                    ended: row.get::<_, Option<String>>(3)?.map(Instant::new),
                    program: row.get(4)?,
                    settings: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
                    counts: serde_json::from_str(&row.get::<_, String>(6)?).unwrap_or_default(),
                })
            };
            select.query_map([], run)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

    /// Puts a setting of the case in place.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let path = self.path.clone();
        self.change(|connection| {
            let put = "INSERT OR REPLACE INTO _setting VALUES (?1, ?2)";
            let put = connection.execute(put, [name, value]).and_then(|_| seal_settings(connection));
            put.map_err(|error| Error::sqlite(&path, &error))
        })
    }
}
