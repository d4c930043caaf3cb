//! What of a case fits a budget and is most useful: the same case, query and budget give the same pack.

use crate::arguments::{ContextPack, Unit, text, within};
use crate::refusal::Refusal;
use crate::shapes::{item, paragraph};
use crate::told::{Told, told};
use rapporteur_engine::case::{Case, ItemQuery, SearchError, SearchQuery};
use rapporteur_model::TargetLayer;
use serde_json::{Value, json};

const MAX_BUDGET: u32 = 400_000;
/// Bytes that count as a token. Models make fewer tokens of English, and about as many of other scripts.
const BYTES_A_TOKEN: usize = 3;
/// Candidates of each layer. The largest budget holds about as many.
const N_CANDIDATES: usize = 100;
/// Places of a candidate, so that each stance and each side has one.
const N_PLACES: usize = 24;
/// Of what several articles tell alike the words of one are enough: more items find room.
const N_QUOTES: usize = 1;

/// Puts together what fits. Both the text and the structured content keep within the budget.
pub(crate) fn context_pack(case: &Case, asked: ContextPack) -> Result<Told, Refusal> {
    let budget = within("budget", Some(asked.budget), 0, 1, MAX_BUDGET)?;
    let unit = asked.unit.unwrap_or_default();
    let query = text("query", asked.query)?;
    let candidates = match &query {
        Some(line) => found(case, line)?,
        None => state_of_play(case)?,
    };
    let summary = case.summary()?;
    let pack = |items: &[&Value]| {
        told(json!({
            "query": query,
            "n_articles": summary.n_articles,
            "n_origins": summary.n_origins,
            "n_left_out": candidates.len() - items.len(),
            "items": items,
        }))
    };
    let mut packed = pack(&[]);
    let needed = size(&packed, unit);
    if needed > budget {
        let hint = format!("the notice alone takes {needed}; give about ten times as much");
        return Err(Refusal::new("the budget is too small", hint));
    }
    let mut items: Vec<&Value> = Vec::new();
    // How much a candidate adds does not depend on the others, but for commas and the digits of what is left out.
    let mut n_used = needed;
    for candidate in &candidates {
        let alone = size(&told(candidate.clone()), unit).saturating_sub(size(&told(Value::Null), unit));
        if n_used + alone / 2 > budget {
            continue;
        }
        items.push(candidate);
        let with_it = pack(&items);
        let n_with_it = size(&with_it, unit);
        if n_with_it <= budget {
            (packed, n_used) = (with_it, n_with_it);
        } else {
            items.pop();
        }
    }
    Ok(packed)
}

/// How large an answer is, whichever of its two forms a client hands on.
fn size(told: &Told, unit: Unit) -> usize {
    let structured = told.structured.to_string();
    let of = |text: &str| match unit {
        Unit::Characters => text.chars().count(),
        Unit::Tokens => text.len().div_ceil(BYTES_A_TOKEN),
    };
    of(&structured).max(of(&told.text))
}

/// Statements with what was searched for, then what else of the story has these words, then paragraphs that are not told by
/// the statements.
fn found(case: &Case, line: &str) -> Result<Vec<Value>, Refusal> {
    let query: SearchQuery =
        line.parse().map_err(|error: SearchError| Refusal::new(error.to_string(), error.hint()))?;
    let statements = case.search_utterances(&query, N_CANDIDATES, 0, N_PLACES)?.items;
    let (hits, _) = case.search_texts(&query, N_CANDIDATES)?;
    let is_told = |hit: &rapporteur_engine::case::TextHit| {
        let end = hit.start as usize + hit.exact.chars().count();
        let is_within = |place: &rapporteur_engine::case::ItemPlace| {
            place.article.id == hit.article.id && place.start >= hit.start && place.end as usize <= end
        };
        statements.iter().any(|statement| statement.places.iter().take(N_QUOTES).any(is_within))
    };
    let paragraphs = hits.iter().filter(|hit| !is_told(hit)).map(paragraph);
    let words: Vec<String> = query.words.iter().chain(&query.phrases).map(|words| words.to_lowercase()).collect();
    let is_of_statements = query.speaker.is_some() || query.party.is_some() || query.class.is_some();
    let mut others = Vec::new();
    if !words.is_empty() && !is_of_statements && query.from.is_none() && query.to.is_none() {
        let layers = [TargetLayer::Position, TargetLayer::Tension, TargetLayer::Timeline];
        others = in_turn(layers.map(|layer| Ok((1, first(case, layer, 0)?))))?;
        others.retain(|other| words.iter().all(|words| has(other, words)));
    }
    Ok(statements.iter().map(|one| item(one, N_QUOTES)).chain(others).chain(paragraphs).collect())
}

/// In turn two statements, what most independent origins report first, a position, a tension, and the latest of the timeline.
fn state_of_play(case: &Case) -> Result<Vec<Value>, Refusal> {
    let n_timeline = case.items(TargetLayer::Timeline, &ItemQuery::default())?.n_total;
    let mut timeline = first(case, TargetLayer::Timeline, n_timeline.saturating_sub(N_CANDIDATES))?;
    timeline.reverse();
    in_turn([
        Ok((2, first(case, TargetLayer::Utterance, 0)?)),
        Ok((1, first(case, TargetLayer::Position, 0)?)),
        Ok((1, first(case, TargetLayer::Tension, 0)?)),
        Ok((1, timeline)),
    ])
}

/// The first items of a layer, after so many that are left out.
fn first(case: &Case, layer: TargetLayer, offset: usize) -> Result<Vec<Value>, Refusal> {
    let query = ItemQuery { limit: N_CANDIDATES, offset, n_places: N_PLACES, ..ItemQuery::default() };
    Ok(case.items(layer, &query)?.items.iter().map(|one| item(one, N_QUOTES)).collect())
}

/// So many of each list, and again, until all are through.
fn in_turn<const N: usize>(lists: [Result<(usize, Vec<Value>), Refusal>; N]) -> Result<Vec<Value>, Refusal> {
    let lists = lists.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut rests: Vec<_> = lists.into_iter().map(|(n, items)| (n, items.into_iter())).collect();
    let mut all = Vec::new();
    loop {
        let before = all.len();
        for (n, rest) in &mut rests {
            all.extend(rest.by_ref().take(*n));
        }
        if all.len() == before {
            return Ok(all);
        }
    }
}

/// Whether a text of an item has words, which are in small letters.
fn has(value: &Value, words: &str) -> bool {
    match value {
        Value::String(text) => text.to_lowercase().contains(words),
        Value::Array(values) => values.iter().any(|value| has(value, words)),
        Value::Object(fields) => fields.values().any(|value| has(value, words)),
        _ => false,
    }
}
