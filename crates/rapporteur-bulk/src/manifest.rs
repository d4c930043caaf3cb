//! What was done: the settings of a folder, and a line for each partition that is there as a whole.

use crate::Error;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const FORMAT: &str = "rapporteur.bulk";
const VERSION: u32 = 1;
const NAME: &str = "manifest.jsonl";

/// With what a folder is made. What was made with other ones does not belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Settings {
    #[schemars(extend("const" = FORMAT))]
    format: String,
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The program.
    pub(crate) program: String,
    /// The format of the records.
    pub(crate) record_format: i64,
    /// The inputs, as they were named.
    pub(crate) inputs: Vec<String>,
    /// With which words articles are read.
    pub(crate) words: BTreeMap<String, String>,
    /// The day that was given for all articles.
    pub(crate) date: Option<String>,
    /// Entries of a partition.
    pub(crate) n_partition: usize,
}

impl Settings {
    pub(crate) fn new(
        record_format: i64,
        inputs: Vec<String>,
        words: BTreeMap<String, String>,
        date: Option<String>,
        n_partition: usize,
    ) -> Self {
        let program = concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_string();
        Settings {
            format: FORMAT.to_string(),
            version: VERSION,
            program,
            record_format,
            inputs,
            words,
            date,
            n_partition,
        }
    }
}

/// A partition that is done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Part {
    /// Its number, counted from 0.
    pub(crate) partition: usize,
    /// Entries of the inputs that it has, those that were skipped included.
    pub(crate) n_entries: usize,
    pub(crate) n_articles: usize,
    pub(crate) n_skipped: usize,
    /// Statements, events and stances.
    pub(crate) n_records: usize,
    /// By table the SHA-256 of the file, in hexadecimal.
    pub(crate) sha256: BTreeMap<String, String>,
}

/// A line of the manifest: the first, or one of the others.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it only tells the shape")]
enum Line {
    Settings(Settings),
    Part(Part),
}

/// The schema of a line of the manifest.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Line>()
}

/// The manifest of a folder, for one run to write.
#[derive(Debug)]
pub(crate) struct Manifest {
    path: PathBuf,
    /// Locked as long as it is open.
    file: File,
    pub(crate) parts: Vec<Part>,
}

impl Manifest {
    /// Opens the folder for a run with these settings, and makes it where there is none.
    pub(crate) fn open(folder: &Path, settings: &Settings) -> Result<Self, Error> {
        let path = folder.join(NAME);
        if !path.exists() {
            refuse_others(folder)?;
            std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, &error))?;
        }
        let fail = |error: std::io::Error| Error::io(&path, &error);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(fail)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let message = format!("{}: another run writes this folder", folder.display());
            return Err(Error::new(message).with_hint("wait until it is done"));
        }
        let (known, parts, n_whole) = read(&path, &file)?;
        match known {
            Some(known) if known != *settings => {
                let what = told_apart(&known, settings);
                let hint = "name another folder, or give the same inputs and options again";
                return Err(Error::new(format!("{}: made with {what}", folder.display())).with_hint(hint));
            }
            Some(_) => {
                // A line that was being written when the run was killed.
                file.set_len(n_whole).map_err(fail)?;
                file.seek(SeekFrom::End(0)).map_err(fail)?;
            }
            None => {
                file.set_len(0).map_err(fail)?;
                file.rewind().map_err(fail)?;
                write_line(&mut file, settings).map_err(fail)?;
            }
        }
        Ok(Manifest { path, file, parts })
    }

    /// What a folder says of itself, for who reads it.
    pub(crate) fn look(folder: &Path) -> Result<(Settings, Vec<Part>), Error> {
        let path = folder.join(NAME);
        let no_folder = |error: std::io::Error| {
            let hint = "name a folder that `rapporteur bulk` has made";
            Error::new(format!("{}: {error}", path.display())).with_hint(hint)
        };
        let file = File::open(&path).map_err(no_folder)?;
        let (settings, parts, _) = read(&path, &file)?;
        Ok((settings.ok_or_else(|| Error::damaged(&path, "the first line is no manifest"))?, parts))
    }

    /// Entries of the partitions that are done.
    pub(crate) fn n_entries(&self) -> usize {
        self.parts.iter().map(|part| part.n_entries).sum()
    }

    /// Notes a partition whose files are there as a whole.
    pub(crate) fn add(&mut self, part: Part) -> Result<(), Error> {
        write_line(&mut self.file, &part).map_err(|error| Error::io(&self.path, &error))?;
        self.parts.push(part);
        Ok(())
    }
}

fn write_line(file: &mut File, value: &impl Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_data()
}

/// The settings, the partitions, and the bytes of all lines that are whole.
fn read(path: &Path, file: &File) -> Result<(Option<Settings>, Vec<Part>, u64), Error> {
    let (mut settings, mut parts, mut n_whole) = (None, Vec::new(), 0);
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let n = reader.read_until(b'\n', &mut line).map_err(|error| Error::io(path, &error))?;
        if n == 0 || !line.ends_with(b"\n") {
            break;
        }
        let damaged = |error: serde_json::Error| Error::damaged(path, format!("line {number}: {error}"));
        if number == 1 {
            settings = Some(serde_json::from_slice::<Settings>(&line).map_err(damaged)?);
        } else {
            let part: Part = serde_json::from_slice(&line).map_err(damaged)?;
            if part.partition != parts.len() {
                return Err(Error::damaged(
                    path,
                    format!("line {number}: partition {} is out of order", part.partition),
                ));
            }
            parts.push(part);
        }
        n_whole += n as u64;
    }
    if settings.as_ref().is_some_and(|settings| settings.format != FORMAT || settings.version != VERSION) {
        return Err(Error::damaged(path, "the manifest of another version of the program"));
    }
    Ok((settings, parts, n_whole))
}

fn told_apart(known: &Settings, given: &Settings) -> &'static str {
    if known.inputs != given.inputs {
        "other inputs"
    } else if known.words != given.words || known.date != given.date {
        "other words or another date"
    } else if known.n_partition != given.n_partition {
        "partitions of another size"
    } else {
        "another version of the program"
    }
}

/// A folder with files of somebody else is left alone.
fn refuse_others(folder: &Path) -> Result<(), Error> {
    let Ok(mut entries) = std::fs::read_dir(folder) else { return Ok(()) };
    match entries.next() {
        None => Ok(()),
        Some(_) => {
            let hint = "name an empty folder, or one that is not there yet";
            Err(Error::new(format!("{} holds something else", folder.display())).with_hint(hint))
        }
    }
}
