//! `cargo xtask eval`: how good is the product, and has it become worse?
//!
//! Runs the built binary as a black box over a folder of annotated texts ([`pile`], [`predict`]),
//! reads articles that the product learned from with weights learned without them ([`folds`]), turns what it prints into the formats of the scorer ([`reading`]), lets the scorer judge,
//! holds the figures against the floors that this repository keeps ([`floors`]), says what each counts ([`explanations`]) and which errors cost most of it ([`errors`]).

mod errors;
mod events;
mod explanations;
mod floors;
mod folds;
mod lines;
mod pile;
mod predict;
mod reading;
mod sources;
mod story;
mod table;

use crate::workspace::{Workspace, ensure_model};
use anyhow::{Context, Result, bail};
use explanations::Explanations;
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
    /// Score the predictions of an earlier run, which `--out` kept, and do not run the product.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "binary", "raise"])]
    predictions: Option<PathBuf>,
    /// Print one flat JSON object of figures, each floor as "floor/MEASURE", instead of the table; with --errors also "errors" and
    /// "explanations".
    #[arg(long)]
    json: bool,
    /// One line for each figure, without what it counts.
    #[arg(long, conflicts_with = "json")]
    short: bool,
    /// List the errors of each layer after the table: kinds with their counts, the groups that cost most, and N examples. With --out also
    /// into errors.txt and errors.json there.
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// List only the errors of this layer, or of those whose names begin so: "time", "statements/wikinews", "seeds/events".
    #[arg(long, value_name = "NAME", requires = "errors")]
    layer: Vec<String>,
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
        (Some(data), _) => folder(data, "name one that is laid out as the README beside the scorer says")?,
        (None, Some(data)) => data.clone(),
        (None, None) => bail!("no ../shared/eval beside the repository\n  hint: name a folder with --data DIR"),
    };
    if !errors::KINDS.iter().any(|kind| data.join(kind).is_dir()) {
        bail!(
            "no annotated texts in {}\n  hint: the README beside the scorer says how such a folder is laid out",
            data.display()
        );
    }
    if let Some(n_errors) = options.errors {
        errors::check(n_errors, &options.layer, &data)?;
    }
    let floors_file = workspace.file("xtask/eval-floors.tsv");
    let mut floors = Floors::read(&floors_file)?;
    let anchors = table::read_anchors(&workspace.file("xtask/eval-anchors.tsv"))?;
    let explanations = Explanations::read(&workspace.file("xtask/eval-explanations.tsv"))?;
    let scorer = find_scorer(&data, default_data.as_deref())?;
    let out = match &options.predictions {
        Some(predictions) => folder(predictions, "name the folder that --out named in an earlier run")?,
        None => predictions(workspace, options, &data)?,
    };
    let (figures, errors) = score(workspace, &scorer, &data, &out, options)?;

    let is_default = default_data.as_ref() == Some(&data);
    let verdicts = floors.judge(&figures, |key| is_default && has_data(&data, key));
    if options.json {
        let mut object = flat_json(&figures, &floors);
        if let Some(errors) = &errors {
            object.insert("errors".to_owned(), errors.json());
            let sentences = figures.keys().filter_map(|key| Some((key.clone(), explanations.of(key)?.into())));
            object.insert("explanations".to_owned(), Value::Object(sentences.collect()));
        }
        println!("{}", serde_json::to_string_pretty(&object)?);
    } else {
        print!("{}", table::render(&figures, &floors, &anchors, (!options.short).then_some(&explanations)));
        if let Some(errors) = &errors {
            print!("\n{}", errors.render()?);
        }
    }
    if let (Some(out), Some(errors)) = (&options.out, &errors) {
        keep(workspace, out, errors)?;
    }
    for verdict in &verdicts {
        eprintln!("xtask: {verdict}");
    }
    eprintln!("xtask: predictions are in {}", out.display());
    if options.errors.is_none() {
        let again = format!("cargo xtask eval --predictions {} --errors 20", out.display());
        eprintln!("hint: `{again}` lists what costs most of each figure");
    }
    if options.raise {
        for (key, floor) in floors.raise(&figures) {
            eprintln!("xtask: floor of {key} raised to {floor:.3}");
        }
        floors.write(&floors_file)?;
    }
    Ok(!verdicts.iter().any(Verdict::is_failure))
}

/// A folder that a flag names.
fn folder(path: &Path, hint: &str) -> Result<PathBuf> {
    let there = path.canonicalize().ok().filter(|path| path.is_dir());
    there.with_context(|| format!("no folder {}\n  hint: {hint}", path.display()))
}

/// Runs the product over the data and gives the folder of its predictions.
fn predictions(workspace: &Workspace, options: &Options, data: &Path) -> Result<PathBuf> {
    let out = options.out.clone().unwrap_or_else(|| workspace.scratch().join("eval"));
    let binary = match &options.binary {
        Some(binary) => binary.canonicalize().with_context(|| format!("no file {}", binary.display()))?,
        // The one that the tests run too: what it finds does not depend on how it is built.
        None => workspace.build_binary("dev")?,
    };
    let model = ensure_model(&binary)?;
    let folds = Folds::learn(workspace, data, &model)?;
    predict::write_all(&binary, data, &out, folds.as_ref())?;
    Ok(out)
}

/// Writes the list of errors beside the predictions. It quotes texts of others, which must not get into the repository.
fn keep(workspace: &Workspace, out: &Path, errors: &errors::Answer) -> Result<()> {
    let (out, root) = (out.canonicalize()?, workspace.root.canonicalize()?);
    let target = workspace.metadata.target_directory.as_std_path();
    if out.starts_with(&root) && !target.canonicalize().is_ok_and(|target| out.starts_with(target)) {
        eprintln!(
            "xtask: the list of errors is not kept: {} is in the repository, and the list quotes texts of others",
            out.display()
        );
        eprintln!("hint: name a folder elsewhere, or under target/");
        return Ok(());
    }
    write_file(&out.join("errors.txt"), &errors.render()?)?;
    write_file(&out.join("errors.json"), &format!("{}\n", serde_json::to_string_pretty(&errors.json())?))
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

/// Lets the scorer judge the predictions, and where it is asked for finds the errors. The scorer says on stderr what it left out.
fn score(
    workspace: &Workspace,
    scorer: &Path,
    data: &Path,
    out: &Path,
    options: &Options,
) -> Result<(Figures, Option<errors::Answer>)> {
    if let Some(n_errors) = options.errors {
        let script = workspace.file("scripts/eval_errors");
        let answer = errors::find(&script, scorer, data, out, n_errors, &options.layer)?;
        return Ok((with_minus(answer.figures()), Some(answer)));
    }
    let mut command = Command::new("python3");
    command.arg(scorer).arg(data).arg(out).stderr(Stdio::inherit());
    let output = command.output().context("cannot run python3\n  hint: the scorer needs Python 3.9 or later")?;
    if !output.status.success() {
        bail!(
            "the scorer {} failed\n  hint: do the predictions in {} belong to these data?",
            scorer.display(),
            out.display()
        );
    }
    let figures: BTreeMap<String, Option<f64>> =
        serde_json::from_slice(&output.stdout).context("the scorer's output is not one flat object of numbers")?;
    Ok((with_minus(figures.into_iter().filter_map(|(key, figure)| Some((key, figure?))).collect()), None))
}

/// The figures, and of what is counted the number with a minus.
fn with_minus(mut figures: Figures) -> Figures {
    // Of what is counted, mistakes and lines that a reader must read, fewer are better: their number with a minus has a floor like any other figure.
    let mistakes = figures.iter().filter(|(key, _)| MISTAKES.iter().any(|name| key.ends_with(name)));
    let below: Vec<_> = mistakes.map(|(key, figure)| (format!("{key}/minus"), -figure)).collect();
    figures.extend(below);
    figures
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
