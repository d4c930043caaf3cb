//! The brief of a case as a document: one command, a file of the format that its name tells.

use crate::desk::Desk;
use serde_json::Value;
use std::fs;

#[test]
fn a_brief_is_written_as_its_file_says_with_the_model() {
    let Some(desk) = Desk::new("a_brief_is_written_as_its_file_says_with_the_model") else { return };
    desk.read_all("talks.case");
    let brief = |arguments: &[&str]| desk.attempt(&[&["brief", "talks.case"], arguments].concat());
    for (name, start) in [
        ("brief.md", "# Brief: talks"),
        ("brief.html", "<!DOCTYPE html>"),
        ("brief.docx", "PK"),
        ("brief.json", "{\n  \"format\": \"rapporteur.document\""),
        ("brief.txt", "5 articles"),
    ] {
        assert_eq!(brief(&["--out", name]), (String::new(), format!("wrote {name}\n"), 0));
        let bytes = fs::read(desk.path(name)).unwrap();
        assert!(bytes.starts_with(start.as_bytes()), "{name}");
        // Written again it is the same; a text cannot be told from other text, and is not replaced.
        let (_, stderr, code) = brief(&["--out", name]);
        assert_eq!(code, if name == "brief.txt" { 2 } else { 0 }, "{stderr}");
        assert!(fs::read(desk.path(name)).unwrap() == bytes, "{name}");
    }
    let (markdown, _, code) = brief(&["--format", "markdown"]);
    assert_eq!((markdown, code), (fs::read_to_string(desk.path("brief.md")).unwrap(), 0));
    let (page, _, _) = brief(&["--format", "json", "--length", "page"]);
    let page: Value = serde_json::from_str(&page).unwrap();
    assert_eq!(page["length"], "page");
    assert!(page["notes"].as_array().unwrap().len() <= 30);

    // What is somebody's is left alone, and what cannot be is said with a way out.
    for (arguments, told) in [
        (&["--out", "meridian-press.txt"][..], "it would be overwritten"),
        (&["--out", "talks.case", "--format", "html"], "it would be overwritten"),
        (&["--out", "brief.md", "--format", "docx"], "it would be overwritten"),
        (&["--out", "brief.pdf"], "tells no format"),
        (&["--length", "page"], "has one length"),
        (&["--json", "--out", "x.json"], "cannot be used with"),
    ] {
        let (stdout, stderr, code) = brief(arguments);
        assert_eq!((stdout.as_str(), code), ("", 2), "{arguments:?}: {stderr}");
        assert!(stderr.contains(told), "{arguments:?}: {stderr}");
    }
    let (text, _, code) = brief(&[]);
    assert!(code == 0 && text.starts_with("5 articles with"), "{text}");
}
