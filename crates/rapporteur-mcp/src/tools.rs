//! What there is to call.

use crate::arguments::{
    self, ContextPack, Lineage, MAX_CHECKED, Positions, SearchStatements, SourceSpan, Tensions, Timeline, VerifyQuotes,
    days, limit, offset, taken, text,
};
use crate::pack::context_pack;
use crate::passage::source_span;
use crate::refusal::Refusal;
use crate::shapes::{N_PLACES, list, paragraph, sources};
use crate::told::{Told, told};
use rapporteur_engine::case::{Case, ItemQuery, SearchError, SearchQuery};
use rapporteur_engine::verify::in_case;
use rapporteur_engine::{Input, Options};
use rapporteur_model::TargetLayer;
use rapporteur_view::verified::text_json;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::json;
use std::sync::Arc;

/// Answers a call.
type Call = fn(&Case, &Options, JsonObject) -> Result<Told, Refusal>;

/// Every tool with what answers it.
pub(crate) fn tools() -> Vec<(Tool, Call)> {
    vec![
        (
            tool::<SearchStatements>(
                "search_statements",
                "Who said what: statements in exact words, with speaker, class, day and how many independent origins \
                report each, and the paragraphs that have the words.",
            ),
            |case, _, given| search_statements(case, given),
        ),
        (
            tool::<Positions>("positions", "What each party holds on each issue, in exact words, with what changed."),
            |case, _, given| positions(case, given),
        ),
        (tool::<Timeline>("timeline", "What happened, was said or is planned, by day."), |case, _, given| {
            timeline(case, given)
        }),
        (
            tool::<Lineage>(
                "lineage",
                "Where texts come from: which articles are one text, who copied whom, what counts once.",
            ),
            |case, _, given| lineage(case, given),
        ),
        (
            tool::<Tensions>(
                "tensions",
                "Where accounts cannot all stand: numbers, dates, who said it, what came first.",
            ),
            |case, _, given| tensions(case, given),
        ),
        (
            tool::<SourceSpan>(
                "source_span",
                "The exact words of an article from one position to another, in code points, with those around them.",
            ),
            |case, _, given| Ok(told(source_span(case, taken(given)?)?)),
        ),
        (
            tool::<ContextPack>(
                "context_pack",
                "The most useful of the case in exact words with their places, as much as fits a budget.",
            ),
            |case, _, given| context_pack(case, taken(given)?),
        ),
        (
            tool::<VerifyQuotes>(
                "verify_quotes",
                "Whether what a text quotes stands in the articles: each quotation and each claim with a speaker is verbatim, \
                altered (with what), another speaker's, words of a copy, or in no article. Call it on what you wrote.",
            ),
            verify_quotes,
        ),
    ]
}

/// A tool that reads the case and nothing else.
fn tool<T: rmcp::schemars::JsonSchema + 'static>(name: &'static str, description: &'static str) -> Tool {
    let annotations = ToolAnnotations::from_raw(None, Some(true), Some(false), Some(true), Some(false));
    let output = json!({
        "type": "object",
        "properties": { "notice": { "type": "string" }, "untrusted": { "type": "object" } },
        "required": ["notice", "untrusted"],
        "additionalProperties": false,
    });
    Tool::new(name, description, Arc::new(JsonObject::new()))
        .with_input_schema::<T>()
        .with_raw_output_schema(Arc::new(output.as_object().cloned().unwrap_or_default()))
        .with_annotations(annotations)
}

fn search_statements(case: &Case, given: JsonObject) -> Result<Told, Refusal> {
    let asked: SearchStatements = taken(given)?;
    let limit = limit(asked.limit)?;
    let line = text("query", Some(asked.query))?.unwrap_or_default();
    let query: SearchQuery =
        line.parse().map_err(|error: SearchError| Refusal::new(error.to_string(), error.hint()))?;
    let (texts, is_more) = case.search_texts(&query, limit)?;
    Ok(told(json!({
        "statements": list(&case.search_utterances(&query, limit, 0, N_PLACES)?),
        "paragraphs": texts.iter().map(paragraph).collect::<Vec<_>>(),
        "has_more_paragraphs": is_more,
    })))
}

fn positions(case: &Case, given: JsonObject) -> Result<Told, Refusal> {
    let asked: Positions = taken(given)?;
    let query = ItemQuery {
        who: text("party", asked.party)?,
        issue: text("issue", asked.issue)?,
        ..paged(asked.limit, asked.offset)?
    };
    Ok(told(list(&case.items(TargetLayer::Position, &query)?)))
}

fn timeline(case: &Case, given: JsonObject) -> Result<Told, Refusal> {
    let asked: Timeline = taken(given)?;
    let query = ItemQuery {
        kind: asked.kind.map(|kind| kind.name().to_string()),
        from: days("from", asked.from)?.map(|(first, _)| first),
        to: days("to", asked.to)?.map(|(_, last)| last),
        ..paged(asked.limit, asked.offset)?
    };
    Ok(told(list(&case.items(TargetLayer::Timeline, &query)?)))
}

fn tensions(case: &Case, given: JsonObject) -> Result<Told, Refusal> {
    let asked: Tensions = taken(given)?;
    let kind = asked.kind.map(|kind| kind.name().to_string());
    let query = ItemQuery { kind, ..paged(asked.limit, asked.offset)? };
    Ok(told(list(&case.items(TargetLayer::Tension, &query)?)))
}

fn lineage(case: &Case, given: JsonObject) -> Result<Told, Refusal> {
    let asked: Lineage = taken(given)?;
    let limit = limit(asked.limit)?;
    let article = text("article", asked.article)?;
    let found = case.sources(article.as_deref(), limit)?;
    if article.is_some() && found.articles.is_empty() {
        return Err(Refusal::new("no article is called that", "without an article, lineage lists all of them"));
    }
    Ok(told(sources(&found)))
}

fn verify_quotes(case: &Case, options: &Options, given: JsonObject) -> Result<Told, Refusal> {
    let asked: VerifyQuotes = taken(given)?;
    if asked.text.trim().is_empty() || asked.text.chars().count() > MAX_CHECKED {
        let hint = format!("give from 1 to {MAX_CHECKED} characters; check a longer text in parts");
        return Err(Refusal::new("text is empty or too long", hint));
    }
    let text = Input::Bytes { name: "text.txt".to_string(), bytes: asked.text.into_bytes() };
    let (verified, skipped) = in_case(&[text], case, options)?;
    if let Some(skipped) = skipped.first() {
        return Err(Refusal::new(&skipped.reason, skipped.hint.as_deref().unwrap_or("give plain text in English")));
    }
    Ok(told(verified.first().map(|one| text_json(one, asked.strict)).unwrap_or_default()))
}

fn paged(limit: Option<u32>, offset: Option<u32>) -> Result<ItemQuery, Refusal> {
    let (limit, offset) = (arguments::limit(limit)?, self::offset(offset)?);
    Ok(ItemQuery { limit, offset, n_places: N_PLACES, ..ItemQuery::default() })
}
