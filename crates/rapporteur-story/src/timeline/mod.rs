//! What happened when?

use crate::pile::Pile;
use rapporteur_model::{Happening, TimelineEntry, Utterance};

pub(crate) fn timeline(pile: &Pile<'_>, utterances: &[Utterance], happenings: &[Happening]) -> Vec<TimelineEntry> {
    let _ = (pile, utterances, happenings);
    Vec::new()
}
