//! Cases of every format that a version of the program has written open, and can be gone on with.
//!
//! A fixture is never written again once a version was published with its format; until then `cargo test -p rapporteur-store
//! --test formats -- --ignored` writes that of the newest.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_model::{Article, Correction, CorrectionAct, Instant, Record, Target, TargetLayer};
use rapporteur_store::{Case, FORMAT, Incoming, ItemQuery, KeepBytes, RunKind, Telling};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The articles of the fixtures, by location.
fn drawn(n: usize) -> Vec<(Article, Record)> {
    let mut drawn: Vec<(Article, Record)> = rapporteur_testkit::coverage(7, n).collect();
    drawn.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
    drawn
}

fn incoming(drawn: &[(Article, Record)]) -> Vec<Incoming> {
    let incoming = |(article, record): &(Article, Record)| Incoming {
        article: article.clone(),
        original: format!("\u{feff}{}", article.text).into_bytes().into(),
        record: record.clone(),
    };
    drawn.iter().map(incoming).collect()
}

/// Tells the story of what is in a case.
fn tell(case: &mut Case, run: i64) {
    let pile = case.pile().unwrap();
    let story = rapporteur_story::tell(&pile.articles, &pile.records);
    let telling = Telling {
        articles: &pile.articles,
        records: &pile.records,
        story: &story,
        corrected: &Default::default(),
        rejections: &Default::default(),
    };
    case.tell(run, &telling).unwrap();
    case.end(run, &at(), &BTreeMap::from([("added".to_string(), pile.articles.len() as i64)])).unwrap();
}

fn at() -> Instant {
    Instant::new("2031-03-09T14:30:00.000000Z")
}

fn note() -> Correction {
    let target = Target {
        layer: TargetLayer::Outlet,
        id: "Amber Line".to_string(),
        label: "Amber Line".to_string(),
        places: Vec::new(),
    };
    rapporteur_store::entry("Dana", &at(), CorrectionAct::Note { target, text: "a wire".to_string() }, Some("seen"))
}

/// The articles of a fixture.
const N_ARTICLES: usize = 12;

fn write_case(path: &Path) {
    let mut case = Case::open_or_create(path).unwrap();
    let run = case.begin(RunKind::Read, &at(), &BTreeMap::new()).unwrap();
    case.add(run, &incoming(&drawn(N_ARTICLES)), KeepBytes::Yes).unwrap();
    tell(&mut case, run);
    case.append(&[note()]).unwrap();
}

fn fixture(format: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/format-{format}.case.zst"))
}

#[test]
#[ignore = "writes the fixture of the newest format"]
fn the_fixture_of_the_newest_format_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.case");
    write_case(&path);
    let bytes = zstd::bulk::compress(&std::fs::read(path).unwrap(), 19).unwrap();
    std::fs::write(fixture(FORMAT), bytes).unwrap();
}

#[test]
fn a_case_of_each_format_opens_and_is_gone_on_with() {
    for format in 1..=FORMAT {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.case");
        let packed = std::fs::read(fixture(format)).unwrap();
        std::fs::write(&path, zstd::stream::decode_all(packed.as_slice()).unwrap()).unwrap();
        let case = Case::open(&path).unwrap();
        assert_eq!(case.check().unwrap(), [], "format {format}");
        for layer in TargetLayer::OF_STORY {
            let query = ItemQuery { limit: 3, n_places: 3, ..ItemQuery::default() };
            let items = case.items(layer, &query).unwrap();
            // An issue rests on the positions on it, not on words of its own; the drawn articles hold no tension.
            let has_places = |item: &rapporteur_store::Item| layer == TargetLayer::Issue || !item.places.is_empty();
            assert!(items.items.iter().all(has_places), "{}", layer.name());
            assert!(items.n_total > 0 || layer == TargetLayer::Tension, "{}", layer.name());
        }
        let (texts, _) = case.search_texts(&"talks".parse().unwrap(), 100).unwrap();
        let has_word = |(article, _): &&(Article, Record)| article.text.to_lowercase().contains("talk");
        assert_eq!(texts.len(), drawn(N_ARTICLES).iter().filter(has_word).count());
        assert_eq!(case.sources(None, 100).unwrap().articles.len(), N_ARTICLES);
        assert_eq!(case.corrections().unwrap(), [note()]);
        // Where this fails the types of the record have changed: raise RECORD_FORMAT.
        let pile = case.pile().unwrap();
        let (articles, records): (Vec<Article>, Vec<Record>) = drawn(N_ARTICLES).into_iter().unzip();
        assert!(pile.articles == articles && pile.records == records);
        let bytes = case.bytes_of(&pile.articles[0].id).unwrap().unwrap();
        assert_eq!(bytes, format!("\u{feff}{}", pile.articles[0].text).into_bytes());
        drop(case);
        let mut case = Case::open_to_write(&path).unwrap();
        let run = case.begin(RunKind::Read, &at(), &BTreeMap::new()).unwrap();
        let more: Vec<(Article, Record)> = drawn(N_ARTICLES + 3);
        let known = case.known().unwrap();
        let more: Vec<_> = more.into_iter().filter(|(article, _)| !known.articles.contains_key(&article.id)).collect();
        assert_eq!(more.len(), 3);
        case.add(run, &incoming(&more), KeepBytes::No).unwrap();
        tell(&mut case, run);
        assert_eq!(case.check().unwrap(), [], "format {format}");
        assert_eq!(case.summary().unwrap().n_articles, N_ARTICLES + 3);
        assert_eq!(case.bytes_of(&more[0].0.id).unwrap(), None);
    }
}
