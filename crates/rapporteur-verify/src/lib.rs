//! Do the quotations of a text stand in a pile of articles, word for word, and does who is named for them say them?
//!
//! [`claims`] takes from the record of a text what is to be checked, [`verify`] holds it against a case. Below it, [`Pile`]
//! holds the words of the articles, and [`Pile::compare`] says of a quotation where it stands exactly ([`Match::Exact`]), what
//! is different where it nearly stands ([`Match::Near`]), or that it stands nowhere. Typography is tolerated and nothing else:
//! kinds of quotation marks, dashes and spaces, the comma or full stop before a closing mark, and an ellipsis that is marked.
//!
//! This crate knows nothing about how texts are read and records are made, and it writes nothing.

mod check;
mod claims;
mod differences;
mod form;
mod names;
mod near;
mod pile;
mod speakers;
mod words;

pub use check::{Check, CheckKind, Verdict, Verified, verify};
pub use claims::{Claim, claims};
pub use differences::{Difference, DifferenceKind};
pub use pile::{Match, Occurrence, Pile};
