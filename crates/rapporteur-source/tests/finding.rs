//! What inputs lead to, on a real disk.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use rapporteur_source::{Location, find, read};
use std::fs;
use std::path::Path;

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

fn names(locations: &[Location]) -> Vec<String> {
    let name = |location: &Location| Path::new(location.as_str()).file_name().unwrap().to_str().unwrap().to_string();
    locations.iter().map(name).collect()
}

/// A folder with two articles, one of them deeper, a picture, a page and a hidden file.
fn pile() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "b.txt", "Karsk and Ostrava Minor resumed talks.");
    write(folder.path(), "deep/a.MD", "The envoy of Karsk left early.");
    write(folder.path(), "deep/plain", "No extension, still an article.");
    write(folder.path(), "photo.jpg", "not a picture, but named like one");
    write(folder.path(), ".hidden.txt", "nobody asked for this");
    folder
}

fn input(folder: &tempfile::TempDir, rest: &str) -> String {
    folder.path().join(rest).to_str().unwrap().to_string()
}

#[test]
fn a_folder_gives_its_text_files_in_order_and_reports_the_others() {
    let pile = pile();
    let (locations, skipped) = find(&[input(&pile, "")]);
    assert_eq!(names(&locations), ["b.txt", "a.MD", "plain"]);
    assert_eq!(skipped.len(), 1);
    assert!(skipped[0].location.ends_with("photo.jpg"));
    assert_eq!(skipped[0].reason, "not a text file by its extension");
    assert!(skipped[0].hint.as_ref().unwrap().contains(".txt"));
}

#[test]
fn a_named_file_is_taken_whatever_its_extension_and_each_file_comes_once() {
    let pile = pile();
    let (locations, skipped) = find(&[input(&pile, "photo.jpg"), input(&pile, ""), input(&pile, "deep/../b.txt")]);
    assert_eq!(names(&locations), ["b.txt", "a.MD", "plain", "photo.jpg"]);
    assert_eq!(skipped, []);
    assert!(!locations[0].as_str().contains(".."), "the shorter of two ways to a file is shown");
}

#[test]
fn the_order_of_inputs_does_not_matter() {
    let pile = pile();
    let mut inputs = vec![input(&pile, "deep"), input(&pile, "b.txt"), "-".to_string(), input(&pile, "missing")];
    let forward = find(&inputs);
    inputs.reverse();
    assert_eq!(find(&inputs), forward);
    assert_eq!(forward.0[0], Location::standard_input());
}

#[test]
fn patterns_match_files_and_do_not_cross_folders_unless_told_to() {
    let pile = pile();
    assert_eq!(names(&find(&[input(&pile, "*.txt")]).0), ["b.txt"]);
    assert_eq!(names(&find(&[input(&pile, "*.[mM][dD]")]).0), Vec::<String>::new());
    assert_eq!(names(&find(&[input(&pile, "**/*.MD")]).0), ["a.MD"]);
    assert_eq!(names(&find(&[input(&pile, "d*")]).0), ["a.MD", "plain"], "a folder that matches is searched");
    let (locations, skipped) = find(&[input(&pile, "*.rst")]);
    assert_eq!(locations, []);
    assert_eq!(skipped[0].reason, "nothing matches this pattern");
}

#[test]
fn a_file_whose_name_looks_like_a_pattern_is_that_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "talks[1].txt", "The talks were short.");
    write(folder.path(), "talks1.txt", "The talks were long.");
    assert_eq!(names(&find(&[path]).0), ["talks[1].txt"]);
}

#[test]
fn what_leads_nowhere_is_reported_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let missing = input(&folder, "missing.txt");
    let (locations, skipped) = find(&[missing.clone(), input(&folder, ""), String::new()]);
    assert_eq!(locations, []);
    let reasons: Vec<&str> = skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(reasons, ["no such file or folder", "no text files in this folder", "no such file or folder"]);
    assert!(skipped.iter().all(|s| s.hint.is_some()));
    assert_eq!(read(&Location::file(missing)).unwrap_err().reason, "cannot be read: entity not found");
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_end() {
    let pile = pile();
    std::os::unix::fs::symlink(pile.path(), pile.path().join("deep/again")).unwrap();
    std::os::unix::fs::symlink(pile.path().join("b.txt"), pile.path().join("c.txt")).unwrap();
    let (locations, skipped) = find(&[input(&pile, "")]);
    assert_eq!(names(&locations), ["b.txt", "a.MD", "plain"], "a link to a file is that file");
    assert!(skipped.iter().any(|s| s.reason.contains("leads back")));
}

#[test]
fn a_location_is_read_into_an_article_named_after_its_file() {
    let pile = pile();
    let article = read(&Location::file(input(&pile, "b.txt"))).unwrap();
    assert_eq!(article.name, "b");
    assert_eq!(article.location, input(&pile, "b.txt"));
    assert_eq!(article.text, "Karsk and Ostrava Minor resumed talks.");
}
