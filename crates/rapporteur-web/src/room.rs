//! What all requests share: the case, the token of this process, and what is being read just now.

use crate::Settings;
use rapporteur_engine::case::{self, Case, CaseError, Done, ReadInto};
use rapporteur_engine::{Error, Input, Progress};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections that are kept for the next request.
const MAX_IDLE: usize = 8;

/// What all requests share.
pub(crate) struct Room {
    pub(crate) settings: Settings,
    pub(crate) address: SocketAddr,
    /// What a form of a page of this process bears, and no other page can know.
    pub(crate) token: String,
    idle: Mutex<Vec<Case>>,
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
        let first = Case::open(&settings.case).map_err(Error::from)?;
        Ok(Room {
            settings,
            address,
            token: token()?,
            idle: Mutex::new(vec![first]),
            reading: Mutex::default(),
            writing: Mutex::new(()),
        })
    }

    /// Asks one state of the case.
    pub(crate) fn ask<T, E: From<CaseError>>(&self, ask: impl FnOnce(&Case) -> Result<T, E>) -> Result<T, E> {
        let known = held(&self.idle).pop();
        let case = known.map_or_else(|| Case::open(&self.settings.case), Ok)?;
        let answer = case.at_one_moment(|case| Ok(ask(case)))??;
        let mut idle = held(&self.idle);
        if idle.len() < MAX_IDLE {
            idle.push(case);
        }
        Ok(answer)
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

/// An error with its hint, as people read it.
pub(crate) fn told(error: &Error) -> String {
    match error.hint() {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 128 random bits.
fn token() -> Result<String, Error> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::new(format!("the system gives no random numbers: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
