//! What may not be written, or is being written by another run.

use crate::script::{Script, asked, at, state};
use rapporteur_store::{Case, RunKind};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system in memory, where the system lets one be made; taken away in the end.
struct Disk(PathBuf);

impl Disk {
    /// Says aloud for which test there is none.
    fn new(folder: &Path, kib: u32, test: &str) -> Option<Self> {
        let point = folder.join("disk");
        fs::create_dir(&point).unwrap();
        let size = format!("size={kib}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(&point).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Disk(point));
        }
        println!("skipped: {test} (no file system can be mounted)");
        None
    }

    fn remount(&self, how: &str) {
        let mounted = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0).status();
        assert!(mounted.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_told_and_what_was_complete_stays() {
    let folder = tempfile::tempdir().unwrap();
    let script = Script::new(9, 60);
    let mut n_full = 0;
    for kib in [16, 100, 300, 600, 1000, 1400, 2000, 3000, 4000] {
        let folder = folder.path().join(kib.to_string());
        fs::create_dir(&folder).unwrap();
        let Some(disk) = Disk::new(&folder, kib, "a_full_disk_is_told_and_what_was_complete_stays") else { return };
        let path = disk.0.join("talks.case");
        let (mut n_done, mut before) = (None, None);
        let mut run = || -> Result<(), rapporteur_store::Error> {
            let mut case = Case::open_or_create(&path)?;
            let run = case.begin(RunKind::Read, &at(), &BTreeMap::new())?;
            for step in 0..script.n_steps() {
                before = Some(asked_whole(&case));
                script.perform(&mut case, run, step)?;
                n_done = Some(step);
            }
            Ok(())
        };
        let Err(error) = run() else { continue };
        n_full += 1;
        assert!(error.is_full() && error.hint().is_some(), "{kib} KiB: {error}");
        let Some(before) = before else { continue };
        assert_eq!(state(&Case::open(&path).unwrap()), before, "{kib} KiB, {n_done:?}");
        // With room it goes on.
        disk.remount("size=64m");
        let mut case = Case::open_to_write(&path).unwrap();
        script.run(&mut case, n_done.map_or(0, |n| n + 1), |_| ()).unwrap();
        state(&case);
    }
    assert!(n_full > 3, "{n_full}");
}

fn asked_whole(case: &Case) -> Vec<(&'static str, String)> {
    asked(case).into_iter().map(|(name, answer)| (name, answer.unwrap())).collect()
}

#[test]
fn a_case_that_may_not_be_written_can_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    let test = "a_case_that_may_not_be_written_can_be_asked";
    let Some(disk) = Disk::new(folder.path(), 65536, test) else { return };
    let path = disk.0.join("talks.case");
    let script = Script::new(4, 12);
    script.run(&mut Case::open_or_create(&path).unwrap(), 0, |_| ()).unwrap();
    let before = state(&Case::open(&path).unwrap());
    disk.remount("ro");
    assert_eq!(state(&Case::open(&path).unwrap()), before);
    for error in [Case::open_to_write(&path).unwrap_err(), Case::open_or_create(&path).unwrap_err()] {
        assert!(error.is_read_only() && error.hint().is_some(), "{error}");
    }
    assert!(Case::open_or_create(&disk.0.join("new.case")).unwrap_err().is_read_only());
}

#[test]
fn what_a_stopped_run_left_where_nothing_may_be_written_is_read_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let test = "what_a_stopped_run_left_where_nothing_may_be_written_is_read_or_told";
    let Some(disk) = Disk::new(folder.path(), 65536, test) else { return };
    let path = folder.path().join("talks.case");
    let script = Script::new(4, 12);
    let mut case = Case::open_or_create(&path).unwrap();
    let run = case.begin(RunKind::Read, &at(), &BTreeMap::new()).unwrap();
    script.perform(&mut case, run, 0).unwrap();
    let before = state(&case);
    // As a run leaves it that is stopped now.
    let copied = disk.0.join("talks.case");
    let beside = |name: &str| PathBuf::from(format!("{}{name}", copied.display()));
    for (name, kept) in [("", true), ("-wal", true), ("-shm", true)] {
        assert!(fs::copy(format!("{}{name}", path.display()), beside(name)).is_ok() || !kept);
    }
    drop(case);
    disk.remount("ro");
    assert_eq!(state(&Case::open(&copied).unwrap()), before);
    // Without the index of the journal it can only be read where that can be made anew.
    disk.remount("rw");
    fs::remove_file(beside("-shm")).unwrap();
    disk.remount("ro");
    match Case::open(&copied) {
        Ok(case) => assert_eq!(state(&case), before),
        Err(error) => assert!(error.is_read_only() && error.hint().is_some(), "{error}"),
    }
    // A journal that holds nothing is not needed, and none neither.
    for is_there in [true, false] {
        disk.remount("rw");
        state(&Case::open_to_write(&copied).unwrap());
        let bytes = fs::read(&copied).unwrap();
        // Bytes 18 and 19 say that a journal belongs to the file.
        let bytes = [&bytes[..18], &[2, 2], &bytes[20..]].concat();
        fs::write(&copied, bytes).unwrap();
        if is_there {
            fs::write(beside("-wal"), "").unwrap();
        } else {
            let _ = fs::remove_file(beside("-wal"));
        }
        disk.remount("ro");
        assert_eq!(state(&Case::open(&copied).unwrap()), before);
    }
}

#[test]
fn one_run_writes_and_others_ask_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.case");
    let script = Script::new(4, 12);
    let mut case = Case::open_or_create(&path).unwrap();
    let run = case.begin(RunKind::Read, &at(), &BTreeMap::new()).unwrap();
    for step in 0..script.n_steps() {
        script.perform(&mut case, run, step).unwrap();
        let errors = [Case::open_to_write(&path).unwrap_err(), Case::open_or_create(&path).unwrap_err()];
        for error in errors {
            assert!(error.is_busy() && error.hint().is_some(), "{error}");
        }
        assert_eq!(state(&Case::open(&path).unwrap()), state(&case));
    }
    drop(case);
    Case::open_to_write(&path).unwrap();
}

#[test]
fn a_reader_keeps_no_run_from_writing_and_sees_one_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.case");
    let script = Script::new(4, 12);
    script.run(&mut Case::open_or_create(&path).unwrap(), 0, |_| ()).unwrap();
    let reader = Case::open(&path).unwrap();
    let before = state(&reader);
    let mut writer = Case::open_to_write(&path).unwrap();
    let run = writer.begin(RunKind::Correct, &at(), &BTreeMap::new()).unwrap();
    writer.append(&[rapporteur_store::entry("Ada", &at(), undo(), None)]).unwrap();
    writer.end(run, &at(), &BTreeMap::new()).unwrap();
    let after = state(&reader);
    assert_ne!(before, after);
    assert_eq!(after, state(&writer));
    drop(writer);
    assert_eq!(state(&reader), after);
    drop(reader);
    assert_eq!(state(&Case::open(&path).unwrap()), after);
}

#[test]
fn what_is_asked_at_one_moment_is_of_one_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.case");
    let script = Script::new(4, 12);
    script.run(&mut Case::open_or_create(&path).unwrap(), 0, |_| ()).unwrap();
    // Opened while the file is written, so that the reader knows of the journal.
    let mut writer = Case::open_to_write(&path).unwrap();
    let reader = Case::open(&path).unwrap();
    let before = state(&reader);
    let asked = reader.at_one_moment(|reader| {
        let first = state(reader);
        let run = writer.begin(RunKind::Correct, &at(), &BTreeMap::new())?;
        writer.append(&[rapporteur_store::entry("Ada", &at(), undo(), None)])?;
        writer.end(run, &at(), &BTreeMap::new())?;
        Ok((first, reader.at_one_moment(|reader| Ok(state(reader)))?))
    });
    let (first, then) = asked.unwrap();
    assert_eq!(first, before);
    assert_eq!(then, before);
    assert_eq!(state(&reader), state(&writer));
    assert_ne!(state(&reader), before);
}

fn undo() -> rapporteur_model::CorrectionAct {
    rapporteur_model::CorrectionAct::Undo { correction: rapporteur_model::CorrectionId::new("none") }
}
