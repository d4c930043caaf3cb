//! Answers for other programs, in a versioned shape; docs/JSON.md describes it field by field.

use super::{Answer, State};
use crate::Error;
use rapporteur_model::{Quote, TargetLayer};
use rapporteur_store::{
    ArticleRef, Change, Gap, Item, ItemMark, ItemPlace, Items, LinkRow, Problem, Run, Shown, SourceRow, Summary,
    TextHit,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// Names the format.
pub(super) const FORMAT: &str = "rapporteur.answer";
/// Rises when a field changes its meaning or goes.
pub(super) const VERSION: u32 = 1;

/// The answer as JSON, indented, with a line break at the end.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn to_json(answer: &Answer) -> Result<String, Error> {
    let (question, body) = match answer {
        Answer::Brief(state) => ("brief", brief(state)),
        Answer::Items(layer, items) => (question_of(*layer), list(items)),
        Answer::Sources(sources) => (
            "sources",
            json!({
                "n_articles": sources.n_articles, "n_links": sources.n_links, "n_origins": sources.n_origins,
                "articles": sources.articles.iter().map(source).collect::<Vec<_>>(),
                "links": sources.links.iter().map(link).collect::<Vec<_>>(),
                "gaps": sources.gaps.iter().map(gap).collect::<Vec<_>>(),
            }),
        ),
        Answer::Found { utterances, texts, is_more } => (
            "search",
            json!({
                "utterances": list(utterances), "texts": texts.iter().map(hit).collect::<Vec<_>>(),
                "has_more_texts": is_more,
            }),
        ),
        Answer::Shown(shown) => ("show", shown.as_ref().map_or(Value::Null, self::shown)),
        Answer::Changes { since, changes } => (
            "changes",
            json!({ "since": since, "n_total": changes.len(), "changes": changes.iter().map(change).collect::<Vec<_>>() }),
        ),
        Answer::Corrections(log) => {
            let entry = |(entry, orphan): &(rapporteur_model::Correction, Option<rapporteur_model::Orphan>)| json!({ "entry": entry, "orphaned": orphan.as_ref().map(|orphan| &orphan.reason) });
            ("corrections", json!({ "n_total": log.len(), "corrections": log.iter().map(entry).collect::<Vec<_>>() }))
        }
        Answer::Runs(runs) => ("runs", json!({ "runs": runs.iter().map(run).collect::<Vec<_>>() })),
        Answer::Check(problems) => (
            "check",
            json!({ "is_whole": problems.is_empty(), "problems": problems.iter().map(problem).collect::<Vec<_>>() }),
        ),
    };
    let export = Export { format: FORMAT, version: VERSION, question, answer: body };
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}

#[derive(Serialize)]
struct Export {
    format: &'static str,
    version: u32,
    question: &'static str,
    answer: Value,
}

/// The command that asks for a layer.
fn question_of(layer: TargetLayer) -> &'static str {
    match layer {
        TargetLayer::Actor => "who",
        TargetLayer::Position => "positions",
        TargetLayer::Timeline => "timeline",
        TargetLayer::Tension => "tensions",
        other => other.name(),
    }
}

fn list(items: &Items) -> Value {
    json!({ "n_total": items.n_total, "items": items.items.iter().map(item).collect::<Vec<_>>() })
}

fn brief(state: &State) -> Value {
    json!({
        "summary": summary(&state.summary),
        "actors": list(&state.actors),
        "positions": list(&state.positions),
        "utterances": list(&state.utterances),
        "timeline": list(&state.timeline),
        "tensions": list(&state.tensions),
    })
}

fn summary(summary: &Summary) -> Value {
    let [actors, utterances, happenings, issues, positions, timeline, tensions] = summary.n_items;
    json!({
        "n_articles": summary.n_articles, "n_told": summary.n_told, "n_texts": summary.n_texts,
        "n_origins": summary.n_origins,
        "first_published": summary.published.as_ref().map(|(first, _)| first),
        "last_published": summary.published.as_ref().map(|(_, last)| last),
        "n_actors": actors, "n_utterances": utterances, "n_happenings": happenings, "n_issues": issues,
        "n_positions": positions, "n_timeline": timeline, "n_tensions": tensions,
        "n_corrections": summary.n_corrections.0, "n_orphaned": summary.n_corrections.1,
        "n_skipped": summary.n_skipped, "n_gaps": summary.n_gaps,
    })
}

fn item(item: &Item) -> Value {
    let named = |named: &Option<rapporteur_store::Named>| {
        named.as_ref().map(|named| json!({ "id": named.id, "name": named.label }))
    };
    // An actor is carried by nobody: these numbers tell how much is said by it and of it.
    let is_actor = item.layer == TargetLayer::Actor;
    let (n_min, n_max) = item.n_origins;
    json!({
        "layer": item.layer.name(),
        "id": item.id,
        "name": item.label,
        "kind": item.kind,
        "actor": named(&item.actor),
        "party": named(&item.party),
        "issue": named(&item.issue),
        "time": item.value,
        "status": item.status,
        "n_articles": item.n_articles,
        "n_origins_min": (!is_actor).then_some(n_min),
        "n_origins_max": (!is_actor).then_some(n_max),
        "n_statements": is_actor.then_some(n_min),
        "n_mentions": is_actor.then_some(n_max),
        "sourcing": item.sourcing,
        "first": item.first.as_ref().map(article),
        "facts": item.facts,
        "n_places": item.n_places,
        "places": item.places.iter().map(place).collect::<Vec<_>>(),
        "corrections": item.marks.iter().map(mark).collect::<Vec<_>>(),
    })
}

/// An article by what it is called.
#[derive(Serialize, JsonSchema)]
struct ArticleJson<'a> {
    id: &'a str,
    name: &'a str,
    location: &'a str,
    published: Option<&'a str>,
}

/// Words of an article of the case.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PlaceJson<'a> {
    part: i64,
    article: ArticleJson<'a>,
    paragraph: usize,
    span: Quote<'a>,
}

fn article(article: &ArticleRef) -> ArticleJson<'_> {
    ArticleJson {
        id: &article.id,
        name: &article.name,
        location: &article.location,
        published: article.published.as_deref(),
    }
}

pub(crate) fn place(place: &ItemPlace) -> PlaceJson<'_> {
    let ItemPlace { start, end, .. } = *place;
    let span = Quote { start, end, exact: &place.exact, prefix: &place.prefix, suffix: &place.suffix };
    PlaceJson { part: place.part, article: article(&place.article), paragraph: place.paragraph, span }
}

fn mark(mark: &ItemMark) -> Value {
    serde_json::from_str(&mark.body).unwrap_or(Value::Null)
}

fn source(source: &SourceRow) -> Value {
    json!({
        "id": source.id, "name": source.name, "location": source.location, "title": source.title,
        "outlet": source.outlet, "url": source.url, "published": source.published, "origin": source.origin,
        "is_first": source.is_first, "unseen_source": source.unseen_source, "flaws": source.flaws,
        "version_of": source.version_of, "n_statements": source.n_statements,
        "corrections": source.marks.iter().map(mark).collect::<Vec<_>>(),
    })
}

fn link(link: &LinkRow) -> Value {
    json!({
        "a": link.a, "b": link.b, "relation": link.relation, "derived": link.derived, "evidence": link.evidence,
        "prose": { "percent_of_a": link.prose.0, "percent_of_b": link.prose.1 },
        "quotations": { "percent_of_a": link.quotations.0, "percent_of_b": link.quotations.1 },
        "n_passages": link.n_passages, "n_replacements": link.n_replacements,
    })
}

fn gap(gap: &Gap) -> Value {
    json!({ "id": gap.id, "at": gap.at, "author": gap.author, "reason": gap.reason })
}

fn hit(hit: &TextHit) -> Value {
    let found = hit.found.iter().map(|(start, end)| {
        let chars = |text: &str| text.chars().count();
        let start_chars = chars(&hit.exact[..*start]);
        [start_chars, start_chars + chars(&hit.exact[*start..*end])]
    });
    json!({
        "article": article(&hit.article), "paragraph": hit.paragraph, "start": hit.start, "exact": hit.exact,
        "found": found.collect::<Vec<_>>(),
    })
}

fn shown(shown: &Shown) -> Value {
    match shown {
        Shown::Item(shown) => json!({ "item": item(shown) }),
        Shown::Article { article, text } => json!({ "article": source(article), "text": text }),
        Shown::Correction(entry) => json!({ "correction": mark(entry) }),
        Shown::Gap(shown) => json!({ "gap": gap(shown) }),
    }
}

fn change(change: &Change) -> Value {
    json!({
        "run": change.run, "layer": change.layer.name(), "id": change.id, "kind": change.kind.name(),
        "words": change.words, "why": change.why,
    })
}

fn run(run: &Run) -> Value {
    json!({
        "number": run.number, "kind": run.kind.name(), "started": run.started, "ended": run.ended,
        "program": run.program, "settings": run.settings, "counts": run.counts,
    })
}

fn problem(problem: &Problem) -> Value {
    json!({ "message": problem.message, "location": problem.location })
}
