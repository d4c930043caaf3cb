//! The cheapest way to make a quotation out of a stretch of an article, unit by unit.

use crate::differences::{Difference, difference};
use crate::form::{Kind, Unit};
use crate::words::is_same_stem;

/// What making one unit out of another costs, and what leaving out or adding one costs.
const CASE: u32 = 1;
const STEM: u32 = 1;
const REPLACED: u32 = 2;
const WORD: u32 = 2;
const MARK: u32 = 1;
/// A word is no mark.
const NEVER: u32 = 1_000;

/// One step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Same,
    Replaced,
    Added,
    LeftOut,
}

/// How a quotation comes from a stretch.
#[derive(Debug)]
pub(crate) struct Alignment {
    pub(crate) cost: u32,
    /// Units of the stretch.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Words that are the same, or but for capitals.
    pub(crate) n_matched_words: usize,
    steps: Vec<Step>,
}

/// Aligns all of the quotation with a part of the stretch, wherever that begins and ends.
pub(crate) fn align(quotation: &[Unit], stretch: &[Unit]) -> Alignment {
    let (n, m) = (quotation.len(), stretch.len());
    let lower = |units: &[Unit]| units.iter().map(|unit| unit.text.to_lowercase()).collect::<Vec<_>>();
    let (quotation_lower, stretch_lower) = (lower(quotation), lower(stretch));
    let alone = |unit: &Unit| if unit.kind == Kind::Word { WORD } else { MARK };
    let replaced = |i: usize, j: usize| {
        let (a, b) = (&quotation[i], &stretch[j]);
        if a.text == b.text {
            0
        } else if (a.kind == Kind::Word) != (b.kind == Kind::Word) {
            NEVER
        } else if a.kind != Kind::Word {
            MARK
        } else if quotation_lower[i] == stretch_lower[j] {
            CASE
        } else if quotation_lower[i].chars().next() == stretch_lower[j].chars().next() && is_same_stem(&a.text, &b.text)
        {
            STEM
        } else {
            REPLACED
        }
    };
    let width = m + 1;
    let mut cost = vec![0u32; (n + 1) * width];
    for i in 1..=n {
        cost[i * width] = cost[(i - 1) * width] + alone(&quotation[i - 1]);
        for j in 1..=m {
            let both = cost[(i - 1) * width + j - 1] + replaced(i - 1, j - 1);
            let added = cost[(i - 1) * width + j] + alone(&quotation[i - 1]);
            let left_out = cost[i * width + j - 1] + alone(&stretch[j - 1]);
            cost[i * width + j] = both.min(added).min(left_out);
        }
    }
    // Of ways that cost the same the one that takes most in: a word is rather replaced than added.
    let end = (0..=m).rev().min_by_key(|j| cost[n * width + j]).unwrap_or_default();
    let (mut i, mut j) = (n, end);
    let mut steps = Vec::new();
    let mut n_matched_words = 0;
    while i > 0 {
        let here = cost[i * width + j];
        if j > 0 && here == cost[(i - 1) * width + j - 1] + replaced(i - 1, j - 1) {
            let is_same = quotation[i - 1].text == stretch[j - 1].text;
            steps.push(if is_same { Step::Same } else { Step::Replaced });
            let is_word = quotation[i - 1].kind == Kind::Word;
            n_matched_words += usize::from(is_word && quotation_lower[i - 1] == stretch_lower[j - 1]);
            (i, j) = (i - 1, j - 1);
        } else if j > 0 && here == cost[i * width + j - 1] + alone(&stretch[j - 1]) {
            steps.push(Step::LeftOut);
            j -= 1;
        } else {
            steps.push(Step::Added);
            i -= 1;
        }
    }
    steps.reverse();
    Alignment { cost: cost[n * width + end], start: j, end, n_matched_words, steps }
}

impl Alignment {
    /// What is different, in the order of the quotation: a run of changes is one.
    pub(crate) fn differences(&self, quotation: &[Unit], stretch: &[Unit], (was, is): (&str, &str)) -> Vec<Difference> {
        let mut differences = Vec::new();
        let (mut i, mut j) = (0, self.start);
        let (mut from_i, mut from_j) = (i, j);
        let mut close = |from_i: usize, i: usize, from_j: usize, j: usize| {
            if from_i < i || from_j < j {
                differences.push(difference((&stretch[from_j..j], was), (&quotation[from_i..i], is)));
            }
        };
        for step in &self.steps {
            match step {
                Step::Same => {
                    close(from_i, i, from_j, j);
                    (i, j) = (i + 1, j + 1);
                    (from_i, from_j) = (i, j);
                }
                Step::Replaced => (i, j) = (i + 1, j + 1),
                Step::Added => i += 1,
                Step::LeftOut => j += 1,
            }
        }
        close(from_i, i, from_j, j);
        differences
    }
}
