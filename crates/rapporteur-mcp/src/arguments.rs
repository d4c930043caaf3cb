//! What each tool takes. Nothing that is not listed here is taken.

use crate::refusal::Refusal;
use rapporteur_engine::case::days_of;
use rapporteur_model::TensionKind;
use rmcp::model::JsonObject;
use rmcp::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Items of a list, where it is not told how many.
const LIMIT: u32 = 10;
pub(crate) const MAX_LIMIT: u32 = 100;
pub(crate) const MAX_OFFSET: u32 = 1_000_000;
pub(crate) const MAX_TEXT: usize = 1_000;
pub(crate) const MAX_CHECKED: usize = 100_000;

/// Words, phrases, speakers …
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct SearchStatements {
    /// Words, "phrases" in quotation marks, speaker:, party:, class:, from:, to:, date:
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) query: String,
    /// At most so many statements, and so many articles; 10 by default
    #[schemars(range(min = 1, max = 100))]
    pub(crate) limit: Option<u32>,
}

/// What each party holds on each issue.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct Positions {
    /// Only of parties whose names have these words
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) party: Option<String>,
    /// Only on issues whose names have these words
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) issue: Option<String>,
    /// At most so many; 10 by default
    #[schemars(range(min = 1, max = 100))]
    pub(crate) limit: Option<u32>,
    /// Leave out so many before them
    #[schemars(range(min = 0, max = 1000000))]
    pub(crate) offset: Option<u32>,
}

/// Kinds of entries of the timeline.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(crate = "rmcp::schemars")]
pub(crate) enum TimelineSort {
    Happening,
    Utterance,
    Publication,
    Background,
}

impl TimelineSort {
    pub(crate) fn name(self) -> &'static str {
        match self {
            TimelineSort::Happening => "happening",
            TimelineSort::Utterance => "utterance",
            TimelineSort::Publication => "publication",
            TimelineSort::Background => "background",
        }
    }
}

/// What happened when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct Timeline {
    /// Not before this year, month or day: 2024, 2024-03, 2024-03-12
    #[schemars(length(min = 1, max = 10))]
    pub(crate) from: Option<String>,
    /// Not after this year, month or day
    #[schemars(length(min = 1, max = 10))]
    pub(crate) to: Option<String>,
    /// Only these
    pub(crate) kind: Option<TimelineSort>,
    /// At most so many; 10 by default
    #[schemars(range(min = 1, max = 100))]
    pub(crate) limit: Option<u32>,
    /// Leave out so many before them
    #[schemars(range(min = 0, max = 1000000))]
    pub(crate) offset: Option<u32>,
}

/// Where texts come from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct Lineage {
    /// The id, name or location of one article; all of them by default
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) article: Option<String>,
    /// At most so many articles, and so many pairs; 10 by default
    #[schemars(range(min = 1, max = 100))]
    pub(crate) limit: Option<u32>,
}

/// The kinds of tensions, or none, for those who call.
fn tension_kinds(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<Value> = TensionKind::ALL.iter().map(|kind| json!(kind.name())).chain([Value::Null]).collect();
    json_schema!({ "type": ["string", "null"], "enum": names })
}

/// Where accounts cannot all stand.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct Tensions {
    /// Only these
    #[schemars(schema_with = "tension_kinds")]
    pub(crate) kind: Option<TensionKind>,
    /// At most so many; 10 by default
    #[schemars(range(min = 1, max = 100))]
    pub(crate) limit: Option<u32>,
    /// Leave out so many before them
    #[schemars(range(min = 0, max = 1000000))]
    pub(crate) offset: Option<u32>,
}

/// Exact words by their place.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct SourceSpan {
    /// The id, name or location of the article
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) article: String,
    /// Code points of the article's text before the words
    pub(crate) start: u32,
    /// Code points of the article's text up to their end
    pub(crate) end: u32,
    /// Code points of context before and after them; 200 by default
    #[schemars(range(min = 0, max = 2000))]
    pub(crate) context: Option<u32>,
}

/// A text that quotes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct VerifyQuotes {
    /// The draft, summary or answer whose quotations are to be checked; in Markdown or plain
    #[schemars(length(min = 1, max = 100000))]
    pub(crate) text: String,
    /// Whether a claim that stands in no article in these words does not hold either
    #[serde(default)]
    pub(crate) strict: bool,
}

/// What a budget is counted in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(crate = "rmcp::schemars")]
pub(crate) enum Unit {
    /// Code points
    #[default]
    Characters,
    /// Three bytes of UTF-8 each; models make fewer tokens of English
    Tokens,
}

/// The most useful of a case, as much as fits.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(crate) struct ContextPack {
    /// As of search_statements; the state of play by default
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) query: Option<String>,
    /// How large the whole answer may be
    #[schemars(range(min = 1, max = 400000))]
    pub(crate) budget: u32,
    /// What the budget is counted in; characters by default
    pub(crate) unit: Option<Unit>,
}

/// Takes the arguments of a call.
///
/// # Errors
/// If one is missing, not known, or of another type.
pub(crate) fn taken<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, Refusal> {
    serde_json::from_value(arguments.into())
        .map_err(|error| Refusal::new(error.to_string(), "the tool's input schema tells what it takes"))
}

/// A number between bounds.
pub(crate) fn within(name: &str, number: Option<u32>, default: u32, min: u32, max: u32) -> Result<usize, Refusal> {
    let number = number.unwrap_or(default);
    if !(min..=max).contains(&number) {
        return Err(Refusal::new(format!("{name} is {number}"), format!("give a number from {min} to {max}")));
    }
    Ok(number as usize)
}

pub(crate) fn limit(number: Option<u32>) -> Result<usize, Refusal> {
    within("limit", number, LIMIT, 1, MAX_LIMIT)
}

pub(crate) fn offset(number: Option<u32>) -> Result<usize, Refusal> {
    within("offset", number, 0, 0, MAX_OFFSET)
}

/// A text that is neither empty nor too long.
pub(crate) fn text(name: &str, text: Option<String>) -> Result<Option<String>, Refusal> {
    match &text {
        Some(given) if given.trim().is_empty() || given.chars().count() > MAX_TEXT => {
            let hint = format!("give from 1 to {MAX_TEXT} characters, or leave it out");
            Err(Refusal::new(format!("{name} is empty or too long"), hint))
        }
        _ => Ok(text),
    }
}

/// The first and the last day of a year, a month or a day.
pub(crate) fn days(name: &str, date: Option<String>) -> Result<Option<(String, String)>, Refusal> {
    let no_date =
        || Refusal::new(format!("{name} is no date"), "write a year, a month or a day: 2024, 2024-03, 2024-03-12");
    date.map(|date| days_of(&date).ok_or_else(no_date)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: serde_json::Value) -> JsonObject {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_not_known_is_refused_with_a_hint() {
        for bad in
            [json!({}), json!({ "query": 1 }), json!({ "query": "a", "limit": -1 }), json!({ "query": "a", "x": 1 })]
        {
            let refusal = taken::<SearchStatements>(object(bad)).unwrap_err();
            assert!(!refusal.hint.is_empty());
        }
        assert!(taken::<Tensions>(object(json!({ "kind": "weather" }))).is_err());
        assert!(limit(Some(0)).is_err() && limit(Some(101)).is_err() && limit(None).is_ok());
        assert!(text("query", Some(" ".to_string())).is_err());
        assert!(days("from", Some("yesterday".to_string())).is_err());
    }
}
