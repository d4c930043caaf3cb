//! Which reports are of one event?

use crate::pile::Pile;
use rapporteur_model::{Happening};

pub(crate) fn happenings(pile: &Pile<'_>) -> Vec<Happening> {
    let _ = pile;
    Vec::new()
}
