//! What strangers may hand to a case: its file, a log of corrections, a question. Nothing panics; what is damaged is told;
//! no other words than those of the articles come out. `faults/flipped.rs` holds more of single bits.
#![allow(clippy::unwrap_used, dead_code, reason = "in tests a panic is the message")]

#[path = "faults/script.rs"]
mod script;

use rapporteur_model::{Correction, Record};
use rapporteur_store::{Case, SearchQuery, SqlLimits, SqlReader};
use rapporteur_story::{Corrections, Issues};
use rapporteur_testkit::{Fuzz, anchor, coverage, target};
use script::{Script, asked, at};
use std::time::Duration;

/// A case and its bytes.
fn small_case() -> (Script, tempfile::TempDir, Vec<u8>) {
    let (script, folder) = (Script::new(7, 6), tempfile::tempdir().unwrap());
    let path = folder.path().join("talks.case");
    script.run(&mut Case::open_or_create(&path).unwrap(), 0, |_| ()).unwrap();
    let bytes = std::fs::read(path).unwrap();
    (script, folder, bytes)
}

#[test]
fn fuzz_case_file() {
    let (script, folder, whole) = small_case();
    let path = folder.path().join("other.case");
    let words = ["CREATE TABLE x (y)", "SQLite format 3\0", "_article", "DROP", "\0\0\0\u{1}"];
    Fuzz::new("case-file", [whole]).words(&words).cases(40).hold(|bytes| {
        std::fs::write(&path, bytes).unwrap();
        if let Ok(case) = Case::open(&path) {
            let _ = case.check();
            let texts = script.texts();
            let _ = asked(&case);
            // An article that is given back is one that was put in.
            for article in case.articles().unwrap_or_default() {
                let known = texts.get(article.id.as_str());
                assert!(known.is_some_and(|known| *known == article.text), "another text comes out");
            }
        }
        let _ = Case::open_to_write(&path).map(|case| case.check());
        // What SQLite leaves beside a damaged file is not the next one's.
        for beside in ["other.case-wal", "other.case-shm", "other.case-journal"] {
            let _ = std::fs::remove_file(folder.path().join(beside));
        }
    });
}

#[test]
fn fuzz_corrections() {
    let pile: Vec<_> = coverage(7, 6).collect();
    let articles: Vec<_> = pile.iter().map(|(article, _)| article.clone()).collect();
    let (script, folder, whole) = small_case();
    drop(script);
    let path = folder.path().join("other.case");
    let first: String = articles[0].text.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let place = anchor(&articles[0], &first);
    let log: Vec<Correction> = small_log(&articles, &first);
    let lines: Vec<String> = log.iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
    let start = place.start.to_string();
    let words = [
        "\"start\":4294967295",
        "\"end\":0",
        "\"act\":",
        "\"merge\"",
        "\"split\"",
        "\"undo\"",
        "\"places\":[]",
        "\"layer\":\"actor\"",
        "null",
        "\\u0000",
        "\"id\":\"\"",
        &start,
        "\n",
        "“",
        "🕊️",
    ];
    Fuzz::new("corrections", lines.iter().cloned().chain([lines.join("\n")])).words(&words).cases(120).hold(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        let mut log: Vec<Correction> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        if log.is_empty() {
            return;
        }
        // What cannot be read is left out, and the rest is taken in.
        let mut records: Vec<Record> = pile.iter().map(|(_, record)| record.clone()).collect();
        let corrections = Corrections::resolve(&log, &articles, &records);
        corrections.correct(&mut records);
        rapporteur_story::tell_corrected(&articles, &records, Issues::builtin(), &corrections);
        std::fs::write(&path, &whole).unwrap();
        let mut case = Case::open_to_write(&path).unwrap();
        let n_before = case.corrections().unwrap().len();
        let n_new = case.append(&log).unwrap();
        let kept = case.corrections().unwrap();
        assert_eq!(kept.len(), n_before + n_new);
        log.dedup_by(|a, b| a.id == b.id);
        assert!(log.iter().all(|entry| kept.iter().any(|other| other.id == entry.id)));
        assert!(case.check().unwrap().is_empty(), "the case is damaged by a correction");
    });
}

/// An act of every sort.
fn small_log(articles: &[rapporteur_model::Article], words: &str) -> Vec<Correction> {
    use rapporteur_model::{CorrectionAct as Act, CorrectionId, StatementClass, TargetLayer};
    let of = |layer| target(layer, "x", words, &[(&articles[0], words)]);
    let acts = vec![
        Act::Note { target: of(TargetLayer::Article), text: "from the ministry's site".into() },
        Act::Tag { target: of(TargetLayer::Happening), tag: "check".into() },
        Act::Reject { target: of(TargetLayer::Utterance) },
        Act::Rename { target: of(TargetLayer::Actor), name: "the minister".into() },
        Act::Merge { targets: vec![of(TargetLayer::Actor), of(TargetLayer::Actor)] },
        Act::Undo { correction: CorrectionId::new("c1") },
        Act::Add { words: anchor(&articles[0], words), speaker: None, class: StatementClass::Speech },
    ];
    acts.into_iter().map(|act| rapporteur_store::entry("Dana", &at(), act, Some("as printed"))).collect()
}

#[test]
fn fuzz_questions() {
    let (_, folder, _) = small_case();
    let path = folder.path().join("talks.case");
    let case = Case::open(&path).unwrap();
    let mut reader = SqlReader::open(&path).unwrap();
    let seeds = [
        "SELECT party, words FROM utterance WHERE class = 'demand'",
        "SELECT count(*) FROM place JOIN article ON place.article = article.id",
        "\"the talks\" class:demand from:2031-03 to:2031-04-02 speaker:vale",
        "party:\"Karsk\" date:2031 -no (a OR b) NEAR(c d)",
    ];
    let words = [
        "SELECT ",
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) ",
        "zeroblob(1000000000)",
        "(",
        ")",
        "\"",
        "'",
        ";",
        "--",
        "/*",
        "*",
        "class:",
        "from:",
        "9999999999999999999",
        "\0",
        "_article",
        "PRAGMA ",
        "ATTACH 'x' AS y",
        "likelihood(1, 2)",
        "json('[')",
        "printf('%*d', 100000000, 1)",
    ];
    Fuzz::new("questions", seeds).words(&words).hold(|bytes| {
        let question = String::from_utf8_lossy(bytes);
        if let Ok(query) = question.parse::<SearchQuery>() {
            let _ = (case.search_utterances(&query, 10, 0, 1), case.search_texts(&query, 10));
        }
        let limits = SqlLimits { time: Duration::from_millis(300), rows: 1_000, bytes: 1 << 20 };
        if let Ok(table) = reader.table(&question, limits) {
            assert!(table.rows.len() <= 1_000);
        }
    });
    assert!(case.check().unwrap().is_empty(), "a question changed the case");
}
