//! Questions in SQL over the views of a case, for whoever is not trusted with more.
//!
//! What a question may do is told by what it is allowed, not by what it is denied: it reads the views of `views.sql` and
//! what JSON holds, calls functions that compute, and nothing else. Time, rows and bytes are bounded, so that no question
//! runs for ever or fills the memory.

use super::bounded::{Deadline, register};
use crate::{Case, Error};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The views, in the order of `views.sql`, which docs/CASE.md describes column by column.
pub const VIEWS: [&str; 15] = [
    "article",
    "gap",
    "actor",
    "utterance",
    "happening",
    "issue",
    "position",
    "timeline",
    "tension",
    "place",
    "link",
    "correction",
    "run",
    "change",
    "skipped",
];

/// Tables that SQLite makes of a JSON value.
const JSON_TABLES: [&str; 4] = ["json_each", "json_tree", "jsonb_each", "jsonb_tree"];
/// Functions that reach beyond a question.
const DENIED_FUNCTIONS: [&str; 4] = ["load_extension", "fts3_tokenizer", "readfile", "writefile"];
/// Steps of SQLite's machine between two looks at the clock.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;
/// A text of an article is the longest thing there is; what a question makes out of several may not be much longer.
const MAX_VALUE_BYTES: i32 = 32 << 20;
const MAX_QUERY_BYTES: i32 = 100_000;

/// How much a question may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqlLimits {
    /// How long it may run.
    pub time: Duration,
    /// How many rows it may give.
    pub rows: usize,
    /// How many bytes of text and blobs they may hold together.
    pub bytes: usize,
}

impl Default for SqlLimits {
    fn default() -> Self {
        SqlLimits { time: Duration::from_secs(10), rows: 1_000_000, bytes: 256 << 20 }
    }
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlTable {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each with a value for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// Why a question has no answer.
#[derive(Debug)]
pub enum SqlError {
    /// The question asks for something that is not there or not allowed.
    Question {
        /// What is wrong with it, as a lowercase fragment.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// It took too long, or its answer is too large.
    TooMuch {
        /// Which of them.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// The case cannot be read.
    Case(Error),
}

impl SqlError {
    /// What a user can do about it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            SqlError::Question { hint, .. } => hint.as_deref(),
            SqlError::TooMuch { hint, .. } => Some(hint),
            SqlError::Case(error) => error.hint(),
        }
    }
}

impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SqlError::Question { message, .. } | SqlError::TooMuch { message, .. } => f.write_str(message),
            SqlError::Case(error) => write!(f, "{}: {}", error.path().display(), error.message()),
        }
    }
}

impl std::error::Error for SqlError {}

impl From<Error> for SqlError {
    fn from(error: Error) -> Self {
        SqlError::Case(error)
    }
}

/// Somebody who asks a case in SQL.
#[derive(Debug)]
pub struct SqlReader {
    case: Case,
    /// Begins the names of the views that read the tables.
    secret: Arc<str>,
    deadline: Arc<Deadline>,
}

impl SqlReader {
    /// Opens a case for questions in SQL. The views are those of this program, whatever the file says of them.
    ///
    /// What a view is made of may be read by the view alone. SQLite tells only the name of who reads, and a question can give
    /// a part of itself the name of a view; so the tables are read by views whose names nobody can know.
    ///
    /// # Errors
    /// As [`Case::open`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let case = Case::open(path)?;
        let deadline = Deadline::new();
        let set_up = || {
            let connection = &case.connection;
            let secret = "SELECT '_' || lower(hex(randomblob(16))) || '_'";
            let secret: String = connection.query_row(secret, [], |row| row.get(0))?;
            connection.pragma_update(None, "query_only", false)?;
            let views = include_str!("../schema/views.sql");
            connection.execute_batch(&views.replace("CREATE VIEW ", &format!("CREATE TEMP VIEW {secret}")))?;
            for view in VIEWS {
                connection.execute_batch(&format!("CREATE TEMP VIEW {view} AS SELECT * FROM {secret}{view}"))?;
            }
            connection.pragma_update(None, "query_only", true)?;
            register(connection, &deadline, MAX_VALUE_BYTES)?;
            connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)?;
            connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, MAX_QUERY_BYTES)?;
            connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            connection.set_limit(Limit::SQLITE_LIMIT_WORKER_THREADS, 0)?;
            Ok(secret.into())
        };
        let secret = set_up().map_err(|error| case.fail(error))?;
        Ok(SqlReader { case, secret, deadline })
    }

    /// Asks a question: `on_columns` gets the names of the columns, `on_row` each row.
    ///
    /// # Errors
    /// If the question is no SQL, asks for more than the views, takes too long or gives too much, or the case cannot be read.
    pub fn ask(
        &mut self,
        question: &str,
        limits: SqlLimits,
        on_columns: &mut dyn FnMut(&[String]),
        on_row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<(), SqlError> {
        self.deadline.begin(limits.time);
        let deadline = Arc::clone(&self.deadline);
        let look = move || deadline.look();
        let secret = Arc::clone(&self.secret);
        let connection = &mut self.case.connection;
        let hooked = connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(look)).and_then(|()| {
            connection.authorizer(Some(move |context: AuthContext<'_>| authorization(&context, &secret)))
        });
        let asked =
            hooked.map_err(|error| wrong(&error)).and_then(|()| self.rows(question, limits, on_columns, on_row));
        let connection = &mut self.case.connection;
        let unhooked = connection
            .authorizer(None::<fn(AuthContext<'_>) -> Authorization>)
            .and_then(|()| connection.progress_handler(0, None::<fn() -> bool>));
        if self.deadline.is_passed() && asked.is_err() {
            return Err(SqlError::TooMuch {
                message: format!("the question took longer than {} s", limits.time.as_secs_f64()),
                hint: "ask for less, or give it more time".to_string(),
            });
        }
        unhooked.map_err(|error| self.case.fail(error))?;
        asked
    }

    /// Asks a question and gives the whole answer.
    ///
    /// # Errors
    /// As [`SqlReader::ask`].
    pub fn table(&mut self, question: &str, limits: SqlLimits) -> Result<SqlTable, SqlError> {
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        self.ask(question, limits, &mut |names| columns = names.to_vec(), &mut |row| rows.push(row))?;
        Ok(SqlTable { columns, rows })
    }

    /// Asks several questions of one state of the case, whatever a run writes meanwhile. Whoever holds the state for long
    /// keeps writers waiting.
    ///
    /// # Errors
    /// If the case cannot be read, and what `ask` gives.
    pub fn at_one_moment<T, E: From<Error>>(
        &mut self,
        ask: impl FnOnce(&mut SqlReader) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = self.case.connection.execute_batch("BEGIN");
        begun.map_err(|error| self.case.fail(error))?;
        let asked = ask(self);
        // Nothing is written, so that it does not matter how it ends.
        let ended = self.case.connection.execute_batch("ROLLBACK");
        ended.map_err(|error| self.case.fail(error))?;
        asked
    }

    fn rows(
        &self,
        question: &str,
        limits: SqlLimits,
        on_columns: &mut dyn FnMut(&[String]),
        on_row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<(), SqlError> {
        let wrap = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::SystemIoFailure) => {
                SqlError::Case(Error::sqlite(&self.case.path, &error))
            }
            _ => wrong(&error),
        };
        let too_much = |what: String| SqlError::TooMuch {
            message: format!("the answer has more than {what}"),
            hint: "ask for less: name the columns, narrow the rows with WHERE, or end with LIMIT".to_string(),
        };
        let mut select = self.case.connection.prepare(question).map_err(wrap)?;
        let names: Vec<String> = select.column_names().map(str::to_string).collect();
        if names.is_empty() {
            return Err(SqlError::Question {
                message: "this is no question".to_string(),
                hint: Some("a question begins with SELECT or WITH".to_string()),
            });
        }
        on_columns(&names);
        let (mut n_rows, mut n_bytes) = (0, 0);
        let mut rows = select.query([]).map_err(wrap)?;
        while let Some(row) = rows.next().map_err(wrap)? {
            n_rows += 1;
            let cells: Vec<Cell> =
                (0..names.len()).map(|at| row.get_ref(at).map(cell)).collect::<Result<_, _>>().map_err(wrap)?;
            n_bytes += cells.iter().map(n_bytes_of).sum::<usize>();
            if n_rows > limits.rows {
                return Err(too_much(format!("{} rows", limits.rows)));
            }
            if n_bytes > limits.bytes {
                return Err(too_much(format!("{} bytes", limits.bytes)));
            }
            on_row(cells);
        }
        Ok(())
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    }
}

fn n_bytes_of(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        Cell::Blob(bytes) => bytes.len(),
        Cell::Null | Cell::Integer(_) | Cell::Real(_) => size_of::<Cell>(),
    }
}

fn authorization(context: &AuthContext<'_>, secret: &str) -> Authorization {
    let is_view = |name: &str| VIEWS.iter().any(|view| view.eq_ignore_ascii_case(name));
    let is_json = |name: &str| JSON_TABLES.iter().any(|table| table.eq_ignore_ascii_case(name));
    let is_allowed = match context.action {
        AuthAction::Select | AuthAction::Recursive => true,
        // That a table is there is all that a read without a column tells; it is not told who reads so.
        AuthAction::Read { table_name, column_name } => {
            column_name.is_empty()
                || is_view(table_name)
                || is_json(table_name)
                || context
                    .accessor
                    .is_some_and(|accessor| accessor.starts_with(secret) || table_name.starts_with(secret))
        }
        AuthAction::Function { function_name } => {
            !DENIED_FUNCTIONS.iter().any(|denied| denied.eq_ignore_ascii_case(function_name))
        }
        _ => false,
    };
    if is_allowed { Authorization::Allow } else { Authorization::Deny }
}

/// What SQLite says of a question, with what to do about it.
pub(super) fn wrong(error: &rusqlite::Error) -> SqlError {
    let message = match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::MultipleStatement => "more than one statement".to_string(),
        other => other.to_string(),
    };
    let views = || format!("the views are {}; docs/CASE.md describes them", VIEWS.join(", "));
    let hint = if matches!(error, rusqlite::Error::MultipleStatement) {
        Some("ask one question at a time".to_string())
    } else if ["not authorized", "prohibited", "cannot modify"].iter().any(|told| message.contains(told)) {
        Some(format!("a question only reads, and only views; {}", views()))
    } else if message.contains("no such table") || message.contains("no such column") {
        Some(views())
    } else {
        None
    };
    SqlError::Question { message, hint }
}
