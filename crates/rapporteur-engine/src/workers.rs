//! The threads of a run, lent to the story.

use rapporteur_story::Workers;
use rayon::ThreadPool;
use rayon::prelude::*;

/// The threads of a pool as those who do the parts of some work.
pub(crate) struct Pool<'p>(pub(crate) &'p ThreadPool);

impl Workers for Pool<'_> {
    fn each(&self, n_parts: usize, part: &(dyn Fn(usize) + Sync)) {
        self.0.install(|| (0..n_parts).into_par_iter().for_each(part));
    }

    fn n_threads(&self) -> usize {
        self.0.current_num_threads()
    }
}
