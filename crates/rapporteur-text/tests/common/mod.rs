//! What the tests share: the language model, and annotations as rows.

use rapporteur_text::{Document, Pipeline};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::OnceLock;

/// The folder of the language model, which `cargo xtask test` names; without it a test says that it
/// does not run.
pub(crate) fn model_folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {test} (no RAPPORTEUR_MODEL)");
    }
    folder
}

/// The language model.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn pipeline(test: &str) -> Option<&'static Pipeline> {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let folder = model_folder(test)?;
    Some(PIPELINE.get_or_init(|| Pipeline::load(folder).expect("the installed model loads")))
}

/// The annotation in the twelve columns of `rapporteur parse`.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn rows(doc: &Document) -> Value {
    let row = |token: rapporteur_text::Token<'_>| {
        json!([
            token.text(),
            token.whitespace(),
            token.norm(),
            token.tag(),
            token.pos(),
            token.morph(),
            token.lemma(),
            token.dep(),
            token.head().idx(),
            u8::from(token.is_sentence_start()),
            token.entity_tag().as_str(),
            token.entity_type()
        ])
    };
    doc.tokens().map(row).collect()
}
