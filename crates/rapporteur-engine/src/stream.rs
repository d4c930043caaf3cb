//! Inputs as a stream of articles: one thread opens archives and reads, those of the pool make articles and whatever else is
//! made of them, and the one that asked takes what they made. No more is held than a few batches.

use crate::inputs::Found;
use rapporteur_model::Skipped;
use rapporteur_source::{Entry, ReadOptions};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// Articles in a batch for each thread, and the bytes after which a batch takes no more: what is made of an article can
/// have twenty times its size.
const BATCH_ARTICLES: usize = 32;
const BATCH_BYTES: usize = 4 << 20;
/// Batches that wait while one is worked on, and as many that wait to be taken.
const N_WAITING: usize = 1;

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Articles that were dealt with, those that were skipped included.
    pub n_done: usize,
    /// Bytes of the files that were read, as far as that can be told of a compressed one.
    pub n_bytes_done: u64,
    /// Bytes of all files, as far as the system tells them.
    pub n_bytes_total: u64,
}

/// Articles, or what was made of them.
struct Batch<T> {
    entries: Vec<T>,
    /// Bytes that were read when the batch was full.
    n_bytes_done: u64,
}

type Entries = Batch<Result<Entry, Skipped>>;

/// Has `work` make something of each entry of the inputs, in parallel, and hands it to `consume`, in the order of the
/// inputs. Stops where `consume` fails.
pub(crate) fn for_each<T: Send, E>(
    found: &[Found<'_>],
    options: &ReadOptions,
    threads: &ThreadPool,
    on_progress: &(dyn Fn(Progress) + Sync),
    work: impl Fn(Result<Entry, Skipped>) -> T + Sync,
    consume: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    for_each_from(0, found, options, threads, on_progress, work, consume)
}

/// [`for_each`] without the first `n_before` entries, which are unpacked and let go.
pub(crate) fn for_each_from<T: Send, E>(
    n_before: usize,
    found: &[Found<'_>],
    options: &ReadOptions,
    threads: &ThreadPool,
    on_progress: &(dyn Fn(Progress) + Sync),
    work: impl Fn(Result<Entry, Skipped>) -> T + Sync,
    mut consume: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let n_bytes_total = found.iter().map(Found::len_bytes).sum();
    let n_done = AtomicUsize::new(n_before);
    on_progress(Progress { n_bytes_total, ..Progress::default() });
    std::thread::scope(|scope| {
        let (send_entries, entries) = sync_channel::<Entries>(N_WAITING);
        let (send_made, made) = sync_channel::<Batch<T>>(N_WAITING);
        let n_threads = threads.current_num_threads();
        scope.spawn(move || read_all(n_before, found, options, n_threads, &send_entries));
        let (n_done, work) = (&n_done, &work);
        scope.spawn(move || {
            let mut n_bytes_done = 0;
            for batch in entries {
                let work_one = |entry| {
                    let made = work(entry);
                    let n_done = n_done.fetch_add(1, Ordering::Relaxed) + 1;
                    on_progress(Progress { n_done, n_bytes_done, n_bytes_total });
                    made
                };
                let entries: Vec<T> = threads.install(|| batch.entries.into_par_iter().map(work_one).collect());
                n_bytes_done = batch.n_bytes_done;
                if send_made.send(Batch { entries, n_bytes_done }).is_err() {
                    // Nobody takes them any more; leaving the loop closes the other channel, which ends the reading.
                    return;
                }
            }
        });
        let mut n_bytes_done = 0;
        for batch in made {
            n_bytes_done = batch.n_bytes_done;
            batch.entries.into_iter().try_for_each(&mut consume)?;
        }
        on_progress(Progress { n_done: n_done.load(Ordering::Relaxed), n_bytes_done, n_bytes_total });
        Ok(())
    })
}

/// Sends the entries of all inputs in batches, but for the first ones, until nobody takes them any more.
fn read_all(
    n_before: usize,
    found: &[Found<'_>],
    options: &ReadOptions,
    n_threads: usize,
    sender: &SyncSender<Entries>,
) {
    let (mut entries, mut n_bytes, mut n_bytes_done) = (Vec::new(), 0, 0);
    let mut n_left_out = 0;
    for input in found {
        let mut is_wanted = true;
        let (len_bytes, mut n_own_bytes) = (input.len_bytes(), 0u64);
        input.entries(options, &mut |entry| {
            let n_entry_bytes = entry.as_ref().map_or(0, |entry| entry.bytes.len());
            n_own_bytes += n_entry_bytes as u64;
            if n_left_out < n_before {
                n_left_out += 1;
                return ControlFlow::Continue(());
            }
            n_bytes += n_entry_bytes;
            entries.push(entry);
            if entries.len() >= BATCH_ARTICLES * n_threads || n_bytes >= BATCH_BYTES * n_threads {
                n_bytes = 0;
                // What comes out of a compressed file is longer than the file.
                let n_bytes_done = n_bytes_done + n_own_bytes.min(len_bytes);
                is_wanted = sender.send(Batch { entries: std::mem::take(&mut entries), n_bytes_done }).is_ok();
            }
            if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if !is_wanted {
            return;
        }
        n_bytes_done += len_bytes;
    }
    // Nobody is left who could mind that nobody takes the last one.
    let _ = sender.send(Batch { entries, n_bytes_done });
}
