//! What is new since the last run, what is told otherwise, what was withdrawn, and why?

use super::super::Block;
use super::state::named_issue;
use super::write::{Words, name};
use super::{Composer, N_PLACES, moment};
use crate::visible::on_one_line;
use crate::wording::{count, thousands};
use rapporteur_model::TargetLayer;
use rapporteur_store::{Change, ChangeKind, Error, Item, Shown};

/// What an analyst looks at first; actors and issues are counted only.
const LAYERS: [TargetLayer; 5] = [
    TargetLayer::Position,
    TargetLayer::Tension,
    TargetLayer::Timeline,
    TargetLayer::Utterance,
    TargetLayer::Happening,
];

/// Changes that are looked at: those that a sound text tells are shown first.
const N_READ: usize = 120;

impl Composer<'_> {
    pub(super) fn changes(&mut self) -> Result<Vec<Block>, Error> {
        let Some(run) = self.runs.last().cloned() else { return Ok(Vec::new()) };
        if self.runs.len() == 1 {
            return Ok(vec![Block::Remark("This is the first run of the case: nothing has changed yet.".to_string())]);
        }
        let changes = self.case.changes(run.number - 1)?;
        if changes.is_empty() {
            return Ok(vec![Block::Remark("The last run changed nothing in the story.".to_string())]);
        }
        let log = self.notes.of_log(format!(
            "The case’s own list of changes: run {} ({}), started on {}, {}.",
            run.number,
            run.kind.name(),
            moment(&run.started),
            on_one_line(&run.program)
        ));
        let n_of = |kind| thousands(changes.iter().filter(|change| change.kind == kind).count());
        let told = format!(
            ": {} new, {} told otherwise, {} withdrawn.",
            n_of(ChangeKind::New),
            n_of(ChangeKind::Changed),
            n_of(ChangeKind::Withdrawn)
        );
        let total = count(changes.len(), "change");
        let mut blocks = vec![Words::default().strong(total).text(told).notes([log]).line()];
        let (mut n_shown, mut n_repeated, mut n_read) = (0, 0, 0);
        for kind in [ChangeKind::New, ChangeKind::Changed, ChangeKind::Withdrawn] {
            let mut lines = Vec::new();
            for layer in LAYERS {
                for change in changes.iter().filter(|change| change.kind == kind && change.layer == layer) {
                    if is_only_repeated(change) {
                        n_repeated += 1;
                    } else if n_read < N_READ.max(self.limits.n_changes) {
                        n_read += 1;
                        if let Some((words, is_sound)) = self.change(change)? {
                            let has_note = words.0.iter().any(|inline| matches!(inline, super::Inline::Note(_)));
                            let words = if has_note { words } else { words.notes([log]) };
                            lines.push((!is_sound, words.soft(format!(" ({})", on_one_line(&change.why))).line()));
                        }
                    }
                }
            }
            // What only altered texts tell comes last.
            lines.sort_by_key(|(is_last, _)| *is_last);
            lines.truncate(self.limits.n_changes - n_shown);
            n_shown += lines.len();
            if !lines.is_empty() && !self.is_page {
                blocks.push(Block::Subheading(heading(kind).to_string()));
            }
            blocks.extend(lines.into_iter().map(|(_, line)| line));
        }
        if !self.is_page {
            let n_left = changes.len() - n_shown - n_repeated;
            let repeated = match n_repeated {
                0 => String::new(),
                n => format!("{} only told by further articles. ", count(n, "item")),
            };
            let left =
                if n_left > 0 { format!("{} in the case.", count(n_left, "more change")) } else { String::new() };
            let told = format!("{repeated}{left}");
            blocks.extend((!told.is_empty()).then(|| Block::Remark(told.trim().to_string())));
        }
        Ok(blocks)
    }

    /// What changed, with its words, and whether a sound text has them; `None` where nothing can be said of it.
    fn change(&mut self, change: &Change) -> Result<Option<(Words, bool)>, Error> {
        let lead = match (change.kind, self.is_page) {
            (kind, true) => format!("{}, {}: ", heading(kind), called(change.layer)),
            (_, false) => format!("{}: ", called(change.layer)),
        };
        let words = Words::default().strong(lead);
        let item = match change.kind {
            ChangeKind::Withdrawn => None,
            _ => match self.case.show(&change.id, N_PLACES)? {
                Some(Shown::Item(item)) => Some(item),
                _ => None,
            },
        };
        let Some(item) = item else {
            return Ok(change.words.as_deref().map(|told| (words.text(on_one_line(told)), true)));
        };
        let Some(place) = self.first_place(&item)? else { return Ok(None) };
        let shown = self.notes.words(place)?;
        let words = self.subject(words, &item).quote(shown).notes(self.cite(&item)?);
        Ok(Some(match self.notes.shared_flaw(item.places.iter())? {
            Some(flaw) => (words.warning(format!(" text {flaw}")), false),
            None => (words, true),
        }))
    }
}

/// Whether nothing is told of it but that further articles carry it.
fn is_only_repeated(change: &Change) -> bool {
    change.kind == ChangeKind::Changed && change.why.starts_with("also told by") && !change.why.contains(';')
}

fn heading(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "New",
        ChangeKind::Changed => "Told otherwise",
        ChangeKind::Withdrawn => "Withdrawn",
    }
}

fn called(layer: TargetLayer) -> &'static str {
    match layer {
        TargetLayer::Position => "position",
        TargetLayer::Tension => "tension",
        TargetLayer::Timeline => "date",
        TargetLayer::Utterance => "said",
        TargetLayer::Happening => "event",
        other => other.name(),
    }
}

impl Composer<'_> {
    /// What an item is about, before its words.
    fn subject(&self, words: Words, item: &Item) -> Words {
        let party = name(&item.party).or_else(|| name(&item.actor));
        if let (TargetLayer::Position, Some(issue)) = (item.layer, &item.issue) {
            let words = words.text(format!("{} on ", party.unwrap_or_default()));
            let words = match self.issues.get(&issue.id) {
                Some(issue) => named_issue(words, issue),
                None => words.text(on_one_line(&issue.label)),
            };
            return words.text(format!(", {}: ", item.kind.as_deref().unwrap_or_default()));
        }
        let about = match item.layer {
            TargetLayer::Tension => item.label.as_deref().map(on_one_line),
            TargetLayer::Timeline => item.value.as_deref().map(crate::wording::day),
            TargetLayer::Utterance => name(&item.actor),
            _ => party,
        };
        match about {
            Some(about) => words.text(format!("{about}: ")),
            None => words,
        }
    }
}
