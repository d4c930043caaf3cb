//! Events and stances of `rapporteur read --json`, and the scorer's formats made of them.

use super::pile::Text;
use super::reading::{Reading, Span};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::Path;

#[derive(Debug, Deserialize)]
pub(super) struct Predication {
    trigger: Span,
    sources: Vec<Argument>,
    targets: Vec<Argument>,
    status: String,
}

#[derive(Debug, Deserialize)]
struct Argument {
    span: Span,
    story_actor: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    /// Index into the record's predications.
    predication: usize,
    r#type: String,
    coded: String,
    quad: u8,
}

#[derive(Debug, Deserialize)]
pub(super) struct Stance {
    pub(super) evidence: Span,
}

impl Predication {
    /// Every span that is checked against the text.
    pub(super) fn spans(&self) -> impl Iterator<Item = &Span> {
        let arguments = self.sources.iter().chain(&self.targets).map(|argument| &argument.span);
        std::iter::once(&self.trigger).chain(arguments)
    }
}

/// A sentence with one source and one target marked.
#[derive(Debug, Deserialize)]
struct MarkedRow {
    id: String,
    sentence: String,
    marked: String,
}

/// A marked sentence: its text, and where the source and the target stand, in Unicode code points.
#[derive(Debug)]
pub(super) struct Marked {
    pub(super) text: Text,
    source: Range<usize>,
    target: Range<usize>,
}

/// Reads a set of marked sentences: JSON Lines, compressed with gzip.
pub(super) fn read_marked(path: &Path) -> Result<Vec<Marked>> {
    let read = || -> Result<Vec<Marked>> {
        let lines = BufReader::new(flate2::read::GzDecoder::new(File::open(path)?)).lines();
        lines.map(|line| marked(serde_json::from_str(&line?)?)).collect()
    };
    read().with_context(|| format!("cannot read {}", path.display()))
}

fn marked(row: MarkedRow) -> Result<Marked> {
    let (mut text, mut marks) = (String::new(), HashMap::new());
    let (mut rest, mut n_chars) = (row.marked.as_str(), 0);
    while let Some(c) = rest.chars().next() {
        let mark = ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|mark| rest.starts_with(mark));
        let len = mark.map_or(c.len_utf8(), str::len);
        match mark {
            Some(mark) => {
                marks.insert(mark, n_chars);
            }
            None => {
                text.push(c);
                n_chars += 1;
            }
        }
        rest = &rest[len..];
    }
    ensure!(text == row.sentence, "{}: the marked sentence is another", row.id);
    let at = |mark: &str| marks.get(mark).copied().with_context(|| format!("{}: no {mark}", row.id));
    let (source, target) = (at("<s>")?..at("</s>")?, at("<t>")?..at("</t>")?);
    Ok(Marked { text: Text { id: row.id, text, dct: None, is_broad: false }, source, target })
}

/// The event between the two marked participants: of the events of a sentence the one that has most of them as its
/// own, in their roles before in any, the earliest of several.
pub(super) fn marked_prediction(reading: &Reading, article_idx: usize, marked: &Marked) -> Value {
    let record = &reading.records[article_idx];
    let fit = |event: &Event| {
        let predication = &record.predications[event.predication];
        let has = |arguments: &[Argument], range: &Range<usize>| {
            arguments.iter().any(|argument| argument.span.start < range.end && range.start < argument.span.end)
        };
        let (sources, targets) = (&predication.sources, &predication.targets);
        let in_role = usize::from(has(sources, &marked.source)) + usize::from(has(targets, &marked.target));
        let in_other = usize::from(has(targets, &marked.source)) + usize::from(has(sources, &marked.target));
        (3 * in_role + in_other, std::cmp::Reverse(predication.trigger.start))
    };
    let event = record.events.iter().max_by_key(|event| fit(event));
    // CAMEO's root 08 is one class there.
    let root = event.map(|event| match event.coded.as_str() {
        "CONCEDE" | "RETREAT" => "YIELD",
        coded => coded,
    });
    json!({ "id": marked.text.id, "root": root, "quad": event.map(|event| event.quad.to_string()) })
}

/// The events of the seeds. As in an event code, whoever takes part is also the state or organisation that he acts for.
pub(super) fn seeds_events(reading: &Reading, docs: &[String]) -> Vec<Value> {
    let by_key = |key: &str| reading.story.actors.iter().find(|actor| actor.entity_key.as_deref() == Some(key));
    let mut rows = Vec::new();
    for (doc, record) in docs.iter().zip(&reading.records) {
        for (idx, event) in record.events.iter().enumerate() {
            let predication = &record.predications[event.predication];
            let actors = |arguments: &[Argument]| -> Vec<String> {
                let affiliation = |argument: &Argument| {
                    let actor =
                        reading.story.actors.iter().find(|actor| Some(&actor.id) == argument.story_actor.as_ref());
                    Some(by_key(actor?.code.as_ref()?.affiliation.as_deref()?)?.id.clone())
                };
                let both = arguments.iter().flat_map(|argument| [argument.story_actor.clone(), affiliation(argument)]);
                both.flatten().collect()
            };
            rows.push(json!({
                "id": format!("{doc}/e{idx}"),
                "doc": doc,
                "type": event.r#type,
                "trigger": { "start": predication.trigger.start, "end": predication.trigger.end },
                "actors": actors(&predication.sources),
                "recipients": actors(&predication.targets),
                "status": predication.status,
            }));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_counted_in_code_points() {
        let row = MarkedRow {
            id: "a".into(),
            sentence: "Déjà vu: Karsk met Molv.".into(),
            marked: "Déjà vu: <s>Karsk</s> met <t>Molv</t>.".into(),
        };
        let marked = marked(row).unwrap();
        assert_eq!((marked.source, marked.target), (9..14, 19..23));
    }

    #[test]
    fn a_sentence_that_differs_from_its_marked_form_is_an_error() {
        let row = MarkedRow { id: "a".into(), sentence: "Karsk.".into(), marked: "<s>Molv</s>.".into() };
        assert!(marked(row).is_err());
    }
}
