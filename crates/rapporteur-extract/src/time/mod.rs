//! When? Finds the expressions of time and tells what they mean.

use crate::analysis::Analysis;
use rapporteur_model::{CivilDate, Evidenced, Timex};

/// The expressions of time of an article, in text order, and its date where it states none and its own text
/// forces one.
pub(crate) fn find(_analysis: &Analysis<'_>) -> (Vec<Timex>, Option<Evidenced<CivilDate>>) {
    (Vec::new(), None)
}
