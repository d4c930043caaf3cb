//! The arguments of `bulk` and `case`.

use super::{EngineArguments, WordsArguments, locations};
use clap::Args;
use rapporteur_engine::{Input, Options};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

pub(super) const BULK_EXAMPLES: &str = "\
Reads each article alone, as a case does, and writes what came of it into a folder of Parquet files: articles, records \
(statements, events, stances) and what was skipped, a file for each partition. A run that was killed is gone on with: give \
the same command again, and partitions that are done are not made again. Then it relates the texts of all articles: which \
count once (origins), the pairs that tell where an article belongs (links), and the wording they share (passages). \
docs/BULK.md describes every column.

No more than one partition is in memory, and for the lineage six bytes for each word of all articles.

Examples:
  rapporteur bulk crawl/*.warc.gz --out crawl
  rapporteur bulk news.parquet more.jsonl --out news --partition 20000
  rapporteur case talks.case --from news --where \"published >= '2024-03' AND text LIKE '%Halsk%'\"

Exit codes: 0 done, 1 nothing read, 2 failed.";

pub(super) const CASE_EXAMPLES: &str = "\
Puts articles of a folder that `rapporteur bulk` has made into a case: those that fulfil a condition in SQL over the columns \
id, name, location, format, title, outlet, byline, url, published, language, n_statements, n_events, n_stances, n_bytes and \
text, or all. They are not read again; the case is the same as if they were, with the hash of their bytes.

Examples:
  rapporteur case talks.case --from news --where \"outlet = 'Meridian Press'\"
  rapporteur case talks.case --from news --where \"text LIKE '%Karsk%' AND text LIKE '%Veldria%' AND n_statements > 0\"

Exit codes: 0 done, 1 no article fulfils the condition, 2 failed.";

#[derive(Debug, Args)]
pub(crate) struct BulkArguments {
    /// Files, folders, patterns, or `-` for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<OsString>,
    /// The folder, which is made where there is none
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Articles in a partition
    #[arg(long, value_name = "N", default_value = "10000")]
    pub(crate) partition: NonZeroUsize,
    /// Leave out which articles share wording
    #[arg(long)]
    pub(crate) no_links: bool,
    #[command(flatten)]
    words: WordsArguments,
    #[command(flatten)]
    engine: EngineArguments,
}

impl BulkArguments {
    pub(crate) fn inputs(&self) -> Vec<Input> {
        locations(&self.inputs)
    }

    pub(crate) fn options(&self) -> Options {
        self.words.options(self.engine.options())
    }
}

#[derive(Debug, Args)]
pub(crate) struct CutArguments {
    /// File of the case, which is made where there is none
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// A folder that `rapporteur bulk` has made
    #[arg(long, value_name = "DIR")]
    pub(crate) from: PathBuf,
    /// Which articles are meant, as a condition in SQL; without it all
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) condition: Option<String>,
    /// Write what came of it as JSON (docs/CASE.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    words: WordsArguments,
    #[command(flatten)]
    engine: EngineArguments,
}

impl CutArguments {
    pub(crate) fn options(&self) -> Options {
        self.words.options(self.engine.options())
    }
}
