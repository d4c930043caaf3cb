//! All of a reading for other programs, in a versioned shape. `docs/JSON.md` of the repository
//! describes it field by field.

mod article;
mod predication;
mod record;
pub(crate) mod selector;
mod story;

use crate::Error;
use crate::lookup::Lookup;
use rapporteur_model::{Article, Reading, Skipped};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use selector::Selectors;
use serde::Serialize;

/// Names the format in the export.
pub const FORMAT: &str = "rapporteur.reading";

/// Rises when a field changes its meaning or goes; a new field alone does not raise it.
pub const VERSION: u32 = 1;

/// The export from the outside in; the order of the fields is that of the output.
#[derive(Serialize, JsonSchema)]
struct Export<'r> {
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    #[schemars(extend("const" = VERSION))]
    version: u32,
    articles: Vec<article::ArticleJson<'r>>,
    records: Vec<record::RecordJson<'r>>,
    story: story::StoryJson<'r>,
    skipped: &'r [Skipped],
}

/// An article beside what of it is the report.
#[derive(Serialize, JsonSchema)]
struct ArticleLine<'r> {
    #[serde(flatten)]
    article: article::ArticleJson<'r>,
    body: String,
}

/// An article as JSON on one line, with a line break at the end: the fields of `articles[]` of a reading, and `body`,
/// the report without title and furniture (see [`crate::articles::body`]).
///
/// # Errors
/// If a span of the article does not lie in its text.
pub fn article_line(article: &Article) -> Result<String, Error> {
    let selectors = Selectors::new(article);
    let line = ArticleLine { article: article::article(article, &selectors)?, body: crate::articles::body(article) };
    let mut json = serde_json::to_string(&line).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}

/// The schema of a reading.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Export<'_>>()
}

/// The schema of an article on a line of its own.
pub fn article_schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<ArticleLine<'_>>()
}

/// The reading as JSON, indented, with a line break at the end.
///
/// Every span is given in Unicode code points, half-open, with its exact words and up to 32
/// characters on either side.
///
/// # Errors
/// If the reading does not fit together, or a quotation is not what its article says there.
pub fn to_json(reading: &Reading) -> Result<String, Error> {
    let lookup = Lookup::new(reading)?;
    let selectors: Vec<Selectors<'_>> = reading.articles.iter().map(Selectors::new).collect();
    let articles = reading.articles.iter().zip(&selectors);
    let records = reading.records.iter().zip(&selectors).enumerate();
    let export = Export {
        format: FORMAT,
        version: VERSION,
        articles: articles
            .map(|(article, selectors)| article::article(article, selectors))
            .collect::<Result<_, _>>()?,
        records: records
            .map(|(idx, (record, selectors))| record::record(&lookup, idx, record, selectors))
            .collect::<Result<_, _>>()?,
        story: story::story(&lookup, &selectors)?,
        skipped: &reading.skipped,
    };
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}
