//! A case for as long as somebody asks it.

use super::{Case, Done, ReadInto, read_into};
use crate::{Error, Input, Options, Progress};
use rapporteur_model::Instant;
use std::ops::Deref;
use tempfile::TempDir;

/// A case of a pile, in a file that is gone with the value.
#[derive(Debug)]
pub struct Temporary {
    /// Closed before its folder goes.
    case: Case,
    _folder: TempDir,
}

impl Temporary {
    /// Reads what `inputs` name into a case of their own.
    ///
    /// # Errors
    /// As [`read_into`], and if there is no place for it.
    pub fn of_pile(
        inputs: &[Input],
        options: &Options,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Self, Done), Error> {
        let folder = tempfile::tempdir().map_err(|error| Error::new(format!("no folder for the pile: {error}")))?;
        let path = folder.path().join("pile.case");
        // When it was read is told to nobody: the same pile gives the same case.
        let now = || Instant::new("1970-01-01T00:00:00Z");
        let done = read_into(&path, inputs, options, ReadInto::default(), &now, on_progress)?;
        Ok((Temporary { case: Case::open(&path)?, _folder: folder }, done))
    }
}

impl Deref for Temporary {
    type Target = Case;

    fn deref(&self) -> &Case {
        &self.case
    }
}
