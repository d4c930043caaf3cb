use super::Sources;
use crate::Error;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// Names the format in the export.
const FORMAT: &str = "rapporteur.sources";
/// Rises when a field changes its meaning or goes; a new field alone does not raise it.
const VERSION: u32 = 1;

#[derive(Serialize, JsonSchema)]
struct Export<'s> {
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    #[schemars(extend("const" = VERSION))]
    version: u32,
    #[serde(flatten)]
    sources: &'s Sources,
}

/// The schema of the sources.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Export<'_>>()
}

/// The sources as JSON, indented, with a line break at the end; `docs/JSON.md` of the repository has the fields.
///
/// # Errors
/// If they cannot be written, which does not happen for what [`super::sources`] gives.
pub fn to_json(sources: &Sources) -> Result<String, Error> {
    let export = Export { format: FORMAT, version: VERSION, sources };
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}
