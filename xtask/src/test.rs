//! `cargo xtask test`: are the tests green, and which of them could not run here?

use crate::workspace::{Workspace, ensure_model, succeeds};
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

/// Installs the model where it is missing, runs all tests, and ends with the line `N passed, N failed`.
///
/// Uses nextest where it is installed and `cargo test` where it is not.
pub(crate) fn run(workspace: &Workspace) -> Result<bool> {
    let workspace = &workspace.with_model(ensure_model(&workspace.build_binary("dev")?)?);
    if workspace.shared().is_none() {
        eprintln!("xtask: no ../shared beside the repository: the tests that need it are skipped, and named below");
    }
    let documented = run_cargo_test(workspace, &["test", "--doc", "--workspace"])?;
    let mut report = if has_nextest(workspace) {
        run_nextest(workspace)?
    } else {
        run_cargo_test(workspace, &["test", "--workspace", "--lib", "--bins", "--tests"])?
    };
    report += documented;

    // A report may give the output of one test twice.
    for line in BTreeSet::from_iter(&report.skipped) {
        println!("{line}");
    }
    println!("{} passed, {} failed", report.n_passed, report.n_failed);
    Ok(report.succeeded)
}

/// What one run of tests gave.
#[derive(Debug, PartialEq, Eq)]
struct Report {
    succeeded: bool,
    n_passed: usize,
    n_failed: usize,
    /// The lines with which tests said that they did not run.
    skipped: Vec<String>,
}

impl AddAssign for Report {
    fn add_assign(&mut self, other: Report) {
        self.succeeded &= other.succeeded;
        self.n_passed += other.n_passed;
        self.n_failed += other.n_failed;
        self.skipped.extend(other.skipped);
    }
}

fn has_nextest(workspace: &Workspace) -> bool {
    let mut version = workspace.cargo(["nextest", "--version"]);
    version.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn run_nextest(workspace: &Workspace) -> Result<Report> {
    // nextest keeps its reports under the root, wherever cargo builds.
    let junit = workspace.file("target/nextest/default/xtask-junit.xml");
    // A report of an earlier run must not stand in for one that was not written.
    let _ = fs::remove_file(&junit);
    let config = workspace.file("xtask/nextest.toml");
    let succeeded = succeeds(workspace.cargo(["nextest", "run", "--workspace", "--config-file"]).arg(config))?;
    let report = fs::read_to_string(&junit).with_context(|| format!("nextest wrote no report to {}", junit.display()));
    // Without a report nothing was compiled; nextest has said why.
    let report = if succeeded { report? } else { report.unwrap_or_default() };
    Ok(read_junit(&report, succeeded))
}

/// Counts the tests of a JUnit report, by its head, and finds the lines of those that were skipped.
fn read_junit(report: &str, succeeded: bool) -> Report {
    let head = report.lines().find(|line| line.contains("<testsuites")).unwrap_or_default();
    let count = |name: &str| {
        let value = head.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        value.and_then(|digits| digits.parse::<usize>().ok()).unwrap_or_default()
    };
    let n_failed = count("failures") + count("errors");
    Report {
        succeeded,
        n_passed: count("tests").saturating_sub(n_failed),
        n_failed,
        skipped: report.lines().filter_map(skipped_line).collect(),
    }
}

/// Runs `cargo test` with its output passed through, and reads the counts out of it.
fn run_cargo_test(workspace: &Workspace, arguments: &[&str]) -> Result<Report> {
    let mut command: Command = workspace.cargo(arguments.iter().copied());
    command.args(["--no-fail-fast", "--", "--show-output"]).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot run cargo test")?;
    let mut report = Report { succeeded: false, n_passed: 0, n_failed: 0, skipped: Vec::new() };
    let output = child.stdout.take().context("cargo test has no output")?;
    for line in BufReader::new(output).lines() {
        let line = line.context("cannot read the output of cargo test")?;
        report.read_line(&line);
        println!("{line}");
    }
    report.succeeded = child.wait().context("cargo test did not end")?.success();
    Ok(report)
}

impl Report {
    /// Takes up one line of `cargo test`: its closing line, or the line of a skipped test.
    fn read_line(&mut self, line: &str) {
        self.skipped.extend(skipped_line(line));
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        let before = |word: &str| {
            let number = counts.split(word).next().and_then(|text| text.split_whitespace().last());
            number.and_then(|digits| digits.parse::<usize>().ok()).unwrap_or_default()
        };
        self.n_passed += before(" passed");
        self.n_failed += before(" failed");
    }
}

/// The words with which a test says that it did not run, where the line holds them.
fn skipped_line(line: &str) -> Option<String> {
    let start = line.find("skipped: ")?;
    line[start..].split_once(')').map(|(words, _)| format!("{words})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_junit_report_gives_counts_and_the_skipped_tests() {
        let report = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="12" failures="1" errors="1" uuid="x" time="0.1">
    <testsuite name="rapporteur-text" tests="12" disabled="0" errors="1" failures="1">
            <system-out>running 1 test
skipped: gum_agrees (no ../shared)
test gum_agrees ... ok</system-out>"#;
        let expected = Report {
            succeeded: false,
            n_passed: 10,
            n_failed: 2,
            skipped: vec!["skipped: gum_agrees (no ../shared)".into()],
        };
        assert_eq!(read_junit(report, false), expected);
    }

    #[test]
    fn the_closing_lines_of_cargo_test_add_up() {
        let mut report = Report { succeeded: true, n_passed: 0, n_failed: 0, skipped: Vec::new() };
        for line in [
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "skipped: a (no ../shared)",
            "test result: FAILED. 17 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ] {
            report.read_line(line);
        }
        assert_eq!((report.n_passed, report.n_failed, report.skipped.len()), (20, 2, 1));
    }
}
