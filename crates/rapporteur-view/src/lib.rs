//! Answers and documents made of a reading.
//!
//! A [`rapporteur_model::Reading`] is everything that was found; this crate arranges it for
//! somebody who asks. [`brief`] gives who said what as plain types and as text, [`json`] gives all
//! of it for other programs, [`html`] gives one self-contained page, and [`annotation`] writes what
//! the text stage saw. [`case`] asks a case instead of a reading, and [`document`] composes a brief of
//! one to hand over.
//!
//! It knows nothing about HTTP and nothing about terminals: width and colour are parameters. No
//! quotation is altered; every span is checked against its article before anything is shown
//! ([`Error`]).

pub mod annotation;
pub mod articles;
pub mod brief;
pub mod case;
mod check;
mod describe;
pub mod document;
mod error;
pub mod explain;
pub mod html;
pub mod json;
pub mod layers;
mod lookup;
mod page;
mod quotation;
pub mod sources;
pub mod verified;
mod visible;
mod wording;

pub use error::Error;
pub use page::Style;
pub use visible::{on_one_line, visible};
pub use wording::{count, independent_origins, number, relation, short_list, thousands};
