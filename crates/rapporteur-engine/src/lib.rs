//! One run over a pile of articles: finds inputs, reads them, annotates and extracts in parallel,
//! and lets the story stage put the records together. Installs and finds the language model.
//!
//! This is the only place where stages meet and where parallel work is arranged. It knows nothing
//! about HTTP or the terminal: progress is a callback, results are values.

pub mod case;
mod error;
pub mod fetch;
mod inputs;
pub mod knowledge;
pub mod language_model;
mod run;
mod sources;
mod stream;
mod telling;
pub mod verify;
mod workers;

pub use error::Error;
pub use inputs::Input;
pub use rapporteur_source::{FieldMap, ReadOptions};
pub use run::{Options, Scope, annotate, read, read_alone, record_each};
pub use sources::{Lineage, articles, lineage, relate_each};
pub use stream::Progress;
