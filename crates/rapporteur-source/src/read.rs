use crate::Location;
use crate::entry::{article, entries};
use crate::options::ReadOptions;
use rapporteur_model::{Article, Skipped};
use std::io;

/// Inputs longer than this are not read: 64 MiB. The longest news texts are some hundred kilobytes;
/// what is longer is an archive or a mistake, and spans count in 32 bits.
pub const MAX_INPUT_BYTES: usize = 64 * 1024 * 1024;

/// Reads one input that holds one article; of several the first. [`entries`] gives all of them.
///
/// # Errors
/// A [`Skipped`] that says why there is no article: the input cannot be opened or read, is longer
/// than [`MAX_INPUT_BYTES`], or is empty or not text (see [`article_from_bytes`](crate::article_from_bytes)).
pub fn read(location: &Location) -> Result<Article, Skipped> {
    let mut read = None;
    entries(location, &ReadOptions::default(), &mut |entry| {
        read = Some(entry.and_then(|entry| article(&entry)));
        std::ops::ControlFlow::Break(())
    });
    read.unwrap_or_else(|| {
        Err(Skipped { location: location.as_str().to_string(), reason: "holds no article".to_string(), hint: None })
    })
}

/// What a user can do about an input that cannot be opened or read.
pub(crate) fn hint_for(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::PermissionDenied => "check the permissions of the file and of the folders above it",
        io::ErrorKind::NotFound => "it is a link to what is not there, or was moved while the program ran",
        io::ErrorKind::NotADirectory => "check the spelling: a part of the path is a file, not a folder",
        _ => "check that the path is right and that its disk can be read",
    }
}
