//! The date of an article that states none, where its own text forces one.

use super::atoms::Atom;
use super::matcher::Match;
use crate::analysis::Analysis;
use rapporteur_model::{CivilDate, Evidenced};

/// The date that the text forces; `None` where it leaves a choice.
pub(super) fn date(_analysis: &Analysis<'_>, _atoms: &[Atom], _matches: &[Match]) -> Option<Evidenced<CivilDate>> {
    None
}
