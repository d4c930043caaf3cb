//! Which reports are of one act of speech?

use crate::pile::Pile;
use rapporteur_model::{Utterance, UtteranceLink};

pub(crate) fn utterances(pile: &Pile<'_>) -> (Vec<Utterance>, Vec<UtteranceLink>) {
    let _ = pile;
    (Vec::new(), Vec::new())
}
