//! What is taken out is gone.

use crate::desk::{Desk, five_more};
use std::fs;

#[test]
fn an_article_that_is_purged_is_gone_with_the_model() {
    let Some(desk) = Desk::new("an_article_that_is_purged_is_gone_with_the_model") else { return };
    five_more(&desk);
    let names = desk.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    desk.run(&[&["read", "--case", "a.case"], names.as_slice()].concat());
    let barrow = desk.found("a.case", "nobody drivers");
    desk.run(&["correct", "a.case", "note", &barrow, "who is this?"]);
    desk.run(&["read", "--case", "a.case", "--again"]);
    desk.run(&["purge", "a.case", "late-5", "--because", "withdrawn"]);
    let bytes = fs::read(desk.path("a.case")).unwrap();
    for word in ["Barrow", "barrow", "Zellwick", "zellwick", "carter", "Quellmark", "quellmark"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
    assert!(!desk.path("a.case-wal").exists() && !desk.path("a.case-journal").exists());
    let gaps = desk.json(&["sources", "a.case"])["answer"]["gaps"].clone();
    assert_eq!(gaps[0]["reason"], "withdrawn", "{gaps}");
    assert_eq!(desk.run(&["purge", "a.case", "late-5"]).1, 1);
    assert_eq!(desk.run(&["purge", "a.case", gaps[0]["id"].as_str().unwrap()]).1, 0);
    let read = desk.json(&[&["read", "--case", "a.case"], names.as_slice()].concat());
    assert_eq!(read["answer"]["counts"]["purged_before"], 1);
    assert_eq!(desk.run(&["search", "a.case", "Zellwick"]).1, 1);
    assert_eq!(desk.run(&["check", "a.case"]).1, 0);
    let log = desk.run(&["correct", "a.case", "export"]).0;
    assert!(log.contains("[purged]") && log.contains("who is this?"), "{log}");
}

/// An article with people, things and words that no other has; its last sentence is that of another article.
const ONLY_HERE: &str = "Xandrops meet\n\n21 March 2024\n\nQuint Barrowmark, the mayor of Zellwickau, said on Wednesday that “the quellmarks are ours.” Ilse Threndal of Zellwickau demanded that Karsk hand over the quellmarks. Veldria refused to hand over the quellmarks, Barrowmark said.\n";

#[test]
fn nothing_that_was_put_right_or_told_keeps_words_of_a_purged_article_with_the_model() {
    let Some(desk) = Desk::new("nothing_that_was_put_right_or_told_keeps_words_of_a_purged_article_with_the_model")
    else {
        return;
    };
    desk.read_all("a.case");
    // It comes in a later run, so that the list of changes tells of it; corrections of many kinds name what it has.
    desk.write("xandrops.txt", ONLY_HERE);
    desk.run(&["read", "xandrops.txt", "--case", "a.case"]);
    let id_of = |name: &str| {
        let who = desk.json(&["who", "a.case", name]);
        who["answer"]["items"][0]["id"].as_str().map(str::to_string).unwrap_or_else(|| panic!("{name}: {who}"))
    };
    let (barrow, threndal) = (id_of("Barrowmark"), id_of("Threndal"));
    let demand = desk.found("a.case", "quellmarks class:demand");
    let said = desk.found("a.case", "speaker:Barrowmark");
    let correct = |arguments: &[&str]| desk.run(&[&["correct", "a.case"], arguments].concat());
    correct(&["note", &barrow, "who is this?"]);
    correct(&["tag", "xandrops", "odd"]);
    correct(&["attribute", &said, "--speaker", &threndal]);
    correct(&["attribute", &said, "--speaker", "Mara Tellin"]);
    correct(&["rename", &threndal, "Somebody"]);
    correct(&["merge", &barrow, "person/henrik-sole"]);
    correct(&["reject", &demand]);
    correct(&["add", "xandrops", "the quellmarks are ours", "--class", "denial"]);
    let n_entries = correct(&["export"]).0.lines().count();
    desk.run(&["purge", "a.case", "xandrops", "--because", "withdrawn"]);

    let words = ["xandrop", "barrowmark", "zellwick", "quellmark", "threndal", "ilse"];
    let bytes = fs::read(desk.path("a.case")).unwrap().to_ascii_lowercase();
    let stands = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    for word in words {
        let at = bytes.windows(word.len()).position(|window| window == word.as_bytes());
        let around = at.map(|at| String::from_utf8_lossy(&bytes[at.saturating_sub(200)..at + 60]).into_owned());
        assert_eq!(around, None, "{word}");
    }
    for journal in ["a.case-wal", "a.case-shm", "a.case-journal"] {
        assert!(!desk.path(journal).exists(), "{journal}");
    }
    // What is packed in the file.
    let case = rapporteur_engine::case::Case::open(&desk.path("a.case")).unwrap();
    let reading = rapporteur_engine::case::reading(&case, &rapporteur_engine::Options::default()).unwrap();
    let reading = format!("{reading:?}").to_lowercase().into_bytes();
    let log = correct(&["export"]).0;
    let told = [desk.answers("a.case"), desk.run(&["changes", "a.case", "--since", "0", "--json"]).0, log.clone()];
    for word in words {
        assert!(!stands(&reading, word), "{word}");
        assert!(told.iter().all(|told| !told.to_lowercase().contains(word)), "{word}");
    }
    // The entries stay, with what their author wrote.
    assert_eq!(log.lines().count(), n_entries);
    assert!(log.contains("who is this?") && log.contains("Somebody") && log.contains("[purged]"), "{log}");
    assert_eq!(desk.run(&["check", "a.case"]).1, 0);
    // The gap leads to itself, and the folder is read without the article.
    let gap = desk.json(&["sources", "a.case"])["answer"]["gaps"][0]["id"].as_str().unwrap().to_string();
    assert_eq!(desk.json(&["show", "a.case", &gap])["answer"]["gap"]["reason"], "withdrawn");
    desk.read_all("a.case");
    assert_eq!(desk.run(&["search", "a.case", "quellmarks"]).1, 1);
    let bytes = fs::read(desk.path("a.case")).unwrap().to_ascii_lowercase();
    assert!(words.iter().all(|word| !stands(&bytes, word)));
}

#[test]
fn a_log_from_elsewhere_brings_no_words_of_a_purged_article_back_with_the_model() {
    let Some(desk) = Desk::new("a_log_from_elsewhere_brings_no_words_of_a_purged_article_back_with_the_model") else {
        return;
    };
    desk.write("xandrops.txt", ONLY_HERE);
    desk.read_all("a.case");
    desk.read_all("b.case");
    let demand = desk.found("b.case", "quellmarks class:demand");
    desk.run(&["correct", "b.case", "note", &demand, "look at this"]);
    let log = desk.run(&["correct", "b.case", "export"]).0;
    assert!(log.contains("quellmarks"), "{log}");
    desk.write("log.jsonl", &log);
    desk.run(&["purge", "a.case", "xandrops"]);
    desk.run(&["correct", "a.case", "import", "log.jsonl"]);
    let bytes = fs::read(desk.path("a.case")).unwrap();
    assert!(!bytes.windows(10).any(|window| window == b"quellmarks"));
    let log = desk.run(&["correct", "a.case", "export"]).0;
    assert!(log.contains("look at this") && !log.contains("quellmarks"), "{log}");
    assert_eq!(desk.run(&["check", "a.case"]).1, 0);
}
