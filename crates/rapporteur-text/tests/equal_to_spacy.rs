//! Is the annotation spaCy's, token for token? The fixture holds hostile texts with the annotation
//! that spaCy gave them (`scripts/text_fixtures.py`); `cargo xtask eval` compares real documents.

mod common;

use common::{pipeline, rows};
use serde_json::{Value, json};

fn fixture() -> Vec<Value> {
    let lines = include_str!("fixtures/adversarial.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("the fixture is JSON")).collect()
}

fn text(case: &Value) -> &str {
    case["text"].as_str().expect("a case has a text")
}

#[test]
fn annotation_equals_spacys() {
    let Some(pipeline) = pipeline("annotation_equals_spacys") else { return };
    for case in fixture() {
        let doc = pipeline.annotate(text(&case));
        assert_eq!(rows(&doc), case["tokens"], "{:?}", text(&case));
        let chunks: Value = doc.noun_chunks().map(|chunk| json!([chunk.start(), chunk.end()])).collect();
        assert_eq!(chunks, case["noun_chunks"], "{:?}", text(&case));
    }
}

#[test]
fn forced_sentence_starts_act_as_in_spacy() {
    let Some(pipeline) = pipeline("forced_sentence_starts_act_as_in_spacy") else { return };
    for case in fixture() {
        let starts = case["starts"].as_array().expect("a case has starts");
        let doc = pipeline.annotate_with_starts(text(&case), |offset| starts.contains(&json!(offset)));
        assert_eq!(rows(&doc), case["tokens_with_starts"], "{:?}", text(&case));
    }
}
