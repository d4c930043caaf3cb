//! The lineage of a folder of millions of articles by plans of [Apache DataFusion](https://datafusion.apache.org), in this
//! process or, by [Apache Ballista](https://datafusion.apache.org/ballista/), on several machines.
//!
//! The plans are SQL, in the files of `plans/`; what is asked of articles, of pairs and of groups in them are the
//! [functions], which call [`rapporteur_story::steps`]. [`relate`] takes the plans one after the other and writes the tables
//! of origins, links and passages into the folder, byte for byte those of `rapporteur bulk`. [`nodes`] runs the scheduler and
//! the executors of a cluster, which know the functions.
//!
//! Between the plans this process keeps small tables as Parquet beside the folder's own, which all machines must see under
//! one path. It alone writes: an executor that is lost takes nothing along that is not computed again.

pub mod engine;
mod error;
pub mod functions;
pub mod nodes;
mod output;
mod plans;
mod relate;
mod roll;
mod tables;

pub use error::Error;
pub use plans::{PLANS, Plan};
pub use relate::{Progress, relate};
