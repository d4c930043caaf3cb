//! What a run brought, and why.

use crate::desk::{Desk, five_more};

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

#[test]
fn what_is_withdrawn_is_told_with_its_words_with_the_model() {
    let Some(desk) = Desk::new("what_is_withdrawn_is_told_with_its_words_with_the_model") else { return };
    desk.write("own.txt", "Grain\n\n20 March 2024\n\nOlda Brenk demanded that the mills of Sarn be opened.\n");
    desk.read_all("a.case");
    let demand = desk.found("a.case", "speaker:Brenk");
    desk.write("own.txt", "Grain\n\n20 March 2024\n\nIt rained all day.\n");
    desk.run(&["read", "own.txt", "--case", "a.case"]);
    let changes = |since: &str| desk.json(&["changes", "a.case", "--since", since])["answer"]["changes"].clone();
    let change_of = |changes: &serde_json::Value, id: &str| {
        changes.as_array().unwrap().iter().find(|change| change["id"] == id).cloned()
    };
    let withdrawn = change_of(&changes("1"), &demand).unwrap();
    assert_eq!(withdrawn["kind"], "withdrawn", "{withdrawn}");
    assert_eq!(withdrawn["why"], "its articles are no longer in the case", "{withdrawn}");
    // Of what had a name this is left; the words went with the bytes that had them.
    let brenk = change_of(&changes("1"), "person/olda-brenk").unwrap();
    assert_eq!((&brenk["kind"], &brenk["words"]), (&"withdrawn".into(), &"Olda Brenk".into()), "{brenk}");

    // What a correction rejects, and what takes that back.
    let said = desk.found("a.case", "class:refusal");
    desk.run(&["correct", "a.case", "reject", &said]);
    let rejected = change_of(&changes("2"), &said).unwrap();
    assert_eq!(rejected["kind"], "withdrawn", "{rejected}");
    assert!(rejected["why"].as_str().unwrap().starts_with("rejected by correction/"), "{rejected}");
    let entry = desk.json(&["correct", "a.case", "list"])["answer"]["corrections"][0]["entry"]["id"].clone();
    desk.run(&["correct", "a.case", "undo", entry.as_str().unwrap()]);
    assert_eq!(change_of(&changes("3"), &said).unwrap()["kind"], "new");
    let over_both = change_of(&changes("2"), &said);
    assert!(over_both.is_none_or(|change| change["kind"] == "changed"));

    // The runs are listed with what they did; nothing is listed after the last one.
    let runs = desk.json(&["runs", "a.case"])["answer"]["runs"].clone();
    let kinds: Vec<&str> = runs.as_array().unwrap().iter().map(|run| run["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["read", "read", "correct", "correct"], "{runs}");
    assert!(runs.as_array().unwrap().iter().all(|run| run["ended"].is_string()), "{runs}");
    assert_eq!((&runs[1]["counts"]["added"], &runs[1]["counts"]["replaced"]), (&1.into(), &1.into()), "{runs}");
    for since in ["4", "5", "9223372036854775807"] {
        assert_eq!(desk.run(&["changes", "a.case", "--since", since]).1, 1, "{since}");
    }
    // A run that brings nothing changes nothing.
    desk.read_all("a.case");
    assert_eq!(desk.run(&["changes", "a.case"]).1, 1);
}
