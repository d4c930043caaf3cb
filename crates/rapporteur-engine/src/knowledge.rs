//! What the extraction and the story know of words: the built-in data files, and a user's folder of additions to them.

use crate::Error;
use rapporteur_extract::Knowledge;
use rapporteur_story::Issues;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// More than this is no list of words.
const MAX_LEN_BYTES: u64 = 16 << 20;

/// The built-in data files, name and text, by name. A folder for [`Options::knowledge`](crate::Options) has
/// files of these names.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut files: Vec<_> = Knowledge::files().chain([Issues::file()]).collect();
    files.sort_unstable();
    files.into_iter()
}

/// A user's words with the built-in ones.
pub(crate) struct Own {
    pub(crate) words: Knowledge,
    pub(crate) issues: Issues,
}

/// The built-in knowledge with the files of `folder`. Names that begin with a dot are left alone: they belong
/// to the system or to a tool.
///
/// # Errors
/// If the folder is not there, or a file in it cannot be read, has an unknown name or a line that is wrong.
pub(crate) fn load(folder: &Path) -> Result<Own, Error> {
    of_texts(folder, &texts(folder)?)
}

/// The files of `folder`, names and texts, by name.
///
/// # Errors
/// If the folder is not there or a file in it cannot be read.
pub(crate) fn texts(folder: &Path) -> Result<Vec<(String, String)>, Error> {
    paths(folder)?.iter().map(|path| read(path)).collect()
}

/// The built-in knowledge with files that came from `place`.
///
/// # Errors
/// If a file has an unknown name or a line that is wrong.
pub(crate) fn of_texts(place: &Path, texts: &[(String, String)]) -> Result<Own, Error> {
    let (issues, texts): (Vec<_>, Vec<_>) = texts.iter().partition(|(name, _)| name == Issues::file().0);
    let issues = issues.first().map_or("", |(_, text)| text.as_str());
    let told = |file: &str, line: Option<usize>, message: &str, hint: Option<&str>| {
        let line = line.map_or_else(String::new, |line| format!(":{line}"));
        let told = Error::new(format!("{}{line}: {message}", place.join(file).display()));
        match hint {
            Some(hint) => told.with_hint(hint),
            None => told,
        }
    };
    let issues = Issues::extended(issues)
        .map_err(|error| told(Issues::file().0, Some(error.line()), error.message(), Some(error.hint())))?;
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let words =
        Knowledge::extended(&texts).map_err(|error| told(error.file(), error.line(), error.message(), error.hint()))?;
    Ok(Own { words, issues })
}

/// The files of the folder, by name.
fn paths(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let no_folder = |error: io::Error| {
        let message = format!("{}: {error}", folder.display());
        Error::new(message).with_hint("name a folder with data files of your own; it may be empty")
    };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(no_folder)?;
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(|path| !is_hidden(path)).collect();
    paths.sort();
    Ok(paths)
}

/// The name and the text of a data file.
fn read(path: &Path) -> Result<(String, String), Error> {
    let error =
        |what: &dyn std::fmt::Display, hint: &str| Error::new(format!("{}: {what}", path.display())).with_hint(hint);
    let unreadable = |cause: io::Error| error(&cause, "make it readable, or take it out of the folder");
    // A pipe would be waited for.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(error(&"not a regular file", "the folder holds data files and nothing else"));
    }
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(MAX_LEN_BYTES + 1).read_to_string(&mut text));
    match read {
        Err(cause) if cause.kind() == ErrorKind::InvalidData => Err(error(&"not UTF-8", "save it as UTF-8")),
        Err(cause) => Err(unreadable(cause)),
        Ok(n_bytes) if n_bytes as u64 > MAX_LEN_BYTES => {
            Err(error(&"larger than 16 MiB", "a data file has one entry or a list of words a line"))
        }
        Ok(_) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Ok((name, text))
        }
    }
}
