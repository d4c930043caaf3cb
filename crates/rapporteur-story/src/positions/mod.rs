//! What do the parties hold, and on which issues?

use crate::pile::Pile;
use rapporteur_model::{Issue, Position};

pub(crate) fn positions(pile: &Pile<'_>) -> (Vec<Issue>, Vec<Position>) {
    let _ = pile;
    (Vec::new(), Vec::new())
}
