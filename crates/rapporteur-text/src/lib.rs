//! Runs a spaCy 3 CPU pipeline folder natively: tokens, tags, dependency parse, sentences, lemmas and
//! named entities, without Python and with the annotation that spaCy gives.
//!
//! ```no_run
//! use rapporteur_text::Pipeline;
//!
//! # fn main() -> Result<(), rapporteur_text::Error> {
//! let pipeline = Pipeline::load("path/to/en_core_web_sm-3.8.0")?;
//! let doc = pipeline.annotate("Veldria rejected the offer. Talks go on.");
//! assert_eq!(doc.n_sentences(), 2);
//! for entity in doc.entities() {
//!     println!("{} {}", entity.label(), entity.text());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A folder is read as it is; nothing is exported or converted first. What the runtime does not
//! have (word vectors, transformers, components of other kinds, other lemmatizers than the English
//! rule lemmatizer) is refused when the folder is loaded, never skipped.
//!
//! The crate knows nothing about articles, news, files other than the folder's, or threads: a
//! [`Pipeline`] can be shared, and a caller arranges parallel work over documents.

#[doc(hidden)]
pub mod bench;
mod components;
mod document;
mod error;
mod folder;
mod hash;
mod labels;
mod layers;
mod lexicon;
mod pattern;
mod pipeline;
mod tokenizer;
mod unicode;

pub use document::{Document, DocumentBuilder, EntityTag, TextSpan, Token, TokenAnnotation, TokenSpan};
pub use error::Error;
pub use pipeline::Pipeline;
