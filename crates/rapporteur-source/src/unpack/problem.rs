use std::io;

/// Why something is not read, and what a user can do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) reason: String,
    pub(crate) hint: String,
}

impl Problem {
    pub(crate) fn new(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { reason: reason.into(), hint: hint.into() }
    }

    /// More than the limit for one entry.
    pub(crate) fn too_long(limit: usize) -> Self {
        let shown = match limit {
            limit if limit % (1024 * 1024) == 0 => format!("{} MiB", limit / (1024 * 1024)),
            limit => format!("{limit} bytes"),
        };
        Problem::new(format!("longer than {shown}"), "split it into one file for each article")
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        if let Some(bomb) = error.get_ref().and_then(|inner| inner.downcast_ref::<Bomb>()) {
            let hint = "unpack it yourself if you know that it is what it should be";
            return Problem::new(format!("expands to more than {} times its length", bomb.max_ratio), hint);
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                Problem::new("cut off: it ends in the middle", "fetch the file again if it can be had whole")
            }
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                let shown: String = error.to_string().chars().take(MAX_SHOWN_CHARS).collect();
                Problem::new(format!("damaged: {shown}"), "fetch the file again if it can be had intact")
            }
            kind => Problem::new(format!("cannot be read: {kind}"), crate::read::hint_for(kind)),
        }
    }
}

/// Messages of libraries can quote what they read.
const MAX_SHOWN_CHARS: usize = 120;

/// The error of a reader that gives more than its input can honestly hold.
#[derive(Debug)]
pub(crate) struct Bomb {
    pub(crate) max_ratio: u64,
}

impl std::fmt::Display for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expands to more than {} times its length", self.max_ratio)
    }
}

impl std::error::Error for Bomb {}
