//! What annotates what? One file for each component of a pipeline, in the order in which they run:
//! [`encoder`] gives vectors, [`tagger`] tags or sentence starts, [`parser`] dependencies and
//! sentences ([`tree`]), [`attribute_ruler`] parts of speech, [`lemmatizer`] base forms, [`ner`] entities.

pub(crate) mod attribute_ruler;
pub(crate) mod encoder;
pub(crate) mod lemmatizer;
pub(crate) mod ner;
pub(crate) mod parser;
pub(crate) mod rows;
pub(crate) mod tagger;
pub(crate) mod tree;
