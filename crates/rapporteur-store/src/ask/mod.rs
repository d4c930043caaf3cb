//! What can be asked of a case, without telling the story again: its items by layer, one of them, words.

mod bounded;
mod changes;
mod filter;
mod item;
mod items;
mod order;
mod places;
mod reader;
mod search;
mod sources;
mod sql;
pub(crate) mod times;
mod words;

pub use changes::{Change, ChangeKind};
pub use filter::ArticleFilter;
pub use item::{ArticleRef, Item, ItemMark, ItemPlace, ItemQuery, Items, Named, Shown};
pub(crate) use order::rank;
pub use reader::{ByArticle, ItemInArticle, TimelineDay};
pub use search::{SearchError, SearchQuery, TextHit};
pub use sources::{Gap, LinkRow, SourceRow, Sources, Summary};
pub use sql::{Cell, SqlError, SqlLimits, SqlReader, SqlTable, VIEWS};
pub use times::days_of;

/// The paragraphs of a text: lines that are not blank.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}
