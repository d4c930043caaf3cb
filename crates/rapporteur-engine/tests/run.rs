//! Does a run obey its law? The same articles give the same reading, whatever their order and the
//! number of threads; what cannot be read is named, and the rest goes on.

use rapporteur_engine::{Error, Input, Options, Progress, annotate, read};
use rapporteur_model::Reading;
use rapporteur_testkit::model_folder;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Mutex;

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
    assert!(seen.iter().all(|progress| progress.n_total == 7));
    let mut done: Vec<usize> = seen.iter().map(|progress| progress.n_done).collect();
    done.sort_unstable();
    assert_eq!(done, (0..=7).collect::<Vec<_>>());
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
