//! Does a run obey its law? The same articles give the same reading, whatever their order and the
//! number of threads; what cannot be read is named, and the rest goes on.

use rapporteur_engine::{Error, Input, Options, Progress, annotate, read, record_each};
use rapporteur_model::Reading;
use rapporteur_testkit::model_folder;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tempfile::TempDir;

/// Options with the language model, where there is one.
fn options(test: &str) -> Option<Options> {
    model_folder(test).map(|model| Options { model: Some(model), ..Options::default() })
}

/// The example coverage and inputs that are no articles.
fn inputs() -> Vec<Input> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/coverage");
    vec![
        Input::Bytes { name: "empty.txt".into(), bytes: b" \n ".to_vec() },
        Input::Location(folder.into()),
        Input::Location("no/such/file.txt".into()),
        Input::Bytes { name: "one.txt".into(), bytes: b"Karsk said it would not sign.".to_vec() },
    ]
}

fn read_all(inputs: &[Input], options: &Options) -> Reading {
    read(inputs, options, &|_| ()).expect("the run goes through")
}

#[test]
fn order_and_threads_change_nothing() {
    let Some(options) = options("order_and_threads_change_nothing") else { return };
    let forward = read_all(&inputs(), &options);
    assert_eq!(forward.articles.len(), 6);
    assert!(forward.records.iter().any(|record| !record.statements.is_empty()));
    let backward: Vec<Input> = inputs().into_iter().rev().collect();
    for n_threads in [1, 2, 5] {
        let options = Options { n_threads: NonZeroUsize::new(n_threads), ..options.clone() };
        assert_eq!(read_all(&backward, &options), forward, "{n_threads} threads");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let Some(options) = options("what_cannot_be_read_is_named_and_the_rest_goes_on") else { return };
    let skipped = read_all(&inputs(), &options).skipped;
    let locations: Vec<&str> = skipped.iter().map(|skipped| skipped.location.as_str()).collect();
    assert_eq!(locations, ["empty.txt", "no/such/file.txt"]);
    assert!(skipped.iter().all(|skipped| !skipped.reason.is_empty()));
}

#[test]
fn progress_counts_up_to_the_total() {
    let Some(options) = options("progress_counts_up_to_the_total") else { return };
    let seen = Mutex::new(Vec::new());
    let on_progress = |progress: Progress| seen.lock().expect("no test thread panics").push(progress);
    read(&inputs(), &options, &on_progress).expect("the run goes through");
    let seen = seen.into_inner().expect("no test thread panics");
    let most = seen.iter().max_by_key(|progress| progress.n_done).expect("something was told");
    // Six articles, and an input that is skipped.
    assert_eq!((most.n_done, most.n_bytes_done), (7, most.n_bytes_total));
    let mut done: Vec<usize> = seen.iter().map(|progress| progress.n_done).collect();
    done.sort_unstable();
    // The last is told once more, with all bytes.
    assert_eq!(done, (0..=7).chain([7]).collect::<Vec<_>>());
}

#[test]
fn annotations_come_by_location() {
    let Some(options) = options("annotations_come_by_location") else { return };
    let mut names = Vec::new();
    let write = |name: String| -> Result<(), Error> {
        names.push(name);
        Ok(())
    };
    annotate(&inputs(), &options, |article, _| article.name.clone(), write).expect("the run goes through");
    let expected = ["daily-news-hub", "halsk-observer", "lysmar-courier", "meridian-press", "river-watch-blog", "one"];
    assert_eq!(names, expected);
}

#[test]
fn records_come_one_by_one_as_in_a_reading() {
    let Some(options) = options("records_come_one_by_one_as_in_a_reading") else { return };
    let mut records = Vec::new();
    let write = |record: rapporteur_model::Record| -> Result<(), Error> {
        records.push(record);
        Ok(())
    };
    let render = |article: &rapporteur_model::Article, doc: &rapporteur_text::Document, record: &_| {
        assert_eq!(doc.text(), article.text);
        rapporteur_model::Record::clone(record)
    };
    let skipped = record_each(&inputs(), &options, render, write).expect("the run goes through");
    let reading = read_all(&inputs(), &options);
    assert_eq!(skipped.len(), reading.skipped.len());
    assert_eq!(records.len(), reading.records.len());
    // An article without a date takes that of a copy, which it has not beside it here.
    let is_dated_by_others = |article: &rapporteur_model::Article| {
        let evidence = article.published.as_ref().map(|date| &date.evidence);
        matches!(evidence, Some(rapporteur_model::Evidence::Inferred(reason)) if reason.contains("passages"))
    };
    let mut n_dated_by_others = 0;
    for (article, record) in reading.articles.iter().zip(&reading.records) {
        if is_dated_by_others(article) {
            n_dated_by_others += 1;
            let alone = records.iter().find(|alone| alone.article == article.id).expect("it was read alone as well");
            assert!(alone.timexes != record.timexes, "{}: the date changes nothing", article.name);
        } else {
            assert!(records.contains(record), "{}", article.name);
        }
    }
    assert_eq!(n_dated_by_others, 1, "of the example coverage one article has no date and a copy with one");
}

#[test]
fn a_missing_model_is_an_error_with_a_hint() {
    let options = Options { model: Some(PathBuf::from("no/such/model")), ..Options::default() };
    let input = [Input::Bytes { name: "one.txt".into(), bytes: b"Karsk said no.".to_vec() }];
    let error = read(&input, &options, &|_| ()).expect_err("there is no model");
    assert!(error.is_model_missing() && error.hint().is_some(), "{error}");
}

#[test]
fn nothing_to_read_needs_no_model() {
    let options = Options { model: Some(PathBuf::from("no/such/model")), ..Options::default() };
    let reading = read(&[], &options, &|_| ()).expect("nothing is asked of the model");
    assert_eq!(reading, Reading::default());
}

/// A folder with one file.
fn folder_with(name: impl AsRef<Path>, bytes: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a folder");
    std::fs::write(folder.path().join(name), bytes).expect("the folder can be written to");
    folder
}

#[test]
fn knowledge_of_ones_own_changes_what_is_found() {
    let Some(options) = options("knowledge_of_ones_own_changes_what_is_found") else { return };
    let input =
        [Input::Bytes { name: "one.txt".into(), bytes: b"Karsk flagged a new round of talks in May.".to_vec() }];
    let contents = |knowledge: Option<&TempDir>| -> Vec<String> {
        let knowledge = knowledge.map(|folder| folder.path().to_path_buf());
        let reading = read_all(&input, &Options { knowledge, ..options.clone() });
        let content = reading.records[0].statements.iter().flat_map(|statement| &statement.content);
        content.map(|span| span.of(&reading.articles[0].text).to_string()).collect()
    };
    let flag = folder_with("cue-verbs.txt", b"flag; announcement; object");
    assert_eq!(contents(None), [""; 0]);
    assert_eq!(contents(Some(&flag)), ["a new round of talks in May"]);
    // A system's or a tool's own files do not count.
    let hidden = folder_with(".cue-verbs.txt.swp", b"\xff");
    assert_eq!(contents(Some(&hidden)), [""; 0]);
}

#[test]
fn knowledge_that_cannot_be_used_is_an_error_with_path_and_hint() {
    let read_with = |knowledge: PathBuf| {
        let options = Options { knowledge: Some(knowledge), ..Options::default() };
        read(&[], &options, &|_| ())
    };
    let long = vec![b'#'; (16 << 20) + 1];
    for (name, bytes, expected) in [
        ("verbs.txt", b"".as_slice(), ": no data file has this name"),
        ("cue-verbs.txt", b"# Mine\nflag; news; object", ":2: unknown class \"news\""),
        ("words.txt", b"[media]\nsplash\xff", ": not UTF-8"),
        ("words.txt", &long, ": larger than 16 MiB"),
    ] {
        let folder = folder_with(name, bytes);
        let error = read_with(folder.path().to_path_buf()).expect_err(name);
        assert_eq!(error.to_string(), format!("{}{expected}", folder.path().join(name).display()));
        assert!(error.hint().is_some(), "{error}");
    }
    let folder = folder_with("words.txt", &long[1..]);
    assert!(read_with(folder.path().to_path_buf()).is_ok(), "16 MiB are not too long");
    std::fs::create_dir(folder.path().join("states.txt")).expect("the folder can be written to");
    for (path, named, expected) in [
        (folder.path().to_path_buf(), "states.txt", ": not a regular file"),
        (folder.path().join("words.txt"), "words.txt", ": "),
        (folder.path().join("none"), "none", ": "),
    ] {
        let error = read_with(path).expect_err(named);
        let start = format!("{}{expected}", folder.path().join(named).display());
        assert!(error.to_string().starts_with(&start) && error.hint().is_some(), "{error}");
    }
}
