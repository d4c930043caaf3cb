use crate::{Location, article_from_bytes};
use rapporteur_model::{Article, Skipped};
use std::fs::File;
use std::io::{self, Read};

/// Inputs longer than this are not read: 64 MiB. The longest news texts are some hundred kilobytes;
/// what is longer is an archive or a mistake, and spans count in 32 bits.
pub const MAX_INPUT_BYTES: usize = 64 * 1024 * 1024;

/// Reads one input and makes an article of it.
///
/// # Errors
/// A [`Skipped`] that says why there is no article: the input cannot be opened or read, is longer
/// than [`MAX_INPUT_BYTES`], or is empty or not text (see [`article_from_bytes`]).
pub fn read(location: &Location) -> Result<Article, Skipped> {
    let bytes = bytes_of(location).map_err(|error| Skipped {
        location: location.as_str().to_string(),
        reason: format!("cannot be read: {}", error.kind()),
        hint: match error.kind() {
            io::ErrorKind::PermissionDenied => Some("check the permissions of the file".to_string()),
            _ => None,
        },
    })?;
    article_from_bytes(location.as_str(), &bytes)
}

/// All bytes of the input, or one more than the limit: enough for the caller to see that it is too
/// long, without reading an endless pipe.
fn bytes_of(location: &Location) -> io::Result<Vec<u8>> {
    let limit = MAX_INPUT_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    match location.path() {
        Some(path) => File::open(path)?.take(limit).read_to_end(&mut bytes)?,
        None => io::stdin().lock().take(limit).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}
