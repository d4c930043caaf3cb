//! On what a fact of the story rests.

use crate::ArticleId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many articles carry something, and how many of them are independent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Support {
    /// The articles that carry it, in the order of the reading.
    pub articles: Vec<ArticleId>,
    /// The least number of independent origins; see [`crate::Independence`].
    pub n_origins_min: usize,
    /// The greatest number of independent origins.
    pub n_origins_max: usize,
    /// Who stands for it.
    pub sourcing: Sourcing,
    /// The article that carried it first, as far as dates and lineage tell.
    pub first: Option<ArticleId>,
}

impl Support {
    /// Whether it may rest on one origin alone: a reader should be warned.
    pub fn is_single(&self) -> bool {
        self.n_origins_min <= 1
    }
}

/// Who stands for what an article tells; the strongest of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sourcing {
    /// A person with a name.
    Named,
    /// A state, a ministry, an organisation.
    Official,
    /// Somebody without a name: "a senior official".
    Unnamed,
    /// The article itself.
    Article,
}
