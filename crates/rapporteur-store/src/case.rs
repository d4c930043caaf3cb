//! The file: opened to be asked, or by one run at a time to be written.

use crate::Error;
use crate::schema::{FORMAT, bring_up, format_of};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a reader waits while a writer finishes a step.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Pages in memory, in KiB: a story of 10,000 articles is written without going to the disk twice.
const CACHE_KIB: i64 = 64 << 10;
const PAGE_BYTES: i64 = 16384;

/// A case: all that is known of a pile of articles, in one SQLite file.
///
/// Whoever asks sees the last complete state, also while a run writes the next one. Every change is one transaction.
#[derive(Debug)]
pub struct Case {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    /// Held by the one that writes until the connection is closed: dropped after it, because closing a file lets all
    /// locks of the process on it go.
    lock: Option<File>,
}

impl Case {
    /// Opens a case to ask it. An older format is brought up to date first.
    ///
    /// # Errors
    /// If there is no such file, it is no case, its format is newer, or older and it may not be written.
    pub fn open(path: &Path) -> Result<Self, Error> {
        // Looked at without being opened: closing a file lets all locks of the process on it go, a writer's as well.
        let metadata = std::fs::metadata(path).map_err(|error| Error::io(path, &error))?;
        if metadata.is_dir() {
            return Err(Error::no_case(path));
        }
        let case = Case::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        match format_of(&case.connection, path)? {
            None => Err(Error::no_case(path)),
            Some(FORMAT) => Ok(case),
            Some(older) => {
                drop(case);
                Case::open_to_write(path)
                    .map_err(|error| if error.is_read_only() { Error::older(path, older) } else { error })
            }
        }
    }

    /// Opens a case to write it; nobody else can until it is dropped.
    ///
    /// # Errors
    /// As [`Case::open`], and if it may not be written or another run writes it.
    pub fn open_to_write(path: &Path) -> Result<Self, Error> {
        Case::lock(path, false)
    }

    /// Opens a case to write it, and makes one where there is no such file, or an empty one.
    ///
    /// # Errors
    /// As [`Case::open_to_write`].
    pub fn open_or_create(path: &Path) -> Result<Self, Error> {
        Case::lock(path, true)
    }

    fn lock(path: &Path, may_create: bool) -> Result<Self, Error> {
        let file = OpenOptions::new().read(true).write(true).create(may_create).truncate(false).open(path);
        let file = file.map_err(|error| Error::io(path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::busy(path)),
            // A file system without locks: SQLite's own still keep two writers apart for each step.
            Err(TryLockError::Error(_)) => {}
        }
        let mut case = Case::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        case.lock = Some(file);
        if format_of(&case.connection, path)?.is_none() && !may_create {
            return Err(Error::no_case(path));
        }
        let set_up = |connection: &Connection| {
            // Rows with texts leave less room unused in larger pages; a case that is there keeps its own.
            connection.pragma_update(None, "page_size", PAGE_BYTES)?;
            // Readers go on while a run writes; at rest the case is one file again.
            connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "full")?;
            // What is deleted is overwritten, not only forgotten.
            connection.pragma_update_and_check(None, "secure_delete", "fast", |_| Ok(()))
        };
        set_up(&case.connection).map_err(|error| case.fail(error))?;
        bring_up(&mut case.connection, path)?;
        Ok(case)
    }

    fn connect(path: &Path, mode: OpenFlags) -> Result<Self, Error> {
        let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
        let mut connection = Connection::open_with_flags(path, mode).map_err(wrap)?;
        let first = "SELECT count(*) FROM sqlite_master";
        let is_open = connection.query_row(first, [], |row| row.get::<_, i64>(0));
        // A killed run leaves its journal beside the file, which only somebody who may write can take in.
        if mode == OpenFlags::SQLITE_OPEN_READ_ONLY && is_open.is_err() {
            if let Ok(writing) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
                connection = writing;
            }
            if let Err(error) = connection.query_row(first, [], |row| row.get::<_, i64>(0)) {
                connection = at_rest(path, &error)?;
                connection.query_row(first, [], |row| row.get::<_, i64>(0)).map_err(wrap)?;
            }
            connection.pragma_update(None, "query_only", true).map_err(wrap)?;
        } else {
            is_open.map_err(wrap)?;
        }
        connection.busy_timeout(BUSY_TIMEOUT).map_err(wrap)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB).map_err(wrap)?;
        connection.pragma_update(None, "foreign_keys", false).map_err(wrap)?;
        connection.set_prepared_statement_cache_capacity(64);
        // A statement is made ready once, not anew for each value that is bound to it.
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(wrap)?;
        // Once: statements that are ready are made anew after it.
        crate::ask::times::register(&connection).map_err(wrap)?;
        Ok(Case { connection, path: path.to_path_buf(), lock: None })
    }

    /// The file of the case.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Asks several things of one state of the case, whatever a run writes meanwhile; also, each alone would look anew for
    /// a journal. Whoever holds the state for long keeps writers waiting.
    ///
    /// # Errors
    /// If the file cannot be read, and what `ask` gives.
    pub fn at_one_moment<T>(&self, ask: impl FnOnce(&Case) -> Result<T, Error>) -> Result<T, Error> {
        if !self.connection.is_autocommit() {
            return ask(self);
        }
        // Nothing is written, so that it does not matter how it ends.
        let _moment = self.connection.unchecked_transaction().map_err(|error| self.fail(error))?;
        ask(self)
    }

    /// A number that is another one after somebody else has written to the file. It tells states apart only for as long as this
    /// case is open.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn data_version(&self) -> Result<i64, Error> {
        let version = self.connection.query_row("PRAGMA data_version", [], |row| row.get(0));
        version.map_err(|error| self.fail(error))
    }

    /// Runs `work` as one transaction: all of it is in the file afterwards, or nothing.
    pub(crate) fn change<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let path = &self.path;
        let wrap = |error: rusqlite::Error| Error::sqlite(path, &error);
        let transaction =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(wrap)?;
        let value = work(&transaction)?;
        transaction.commit().map_err(wrap)?;
        Ok(value)
    }

    pub(crate) fn fail(&self, error: rusqlite::Error) -> Error {
        Error::sqlite(&self.path, &error)
    }

    /// A setting of the case by name.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        let select = "SELECT value FROM _setting WHERE name = ?1";
        let value = self.connection.query_row(select, [name], |row| row.get(0));
        match value {
            Ok(value) => Ok(Some(value)),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
            Err(error) => Err(self.fail(error)),
        }
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // Takes the journal in and leaves one file. It fails where somebody reads just now: then the last reader's
            // closing, or the next writer, does it.
            let _ = self.connection.pragma_update_and_check(None, "wal_checkpoint", "truncate", |_| Ok(()));
            let _ = self.connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()));
        }
    }
}

/// Opens a file of which its header says that a journal belongs to it, in a place where none can be made: without one, if
/// there is none that holds anything.
fn at_rest(path: &Path, error: &rusqlite::Error) -> Result<Connection, Error> {
    let is_of_rights = |code| matches!(code, ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied);
    if !error.sqlite_error_code().is_some_and(is_of_rights) {
        return Err(Error::sqlite(path, error));
    }
    if File::open(path).is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied) {
        return Err(Error::unreadable(path));
    }
    let mut journal = path.as_os_str().to_os_string();
    journal.push("-wal");
    if std::fs::metadata(journal).is_ok_and(|journal| journal.len() > 0) {
        return Err(Error::stopped(path));
    }
    let Some(name) = path.to_str() else { return Err(Error::sqlite(path, error)) };
    let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name };
    // The authority of a path that begins with a drive is empty.
    let root = if path.is_absolute() && !name.starts_with('/') { "///" } else { "" };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{root}{name}?immutable=1"), flags)
        .map_err(|error| Error::sqlite(path, &error))
}
