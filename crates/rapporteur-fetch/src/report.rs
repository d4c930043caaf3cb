//! What came of each address.

use rapporteur_model::Skipped;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Each address in the order of the requests; the items of a feed stand after it.
    pub visits: Vec<Visit>,
    /// What was wrong with the archive and has been mended.
    pub mended: Option<Skipped>,
}

/// One address and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Visit {
    /// The address as it was asked for.
    pub url: String,
    /// The feed that names it, where none of the requests does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What came of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It was written to the archive.
    Fetched {
        /// The status of the response.
        status: u16,
        /// How long the stored body is.
        len_bytes: usize,
        /// Where the redirects led to.
        final_url: String,
        /// The id of the record.
        record: String,
        /// Whether the body was longer than allowed and its end is missing.
        is_cut: bool,
    },
    /// The archive has it already, as the server says or as its bytes show. Nothing was written.
    NotModified {
        /// Where the redirects led to.
        final_url: String,
    },
    /// It was not fetched.
    Skipped {
        /// Why, as a lowercase fragment.
        reason: String,
        /// What a user can do about it.
        #[serde(skip_serializing_if = "Option::is_none")]
        hint: Option<String>,
    },
}

/// A step of a run, for whoever shows progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// An address is about to be asked.
    Started {
        /// The address.
        url: &'a str,
        /// How many addresses are finished.
        n_done: usize,
        /// How many addresses are known by now; feeds add to them.
        n_known: usize,
    },
    /// An address is finished.
    Finished {
        /// How many addresses are finished.
        n_done: usize,
        /// How many addresses are known by now.
        n_known: usize,
    },
}

/// The shape of the lines, raised where a field changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize, JsonSchema)]
struct Line<'a> {
    #[schemars(extend("const" = VERSION))]
    version: u32,
    #[serde(flatten)]
    visit: &'a Visit,
}

/// The schema of a line of [`Report::json_lines`].
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Line<'_>>()
}

impl Report {
    /// The visits as JSON Lines: an object a line with `version`, `url`, `feed` (of an item), `outcome` (`fetched`,
    /// `not-modified` or `skipped`) and the fields of that [`Outcome`].
    pub fn json_lines(&self) -> String {
        let line = |visit| serde_json::to_string(&Line { version: VERSION, visit }).expect("strings and numbers only");
        self.visits.iter().map(|visit| line(visit) + "\n").collect()
    }

    /// The addresses that were not fetched.
    pub fn skipped(&self) -> Vec<Skipped> {
        let skipped = |visit: &Visit| match &visit.outcome {
            Outcome::Skipped { reason, hint } => {
                Some(Skipped { location: visit.url.clone(), reason: reason.clone(), hint: hint.clone() })
            }
            _ => None,
        };
        self.visits.iter().filter_map(skipped).collect()
    }
}

/// Why an address is not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) reason: String,
    pub(crate) hint: Option<String>,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>, hint: &str) -> Self {
        Refusal { reason: reason.into(), hint: Some(hint.to_string()) }
    }
}

impl From<Refusal> for Outcome {
    fn from(Refusal { reason, hint }: Refusal) -> Self {
        Outcome::Skipped { reason, hint }
    }
}
