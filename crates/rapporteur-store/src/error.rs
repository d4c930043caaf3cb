use std::fmt;
use std::path::{Path, PathBuf};

/// Why a case could not be opened, read or written.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
}

/// What sort of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ErrorKind {
    Missing,
    NoCase,
    Version,
    Busy,
    Full,
    ReadOnly,
    Damaged,
    Other,
}

impl Error {
    /// The file of the case.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What went wrong, as a lowercase fragment without the file.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What a user can do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        self.kind == ErrorKind::Missing
    }

    /// Whether the file is something else than a case.
    pub fn is_no_case(&self) -> bool {
        self.kind == ErrorKind::NoCase
    }

    /// Whether its format is newer than this program, or older and cannot be brought up to date here.
    pub fn is_version(&self) -> bool {
        self.kind == ErrorKind::Version
    }

    /// Whether another program writes it.
    pub fn is_busy(&self) -> bool {
        self.kind == ErrorKind::Busy
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        self.kind == ErrorKind::Full
    }

    /// Whether it may not be written.
    pub fn is_read_only(&self) -> bool {
        self.kind == ErrorKind::ReadOnly
    }

    /// Whether what is stored is not what was written.
    pub fn is_damaged(&self) -> bool {
        self.kind == ErrorKind::Damaged
    }

    fn new(path: &Path, kind: ErrorKind, message: impl Into<String>, hint: Option<&str>) -> Self {
        Error { path: path.to_path_buf(), kind, message: message.into(), hint: hint.map(str::to_string) }
    }

    pub(crate) fn missing(path: &Path) -> Self {
        let hint = "`rapporteur read INPUT… --case FILE` makes a case";
        Error::new(path, ErrorKind::Missing, "there is no such case", Some(hint))
    }

    pub(crate) fn no_case(path: &Path) -> Self {
        let hint = "name a file that `rapporteur read --case` has made; nothing in this one was changed";
        Error::new(path, ErrorKind::NoCase, "not a case", Some(hint))
    }

    pub(crate) fn newer(path: &Path, version: i64) -> Self {
        let message = format!("the case has format {version}, which a newer version of the program has written");
        Error::new(path, ErrorKind::Version, message, Some("update the program"))
    }

    pub(crate) fn older(path: &Path, version: i64) -> Self {
        let message = format!("the case has format {version}, and the file may not be brought up to date");
        Error::new(
            path,
            ErrorKind::Version,
            message,
            Some("make a copy of the file that may be written, and open that"),
        )
    }

    pub(crate) fn busy(path: &Path) -> Self {
        let hint = "wait until it is done; the case can be asked meanwhile";
        Error::new(path, ErrorKind::Busy, "another run writes this case", Some(hint))
    }

    pub(crate) fn read_only(path: &Path) -> Self {
        let hint = "make a copy, or change the rights of the file and of its folder";
        Error::new(path, ErrorKind::ReadOnly, "the file may not be written", Some(hint))
    }

    /// What stands in the case at `path` is not what was written; `what` says so as a lowercase fragment.
    pub fn damaged(path: &Path, what: impl fmt::Display) -> Self {
        let hint = "`rapporteur check CASE` tells what is whole; \
            `rapporteur correct CASE export` saves the corrections, and the articles can be read into a new case";
        Error::new(path, ErrorKind::Damaged, format!("the case is damaged: {what}"), Some(hint))
    }

    pub(crate) fn other(path: &Path, message: impl Into<String>) -> Self {
        Error::new(path, ErrorKind::Other, message, None)
    }

    pub(crate) fn with_hint(self, hint: &str) -> Self {
        Error { hint: Some(hint.to_string()), ..self }
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Error::missing(path),
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Error::read_only(path),
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => {
                Error::full(path)
            }
            std::io::ErrorKind::IsADirectory => Error::no_case(path),
            _ => Error::other(path, error.to_string()),
        }
    }

    fn full(path: &Path) -> Self {
        let hint = "make room and run the command again: what was complete before is in the case";
        Error::new(path, ErrorKind::Full, "the disk is full", Some(hint))
    }

    /// What a stopped run left can only be taken in where the file may be written.
    pub(crate) fn stopped(path: &Path) -> Self {
        let message =
            "a run was stopped while it wrote, and what it left cannot be taken in where nothing may be written";
        let hint = "copy the file and the one beside it that ends in -wal to a folder that may be written, \
            and open the copy";
        Error::new(path, ErrorKind::ReadOnly, message, Some(hint))
    }

    pub(crate) fn unreadable(path: &Path) -> Self {
        let hint = "change the rights of the file and of its folder";
        Error::new(path, ErrorKind::Other, "the file may not be read", Some(hint))
    }

    /// The system says no more than that it did not take what was to be written: over a quota, past the largest size of a
    /// file, or a disk that is gone.
    fn not_taken(path: &Path) -> Self {
        let hint =
            "look whether there is room left, then run the command again: what was complete before is in the case";
        Error::new(path, ErrorKind::Full, "the disk is full, or does not take what is written", Some(hint))
    }

    /// What SQLite says, in terms of the case.
    pub(crate) fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        use rusqlite::ffi::{SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE};
        let code = error.sqlite_error_code();
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match code {
            Some(ErrorCode::SystemIoFailure) if extended == Some(SQLITE_IOERR_SHMSIZE) => Error::full(path),
            Some(ErrorCode::SystemIoFailure) if matches!(extended, Some(SQLITE_IOERR_WRITE | SQLITE_IOERR_FSYNC)) => {
                Error::not_taken(path)
            }
            // Rows that are not as this program writes them.
            None if is_of_row(error) => Error::damaged(path, "a row cannot be read"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::busy(path),
            Some(ErrorCode::DiskFull) => Error::full(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::read_only(path),
            Some(ErrorCode::DatabaseCorrupt) => Error::damaged(path, error),
            Some(ErrorCode::NotADatabase) => Error::no_case(path),
            Some(ErrorCode::CannotOpen) if path.exists() => Error::read_only(path),
            Some(ErrorCode::CannotOpen) => Error::missing(path),
            _ => Error::other(path, error.to_string()),
        }
    }
}

fn is_of_row(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, QueryReturnedNoRows, Utf8Error,
    };
    matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | QueryReturnedNoRows
            | Utf8Error(..)
    )
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, "\nhint: {hint}"))
    }
}

impl std::error::Error for Error {}
