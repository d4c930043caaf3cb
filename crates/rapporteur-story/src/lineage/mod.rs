//! Which wording do articles share, and which descends from which?

mod align;
mod candidates;
mod descent;
mod direction;
mod edits;
mod features;
mod flaws;
mod index;
mod links;
mod oddities;
mod office_names;
mod order;
mod origins;
mod passages;
mod quotation;
mod relation;
mod reworded;
pub mod steps;
mod text;
mod versions;
mod vocabulary;
mod words;

pub use index::LineageIndex;
pub(crate) use index::lineage;
pub(crate) use passages::{SharedWording, passages, shared_wording};
pub(crate) use quotation::quotations;
pub(crate) use text::Texts;
pub(crate) use vocabulary::{fnv1a, mix};
