//! Fetching of pages and feeds into an archive, which a run reads like any other input.
//!
//! No stage calls it: only somebody who asks for it by name does.

pub use rapporteur_fetch::{Error, Options, Outcome, Progress, Report, Visit, fetch, schema};
