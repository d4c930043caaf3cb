//! How articles and pairs go through tables: as JSON, but what two share, which are little-endian numbers.

use datafusion::error::{DataFusionError, Result};
use rapporteur_model::{Article, ArticleLink, Origin, Passage, Span};
use rapporteur_story::steps::{Shared, Tie, Told};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// [`Told`].
#[derive(Serialize, Deserialize)]
struct ToldValue {
    article: Article,
    quoted: Vec<Span>,
    repeated: Vec<u64>,
}

/// [`Tie`].
#[derive(Serialize, Deserialize)]
struct TieValue {
    link: ArticleLink,
    n_prose: usize,
}

/// A passage with its places in code points.
#[derive(Serialize, Deserialize)]
pub(crate) struct PassageValue {
    pub(crate) passage: Passage,
    pub(crate) places: [(u32, u32); 2],
}

/// A link with the numbers of its articles.
#[derive(Serialize, Deserialize)]
pub(crate) struct LinkValue {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) link: ArticleLink,
}

/// An origin of a group, with the number of its first article.
#[derive(Serialize, Deserialize)]
pub(crate) struct OriginValue {
    pub(crate) number: u32,
    pub(crate) origin: Origin,
}

pub(crate) fn told_bytes(told: Told) -> Result<Vec<u8>> {
    let Told { article, quoted, repeated } = told;
    to_bytes(&ToldValue { article, quoted, repeated })
}

pub(crate) fn told_of(bytes: &[u8]) -> Result<Told> {
    let ToldValue { article, quoted, repeated } = from_bytes(bytes)?;
    Ok(Told { article, quoted, repeated })
}

pub(crate) fn tie_bytes(tie: Tie) -> Result<Vec<u8>> {
    let Tie { link, n_prose } = tie;
    to_bytes(&TieValue { link, n_prose })
}

pub(crate) fn tie_of(bytes: &[u8]) -> Result<Tie> {
    let TieValue { link, n_prose } = from_bytes(bytes)?;
    Ok(Tie { link, n_prose })
}

pub(crate) fn shared_bytes(shared: &Shared) -> Vec<u8> {
    shared.to_numbers().flat_map(u32::to_le_bytes).collect()
}

pub(crate) fn shared_of(bytes: &[u8]) -> Shared {
    let (numbers, _) = bytes.as_chunks();
    Shared::from_numbers(&numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect::<Vec<u32>>())
}

pub(crate) fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(damaged)
}

pub(crate) fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(damaged)
}

pub(crate) fn damaged(error: impl std::fmt::Display) -> DataFusionError {
    DataFusionError::Execution(format!("a value of the folder is damaged: {error}"))
}
