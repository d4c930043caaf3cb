//! From what a caller names to articles.

use rapporteur_model::Skipped;
use rapporteur_source::{Entry, Location, ReadOptions};
use std::ffi::{OsStr, OsString};
use std::ops::ControlFlow;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder, a glob pattern, or `-` for standard input; any name that the system allows.
    Location(OsString),
    /// Bytes that the caller holds.
    Bytes {
        /// What to call them; the article's location. Its extension counts.
        name: String,
        /// The bytes of an article or of an archive.
        bytes: Vec<u8>,
    },
}

impl<T: AsRef<OsStr> + ?Sized> From<&T> for Input {
    fn from(location: &T) -> Self {
        Input::Location(location.as_ref().to_os_string())
    }
}

/// One article that is there to be read.
pub(crate) enum Found<'a> {
    Location(Location),
    Bytes { name: &'a str, bytes: &'a [u8] },
}

impl Found<'_> {
    /// How long the input is, as far as that can be told before it is read.
    pub(crate) fn len_bytes(&self) -> u64 {
        match self {
            Found::Location(location) => {
                location.path().and_then(|path| path.metadata().ok()).map_or(0, |metadata| metadata.len())
            }
            Found::Bytes { bytes, .. } => bytes.len() as u64,
        }
    }

    /// Hands each article of the input to `take`, as it stands there.
    pub(crate) fn entries(
        &self,
        options: &ReadOptions,
        take: &mut dyn FnMut(Result<Entry, Skipped>) -> ControlFlow<()>,
    ) {
        match self {
            Found::Location(location) => rapporteur_source::entries(location, options, take),
            Found::Bytes { name, bytes } => rapporteur_source::entries_from_bytes(name, bytes, options, take),
        }
    }
}

/// What the inputs lead to: locations in order, each once, then bytes as they were given.
pub(crate) fn find(inputs: &[Input]) -> (Vec<Found<'_>>, Vec<Skipped>) {
    let locations: Vec<&OsString> = inputs
        .iter()
        .filter_map(|input| if let Input::Location(location) = input { Some(location) } else { None })
        .collect();
    let (locations, skipped) = rapporteur_source::find(&locations);
    let held = inputs.iter().filter_map(|input| match input {
        Input::Bytes { name, bytes } => Some(Found::Bytes { name, bytes }),
        Input::Location(_) => None,
    });
    (locations.into_iter().map(Found::Location).chain(held).collect(), skipped)
}
