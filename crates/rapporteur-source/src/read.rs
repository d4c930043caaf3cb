use crate::Location;
use crate::entry::{article, entries};
use rapporteur_model::{Article, Skipped};
use std::fs::File;
use std::io::{self, Read};

/// Inputs longer than this are not read: 64 MiB. The longest news texts are some hundred kilobytes;
/// what is longer is an archive or a mistake, and spans count in 32 bits.
pub const MAX_INPUT_BYTES: usize = 64 * 1024 * 1024;

/// Reads one input that holds one article.
///
/// # Errors
/// A [`Skipped`] that says why there is no article: the input cannot be opened or read, is longer
/// than [`MAX_INPUT_BYTES`], or is empty or not text (see [`article_from_bytes`](crate::article_from_bytes)).
pub fn read(location: &Location) -> Result<Article, Skipped> {
    let mut read = None;
    entries(location, &mut |entry| {
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

/// All bytes of the input, or one more than the limit: enough for the caller to see that it is too
/// long, without reading an endless pipe.
pub(crate) fn bytes_of(location: &Location) -> io::Result<Vec<u8>> {
    let limit = MAX_INPUT_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    match location.path() {
        Some(path) => File::open(path)?.take(limit).read_to_end(&mut bytes)?,
        None => io::stdin().lock().take(limit).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}
