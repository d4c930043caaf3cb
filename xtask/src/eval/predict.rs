//! Runs the product over each set that it has a stage for, and writes its predictions.

use super::events::{marked_prediction, read_marked, seeds_events};
use super::folds::Folds;
use super::pile::{Pile, Text, read_folder, read_set};
use super::reading::{
    Reading, quantity_predictions, seeds_predictions, seeds_timexes, statement_prediction, time_prediction,
};
use super::story::Rows;
use super::{sources, write_file};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Writes predictions for the kinds of data that the product answers for: text, statements, time, events, reuse,
/// extraction, and the statements, actors, times, quantities, events and positions of the seeds. Kinds whose stage does not exist have no prediction.
pub(super) fn write_all(binary: &Path, data: &Path, out: &Path, folds: Option<&Folds>) -> Result<()> {
    // What an earlier run left would be scored as if it were this run's.
    for kind in ["text", "statements", "time", "events", "reuse", "extraction", "seeds"] {
        let folder = out.join(kind);
        if folder.is_dir() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
        }
    }
    for (name, set) in sets(data, "text")? {
        let rows = parse(binary, &name, read_set(&set)?)?;
        write_lines(&out.join("text").join(name + ".jsonl"), &rows)?;
    }
    for (name, set) in sets(data, "statements")? {
        let rows = statements(binary, &name, read_set(&set)?, folds)?;
        write_lines(&out.join("statements").join(name + ".jsonl"), &rows)?;
    }
    for (name, set) in sets(data, "time")? {
        let rows = times(binary, &name, read_set(&set)?)?;
        write_lines(&out.join("time").join(name + ".jsonl"), &rows)?;
    }
    for (name, set) in sets(data, "events")? {
        let rows = events(binary, &name, &set)?;
        write_lines(&out.join("events").join(name + ".jsonl"), &rows)?;
    }
    for (name, set) in sets(data, "reuse")? {
        let rows = sources::reuse(binary, &name, &set)?;
        write_lines(&out.join("reuse").join(name + ".jsonl"), &rows)?;
    }
    for (name, set) in sets(data, "extraction")? {
        let rows = sources::extraction(binary, &name, &set)?;
        write_lines(&out.join("extraction").join(name + ".jsonl"), &rows)?;
    }
    let texts = data.join("seeds/text");
    if texts.is_dir() {
        let (pile, reading) = read(binary, "seeds", read_folder(&texts)?, &[])?;
        let (statements, actors) = seeds_predictions(&reading, &pile)?;
        write_lines(&out.join("seeds/quantities.jsonl"), &quantity_predictions(&reading, &pile)?)?;
        write_lines(&out.join("seeds/statements.jsonl"), &statements)?;
        write_lines(&out.join("seeds/actors.jsonl"), &actors)?;
        let docs = reading.articles.iter().map(|article| Ok(pile.text_of(&article.name)?.id.clone()));
        let docs = docs.collect::<Result<Vec<_>>>()?;
        write_lines(&out.join("seeds/events.jsonl"), &seeds_events(&reading, &docs))?;
        let story = Rows::new(&reading, &docs);
        write_lines(&out.join("seeds/utterances.jsonl"), &story.utterances())?;
        write_lines(&out.join("seeds/happenings.jsonl"), &story.happenings()?)?;
        write_lines(&out.join("seeds/positions.jsonl"), &story.positions()?)?;
        write_lines(&out.join("seeds/timeline.jsonl"), &story.timeline()?)?;
        write_lines(&out.join("seeds/tensions.jsonl"), &story.tensions()?)?;
        write_lines(&out.join("seeds/timex.jsonl"), &seeds_timexes(&reading, &pile)?)?;
    }
    Ok(())
}

/// The statements of a set: in its own scope, and with weights that were not learned from the text.
fn statements(binary: &Path, name: &str, texts: Vec<Text>, folds: Option<&Folds>) -> Result<Vec<Value>> {
    let is_broad = texts.iter().any(|text| text.is_broad);
    let scope = if is_broad { "attitude" } else { "statement" };
    let groups = match folds {
        Some(folds) => folds.split(texts),
        None => vec![(None, texts)],
    };
    let mut rows = Vec::new();
    for (weights, texts) in groups {
        let mut flags: Vec<OsString> = vec!["--scope".into(), scope.into()];
        if let Some(weights) = weights {
            flags.extend(["--knowledge".into(), weights.into_os_string()]);
        }
        let (pile, reading) = read(binary, name, texts, &flags)?;
        for article_idx in 0..reading.articles.len() {
            rows.push(statement_prediction(&reading, article_idx, &pile)?);
        }
    }
    Ok(rows)
}

/// The expressions of time of a set. Texts of one day are read together, since a run has one date.
fn times(binary: &Path, name: &str, texts: Vec<Text>) -> Result<Vec<Value>> {
    let mut by_date: BTreeMap<Option<String>, Vec<Text>> = BTreeMap::new();
    for text in texts {
        by_date.entry(text.dct.clone()).or_default().push(text);
    }
    let mut rows = Vec::new();
    for (date, texts) in by_date {
        let flags: Vec<OsString> = date.map_or(Vec::new(), |date| vec!["--date".into(), date.into()]);
        let (pile, reading) = read(binary, name, texts, &flags)?;
        for article_idx in 0..reading.articles.len() {
            rows.push(time_prediction(&reading, article_idx, &pile)?);
        }
    }
    Ok(rows)
}

/// The events between the marked participants of a set's sentences, each read as an article of its own.
fn events(binary: &Path, name: &str, set: &Path) -> Result<Vec<Value>> {
    let marked = read_marked(set)?;
    let texts = marked.iter().map(|marked| marked.text.clone()).collect();
    let (pile, reading) = read(binary, name, texts, &[])?;
    let row = |article_idx: usize| -> Result<Value> {
        let id = &pile.text_of(&reading.articles[article_idx].name)?.id;
        let marked = marked.iter().find(|marked| marked.text.id == *id);
        Ok(marked_prediction(&reading, article_idx, marked.context("an id comes twice")?))
    };
    (0..reading.articles.len()).map(row).collect()
}

/// The sets of a kind, by name.
fn sets(data: &Path, kind: &str) -> Result<Vec<(String, PathBuf)>> {
    let folder = data.join(kind);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut sets = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".jsonl.gz"));
        if let Some(name) = name {
            sets.push((name.to_owned(), path.clone()));
        }
    }
    sets.sort();
    Ok(sets)
}

/// One line of `rapporteur parse --format jsonl`.
#[derive(Deserialize)]
struct Parsed {
    id: String,
    tokens: Value,
}

/// The annotation of a set's texts, as the scorer wants it.
fn parse(binary: &Path, name: &str, texts: Vec<Text>) -> Result<Vec<Value>> {
    let pile = Pile::write(texts)?;
    let output = run_over(binary, &["parse", "--format", "jsonl"], &[], name, pile.folder.path())?;
    let row = |line: &[u8]| -> Result<Value> {
        let parsed: Parsed = serde_json::from_slice(line).context("a line of `parse` is not as documented")?;
        Ok(json!({ "id": pile.text_of(&parsed.id)?.id, "tokens": parsed.tokens }))
    };
    output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(row).collect()
}

/// What the product finds in a set's texts, read as one pile.
fn read(binary: &Path, name: &str, texts: Vec<Text>, flags: &[OsString]) -> Result<(Pile, Reading)> {
    let pile = Pile::write(texts)?;
    let output = run_over(binary, &["read", "--json"], flags, name, pile.folder.path())?;
    let reading: Reading =
        serde_json::from_slice(&output).context("the output of `read --json` is not as documented")?;
    reading.check(&pile)?;
    Ok((pile, reading))
}

/// Runs the product over a file or folder and gives what it printed.
pub(super) fn run_over(
    binary: &Path,
    arguments: &[&str],
    flags: &[OsString],
    name: &str,
    input: &Path,
) -> Result<Vec<u8>> {
    let start = Instant::now();
    let mut command = Command::new(binary);
    command.args(arguments).args(flags).arg(input).stderr(Stdio::inherit());
    let output = command.output().with_context(|| format!("cannot run {}", binary.display()))?;
    // 1 says that nothing was found, which is an answer.
    if !matches!(output.status.code(), Some(0 | 1)) {
        bail!("`rapporteur {}` failed on {name}: {}", arguments.join(" "), output.status);
    }
    eprintln!("xtask: {} {name}: {:.1} s", arguments[0], start.elapsed().as_secs_f64());
    Ok(output.stdout)
}

/// Writes rows as JSON Lines.
fn write_lines(path: &Path, rows: &[Value]) -> Result<()> {
    write_file(path, &rows.iter().map(|row| format!("{row}\n")).collect::<String>())
}
