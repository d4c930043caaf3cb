//! Which candidates are right, given what people marked.

use crate::analysis::Analysis;
use crate::cues::CueHit;
use crate::direct::Reports;
use crate::ranking::{self, Content, RuleChoice};
use crate::training::GoldStatement;
use rapporteur_model::Span;
use std::collections::BTreeSet;

/// The words of some spans by their places; a leading "that" or "to" does not count.
pub fn words(text: &str, spans: &[Span], is_content: bool) -> BTreeSet<usize> {
    let mut words = BTreeSet::new();
    let mut is_first = true;
    for span in spans {
        let part = span.of(text);
        let mut start = None;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let ends = part.char_indices().chain(std::iter::once((part.len(), ' ')));
        for (at, c) in ends {
            match start {
                None if is_word(c) => start = Some(at),
                Some(begun) if !is_word(c) => {
                    let word = &part[begun..at];
                    let is_opener = word.eq_ignore_ascii_case("that") || word.eq_ignore_ascii_case("to");
                    if !(is_content && is_first && is_opener) {
                        words.insert(span.start.get() + begun);
                    }
                    is_first = false;
                    start = None;
                }
                _ => {}
            }
        }
    }
    words
}

/// Shared words by all words.
pub(super) fn jaccard(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f64 {
    let n_shared = one.intersection(other).count();
    let n_all = one.len() + other.len() - n_shared;
    if n_all == 0 { 0.0 } else { n_shared as f64 / n_all as f64 }
}

/// A cue with its candidates and the marked statement that it is the cue of.
pub(super) struct Match {
    pub(super) hit_idx: usize,
    pub(super) contents: Vec<Content>,
    pub(super) rule: Option<RuleChoice>,
    /// For each content how much of the marked one it is.
    pub(super) fit: Vec<f64>,
    pub(super) gold_idx: usize,
}

/// For each marked statement the cue among `hits` that is its own: the one inside the marked cue with the
/// best candidate.
pub(super) fn matches(
    analysis: &Analysis<'_>,
    hits: &[CueHit],
    reports: &Reports,
    gold: &[GoldStatement],
) -> Vec<Match> {
    let text = &analysis.article.text;
    let mut found = Vec::new();
    for (gold_idx, statement) in gold.iter().enumerate() {
        let Some(cue) = statement.cue else { continue };
        let marked = words(text, &statement.content, true);
        let cue_tokens = analysis.tokens_in(cue);
        let inside = hits.iter().enumerate().filter(|(_, hit)| cue_tokens.contains(hit.head));
        let mut best: Option<(f64, bool, Match)> = None;
        for (hit_idx, hit) in inside {
            let (contents, rule) = ranking::contents(analysis, hit, reports, hit_idx);
            let fit: Vec<f64> =
                contents.iter().map(|content| jaccard(&marked, &words(text, &content.spans, true))).collect();
            let highest = fit.iter().copied().fold(0.0, f64::max);
            let is_listed = hit.entry.is_some();
            if best.as_ref().is_none_or(|(fit, listed, _)| (highest, is_listed) > (*fit, *listed)) {
                best = Some((highest, is_listed, Match { hit_idx, contents, rule, fit, gold_idx }));
            }
        }
        found.extend(best.map(|(_, _, found)| found));
    }
    found
}
