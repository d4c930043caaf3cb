//! Which entries of a log count?

use hashbrown::HashMap;
use rapporteur_model::{Correction, CorrectionAct, CorrectionId};

/// The entries that count, by time and id, each once. What is undone is left out, and so is what undoes it; an entry that
/// undoes nothing stays, to be told of.
pub(super) fn standing(log: &[Correction]) -> Vec<&Correction> {
    let mut entries: Vec<&Correction> = log.iter().collect();
    entries.sort_by_key(|entry| (&entry.at, &entry.id));
    entries.dedup_by_key(|entry| &entry.id);
    let idx_of: HashMap<&CorrectionId, usize> = entries.iter().zip(0..).map(|(entry, idx)| (&entry.id, idx)).collect();
    let mut counts = vec![true; entries.len()];
    // From the last entry on: whether it counts is known before it undoes another.
    for (idx, entry) in entries.iter().enumerate().rev() {
        let CorrectionAct::Undo { correction } = &entry.act else { continue };
        if let Some(undone) = idx_of.get(correction).copied().filter(|undone| counts[idx] && *undone < idx) {
            counts[undone] = false;
            counts[idx] = false;
        }
    }
    entries.into_iter().zip(counts).filter(|(_, counts)| *counts).map(|(entry, _)| entry).collect()
}
