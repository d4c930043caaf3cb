//! Which pairs of articles can share wording, without a look at all pairs.
//!
//! An inverted index over the features of the articles (see `features`) gives, for each article, the others with
//! which it shares enough of them.

use crate::lineage::features::{rare_pairs, runs};
use crate::lineage::text::Texts;
use crate::workers::{Workers, both};

/// What a shared run of words counts.
pub const RUN_POINTS: u32 = 2;
/// What a shared pair of rare words counts.
pub const PAIR_POINTS: u32 = 1;
/// So many points make two articles worth comparing: two runs, a run and two pairs, or four pairs.
pub const MIN_POINTS: u32 = 4;
/// An article of a few lines has few features, and one shared run must do.
pub const FEW_FEATURES: usize = 12;
/// A feature that more articles have tells little of two of them. Over 2,554 articles with 786 copies 20 and 80 find the
/// same, as do half and double of the two numbers around it.
pub const MAX_ARTICLES: usize = 40;
/// What a hundred outlets carry is mostly one wire text, whose features are all that frequent. Such a feature pairs
/// an article with the first and with the one before it that have it, and so many points must come together.
pub const MIN_FREQUENT_POINTS: u32 = 16;
/// Features are gathered and sorted so many at a time (four hundred megabytes), by parts of the range of hashes, which bounds the
/// memory; each part takes the features of all articles anew.
const MAX_FEATURES_AT_A_TIME: usize = 1 << 25;

/// For each article the later ones that may share wording with it.
pub(crate) struct Candidates {
    /// The features that some but not too many articles have, as lists of articles, one after the other.
    members: Vec<u32>,
    /// Where each list begins; the first have the features that are runs.
    starts: Vec<u32>,
    n_runs: usize,
    /// For each article its lists.
    lists: Vec<u32>,
    lists_starts: Vec<u32>,
    /// Pairs by frequent features, in order.
    frequent: Vec<(u32, u32)>,
}

impl Candidates {
    /// Indexes the articles of `texts` that are `considered`, which are in order.
    pub(crate) fn of(texts: &Texts, considered: &[usize], workers: &dyn Workers) -> Self {
        let n_words: usize = considered.iter().map(|article| texts.text(*article).n_words()).sum();
        // Runs and pairs are together about as many as words.
        let n_parts = n_words.div_ceil(MAX_FEATURES_AT_A_TIME).next_power_of_two();
        let (of_runs, of_pairs) = both(
            workers,
            || Lists::of(n_parts, considered, RUN_POINTS, |article, take| runs(texts, texts.text(article), take)),
            || {
                Lists::of(n_parts, considered, PAIR_POINTS, |article, take| {
                    rare_pairs(texts, texts.text(article), take)
                })
            },
        );
        let n_runs = of_runs.starts.len() - 1;
        let Lists { mut members, mut starts, mut frequent } = of_runs;
        let n_members = members.len() as u32;
        members.extend(of_pairs.members);
        starts.extend(of_pairs.starts[1..].iter().map(|start| n_members + start));
        frequent.extend(of_pairs.frequent);
        merge(&mut frequent);
        let (lists, lists_starts) = (Vec::new(), Vec::new());
        let mut index = Candidates { members, starts, n_runs, lists, lists_starts, frequent: enough(frequent) };
        index.invert(texts.len());
        index
    }

    /// Notes for each article which lists it is in.
    fn invert(&mut self, n_articles: usize) {
        let mut counts = vec![0u32; n_articles + 1];
        for article in &self.members {
            counts[*article as usize + 1] += 1;
        }
        for article in 0..n_articles {
            counts[article + 1] += counts[article];
        }
        self.lists_starts = counts.clone();
        self.lists = vec![0; self.members.len()];
        for list in 0..self.starts.len() - 1 {
            for article in &self.members[self.starts[list] as usize..self.starts[list + 1] as usize] {
                let next = &mut counts[*article as usize];
                self.lists[*next as usize] = list as u32;
                *next += 1;
            }
        }
    }

    /// How many of its features another article has too.
    fn n_features(&self, article: usize) -> usize {
        (self.lists_starts[article + 1] - self.lists_starts[article]) as usize
    }

    /// The later articles that may share wording with `article`, in order.
    pub(crate) fn of_article(&self, article: usize, points: &mut Points) -> Vec<usize> {
        let lists = &self.lists[self.lists_starts[article] as usize..self.lists_starts[article + 1] as usize];
        for list in lists {
            let list = *list as usize;
            let each = if list < self.n_runs { RUN_POINTS } else { PAIR_POINTS };
            let members = &self.members[self.starts[list] as usize..self.starts[list + 1] as usize];
            let later = &members[members.partition_point(|other| *other as usize <= article)..];
            later.iter().for_each(|other| points.add(*other, each));
        }
        let first = self.frequent.partition_point(|(a, _)| (*a as usize) < article);
        let own = self.frequent[first..].iter().take_while(|(a, _)| *a as usize == article);
        own.for_each(|(_, other)| points.add(*other, MIN_POINTS));
        points.take(|other, points| {
            let n_features = self.n_features(article).min(self.n_features(other));
            points >= if n_features <= FEW_FEATURES { RUN_POINTS } else { MIN_POINTS }
        })
    }
}

/// The articles that have features of one kind.
struct Lists {
    /// The lists of features that some but not too many articles have, one after the other.
    members: Vec<u32>,
    /// Where each list begins, and where the last one ends.
    starts: Vec<u32>,
    /// Pairs by features that many have, with their points, in order.
    frequent: Vec<(u64, u32)>,
}

impl Lists {
    fn of(n_parts: usize, considered: &[usize], points: u32, features: impl Fn(usize, &mut dyn FnMut(u64))) -> Self {
        let mut lists = Lists { members: Vec::new(), starts: vec![0], frequent: Vec::new() };
        let mut postings: Vec<Posting> = Vec::new();
        for part in 0..n_parts as u64 {
            postings.clear();
            for article in considered {
                let first = postings.len();
                features(*article, &mut |hash| {
                    if hash % n_parts as u64 == part {
                        postings.push(Posting::new(hash, *article as u32));
                    }
                });
                // Each feature of an article once.
                postings[first..].sort_unstable();
                let mut kept = first;
                for at in first..postings.len() {
                    if at == first || postings[at] != postings[kept - 1] {
                        postings[kept] = postings[at];
                        kept += 1;
                    }
                }
                postings.truncate(kept);
            }
            postings.sort_unstable();
            lists.add(&postings, points);
        }
        lists
    }

    /// Adds features with those who have them, in order.
    fn add(&mut self, postings: &[Posting], points: u32) {
        let n_before = self.frequent.len();
        for group in postings.chunk_by(|a, b| a.hash == b.hash).filter(|group| group.len() > 1) {
            if group.len() <= MAX_ARTICLES {
                self.members.extend(group.iter().map(|posting| posting.article));
                self.starts.push(self.members.len() as u32);
            } else {
                let members = group.iter().map(|posting| posting.article);
                self.frequent.extend(frequent_pairs(members).map(|(a, b)| (packed(a, b), points)));
            }
        }
        if self.frequent.len() > n_before {
            merge(&mut self.frequent);
        }
    }
}

/// A feature that an article has. The hash by its halves, which makes it twelve bytes instead of sixteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    hash: [u32; 2],
    article: u32,
}

impl Posting {
    fn new(hash: u64, article: u32) -> Self {
        Posting { hash: [(hash >> 32) as u32, hash as u32], article }
    }
}

/// Points of other articles while the candidates of one are gathered.
pub(crate) struct Points {
    points: Vec<u32>,
    touched: Vec<u32>,
}

impl Points {
    pub(crate) fn new(n_articles: usize) -> Self {
        Points { points: vec![0; n_articles], touched: Vec::new() }
    }

    fn add(&mut self, article: u32, points: u32) {
        let own = &mut self.points[article as usize];
        if *own == 0 {
            self.touched.push(article);
        }
        *own += points;
    }

    /// The articles whose points are enough, in order; all points are gone after it.
    fn take(&mut self, is_enough: impl Fn(usize, u32) -> bool) -> Vec<usize> {
        let mut taken = Vec::new();
        for article in self.touched.drain(..) {
            let points = std::mem::take(&mut self.points[article as usize]);
            if is_enough(article as usize, points) {
                taken.push(article as usize);
            }
        }
        taken.sort_unstable();
        taken
    }
}

/// The pairs that a feature makes which many have, `members` in order: each with the first and with the one before it.
pub fn frequent_pairs(mut members: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, u32)> {
    let first = members.next();
    let mut before = first;
    members.flat_map(move |member| {
        let last = before.replace(member);
        let with_first = first.filter(|_| last != first);
        last.into_iter().chain(with_first).map(move |other| (other, member))
    })
}

fn packed(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// Adds up the points of each pair; the pairs are in order after it.
fn merge(pairs: &mut Vec<(u64, u32)>) {
    pairs.sort_unstable();
    pairs.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
}

/// The pairs of which enough points came together.
fn enough(pairs: Vec<(u64, u32)>) -> Vec<(u32, u32)> {
    let strong = pairs.into_iter().filter(|(_, points)| *points >= MIN_FREQUENT_POINTS);
    strong.map(|(pair, _)| ((pair >> 32) as u32, pair as u32)).collect()
}
