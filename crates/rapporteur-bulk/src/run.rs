//! Inputs into partitions.

use crate::Error;
use crate::manifest::{Manifest, Settings};
use crate::partition::Partition;
use rapporteur_engine::case::{RECORD_FORMAT, words_told};
use rapporteur_engine::{Input, Options, Progress, read_alone};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Where it goes, and in parts of what size.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder.
    pub folder: PathBuf,
    /// Entries of the inputs in a partition.
    pub n_partition: NonZeroUsize,
}

/// A partition ends with so many bytes of text, so that no more than some hundred megabytes are held.
const MAX_PARTITION_BYTES: usize = 64 << 20;

/// What a run has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Partitions that were there before.
    pub n_known: usize,
    /// Partitions that were made.
    pub n_made: usize,
    /// Articles of all partitions.
    pub n_articles: usize,
    /// Inputs that were not read.
    pub n_skipped: usize,
    /// Statements, events and stances.
    pub n_records: usize,
}

/// Reads everything that `inputs` name into the partitions of a folder. One that was stopped is gone on with: partitions
/// that are done are not made again, their entries are only passed.
///
/// # Errors
/// If the folder holds something else, was made with other inputs or options, or cannot be written; if the language model is
/// missing or damaged, or a file of the knowledge folder cannot be used.
pub fn read(
    inputs: &[Input],
    plan: &Plan,
    options: &Options,
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<Done, Error> {
    let names = inputs.iter().map(|input| match input {
        Input::Location(location) => location.to_string_lossy().into_owned(),
        Input::Bytes { name, .. } => name.clone(),
    });
    let date = options.date.map(|date| date.to_string());
    let settings = Settings::new(RECORD_FORMAT, names.collect(), words_told(options)?, date, plan.n_partition.get());
    let mut manifest = Manifest::open(&plan.folder, &settings)?;
    let (n_known, n_before) = (manifest.parts.len(), manifest.n_entries());
    let mut partition = Partition::default();
    let mut end = |partition: &mut Partition| -> Result<(), Error> {
        let number = manifest.parts.len();
        manifest.add(std::mem::take(partition).write(&plan.folder, number)?)
    };
    let missing = read_alone(inputs, options, n_before, on_progress, |read| {
        partition.add(read, &plan.folder)?;
        let is_full = partition.n_entries >= plan.n_partition.get() || partition.n_bytes >= MAX_PARTITION_BYTES;
        if is_full { end(&mut partition) } else { Ok::<(), Error>(()) }
    })?;
    if n_known == 0 || partition.n_entries > 0 {
        missing.into_iter().for_each(|missing| partition.skip(missing));
        end(&mut partition)?;
    }
    let sum = |count: fn(&crate::manifest::Part) -> usize| manifest.parts.iter().map(count).sum();
    Ok(Done {
        n_known,
        n_made: manifest.parts.len() - n_known,
        n_articles: sum(|part| part.n_articles),
        n_skipped: sum(|part| part.n_skipped),
        n_records: sum(|part| part.n_records),
    })
}
