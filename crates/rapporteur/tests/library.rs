//! The library as a program would use it, on the example coverage. Needs the language model.

#[path = "../examples/positions.rs"]
#[expect(dead_code, reason = "its `main` is for the command line")]
mod positions;

use rapporteur::export::TableFormat;
use rapporteur::export::tables::Table;
use rapporteur::verify::Verdict;
use rapporteur::{
    Case, Draft, Export, Input, ItemQuery, Options, Question, SqlLimits, TargetLayer, language_model, view,
};
use std::path::{Path, PathBuf};

/// Where `RAPPORTEUR_MODEL` names no language model, the test says so and ends.
fn options(test: &str) -> Option<Options> {
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let is_there = |status| !matches!(status, language_model::Status::Missing { .. });
    if named.is_none() && !language_model::status(None).is_ok_and(is_there) {
        println!("skipped: {test} (no language model)");
        return None;
    }
    Some(Options { model: named, ..Options::default() })
}

fn coverage() -> Vec<Input> {
    vec![(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/coverage")).into()]
}

#[test]
fn the_example_tells_positions_with_their_words() {
    let Some(options) = options("the_example_tells_positions_with_their_words") else { return };
    let told = positions::positions(&coverage(), &options).unwrap();
    assert!(told.contains("Karsk on customs and inspections of goods: demand\n  "), "{told}");
    assert!(told.lines().filter(|line| line.starts_with("  ") && line.ends_with('”')).count() > 10, "{told}");
}

#[test]
fn a_case_is_read_asked_corrected_and_exported() {
    let Some(options) = options("a_case_is_read_asked_corrected_and_exported") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.case");
    assert!(Case::open(&path).unwrap_err().hint().is_some());
    let (mut case, done) = Case::read(&path, &coverage(), &options).unwrap();
    assert_eq!((done.n_added, done.n_articles), (5, 5));
    assert_eq!(case.add(&coverage(), &options).unwrap().n_added, 0);

    // A reading of the same articles has the same acts of speech.
    let reading = rapporteur::read(&coverage(), &options).unwrap();
    let utterances = case.items(TargetLayer::Utterance, &ItemQuery::first(1_000)).unwrap();
    assert_eq!(utterances.n_total, reading.story.utterances.len());
    assert_eq!(case.reading(&options).unwrap().story.utterances.len(), utterances.n_total);
    assert!(view::reading_json(&reading).unwrap().starts_with("{\n  \"format\": \"rapporteur.reading\""));

    let counted = case.sql("SELECT count(*) AS n FROM utterance", SqlLimits::default()).unwrap();
    assert_eq!(counted.rows, [[rapporteur::Cell::Integer(utterances.n_total as i64)]]);
    assert!(case.sql("DELETE FROM utterance", SqlLimits::default()).unwrap_err().hint().is_some());

    let id = utterances.items[0].id.clone();
    case.correct(&Draft::Reject(id.clone()), "ana", Some("a test"), &options).unwrap();
    assert_eq!(case.items(TargetLayer::Utterance, &ItemQuery::first(1)).unwrap().n_total, utterances.n_total - 1);
    let log = case.ask(&Question::Corrections { is_orphaned: false }).unwrap();
    assert!(view::answer_json(&log).unwrap().contains(&id));

    let mut csv = Vec::new();
    let table = Export::Table(Table::named("utterance").unwrap(), TableFormat::Csv);
    assert_eq!(case.export(table, &mut csv).unwrap(), utterances.n_total - 1);
    assert!(csv.starts_with(b"id,speaker,"));
}

#[test]
fn a_text_is_held_against_a_pile() {
    let Some(options) = options("a_text_is_held_against_a_pile") else { return };
    let (case, _) = Case::of_pile(&coverage(), &options).unwrap();
    let text = "Tellin said: “The door is open, and it will stay open on Thursday”. Tellin said: “The door is shut”.";
    let text = Input::Bytes { name: "draft.txt".to_string(), bytes: text.as_bytes().to_vec() };
    let (verified, skipped) = case.verify(&[text], &options).unwrap();
    let verdicts: Vec<Verdict> = verified[0].checks.iter().map(|check| check.verdict).collect();
    assert_eq!(verdicts, [Verdict::Verbatim, Verdict::Altered]);
    assert!(skipped.is_empty());
    let path = case.path().to_path_buf();
    drop(case);
    assert!(!path.exists(), "a case of a pile is gone with its value");
}

#[test]
fn the_readme_has_the_example_that_is_compiled() {
    let documented = include_str!("../src/lib.rs").lines().map_while(|line| line.strip_prefix("//!"));
    let code: Vec<&str> = documented.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let start = code.iter().position(|line| line.starts_with("```no_run")).unwrap() + 1;
    let end = start + code[start..].iter().position(|line| *line == "```").unwrap();
    let readme = include_str!("../../../README.md");
    assert!(end > start && readme.contains(&format!("```rust\n{}\n```", code[start..end].join("\n"))));
}
