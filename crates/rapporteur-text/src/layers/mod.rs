//! What does a network compute? Layers over rows of 32-bit numbers: [`matrix`] multiplies,
//! [`tok2vec`] turns tokens into vectors, [`transition`] scores the actions of a state.
//!
//! A result never depends on which rows are computed together: each number is summed in one fixed
//! order. Numbers are laid out in [`lane::Lane`]s of 16; widths that do not fill lanes are padded
//! with zeros or refused.

pub(crate) mod lane;
pub(crate) mod matrix;
pub(crate) mod tok2vec;
pub(crate) mod transition;
