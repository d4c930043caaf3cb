//! The tutorial and the how-to are true: their commands, one after the other, give what they show. Needs the language model.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_testkit::model_folder;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Says that something is left out: alone on its line lines, else words.
const LEFT_OUT: &str = "…";

/// A command with what the page shows of its output.
struct Shown {
    command: String,
    output: Vec<String>,
}

/// The commands of the blocks of a page that begin with "```console".
fn commands(page: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut lines = page.lines();
    while lines.by_ref().any(|line| line == "```console") {
        while let Some(line) = lines.next().filter(|line| *line != "```") {
            let Some(command) = line.strip_prefix("$ ") else {
                shown.last_mut().unwrap().output.push(line.to_string());
                continue;
            };
            let mut command = command.to_string();
            if command.ends_with("<<'END'") {
                let here = lines.by_ref().take_while(|line| *line != "END");
                command = here.fold(command, |command, line| command + "\n" + line) + "\nEND";
            }
            shown.push(Shown { command, output: Vec::new() });
        }
    }
    shown
}

/// Whether a line is as the page shows it, but for what it leaves out.
fn fits(line: &str, shown: &str) -> bool {
    match shown.split_once(LEFT_OUT) {
        Some((start, end)) => line.starts_with(start) && line.ends_with(end) && line.len() >= start.len() + end.len(),
        None => line == shown,
    }
}

/// Holds the lines of a page against those of an output. Ids of corrections are made of the time: `ids` learns them.
fn hold(shown: &Shown, output: &str, ids: &mut HashMap<String, String>) {
    let lines: Vec<&str> = output.lines().map(str::trim_end).collect();
    let mut at = 0;
    for piece in shown.output.split(|line| line == LEFT_OUT).filter(|piece| !piece.is_empty()) {
        let is_there = |start: &usize| {
            let window = lines[*start..].iter().take(piece.len());
            window.len() == piece.len()
                && window.zip(piece).all(|(line, shown)| {
                    let is_id = |text: &str| text.starts_with("noted as correction/");
                    fits(line, shown) || is_id(line) && is_id(shown)
                })
        };
        let start = (at..lines.len()).find(is_there);
        let start = start
            .unwrap_or_else(|| panic!("$ {}\nis not followed by\n{}\nbut\n{output}", shown.command, piece.join("\n")));
        for (line, shown) in lines[start..].iter().zip(piece) {
            if let (Some(id), Some(shown)) = (line.strip_prefix("noted as "), shown.strip_prefix("noted as ")) {
                ids.insert(shown.to_string(), id.to_string());
            }
        }
        at = start + piece.len();
    }
}

/// Goes through a page of `docs/` with the example coverage.
fn go_through(page: &str, model: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs").join(page)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("coverage")).unwrap();
    for entry in fs::read_dir(root.join("examples/coverage")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join("coverage").join(path.file_name().unwrap())).unwrap();
    }
    let program = Path::new(assert_cmd::cargo::cargo_bin!("rapporteur")).parent().unwrap();
    let search_path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());

    let shown = commands(&page);
    assert!(shown.len() > 12, "the blocks of the page are not found");
    let mut ids: HashMap<String, String> = HashMap::new();
    // A server does not come to an end, and not every machine has a program for JSON.
    let is_left_out = |shown: &&Shown| [" serve ", "| jq "].iter().any(|words| shown.command.contains(words));
    for shown in shown.iter().filter(|shown| !is_left_out(shown)) {
        let command = ids.iter().fold(shown.command.clone(), |command, (shown, id)| command.replace(shown, id));
        let ran = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", &search_path)
            .env("HOME", folder.path())
            .env("RAPPORTEUR_MODEL", model)
            .env("RAPPORTEUR_AUTHOR", "ana")
            .output()
            .unwrap();
        hold(shown, &String::from_utf8_lossy(&ran.stdout), &mut ids);
    }
}

#[test]
fn the_tutorial_shows_what_comes_with_the_model() {
    let Some(model) = model_folder("the_tutorial_shows_what_comes_with_the_model") else { return };
    go_through("TUTORIAL.md", &model);
}

#[test]
fn the_how_to_shows_what_comes_with_the_model() {
    let Some(model) = model_folder("the_how_to_shows_what_comes_with_the_model") else { return };
    go_through("HOWTO.md", &model);
}

#[test]
fn what_a_page_leaves_out_may_be_anything_and_the_rest_may_not() {
    let page = "```console\n$ a\none\n…\nthree (…)\n$ cat > x <<'END'\nnoted\nEND\n```\n";
    let shown = commands(page);
    assert_eq!(shown[1].command, "cat > x <<'END'\nnoted\nEND");
    let holds = |output: &str| std::panic::catch_unwind(|| hold(&shown[0], output, &mut HashMap::new())).is_ok();
    assert!(holds("one\ntwo\nthree (3)\n") && holds("one\nthree ()\n"));
    assert!(!holds("one\ntwo\n") && !holds("three (3)\none\n") && !holds("One\nthree (3)\n"));
}
