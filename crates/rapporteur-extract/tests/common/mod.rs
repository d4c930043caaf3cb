//! Parses that the tests of this crate are run on.

use rapporteur_text::{Document, EntityTag, TokenAnnotation};
use serde_json::Value;
use std::collections::HashMap;

/// The kept parses by their texts.
pub(crate) fn parses() -> HashMap<String, Document> {
    include_str!("../parses.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).map(document).collect()
}

pub(crate) fn document(parse: Value) -> (String, Document) {
    let text = parse["text"].as_str().unwrap().to_string();
    let mut builder = Document::builder(&text);
    for row in parse["tokens"].as_array().unwrap() {
        let column = |n: usize| row[n].as_str().unwrap();
        builder.push(TokenAnnotation {
            text: column(0),
            whitespace: column(1) == " ",
            norm: column(2),
            tag: column(3),
            pos: column(4),
            morph: column(5),
            lemma: column(6),
            dep: column(7),
            head: usize::try_from(row[8].as_u64().unwrap()).unwrap(),
            is_sentence_start: row[9] == 1,
            entity_tag: match column(10) {
                "B" => EntityTag::Begin,
                "I" => EntityTag::Inside,
                _ => EntityTag::Outside,
            },
            entity_type: column(11),
        });
    }
    let doc = builder.finish().unwrap();
    (text, doc)
}
