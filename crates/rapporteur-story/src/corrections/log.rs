//! Which entries of a log count?

use hashbrown::HashMap;
use rapporteur_model::{Correction, CorrectionAct, CorrectionId};

/// The entries that count, by time and id, each once. What is undone is left out, and so is what undoes it; an entry that
/// undoes nothing stays, to be told of.
pub(super) fn standing(log: &[Correction]) -> Vec<&Correction> {
    let entries = in_order(log);
    let undoing = undoing(&entries);
    let counts = |(_, undoing): &(&Correction, Undoing)| undoing.by.is_none() && !undoing.is_at_work;
    entries.into_iter().zip(undoing).filter(counts).map(|(entry, _)| entry).collect()
}

/// The entry that undoes the entry of this id, where one does that is not undone itself.
pub fn undone_by<'l>(log: &'l [Correction], id: &CorrectionId) -> Option<&'l CorrectionId> {
    let entries = in_order(log);
    let idx = entries.iter().position(|entry| entry.id == *id)?;
    undoing(&entries)[idx].by.map(|idx| &entries[idx].id)
}

/// The entries by time and id, each once.
fn in_order(log: &[Correction]) -> Vec<&Correction> {
    let mut entries: Vec<&Correction> = log.iter().collect();
    entries.sort_by_key(|entry| (&entry.at, &entry.id));
    entries.dedup_by_key(|entry| &entry.id);
    entries
}

/// What undoing makes of an entry.
#[derive(Clone, Default)]
struct Undoing {
    /// The entry that undoes it, by its position.
    by: Option<usize>,
    /// Whether it undoes another.
    is_at_work: bool,
}

/// What undoing makes of each entry. Only a later entry undoes an earlier one.
fn undoing(entries: &[&Correction]) -> Vec<Undoing> {
    let idx_of: HashMap<&CorrectionId, usize> = entries.iter().zip(0..).map(|(entry, idx)| (&entry.id, idx)).collect();
    let mut undoing = vec![Undoing::default(); entries.len()];
    // From the last entry on: whether it counts is known before it undoes another.
    for (idx, entry) in entries.iter().enumerate().rev() {
        let CorrectionAct::Undo { correction } = &entry.act else { continue };
        if let Some(undone) = idx_of.get(correction).filter(|undone| undoing[idx].by.is_none() && **undone < idx) {
            undoing[*undone].by = Some(idx);
            undoing[idx].is_at_work = true;
        }
    }
    undoing
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in tests a panic is the message")]
mod tests {
    use super::*;
    use rapporteur_model::Instant;

    /// An entry that undoes another, at this second.
    fn undo(id: &str, second: u32, of: &str) -> Correction {
        Correction {
            id: CorrectionId::new(id),
            at: Instant::new(format!("2024-05-01T00:00:{second:02}Z")),
            author: "ana".to_string(),
            act: CorrectionAct::Undo { correction: CorrectionId::new(of) },
            reason: None,
        }
    }

    #[test]
    fn an_undo_that_is_undone_undoes_nothing_and_circles_end() {
        let log = [undo("a", 1, "b"), undo("b", 2, "a"), undo("c", 3, "b"), undo("d", 4, "none")];
        let by = |id: &str| undone_by(&log, &CorrectionId::new(id)).map(|by| by.as_str());
        assert_eq!(["a", "b", "c", "none"].map(by), [None, Some("c"), None, None]);
        let ids: Vec<&str> = standing(&log).iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["a", "d"], "those that undo nothing that came before");
    }
}
