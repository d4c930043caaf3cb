//! x
mod document;
mod error;
mod labels;
mod unicode;
pub use document::{Document, DocumentBuilder, EntityTag, TextSpan, Token, TokenAnnotation, TokenSpan};
pub use error::Error;
