//! The arguments of `sources` and `articles`, and those by which every command reads inputs.

use super::{N_THREADS_MAX, locations};
use clap::Args;
use rapporteur_engine::{FieldMap, Input, Options, ReadOptions};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::Path;

pub(super) const SOURCES_EXAMPLES: &str = "\
Compares the texts of all articles, wherever the wording stands and however it was changed, and tells which of them \
are one text: word for word, an excerpt, shuffled, with words replaced one by one, or in part. Articles of one origin \
count once; quotations in common are a common speaker and no copy. It says which of two descends from the other, with \
what shows it, and names texts that are altered or out of order. It needs no language model.

Examples:
  rapporteur sources coverage/
  rapporteur sources crawl.warc.gz news.jsonl --json > sources.json
  rapporteur sources export.csv --field text=body --field published=day
  rapporteur sources talks.case                 of a case, at once

Exit codes: 0 done, 1 nothing read, 2 failed.";

pub(super) const ARTICLES_EXAMPLES: &str = "\
Writes what became of the inputs: a line for each article with its date, language, length, outlet, title and place, or \
with --json an object a line with the text, what is the report in it (`body`), and what shows each of these. What was \
not read is named on standard error with the reason. It needs no language model.

Examples:
  rapporteur articles coverage/
  rapporteur articles pages.zip --json | jq -r '[.published.value, .title.value] | @tsv'
  rapporteur articles export.csv --field text=body

Exit codes: 0 done, 1 nothing read, 2 failed.";

/// How tables and records are read.
#[derive(Debug, Args)]
pub(super) struct FieldArguments {
    /// Column or field that holds something: text, html, summary, title, published, modified, url, outlet, byline,
    /// language or name, an equals sign, and the name of the column; the usual names are known
    #[arg(long = "field", value_name = "WHAT=COLUMN", value_parser = field)]
    fields: Vec<String>,
}

impl FieldArguments {
    pub(super) fn options(&self) -> ReadOptions {
        // Each was checked when it was taken.
        ReadOptions { fields: FieldMap::parse(&self.fields).unwrap_or_default(), ..ReadOptions::default() }
    }
}

fn field(text: &str) -> Result<String, String> {
    FieldMap::parse(&[text]).map(|_| text.to_string())
}

#[derive(Debug, Args)]
pub(crate) struct SourcesArguments {
    #[command(flatten)]
    inputs: InputArguments,
    /// Write everything as JSON (docs/JSON.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
    /// Of a case, at most so many articles and so many pairs
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct ArticlesArguments {
    #[command(flatten)]
    inputs: InputArguments,
    /// Write an object a line (docs/JSON.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is read, without a language model.
#[derive(Debug, Args)]
struct InputArguments {
    /// Files, folders, patterns, or `-` for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<OsString>,
    #[command(flatten)]
    fields: FieldArguments,
    /// Articles to read at the same time [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=N_THREADS_MAX))]
    threads: Option<u16>,
}

impl InputArguments {
    fn options(&self) -> Options {
        let n_threads = self.threads.and_then(|n| NonZeroUsize::new(usize::from(n)));
        Options { n_threads, reading: self.fields.options(), ..Options::default() }
    }
}

impl SourcesArguments {
    /// The input, where there is one alone: it may be a case.
    pub(crate) fn only_input(&self) -> Option<&Path> {
        match self.inputs.inputs.as_slice() {
            [only] => Some(Path::new(only)),
            _ => None,
        }
    }

    pub(crate) fn inputs(&self) -> Vec<Input> {
        locations(&self.inputs.inputs)
    }

    pub(crate) fn options(&self) -> Options {
        self.inputs.options()
    }
}

impl ArticlesArguments {
    pub(crate) fn inputs(&self) -> Vec<Input> {
        locations(&self.inputs.inputs)
    }

    pub(crate) fn options(&self) -> Options {
        self.inputs.options()
    }
}
