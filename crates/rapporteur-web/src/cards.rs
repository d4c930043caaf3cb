//! An item of the story as a card: who, what, the exact words, on what it rests, what was said of it by hand.

use crate::links;
use crate::text::plain;
use rapporteur_engine::case::{ArticleRef, Item, ItemMark, ItemPlace};
use rapporteur_model::TargetLayer;
use rapporteur_view::case::{circumstances, is_single, strings, supported, told};
use rapporteur_view::{count, independent_origins, number, on_one_line, short_list};
use serde_json::Value;

/// An item as the pages show it.
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) href: String,
    /// Names the sort of item, for the style sheet.
    pub(crate) layer: &'static str,
    /// What kind it is, as people write it, and as the style sheet does.
    pub(crate) kind: String,
    pub(crate) kind_class: String,
    pub(crate) head: String,
    /// Role, party, time, status: what stands under the head.
    pub(crate) facts: Vec<String>,
    pub(crate) groups: Vec<Group>,
    pub(crate) n_more: Option<String>,
    pub(crate) support: String,
    /// Whether it rests on one independent origin at most.
    pub(crate) is_single: bool,
    /// Articles that carry it beside those whose words are shown.
    pub(crate) carriers: Option<String>,
    /// Why several reports count as one.
    pub(crate) because: Vec<String>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) is_accepted: bool,
}

/// Words under one heading: a stance, a side, or all of an item.
pub(crate) struct Group {
    pub(crate) head: Option<String>,
    pub(crate) kind_class: String,
    pub(crate) quotes: Vec<Quote>,
    /// Conditions, in the exact words.
    pub(crate) conditions: Vec<String>,
}

/// Exact words with the place they stand at.
pub(crate) struct Quote {
    pub(crate) words: String,
    pub(crate) href: String,
    pub(crate) article: String,
    pub(crate) published: Option<String>,
    pub(crate) paragraph: usize,
}

/// What was said of an item by hand.
pub(crate) struct Mark {
    pub(crate) correction: String,
    pub(crate) text: String,
    pub(crate) author: String,
    pub(crate) at: String,
}

impl Quote {
    pub(crate) fn of(place: &ItemPlace) -> Self {
        Quote {
            words: on_one_line(&place.exact),
            href: links::words(&place.article.id, place.start, place.end),
            article: on_one_line(&place.article.name),
            published: place.article.published.clone(),
            paragraph: place.paragraph,
        }
    }
}

impl Mark {
    pub(crate) fn of(mark: &ItemMark) -> Self {
        Mark {
            correction: mark.correction.clone(),
            text: told(mark),
            author: on_one_line(&mark.author),
            at: mark.at.get(..10).unwrap_or(&mark.at).to_string(),
        }
    }
}

impl Card {
    /// With at most so many quotes in each group.
    pub(crate) fn of(item: &Item, n_quotes: usize) -> Self {
        let kind = item.kind.clone().unwrap_or_default();
        let groups = groups(item, n_quotes);
        let n_shown: usize = groups.iter().map(|group| group.quotes.len()).sum();
        let shown: Vec<&str> = item.places.iter().take(n_shown).map(|place| place.article.id.as_str()).collect();
        let others = item.places.iter().map(|place| &place.article).filter(|of| !shown.contains(&of.id.as_str()));
        let marks = item.marks.iter().filter(|mark| mark.act != "undo");
        Card {
            href: links::item(&item.id),
            layer: item.layer.name(),
            kind: plain(&kind),
            kind_class: kind,
            head: head(item),
            facts: facts(item),
            n_more: number(item.n_places).checked_sub(n_shown).filter(|n| *n > 0).map(|n| count(n, "more place")),
            support: supported(item),
            is_single: is_single(item),
            carriers: (item.layer != TargetLayer::Actor).then(|| names(others)).flatten(),
            because: lines(item, "because"),
            is_accepted: item.marks.iter().any(|mark| mark.act == "accept"),
            marks: marks.map(Mark::of).collect(),
            groups,
            id: item.id.clone(),
        }
    }
}

/// The names of articles, each once; `None` without any.
fn names<'a>(articles: impl Iterator<Item = &'a ArticleRef>) -> Option<String> {
    let mut names: Vec<String> = articles.map(|article| on_one_line(&article.name)).collect();
    names.dedup();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| short_list(&names))
}

/// Who says, does or holds it.
fn head(item: &Item) -> String {
    let label = || on_one_line(item.label.as_deref().unwrap_or_default());
    let actor = item.actor.as_ref().map(|actor| on_one_line(&actor.label));
    let party = item.party.as_ref().map(|party| on_one_line(&party.label));
    match item.layer {
        TargetLayer::Utterance => actor.unwrap_or_else(|| "No speaker told".to_string()),
        TargetLayer::Happening => match (actor, party) {
            (Some(actor), Some(party)) => format!("{actor} → {party}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => "Nobody named".to_string(),
        },
        TargetLayer::Position => {
            let issue = item.issue.as_ref().map(|issue| on_one_line(&issue.label));
            format!("{} on {}", party.unwrap_or_default(), issue.unwrap_or_default())
        }
        TargetLayer::Timeline => item.value.as_deref().map(on_one_line).unwrap_or_default(),
        _ => label(),
    }
}

fn facts(item: &Item) -> Vec<String> {
    let mut facts = Vec::new();
    let party = item.party.as_ref().filter(|party| item.actor.as_ref().is_none_or(|actor| actor.id != party.id));
    match item.layer {
        TargetLayer::Actor => {
            facts.extend(lines(item, "roles").into_iter().take(3));
            facts.extend(party.map(|party| format!("speaks for {}", on_one_line(&party.label))));
            let aliases = lines(item, "aliases");
            let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
            facts.extend((!aliases.is_empty()).then(|| format!("also called {}", short_list(&aliases))));
        }
        TargetLayer::Utterance => {
            facts.extend(party.map(|party| format!("for {}", on_one_line(&party.label))));
            let kind = item.facts.get("kind").and_then(Value::as_str);
            facts.extend(kind.map(|kind| if kind == "act-report" { plain(kind) } else { format!("{kind} speech") }));
        }
        _ => {}
    }
    if item.layer != TargetLayer::Timeline {
        facts.extend(item.value.as_deref().map(on_one_line));
    }
    facts.extend(item.status.as_deref().map(plain));
    let text = |name: &str| item.facts.get(name).and_then(Value::as_str).map(on_one_line);
    facts.extend(text("place").map(|place| format!("in {place}")));
    facts.extend(text("forum"));
    facts.extend(item.sourcing.as_deref().map(|sourcing| match sourcing {
        "article" => "told by the article itself".to_string(),
        other => format!("{other} source"),
    }));
    facts.extend(circumstances(item));
    if item.facts.get("is_change").is_some() {
        facts.push("a change over time".to_string());
    }
    facts
}

/// The texts of a list among the facts, each on a line.
fn lines(item: &Item, name: &str) -> Vec<String> {
    strings(&item.facts, name).iter().map(|text| on_one_line(text)).collect()
}

fn groups(item: &Item, n_quotes: usize) -> Vec<Group> {
    let of_part = |part: usize| -> Vec<Quote> {
        let of_part = item.places.iter().filter(|place| number(place.part) == part);
        of_part.take(n_quotes).map(Quote::of).collect()
    };
    let list = |name: &str| item.facts.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let told = |part: &Value, what: &str| {
        let n = |name: &str| part.get(name).and_then(Value::as_i64).unwrap_or_default();
        let separator = if what.is_empty() { "" } else { ": " };
        let origins = independent_origins(n("min"), n("max"));
        format!("{what}{separator}{}, {origins}", count(number(n("n")), "article"))
    };
    match item.layer {
        TargetLayer::Position => {
            let stance = |(part, stance): (usize, &Value)| {
                let text = |name: &str| stance.get(name).and_then(Value::as_str);
                let kind = text("kind").unwrap_or_default();
                let days = match (text("first"), text("last")) {
                    (Some(first), Some(last)) => format!(", {first} to {last}"),
                    (Some(first), None) => format!(", {first}"),
                    _ => String::new(),
                };
                let conditions = stance.get("conditions").and_then(Value::as_array);
                let exact = conditions.into_iter().flatten().filter_map(|condition| condition.get("exact")?.as_str());
                Group {
                    head: Some(told(stance, &format!("{}{days}", plain(kind)))),
                    kind_class: kind.to_string(),
                    quotes: of_part(part),
                    conditions: exact.map(on_one_line).collect(),
                }
            };
            list("stances").iter().enumerate().map(stance).collect()
        }
        TargetLayer::Tension => {
            let side = |(part, side): (usize, &Value)| Group {
                head: Some(told(side, &on_one_line(side.get("value").and_then(Value::as_str).unwrap_or_default()))),
                kind_class: String::new(),
                quotes: of_part(part),
                conditions: Vec::new(),
            };
            list("sides").iter().enumerate().map(side).collect()
        }
        _ => {
            let quotes = item.places.iter().take(n_quotes).map(Quote::of).collect();
            vec![Group { head: None, kind_class: String::new(), quotes, conditions: Vec::new() }]
        }
    }
}
