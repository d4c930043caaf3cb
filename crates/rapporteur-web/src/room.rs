//! What all requests share: the case, the token of this process, and what is being read just now.

use crate::Settings;
use crate::kept::{Answers, Kept};
use rapporteur_engine::case::{
    self, ByArticle, Case, CaseError, Done, ItemInArticle, LinkRow, ReadInto, SqlError, SqlLimits, SqlReader, SqlTable,
    Summary, TimelineDay,
};
use rapporteur_engine::{Error, Input, Progress};
use std::net::SocketAddr;
use std::num::NonZero;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

/// Questions in SQL that are asked at once.
const N_SQL: usize = 2;

/// What all requests share.
pub(crate) struct Room {
    pub(crate) settings: Settings,
    pub(crate) address: SocketAddr,
    /// What a form of a page of this process bears, and no other page can know.
    pub(crate) token: String,
    /// Connections that are kept for the next request, no more than `n_at_once`: each holds pages of the file.
    idle: Mutex<Vec<Case>>,
    /// How much is done at once: as much as there are cores.
    n_at_once: usize,
    /// Tells whether somebody has written to the file; answers nothing else.
    watch: Mutex<Case>,
    summary: Kept<Summary>,
    by_article: Kept<ByArticle>,
    timeline_days: Kept<Vec<TimelineDay>>,
    pub(crate) answers: Mutex<Answers>,
    /// As many pages are made at once as there are cores: more would only wait for each other, each with a connection that has
    /// read nothing yet.
    pub(crate) turns: Semaphore,
    sql_readers: Mutex<Vec<SqlReader>>,
    pub(crate) sql_turns: Arc<Semaphore>,
    reading: Mutex<Reading>,
    /// Held by the one that writes: the next one waits.
    writing: Mutex<()>,
}

/// What became of the files that were dropped in.
#[derive(Debug, Clone, Default)]
pub(crate) enum Reading {
    /// Nothing was dropped in yet.
    #[default]
    None,
    /// They are being read.
    Going(Progress),
    /// They were read.
    Done(Box<Done>),
    /// They could not be.
    Failed(String),
}

impl Room {
    /// Opens the case, which is made where there is none.
    pub(crate) fn open(settings: Settings, address: SocketAddr) -> Result<Self, Error> {
        if !settings.case.exists() {
            drop(Case::open_or_create(&settings.case).map_err(Error::from)?);
        }
        let open = || Case::open(&settings.case).map_err(Error::from);
        let (first, watch) = (open()?, open()?);
        let n_at_once = std::thread::available_parallelism().map_or(2, NonZero::get);
        Ok(Room {
            settings,
            address,
            token: token()?,
            idle: Mutex::new(vec![first]),
            n_at_once,
            watch: Mutex::new(watch),
            summary: Kept::default(),
            by_article: Kept::default(),
            timeline_days: Kept::default(),
            answers: Mutex::default(),
            turns: Semaphore::new(n_at_once),
            sql_readers: Mutex::default(),
            sql_turns: Arc::new(Semaphore::new(N_SQL)),
            reading: Mutex::default(),
            writing: Mutex::new(()),
        })
    }

    /// Asks one state of the case.
    pub(crate) fn ask<T, E: From<CaseError>>(&self, ask: impl FnOnce(&Moment<'_>) -> Result<T, E>) -> Result<T, E> {
        let version = self.version().unwrap_or_default();
        let known = held(&self.idle).pop();
        let case = known.map_or_else(|| Case::open(&self.settings.case), Ok)?;
        let answer = case.at_one_moment(|case| Ok(ask(&Moment { room: self, version, case })))??;
        let mut idle = held(&self.idle);
        if idle.len() < self.n_at_once {
            idle.push(case);
        }
        Ok(answer)
    }

    /// Asks the views in SQL, as [`SqlReader::table`].
    pub(crate) fn ask_sql(&self, question: &str, limits: SqlLimits) -> Result<SqlTable, SqlError> {
        let known = held(&self.sql_readers).pop();
        let mut reader = known.map_or_else(|| SqlReader::open(&self.settings.case), Ok)?;
        let asked = reader.table(question, limits);
        let mut readers = held(&self.sql_readers);
        if readers.len() < N_SQL && !matches!(asked, Err(SqlError::Case(_))) {
            readers.push(reader);
        }
        asked
    }

    /// Another number after somebody has written to the case; `None` where it cannot be told.
    pub(crate) fn version(&self) -> Option<i64> {
        held(&self.watch).data_version().ok()
    }

    /// Does something that writes, after whoever writes just now.
    pub(crate) fn write<T>(&self, write: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let _turn = held(&self.writing);
        write()
    }

    /// Reads articles into the case on a thread of their own; whether nobody else does so just now.
    pub(crate) fn read(self: &Arc<Self>, inputs: Vec<Input>) -> bool {
        {
            let mut reading = held(&self.reading);
            if matches!(*reading, Reading::Going(_)) {
                return false;
            }
            *reading = Reading::Going(Progress::default());
        }
        let room = Arc::clone(self);
        std::thread::spawn(move || {
            let on_progress = |progress| *held(&room.reading) = Reading::Going(progress);
            let clock = room.settings.now;
            let read = || {
                let (path, options) = (&room.settings.case, &room.settings.options);
                case::read_into(path, &inputs, options, ReadInto::default(), &clock, &on_progress)
            };
            let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| room.write(read)));
            let ended = match read {
                Ok(Ok(done)) => Reading::Done(Box::new(done)),
                Ok(Err(error)) => Reading::Failed(told(&error)),
                Err(_) => Reading::Failed("the program failed on these files; the case is as it was".to_string()),
            };
            *held(&room.reading) = ended;
        });
        true
    }

    pub(crate) fn reading(&self) -> Reading {
        held(&self.reading).clone()
    }
}

/// One state of the case.
pub(crate) struct Moment<'a> {
    room: &'a Room,
    version: i64,
    case: &'a Case,
}

impl Deref for Moment<'_> {
    type Target = Case;

    fn deref(&self) -> &Case {
        self.case
    }
}

impl Moment<'_> {
    /// What the case holds, in numbers.
    pub(crate) fn summary(&self) -> Result<Arc<Summary>, CaseError> {
        self.room.summary.of(self.version, || self.case.summary())
    }

    /// All entries of the timeline, without their words.
    pub(crate) fn timeline_days(&self) -> Result<Arc<Vec<TimelineDay>>, CaseError> {
        self.room.timeline_days.of(self.version, || self.case.timeline_days())
    }

    /// The items whose words stand in an article, as [`Case::items_in`].
    pub(crate) fn items_in(&self, article: &str) -> Result<Vec<ItemInArticle>, CaseError> {
        let known = self.room.by_article.of(self.version, || self.case.by_article())?;
        self.case.items_in(article, &known)
    }

    /// The closest pairs that an article is in, as [`Case::links_of`].
    pub(crate) fn links_of(&self, article: &str, limit: usize) -> Result<Vec<LinkRow>, CaseError> {
        let known = self.room.by_article.of(self.version, || self.case.by_article())?;
        self.case.links_of(article, &known, limit)
    }
}

/// An error with its hint, as people read it.
pub(crate) fn told(error: &Error) -> String {
    match error.hint() {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}

pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 128 random bits.
fn token() -> Result<String, Error> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::new(format!("the system gives no random numbers: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
