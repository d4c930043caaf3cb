//! Files of an export: each is there whole or not at all, and replaces nothing but an export of its own kind.

use crate::failure::Failure;
use crate::page_file::{cannot_write, folder_of, is_special, real_path, temporary_file};
use rapporteur_export::tables::TABLES;
use rapporteur_export::{Export, N_EDGE_BYTES, is_own};
use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How files of tables end.
const EXTENSIONS: [&str; 3] = ["csv", "jsonl", "parquet"];

/// Fails where a file at `path` cannot be, or would replace something else than such an export.
pub(super) fn check(path: &Path, export: Export) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(Failure::with_hint(format!("{} is a folder", path.display()), "name a file in it"));
    }
    let target = real_path(path);
    let folder = folder_of(&target);
    if !folder.is_dir() {
        return Err(Failure::with_hint(format!("there is no folder {}", folder.display()), "make it first"));
    }
    if is_special(&target) || !target.exists() {
        return Ok(());
    }
    let edges = || -> io::Result<(Vec<u8>, Vec<u8>)> {
        let (mut start, mut end) = (Vec::new(), Vec::new());
        let mut file = File::open(&target)?;
        let n_edge = N_EDGE_BYTES as u64;
        Read::by_ref(&mut file).take(n_edge).read_to_end(&mut start)?;
        let n_bytes = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(n_bytes.saturating_sub(n_edge)))?;
        file.read_to_end(&mut end)?;
        Ok((start, end))
    };
    let (start, end) = edges().map_err(|error| cannot_write(path, &error))?;
    if is_own(export, &start, &end) {
        return Ok(());
    }
    Err(Failure::with_hint(
        format!("{} is there and is no export of this kind: it would be overwritten", path.display()),
        "name another file, or move that one away",
    ))
}

/// A folder for tables.
pub(super) struct Folder {
    path: PathBuf,
    /// Whether it was made just now and nothing is in it yet.
    is_new: Cell<bool>,
}

impl Folder {
    /// Makes the folder where there is none.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let fail = |error: io::Error| cannot_write(path, &error);
        if !path.exists() {
            let parent = folder_of(path);
            if !parent.is_dir() {
                return Err(Failure::with_hint(format!("there is no folder {}", parent.display()), "make it first"));
            }
            fs::create_dir(path).map_err(fail)?;
            return Ok(Folder { path: path.to_path_buf(), is_new: Cell::new(true) });
        }
        if !path.is_dir() {
            let hint = "all tables go into a folder: name one, or one table with --table";
            return Err(Failure::with_hint(format!("{} is no folder", path.display()), hint));
        }
        let mut others = Vec::new();
        for entry in fs::read_dir(path).map_err(fail)? {
            let name = entry.map_err(fail)?.file_name().to_string_lossy().into_owned();
            let is_table = name.rsplit_once('.').is_some_and(|(stem, extension)| {
                EXTENSIONS.contains(&extension) && TABLES.iter().any(|table| table.name == stem)
            });
            // A run that was killed leaves such a file.
            let is_left = name.starts_with(".rapporteur-") && name.ends_with(".tmp");
            if !is_table && !is_left {
                others.push(name);
            }
        }
        others.sort();
        match others.first() {
            Some(other) => Err(Failure::with_hint(
                format!("{} holds {other}, which is no table of an export", path.display()),
                "name an empty folder, one with nothing but exported tables, or one that is not there yet",
            )),
            None => Ok(Folder { path: path.to_path_buf(), is_new: Cell::new(false) }),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps it, now that something is in it.
    pub(super) fn keep(&self) {
        self.is_new.set(false);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.is_new.get() {
            // Somebody may have put something there meanwhile; then it stays.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// What is being written: beside the file whose name it is to take, or where nobody sees it until all of it is there.
pub(super) enum Part {
    Named(BufWriter<NamedTempFile>),
    Hidden(BufWriter<File>),
}

impl Part {
    pub(super) fn beside(path: Option<&Path>) -> Result<Self, Failure> {
        let hidden = || {
            let file = tempfile::tempfile();
            file.map(|file| Part::Hidden(BufWriter::new(file)))
                .map_err(|error| cannot_write(&std::env::temp_dir(), &error))
        };
        let Some(path) = path else { return hidden() };
        let target = real_path(path);
        if is_special(&target) {
            return hidden();
        }
        let file = temporary_file(folder_of(&target)).map_err(|error| cannot_write(path, &error))?;
        Ok(Part::Named(BufWriter::new(file)))
    }

    /// Gives the file its name.
    pub(super) fn take_name(self, path: &Path) -> Result<(), Failure> {
        let fail = |error: io::Error| cannot_write(path, &error);
        match self {
            Part::Named(writer) => {
                let file = writer.into_inner().map_err(|error| fail(error.into_error()))?;
                file.as_file().sync_all().map_err(fail)?;
                file.persist(real_path(path)).map_err(|error| fail(error.error))?;
                Ok(())
            }
            Part::Hidden(writer) => {
                let mut target = fs::OpenOptions::new().write(true).open(path).map_err(fail)?;
                copied(writer, &mut target).map_err(fail)
            }
        }
    }

    /// Writes it to standard output.
    pub(super) fn show(self) -> Result<(), Failure> {
        let Part::Hidden(writer) = self else { return Ok(()) };
        let mut stdout = io::stdout().lock();
        copied(writer, &mut stdout).and_then(|()| stdout.flush()).map_err(|error| Failure::output(&error))
    }
}

fn copied(writer: BufWriter<File>, out: &mut dyn Write) -> io::Result<()> {
    let mut file = writer.into_inner().map_err(|error| error.into_error())?;
    file.seek(SeekFrom::Start(0))?;
    io::copy(&mut file, out).map(drop)
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Part::Named(writer) => writer.write(bytes),
            Part::Hidden(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Part::Named(writer) => writer.flush(),
            Part::Hidden(writer) => writer.flush(),
        }
    }
}
