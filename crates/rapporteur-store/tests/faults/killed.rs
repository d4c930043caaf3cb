//! A run that is killed leaves what was complete, and can be gone on with.

use crate::script::{Random, Script, differing, state};
use rapporteur_store::Case;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Names the folder in which a child of these tests writes.
const FOLDER: &str = "RAPPORTEUR_KILLED_FOLDER";
const N_KILLS: u64 = 200;

/// No test: what the tests below start and kill. Says each step when it is done, and not before.
#[test]
#[ignore = "started by the tests of kills"]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let json = std::fs::read(folder.join("script.json")).unwrap();
    let script: Script = serde_json::from_slice(&json).unwrap();
    let path = folder.join("talks.case");
    let say = |line: String| {
        let mut out = std::io::stderr().lock();
        out.write_all(line.as_bytes()).unwrap();
    };
    say("ready\n".into());
    let mut case = Case::open_or_create(&path).unwrap();
    script.run(&mut case, 0, |step| say(format!("done {step}\n"))).unwrap();
    drop(case);
    say("end\n".into());
}

/// Starts a child over a folder and kills it after a time; gives how many steps it said were done.
fn killed(folder: &Path, after: Option<Duration>) -> (usize, Duration) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "killed::child", "--ignored", "--nocapture", "--test-threads=1"]);
    let mut child = command.env(FOLDER, folder).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while line != "ready\n" {
        line.clear();
        assert_ne!(said.read_line(&mut line).unwrap(), 0, "the child ended before it began");
    }
    let begun = Instant::now();
    if let Some(after) = after {
        std::thread::sleep(after);
        child.kill().unwrap();
    }
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    child.wait().unwrap();
    assert!(!rest.contains("panicked"), "{rest}");
    (rest.lines().filter(|line| line.starts_with("done ")).count(), begun.elapsed())
}

#[test]
fn a_killed_run_leaves_what_was_complete_and_can_be_gone_on_with() {
    let script = Script::new(11, 60);
    let folder = tempfile::tempdir().unwrap();
    // What stands in the case after each step, where nothing is killed.
    let whole = folder.path().join("whole.case");
    let mut case = Case::open_or_create(&whole).unwrap();
    let run = case.begin(rapporteur_store::RunKind::Read, &crate::script::at(), &Default::default()).unwrap();
    let mut expected = vec![state(&case)];
    for step in 0..script.n_steps() {
        script.perform(&mut case, run, step).unwrap();
        expected.push(state(&case));
    }
    drop(case);
    let json = serde_json::to_vec(&script).unwrap();
    let json_path = folder.path().join("script.json");
    std::fs::write(&json_path, json).unwrap();
    let (n_done, whole_run) = killed(folder.path(), None);
    assert_eq!(n_done, script.n_steps());
    let kills = |seed: u64| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::hard_link(&json_path, folder.path().join("script.json")).unwrap();
        let path = folder.path().join("talks.case");
        let mut random = Random(seed);
        let mut n_under_way = 0;
        for kill in 0..N_KILLS / 2 {
            for name in ["talks.case", "talks.case-wal", "talks.case-shm", "talks.case-journal"] {
                let _ = std::fs::remove_file(folder.path().join(name));
            }
            let micros = whole_run.as_micros() as u64 * kill / (N_KILLS / 2);
            let after = Duration::from_micros(micros + random.below(20_000));
            let (n_said, _) = killed(folder.path(), Some(after));
            n_under_way += usize::from(n_said < script.n_steps());
            let context = format!("killed after {after:?}, {n_said} steps were said to be done");
            println!("{context}");
            let mut n_found = 0;
            if n_said > 0 || Case::open(&path).is_ok() {
                let found = state(&Case::open(&path).unwrap());
                let is_as_expected = |n: usize| expected.get(n).is_some_and(|expected| *expected == found);
                n_found = if is_as_expected(n_said) { n_said } else { n_said + 1 };
                assert!(is_as_expected(n_found), "{context}: {:?}", differing(&expected[n_said], &found));
            }
            // Every eighth goes on to the end; the others would tell the same.
            if kill % 8 == 0 {
                let mut case = Case::open_or_create(&path).unwrap();
                script.run(&mut case, n_found, |_| ()).unwrap();
                let found = state(&case);
                assert_eq!(differing(&expected[script.n_steps()], &found), [""; 0], "{context}, then gone on with");
                drop(case);
                assert!(!folder.path().join("talks.case-wal").exists());
            }
        }
        n_under_way
    };
    let n_under_way: usize = std::thread::scope(|scope| {
        let workers = [17, 18].map(|seed| scope.spawn(move || kills(seed)));
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    assert!(n_under_way > 0);
}
