//! Articles out of the partitions of a folder.

use crate::Error;
use crate::manifest::{Manifest, Part};
use crate::partition::{path_of, sha256_of};
use crate::tables::{ARTICLES, N_ASKED};
use rapporteur_columns::{Row, rows};
use rapporteur_engine::case::{Cell, Original, unpack_record};
use rapporteur_model::{Article, Record};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

/// An article as it is stored.
pub(crate) struct Stored<'r> {
    row: &'r Row,
    path: &'r Path,
}

impl Stored<'_> {
    /// The article and its record, as they were made of the article alone.
    pub(crate) fn read(&self) -> Result<(Article, Record), Error> {
        let bare = self.text("article")?;
        let mut article: Article =
            serde_json::from_str(bare).map_err(|error| Error::damaged(self.path, format!("an article: {error}")))?;
        article.text = self.text("text")?.to_string();
        let record = self.row.bytes(column("record")).ok_or_else(|| self.lacks("record"))?;
        Ok((article, unpack_record(record, self.path)?))
    }

    /// What is left of its bytes.
    pub(crate) fn original(&self) -> Result<Original, Error> {
        let hex = self.text("sha256")?;
        let byte = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let sha256: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
        let len_bytes = self.row.integer(column("n_bytes")).and_then(|n| u64::try_from(n).ok());
        match (sha256, len_bytes) {
            (Some(sha256), Some(len_bytes)) => Ok(Original::Hash { sha256, len_bytes }),
            _ => Err(self.lacks("hash")),
        }
    }

    /// The values over which a condition may speak.
    pub(crate) fn asked(&self) -> Vec<Cell> {
        let cell = |at: usize| match (self.row.text(at), self.row.integer(at)) {
            (Some(text), _) => Cell::Text(text.to_string()),
            (None, Some(number)) => Cell::Integer(number),
            (None, None) => Cell::Null,
        };
        (0..N_ASKED).map(cell).collect()
    }

    fn text(&self, name: &str) -> Result<&str, Error> {
        self.row.text(column(name)).ok_or_else(|| self.lacks(name))
    }

    fn lacks(&self, what: &str) -> Error {
        Error::damaged(self.path, format!("an article without its {what}"))
    }
}

/// The position of a column of the articles.
fn column(name: &str) -> usize {
    ARTICLES.columns.iter().position(|column| column.name == name).unwrap_or(usize::MAX)
}

/// The folder that holds the files of the articles, all of which were read: for an engine that reads Parquet itself.
///
/// # Errors
/// If `folder` is none, or it has other files than its manifest tells: those of a run that was killed.
pub fn article_folder(folder: &Path) -> Result<PathBuf, Error> {
    let (_, parts) = Manifest::look(folder)?;
    let articles = folder.join(ARTICLES.name);
    let known: BTreeSet<PathBuf> = parts.iter().map(|part| path_of(folder, &ARTICLES, part.partition)).collect();
    let entries = std::fs::read_dir(&articles).map_err(|error| Error::io(&articles, &error))?;
    let found: Result<BTreeSet<PathBuf>, std::io::Error> = entries.map(|entry| Ok(entry?.path())).collect();
    if found.map_err(|error| Error::io(&articles, &error))? != known {
        let message = format!("{}: other files than the manifest tells", articles.display());
        return Err(
            Error::new(message).with_hint("run the same `rapporteur bulk` again, which goes on where it stopped")
        );
    }
    Ok(articles)
}

/// Hands the articles of a partition to `take`, in its order, after its file was compared with what was written.
pub(crate) fn each_article(
    folder: &Path,
    part: &Part,
    take: &mut dyn FnMut(Stored<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let path: PathBuf = path_of(folder, &ARTICLES, part.partition);
    let found = sha256_of(&path).map_err(|error| Error::io(&path, &error))?;
    if part.sha256.get(ARTICLES.name) != Some(&found) {
        return Err(Error::damaged(&path, "not what was written"));
    }
    let file = File::open(&path).map_err(|error| Error::io(&path, &error))?;
    let mut failed = None;
    let read = rows(file, |row| {
        failed = take(Stored { row: &row, path: &path }).err();
        failed.is_none()
    });
    match failed {
        Some(error) => Err(error),
        None => read.map_err(|error| Error::damaged(&path, error)),
    }
}
