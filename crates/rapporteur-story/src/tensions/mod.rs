//! Where can accounts not all stand?

use crate::pile::Pile;
use rapporteur_model::{Happening, Tension, Utterance};

pub(crate) fn tensions(pile: &Pile<'_>, utterances: &[Utterance], happenings: &[Happening]) -> Vec<Tension> {
    let _ = (pile, utterances, happenings);
    Vec::new()
}
