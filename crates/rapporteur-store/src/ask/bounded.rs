//! Functions of SQL that take as long as the product of two texts, so that a single call of theirs could run for hours and
//! nobody would look at the clock meanwhile. Here each looks at it before it begins and refuses what is too much at once;
//! the rest is done by SQLite as ever, in a second connection.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::limits::Limit;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error, params_from_iter};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The functions, and with how many arguments they are called. The first two are those whose product counts.
const FUNCTIONS: [(&str, i32); 11] = [
    ("instr", 2),
    ("replace", 3),
    ("like", 2),
    ("like", 3),
    ("glob", 2),
    ("trim", 2),
    ("ltrim", 2),
    ("rtrim", 2),
    ("unhex", 2),
    ("json_patch", 2),
    ("jsonb_patch", 2),
];
/// Product of bytes that one call may take: some tenths of a second. A word of a hundred letters is looked up in a text of a
/// megabyte.
const MAX_PRODUCT: usize = 100 << 20;

/// Until when a question may run.
#[derive(Debug)]
pub(super) struct Deadline {
    opened: Instant,
    at_ms: AtomicU64,
    is_passed: AtomicBool,
}

impl Deadline {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Deadline {
            opened: Instant::now(),
            at_ms: AtomicU64::new(u64::MAX),
            is_passed: AtomicBool::new(false),
        })
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Gives a question so much time from now on.
    pub(super) fn begin(&self, time: Duration) {
        let time = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.is_passed.store(false, Ordering::Relaxed);
        self.at_ms.store(self.now_ms().saturating_add(time), Ordering::Relaxed);
    }

    /// Looks at the clock.
    pub(super) fn look(&self) -> bool {
        let is_over = self.now_ms() > self.at_ms.load(Ordering::Relaxed);
        self.is_passed.fetch_or(is_over, Ordering::Relaxed);
        is_over
    }

    /// Whether a look has found the time over since the question began.
    pub(super) fn is_passed(&self) -> bool {
        self.is_passed.load(Ordering::Relaxed)
    }
}

/// Puts the bounded functions in the place of SQLite's own.
pub(super) fn register(connection: &Connection, deadline: &Arc<Deadline>, max_bytes: i32) -> Result<(), Error> {
    for (name, n_arguments) in FUNCTIONS {
        let inner = Connection::open_in_memory()?;
        inner.set_limit(Limit::SQLITE_LIMIT_LENGTH, max_bytes)?;
        let call = format!("SELECT {name}({})", vec!["?"; usize::try_from(n_arguments).unwrap_or_default()].join(", "));
        let deadline = Arc::clone(deadline);
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function(name, n_arguments, flags, move |context| {
            answer(context, name, &inner, &call, &deadline)
        })?;
    }
    Ok(())
}

fn answer(
    context: &Context<'_>,
    name: &str,
    inner: &Connection,
    call: &str,
    deadline: &Deadline,
) -> Result<Value, Error> {
    let refuse = |what: String| Error::UserFunctionError(what.into());
    if deadline.look() {
        return Err(refuse(format!("there is no time left for {name}")));
    }
    let n_bytes = |at: usize| match context.get_raw(at) {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len(),
        _ => 1,
    };
    if n_bytes(0).saturating_mul(n_bytes(1)) > MAX_PRODUCT {
        return Err(refuse(format!("{name} is asked of texts that are too long together")));
    }
    let arguments = (0..context.len()).map(|at| context.get_raw(at));
    let arguments = arguments.map(rusqlite::types::ToSqlOutput::Borrowed);
    inner.prepare_cached(call)?.query_row(params_from_iter(arguments), |row| row.get(0))
}
