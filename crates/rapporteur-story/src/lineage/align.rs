//! What two texts share: chains of common words, wherever they stand.
//!
//! Runs of [`SEED_WORDS`] and more common words are found first. Runs that follow each other in both
//! texts with a small gap are joined to chains by the best path (as BLAST and passim join seeds);
//! inside a gap the longest common subsequence is taken. A chain so holds a passage with a few words
//! changed. Chains are independent of each other: their order may differ between the texts.

use crate::lineage::text::WordText;

/// A chain of common words: positions in both texts, both increasing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chain {
    pub(crate) pairs: Vec<(u32, u32)>,
}

/// Runs of this length are joined to chains.
const SEED_WORDS: usize = 3;
/// A chain has at least this many common words. The shortest sentences that were copied between two of
/// five accounts of one event have nine; accounts that were written apart share names and idioms of
/// up to six, and once a long name with its place and day.
pub(crate) const MIN_CHAIN_WORDS: usize = 8;
/// Words that were changed in one place, on either side: spinning replaces words one by one, an
/// editor a phrase. With 6, one of the 19 passages that two of the five accounts share comes apart.
const MAX_GAP_WORDS: usize = 8;
/// At least this share of the words between the ends of a chain is common: with three words in ten
/// replaced, seven in ten remain.
const MIN_COMMON_SHARE: f64 = 0.55;
/// A sequence that stands more often in one text is followed at its last occurrences only.
const MAX_OCCURRENCES: usize = 8;
/// A run that begins with sequences which recur too often is met at its first rare one and followed
/// back to its beginning, this far: an idiom has a handful of words and a refrain is a sentence or
/// two. In text that repeats itself without end the limit keeps the work linear.
const MAX_BACKWARD_WORDS: usize = 128;

/// Where each run of [`SEED_WORDS`] words stands in one text.
pub(crate) struct SeedIndex<'t> {
    text: &'t [u32],
    /// The last position of each run, at the place that its hash tells or the next that was free. Most places are
    /// free, for most runs of other texts are not there; their number is a power of two.
    last: Vec<u32>,
    /// For each position the one before with the same words, or [`NONE`].
    previous: Vec<u32>,
    /// For each position whether the same words stand at another.
    is_repeated: Vec<bool>,
}

const NONE: u32 = u32::MAX;

impl<'t> SeedIndex<'t> {
    pub(crate) fn new(text: &'t WordText) -> Self {
        let n_seeds = (text.n_words() + 1).saturating_sub(SEED_WORDS);
        let mut index = SeedIndex {
            text: text.ids(),
            last: vec![NONE; (4 * n_seeds).next_power_of_two()],
            previous: Vec::with_capacity(n_seeds),
            is_repeated: vec![false; n_seeds],
        };
        for (seed, at) in text.ids().windows(SEED_WORDS).zip(0u32..) {
            let place = index.place_of(seed);
            let previous = std::mem::replace(&mut index.last[place], at);
            index.previous.push(previous);
            if previous != NONE {
                index.is_repeated[previous as usize] = true;
                index.is_repeated[at as usize] = true;
            }
        }
        index
    }

    /// The place of a run in the table, which is free where the text does not have it.
    fn place_of(&self, seed: &[u32]) -> usize {
        let mask = self.last.len() - 1;
        let mut place = hash_of(seed) as usize & mask;
        while self.last[place] != NONE && self.text[self.last[place] as usize..][..SEED_WORDS] != *seed {
            place = (place + 1) & mask;
        }
        place
    }

    fn positions(&self, seed: &[u32]) -> impl Iterator<Item = usize> {
        let first = Some(self.last[self.place_of(seed)]).filter(|at| *at != NONE);
        let chain = std::iter::successors(first, |at| Some(self.previous[*at as usize]).filter(|at| *at != NONE));
        chain.take(MAX_OCCURRENCES).map(|at| at as usize)
    }
}

/// A hash of the words of a run, good enough for a table of one text.
fn hash_of(seed: &[u32]) -> u64 {
    const FACTORS: [u64; SEED_WORDS] = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb];
    let products = seed.iter().zip(FACTORS).map(|(id, factor)| (u64::from(*id) + 1).wrapping_mul(factor));
    products.fold(0, u64::wrapping_add) >> 32
}

/// What the alignment of one pair after the other needs room for.
#[derive(Default)]
pub(crate) struct Room {
    /// For each distance between the two texts, where the last run at this distance ends in the second.
    ends: Vec<u32>,
    runs: Vec<Run>,
    links: Vec<Link>,
    by_score: Vec<usize>,
    is_used: Vec<bool>,
    members: Vec<Run>,
    taken: Taken,
}

/// Fills a list with so many of one value.
fn refill<T: Clone>(list: &mut Vec<T>, n: usize, value: T) {
    list.clear();
    list.resize(n, value);
}

/// A run of common words.
#[derive(Debug, Clone, Copy)]
struct Run {
    a: usize,
    b: usize,
    len: usize,
}

impl Run {
    fn end_a(&self) -> usize {
        self.a + self.len
    }

    fn end_b(&self) -> usize {
        self.b + self.len
    }
}

/// The chains that the indexed text and `other` share, in the order of the indexed text. No word is
/// in two chains.
pub(crate) fn chains(index: &SeedIndex, other: &WordText, room: &mut Room) -> Vec<Chain> {
    let (a, b) = (index.text, other.ids());
    let Room { ends, runs, links, by_score, is_used, members, taken } = room;
    find_runs(index, b, ends, runs);
    runs.sort_unstable_by_key(|run| (run.end_a(), run.end_b(), run.len));
    find_best_links(runs, links);

    by_score.clear();
    by_score.extend((0..runs.len()).filter(|idx| 2 * MIN_CHAIN_WORDS as i64 <= links[*idx].score + SLACK));
    by_score.sort_unstable_by_key(|idx| (std::cmp::Reverse(links[*idx].score), *idx));
    refill(is_used, runs.len(), false);
    refill(&mut taken.a, a.len(), false);
    refill(&mut taken.b, b.len(), false);
    let mut chains = Vec::new();
    for last in by_score.iter().copied() {
        if is_used[last] {
            continue;
        }
        members.clear();
        let mut next = Some(last);
        while let Some(idx) = next.filter(|idx| !is_used[*idx]) {
            is_used[idx] = true;
            members.push(runs[idx]);
            next = links[idx].previous;
        }
        members.reverse();
        let mut pairs = join(members, a, b);
        if !chains.is_empty() {
            pairs.retain(|(at_a, at_b)| !taken.a[*at_a as usize] && !taken.b[*at_b as usize]);
        }
        if is_passage(&pairs) {
            taken.mark(&pairs);
            chains.push(Chain { pairs });
        }
    }
    chains.sort_by(|x, y| x.pairs.first().cmp(&y.pairs.first()));
    chains
}

/// What the gaps of a chain may take from its score before it is worth a look.
const SLACK: i64 = 12;

/// Words that are in a chain already.
#[derive(Default)]
struct Taken {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Taken {
    fn mark(&mut self, pairs: &[(u32, u32)]) {
        for (at_a, at_b) in pairs {
            self.a[*at_a as usize] = true;
            self.b[*at_b as usize] = true;
        }
    }
}

/// The runs of common words that hold a sequence at one of its followed occurrences, each once. They
/// cannot be made longer, [`MAX_BACKWARD_WORDS`] aside.
fn find_runs(index: &SeedIndex, b: &[u32], ends: &mut Vec<u32>, runs: &mut Vec<Run>) {
    let a = index.text;
    let is_same = |(x, y): &(&u32, &u32)| x == y;
    runs.clear();
    refill(ends, a.len() + b.len(), 0);
    // The end of the last run in `b`, and where its words stand in `a`.
    let (mut end_b, mut shift) = (0, 0);
    for (at_b, words) in b.windows(SEED_WORDS).enumerate() {
        // Inside a run words that do not come again in `a` lead to this run.
        if at_b + SEED_WORDS <= end_b && !index.is_repeated[at_b.wrapping_add(shift)] {
            continue;
        }
        for at_a in index.positions(words) {
            let end = &mut ends[at_a + b.len() - at_b];
            if (at_b as u32) < *end {
                continue;
            }
            let backward = a[..at_a].iter().rev().zip(b[*end as usize..at_b].iter().rev());
            let n_before = backward.take(MAX_BACKWARD_WORDS).take_while(is_same).count();
            let n_after = a[at_a..].iter().zip(&b[at_b..]).take_while(is_same).count();
            *end = (at_b + n_after) as u32;
            (end_b, shift) = (at_b + n_after, at_a.wrapping_sub(at_b));
            runs.push(Run { a: at_a - n_before, b: at_b - n_before, len: n_before + n_after });
        }
    }
}

/// How a chain that ends with a run is best continued to the left.
#[derive(Debug, Clone, Copy)]
struct Link {
    score: i64,
    previous: Option<usize>,
}

/// The best chain that ends in each run; `runs` are sorted by their ends in the first text. A common
/// word counts two, a changed one takes one.
fn find_best_links(runs: &[Run], links: &mut Vec<Link>) {
    links.clear();
    for (idx, run) in runs.iter().enumerate() {
        let mut best = Link { score: 2 * run.len as i64, previous: None };
        let first = runs[..idx].partition_point(|before| before.end_a() + MAX_GAP_WORDS < run.a);
        for (previous, before) in runs[..idx].iter().enumerate().skip(first).take(MAX_PREDECESSORS) {
            if let Some(gain) = gain(before, run) {
                let score = links[previous].score + gain;
                if score > best.score {
                    best = Link { score, previous: Some(previous) };
                }
            }
        }
        links.push(best);
    }
}

/// Text that repeats itself without end has runs everywhere; elsewhere a handful lies near.
const MAX_PREDECESSORS: usize = 64;

/// What `run` adds to a chain that ends with `before`, if it can follow it.
fn gain(before: &Run, run: &Run) -> Option<i64> {
    let overlap = before.end_a().saturating_sub(run.a).max(before.end_b().saturating_sub(run.b));
    let gap_a = (run.a + overlap).checked_sub(before.end_a())?;
    let gap_b = (run.b + overlap).checked_sub(before.end_b())?;
    let follows = overlap < SEED_WORDS && overlap < run.len && gap_a.max(gap_b) <= MAX_GAP_WORDS;
    follows.then(|| 2 * (run.len - overlap) as i64 - gap_a.max(gap_b) as i64)
}

/// The pairs of common words in a chain of runs, those in the gaps between them included.
fn join(runs: &[Run], a: &[u32], b: &[u32]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::with_capacity(runs.iter().map(|run| run.len).sum());
    let (mut end_a, mut end_b) = runs.first().map_or((0, 0), |run| (run.a, run.b));
    for run in runs {
        let overlap = end_a.saturating_sub(run.a).max(end_b.saturating_sub(run.b));
        let (start_a, start_b) = (run.a + overlap, run.b + overlap);
        for (x, y) in common_subsequence(&a[end_a..start_a], &b[end_b..start_b]) {
            pairs.push(((end_a + x) as u32, (end_b + y) as u32));
        }
        pairs.extend((overlap..run.len).map(|at| ((run.a + at) as u32, (run.b + at) as u32)));
        (end_a, end_b) = (run.end_a(), run.end_b());
    }
    pairs
}

/// The longest common subsequence of two short stretches, as pairs of positions.
pub(crate) fn common_subsequence(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    // Most gaps are of one word.
    let first_of = |word: u32, words: &[u32]| words.iter().position(|other| *other == word);
    match (a, b) {
        ([word], _) => return first_of(*word, b).map(|y| (0, y)).into_iter().collect(),
        (_, [word]) => return first_of(*word, a).map(|x| (x, 0)).into_iter().collect(),
        _ => {}
    }
    // The length for what follows from each pair of positions on, row by row.
    let width = b.len() + 1;
    let n_lengths = (a.len() + 1) * width;
    let (mut few, mut many) = ([0u16; (MAX_GAP_WORDS + 1) * (MAX_GAP_WORDS + 1)], Vec::new());
    let lengths = few.get_mut(..n_lengths).unwrap_or_else(|| {
        many.resize(n_lengths, 0);
        &mut many
    });
    for x in (0..a.len()).rev() {
        for y in (0..b.len()).rev() {
            let at = x * width + y;
            lengths[at] =
                if a[x] == b[y] { lengths[at + width + 1] + 1 } else { lengths[at + width].max(lengths[at + 1]) };
        }
    }
    let mut pairs = Vec::new();
    let (mut x, mut y) = (0, 0);
    while x < a.len() && y < b.len() {
        if a[x] == b[y] {
            pairs.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if lengths[(x + 1) * width + y] >= lengths[x * width + y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    pairs
}

/// Whether common words are enough, and stand close enough, to be a passage.
fn is_passage(pairs: &[(u32, u32)]) -> bool {
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { return false };
    let extent = (last.0 - first.0).max(last.1 - first.1) + 1;
    pairs.len() >= MIN_CHAIN_WORDS && pairs.len() as f64 >= MIN_COMMON_SHARE * f64::from(extent)
}
