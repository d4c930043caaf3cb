//! An explanation for other programs. `docs/JSON.md` of the repository describes it field by field.

use super::{Explained, Explanation, Fact};
use crate::Error;
use crate::json::selector::{Selector, Selectors};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// Names the format in the export.
pub const FORMAT: &str = "rapporteur.explanation";

/// Rises when a field changes its meaning or goes; a new field alone does not raise it.
pub const VERSION: u32 = 1;

#[derive(Serialize, JsonSchema)]
struct Export<'a> {
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    #[schemars(extend("const" = VERSION))]
    version: u32,
    article: &'a str,
    name: &'a str,
    location: &'a str,
    place: Selector<'a>,
    paragraph: Option<usize>,
    sentence: Option<Selector<'a>>,
    items: Vec<ItemJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ItemJson<'a> {
    list: &'static str,
    index: usize,
    title: &'a str,
    part: &'static str,
    facts: Vec<FactJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct FactJson<'a> {
    name: &'static str,
    value: &'a str,
    span: Option<Selector<'a>>,
}

/// The schema of an explanation.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Export<'_>>()
}

impl Explanation<'_> {
    /// The explanation as JSON, indented, with a line break at the end.
    ///
    /// # Errors
    /// If a quotation is not what the article says there.
    pub fn to_json(&self) -> Result<String, Error> {
        let selectors = Selectors::new(self.article);
        let fact = |fact: &'_ Fact| selectors.of_optional(fact.span);
        let item = |item: &'_ Explained| item.facts.iter().map(fact).collect::<Result<Vec<_>, _>>();
        let spans = self.items.iter().map(item).collect::<Result<Vec<_>, _>>()?;
        let items = self.items.iter().zip(spans).map(|(item, spans)| {
            let facts = item.facts.iter().zip(spans);
            let facts = facts.map(|(fact, span)| FactJson { name: fact.name, value: &fact.value, span });
            ItemJson { list: item.list, index: item.index, title: &item.title, part: item.part, facts: facts.collect() }
        });
        let export = Export {
            format: FORMAT,
            version: VERSION,
            article: self.article.id.as_str(),
            name: &self.article.name,
            location: &self.article.location,
            place: selectors.of(self.place)?,
            paragraph: self.article.paragraph_number(self.place),
            sentence: selectors.of_optional(self.sentence)?,
            items: items.collect(),
        };
        let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
        json.push('\n');
        Ok(json)
    }
}
