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

/// 64-bit FNV-1a of an annotation's columns, as `scripts/text_fixtures.py` hashes spaCy's.
fn hash(rows: &Value) -> u64 {
    let column = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_string);
    let row = |row: &Value| row.as_array().expect("a row").iter().map(column).collect::<Vec<_>>().join("\x1f") + "\x1e";
    let joined: String = rows.as_array().expect("rows").iter().map(row).collect();
    joined.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Texts on which the parser holds more tokens than the runtime remembers rows of.
#[test]
fn deep_stacks_are_parsed_as_by_spacy() {
    let Some(pipeline) = pipeline("deep_stacks_are_parsed_as_by_spacy") else { return };
    for line in include_str!("fixtures/long.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [piece, times, n_tokens, expected] = fields.as_slice() else { panic!("{line:?}") };
        let doc = pipeline.annotate(&piece.repeat(times.parse().expect("a number")));
        assert_eq!(doc.len().to_string(), *n_tokens, "{piece:?}");
        assert_eq!(format!("{:016x}", hash(&rows(&doc))), *expected, "{piece:?} × {times}");
    }
}
