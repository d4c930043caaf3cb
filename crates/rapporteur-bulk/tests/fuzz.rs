//! A folder of bulk that somebody has changed: what is damaged is told, whichever file it is; nothing panics and no other
//! words come out. Needs the language model.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_bulk::{Plan, cut, read, relate};
use rapporteur_engine::case::Case;
use rapporteur_engine::{Input, Options};
use rapporteur_model::Instant;
use rapporteur_testkit::{Fuzz, model_folder};
use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

#[test]
fn fuzz_folder_with_the_model() {
    let Some(model) = model_folder("fuzz_folder_with_the_model") else { return };
    let options = Options { model: Some(model), ..Options::default() };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let coverage: Input = (&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/coverage")).into();
    let plan = Plan { folder: out.clone(), n_partition: NonZeroUsize::new(3).unwrap() };
    read(std::slice::from_ref(&coverage), &plan, &options, &|_| {}).unwrap();
    relate(&out, &options, &|_| {}).unwrap();
    let now = || Instant::new("2031-03-09T14:30:00Z");
    let texts = |case: &Path| -> BTreeSet<String> {
        Case::open(case).and_then(|case| case.articles()).unwrap().into_iter().map(|article| article.text).collect()
    };
    let sound = folder.path().join("sound.case");
    cut(&out, None, &sound, &options, &now).unwrap();
    let known = texts(&sound);

    let words =
        ["\"partition\":0", "\"n_entries\":18446744073709551615", "null", "{}", "\n", "../", "PAR1", "\0\0\0\0"];
    for (name, n_cases) in
        [("manifest.jsonl", 60), ("articles/part-00000.parquet", 40), ("origins/part-00000.parquet", 10)]
    {
        let (path, case) = (out.join(name), folder.path().join("other.case"));
        let whole = fs::read(&path).unwrap();
        Fuzz::new("bulk-folder", [whole.clone()]).words(&words).cases(n_cases).hold(|bytes| {
            fs::write(&path, bytes).unwrap();
            let _ = fs::remove_file(&case);
            match cut(&out, Some("name <> 'x'"), &case, &options, &now) {
                Ok(_) => assert!(texts(&case).is_subset(&known), "other words come out"),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        });
        fs::write(&path, whole).unwrap();
    }
}
