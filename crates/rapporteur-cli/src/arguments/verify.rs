//! The arguments of `verify`.

use super::{EngineArguments, locations};
use clap::Args;
use rapporteur_engine::{Input, Options};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub(super) const EXAMPLES: &str = "\
Takes a draft, a summary or an answer of a language model, and says of each quotation, and of each claim that it ascribes to \
somebody: verbatim (and where), altered (and what), right words but the wrong speaker, words of a copy that has altered \
those of its source, or in no article. Kinds of quotation marks, dashes and spaces, and an ellipsis that is marked, are no \
change; everything else is one.

A claim in words of its own cannot be told from an invented one: it counts only with --strict.

Examples:
  rapporteur verify draft.md --case talks.case
  rapporteur verify answer.txt --pile coverage/
  pbpaste | rapporteur verify - --case talks.case --json

Exit codes: 0 all of it holds, 1 nothing is quoted, 2 failed, 3 something does not hold.";

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// Texts to check: files, or `-` for standard input
    #[arg(value_name = "TEXT", required = true)]
    texts: Vec<OsString>,
    /// File of a case to hold them against
    #[arg(long, value_name = "CASE", required_unless_present = "pile", conflicts_with = "pile")]
    case: Option<PathBuf>,
    /// Articles to hold them against: a file, a folder or a pattern; several times for several
    #[arg(long, value_name = "INPUT")]
    pile: Vec<OsString>,
    /// A claim that stands in no article in these words does not hold either
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write the verdicts as JSON (docs/JSON.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    engine: EngineArguments,
}

impl VerifyArguments {
    pub(crate) fn texts(&self) -> Vec<Input> {
        locations(&self.texts)
    }

    pub(crate) fn case(&self) -> Option<&Path> {
        self.case.as_deref()
    }

    pub(crate) fn pile(&self) -> Vec<Input> {
        locations(&self.pile)
    }

    pub(crate) fn options(&self) -> Options {
        self.engine.options()
    }
}
