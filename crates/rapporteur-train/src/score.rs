//! A quick look at how good a set of weights is, for whoever works on the features. The figures that
//! count come from the one scorer, by `cargo xtask eval`.

use crate::data::Annotated;
use rapporteur_extract::training::words;
use rapporteur_extract::{Knowledge, Scope, extract_with};
use rapporteur_model::{Span, Statement, StatementKind};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt;

/// Counts over articles.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    gold: usize,
    predicted: usize,
    found: usize,
    with_source: usize,
    exact: usize,
    class: usize,
    /// Found and predicted statements of each confidence, the lowest first.
    by_confidence: [(usize, usize); 3],
}

impl Counts {
    /// For each confidence, the lowest first, how many statements there are and the share that is right.
    pub(crate) fn precisions(&self) -> [(usize, f64); 3] {
        self.by_confidence.map(|(found, predicted)| (predicted, found as f64 / predicted.max(1) as f64))
    }
}

impl std::ops::Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Counts {
            gold: self.gold + other.gold,
            predicted: self.predicted + other.predicted,
            found: self.found + other.found,
            with_source: self.with_source + other.with_source,
            exact: self.exact + other.exact,
            class: self.class + other.class,
            by_confidence: std::array::from_fn(|at| {
                let [one, two] = [self.by_confidence[at], other.by_confidence[at]];
                (one.0 + two.0, one.1 + two.1)
            }),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let harmonic = |n: usize| 2.0 * n as f64 / (self.gold + self.predicted).max(1) as f64;
        write!(
            f,
            "F {:.3}, with source {:.3}, exact {:.3}, class {:.3}",
            harmonic(self.found),
            harmonic(self.with_source),
            harmonic(self.exact),
            self.class as f64 / self.found.max(1) as f64
        )
    }
}

/// Counts over all articles of a set.
pub(crate) fn score(set: &[&Annotated], knowledge: &Knowledge, scope: Scope) -> Counts {
    let counts: Vec<Counts> = set.par_iter().map(|annotated| score_one(annotated, knowledge, scope)).collect();
    counts.into_iter().fold(Counts::default(), |sum, counts| sum + counts)
}

fn score_one(annotated: &Annotated, knowledge: &Knowledge, scope: Scope) -> Counts {
    let text = &annotated.article.text;
    let record = extract_with(&annotated.article, &annotated.doc, knowledge, scope);
    let gold: Vec<_> = annotated.gold.iter().filter(|gold| !gold.is_act_report && !gold.content.is_empty()).collect();
    let is_full = |statement: &&Statement| statement.kind != StatementKind::ActReport && !statement.content.is_empty();
    let predicted: Vec<&Statement> = record.statements.iter().filter(is_full).collect();
    let content = |spans: &[Span]| words(text, spans, true);
    let [gold_words, predicted_words]: [Vec<BTreeSet<usize>>; 2] = [
        gold.iter().map(|gold| content(&gold.content)).collect(),
        predicted.iter().map(|statement| content(&statement.content)).collect(),
    ];
    let acts: Vec<BTreeSet<usize>> =
        annotated.gold.iter().filter(|gold| gold.is_act_report).map(|gold| content(&gold.content)).collect();
    let mut pairs = Vec::new();
    for (i, a) in gold_words.iter().enumerate() {
        for (j, b) in predicted_words.iter().enumerate() {
            let fit = jaccard(a, b);
            if fit >= 0.5 {
                pairs.push((fit, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut counts = Counts { gold: gold.len(), ..Counts::default() };
    for (fit, i, j) in pairs {
        if used_gold[i] || used[j] {
            continue;
        }
        (used_gold[i], used[j]) = (true, true);
        counts.found += 1;
        let sources = [gold[i].source, predicted[j].source].map(|source| words(text, source.as_slice(), false));
        let is_same = sources.iter().all(BTreeSet::is_empty) || sources[0].intersection(&sources[1]).next().is_some();
        counts.with_source += usize::from(is_same);
        counts.exact += usize::from(fit >= 1.0);
        counts.class += usize::from(gold[i].class == predicted[j].class);
    }
    let is_free = |j: &usize| !used[*j] && acts.iter().any(|act| jaccard(act, &predicted_words[*j]) >= 0.5);
    for (j, statement) in predicted.iter().enumerate().filter(|(j, _)| !is_free(j)) {
        let (found, predicted) = &mut counts.by_confidence[statement.confidence as usize];
        *found += usize::from(used[j]);
        *predicted += 1;
        counts.predicted += 1;
    }
    counts
}

fn jaccard(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f64 {
    let n_shared = one.intersection(other).count();
    let n_all = one.len() + other.len() - n_shared;
    if n_all == 0 { 0.0 } else { n_shared as f64 / n_all as f64 }
}
