//! Files that are no case are told from one, and left as they are.

use crate::script::{Script, state};
use rapporteur_store::{Case, Error, FORMAT};
use rusqlite::Connection;
use std::path::Path;

fn errors(path: &Path) -> Vec<Error> {
    [Case::open(path), Case::open_to_write(path)].into_iter().map(|opened| opened.unwrap_err()).collect()
}

fn case(path: &Path) {
    let script = Script::new(3, 6);
    script.run(&mut Case::open_or_create(path).unwrap(), 0, |_| ()).unwrap();
}

#[test]
fn what_is_no_case_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other");
    let database = folder.path().join("other.db");
    Connection::open(&database).unwrap().execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
    let database = std::fs::read(database).unwrap();
    for bytes in [&b"One side said no.\n"[..], &[7; 100_000], &database, b"SQLite format 3\0"] {
        std::fs::write(&path, bytes).unwrap();
        let mut errors = errors(&path);
        errors.push(Case::open_or_create(&path).unwrap_err());
        for error in errors {
            assert!(error.is_no_case() && error.hint().is_some(), "{error}");
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}

#[test]
fn an_empty_file_becomes_a_case_only_where_one_may_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.case");
    std::fs::write(&path, "").unwrap();
    for error in errors(&path) {
        assert!(error.is_no_case(), "{error}");
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
    }
    case(&path);
    state(&Case::open(&path).unwrap());
}

#[test]
fn what_is_not_there_is_missing_and_a_folder_is_no_case() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("none.case"), folder.path().join("none/none.case")] {
        for error in errors(&path) {
            assert!(error.is_missing() && error.hint().is_some(), "{error}");
        }
    }
    let mut errors = errors(folder.path());
    errors.push(Case::open_or_create(folder.path()).unwrap_err());
    for error in errors {
        assert!(error.is_no_case() && error.hint().is_some(), "{error}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_case_of_a_newer_format_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.case");
    case(&path);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", FORMAT + 1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let mut errors = errors(&path);
    errors.push(Case::open_or_create(&path).unwrap_err());
    for error in errors {
        assert!(error.is_version() && error.hint().is_some(), "{error}");
        assert!(error.message().contains(&format!("format {}", FORMAT + 1)), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}
