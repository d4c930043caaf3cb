//! The source stage: finds inputs, reads them, and makes an [`Article`] of each.
//!
//! Three steps, each of which can be used alone:
//!
//! - [`find`] turns what a user names (files, folders, patterns, `-`) into [`Location`]s;
//! - [`entries`] opens a location and streams what it holds: one article or a million, each an [`Entry`];
//! - [`article`] decodes the bytes of an entry and finds what the article says of its own publication
//!   (title, date, address, credit) and which lines are furniture. It is pure.
//!
//! # What is read
//!
//! The kind of an input is told by what it begins with, and else by its extension.
//!
//! | kind | extensions | what becomes an article |
//! |---|---|---|
//! | plain text | `.txt` `.text`, none | the file; lines that are broken at a fixed width are joined |
//! | Markdown | `.md` `.markdown` | the file without its marks; front matter tells title, date, author |
//! | web page | `.html` `.htm` `.xhtml` | the page |
//! | archived page (MHTML) | `.mht` `.mhtml` | the page in it |
//! | mail | `.eml` | the text or the page in it, and each attached file that is read |
//! | mailbox | `.mbox` | each mail |
//! | PDF | `.pdf` | its text |
//! | JSON Lines | `.jsonl` `.ndjson` | each line |
//! | JSON | `.json` | the object, or each object of its array, or of the array that it holds |
//! | table | `.csv` `.tsv` | each row; commas, semicolons, tabs or bars |
//! | Parquet | `.parquet` | each row |
//! | feed: RSS, Atom, JSON Feed | `.rss` `.atom` `.xml` `.json` | each entry: its content, or else its summary |
//! | web archive | `.warc` `.wet` | each answer of a server with a page, a text or a PDF; each text of a WET |
//! | archive | `.zip` `.wacz` `.tar` `.tgz` | each member of these kinds |
//! | compressed | `.gz` | what is in it |
//!
//! Columns and fields are found by name: `data/fields.txt` lists the names, and [`FieldMap`] adds to them.
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
mod fields;
mod find;
mod furniture;
mod headings;
mod html;
mod kinds;
mod language;
mod lexicon;
mod lines;
mod markdown;
mod moment;
mod names;
mod options;
mod pdf;
mod publication;
mod read;
mod told;
mod unpack;
mod wrapped;

pub use article::article_from_bytes;
pub use entry::{Entry, Told, article, entries, entries_from_bytes};
pub use find::{Location, find};
pub use options::{FieldMap, ReadOptions};
pub use read::{MAX_INPUT_BYTES, read};
