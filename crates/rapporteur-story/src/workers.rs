//! Work that falls into parts which know nothing of each other.

use std::sync::{Mutex, PoisonError};

/// Who does work that falls into parts. What comes of it depends neither on who does it nor on how many they are: this
/// crate starts no threads, and whoever has some can lend them.
///
/// # Example
/// ```
/// use rapporteur_story::{Alone, Workers};
/// let done = std::sync::Mutex::new(Vec::new());
/// Alone.each(3, &|part| done.lock().unwrap().push(part));
/// assert_eq!(done.into_inner().unwrap(), [0, 1, 2]);
/// ```
pub trait Workers: Sync {
    /// Calls `part` once with each number below `n_parts`, in any order and perhaps on several threads at the same time,
    /// and comes back when all are done.
    fn each(&self, n_parts: usize, part: &(dyn Fn(usize) + Sync));

    /// How many parts can be done at the same time.
    fn n_threads(&self) -> usize;
}

/// Does one part after the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Workers for Alone {
    fn each(&self, n_parts: usize, part: &(dyn Fn(usize) + Sync)) {
        (0..n_parts).for_each(part);
    }

    fn n_threads(&self) -> usize {
        1
    }
}

/// Enough parts to keep all threads busy to the end; each may begin with buffers as long as the list of articles.
const PARTS_A_THREAD: usize = 16;
/// Fewer things are one part.
const MIN_THINGS: usize = 16;

/// What `make` makes of each of a few `things` that take long, in their order.
pub(crate) fn each_alone<T: Sync, R: Send>(
    workers: &dyn Workers,
    things: &[T],
    make: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let made: Vec<Mutex<Option<R>>> = things.iter().map(|_| Mutex::new(None)).collect();
    workers.each(things.len(), &|n| {
        let new = make(&things[n]);
        *made[n].lock().unwrap_or_else(PoisonError::into_inner) = Some(new);
    });
    made.into_iter().filter_map(|made| made.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// What `make` makes of each part of `things`, in their order.
pub(crate) fn in_parts<T: Sync, R: Send>(
    workers: &dyn Workers,
    things: &[T],
    make: impl Fn(&[T]) -> R + Sync,
) -> Vec<R> {
    let n_parts = match workers.n_threads() {
        0 | 1 => 1,
        n_threads => n_threads * PARTS_A_THREAD,
    };
    let parts: Vec<&[T]> = things.chunks(things.len().div_ceil(n_parts).max(MIN_THINGS)).collect();
    each_alone(workers, &parts, |part| make(part))
}

/// Lists one after the other.
pub(crate) fn joined<T>(mut lists: Vec<Vec<T>>) -> Vec<T> {
    if let [only] = lists.as_mut_slice() {
        return std::mem::take(only);
    }
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    lists.into_iter().for_each(|list| all.extend(list));
    all
}

/// What two functions give, each of which is a part.
pub(crate) fn both<A: Send, B: Send>(
    workers: &dyn Workers,
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    let (open_a, open_b) = (Mutex::new(Some(a)), Mutex::new(Some(b)));
    let (made_a, made_b) = (Mutex::new(None), Mutex::new(None));
    workers.each(2, &|n| match n {
        0 => run(&open_a, &made_a),
        _ => run(&open_b, &made_b),
    });
    let made = "each part is called once";
    (taken(&made_a).expect(made), taken(&made_b).expect(made))
}

fn run<R>(open: &Mutex<Option<impl FnOnce() -> R>>, made: &Mutex<Option<R>>) {
    let new = taken(open).map(|work| work());
    *made.lock().unwrap_or_else(PoisonError::into_inner) = new;
}

fn taken<T>(place: &Mutex<Option<T>>) -> Option<T> {
    place.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two threads, the later parts first.
    struct Two;

    impl Workers for Two {
        fn each(&self, n_parts: usize, part: &(dyn Fn(usize) + Sync)) {
            std::thread::scope(|scope| {
                scope.spawn(|| (n_parts / 2..n_parts).rev().for_each(part));
                (0..n_parts / 2).rev().for_each(part);
            });
        }

        fn n_threads(&self) -> usize {
            2
        }
    }

    #[test]
    fn the_order_of_what_is_made_is_that_of_the_things() {
        for n in [0, 1, 15, 16, 17, 5000] {
            let things: Vec<usize> = (0..n).collect();
            let twice = |part: &[usize]| part.iter().map(|n| 2 * n).collect::<Vec<_>>();
            let expected: Vec<usize> = (0..n).map(|n| 2 * n).collect();
            assert_eq!(joined(in_parts(&Alone, &things, twice)), expected);
            assert_eq!(joined(in_parts(&Two, &things, twice)), expected);
        }
        assert_eq!(both(&Two, || 1, || "two"), (1, "two"));
    }
}
