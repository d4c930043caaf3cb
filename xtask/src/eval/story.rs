//! The story of `rapporteur read --json`, and the scorer's formats made of it.

use super::reading::{Reading, Span, StoryActor};
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The story; what older versions do not print is empty.
#[derive(Debug, Deserialize)]
pub(super) struct Story {
    pub(super) actors: Vec<StoryActor>,
    #[serde(default)]
    utterances: Vec<Utterance>,
    #[serde(default)]
    happenings: Vec<Happening>,
    #[serde(default)]
    positions: Vec<Position>,
    #[serde(default)]
    timeline: Vec<TimelineEntry>,
    #[serde(default)]
    tensions: Vec<Tension>,
}

/// Reports of one act of speech.
#[derive(Debug, Deserialize)]
struct Utterance {
    id: String,
    /// Ids of statements.
    reports: Vec<String>,
}

/// Reports of one event.
#[derive(Debug, Deserialize)]
struct Happening {
    id: String,
    reports: Vec<EventRef>,
}

/// An event of one article.
#[derive(Debug, Deserialize)]
struct EventRef {
    article: String,
    /// Index into the record's events.
    event: usize,
}

/// What a party holds on an issue.
#[derive(Debug, Deserialize)]
struct Position {
    party: String,
    issue: String,
    stances: Vec<PositionStance>,
}

#[derive(Debug, Deserialize)]
struct PositionStance {
    kind: String,
    reports: Vec<StanceRef>,
}

/// A stance of one article.
#[derive(Debug, Deserialize)]
struct StanceRef {
    article: String,
    /// Index into the record's stances.
    stance: usize,
}

#[derive(Debug, Deserialize)]
struct TimelineEntry {
    value: String,
    places: Vec<Place>,
}

#[derive(Debug, Deserialize)]
struct Tension {
    sides: Vec<Side>,
}

#[derive(Debug, Deserialize)]
struct Side {
    places: Vec<Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    article: String,
    span: Span,
}

/// The story of the seeds in the scorer's formats.
pub(super) struct Rows<'r> {
    reading: &'r Reading,
    /// By the id of the article: its document, and its position in the reading.
    docs: HashMap<&'r str, (&'r str, usize)>,
}

impl<'r> Rows<'r> {
    /// `docs` are the documents of the articles, in their order.
    pub(super) fn new(reading: &'r Reading, docs: &'r [String]) -> Self {
        let ids = reading.articles.iter().map(|article| article.id.as_str());
        let docs = ids.zip(docs.iter().map(String::as_str).zip(0..)).collect();
        Rows { reading, docs }
    }

    fn doc(&self, article: &str) -> Result<(&'r str, usize)> {
        self.docs.get(article).copied().with_context(|| format!("no article {article}"))
    }

    fn evidence(&self, places: &[Place]) -> Result<Vec<Value>> {
        places.iter().map(|place| Ok(evidence(self.doc(&place.article)?.0, &place.span))).collect()
    }

    /// Which statements report one act of speech.
    pub(super) fn utterances(&self) -> Vec<Value> {
        let utterances = self.reading.story.utterances.iter();
        utterances.map(|utterance| json!({ "id": utterance.id, "statements": utterance.reports })).collect()
    }

    /// Which events are one; their ids are those of [`super::events::seeds_events`].
    pub(super) fn happenings(&self) -> Result<Vec<Value>> {
        let row = |happening: &Happening| {
            let id = |report: &EventRef| Ok(format!("{}/e{}", self.doc(&report.article)?.0, report.event));
            let ids = happening.reports.iter().map(id).collect::<Result<Vec<_>>>()?;
            Ok(json!({ "id": happening.id, "events": ids }))
        };
        self.reading.story.happenings.iter().map(row).collect()
    }

    /// One line for each party, issue and kind of stance, with all its evidence. A state is named by its code beside
    /// its id.
    pub(super) fn positions(&self) -> Result<Vec<Value>> {
        let mut rows = Vec::new();
        for position in &self.reading.story.positions {
            let party = self.reading.story.actors.iter().find(|actor| actor.id == position.party);
            let code = party.and_then(|actor| actor.entity_key.as_ref());
            let parties: Vec<&String> = code.into_iter().chain([&position.party]).collect();
            for stance in &position.stances {
                let place = |report: &StanceRef| {
                    let (doc, idx) = self.doc(&report.article)?;
                    let stance = self.reading.records[idx].stances.get(report.stance);
                    Ok(evidence(doc, &stance.context("a position has a stance that is not there")?.evidence))
                };
                // The scorer's names.
                let kind = match stance.kind.as_str() {
                    "openness" => "concession-openness".to_string(),
                    kind => kind.replace('-', " "),
                };
                rows.push(json!({
                    "parties": parties,
                    "issue": position.issue,
                    "stance": kind,
                    "evidence": stance.reports.iter().map(place).collect::<Result<Vec<_>>>()?,
                }));
            }
        }
        Ok(rows)
    }

    pub(super) fn timeline(&self) -> Result<Vec<Value>> {
        let entries = self.reading.story.timeline.iter();
        entries.map(|entry| Ok(json!({ "value": entry.value, "evidence": self.evidence(&entry.places)? }))).collect()
    }

    pub(super) fn tensions(&self) -> Result<Vec<Value>> {
        let row = |tension: &Tension| {
            let sides = tension.sides.iter().map(|side| self.evidence(&side.places)).collect::<Result<Vec<_>>>()?;
            Ok(json!({ "evidence": sides.concat() }))
        };
        self.reading.story.tensions.iter().map(row).collect()
    }
}

fn evidence(doc: &str, span: &Span) -> Value {
    json!({ "doc": doc, "start": span.start, "end": span.end })
}
