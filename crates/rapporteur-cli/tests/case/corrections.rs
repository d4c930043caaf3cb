//! What was put right by hand holds.

use crate::desk::{Desk, five_more};
use serde_json::Value;

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
        let either = ["person/henrik-sole", "person/celia-ansgar"].map(|id| desk.json(&["show", "a.case", id]));
        assert_eq!(
            either[0]["answer"]["item"]["id"], either[1]["answer"]["item"]["id"],
            "{stage}: both ids lead to one"
        );
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
    let (_, told, code) = desk.attempt(&["correct", "a.case", "undo", rejection["id"].as_str().unwrap()]);
    assert!(code == 2 && told.contains("undone already"), "{told}");
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
fn a_log_with_damaged_lines_is_taken_in_but_for_these_with_the_model() {
    let Some(desk) = Desk::new("a_log_with_damaged_lines_is_taken_in_but_for_these_with_the_model") else { return };
    desk.read_all("a.case");
    desk.read_all("b.case");
    let demand = desk.found("a.case", "class:demand");
    desk.run(&["correct", "a.case", "reject", &demand]);
    desk.run(&["correct", "a.case", "tag", "state/veldria", "core"]);
    desk.run(&["correct", "a.case", "split", "person/mara-telin", "--article", "lysmar-courier"]);
    let log = desk.run(&["correct", "a.case", "export"]).0;
    let lines: Vec<&str> = log.lines().collect();
    let half = &lines[0][..lines[0].len() / 2];
    desk.write("log.jsonl", &format!("{}\n{half}\n\n{}\nno JSON\n{{}}\n{}\n", lines[2], lines[0], lines[1]));
    let (_, told, code) = desk.attempt(&["correct", "b.case", "import", "log.jsonl"]);
    assert_eq!(code, 2, "{told}");
    for number in [2, 5, 6] {
        assert!(told.contains(&format!("log.jsonl:{number}: ")), "{number}: {told}");
    }
    for number in [1, 3, 4, 7] {
        assert!(!told.contains(&format!("log.jsonl:{number}: ")), "{number}: {told}");
    }
    assert!(desk.answers("a.case") == desk.answers("b.case"));
    assert_eq!(desk.run(&["check", "b.case"]).1, 0);
    // A second time nothing is new.
    desk.write("whole.jsonl", &log);
    let counts = desk.json(&["correct", "b.case", "import", "whole.jsonl"])["answer"]["counts"].clone();
    assert_eq!((&counts["changed"], &counts["withdrawn"]), (&0.into(), &0.into()), "{counts}");
    assert!(desk.answers("a.case") == desk.answers("b.case"));
}

#[test]
fn corrections_follow_the_words_of_an_article_that_changed_with_the_model() {
    let Some(desk) = Desk::new("corrections_follow_the_words_of_an_article_that_changed_with_the_model") else {
        return;
    };
    desk.write("own.txt", "Grain\n\n20 March 2024\n\nOlda Brenk demanded that the mills of Sarn be opened. Olda Brenk threatened to burn the stores of Tolm.\n");
    desk.read_all("a.case");
    let demand = desk.found("a.case", "speaker:Brenk class:demand");
    let threat = desk.found("a.case", "speaker:Brenk class:threat");
    desk.run(&["correct", "a.case", "attribute", &demand, "--speaker", "Pavla Ross"]);
    desk.run(&["correct", "a.case", "accept", &threat]);
    desk.run(&["correct", "a.case", "note", &threat, "look at this"]);
    // The same place, other bytes: one sentence stays and moves, the other goes.
    desk.write("own.txt", "Grain and water\n\n20 March 2024\n\nIt rained in Tolm. Olda Brenk demanded that the mills of Sarn be opened. Nobody answered.\n");
    let counts = desk.json(&["read", "own.txt", "--case", "a.case"])["answer"]["counts"].clone();
    assert_eq!((&counts["added"], &counts["replaced"]), (&1.into(), &1.into()), "{counts}");
    let held = desk.json(&["search", "a.case", "speaker:\"Pavla Ross\" class:demand"]);
    assert_eq!(held["answer"]["utterances"]["n_total"], 1, "{held}");
    let orphaned = desk.json(&["correct", "a.case", "list", "--orphaned"])["answer"]["corrections"].clone();
    assert_eq!(orphaned.as_array().unwrap().len(), 2, "{orphaned}");
    let told = desk.run(&["correct", "a.case", "list", "--orphaned"]).0;
    assert!(told.contains("burn the stores of Tolm"), "{told}");
    assert_eq!(desk.run(&["check", "a.case"]).1, 0);
    // The old bytes back: all hold again.
    desk.write("own.txt", "Grain\n\n20 March 2024\n\nOlda Brenk demanded that the mills of Sarn be opened. Olda Brenk threatened to burn the stores of Tolm.\n");
    desk.run(&["read", "own.txt", "--case", "a.case"]);
    assert_eq!(desk.json(&["correct", "a.case", "list", "--orphaned"])["answer"]["n_total"], 0);
}
