//! A case for other programs: whole files or none, and nothing of anybody's is overwritten.

use crate::desk::Desk;
use std::fs;

#[test]
fn a_case_is_exported_into_files_with_the_model() {
    let Some(desk) = Desk::new("a_case_is_exported_into_files_with_the_model") else { return };
    desk.read_all("talks.case");
    let export = |arguments: &[&str]| desk.attempt(&[&["export", "talks.case", "--format"], arguments].concat());
    let wrote = |name: &str| (String::new(), format!("wrote {name}\n"), 0);
    for (arguments, name) in [
        (&["csv", "--table", "utterance"][..], "utterance.csv"),
        (&["jsonl", "--table", "place"], "place.jsonl"),
        (&["parquet", "--table", "article"], "article.parquet"),
        (&["plover"], "plover.csv"),
        (&["cameo"], "cameo.csv"),
        (&["gdelt"], "gdelt.tsv"),
        (&["annotations"], "annotations.json"),
        (&["graphml"], "positions.graphml"),
        (&["graphml", "--graph", "lineage"], "lineage.graphml"),
        (&["timelinejs"], "timeline.json"),
        (&["ical"], "ahead.ics"),
    ] {
        let to_file = [arguments, &["--out", name]].concat();
        assert_eq!(export(&to_file), wrote(name));
        let bytes = fs::read(desk.path(name)).unwrap();
        assert_eq!(export(&to_file), wrote(name), "an export is replaced by its like");
        assert!(!bytes.is_empty() && fs::read(desk.path(name)).unwrap() == bytes, "{name}");
        if !name.ends_with(".parquet") {
            let (stdout, stderr, code) = export(arguments);
            assert_eq!((code, stderr.as_str()), (0, ""));
            assert!(stdout.as_bytes() == bytes, "{name}");
        }
    }
    let told = (String::new(), "wrote 15 tables to tables\n".to_string(), 0);
    assert_eq!(export(&["parquet", "--out", "tables"]), told);
    assert_eq!(export(&["csv", "--out", "tables"]), told);
    assert_eq!(fs::read_dir(desk.path("tables")).unwrap().count(), 30);

    // What is somebody's is left alone, and what cannot be is said with a way out.
    fs::write(desk.path("tables/notes.txt"), "mine").unwrap();
    fs::write(desk.path("mine.csv"), "id,words\n").unwrap();
    for (arguments, words) in [
        (&["csv"][..], "more than one output"),
        (&["csv", "--out", "tables"], "holds notes.txt"),
        (&["csv", "--out", "mine.csv"], "is no folder"),
        (&["csv", "--out", "no/tables"], "there is no folder no"),
        (&["csv", "--table", "actor", "--out", "mine.csv"], "it would be overwritten"),
        (&["csv", "--table", "actor", "--out", "utterance.csv"], "it would be overwritten"),
        (&["jsonl", "--table", "actor", "--out", "talks.case"], "it would be overwritten"),
        (&["ical", "--table", "actor"], "--table goes with"),
        (&["ical", "--raw"], "--raw goes with"),
        (&["csv", "--table", "actors"], "actor"),
        (&["odt"], "csv"),
    ] {
        let (stdout, stderr, code) = export(arguments);
        assert_eq!((stdout.as_str(), code), ("", 2), "{arguments:?}: {stderr}");
        assert!(stderr.contains(words), "{arguments:?}: {stderr}");
    }
    assert_eq!(fs::read_to_string(desk.path("mine.csv")).unwrap(), "id,words\n");
    // Without rows there is no file.
    let (_, stderr, code) = export(&["csv", "--table", "gap", "--out", "gap.csv"]);
    assert!(code == 1 && stderr.contains("nothing of this kind") && !desk.path("gap.csv").exists(), "{stderr}");
}
