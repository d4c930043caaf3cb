//! Fuzzing on the stable toolchain: seeds are mutated, and a law must hold of whatever comes out.
//!
//! A case is a seed and a few edits of it, drawn by proptest, so that a find shrinks to the fewest edits that show it. The
//! same name draws the same cases. What a run is told by its environment:
//!
//! - `RAPPORTEUR_FUZZ_CASES`: how many cases, instead of the few of the daily run;
//! - `RAPPORTEUR_FUZZ_SEED`: a number that draws other cases;
//! - `RAPPORTEUR_FUZZ_OUT`: a folder into which are written the seeds (`NAME/seed-0`), what is found (`NAME/find`), and the case that
//!   is tried (`NAME/last`), which stays where it hangs or ends the process.
//!
//! A case may take [`MAX_SECONDS`] of a processor and [`MAX_MIB`] of memory beyond what was held before, as far as the
//! system tells them.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::RefCell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Tests run without optimisation, and two at once.
const MAX_SECONDS: u64 = 10;
/// A few times what the longest entry that is read by default may have.
const MAX_MIB: u64 = 512;
/// Milliseconds to look for a smaller find.
const MAX_SHRINK_MS: u32 = 60_000;
/// Edits of a seed at most.
const MAX_EDITS: usize = 8;
/// What a mutated input may be longer than all seeds.
const MAX_GROWTH: usize = 1 << 14;

/// A parser of foreign bytes with what it is tried with.
pub struct Fuzz {
    name: &'static str,
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
    n_cases: u32,
}

impl Fuzz {
    /// A parser by its name, and inputs that it reads.
    pub fn new<S: Into<Vec<u8>>>(name: &'static str, seeds: impl IntoIterator<Item = S>) -> Self {
        Fuzz { name, seeds: seeds.into_iter().map(Into::into).collect(), words: Vec::new(), n_cases: 200 }
    }

    /// Words that mean something to the parser: they are put into inputs.
    pub fn words<W: AsRef<[u8]>>(mut self, words: &[W]) -> Self {
        self.words.extend(words.iter().map(|word| word.as_ref().to_vec()));
        self
    }

    /// How many cases are drawn where the environment does not say it; a parser that is slow has fewer.
    pub fn cases(mut self, n_cases: u32) -> Self {
        self.n_cases = n_cases;
        self
    }

    /// Holds the law of each seed as it is, then of mutated ones.
    ///
    /// # Panics
    /// If the law does not hold, with the smallest input that was found.
    pub fn hold(&self, law: impl FnMut(&[u8])) {
        assert!(!self.seeds.is_empty(), "{}: there are no seeds", self.name);
        let law = RefCell::new(law);
        let law = |bytes: &[u8]| (law.borrow_mut())(bytes);
        for (number, seed) in self.seeds.iter().enumerate() {
            self.keep(&format!("seed-{number}"), seed);
            self.bounded(seed, law);
        }
        let config = Config {
            cases: number("RAPPORTEUR_FUZZ_CASES").map_or(self.n_cases, |n| u32::try_from(n).unwrap_or(u32::MAX)),
            failure_persistence: None,
            max_shrink_iters: 2_000,
            max_shrink_time: MAX_SHRINK_MS,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &self.seed()));
        let drawn = (any::<Index>(), proptest::collection::vec(edit(), 1..=MAX_EDITS));
        let ran = runner.run(&drawn, |(seed, edits)| {
            let bytes = self.mutated(&seed, &edits);
            // What hangs or ends the process is found there.
            self.keep("last", &bytes);
            let held = catch_unwind(AssertUnwindSafe(|| self.bounded(&bytes, law)));
            held.map_err(|panic| TestCaseError::fail(said(&*panic)))
        });
        if let Err(TestError::Fail(why, (seed, edits))) = ran {
            let bytes = self.mutated(&seed, &edits);
            self.keep("find", &bytes);
            let shown = bytes.escape_ascii().to_string();
            panic!("{}: {why}\nthe law does not hold of {} bytes: b\"{shown:.3000}\"", self.name, bytes.len());
        }
        ran.unwrap_or_else(|error| panic!("{}: {error}", self.name));
    }

    /// Holds the law, and that it took neither long nor much.
    fn bounded(&self, bytes: &[u8], law: impl Fn(&[u8])) {
        let before = resident_mib();
        forget_peak();
        let (begun, busy) = (Instant::now(), busy());
        law(bytes);
        // Where the system does not tell how long a thread was busy, the clock has to do.
        let took = self::busy().zip(busy).map_or_else(|| begun.elapsed(), |(now, then)| now.saturating_sub(then));
        assert!(took < Duration::from_secs(MAX_SECONDS), "it takes {} ms", took.as_millis());
        if let (Some(before), Some(peak)) = (before, peak_mib()) {
            assert!(peak < before + MAX_MIB, "it takes {} MiB", peak - before);
        }
    }

    fn mutated(&self, seed: &Index, edits: &[Edit]) -> Vec<u8> {
        let mut bytes = self.seeds[seed.index(self.seeds.len())].clone();
        let most = self.seeds.iter().map(Vec::len).max().unwrap_or_default() + MAX_GROWTH;
        for edit in edits {
            edit.apply(&mut bytes, &self.seeds, &self.words);
            bytes.truncate(most);
        }
        bytes
    }

    /// What the cases are drawn from: the name, and the number that the environment gives.
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        for (idx, byte) in self.name.bytes().enumerate() {
            seed[8 + idx % 24] ^= byte.rotate_left((idx / 24) as u32);
        }
        seed[..8].copy_from_slice(&number("RAPPORTEUR_FUZZ_SEED").unwrap_or_default().to_le_bytes());
        seed
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        let Some(folder) = std::env::var_os("RAPPORTEUR_FUZZ_OUT") else { return };
        let folder = PathBuf::from(folder).join(self.name);
        let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(name), bytes));
        kept.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    }
}

/// One change of bytes. Places are drawn as parts of the length, so that they mean something in any input.
#[derive(Debug, Clone)]
enum Edit {
    /// A bit is another.
    Flip(At, u8),
    /// A byte is another.
    Set(At, u8),
    /// Bytes come in.
    Insert(At, Vec<u8>),
    /// A word of the parser's comes in.
    Word(At, Index),
    /// Some bytes go.
    Cut(At, usize),
    /// All that follows goes.
    End(At),
    /// Some bytes stand there so often.
    Repeat(At, usize, usize),
    /// A piece of some seed comes in.
    Splice(At, Index, At, usize),
    /// Digits become another number.
    Count(At, i64),
    /// Four bytes are another number.
    Binary(At, u32),
}

/// A place: anywhere, or near the head, where lengths and kinds stand.
#[derive(Debug, Clone)]
enum At {
    Anywhere(Index),
    Head(Index),
}

const HEAD_BYTES: usize = 256;

impl At {
    fn in_bytes(&self, bytes: &[u8]) -> usize {
        match self {
            At::Anywhere(index) => index.index(bytes.len() + 1),
            At::Head(index) => index.index(bytes.len().min(HEAD_BYTES) + 1),
        }
    }
}

impl Edit {
    fn apply(&self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[Vec<u8>]) {
        match self {
            Edit::Flip(at, bit) => {
                let at = at.in_bytes(bytes);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (bit % 8));
            }
            Edit::Set(at, new) => {
                let at = at.in_bytes(bytes);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = *new);
            }
            Edit::Insert(at, new) => insert(bytes, at, new),
            Edit::Word(at, word) => {
                if !words.is_empty() {
                    insert(bytes, at, &words[word.index(words.len())]);
                }
            }
            Edit::Cut(at, n) => {
                let start = at.in_bytes(bytes);
                bytes.drain(start..(start + n).min(bytes.len()));
            }
            Edit::End(at) => bytes.truncate(at.in_bytes(bytes)),
            Edit::Repeat(at, n, times) => {
                let start = at.in_bytes(bytes);
                let piece = bytes[start..(start + n).min(bytes.len())].repeat(*times);
                bytes.splice(start..start, piece);
            }
            Edit::Splice(at, seed, from, n) => {
                let seed = &seeds[seed.index(seeds.len())];
                let start = from.in_bytes(seed);
                insert(bytes, at, &seed[start..(start + n).min(seed.len())]);
            }
            Edit::Count(at, number) => {
                let start = at.in_bytes(bytes);
                let Some(first) = bytes[start..].iter().position(u8::is_ascii_digit).map(|n| start + n) else { return };
                let n = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                bytes.splice(first..first + n, number.to_string().into_bytes());
            }
            Edit::Binary(at, number) => {
                let at = at.in_bytes(bytes);
                bytes.iter_mut().skip(at).zip(number.to_le_bytes()).for_each(|(byte, new)| *byte = new);
            }
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: &At, new: &[u8]) {
    let at = at.in_bytes(bytes);
    bytes.splice(at..at, new.iter().copied());
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || prop_oneof![2 => any::<Index>().prop_map(At::Anywhere), 1 => any::<Index>().prop_map(At::Head)];
    let few = || prop_oneof![4 => 1usize..16, 2 => 1usize..200, 1 => 1usize..4_000];
    let byte = prop_oneof![any::<u8>(), proptest::sample::select(b"\0\n\r\"'<>&;,\\{}[]() \t\xff\x80".to_vec())];
    let counts = proptest::sample::select(vec![
        0,
        1,
        -1,
        9,
        255,
        65_536,
        i64::from(i32::MAX),
        i64::from(u32::MAX),
        i64::MAX,
        i64::MIN,
    ]);
    let binary = prop_oneof![any::<u32>(), proptest::sample::select(vec![0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX])];
    prop_oneof![
        2 => (at(), any::<u8>()).prop_map(|(at, bit)| Edit::Flip(at, bit)),
        2 => (at(), byte).prop_map(|(at, byte)| Edit::Set(at, byte)),
        1 => (at(), proptest::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        3 => (at(), any::<Index>()).prop_map(|(at, word)| Edit::Word(at, word)),
        2 => (at(), few()).prop_map(|(at, n)| Edit::Cut(at, n)),
        1 => at().prop_map(Edit::End),
        2 => (at(), few(), prop_oneof![3 => 1usize..4, 1 => 4usize..400]).prop_map(|(at, n, times)| Edit::Repeat(at, n, times)),
        3 => (at(), any::<Index>(), at(), few()).prop_map(|(at, seed, from, n)| Edit::Splice(at, seed, from, n)),
        1 => (at(), counts).prop_map(|(at, number)| Edit::Count(at, number)),
        1 => (at(), binary).prop_map(|(at, number)| Edit::Binary(at, number)),
    ]
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// The words of a panic.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic").to_string()
}

/// How long this thread was busy, whoever else wanted the processor.
fn busy() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// The most memory that was resident is counted anew from here on.
fn forget_peak() {
    // Where there is no such file, nothing is told of memory at all.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn resident_mib() -> Option<u64> {
    status("VmRSS:")
}

fn peak_mib() -> Option<u64> {
    status("VmHWM:")
}

fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kib| kib / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_draws_the_same_cases() {
        let drawn = |name| {
            let seen = RefCell::new(Vec::new());
            Fuzz::new(name, ["one: 1", "two: 22"])
                .words(&["three"])
                .hold(|bytes| seen.borrow_mut().push(bytes.to_vec()));
            seen.into_inner()
        };
        let first = drawn("a");
        assert!(first.len() > 100 && first == drawn("a") && first != drawn("b"));
        assert!(first.iter().any(|bytes| bytes.windows(5).any(|window| window == b"three")));
    }

    #[test]
    fn a_find_is_told_as_small_as_it_gets() {
        let fuzz = Fuzz::new("c", ["0123456789"]).words(&["!"]);
        let found =
            catch_unwind(AssertUnwindSafe(|| fuzz.hold(|bytes| assert!(!bytes.contains(&b'!'), "no such mark"))));
        let told = said(&*found.expect_err("a word comes in"));
        assert!(told.contains("no such mark") && told.contains("11 bytes"), "{told}");
    }

    #[test]
    fn what_takes_much_memory_is_told() {
        let fuzz = Fuzz::new("d", ["x"]);
        let found = catch_unwind(AssertUnwindSafe(|| fuzz.hold(|_| drop(std::hint::black_box(vec![1u8; 700 << 20])))));
        if peak_mib().is_some() {
            assert!(said(&*found.expect_err("it is too much")).contains("MiB"));
        }
    }
}
