//! Items as a model reads them: what was said in exact words, who, when, on how many independent origins it rests.

use rapporteur_engine::case::{Item, ItemPlace, Items, LinkRow, Named, SourceRow, Sources, TextHit};
use rapporteur_model::TargetLayer;
use rapporteur_view::case::told as by_hand;
use serde_json::{Map, Value, json};

/// Words of each item, or of each stance and each side.
const N_QUOTES: usize = 3;
/// Places that are asked for, so that each stance and each side has some.
pub(crate) const N_PLACES: usize = 24;

pub(crate) fn list(items: &Items) -> Value {
    json!({ "n_total": items.n_total, "items": items.items.iter().map(|one| item(one, N_QUOTES)).collect::<Vec<_>>() })
}

/// An item with so many quotations, or so many for each stance and each side; what is not known of it is left out.
pub(crate) fn item(item: &Item, n_quotes: usize) -> Value {
    let mut told = json!({
        "layer": item.layer.name(),
        "id": item.id,
        "kind": item.kind,
        "who": name(&item.actor),
        "for": name(&item.party),
        "issue": name(&item.issue),
        "about": item.label,
        "time": item.value,
        "status": item.status,
        "is_planned": item.is_planned().then_some(true),
        "sourcing": item.sourcing,
        "n_articles": item.n_articles,
    });
    if !matches!(item.layer, TargetLayer::Actor | TargetLayer::Issue | TargetLayer::Tension) {
        told["n_origins"] = json!({ "min": item.n_origins.0, "max": item.n_origins.1 });
    }
    match item.layer {
        TargetLayer::Position => told["stances"] = parts(item, "stances", n_quotes),
        TargetLayer::Tension => {
            told["is_change"] = json!(item.facts.contains_key("is_change"));
            told["sides"] = parts(item, "sides", n_quotes);
        }
        _ => {
            let told_as = ["source", "addressee", "medium", "occasion", "relay", "when"].into_iter();
            let circumstances: Map<String, Value> = told_as
                .filter_map(|name| Some((name.to_string(), item.facts.get(name)?.get("exact")?.clone())))
                .filter(|(_, words)| !words.is_null())
                .collect();
            told["circumstances"] = if circumstances.is_empty() { Value::Null } else { circumstances.into() };
            told["quotes"] = item.places.iter().take(n_quotes).map(quote).collect();
        }
    }
    if !item.marks.is_empty() {
        told["corrections"] = item.marks.iter().map(by_hand).map(Value::from).collect();
    }
    without_nulls(told)
}

fn name(named: &Option<Named>) -> Option<&str> {
    named.as_ref().map(|named| named.label.as_str())
}

/// The stances of a position, the sides of a tension, each with its words.
fn parts(item: &Item, name: &str, n_quotes: usize) -> Value {
    let parts = item.facts.get(name).and_then(Value::as_array);
    let part = |(part, fact): (usize, &Value)| {
        let of_part = item.places.iter().filter(|place| usize::try_from(place.part).is_ok_and(|of| of == part));
        let exact = |condition: &Value| condition.get("exact").cloned().unwrap_or_default();
        let conditions: Option<Vec<Value>> =
            fact.get("conditions").and_then(Value::as_array).map(|list| list.iter().map(exact).collect());
        without_nulls(json!({
            "kind": fact.get("kind"),
            "value": fact.get("value"),
            "first": fact.get("first"),
            "last": fact.get("last"),
            "conditions": conditions,
            "n_articles": fact.get("n"),
            "n_origins": { "min": fact.get("min"), "max": fact.get("max") },
            "quotes": of_part.take(n_quotes).map(quote).collect::<Vec<_>>(),
        }))
    };
    parts.into_iter().flatten().enumerate().map(part).collect()
}

/// Exact words with where they stand; `source_span` takes them as they are.
pub(crate) fn quote(place: &ItemPlace) -> Value {
    without_nulls(json!({
        "untrusted_text": place.exact,
        "article": place.article.id,
        "article_name": place.article.name,
        "published": place.article.published,
        "paragraph": place.paragraph,
        "start": place.start,
        "end": place.end,
    }))
}

/// A paragraph in which something was found.
pub(crate) fn paragraph(hit: &TextHit) -> Value {
    without_nulls(json!({
        "untrusted_text": hit.exact,
        "article": hit.article.id,
        "article_name": hit.article.name,
        "published": hit.article.published,
        "paragraph": hit.paragraph,
        "start": hit.start,
        "end": hit.start as usize + hit.exact.chars().count(),
    }))
}

/// Where texts come from.
pub(crate) fn sources(sources: &Sources) -> Value {
    json!({
        "n_articles": sources.n_articles,
        "n_links": sources.n_links,
        "n_origins": sources.n_origins,
        "articles": sources.articles.iter().map(source).collect::<Vec<_>>(),
        "links": sources.links.iter().map(link).collect::<Vec<_>>(),
    })
}

fn source(source: &SourceRow) -> Value {
    without_nulls(json!({
        "id": source.id, "name": source.name, "location": source.location, "title": source.title,
        "outlet": source.outlet, "url": source.url, "published": source.published, "origin": source.origin,
        "is_first": source.is_first, "unseen_source": source.unseen_source, "flaws": source.flaws,
        "version_of": source.version_of, "n_statements": source.n_statements,
        "corrections": (!source.marks.is_empty()).then(|| source.marks.iter().map(by_hand).collect::<Vec<_>>()),
    }))
}

fn link(link: &LinkRow) -> Value {
    without_nulls(json!({
        "a": link.a, "b": link.b, "relation": link.relation, "derived": link.derived, "evidence": link.evidence,
        "prose": { "percent_of_a": link.prose.0, "percent_of_b": link.prose.1 },
        "quotations": { "percent_of_a": link.quotations.0, "percent_of_b": link.quotations.1 },
        "n_passages": link.n_passages, "n_replacements": link.n_replacements,
    }))
}

/// An object without the fields that hold nothing.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into(),
        other => other,
    }
}
