//! `cargo xtask eval`: how good is the product, and has it become worse?
//!
//! Runs the built binary as a black box over a folder of annotated texts ([`pile`], [`predict`]),
//! reads articles that the product learned from with weights learned without them ([`folds`]), turns what it prints into the formats of the scorer ([`reading`]), lets the scorer judge, and
//! holds the figures against the floors that this repository keeps ([`floors`]).

mod events;
mod floors;
mod folds;
mod pile;
mod predict;
mod reading;
mod sources;
mod story;
mod table;

use crate::workspace::{Workspace, ensure_model};
use anyhow::{Context, Result, bail};
use floors::{Floors, Verdict};
use folds::Folds;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the scorer measured, by the measure's name.
type Figures = BTreeMap<String, f64>;

/// The flags of `cargo xtask eval`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Annotated texts to run on, laid out as the README beside the scorer says [default: ../shared/eval].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Keep the predictions here [default: a folder under target/].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print one flat JSON object of figures, each floor as "floor/MEASURE", instead of the table.
    #[arg(long)]
    json: bool,
    /// Show the first N errors of each set on stderr.
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Score this binary instead of building one, to compare two versions.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Lift each floor to just under today's figure, where that is higher; no floor is ever lowered.
    #[arg(long, conflicts_with_all = ["data", "binary"])]
    raise: bool,
}

/// Runs the product over the data, prints how it did, and says whether every floor holds.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let default_data = workspace.shared().map(|shared| shared.join("eval")).filter(|data| data.is_dir());
    let data = match (&options.data, &default_data) {
        (Some(data), _) => data.canonicalize().with_context(|| format!("no folder {}", data.display()))?,
        (None, Some(data)) => data.clone(),
        (None, None) => bail!("no ../shared/eval beside the repository\n  hint: name a folder with --data DIR"),
    };
    let out = options.out.clone().unwrap_or_else(|| workspace.scratch().join("eval"));
    let floors_file = workspace.file("xtask/eval-floors.tsv");
    let mut floors = Floors::read(&floors_file)?;
    let anchors = table::read_anchors(&workspace.file("xtask/eval-anchors.tsv"))?;
    let scorer = find_scorer(&data, default_data.as_deref())?;

    let binary = match &options.binary {
        Some(binary) => binary.canonicalize().with_context(|| format!("no file {}", binary.display()))?,
        // The one that the tests run too: what it finds does not depend on how it is built.
        None => workspace.build_binary("dev")?,
    };
    let model = ensure_model(&binary)?;
    let folds = Folds::learn(workspace, &data, &model)?;
    predict::write_all(&binary, &data, &out, folds.as_ref())?;
    let figures = score(&scorer, &data, &out, options.errors)?;

    let is_default = default_data.as_ref() == Some(&data);
    let verdicts = floors.judge(&figures, |key| is_default && has_data(&data, key));
    if options.json {
        println!("{}", serde_json::to_string_pretty(&flat_json(&figures, &floors))?);
    } else {
        print!("{}", table::render(&figures, &floors, &anchors));
    }
    for verdict in &verdicts {
        eprintln!("xtask: {verdict}");
    }
    eprintln!("xtask: predictions are in {}", out.display());
    if options.raise {
        for (key, floor) in floors.raise(&figures) {
            eprintln!("xtask: floor of {key} raised to {floor:.3}");
        }
        floors.write(&floors_file)?;
    }
    Ok(!verdicts.iter().any(Verdict::is_failure))
}

/// The scorer beside the data, else the one of the default data.
fn find_scorer(data: &Path, default_data: Option<&Path>) -> Result<PathBuf> {
    let folders = [Some(data), data.parent(), default_data];
    let found = folders.into_iter().flatten().map(|folder| folder.join("score.py")).find(|file| file.is_file());
    found.with_context(|| format!("no score.py beside {} and none in ../shared/eval", data.display()))
}

/// Whether there are annotated texts behind a measure: "text/gum/…" needs the set text/gum.
fn has_data(data: &Path, key: &str) -> bool {
    let mut parts = key.split('/');
    let (Some(kind), Some(name)) = (parts.next(), parts.next()) else { return false };
    if kind == "seeds" {
        return data.join(kind).is_dir();
    }
    data.join(kind).join(format!("{name}.jsonl.gz")).is_file()
}

/// Lets the scorer judge the predictions. It says what it left out, and the errors, on stderr.
fn score(scorer: &Path, data: &Path, out: &Path, n_errors: Option<usize>) -> Result<Figures> {
    let mut command = Command::new("python3");
    command.arg(scorer).arg(data).arg(out).stderr(Stdio::inherit());
    if let Some(n_errors) = n_errors {
        command.args(["--errors", &n_errors.to_string()]);
    }
    let output = command.output().context("cannot run python3\n  hint: the scorer needs Python 3.9 or later")?;
    if !output.status.success() {
        bail!("the scorer {} failed", scorer.display());
    }
    let figures: BTreeMap<String, Option<f64>> =
        serde_json::from_slice(&output.stdout).context("the scorer's output is not one flat object of numbers")?;
    let mut figures: Figures = figures.into_iter().filter_map(|(key, figure)| Some((key, figure?))).collect();
    // Of what is counted, mistakes and lines that a reader must read, fewer are better: their number with a minus has a floor like any other figure.
    let mistakes = figures.iter().filter(|(key, _)| MISTAKES.iter().any(|name| key.ends_with(name)));
    let below: Vec<_> = mistakes.map(|(key, figure)| (format!("{key}/minus"), -figure)).collect();
    figures.extend(below);
    Ok(figures)
}

/// Measures of which less is better.
const MISTAKES: [&str; 4] = ["/false_unexplained", "/false_weak", "/timeline_entries", "/tensions_predicted"];

/// The scorer's own object with the floors of its measures added.
fn flat_json(figures: &Figures, floors: &Floors) -> Map<String, Value> {
    let mut object: Map<String, Value> = figures.iter().map(|(key, figure)| (key.clone(), (*figure).into())).collect();
    for key in figures.keys() {
        if let Some(floor) = floors.of(key) {
            object.insert(format!("floor/{key}"), floor.into());
        }
    }
    object
}

/// Makes the folder of a file and writes the file.
fn write_file(path: &Path, content: &str) -> Result<()> {
    let write = || fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).and_then(|()| fs::write(path, content));
    write().with_context(|| format!("cannot write {}", path.display()))
}
