//! The wording that articles share, pair by pair, and the passages that it makes.

use crate::lineage::align::{Chain, Room, SeedIndex, chains};
use crate::lineage::candidates::{Candidates, Points};
use crate::lineage::edits::Edits;
use crate::lineage::reworded::{add_reworded, extend};
use crate::lineage::text::{Texts, WordText};
use crate::workers::{Workers, in_parts, joined};
use hashbrown::HashMap;
use rapporteur_model::{Article, Passage, PassageWording, Place};

/// Two articles, by their positions, and what they share.
#[derive(Debug)]
pub(crate) struct SharedPair {
    pub(crate) a: usize,
    pub(crate) b: usize,
    shared: Shared,
}

/// The wording that two articles share: stretches of common words, by their positions in both.
///
/// As runs of words that follow each other in both texts, which takes a tenth of the room: a pile has millions of pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared(Box<[Run]>);

/// Common words that follow each other in both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    a: u32,
    b: u32,
    /// How many, and in the highest bit whether a chain begins with it: a pile has some hundred million runs.
    len: u32,
}

const IS_FIRST: u32 = 1 << 31;

impl Run {
    fn len(self) -> u32 {
        self.len & !IS_FIRST
    }

    fn is_first(self) -> bool {
        self.len & IS_FIRST != 0
    }
}

impl Shared {
    fn new(chains: &[Chain]) -> Self {
        let is_next = |x: &(u32, u32), y: &(u32, u32)| x.0 + 1 == y.0 && x.1 + 1 == y.1;
        let n_runs = chains.iter().map(|chain| chain.pairs.chunk_by(is_next).count()).sum();
        let mut runs = Vec::with_capacity(n_runs);
        for chain in chains {
            for (at, run) in chain.pairs.chunk_by(is_next).enumerate() {
                let first = if at == 0 { IS_FIRST } else { 0 };
                runs.push(Run { a: run[0].0, b: run[0].1, len: run.len() as u32 | first });
            }
        }
        Shared(runs.into_boxed_slice())
    }

    /// All of a text of so many words; `None` where it has none.
    pub fn whole(n_words: usize) -> Option<Self> {
        (n_words > 0).then(|| Shared(Box::new([Run { a: 0, b: 0, len: n_words as u32 | IS_FIRST }])))
    }

    /// The same as seen from the other article.
    pub fn turned(&self) -> Self {
        Shared::new(&turned(&self.chains()))
    }

    /// It as numbers, three a run, for [`Shared::from_numbers`] to read.
    pub fn to_numbers(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(|run| [run.a, run.b, run.len])
    }

    /// What [`Shared::to_numbers`] has given.
    pub fn from_numbers(numbers: &[u32]) -> Self {
        let (runs, _) = numbers.as_chunks();
        Shared(runs.iter().map(|[a, b, len]| Run { a: *a, b: *b, len: *len }).collect())
    }

    /// The chains, in the order of the first article.
    fn chains(&self) -> Vec<Chain> {
        let of_chains = self.0.chunk_by(|_, next| !next.is_first());
        let chain = |runs: &[Run]| {
            let mut pairs = Vec::with_capacity(runs.iter().map(|run| run.len() as usize).sum());
            for run in runs {
                pairs.extend((0..run.len()).map(|at| (run.a + at, run.b + at)));
            }
            Chain { pairs }
        };
        of_chains.map(chain).collect()
    }
}

impl SharedPair {
    fn new(a: usize, b: usize, chains: &[Chain]) -> Self {
        SharedPair::of(a, b, Shared::new(chains))
    }

    pub(crate) fn of(a: usize, b: usize, shared: Shared) -> Self {
        SharedPair { a, b, shared }
    }

    /// The chains, in the order of `a`.
    pub(crate) fn chains(&self) -> Vec<Chain> {
        self.shared.chains()
    }

    /// The words that the two have in common, as positions in both.
    pub(crate) fn common_words(&self) -> impl Iterator<Item = (u32, u32)> {
        self.shared.0.iter().flat_map(|run| (0..run.len()).map(|at| (run.a + at, run.b + at)))
    }
}

/// Identical texts pair up one by one as long as this few stand on either side of a pair; more are
/// linked through the first of them, so that a thousand copies make a thousand links, not half a
/// million.
pub const MAX_EXPANDED_PAIRS: usize = 64;

/// What each pair of articles shares, in the order of the pairs. Articles with the same words are
/// compared with others once.
pub(crate) fn shared_wording(texts: &Texts, workers: &dyn Workers) -> Vec<SharedPair> {
    let copies = same_words(texts);
    let first_copies: Vec<usize> =
        copies.iter().enumerate().filter(|(idx, group)| group.first() == Some(idx)).map(|(idx, _)| idx).collect();
    let mut pairs = Vec::new();
    for idx in &first_copies {
        let group = &copies[*idx];
        for (at, a) in group.iter().enumerate() {
            let later = if at == 0 || group.len() * group.len() <= MAX_EXPANDED_PAIRS { &group[at + 1..] } else { &[] };
            pairs.extend(later.iter().map(|b| SharedPair::new(*a, *b, &[whole(texts.text(*a))])));
        }
    }
    let compared = in_parts(workers, &partners(texts, &first_copies, workers), |part| compared(texts, &copies, part));
    pairs.extend(joined(compared));
    pairs.retain(|pair| !pair.shared.0.is_empty());
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// An article with the later ones that may share wording with it.
type Partners = (usize, Box<[usize]>);

/// The articles of `considered` that have partners. The index that tells them is large and let go here: before anything is
/// compared.
fn partners(texts: &Texts, considered: &[usize], workers: &dyn Workers) -> Vec<Partners> {
    let candidates = Candidates::of(texts, considered, workers);
    let of_part = |part: &[usize]| {
        let mut points = Points::new(texts.len());
        let with_partners = part.iter().map(|a| (*a, candidates.of_article(*a, &mut points).into_boxed_slice()));
        with_partners.filter(|(_, partners)| !partners.is_empty()).collect::<Vec<_>>()
    };
    joined(in_parts(workers, considered, of_part))
}

/// What each article of `part` shares with its partners, and the copies of both with each other.
fn compared(texts: &Texts, copies: &[Vec<usize>], part: &[Partners]) -> Vec<SharedPair> {
    let mut pairs = Vec::new();
    let mut room = Room::default();
    for (a, partners) in part {
        let a = *a;
        let text_a = texts.text(a);
        let index = SeedIndex::new(text_a);
        for b in partners.iter().copied() {
            let chains = shared_chains(texts, &index, (text_a, texts.text(b)), &mut room);
            if !chains.is_empty() {
                expand(a, b, &chains, copies, &mut pairs);
            }
        }
    }
    pairs
}

/// What the two texts of `texts` share; `None` where it is nothing.
pub(crate) fn shared_by_two(texts: &Texts) -> Option<Shared> {
    let both = (texts.text(0), texts.text(1));
    let chains = shared_chains(texts, &SeedIndex::new(both.0), both, &mut Room::default());
    (!chains.is_empty()).then(|| Shared::new(&chains))
}

/// The chains of two texts, of which `index` is that of the first.
fn shared_chains(texts: &Texts, index: &SeedIndex<'_>, (a, b): (&WordText, &WordText), room: &mut Room) -> Vec<Chain> {
    let mut chains = chains(index, b, room);
    if Edits::of(&chains, a, b).is_spun {
        extend(a, b, &mut chains);
        add_reworded(texts, a, b, &mut chains);
    }
    chains
}

/// For each article those with the same words in the same order, itself among them, in order.
fn same_words(texts: &Texts) -> Vec<Vec<usize>> {
    let mut groups: HashMap<&[u32], Vec<usize>> = HashMap::new();
    for idx in 0..texts.len() {
        groups.entry(texts.text(idx).ids()).or_default().push(idx);
    }
    let mut copies = vec![Vec::new(); texts.len()];
    // The order in which the groups come does not matter: each goes to places of its own.
    for group in groups.into_values() {
        let Some(first) = group.first().copied() else { continue };
        copies[first] = group;
    }
    copies
}

fn whole(text: &WordText) -> Chain {
    Chain { pairs: (0..text.n_words() as u32).map(|at| (at, at)).collect() }
}

/// Adds the pair of two texts for all articles that carry them.
fn expand(a: usize, b: usize, chains: &[Chain], copies: &[Vec<usize>], pairs: &mut Vec<SharedPair>) {
    let is_small = copies[a].len() * copies[b].len() <= MAX_EXPANDED_PAIRS;
    let (all_a, all_b) = if is_small { (&copies[a][..], &copies[b][..]) } else { (&copies[a][..1], &copies[b][..1]) };
    for a in all_a {
        for b in all_b {
            let pair = if a < b { SharedPair::new(*a, *b, chains) } else { SharedPair::new(*b, *a, &turned(chains)) };
            pairs.push(pair);
        }
    }
}

/// The chains as seen from the other text.
fn turned(chains: &[Chain]) -> Vec<Chain> {
    let turn = |chain: &Chain| Chain { pairs: chain.pairs.iter().map(|(a, b)| (*b, *a)).collect() };
    let mut turned: Vec<Chain> = chains.iter().map(turn).collect();
    turned.sort_by(|x, y| x.pairs.first().cmp(&y.pairs.first()));
    turned
}

/// A part of a chain within one sentence of either text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'c> {
    pub(crate) pairs: &'c [(u32, u32)],
}

/// A shorter part of a sentence stays with what stands before it.
const MIN_PIECE_WORDS: usize = 4;

/// Splits a chain where a sentence of either text ends, so that each passage is something a reader
/// can compare at a glance and an edit marks the sentence that it is in.
pub(crate) fn pieces<'c>(chain: &'c Chain, a: &WordText, b: &WordText) -> Vec<Piece<'c>> {
    // The ends of the sentences that the word before stands in.
    let (mut end_a, mut end_b) = (0, 0);
    let mut is_new = |pair: &(u32, u32)| {
        let (at_a, at_b) = (pair.0 as usize, pair.1 as usize);
        let is_new = at_a >= end_a || at_b >= end_b;
        if is_new {
            end_a = a.sentence(a.sentence_of(at_a)).end;
            end_b = b.sentence(b.sentence_of(at_b)).end;
        }
        is_new
    };
    if let Some(first) = chain.pairs.first() {
        is_new(first);
    }
    let mut ends = Vec::new();
    let mut start = 0;
    for part in chain.pairs.chunk_by(|_, next| !is_new(next)) {
        let end = start + part.len();
        let is_short = part.len() < MIN_PIECE_WORDS;
        match ends.last_mut() {
            Some(last) if is_short => *last = end,
            _ => ends.push(end),
        }
        start = end;
    }
    // A short first part goes with what follows it.
    if ends.len() > 1 && ends[0] < MIN_PIECE_WORDS {
        ends.remove(0);
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, end)| Piece { pairs: &chain.pairs[start..*end] }).collect()
}

impl Piece<'_> {
    /// Whether nearly all shared words are quoted in both texts.
    pub(crate) fn is_quotation(&self, a: &WordText, b: &WordText) -> bool {
        let is_quoted = |pair: &&(u32, u32)| a.is_quoted(pair.0 as usize) && b.is_quoted(pair.1 as usize);
        let n_quoted = self.pairs.iter().filter(is_quoted).count();
        n_quoted as f64 >= MIN_QUOTED_SHARE * self.pairs.len() as f64
    }

    fn passage(&self, articles: (&Article, &Article), a: &WordText, b: &WordText) -> Option<Passage> {
        let (first, last) = (self.pairs.first()?, self.pairs.last()?);
        let (range_a, range_b) = (first.0 as usize..last.0 as usize + 1, first.1 as usize..last.1 as usize + 1);
        let is_verbatim = a.ids()[range_a.clone()] == b.ids()[range_b.clone()];
        let extent = range_a.len().max(range_b.len()) as f64;
        let wording = match (is_verbatim, self.pairs.len() as f64 >= MIN_NEAR_SHARE * extent) {
            (true, _) => PassageWording::Verbatim,
            (false, true) => PassageWording::NearVerbatim,
            (false, false) => PassageWording::Reworded,
        };
        Some(Passage {
            a: Place { article: articles.0.id.clone(), span: a.span(range_a) },
            b: Place { article: articles.1.id.clone(), span: b.span(range_b) },
            wording,
            n_shared_words: self.pairs.len(),
            is_quotation: self.is_quotation(a, b),
        })
    }
}

/// Of two places that are nearly the same so many words are common, as in a chain (see `align`).
const MIN_NEAR_SHARE: f64 = 0.55;
/// "…," he said, "…": the words around the marks are few beside those inside.
const MIN_QUOTED_SHARE: f64 = 0.9;

/// What articles share, pair by pair in the order of the first article.
pub(crate) struct SharedWording {
    pub(crate) pairs: Vec<SharedPair>,
    /// The passages of all pairs.
    pub(crate) passages: Vec<Passage>,
    /// The positions of the two articles of each passage.
    pub(crate) sides: Vec<(u32, u32)>,
}

/// The passages that a pair makes.
pub(crate) fn pair_passages(articles: &[Article], texts: &Texts, pair: &SharedPair) -> Vec<Passage> {
    let (a, b) = (texts.text(pair.a), texts.text(pair.b));
    let both = (&articles[pair.a], &articles[pair.b]);
    let chains = pair.chains();
    let pieces = chains.iter().flat_map(|chain| pieces(chain, a, b));
    pieces.filter_map(|piece| piece.passage(both, a, b)).collect()
}

/// The passages that `pairs` make.
pub(crate) fn passages(
    articles: &[Article],
    texts: &Texts,
    pairs: Vec<SharedPair>,
    workers: &dyn Workers,
) -> SharedWording {
    let of_pair = |pair: &SharedPair| pair_passages(articles, texts, pair);
    let of_part = |pairs: &[SharedPair]| {
        let mut found = (Vec::new(), Vec::new());
        for pair in pairs {
            found.0.extend(of_pair(pair));
            found.1.resize(found.0.len(), (pair.a as u32, pair.b as u32));
        }
        found
    };
    let (passages, sides) = in_parts(workers, &pairs, of_part).into_iter().unzip();
    SharedWording { passages: joined(passages), sides: joined(sides), pairs }
}
