//! The arguments of `rapporteur export`, and the help that teaches them.

use clap::{Args, ValueEnum};
use rapporteur_export::tables::TABLES;
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
Writes a case for other programs. docs/EXPORT.md describes every format, column by column; the same case gives the same \
bytes.

csv, jsonl and parquet write tables, one for each view of the case: all into the folder of --out, or one with --table. \
plover, cameo and gdelt are event tables, annotations are W3C Web Annotations, graphml is a graph of positions or of the \
lineage of articles, timelinejs the timeline for TimelineJS, and ical what lies ahead as a calendar.

In CSV and event tables, text that a spreadsheet would run as a formula gets an apostrophe in front; --raw leaves it as it \
is. Words of articles are compared with their article; what does not stand there is an error, and nothing is written. A \
file that is there is replaced only by an export of its own kind, and a folder that holds anything else is left alone.

Examples:
  rapporteur export talks.case --format parquet --out tables
  rapporteur export talks.case --format csv --table utterance > utterances.csv
  rapporteur export talks.case --format jsonl --table position | jq .stances
  rapporteur export talks.case --format plover --out events.csv
  rapporteur export talks.case --format graphml --graph lineage --out lineage.graphml
  rapporteur export talks.case --format ical --out ahead.ics

Exit codes: 0 done, 1 nothing to export, 2 failed.";

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// File of a case, as `rapporteur read --case` makes it
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// As what it is written
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: ExportFormat,
    /// Only this table, of csv, jsonl and parquet: a view of docs/CASE.md
    #[arg(long, value_name = "NAME", value_parser = table_names())]
    pub(crate) table: Option<String>,
    /// Which graph, of graphml: who holds what on which issue, or which article descends from which [default: positions]
    #[arg(long, value_enum, value_name = "positions|lineage", hide_possible_values = true)]
    pub(crate) graph: Option<GraphName>,
    /// Write to this file instead of standard output; where all tables are written, to this folder, which is made
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Leave text that a spreadsheet would run as a formula as it is
    #[arg(long)]
    pub(crate) raw: bool,
}

/// As what a case is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Tables, comma-separated
    Csv,
    /// Tables, a JSON object a line
    Jsonl,
    /// Tables in Parquet
    Parquet,
    /// Events in the terms of PLOVER, a row for each, comma-separated
    Plover,
    /// Events in the terms of CAMEO, a row for each pair of actors, comma-separated
    Cameo,
    /// Events in the columns of GDELT 2.0, tab-separated
    Gdelt,
    /// All places with their words as W3C Web Annotations (JSON-LD)
    Annotations,
    /// A graph as GraphML
    Graphml,
    /// The timeline as JSON for TimelineJS
    Timelinejs,
    /// What lies ahead as iCalendar
    Ical,
}

/// Which graph is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphName {
    Positions,
    Lineage,
}

fn table_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(TABLES.iter().map(|table| table.name))
}
