//! The lines of items, places and corrections as people read them.

use crate::page::{Emphasis, Page, cut};
use crate::visible::on_one_line;
use crate::wording::{count, independent_origins, number, origins, short_list};
use rapporteur_model::{Correction, CorrectionAct, Target, TargetLayer};
use rapporteur_store::{Item, ItemMark, ItemPlace};
use serde_json::Value;

/// Places under an item of a list.
const N_PLACES: usize = 3;
/// Columns of quoted words in a list.
const WORDS_WIDTH: usize = 240;
/// Columns of one circumstance; its words stand in full in the article.
const CIRCUMSTANCE_WIDTH: usize = 60;

/// An item of a list: what it is, on what it rests, the words, its id.
pub(super) fn item(page: &mut Page, item: &Item) {
    page.paragraph(2, 4, &headline(item), Emphasis::Bold);
    support(page, item);
    match item.layer {
        TargetLayer::Position => stances(page, item, N_PLACES),
        TargetLayer::Tension => sides(page, item, N_PLACES),
        TargetLayer::Actor => {}
        _ => places(page, &item.places.iter().take(1).collect::<Vec<_>>()),
    }
    told_by(page, item);
    if item.layer != TargetLayer::Position && item.layer != TargetLayer::Tension {
        carriers(page, item);
    }
    item.marks.iter().for_each(|mark| self::mark(page, mark));
    page.paragraph(4, 6, &item.id, Emphasis::Dim);
}

/// An item with all of its words.
pub(super) fn whole_item(page: &mut Page, item: &Item) {
    page.paragraph(0, 2, &headline(item), Emphasis::Bold);
    support(page, item);
    let because = strings(&item.facts, "because");
    for (what, said) in [("also called", strings(&item.facts, "aliases")), ("one because", because)] {
        if !said.is_empty() {
            page.paragraph(4, 6, &format!("{what}: {}", on_one_line(&said.join("; "))), Emphasis::Plain);
        }
    }
    match item.layer {
        TargetLayer::Position => stances(page, item, usize::MAX),
        TargetLayer::Tension => sides(page, item, usize::MAX),
        _ => places(page, &item.places.iter().collect::<Vec<_>>()),
    }
    told_by(page, item);
    let n_more = usize::try_from(item.n_places).unwrap_or_default().saturating_sub(item.places.len());
    if n_more > 0 {
        page.paragraph(4, 6, &format!("… and {}", count(n_more, "more place")), Emphasis::Dim);
    }
    item.marks.iter().for_each(|mark| self::mark(page, mark));
    page.paragraph(4, 6, &item.id, Emphasis::Dim);
}

fn headline(item: &Item) -> String {
    let kind = item.kind.as_deref().unwrap_or_default();
    let name = |named: &Option<rapporteur_store::Named>| named.as_ref().map(|named| on_one_line(&named.label));
    let party = name(&item.party).filter(|party| name(&item.actor).as_ref() != Some(party));
    let time = item.value.as_ref().map(|value| format!(", {value}")).unwrap_or_default();
    let label = item.label.as_deref().map(on_one_line).unwrap_or_default();
    match item.layer {
        TargetLayer::Actor => {
            let roles = strings(&item.facts, "roles");
            let roles = roles.first().map(|role| format!(", {}", on_one_line(role))).unwrap_or_default();
            let party = party.map(|party| format!(" ({party})")).unwrap_or_default();
            format!("{label}{party}{roles}")
        }
        TargetLayer::Utterance => {
            let party = party.map(|party| format!(" ({party})")).unwrap_or_default();
            let status =
                item.status.as_ref().map(|status| format!(", {}", status.replace('-', " "))).unwrap_or_default();
            format!(
                "{}{party}: {kind}{status}{time}",
                name(&item.actor).unwrap_or_else(|| "no speaker told".to_string())
            )
        }
        TargetLayer::Happening => {
            let to = party.map(|party| format!(" → {party}")).unwrap_or_default();
            let who = name(&item.actor).map(|actor| format!(": {actor}{to}")).unwrap_or_default();
            format!("{kind}{who}, {}{time}", item.status.as_deref().unwrap_or("happened"))
        }
        TargetLayer::Issue => format!("{label}: {kind}"),
        TargetLayer::Position => {
            format!("{} on {}", party.unwrap_or_default(), name(&item.issue).unwrap_or_default())
        }
        TargetLayer::Timeline => {
            let status = item.status.as_ref().map(|status| format!(", {status}")).unwrap_or_default();
            format!("{}  {kind}{status}", item.value.as_deref().unwrap_or_default())
        }
        _ => format!("{kind}: {label}"),
    }
}

fn told_by(page: &mut Page, item: &Item) {
    let told = circumstances(item);
    if !told.is_empty() {
        page.paragraph(4, 6, &told.join(", "), Emphasis::Plain);
    }
}

/// By whom, to whom, where and when something was said, in the words of the article that tells it best: "as “Deputy Foreign
/// Minister Alexei Voryabin”", "to “reporters”", "in a statement".
pub fn circumstances(item: &Item) -> Vec<String> {
    let words = |name: &str| {
        let words = on_one_line(item.facts.get(name)?.get("exact")?.as_str()?);
        (!words.is_empty()).then(|| cut(&words, CIRCUMSTANCE_WIDTH))
    };
    let is_within = |name: &str, others: [&str; 2]| {
        let at = |name: &str, end: &str| item.facts.get(name)?.get(end)?.as_i64();
        let (start, end) = (at(name, "start"), at(name, "end"));
        others.iter().any(|other| {
            let (first, last) = (at(other, "start"), at(other, "end"));
            first.is_some() && first <= start && end <= last
        })
    };
    let mut told: Vec<String> = Vec::new();
    told.extend(words("source").map(|words| format!("as “{words}”")));
    told.extend(words("addressee").map(|words| format!("to “{words}”")));
    told.extend(words("when").filter(|_| !is_within("when", ["medium", "occasion"])).map(|words| format!("“{words}”")));
    told.extend(["occasion", "medium"].into_iter().filter_map(words).map(|words| format!("“{words}”")));
    told.extend(words("relay").map(|words| format!("via “{words}”")));
    told
}

fn support(page: &mut Page, item: &Item) {
    let warning = if is_single(item) { " (!)" } else { "" };
    page.paragraph(4, 6, &format!("{}{warning}", supported(item)), Emphasis::Plain);
}

/// On how many articles and independent origins an item rests; of an actor how much it says.
pub fn supported(item: &Item) -> String {
    let articles = count(number(item.n_articles), "article");
    let (min, max) = item.n_origins;
    match item.layer {
        TargetLayer::Actor => {
            format!("{}, {}, {articles}", count(number(min), "statement"), count(number(max), "mention"))
        }
        TargetLayer::Issue | TargetLayer::Tension => articles,
        _ => format!("{articles}, {}", independent_origins(min, max)),
    }
}

/// Whether an item may rest on one independent origin alone; of some layers origins are not counted.
pub fn is_single(item: &Item) -> bool {
    !matches!(item.layer, TargetLayer::Actor | TargetLayer::Issue | TargetLayer::Tension) && item.n_origins.0 <= 1
}

/// The stances of a position, each with its words.
fn stances(page: &mut Page, item: &Item, n_places: usize) {
    let stances = item.facts.get("stances").and_then(Value::as_array);
    for (part, stance) in stances.into_iter().flatten().enumerate() {
        let text = |name: &str| stance.get(name).and_then(Value::as_str);
        let number = |name: &str| stance.get(name).and_then(Value::as_i64).unwrap_or_default();
        let time = match (text("first"), text("last")) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            (Some(first), None) => format!(", {first}"),
            _ => String::new(),
        };
        let articles = count(usize::try_from(number("n")).unwrap_or_default(), "article");
        let line = format!(
            "{}{time}: {articles}, {}",
            text("kind").unwrap_or_default(),
            origins(number("min"), number("max"))
        );
        page.paragraph(4, 6, &line, Emphasis::Plain);
        places(page, &of_part(item, part, n_places));
        for condition in stance.get("conditions").and_then(Value::as_array).into_iter().flatten() {
            if let Some(words) = condition.get("exact").and_then(Value::as_str) {
                page.paragraph(6, 8, &format!("on condition: {}", on_one_line(words)), Emphasis::Plain);
            }
        }
    }
    for change in item.facts.get("changes").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| change.get(name).and_then(Value::as_str).unwrap_or_default();
        let line = format!("changed from {} to {}, {}", text("from"), text("to"), text("time"));
        page.paragraph(4, 6, &line, Emphasis::Plain);
    }
}

/// The sides of a tension, each with its words.
fn sides(page: &mut Page, item: &Item, n_places: usize) {
    let sides = item.facts.get("sides").and_then(Value::as_array);
    for (part, side) in sides.into_iter().flatten().enumerate() {
        let number = |name: &str| side.get(name).and_then(Value::as_i64).unwrap_or_default();
        let value = side.get("value").and_then(Value::as_str).unwrap_or_default();
        let articles = count(usize::try_from(number("n")).unwrap_or_default(), "article");
        let value = if value.is_empty() { String::new() } else { format!("{}: ", on_one_line(value)) };
        page.paragraph(4, 6, &format!("{value}{articles}, {}", origins(number("min"), number("max"))), Emphasis::Plain);
        places(page, &of_part(item, part, n_places));
    }
}

fn of_part(item: &Item, part: usize, n_places: usize) -> Vec<&ItemPlace> {
    let of_part = item.places.iter().filter(|place| usize::try_from(place.part).is_ok_and(|of| of == part));
    of_part.take(n_places).collect()
}

/// Words with the article and the paragraph they stand in.
pub(super) fn places(page: &mut Page, places: &[&ItemPlace]) {
    for place in places {
        let words = cut(&on_one_line(&place.exact), WORDS_WIDTH);
        page.paragraph(
            6,
            8,
            &format!("“{words}”  [{} ¶{}]", on_one_line(&place.article.name), place.paragraph),
            Emphasis::Plain,
        );
    }
}

/// The articles beside the one whose words are shown.
fn carriers(page: &mut Page, item: &Item) {
    let mut names: Vec<String> = item.places.iter().map(|place| on_one_line(&place.article.name)).collect();
    names.dedup();
    let more = names.iter().skip(1).map(String::as_str).collect::<Vec<_>>();
    if !more.is_empty() && item.layer != TargetLayer::Actor {
        page.paragraph(6, 8, &format!("also in {}", short_list(&more)), Emphasis::Dim);
    }
}

/// A correction under the item that bears it.
pub(super) fn mark(page: &mut Page, mark: &ItemMark) {
    let told = told(mark);
    page.paragraph(4, 6, &format!("✎ {told} ({}, {})", on_one_line(&mark.author), mark.at), Emphasis::Color(36));
}

/// What a correction on an item does, in words.
pub fn told(mark: &ItemMark) -> String {
    serde_json::from_str::<Correction>(&mark.body).map_or_else(|_| mark.act.clone(), |entry| act(&entry))
}

/// What a correction does, in words.
pub fn act(entry: &Correction) -> String {
    let label = |target: &Target| format!("“{}”", cut(&on_one_line(&target.label), 80));
    let speaker = |speaker: &Option<Target>| speaker.as_ref().map_or_else(|| "nobody".to_string(), label);
    let told = match &entry.act {
        CorrectionAct::Merge { targets } => {
            format!("one: {}", targets.iter().map(label).collect::<Vec<_>>().join(", "))
        }
        CorrectionAct::Split { target } => {
            format!("two: {}, apart in {}", label(target), count(target.places.len(), "place"))
        }
        CorrectionAct::Rename { target, name } => format!("{} is called “{}”", label(target), on_one_line(name)),
        CorrectionAct::Attribute { target, speaker: who } => format!("{} is said by {}", label(target), speaker(who)),
        CorrectionAct::Reject { target } => format!("rejected: {}", label(target)),
        CorrectionAct::Accept { target } => format!("accepted: {}", label(target)),
        CorrectionAct::Note { text, .. } => format!("note: {}", on_one_line(text)),
        CorrectionAct::Tag { tag, .. } => format!("tag: {}", on_one_line(tag)),
        CorrectionAct::Rate { target, reliability, credibility } => {
            let reliability = reliability.map(|reliability| format!("reliability {reliability:?}"));
            let credibility = credibility.map(|credibility| format!("credibility {}", u8::from(credibility)));
            let rated = reliability.into_iter().chain(credibility).collect::<Vec<_>>().join(", ");
            format!("{rated}: {}", label(target))
        }
        CorrectionAct::Add { words, speaker: who, class } => {
            format!("added: {} of {}: “{}”", class.name(), speaker(who), cut(&on_one_line(&words.exact), 80))
        }
        CorrectionAct::Undo { correction } => format!("undone: {correction}"),
    };
    match &entry.reason {
        Some(reason) => format!("{told}, because {}", on_one_line(reason)),
        None => told,
    }
}

/// The texts of a list among the facts of an item.
pub fn strings(facts: &serde_json::Map<String, Value>, name: &str) -> Vec<String> {
    let list = facts.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_string).collect()
}
