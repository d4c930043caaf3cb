//! `parse --layers` and `explain` from the outside.
//!
//! Tests whose names end in `_with_the_model` need the language model, named by `RAPPORTEUR_MODEL`.
//! Where it is not they say so and pass.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use assert_cmd::Command;
use rapporteur_testkit::model_folder;
use std::path::Path;

const ARTICLE: &str = "Talks fail\n\nIt rained all day.\n“Not one barge will pass,” Alexei Voryabin said on Tuesday.\n";

struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs the binary in an environment of its own, with an article `talks.txt` in its folder.
fn run(arguments: &[&str], model: Option<&Path>, stdin: &str) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("talks.txt"), ARTICLE).unwrap();
    std::fs::write(folder.path().join("more.txt"), ARTICLE).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
    command.env_clear().env("HOME", folder.path()).env("XDG_DATA_HOME", folder.path()).current_dir(folder.path());
    command.envs(model.map(|model| ("RAPPORTEUR_MODEL", model)));
    let output = command.args(arguments).write_stdin(stdin).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn an_unknown_layer_is_an_error_that_lists_the_known_ones() {
    let ran = run(&["parse", "talks.txt", "--layers", "time,moods"], None, "");
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    let expected = "error: no layer is named \"moods\"\n\
                    hint: the layers are: statements, events, stances, time, quantities, actors\n";
    assert_eq!(ran.stderr, expected);
}

#[test]
fn layers_are_for_readers_and_have_no_other_format() {
    for format in ["jsonl", "conllu"] {
        let ran = run(&["parse", "talks.txt", "--layers", "time", "--format", format], None, "");
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.starts_with("error: --layers ") && ran.stderr.contains("\nhint: "), "{}", ran.stderr);
    }
    let without = run(&["parse", "talks.txt", "--knowledge", "words"], None, "");
    assert_eq!(without.code, Some(2));
    assert!(without.stderr.contains("--layers"), "{}", without.stderr);
}

#[test]
fn layers_stand_under_the_words_with_the_model() {
    let Some(model) = model_folder("layers_stand_under_the_words_with_the_model") else { return };
    for arguments in [
        &["parse", "talks.txt", "--layers", "statements,actors"][..],
        &["parse", "talks.txt", "--layers", "actors", "--layers", "statements", "--format", "text"],
    ] {
        let ran = run(arguments, Some(&model), "");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert!(ran.stdout.starts_with("talks: 3 sentences; 1 statement, "), "{}", ran.stdout);
        let lines: Vec<&str> = ran.stdout.lines().collect();
        let row = lines.iter().position(|line| line.contains("Not one barge")).unwrap();
        let marks = "  │  ~~~~~~~~~~~~~~~~~~~~~~~   --------------- ^^^^";
        assert!(lines[row + 1].starts_with(marks), "{}", ran.stdout);
        assert!(ran.stdout.contains("statement 1 · speech, direct · "), "{}", ran.stdout);
        assert!(!ran.stdout.contains('\x1b'), "{}", ran.stdout);
    }
    let both = run(&["parse", ".", "--layers", "statements"], Some(&model), "");
    assert!(both.stdout.starts_with("more: ") && both.stdout.contains("\n\ntalks: "), "{}", both.stdout);
}

#[test]
fn standard_input_does_not_steer_the_terminal_with_the_model() {
    let Some(model) = model_folder("standard_input_does_not_steer_the_terminal_with_the_model") else { return };
    let hostile = "Karsk \u{1b}[2J\u{202e}said “no”.\n";
    let layers = run(&["parse", "--layers", "statements,actors", "-"], Some(&model), hostile);
    assert_eq!(layers.code, Some(0), "{}", layers.stderr);
    let explained = run(&["explain", "-", "said"], Some(&model), hostile);
    for shown in [layers.stdout, explained.stdout] {
        assert!(shown.contains("␛[2J⟨U+202E⟩said"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
    }
}

#[test]
fn a_place_is_explained_by_position_and_by_words_with_the_model() {
    let Some(model) = model_folder("a_place_is_explained_by_position_and_by_words_with_the_model") else { return };
    let offset = ARTICLE[..ARTICLE.find("said").unwrap()].chars().count().to_string();
    let by_offset = run(&["explain", "talks.txt", &offset], Some(&model), "");
    assert_eq!((by_offset.code, by_offset.stderr.as_str()), (Some(0), ""));
    assert!(by_offset.stdout.starts_with(&format!("talks ¶3, code point {offset}\n")), "{}", by_offset.stdout);
    let by_words = run(&["explain", "talks.txt", "Voryabin", "said"], Some(&model), "");
    for ran in [&by_offset, &by_words] {
        assert!(ran.stdout.contains("statement: speech, direct (the place is in its cue)"), "{}", ran.stdout);
        assert!(ran.stdout.contains("speech, by the cue “said”"), "{}", ran.stdout);
    }
    let json = run(&["explain", "talks.txt", "said", "--json"], Some(&model), "");
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&json["format"], &json["place"]["exact"]), (&"rapporteur.explanation".into(), &"said".into()));
    assert_eq!((&json["items"][0]["list"], &json["items"][0]["index"]), (&"statements".into(), &0.into()));
}

#[test]
fn a_place_without_anything_is_told_from_one_that_is_not_there_with_the_model() {
    let test = "a_place_without_anything_is_told_from_one_that_is_not_there_with_the_model";
    let Some(model) = model_folder(test) else { return };
    let nothing = run(&["explain", "talks.txt", "rained"], Some(&model), "");
    assert_eq!((nothing.code, nothing.stderr.as_str()), (Some(1), "nothing was found at this place\n"));
    assert!(nothing.stdout.contains("It rained all day."), "{}", nothing.stdout);
    let no_words = run(&["explain", "talks.txt", "no\u{1b}[2J such words"], Some(&model), "");
    assert_eq!((no_words.code, no_words.stdout.as_str()), (Some(1), ""));
    assert_eq!(no_words.stderr, "the article does not have the words “no␛[2J such words”\n");
    for past in ["107", "99999999999999999999999"] {
        let past_end = run(&["explain", "talks.txt", past], Some(&model), "");
        assert_eq!((past_end.code, past_end.stdout.as_str()), (Some(2), ""));
        let n = ARTICLE.chars().count();
        let message = format!("error: the article has {n} code points; there is none with the number {past}\nhint: ");
        assert!(past_end.stderr.starts_with(&message), "{}", past_end.stderr);
    }
    let several = run(&["explain", ".", "said"], Some(&model), "");
    assert_eq!((several.code, several.stdout.as_str()), (Some(2), ""));
    assert!(several.stderr.starts_with("error: there is more than one article\nhint: "), "{}", several.stderr);
    let missing = run(&["explain", "no-such-file.txt", "said"], Some(&model), "");
    assert_eq!((missing.code, missing.stdout.as_str()), (Some(2), ""));
    assert!(missing.stderr.contains("skipped: no-such-file.txt: "), "{}", missing.stderr);
}
