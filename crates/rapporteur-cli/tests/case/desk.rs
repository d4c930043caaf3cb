//! A folder in which commands over cases run.

use assert_cmd::Command;
use rapporteur_testkit::model_folder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with the example coverage and more, in which commands run.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    model: PathBuf,
}

impl Desk {
    /// `None`, and a word about it, where there is no language model.
    pub(crate) fn new(test: &str) -> Option<Desk> {
        let desk = Desk { model: model_folder(test)?, ..Desk::without_model() };
        let examples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/coverage"));
        for entry in fs::read_dir(examples).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, desk.path(path.file_name().unwrap().to_str().unwrap())).unwrap();
        }
        Some(desk)
    }

    /// An empty folder, for commands that read nothing.
    pub(crate) fn without_model() -> Desk {
        Desk { model: PathBuf::new(), folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// The text of an article of the example coverage by its name.
    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(&format!("{name}.txt"))).unwrap()
    }

    /// What a command writes, and its exit code.
    pub(crate) fn run(&self, arguments: &[&str]) -> (String, i32) {
        let (stdout, stderr, code) = self.attempt(arguments);
        assert!(code < 2, "{arguments:?}: {stderr}");
        (stdout, code)
    }

    /// What a command writes as data and as messages, and its exit code.
    pub(crate) fn attempt(&self, arguments: &[&str]) -> (String, String, i32) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
        command.env_clear().env("RAPPORTEUR_MODEL", &self.model).env("RAPPORTEUR_AUTHOR", "Dana");
        let output = command.current_dir(self.folder.path()).args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    }

    /// Starts a command that goes on until it is told to stop.
    pub(crate) fn start(&self, arguments: &[&str]) -> std::process::Child {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
        command.env_clear().env("RAPPORTEUR_MODEL", &self.model).env("RAPPORTEUR_AUTHOR", "Dana");
        let piped = std::process::Stdio::piped;
        command.stdin(piped()).stdout(piped()).stderr(piped());
        command.current_dir(self.folder.path()).args(arguments).spawn().unwrap()
    }

    /// Reads all of the folder's articles into a case.
    pub(crate) fn read_all(&self, case: &str) {
        let names = self.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.run(&[&["read", "--case", case], names.as_slice()].concat());
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[arguments, &["--json"]].concat()).0).unwrap()
    }

    /// The first item that a search finds.
    pub(crate) fn found(&self, case: &str, query: &str) -> String {
        self.json(&["search", case, query])["answer"]["utterances"]["items"][0]["id"].as_str().unwrap().to_string()
    }

    /// Everything that a case says, but for when and in how many runs it was made.
    pub(crate) fn answers(&self, case: &str) -> String {
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

    pub(crate) fn names(&self) -> Vec<String> {
        let names =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".txt")).collect();
        names.sort();
        names
    }
}

/// Five short reports more: one repeats words of the example coverage and names no date of its own.
pub(crate) fn five_more(desk: &Desk) {
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
