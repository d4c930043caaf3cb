//! A case from the outside: what it says does not depend on how its articles came, and what was put right by hand holds.
//!
//! Tests whose names end in `_with_the_model` need the language model, named by `RAPPORTEUR_MODEL`.
//! Where it is not they say so and pass.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use assert_cmd::Command;
use rapporteur_testkit::model_folder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with the example coverage and more, in which commands run.
struct Desk {
    folder: tempfile::TempDir,
    model: PathBuf,
}

impl Desk {
    /// `None`, and a word about it, where there is no language model.
    fn new(test: &str) -> Option<Desk> {
        let desk = Desk { model: model_folder(test)?, folder: tempfile::tempdir().unwrap() };
        let examples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/coverage"));
        for entry in fs::read_dir(examples).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, desk.path(path.file_name().unwrap().to_str().unwrap())).unwrap();
        }
        Some(desk)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// What a command writes, and its exit code.
    fn run(&self, arguments: &[&str]) -> (String, i32) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
        command.env_clear().env("RAPPORTEUR_MODEL", &self.model).env("RAPPORTEUR_AUTHOR", "Dana");
        let output = command.current_dir(self.folder.path()).args(arguments).output().unwrap();
        let code = output.status.code().unwrap();
        assert!(code < 2, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        (String::from_utf8(output.stdout).unwrap(), code)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[arguments, &["--json"]].concat()).0).unwrap()
    }

    /// The first item that a search finds.
    fn found(&self, case: &str, query: &str) -> String {
        self.json(&["search", case, query])["answer"]["utterances"]["items"][0]["id"].as_str().unwrap().to_string()
    }

    /// Everything that a case says, but for when and in how many runs it was made.
    fn answers(&self, case: &str) -> String {
        let lists = ["who", "positions", "timeline", "tensions"];
        let mut answers = String::new();
        let mut ids = Vec::new();
        for list in lists {
            let answer = self.json(&[list, case, "--limit", "10000"]);
            let items = answer["answer"]["items"].as_array().unwrap();
            ids.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_string()));
            answers.push_str(&answer.to_string());
        }
        for id in ids {
            answers.push_str(&self.run(&["show", case, &id, "--json"]).0);
        }
        let searches =
            ["boats", "the", "class:demand", "party:Karsk class:threat", "\"six months\"", "date:2024-03-12"];
        for query in searches {
            answers.push_str(&self.run(&["search", case, query, "--json", "--limit", "1000"]).0);
        }
        for question in ["brief", "sources"] {
            answers.push_str(&self.run(&[question, case, "--json"]).0);
        }
        answers + &self.run(&["correct", case, "list", "--json"]).0
    }

    fn names(&self) -> Vec<String> {
        let names =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".txt")).collect();
        names.sort();
        names
    }
}

/// Five short reports more: one repeats words of the example coverage and names no date of its own.
fn five_more(desk: &Desk) {
    desk.write("late-1.txt", "Boats leave the Orlava\n\n18 March 2024\n\nKarsk has withdrawn its patrol boats from the Orlava, Alexei Voryabin said on Monday. Mara Tellin welcomed the step.\n");
    desk.write("late-2.txt", "Veldria said on Tuesday that it would open the port of Halsk if Karsk kept its promise. “We will return to the table,” Mara Tellin told reporters.\n");
    desk.write("late-3.txt", "Talks to go on\n\n19 March 2024\n\nThe delegations of Karsk and Veldria will meet in Lysmar on Thursday, Foreign Minister Celia Ansgar of Ombria announced.\n");
    let meridian = fs::read_to_string(desk.path("meridian-press.txt")).unwrap();
    let part: Vec<&str> = meridian.lines().skip(6).take(8).collect();
    desk.write("late-4.txt", &part.join("\n"));
    desk.write(
        "late-5.txt",
        "Quint Barrow, a carter from Zellwick, complained that nobody had told the drivers of Quellmark anything.\n",
    );
}

#[test]
fn a_case_does_not_show_how_its_articles_came_with_the_model() {
    let Some(desk) = Desk::new("a_case_does_not_show_how_its_articles_came_with_the_model") else { return };
    five_more(&desk);
    let names = desk.names();
    let read = |case: &str, names: &[String], more: &[&str]| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        desk.run(&[&["read", "--case", case], more, names.as_slice()].concat());
    };
    read("at-once.case", &names, &[]);
    let backward: Vec<String> = names.iter().rev().cloned().collect();
    read("alone.case", &backward, &["--threads", "1"]);
    // 7 and 10 have no divisor in common: each of ten articles comes once.
    for step in 0..names.len() {
        read("in-steps.case", &names[step * 7 % names.len()..][..1], &["--threads", "2"]);
    }
    let at_once = desk.answers("at-once.case");
    assert!(at_once == desk.answers("alone.case"));
    assert!(at_once == desk.answers("in-steps.case"));
    for case in ["at-once.case", "alone.case", "in-steps.case"] {
        assert_eq!(desk.run(&["check", case]), ("the case is whole\n".to_string(), 0), "{case}");
    }
    // Nothing is read twice.
    let again = desk.json(&["read", &names[0], &names[1], "--case", "at-once.case"])["answer"]["counts"].clone();
    assert_eq!((&again["known"], &again["added"]), (&2.into(), &0.into()), "{again}");
}

#[test]
fn corrections_hold_when_articles_are_read_again_and_added_with_the_model() {
    let Some(desk) = Desk::new("corrections_hold_when_articles_are_read_again_and_added_with_the_model") else {
        return;
    };
    let names = desk.names();
    let first: Vec<&str> = names.iter().map(String::as_str).collect();
    desk.run(&[&["read", "--case", "a.case"], first.as_slice()].concat());
    let demand = desk.found("a.case", "class:demand");
    let denied = desk.found("a.case", "class:refusal");
    let correct = |arguments: &[&str]| desk.run(&[&["correct", "a.case"], arguments].concat());
    correct(&["merge", "person/henrik-sole", "person/celia-ansgar"]);
    correct(&["rename", "state/karsk", "Republic of Karsk", "--because", "its official name"]);
    correct(&["reject", &demand]);
    correct(&["attribute", &denied, "--speaker", "Jonas Hallek"]);
    correct(&["note", "state/veldria", "look at this again"]);
    correct(&["tag", "person/mara-telin", "core"]);
    correct(&["accept", "person/mara-telin"]);
    correct(&["rate", "meridian-press", "--reliability", "B", "--credibility", "2"]);
    correct(&["add", "lysmar-courier", "Veldria would attend only if the boats were gone", "--class", "demand"]);
    let holds = |stage: &str| {
        let orphaned = desk.json(&["correct", "a.case", "list", "--orphaned"]);
        assert_eq!(orphaned["answer"]["n_total"], 0, "{stage}: {orphaned}");
        let shown = desk.run(&["show", "a.case", "state/karsk"]).0;
        assert!(shown.contains("Republic of Karsk"), "{stage}: {shown}");
        assert_eq!(desk.run(&["show", "a.case", &demand]).1, 1, "{stage}");
        let hallek = desk.json(&["search", "a.case", "speaker:\"Jonas Hallek\""]);
        assert!(hallek["answer"]["utterances"]["n_total"].as_u64().unwrap() > 0, "{stage}");
        let who = desk.json(&["who", "a.case", "Sole"]);
        let merged = who["answer"]["items"][0]["facts"]["aliases"].to_string();
        assert!(merged.contains("Ansgar"), "{stage}: {merged}");
        let tellin = desk.json(&["show", "a.case", "person/mara-telin"]);
        assert_eq!(tellin["answer"]["item"]["corrections"].as_array().unwrap().len(), 2, "{stage}");
        assert_eq!(desk.run(&["check", "a.case"]).1, 0, "{stage}");
    };
    holds("at once");
    desk.run(&["read", "--case", "a.case", "--again"]);
    holds("read again");
    five_more(&desk);
    desk.run(&["read", "--case", "a.case", "late-1.txt", "late-2.txt", "late-3.txt", "late-4.txt", "late-5.txt"]);
    holds("with five more");

    // The work of two people is joined by their logs, in whatever order.
    let log = desk.run(&["correct", "a.case", "export"]).0;
    desk.write("log.jsonl", &log);
    let all = desk.names();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    desk.run(&[&["read", "--case", "b.case"], all.as_slice()].concat());
    desk.run(&[&["read", "--case", "c.case"], all.as_slice()].concat());
    desk.run(&["correct", "b.case", "import", "log.jsonl"]);
    desk.run(&["correct", "b.case", "import", "log.jsonl"]);
    assert_eq!(desk.run(&["correct", "b.case", "export"]).0, log);
    let backward: Vec<&str> = log.lines().rev().collect();
    desk.write("backward.jsonl", &backward.join("\n"));
    desk.run(&["correct", "c.case", "import", "backward.jsonl"]);
    assert!(desk.answers("b.case") == desk.answers("c.case"));

    // Undo is another entry, and can be undone.
    let rejection = log.lines().find(|line| line.contains("\"act\":\"reject\"")).unwrap();
    let rejection: Value = serde_json::from_str(rejection).unwrap();
    correct(&["undo", rejection["id"].as_str().unwrap()]);
    assert_eq!(desk.run(&["show", "a.case", &demand]).1, 0);
    let undone = desk.run(&["correct", "a.case", "export"]).0;
    let undone: Value = serde_json::from_str(undone.lines().last().unwrap()).unwrap();
    correct(&["undo", undone["id"].as_str().unwrap()]);
    assert_eq!(desk.run(&["show", "a.case", &demand]).1, 1);

    // What stands in no article any more is listed with its words.
    desk.write("lysmar-courier.txt", "The delegations rested on Wednesday.\n");
    let replaced = desk.json(&["read", "lysmar-courier.txt", "--case", "a.case"]);
    assert_eq!(replaced["answer"]["counts"]["replaced"], 1);
    let orphaned = desk.run(&["correct", "a.case", "list", "--orphaned"]).0;
    assert!(orphaned.contains("would attend only if the boats were gone"), "{orphaned}");
}

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

#[test]
fn changes_tell_what_a_run_brought_and_why_with_the_model() {
    let Some(desk) = Desk::new("changes_tell_what_a_run_brought_and_why_with_the_model") else { return };
    let names = desk.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    desk.run(&[&["read", "--case", "a.case"], names.as_slice()].concat());
    assert_eq!(desk.run(&["changes", "a.case"]).1, 1, "all of a new case is new");
    five_more(&desk);
    desk.run(&["read", "late-1.txt", "late-2.txt", "--case", "a.case"]);
    let changes = desk.json(&["changes", "a.case"])["answer"]["changes"].clone();
    let why_of = |kind: &str, layer: &str| {
        let of = changes.as_array().unwrap().iter().filter(|c| c["kind"] == kind && c["layer"] == layer);
        of.map(|change| change["why"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert!(why_of("new", "utterance").iter().any(|why| why.contains("told by late-")), "{changes}");
    assert!(why_of("changed", "actor").iter().any(|why| why.contains("also told by late-")), "{changes}");
    let said = desk.found("a.case", "speaker:Tellin");
    desk.run(&["correct", "a.case", "reject", &said]);
    let changes = desk.run(&["changes", "a.case"]).0;
    assert!(changes.contains("rejected by correction/"), "{changes}");
    let since_the_first = desk.json(&["changes", "a.case", "--since", "1"]);
    assert!(since_the_first["answer"]["n_total"].as_u64().unwrap() > 5, "{since_the_first}");
    assert_eq!(desk.json(&["runs", "a.case"])["answer"]["runs"].as_array().unwrap().len(), 3);
}
