//! Millions of articles into a folder of Parquet files, and from there into a case.
//!
//! [`read`] reads each article alone, as a case does, and writes what came of it in partitions: a folder for each table, a
//! file for each partition. A run that is killed is gone on with: what stands in the manifest is done. Then [`relate`]
//! tells which articles share wording. [`cut`] makes a case of the articles that fulfil a condition, the same as if they
//! had been read into it.
//!
//! ```text
//! DIR/manifest.jsonl                      with what the folder was made, and a line for each partition that is done
//! DIR/articles/part-00000.parquet         one row an article: what is known of it, its text, its record
//! DIR/records/part-00000.parquet          one row a statement, event or stance
//! DIR/skipped/part-00000.parquet          one row an input that was not read
//! DIR/origins/part-00000.parquet          one row an article: which ones count once with it
//! DIR/links/part-00000.parquet            pairs that tell where an article belongs
//! DIR/passages/part-00000.parquet         the wording that these pairs share
//! ```
//!
//! No more is held in memory than one partition, and for the lineage the words of all articles, six bytes each. docs/BULK.md
//! describes the tables column by column.
//!
//! It knows nothing about how articles are read and records are made, and has no clock.

mod cut;
mod error;
mod lineage_tables;
mod manifest;
mod partition;
mod relate;
mod run;
mod stored;
pub mod tables;

pub use cut::cut;
pub use error::Error;
pub use lineage_tables::{LineageTables, Related};
pub use manifest::schema;
pub use relate::relate;
pub use run::{Done, Plan, read};
pub use stored::article_folder;
