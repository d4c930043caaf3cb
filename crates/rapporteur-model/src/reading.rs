use crate::{Article, Record, Story};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A whole run: the articles, what was found in each, and what they give together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// The articles, by location and then id, so that the order of the inputs does not matter.
    pub articles: Vec<Article>,
    /// One record for each article, in the same order.
    pub records: Vec<Record>,
    /// What they give together.
    pub story: Story,
    /// Inputs that were not read, and why.
    pub skipped: Vec<Skipped>,
}

/// An input that was not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Where it is.
    pub location: String,
    /// Why it was not read, as a lowercase fragment: "empty file".
    pub reason: String,
    /// What a user can do about it.
    pub hint: Option<String>,
}
