use super::Sources;
use crate::Error;
use serde::Serialize;

/// Names the format in the export.
const FORMAT: &str = "rapporteur.sources";
/// Rises when a field changes its meaning or goes; a new field alone does not raise it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Export<'s> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    sources: &'s Sources,
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
