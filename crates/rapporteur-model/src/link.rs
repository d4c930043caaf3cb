//! How it was told who a mention refers to, and why it could not be told.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the actor of a mention was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// How sure it is.
    pub confidence: Confidence,
    /// What it rests on.
    pub reason: LinkReason,
}

/// How sure an extraction is: whether the text was understood, never how likely a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A guess: others fit nearly as well.
    Low,
    /// Likely, but a reader should look.
    Medium,
    /// The text says so.
    High,
}

/// What a [`Link`] rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkReason {
    /// The name itself, in full or as full as the article gives it.
    SameName,
    /// A part of the name: "Vale" for "Oren Vale".
    ShortName,
    /// A name that looks like a misspelling of another.
    SimilarSpelling,
    /// An acronym of the name: "ANL" for "Amber Northern Line".
    Acronym,
    /// A name or an adjective that a data file has.
    Table,
    /// A capital or a seat of government that stands for its state.
    Metonym,
    /// The name or adjective of a state that the article itself shows to be one.
    ShownState,
    /// It stands beside the name that it explains: "Oren Vale, the minister".
    Apposition,
    /// It brings in somebody without a name: "one senior official".
    Introduced,
    /// The same description as before: "Norwegian officials" twice.
    SameDescription,
    /// A description before with words left out: "the official" for "one senior official".
    ShorterDescription,
    /// A role that the text gives a person: "the minister" for "Foreign Minister Oren Vale".
    Role,
    /// A noun for any body or state of its kind: "the company", "the country".
    GenericNoun,
    /// A paper or an act that speaks for whoever made it: "Amber Line's statement".
    Maker,
    /// A pronoun that goes back to somebody before it.
    Pronoun,
}

/// Why it could not be told who a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unresolved {
    /// Nobody before it fits.
    NoCandidate,
    /// Several fit equally well.
    Ambiguous,
    /// The paragraphs stand out of order, and who it goes back to may stand elsewhere.
    OutOfOrder,
}
