//! The source stage: finds inputs, reads them, and makes an [`Article`] of each.
//!
//! Three steps, each of which can be used alone:
//!
//! - [`find`] turns what a user names (files, folders, patterns, `-`) into [`Location`]s;
//! - [`read`] reads one location;
//! - [`article_from_bytes`] decodes the bytes and finds what the article says of its own publication
//!   (title, date, address, credit) and which lines are furniture. It is pure.
//!
//! Inputs arrive in the state in which news text really arrives: dates glued to the first sentence,
//! captions between paragraphs, a blog's footer under an agency's text. The rules are general and
//! cautious: a heading that stays in the report costs little, a paragraph that is masked loses what
//! was said in it. The words that the rules look for are data files in this crate's `data` folder.
//!
//! This crate knows nothing about tokens and sentences as the text stage sees them, nothing about
//! other articles, and nothing about how a case is stored. What only a whole pile can tell, such as
//! the date of an article that does not state it, is left open here.
//!
//! [`Article`]: rapporteur_model::Article

mod article;
mod captions;
mod charset;
mod credits;
mod date_forms;
mod date_line;
mod dates;
mod decode;
mod entry;
mod find;
mod furniture;
mod headings;
mod html;
mod language;
mod lexicon;
mod lines;
mod moment;
mod publication;
mod read;
mod told;

pub use article::article_from_bytes;
pub use entry::{Entry, Told, article, entries};
pub use find::{Location, find};
pub use read::{MAX_INPUT_BYTES, read};
