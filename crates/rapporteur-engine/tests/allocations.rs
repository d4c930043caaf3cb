//! What the stages allocate for fixed inputs: how often, and how much at once. The counts of `expected/allocations.tsv` may
//! be exceeded by a twentieth, so that a change that costs more shows. `RAPPORTEUR_WRITE_ALLOCATIONS=1` writes the file anew,
//! to be read before it is committed.
//!
//! Each stage runs once beforehand: what is made once in a process does not count. One thread, so that the counts are the
//! same each time. Needs the language model.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use allocation_counter::{AllocationInfo, measure};
use rapporteur_extract::extract;
use rapporteur_model::{Article, Record};
use rapporteur_source::article_from_bytes;
use rapporteur_story::LineageIndex;
use rapporteur_testkit::model_folder;
use rapporteur_text::{Document, Pipeline};
use std::fs;
use std::hint::black_box;
use std::path::Path;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/allocations.tsv");
const HEAD: &str =
    "# What the stages allocate; tests/allocations.rs tells more.\n# stage\tallocations\tbytes at once at most\n";
/// Libraries and compilers differ a little in how vectors grow.
const ROOM: f64 = 1.05;

/// Measures the second time that `stage` runs.
fn measured<T>(mut stage: impl FnMut() -> T) -> AllocationInfo {
    black_box(stage());
    measure(|| drop(black_box(stage())))
}

#[test]
fn stages_allocate_no_more_than_they_did_with_the_model() {
    let Some(model) = model_folder("stages_allocate_no_more_than_they_did_with_the_model") else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/coverage");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files: Vec<(String, Vec<u8>)> = paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_string(), fs::read(path).unwrap()))
        .collect();
    let page = include_bytes!("../../rapporteur-source/tests/pages/news.html");

    let pipeline = Pipeline::load(&model).unwrap();
    let articles: Vec<Article> = files.iter().map(|(name, bytes)| article_from_bytes(name, bytes).unwrap()).collect();
    let documents: Vec<Document> = articles.iter().map(|it| pipeline.annotate_paragraphs(&it.text)).collect();
    let records: Vec<Record> = articles.iter().zip(&documents).map(|(it, doc)| extract(it, doc)).collect();

    let stages: [(&str, AllocationInfo); 6] = [
        ("source: an article", measured(|| article_from_bytes(&files[0].0, &files[0].1).unwrap())),
        ("source: a page", measured(|| article_from_bytes("news.html", page).unwrap())),
        ("text: an article", measured(|| pipeline.annotate_paragraphs(&articles[0].text))),
        ("extract: an article", measured(|| extract(&articles[0], &documents[0]))),
        (
            "story: lineage of five articles",
            measured(|| {
                let mut index = LineageIndex::default();
                articles.iter().zip(&records).for_each(|(article, record)| index.add(article.clone(), Some(record)));
                index.relate()
            }),
        ),
        ("story: of five articles", measured(|| rapporteur_story::tell(&articles, &records))),
    ];

    let table: String =
        stages.iter().map(|(stage, info)| format!("{stage}\t{}\t{}\n", info.count_total, info.bytes_max)).collect();
    if std::env::var_os("RAPPORTEUR_WRITE_ALLOCATIONS").is_some() {
        fs::write(FILE, format!("{HEAD}{table}")).unwrap();
    }
    let expected = fs::read_to_string(FILE).unwrap();
    let lines: Vec<Vec<&str>> =
        expected.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), stages.len(), "found:\n{table}");
    for (line, (stage, info)) in lines.iter().zip(&stages) {
        assert_eq!(line[0], *stage);
        for (expected, found) in [(line[1], info.count_total), (line[2], info.bytes_max)] {
            let most = expected.parse::<f64>().unwrap() * ROOM;
            assert!((found as f64) <= most, "{stage}: {found} for {expected}; found:\n{table}");
        }
    }
}
