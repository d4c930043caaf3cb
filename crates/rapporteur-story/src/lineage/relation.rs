//! What shared wording makes of a pair of articles.
//!
//! Prose and quotations count apart: two reporters who heard the same man write the same quotation, and neither
//! copied from the other.

use crate::lineage::align::Chain;
use crate::lineage::edits::Edits;
use crate::lineage::order::is_same_order;
use crate::lineage::passages::pieces;
use crate::lineage::text::WordText;
use rapporteur_model::{Relation, Shares};
use std::ops::Range;

/// From this share of an article's prose on, nearly all of it stands in the other. Of 270 copies that
/// were only cut, shuffled or framed, nine in ten share more than this; of 93 with three words in ten
/// replaced, half share less than 0.87.
const NEARLY_ALL: f64 = 0.9;
/// An excerpt is one stretch of the longer article: of the words between its ends there so many are common. Of the
/// copies that were only cut nearly all have more than .98; where single sentences were left out it is less.
const MIN_STRETCH_SHARE: f64 = 0.93;
/// Two articles whose common prose is shorter are not linked by it: a sentence of background or of an
/// agency's boilerplate has up to this many words.
const MIN_PROSE_WORDS: usize = 20;
/// Two texts that are the same from end to end are a copy from this length on; a shorter one is a phrase.
const MIN_WHOLE_WORDS: usize = 8;
/// So many of these words stand in unbroken runs. Where people write about one thing apart, their sentences share
/// words, names and idioms, and now and then a chain of them; but hardly a run of this length. With 5 there
/// are 15 links that nothing explains for 9, and not a copy more.
const MIN_RUN_WORDS: usize = 6;
/// Wording without such runs is a link from this share of an article's prose on. Over 2,554 articles with 786 copies .10
/// doubles the links that nothing explains (19 for 9) and .20 finds no copy less.
const MIN_LOOSE_SHARE: f64 = 0.15;
/// A spun text is one from this share of either article on; less is a part of it. No copy of 355 changes between .2
/// and .4.
const MIN_SPUN_SHARE: f64 = 0.3;

/// How two articles are related.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Related {
    pub(crate) relation: Relation,
    pub(crate) prose: Shares,
    pub(crate) quotations: Shares,
    /// Common words that are not quoted in both.
    pub(crate) n_prose: u32,
    pub(crate) edits: Edits,
    /// Whether both tell what they share in the same order.
    pub(crate) is_same_order: bool,
    pub(crate) n_passages: u32,
}

/// How two articles are related that share these chains; `None` where what they share is too little to relate them.
pub(crate) fn relate(chains: &[Chain], a: &WordText, b: &WordText) -> Option<Related> {
    let strength = Strength::of(chains, a, b);
    let edits = Edits::of(chains, a, b);
    let is_same_order = is_same_order(chains);
    let (most, least) = (strength.same.0.max(strength.same.1), strength.same.0.min(strength.same.1));
    let covers = strength.covered.0.max(strength.covered.1);
    let is_link =
        strength.n_prose >= MIN_PROSE_WORDS && (strength.n_in_runs >= MIN_PROSE_WORDS || most >= MIN_LOOSE_SHARE);
    let relation = if is_link && edits.is_spun && covers >= MIN_SPUN_SHARE {
        Relation::Spun
    } else if most >= NEARLY_ALL && (is_link || (least >= NEARLY_ALL && strength.n_prose >= MIN_WHOLE_WORDS)) {
        match (is_same_order, least >= NEARLY_ALL) {
            (false, _) => Relation::Shuffled,
            (true, true) => Relation::Verbatim,
            (true, false) if is_one_stretch(chains, a, b) => Relation::Excerpt,
            (true, false) => Relation::Partial,
        }
    } else if is_link {
        Relation::Partial
    } else {
        let has_quotation = chains.iter().any(|chain| pieces(chain, a, b).iter().any(|p| p.is_quotation(a, b)));
        has_quotation.then_some(Relation::QuoteOnly)?
    };
    Some(Related {
        relation,
        prose: shares(strength.covered),
        quotations: shares(strength.quoted),
        n_prose: strength.n_prose as u32,
        edits,
        is_same_order,
        n_passages: chains.iter().map(|chain| pieces(chain, a, b).len() as u32).sum(),
    })
}

/// How much two articles share. The shares are of the first and of the second.
#[derive(Debug, Clone, Copy)]
struct Strength {
    n_prose: usize,
    /// Of these the words in unbroken runs.
    n_in_runs: usize,
    /// Of the prose the words that are the same.
    same: (f64, f64),
    /// Of the prose the words in chains, those that were replaced included.
    covered: (f64, f64),
    /// Of what is quoted the words that the other quotes too.
    quoted: (f64, f64),
}

impl Strength {
    /// Counts the common words. What is quoted in both articles is a quotation; what only one of them
    /// quotes is wording that the other took.
    fn of(chains: &[Chain], a: &WordText, b: &WordText) -> Strength {
        let (mut n_prose, mut n_in_runs, mut n_both) = (0, 0, 0);
        let (mut n_quoted_in_a, mut n_quoted_in_b) = (0, 0);
        let (mut replaced_a, mut replaced_b) = (0, 0);
        for chain in chains {
            let is_next = |x: &(u32, u32), y: &(u32, u32)| x.0 + 1 == y.0 && x.1 + 1 == y.1;
            for run in chain.pairs.chunk_by(is_next) {
                let (at_a, at_b) = (run[0].0 as usize, run[0].1 as usize);
                let (n_in_a, n_in_b, n_in_both) = n_quoted_in_run(a, at_a..at_a + run.len(), b, at_b..at_b + run.len());
                n_both += n_in_both;
                n_quoted_in_a += n_in_a - n_in_both;
                n_quoted_in_b += n_in_b - n_in_both;
                let n_run_prose = run.len() - n_in_both;
                n_prose += n_run_prose;
                n_in_runs += if run.len() >= MIN_RUN_WORDS { n_run_prose } else { 0 };
            }
            let (extent_a, extent_b) = extents(chain);
            replaced_a += extent_a.len() - a.n_quoted(extent_a);
            replaced_b += extent_b.len() - b.n_quoted(extent_b);
        }
        let n_all = n_prose + n_both;
        let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let whole = (share(n_all, a.n_words()), share(n_all, b.n_words()));
        let (quoted_a, quoted_b) = (a.n_quoted(0..a.n_words()), b.n_quoted(0..b.n_words()));
        let quotations = (share(n_both, quoted_a), share(n_both, quoted_b));
        if whole.0 >= NEARLY_ALL && whole.1 >= NEARLY_ALL {
            // The same text from end to end is a copy, however much of it somebody says.
            return Strength { n_prose: n_all, n_in_runs: n_all, same: whole, covered: whole, quoted: quotations };
        }
        let own = (a.n_words() - quoted_a + n_quoted_in_a, b.n_words() - quoted_b + n_quoted_in_b);
        let covered = (share(replaced_a + n_quoted_in_a, own.0), share(replaced_b + n_quoted_in_b, own.1));
        Strength {
            n_prose,
            n_in_runs,
            same: (share(n_prose, own.0), share(n_prose, own.1)),
            covered,
            quoted: quotations,
        }
    }
}

/// How many words of a run are quoted in the first text, in the second, and in both.
fn n_quoted_in_run(a: &WordText, run_a: Range<usize>, b: &WordText, run_b: Range<usize>) -> (usize, usize, usize) {
    let (n_a, n_b) = (a.n_quoted(run_a.clone()), b.n_quoted(run_b.clone()));
    let n_both = match n_a.min(n_b) {
        0 => 0,
        _ => run_a.zip(run_b).filter(|(at_a, at_b)| a.is_quoted(*at_a) && b.is_quoted(*at_b)).count(),
    };
    (n_a, n_b, n_both)
}

/// The words from the first to the last of a chain, in each text.
pub(crate) fn extents(chain: &Chain) -> (Range<usize>, Range<usize>) {
    match (chain.pairs.first(), chain.pairs.last()) {
        (Some(first), Some(last)) => (first.0 as usize..last.0 as usize + 1, first.1 as usize..last.1 as usize + 1),
        _ => (0..0, 0..0),
    }
}

/// Whether the common words are one stretch of the article in which they lie further apart.
fn is_one_stretch(chains: &[Chain], a: &WordText, b: &WordText) -> bool {
    let n_common: usize = chains.iter().map(|chain| chain.pairs.len()).sum();
    let pairs = || chains.iter().flat_map(|chain| &chain.pairs);
    let extent = |positions: &mut dyn Iterator<Item = u32>| {
        let (least, greatest) =
            positions.fold((u32::MAX, 0), |(least, greatest), at| (least.min(at), greatest.max(at)));
        (greatest + 1).saturating_sub(least) as usize
    };
    let longer = if a.n_words() >= b.n_words() {
        extent(&mut pairs().map(|pair| pair.0))
    } else {
        extent(&mut pairs().map(|pair| pair.1))
    };
    n_common as f64 >= MIN_STRETCH_SHARE * longer as f64
}

fn shares((a, b): (f64, f64)) -> Shares {
    let percent = |share: f64| (share * 100.0).clamp(0.0, 100.0) as u8;
    Shares { percent_of_a: percent(a), percent_of_b: percent(b) }
}
