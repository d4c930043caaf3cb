//! What is in a pipeline folder? The files of a spaCy 3 pipeline, read and checked: [`config`] for
//! the INI file, [`msgpack`] for binary maps, [`thinc`] for layers, [`moves`] for transition classes.
//!
//! Nothing here computes; a value that does not have the promised shape is an [`Error`] with its path.

pub(crate) mod config;
pub(crate) mod moves;
pub(crate) mod msgpack;
pub(crate) mod thinc;

use crate::error::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Largest file of a pipeline that is read: the large English vectors have 411 MB.
const MAX_FILE_BYTES: u64 = 2 << 30;

/// A pipeline folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(crate) fn new(root: &Path) -> Self {
        Folder { root: root.to_path_buf() }
    }

    /// The path of a file of the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, Error> {
        let path = self.path(name);
        let read = || -> std::io::Result<Result<Vec<u8>, Error>> {
            let len_bytes = std::fs::metadata(&path)?.len();
            if len_bytes > MAX_FILE_BYTES {
                return Ok(Err(Error::unsupported(format!("a file of {len_bytes} bytes"))));
            }
            std::fs::read(&path).map(Ok)
        };
        let bytes = match read() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(ErrorKind::Missing.into()),
            Err(error) => Err(ErrorKind::Io(error).into()),
        };
        bytes.map_err(|error| error.at(&path))
    }

    /// A file as what `parse` makes of its bytes; errors name the file.
    pub(crate) fn parse<T>(&self, name: &str, parse: impl FnOnce(&[u8]) -> Result<T, Error>) -> Result<T, Error> {
        parse(&self.bytes(name)?).map_err(|error| error.at(&self.path(name)))
    }

    /// A JSON file.
    pub(crate) fn json(&self, name: &str) -> Result<serde_json::Value, Error> {
        self.parse(name, |bytes| serde_json::from_slice(bytes).map_err(|error| Error::corrupt(error.to_string())))
    }
}
