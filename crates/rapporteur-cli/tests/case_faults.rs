//! The commands over a case where something goes wrong: the run is killed, the disk is full, another run writes, rights are
//! lacking, the file is something else or damaged.
//!
//! Tests whose names end in `_with_the_model` need the language model, named by `RAPPORTEUR_MODEL`. Where it is not they
//! say so and pass.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_testkit::model_folder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder of its own with a model, in which commands are run.
struct Room {
    folder: tempfile::TempDir,
    model: Option<PathBuf>,
}

struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Failed with a message that has these words, and a hint.
    fn assert_told(&self, words: &str) {
        assert_eq!((self.code, self.stdout.as_str()), (Some(2), ""), "{}", self.stderr);
        assert!(self.stderr.starts_with("error: ") && self.stderr.contains(words), "{}", self.stderr);
        assert!(self.stderr.contains("\nhint: "), "{}", self.stderr);
    }
}

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/coverage");

impl Room {
    /// `None`, said aloud, where a model is needed and there is none.
    fn with_model(test: &str) -> Option<Self> {
        let model = model_folder(test)?;
        Some(Room { folder: tempfile::tempdir().unwrap(), model: Some(model) })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
        let home = self.folder.path();
        command.env_clear().env("HOME", home).env("XDG_DATA_HOME", home).env("USER", "Dana").current_dir(home);
        command.envs(self.model.iter().map(|model| ("RAPPORTEUR_MODEL", model)));
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::new(self.command(arguments).output().unwrap())
    }

    /// A case of the examples.
    fn read(&self) {
        let ran = self.run(&["read", EXAMPLES, "--case", "talks.case"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }

    /// What a case answers.
    fn answers(&self, case: &str) -> Vec<String> {
        let questions: [&[&str]; 7] = [
            &["brief", case],
            &["who", case],
            &["positions", case],
            &["timeline", case],
            &["search", case, "barge"],
            &["search", case, "class:demand"],
            &["sources", case],
        ];
        let answer = |question: &&[&str]| {
            let ran = self.run(&[&question[..1], &["--json"], &question[1..]].concat());
            assert_eq!(ran.code, Some(0), "{question:?}: {}", ran.stderr);
            ran.stdout
        };
        questions.iter().map(answer).collect()
    }

    fn assert_whole(&self, case: &str) {
        let ran = self.run(&["check", case]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    }

    /// The id of somebody who speaks.
    fn actor(&self) -> String {
        let json: serde_json::Value = serde_json::from_str(&self.run(&["who", "talks.case", "--json"]).stdout).unwrap();
        json["answer"]["items"][0]["id"].as_str().unwrap().to_string()
    }
}

/// Runs a command and kills it after a time.
fn killed(command: &mut Command, after: Duration) -> Ran {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(after);
    let _ = child.kill();
    Ran::new(child.wait_with_output().unwrap())
}

const N_KILLS: u32 = 15;

#[test]
fn a_killed_read_is_gone_on_with_by_the_same_command_with_the_model() {
    let Some(room) = Room::with_model("a_killed_read_is_gone_on_with_by_the_same_command_with_the_model") else {
        return;
    };
    let begun = Instant::now();
    room.read();
    let whole_run = begun.elapsed();
    let expected = room.answers("talks.case");
    for kill in 0..N_KILLS {
        let case = format!("{kill}.case");
        let arguments = ["read", EXAMPLES, "--case", &case];
        killed(&mut room.command(&arguments), whole_run * kill / (N_KILLS - 2));
        let checked = room.run(&["check", &case]);
        match checked.code {
            Some(0) => {}
            // It had not begun to write.
            _ => assert!(
                ["there is no such case", "not a case"].iter().any(|told| checked.stderr.contains(told)),
                "{}{}",
                checked.stdout,
                checked.stderr
            ),
        }
        assert_eq!(room.run(&arguments).code, Some(0));
        room.assert_whole(&case);
        assert_eq!(room.answers(&case), expected, "killed at {kill} of {N_KILLS}");
    }
}

#[test]
fn a_killed_correction_is_in_the_log_or_was_not_acknowledged_with_the_model() {
    let Some(room) = Room::with_model("a_killed_correction_is_in_the_log_or_was_not_acknowledged_with_the_model")
    else {
        return;
    };
    room.read();
    let actor = room.actor();
    let begun = Instant::now();
    let mut acknowledged = Vec::new();
    for kill in 0..=N_KILLS {
        let name = format!("Name {kill}");
        let arguments = ["correct", "talks.case", "rename", &actor, &name];
        let ran = if kill == 0 {
            room.run(&arguments)
        } else {
            killed(&mut room.command(&arguments), begun.elapsed().min(Duration::from_millis(400)) * kill / N_KILLS)
        };
        let noted = ran.stderr.lines().find_map(|line| line.split_once("noted as "));
        acknowledged.extend(noted.map(|(_, id)| id.trim().to_string()));
        room.assert_whole("talks.case");
        let log = room.run(&["correct", "talks.case", "export"]).stdout;
        assert!(acknowledged.iter().all(|id| log.contains(id)), "{acknowledged:?}\n{log}");
    }
    assert!(!acknowledged.is_empty());
    assert_eq!(room.run(&["correct", "talks.case", "rename", &actor, "Dana Ostrel"]).code, Some(0));
    assert!(room.run(&["who", "talks.case"]).stdout.contains("Dana Ostrel"));
}

#[test]
fn one_run_writes_and_others_ask_meanwhile_with_the_model() {
    let Some(room) = Room::with_model("one_run_writes_and_others_ask_meanwhile_with_the_model") else { return };
    room.read();
    let before = room.answers("talks.case");
    let mut first = room.command(&["read", "-", "--case", "talks.case"]);
    let mut first = first.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !room.path("talks.case-wal").exists() {
        assert!(first.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(5));
    }
    let actor = room.actor();
    room.run(&["read", EXAMPLES, "--case", "talks.case"]).assert_told("another run writes this case");
    room.run(&["correct", "talks.case", "note", &actor, "x"]).assert_told("another run writes this case");
    assert_eq!(room.answers("talks.case"), before);
    first
        .stdin
        .take()
        .unwrap()
        .write_all(b"\xe2\x80\x9cNot one barge will pass,\xe2\x80\x9d Ada Morel said on Tuesday.\n")
        .unwrap();
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_ne!(room.answers("talks.case"), before);
    room.assert_whole("talks.case");
    assert!(!room.path("talks.case-wal").exists());
}

#[test]
fn a_full_disk_is_told_and_what_was_complete_stays_with_the_model() {
    let Some(room) = Room::with_model("a_full_disk_is_told_and_what_was_complete_stays_with_the_model") else { return };
    room.read();
    let before = room.answers("talks.case");
    let more = "“Not one barge will pass,” Alexei Voryabin said on Tuesday.\n";
    for n in 0..40 {
        fs::write(room.path(&format!("{n}.txt")), format!("{more}{}\n", "It was said again. ".repeat(n))).unwrap();
    }
    // A limit on the size of files, in place of a disk: SQLite is told the same for both but by another name.
    let program = assert_cmd::cargo::cargo_bin!("rapporteur");
    let script = format!("trap '' XFSZ; ulimit -f 80; exec {} read *.txt --case \"$0\"", program.display());
    for case in ["talks.case", "new.case"] {
        let mut limited = Command::new("sh");
        let home = room.folder.path();
        limited.env_clear().env("HOME", home).env("RAPPORTEUR_MODEL", room.model.as_ref().unwrap()).current_dir(home);
        Ran::new(limited.args(["-c", &script, case]).output().unwrap()).assert_told("the disk is full");
    }
    room.assert_whole("talks.case");
    assert_eq!(room.answers("talks.case"), before);
    for case in ["talks.case", "new.case"] {
        assert_eq!(room.run(&["read", "*.txt", "--case", case]).code, Some(0));
        room.assert_whole(case);
    }
}

#[test]
fn a_case_that_may_not_be_written_can_be_asked_with_the_model() {
    let test = "a_case_that_may_not_be_written_can_be_asked_with_the_model";
    let Some(room) = Room::with_model(test) else { return };
    room.read();
    let (disk, actor) = (room.path("disk"), room.actor());
    let mount = |how: &str| {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", how, "none"]).arg(&disk).output();
        mounted.is_ok_and(|mounted| mounted.status.success())
    };
    fs::create_dir(&disk).unwrap();
    // Rights bind everybody only where the whole file system may not be written.
    if !mount("size=16m") {
        println!("skipped: {test} (no file system can be mounted)");
        return;
    }
    fs::copy(room.path("talks.case"), disk.join("talks.case")).unwrap();
    assert!(mount("remount,ro"));
    let case = "disk/talks.case";
    let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        assert_eq!(room.answers(case), room.answers("talks.case"));
        room.assert_whole(case);
        room.run(&["correct", case, "note", &actor, "x"]).assert_told("may not be written");
        room.run(&["read", EXAMPLES, "--case", case]).assert_told("may not be written");
        room.run(&["read", EXAMPLES, "--case", "disk/new.case"]).assert_told("may not be written");
    }));
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());
    asked.unwrap();
}

#[test]
fn what_is_no_case_is_told_and_left_alone_with_the_model() {
    let Some(room) = Room::with_model("what_is_no_case_is_told_and_left_alone_with_the_model") else { return };
    room.read();
    let mut newer = fs::read(room.path("talks.case")).unwrap();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    let strangers: [(&str, &[u8], &str); 3] = [
        ("text.case", b"One side said no.\n", "not a case"),
        ("zeros.case", &[0; 5000], "not a case"),
        ("newer.case", &newer, "the case has format 99, which a newer version of the program has written"),
    ];
    let commands = |case: &'static str| -> [Vec<&'static str>; 5] {
        [
            vec!["who", case],
            vec!["check", case],
            vec!["correct", case, "note", "x", "y"],
            vec!["correct", case, "list"],
            vec!["read", EXAMPLES, "--case", case],
        ]
    };
    for (name, bytes, told) in strangers {
        fs::write(room.path(name), bytes).unwrap();
        for command in commands(name) {
            room.run(&command).assert_told(told);
            assert!(fs::read(room.path(name)).unwrap() == bytes, "{command:?}");
        }
    }
    fs::write(room.path("empty.case"), "").unwrap();
    fs::create_dir(room.path("folder.case")).unwrap();
    for command in commands("folder.case") {
        room.run(&command).assert_told("not a case");
    }
    for command in &commands("empty.case")[..4] {
        room.run(command).assert_told("not a case");
        assert_eq!(fs::metadata(room.path("empty.case")).unwrap().len(), 0);
    }
    for command in &commands("none.case")[..4] {
        room.run(command).assert_told("there is no such case");
        assert!(!Path::new(&room.path("none.case")).exists());
    }
}

#[test]
fn an_altered_quotation_does_not_come_out_with_the_model() {
    let Some(room) = Room::with_model("an_altered_quotation_does_not_come_out_with_the_model") else { return };
    room.read();
    let json: serde_json::Value =
        serde_json::from_str(&room.run(&["search", "--json", "talks.case", "barge"]).stdout).unwrap();
    let words = json["answer"]["utterances"]["items"][0]["places"][0]["span"]["exact"].as_str().unwrap();
    let path = room.path("talks.case");
    let mut bytes = fs::read(&path).unwrap();
    let places: Vec<usize> =
        (0..bytes.len() - words.len()).filter(|at| bytes[*at..].starts_with(words.as_bytes())).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at] ^= 1;
    }
    fs::write(&path, bytes).unwrap();
    room.run(&["search", "talks.case", "barge"]).assert_told("the case is damaged");
    let checked = room.run(&["check", "talks.case"]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.stdout.contains("a text that is not what was read"), "{}", checked.stdout);
}
