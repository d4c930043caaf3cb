//! Do the quotations of a text stand in a pile of articles, word for word?
//!
//! [`Pile`] holds the words of the articles; [`Pile::compare`] says of a quotation where it stands exactly ([`Match::Exact`]),
//! what is different where it nearly stands ([`Match::Near`]), or that it stands nowhere. Typography is tolerated and nothing
//! else: kinds of quotation marks, dashes and spaces, the comma or full stop before a closing mark, and an ellipsis that is
//! marked. [`is_same_speaker`] says whether two ways of naming a speaker can be of one.
//!
//! This crate knows nothing about how speakers are found, about files, cases or language models: texts go in, comparisons
//! come out.

mod differences;
mod form;
mod names;
mod near;
mod pile;
mod words;

pub use differences::{Difference, DifferenceKind};
pub use names::is_same_speaker;
pub use pile::{Match, Occurrence, Pile};
