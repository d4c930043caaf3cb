//! The arguments of `schema`.

use clap::Args;
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Without NAME the schemas are listed. A schema is of this release and closed: it has every field, and allows no other. Within a \
version fields may be added, and the schema of a later release has them.

Examples:
  rapporteur schema                             which there are
  rapporteur schema reading > reading.json      what `read --json` writes
  rapporteur schema --out schemas               all of them, a file each

Exit codes: 0 done, 2 failed.";

#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Which schema to write, as the list names it, with its version or without
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Write all schemas into the folder DIR, which is made where there is none
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub(crate) out: Option<PathBuf>,
}
