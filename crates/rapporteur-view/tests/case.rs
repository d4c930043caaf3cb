//! Questions to a case and their answers, as text and as JSON.

#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod common;

use rapporteur_model::{Instant, Reading, TargetLayer};
use rapporteur_store::{Case, Incoming, ItemQuery, KeepBytes, RunKind, Telling};
use rapporteur_view::Style;
use rapporteur_view::case::{Question, ask, to_json, to_text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A case with a reading in it.
fn case(folder: &tempfile::TempDir, reading: &Reading) -> Case {
    let mut case = Case::open_or_create(&folder.path().join("talks.case")).unwrap();
    let run = case.begin(RunKind::Read, &Instant::new("2031-03-09T14:30:00Z"), &BTreeMap::new()).unwrap();
    let incoming = |(article, record): (&rapporteur_model::Article, &rapporteur_model::Record)| Incoming {
        article: article.clone(),
        original: article.text.clone().into_bytes().into(),
        record: record.clone(),
    };
    let incoming: Vec<Incoming> = reading.articles.iter().zip(&reading.records).map(incoming).collect();
    case.add(run, &incoming, KeepBytes::Yes).unwrap();
    let telling = Telling {
        articles: &reading.articles,
        records: &reading.records,
        story: &reading.story,
        corrected: &Default::default(),
        rejections: &Default::default(),
    };
    case.tell(run, &telling).unwrap();
    case.end(run, &Instant::new("2031-03-09T14:30:01Z"), &BTreeMap::new()).unwrap();
    case
}

fn questions() -> Vec<Question> {
    let all = || ItemQuery { limit: 100, ..ItemQuery::default() };
    let layers = TargetLayer::OF_STORY.into_iter().map(|layer| Question::Items(layer, all()));
    let mut questions = vec![
        Question::Brief,
        Question::Sources { article: None, limit: 100 },
        Question::Search { query: "trade class:refusal".parse().unwrap(), limit: 10 },
        Question::Search { query: "trade".parse().unwrap(), limit: 10 },
        Question::Changes(Some(0)),
        Question::Corrections { is_orphaned: false },
        Question::Runs,
        Question::Check,
    ];
    questions.extend(layers);
    questions
}

#[test]
fn every_place_of_every_item_is_the_words_of_its_article() {
    let (folder, reading) = (tempfile::tempdir().unwrap(), common::reading());
    let case = case(&folder, &reading);
    let mut n_places = 0;
    for layer in TargetLayer::OF_STORY.into_iter() {
        let query = ItemQuery { limit: 1_000, n_places: 100, ..ItemQuery::default() };
        for item in case.items(layer, &query).unwrap().items {
            for place in &item.places {
                let article = reading.articles.iter().find(|article| article.id.as_str() == place.article.id).unwrap();
                let words: String =
                    article.text.chars().skip(place.start as usize).take((place.end - place.start) as usize).collect();
                assert_eq!(words, place.exact);
                let before = article.text.char_indices().nth(place.start as usize).map_or(0, |(at, _)| at);
                let span = rapporteur_model::Span::new(before, before + words.len());
                assert_eq!(article.paragraph_number(span), Some(place.paragraph), "{words}");
                n_places += 1;
            }
        }
    }
    assert!(n_places > 10, "{n_places}");
}

#[test]
fn each_layer_has_the_items_of_the_story() {
    let (folder, reading) = (tempfile::tempdir().unwrap(), common::reading());
    let (case, story) = (case(&folder, &reading), &reading.story);
    let ids = |layer| -> BTreeSet<String> {
        let query = ItemQuery { limit: 1_000, ..ItemQuery::default() };
        case.items(layer, &query).unwrap().items.into_iter().map(|item| item.id).collect()
    };
    assert_eq!(ids(TargetLayer::Actor), story.actors.iter().map(|actor| actor.id.to_string()).collect());
    assert_eq!(ids(TargetLayer::Utterance), story.utterances.iter().map(|said| said.id.to_string()).collect());
    assert_eq!(ids(TargetLayer::Happening), story.happenings.iter().map(|done| done.id.to_string()).collect());
    assert_eq!(ids(TargetLayer::Issue), story.issues.iter().map(|issue| issue.id.to_string()).collect());
    assert_eq!(ids(TargetLayer::Position), story.positions.iter().map(|position| position.id()).collect());
    assert_eq!(ids(TargetLayer::Timeline), story.timeline.iter().map(|entry| entry.id()).collect());
    assert_eq!(ids(TargetLayer::Tension), story.tensions.iter().map(|tension| tension.id.to_string()).collect());
}

#[test]
fn the_documentation_names_the_fields_of_answers() {
    let documentation = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/CASE.md");
    let documentation = std::fs::read_to_string(documentation).unwrap();
    let section = documentation.split("## Answers").nth(1).unwrap().split("## Views").next().unwrap();
    let (folder, reading) = (tempfile::tempdir().unwrap(), common::reading());
    let case = case(&folder, &reading);
    for question in questions() {
        let json: Value = serde_json::from_str(&to_json(&ask(&case, &question).unwrap()).unwrap()).unwrap();
        let name = json["question"].as_str().unwrap();
        assert!(documentation.contains(&format!("`{name}`")) || question_is_of_layer(&question), "{name}");
        let kind = if json["answer"].get("items").is_some() { "list" } else { name };
        for (field, value) in json["answer"].as_object().unwrap() {
            let path = format!("`{kind}.{field}");
            assert!(section.contains(&format!("{path}`")) || section.contains(&format!("{path}[]`")), "{path}");
            for item in value.get("items").unwrap_or(value).as_array().into_iter().flatten() {
                for inner in item.as_object().into_iter().flatten().map(|(inner, _)| inner) {
                    assert!(
                        section.contains(&format!("`item.{inner}")) || section.contains(&format!("`{inner}`")),
                        "{inner}"
                    );
                }
            }
        }
    }
}

fn question_is_of_layer(question: &Question) -> bool {
    matches!(question, Question::Items(..))
}

#[test]
fn hostile_words_are_shown_and_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder, &common::hostile());
    for question in questions() {
        let answer = ask(&case, &question).unwrap();
        let text = to_text(&answer, Style { width: 60, color: false });
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        serde_json::from_str::<Value>(&to_json(&answer).unwrap()).unwrap();
    }
}

#[test]
fn an_answer_reads_as_a_person_would_expect() {
    let (folder, reading) = (tempfile::tempdir().unwrap(), common::reading());
    let case = case(&folder, &reading);
    let text = |question: &Question| to_text(&ask(&case, question).unwrap(), Style { width: 80, color: false });
    let brief = text(&Question::Brief);
    assert!(brief.starts_with("3 articles with"), "{brief}");
    assert!(brief.contains("independent origin"), "{brief}");
    let first = &reading.story.utterances[0];
    let shown = text(&Question::Show(first.id.to_string()));
    assert!(shown.contains(&first.id.to_string()), "{shown}");
    assert_eq!(text(&Question::Check), "the case is whole\n");
    assert_eq!(text(&Question::Show("nobody".to_string())), "nothing in the case has this id\n");
}
