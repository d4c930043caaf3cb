//! How many, and how much?

use crate::analysis::Analysis;
use rapporteur_model::{Quantity, Timex};

/// The quantities of an article, in text order; a number that belongs to one of `timexes` is none.
pub(crate) fn find(_analysis: &Analysis<'_>, _timexes: &[Timex]) -> Vec<Quantity> {
    Vec::new()
}
