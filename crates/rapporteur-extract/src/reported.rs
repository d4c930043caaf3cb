//! Which words are reported, and by which statement?

use crate::analysis::{Analysis, TokenRange};
use rapporteur_model::Record;

/// For each token the innermost statement whose content holds it.
pub(crate) fn words(analysis: &Analysis<'_>, record: &Record) -> Vec<Option<u32>> {
    let mut reported = vec![None; analysis.doc.len()];
    let mut contents: Vec<(TokenRange, u32)> = Vec::new();
    for (idx, statement) in (0u32..).zip(&record.statements) {
        contents.extend(statement.content.iter().map(|content| (analysis.tokens_in(*content), idx)));
    }
    // Longer ones first, so that what stands inside them takes its place.
    contents.sort_by_key(|(range, idx)| (std::cmp::Reverse(range.len()), *idx));
    for (range, idx) in contents {
        reported[range.start..range.end].fill(Some(idx));
    }
    reported
}
