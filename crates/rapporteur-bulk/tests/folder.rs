//! A folder of millions of articles, with five of them: nothing is lost, nothing is done twice, and a case that is cut from
//! it is the case that would have read them. Needs the language model.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_bulk::tables::{ARTICLES, LINKS, ORIGINS, PASSAGES, RECORDS, SKIPPED, TABLES, Table};
use rapporteur_bulk::{Plan, cut, read, relate};
use rapporteur_columns::rows;
use rapporteur_engine::case::{Case, KeepBytes, ReadInto, read_into};
use rapporteur_engine::{Input, Options};
use rapporteur_model::{Instant, TargetLayer};
use rapporteur_testkit::model_folder;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

fn options(test: &str) -> Option<Options> {
    Some(Options { model: Some(model_folder(test)?), ..Options::default() })
}

fn coverage() -> Vec<Input> {
    vec![(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/coverage")).into()]
}

fn plan(folder: &Path, n: usize) -> Plan {
    Plan { folder: folder.to_path_buf(), n_partition: NonZeroUsize::new(n).unwrap() }
}

/// All rows of a table, a partition after the other.
fn rows_of(folder: &Path, table: &Table) -> Vec<Value> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join(table.name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        rows(File::open(file).unwrap(), |row| {
            assert!(row.names().eq(table.columns.iter().map(|column| column.name)));
            found.push(row.to_json());
            true
        })
        .unwrap();
    }
    found
}

/// The bytes of all files of a folder, by their names.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut bytes = BTreeMap::new();
    for table in TABLES {
        let Ok(files) = fs::read_dir(folder.join(table.name)) else { continue };
        for file in files {
            let path = file.unwrap().path();
            bytes.insert(format!("{}/{}", table.name, path.file_name().unwrap().display()), fs::read(&path).unwrap());
        }
    }
    bytes.insert("manifest".to_string(), fs::read(folder.join("manifest.jsonl")).unwrap());
    bytes
}

fn now() -> Instant {
    Instant::new("2024-05-01T00:00:00Z")
}

#[test]
fn tables_have_the_words_of_the_articles_with_the_model() {
    let Some(options) = options("tables_have_the_words_of_the_articles_with_the_model") else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut inputs = coverage();
    let broken = folder.path().join("broken.txt");
    fs::write(&broken, [0xff, 0xfe, 0, 0]).unwrap();
    inputs.push((&broken).into());
    inputs.push((&folder.path().join("nowhere.txt")).into());
    let done = read(&inputs, &plan(&out, 2), &options, &|_| {}).unwrap();
    // What is not there at all comes behind the last entry.
    assert_eq!((done.n_known, done.n_made, done.n_articles, done.n_skipped), (0, 4, 5, 2));
    let related = relate(&out, &options, &|_| {}).unwrap();
    assert_eq!((related.n_articles, related.n_origins), (5, 2));

    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_string();
    let articles = rows_of(&out, &ARTICLES);
    let texts: BTreeMap<String, Vec<char>> =
        articles.iter().map(|row| (text(row, "id"), text(row, "text").chars().collect())).collect();
    assert_eq!(texts.len(), 5);
    let at = |article: &str, start: &Value, end: &Value| -> String {
        let place = |value: &Value| usize::try_from(value.as_i64().unwrap()).unwrap();
        texts[article][place(start)..place(end)].iter().collect()
    };
    let records = rows_of(&out, &RECORDS);
    assert_eq!(records.len(), done.n_records);
    for layer in ["statement", "event", "stance"] {
        assert!(records.iter().any(|row| row["layer"] == layer), "{layer}");
    }
    for row in records.iter().filter(|row| row["start"].is_i64()) {
        assert_eq!(at(&text(row, "article"), &row["start"], &row["end"]), text(row, "words"));
    }
    assert_eq!(rows_of(&out, &SKIPPED).len(), 2);

    // Each article stands once; the four copies are one origin, tied to its first.
    let origins = rows_of(&out, &ORIGINS);
    let distinct: BTreeSet<String> = origins.iter().map(|row| text(row, "article")).collect();
    assert_eq!((origins.len(), distinct.len()), (5, 5));
    let copies: Vec<&Value> = origins.iter().filter(|row| row["n_articles"] == 4).collect();
    let first = text(copies[0], "origin");
    assert!(
        copies.iter().all(|row| text(row, "origin") == first && row["is_first"] == (text(row, "article") == first))
    );
    let links = rows_of(&out, &LINKS);
    assert_eq!(links.len(), related.n_links);
    let inside =
        links.iter().filter(|row| [text(row, "a"), text(row, "b")].contains(&first) && row["relation"] != "partial");
    assert_eq!(inside.count(), 3, "{links:?}");
    let passages = rows_of(&out, &PASSAGES);
    assert_eq!(passages.len(), related.n_passages);
    for row in &passages {
        let words = |side: &str| {
            let [start, end] = ["start", "end"].map(|name| &row[format!("{name}_{side}")]);
            at(&text(row, side), start, end).to_lowercase()
        };
        if row["wording"] == "verbatim" {
            // Between its first and last words may stand what is no report: a caption.
            let ends = |text: String| {
                let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                let words: Vec<String> = text.split_whitespace().map(letters).collect();
                [words.first().cloned(), words.last().cloned()]
            };
            assert_eq!(ends(words("a")), ends(words("b")));
        }
    }
    assert!(passages.iter().any(|row| row["wording"] == "verbatim"));
}

#[test]
fn a_run_that_was_stopped_is_gone_on_with_the_model() {
    let Some(options) = options("a_run_that_was_stopped_is_gone_on_with_the_model") else { return };
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    read(&coverage(), &plan(&whole, 2), &options, &|_| {}).unwrap();
    let expected = bytes_of(&whole);
    let manifest = fs::read_to_string(whole.join("manifest.jsonl")).unwrap();
    let lines: Vec<&str> = manifest.split_inclusive('\n').collect();
    for n_lines in 0..=lines.len() {
        let stopped = folder.path().join(format!("stopped-{n_lines}"));
        read(&coverage(), &plan(&stopped, 2), &options, &|_| {}).unwrap();
        // As a kill leaves it: whole lines, a torn one, files of a partition that is not noted.
        let torn = lines.get(n_lines).map(|line| &line[..line.len() / 2]).unwrap_or_default();
        fs::write(stopped.join("manifest.jsonl"), lines[..n_lines].concat() + torn).unwrap();
        fs::write(stopped.join("articles/part-00001.parquet.tmp"), "half a file").unwrap();
        for number in n_lines.saturating_sub(1)..3 {
            fs::write(stopped.join(format!("articles/part-{number:05}.parquet")), "half a file").unwrap();
        }
        let done = read(&coverage(), &plan(&stopped, 2), &options, &|_| {}).unwrap();
        assert_eq!(done.n_known, n_lines.saturating_sub(1));
        assert_eq!((done.n_known + done.n_made, done.n_articles), (3, 5));
        let _ = fs::remove_file(stopped.join("articles/part-00001.parquet.tmp"));
        assert!(bytes_of(&stopped) == expected, "stopped after {n_lines} lines");
    }
    // What is done is not done again.
    let done = read(&coverage(), &plan(&whole, 2), &options, &|_| {}).unwrap();
    assert_eq!((done.n_known, done.n_made), (3, 0));
}

#[test]
fn a_folder_of_something_else_is_left_alone_with_the_model() {
    let Some(options) = options("a_folder_of_something_else_is_left_alone_with_the_model") else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    read(&coverage(), &plan(&out, 2), &options, &|_| {}).unwrap();
    let refused = |inputs: &[Input], plan: &Plan, options: &Options| {
        let error = read(inputs, plan, options, &|_| {}).unwrap_err();
        assert!(error.hint().is_some(), "{error}");
        error.to_string()
    };
    assert!(refused(&coverage(), &plan(&out, 3), &options).contains("another size"));
    assert!(refused(&["x.txt".into()], &plan(&out, 2), &options).contains("other inputs"));
    let date = Some("2024-05-01".to_string().try_into().unwrap());
    assert!(refused(&coverage(), &plan(&out, 2), &Options { date, ..options.clone() }).contains("another date"));
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/letter.txt"), "Dear Ana").unwrap();
    assert!(refused(&coverage(), &plan(&folder.path().join("mine"), 2), &options).contains("something else"));

    // A file that is not what was written is told, and nothing is made of it.
    let path = out.join("articles/part-00001.parquet");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(relate(&out, &options, &|_| {}).unwrap_err().to_string().contains("part-00001.parquet"));
    let case = folder.path().join("a.case");
    assert!(cut(&out, None, &case, &options, &now).unwrap_err().to_string().contains("not what was written"));
}

#[test]
fn a_case_that_is_cut_is_the_case_that_reads_with_the_model() {
    let Some(options) = options("a_case_that_is_cut_is_the_case_that_reads_with_the_model") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (out, cut_case, read_case) =
        (folder.path().join("out"), folder.path().join("cut.case"), folder.path().join("read.case"));
    read(&coverage(), &plan(&out, 2), &options, &|_| {}).unwrap();
    let into = ReadInto { keep: KeepBytes::No, ..ReadInto::default() };
    read_into(&read_case, &coverage(), &options, into, &now, &|_| {}).unwrap();
    let done = cut(&out, None, &cut_case, &options, &now).unwrap();
    assert_eq!((done.n_added, done.n_articles), (5, 5));
    let told = |path: &Path| {
        let case = Case::open(path).unwrap();
        let query = rapporteur_engine::case::ItemQuery::first(1_000);
        let items = TargetLayer::OF_STORY.map(|layer| case.items(layer, &query).unwrap());
        let sources = case.sources(None, 100).unwrap();
        assert!(case.check().unwrap().is_empty());
        format!("{items:?} {sources:?}")
    };
    assert_eq!(told(&cut_case), told(&read_case));
    // Once more changes nothing.
    assert_eq!(cut(&out, None, &cut_case, &options, &now).unwrap().n_known, 5);

    let some = folder.path().join("some.case");
    let condition = "published >= '2024-03-13' AND text LIKE '%Halsk%' AND n_statements > 0";
    let done = cut(&out, Some(condition), &some, &options, &now).unwrap();
    assert!(done.n_added > 0 && done.n_added < 5, "{done:?}");
    let wrong = folder.path().join("wrong.case");
    let error = cut(&out, Some("day > 3"), &wrong, &options, &now).unwrap_err();
    assert!(error.hint().unwrap().contains("published"), "{error}");
    assert!(!wrong.exists());
    let other = Options { scope: rapporteur_engine::Scope::Attitude, ..options };
    assert!(cut(&out, None, &wrong, &other, &now).unwrap_err().to_string().contains("other words"));
}
