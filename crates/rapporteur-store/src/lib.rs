//! The case: one SQLite file with all that is known of a pile of articles.
//!
//! [`Case`] is the file. Articles go in with their records ([`Case::add`]) and come out again for a story
//! ([`Case::pile`]); the story is put beside them ([`Case::tell`]) as rows that can be asked without telling it again.
//! The log of corrections ([`Case::append`]) and the manifest of runs ([`Case::runs`]) are only ever added to.
//!
//! This crate knows nothing about how records and stories are made. It has no clock: whoever writes says when.

mod articles;
mod ask;
mod blocks;
mod case;
mod check;
mod corrections;
mod digest;
mod error;
mod runs;
mod schema;
mod story;

pub use articles::{Incoming, KeepBytes, Known, Original, Pile};
pub use ask::{
    ArticleFilter, ArticleRef, ByArticle, Cell, Change, ChangeKind, Gap, Item, ItemInArticle, ItemMark, ItemPlace,
    ItemQuery, Items, LinkRow, Named, SearchError, SearchQuery, Shown, SourceRow, Sources, SqlError, SqlLimits,
    SqlReader, SqlTable, Summary, TextHit, TimelineDay, VIEWS, days_of,
};
pub use blocks::{RECORD_FORMAT, pack_record, unpack_record};
pub use case::Case;
pub use check::Problem;
pub use corrections::entry;
pub use error::Error;
pub use runs::{Run, RunKind};
pub use schema::FORMAT;
pub use story::{Changed, Telling};
