//! What is an actor in an event code?

use crate::analysis::Analysis;
use rapporteur_model::Record;

/// Gives each actor of the record its code.
pub(crate) fn fill(_analysis: &Analysis<'_>, _record: &mut Record) {}
